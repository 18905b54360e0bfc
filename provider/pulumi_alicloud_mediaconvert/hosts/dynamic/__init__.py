"""What serves the engine's calls in its plugin process; Pulumi's private corners."""
