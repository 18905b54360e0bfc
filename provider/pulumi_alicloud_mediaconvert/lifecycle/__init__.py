"""What becomes of a resource: a job or a set of them, looked at again or settled."""
