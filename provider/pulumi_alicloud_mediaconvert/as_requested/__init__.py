"""What a job's own request states about its deliveries, read as demands."""
