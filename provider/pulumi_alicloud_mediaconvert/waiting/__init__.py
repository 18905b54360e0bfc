"""Wait until jobs have ended: when to look, at which, and for how long."""
