"""What the engine prints of a resource, read from the text of a run."""

from __future__ import annotations


def bullets(text: str) -> list[str]:
    """Read the bullets that the engine prints below a failed resource."""
    lines = [line.strip() for line in text.splitlines()]
    return [line[2:] for line in lines if line.startswith("* ")]


# What the language host says of a program that it stops; some do, others don't.
OF_THE_HOST = ("error: Resource monitor has terminated, shutting down",)


def error_lines(text: str) -> list[str]:
    """Read the error lines of the diagnostics in order, but for those of the host."""
    lines = [line.strip() for line in text.splitlines()]
    errors = [line for line in lines if line.startswith("error: ")]
    return [line for line in errors if line not in OF_THE_HOST]
