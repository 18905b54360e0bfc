"""What there is to say of an ended job, as data and in words. Cheap to import."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple


class CauseLine(NamedTuple):
    """One line that says a cause.

    Attributes:
        text: of the line.
        key: lines of equal keys have equal texts; `None` where that is not known.
    """

    text: str
    key: Hashable


class EndedJob(NamedTuple):
    """What there is to say of an ended job, without its name: as of other jobs.

    Attributes:
        text: how it ended and what that means, without the request ID.
        key: equal for jobs that ended in the same way; `None` where that is not known.
        below: what was found, but for parts that ended as the job did.
    """

    text: str
    key: Hashable
    below: Sequence[CauseLine]
