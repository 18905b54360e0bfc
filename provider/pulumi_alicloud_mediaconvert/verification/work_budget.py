"""How much work one verification may be: counted, so that verdicts are reproducible.

A job has some dozens of outputs, but an answer of 8 MiB may have tens of thousands, and
what is expected of them may be large, too. The product of both takes any time. So all
that a verification compares is counted as it goes; where a second's worth is spent it
stops, and what was not reached is not verified: it never passes, and it fails only for
what was found before. By counting and not by a clock, so that the same answer has the
same verdict on every machine.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

from pulumi_alicloud_mediaconvert.api.models import Output
from pulumi_alicloud_mediaconvert.expect.matcher_validation import compiled
from pulumi_alicloud_mediaconvert.verification.locations import Location

# One unit is about a microsecond of a slow machine.
MAX_UNITS = 500_000
# A comparison of two values; what it takes to say that it is not met.
COMPARING = 1
ORDERING = 4
SAYING = 25
# Bytes of a text times instructions of a pattern that are tried in one unit.
STEPS_PER_UNIT = 256
MATCHING = 4
# Longest text that a pattern is tried on, and what one trial may take. No name and no
# address is as long, and no pattern that a person writes as large.
MAX_TEXT = 10_000
MAX_STEPS = 8_000_000
# So short that no pattern which compiles takes more.
SHORT_TEXT = 200
# To compile a pattern, which is done once.
COMPILING = 50
INSTRUCTIONS_PER_UNIT = 4
# Characters that are read, and streams that are looked through, in one unit.
CHARACTERS_PER_UNIT = 50
STREAMS_PER_UNIT = 2
# To look for what one expectation is about; to note an output that it is about.
SELECTING = 10
CLAIMING = 6


def is_tried(pattern: str, text: str) -> bool:
    """Whether a pattern is tried on a text; see `WorkBudget.is_tried`."""
    if len(text) > MAX_TEXT:
        return False
    return len(text) <= SHORT_TEXT or _steps(pattern, text) <= MAX_STEPS


def _steps(pattern: str, text: str) -> int:
    # In UTF-8 a character has up to four bytes.
    size = len(text) if text.isascii() else 4 * len(text)
    return size * _instructions(pattern)


@functools.lru_cache(maxsize=10_000)
def _instructions(pattern: str) -> int:
    """Return the size of a pattern's program, which is small where that is not."""
    return int(compiled(pattern).programsize)


class WorkBudgetExceededError(Exception):
    """The expectations take more work than one verification may."""


class WorkBudget:
    """The work that is left of a verification.

    Args:
        units: that may be spent.

    Attributes:
        left: units that have not been spent yet.
        reached: the location of the expectation that is being verified.
    """

    def __init__(self, units: int = MAX_UNITS) -> None:
        self.left = units
        self.reached = Location(("expect",))
        self._compiled: dict[str, Any] = {}

    def spend(self, units: int = COMPARING) -> None:
        """Count work before it is done.

        Raises:
            WorkBudgetExceededError: it would be too much; so is all that comes later.
        """
        self.left -= units
        if self.left < 0:
            # What is cheaper must not slip through afterwards.
            self.left = -1
            raise WorkBudgetExceededError

    def is_tried(self, pattern: str, text: str) -> bool:
        """Whether a pattern is tried on a text: not where that alone takes very long.

        Raises:
            WorkBudgetExceededError: it would be too much to find out.
        """
        self._program(pattern)
        return is_tried(pattern, text)

    def _program(self, pattern: str) -> Any:  # noqa: ANN401  # RE2's type is not public
        if pattern not in self._compiled:
            self.spend(COMPILING)
            self._compiled[pattern] = compiled(pattern)
            self.spend(_instructions(pattern) // INSTRUCTIONS_PER_UNIT)
        return self._compiled[pattern]

    def matches(self, pattern: str, text: str) -> bool:
        """Whether a pattern matches the whole of a text.

        RE2 is linear, but may try each instruction of a pattern at each byte: counted
        repetitions have thousands of them.

        Args:
            pattern: that was checked.
            text: of `is_tried`.

        Raises:
            WorkBudgetExceededError: it would be too much.
            UnicodeError: the text is none that UTF-8 can tell.
        """
        self.spend(MATCHING + _steps(pattern, text) // STEPS_PER_UNIT)
        return self._program(pattern).fullmatch(text) is not None

    def visit(self, output: Output) -> None:
        """Count that the facts of an output are gathered for one expectation.

        Raises:
            WorkBudgetExceededError: it would be too much.
        """
        streams = len(output.video_streams or ()) + len(output.audio_streams or ())
        size = sum(len(text or "") for text in (output.url, output.media, output.key))
        units = streams // STREAMS_PER_UNIT + size // CHARACTERS_PER_UNIT
        self.spend(COMPARING + units)

    def read(self, values: Iterable[object]) -> None:
        """Count the reading of facts, of which texts may be long.

        Raises:
            WorkBudgetExceededError: it would be too much.
        """
        for value in values:
            length = len(value) if isinstance(value, str) else 0
            self.spend(COMPARING + length // CHARACTERS_PER_UNIT)
