"""What scripts/bench, scripts/polling and scripts/soak run."""
