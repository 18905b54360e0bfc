"""Jobs that meet given expectations, for tests. Pure."""
