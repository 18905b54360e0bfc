"""What serves the engine: a controller for each resource, and the hosts they run in."""
