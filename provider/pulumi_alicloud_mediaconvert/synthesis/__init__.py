"""Jobs that would pass given expectations, for tests. Pure."""
