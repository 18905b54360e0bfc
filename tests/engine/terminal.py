"""What the engine prints of a resource, read from the text of a run."""

from __future__ import annotations


def bullets(text: str) -> list[str]:
    """Read the bullets that the engine prints below a failed resource."""
    lines = [line.strip() for line in text.splitlines()]
    return [line[2:] for line in lines if line.startswith("* ")]


def error_lines(text: str) -> list[str]:
    """Read the error lines of a resource's diagnostics, in their order."""
    lines = [line.strip() for line in text.splitlines()]
    return [line for line in lines if line.startswith("error: ")]
