"""Serve the engine: one controller for each resource, and the hosts they run in."""
