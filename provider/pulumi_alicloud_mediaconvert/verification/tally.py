"""How many checks of a job's own request were made, and how that is stored. Pure.

Cheap to import: whether a stored verdict needs a word is asked of every resource.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LINE = re.compile(r"as-requested: (\d+) tested, (\d+) skipped", re.ASCII)


class Tally(NamedTuple):
    """How many of the constraints of a request could be tested."""

    tested: int
    skipped: int

    @property
    def line(self) -> str:
        """The tally as it is shown, and stored before the skipped checks."""
        return f"as-requested: {self.tested} tested, {self.skipped} skipped"


def read_tally(line: object) -> Tally | None:
    """Read a line that says a tally; `None` if it says something else."""
    found = LINE.fullmatch(str(line))
    return Tally(int(found[1]), int(found[2])) if found else None
