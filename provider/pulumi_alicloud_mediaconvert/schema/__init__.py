"""The properties of a resource: inputs checked, outputs typed, secrets marked."""
