"""The life of a resource: wait for jobs, verify them, decide, keep the state."""
