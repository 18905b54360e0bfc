"""Where an expectation or a fact stands: steps, and the path that is stored."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pulumi_alicloud_mediaconvert.expect.expectations import Rule, Selector
from pulumi_alicloud_mediaconvert.expect.expected_media import Expectation
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher
from pulumi_alicloud_mediaconvert.input_names import ExpectationLevel
from pulumi_alicloud_mediaconvert.text import plain


class Named(NamedTuple):
    """A step to the entry of a list that has this name."""

    name: str

    @property
    def shown(self) -> str:
        """The name as it is safe to print."""
        return _shown(self.name)


# All findings on an output repeat its name.
_shown = lru_cache(maxsize=1_000)(plain)
Step = str | int | Named


class Location(NamedTuple):
    """Where an expectation stands, and what it hands down to those within it.

    Attributes:
        steps: from the job to the fact, such as `("outputs", Named("a"), "video", 0)`.
        enforcement_level: whether a miss counts for the verdict.
        message: the user's own, of the innermost expectation that has one.
        stated: the rule or the selector at an index, which a person knows by its words.
    """

    steps: tuple[Step, ...] = ()
    enforcement_level: ExpectationLevel = "mandatory"
    message: str | None = None
    stated: Rule | Selector | None = None

    @property
    def path(self) -> str:
        """The steps as they are stored, such as `outputs["720P-mp4"].video`."""
        return path_of(self.steps)

    def of(self, expectation: Expectation | Matcher) -> Location:
        """Take over what an expectation at this location says of itself."""
        if expectation.enforcement_level is None and expectation.message is None:
            return self
        return Location(
            self.steps,
            expectation.enforcement_level or self.enforcement_level,
            expectation.message or self.message,
            self.stated,
        )

    def to(self, *steps: Step, stated: Rule | Selector | None = None) -> Location:
        """Go on from here, such as to a field."""
        return Location(
            (*self.steps, *steps), self.enforcement_level, self.message, stated
        )


ROOT = Location()
# Of the job itself.
JOB_STATE_PATH = "state"
JOB_STATE = Location((JOB_STATE_PATH,))


def path_of(steps: Sequence[Step]) -> str:
    """Write steps as a path."""
    path = ""
    for step in steps:
        if isinstance(step, int):
            path += f"[{step}]"
        elif isinstance(step, str):
            path += f".{step}" if path else step
        else:
            path += f'["{step.shown}"]'
    return path
