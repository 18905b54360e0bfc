"""Wait until jobs have ended: when to poll, at which, and for how long."""
