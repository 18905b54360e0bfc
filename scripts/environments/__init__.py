"""What scripts/versions runs: the tests, in an environment for each version."""
