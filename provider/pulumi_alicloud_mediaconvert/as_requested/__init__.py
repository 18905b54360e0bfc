"""What a job's own request says about its outputs, as constraints."""
