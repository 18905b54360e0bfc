"""What scripts/mutate runs."""
