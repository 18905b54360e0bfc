"""One job, what is expected of it, one verdict with every deviation. Pure."""
