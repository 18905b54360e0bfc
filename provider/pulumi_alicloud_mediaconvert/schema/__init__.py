"""What crosses the border to Pulumi: inputs checked, outputs typed, secrets kept."""
