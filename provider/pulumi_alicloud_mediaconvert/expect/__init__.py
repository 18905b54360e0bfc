"""The language of expectations: what a user may write, and how it is refused."""
