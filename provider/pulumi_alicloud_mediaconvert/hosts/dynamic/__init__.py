"""The dynamic provider as a host: the SDK's private corners, each with a fallback."""
