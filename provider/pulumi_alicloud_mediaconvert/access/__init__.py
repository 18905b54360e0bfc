"""Where to ask, and who asks: region, endpoint and credentials from every source."""
