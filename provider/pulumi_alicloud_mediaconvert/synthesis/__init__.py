"""Jobs that would pass: what has to be delivered to meet expectations. Pure."""
