"""Wait until jobs have ended: when to poll, which job, and for how long."""
