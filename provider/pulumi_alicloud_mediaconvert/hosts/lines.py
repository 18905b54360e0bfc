"""Lines about one resource, as every host may show them: one line each, no secret."""

from __future__ import annotations

from collections.abc import Sequence

from pulumi_alicloud_mediaconvert.expect.validation_messages import Problem
from pulumi_alicloud_mediaconvert.hosts.engine_messages import UP
from pulumi_alicloud_mediaconvert.schema.secrets import Secrecy
from pulumi_alicloud_mediaconvert.text import counted, in_one_line

# More lines than a person reads; the state holds all of them.
MAX_LINES = 100
# A preview says it, too. Each mismatch of a state has its line as `text`.
READ_ALL = (
    f"Once {UP} has ended, this command prints all that is wrong:"
    " pulumi stack export | grep '\"text\":'"
)


def safe_line(line: str, secrecy: Secrecy) -> str:
    """Return a line that is safe to print, whatever it is made of."""
    return in_one_line(secrecy.masked(line))


def safe_lines(lines: Sequence[str], secrecy: Secrecy) -> list[str]:
    """Return lines that are safe to print, and not too many.

    Args:
        lines: of one resource.
        secrecy: of the resource.
    """
    shown = [safe_line(line, secrecy) for line in lines[:MAX_LINES]]
    if left := len(lines) - len(shown):
        shown.append(f"{counted(left, 'more line')}. {READ_ALL}")
    return shown


def safe_problem(problem: Problem, secrecy: Secrecy) -> Problem:
    """Return a problem with inputs that is safe to print."""
    safe = secrecy.redacted_problem(problem)
    return safe._replace(path=in_one_line(safe.path), text=in_one_line(safe.text))
