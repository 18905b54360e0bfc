"""The language of expectations: what a user may demand, and how it is refused."""
