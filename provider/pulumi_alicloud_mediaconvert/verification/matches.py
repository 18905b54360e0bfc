"""Claims: which expectation is about which output or group, and how surely. Pure."""

from __future__ import annotations

from typing import NamedTuple

from pulumi_alicloud_mediaconvert.api.models import Output, OutputGroup
from pulumi_alicloud_mediaconvert.expect.expectations import (
    GroupExpectation,
    OutputExpectation,
)
from pulumi_alicloud_mediaconvert.expect.expected_media import EveryOutputExpectation
from pulumi_alicloud_mediaconvert.verification.findings import Finding
from pulumi_alicloud_mediaconvert.verification.locations import Location
from pulumi_alicloud_mediaconvert.verification.work import Work


class Match(NamedTuple):
    """That an expectation is about an output.

    Attributes:
        expectation: on the output.
        output: as reported.
        location: of the output, with what the expectation says of itself.
        is_certain: `False` where a fact that `where` asks for was not reported; of a
            default, where an expectation that may not be about the output replaces it.
    """

    expectation: EveryOutputExpectation
    output: Output
    location: Location
    is_certain: bool

    @property
    def is_default(self) -> bool:
        """Whether it is what `every_output` states."""
        return not isinstance(self.expectation, OutputExpectation)

    @property
    def is_named(self) -> bool:
        """Whether the expectation is about this output by its name."""
        expectation = self.expectation
        names = isinstance(expectation, OutputExpectation) and expectation.name
        return self.is_certain and bool(names)


class Selected(NamedTuple):
    """An output that is selected, `is_certain`, or that may be."""

    output: Output
    is_certain: bool


class Selection(NamedTuple):
    """What all expectations are about.

    Attributes:
        matches: of outputs, in the order of the expectations.
        groups: with the expectation on each, in the same order.
        found: for each expectation whether there is what it is about.
        every_output: the defaults, where there are any.
        work: what is left of the verification.
    """

    matches: list[Match]
    groups: list[tuple[GroupExpectation, OutputGroup, Location]]
    found: list[Finding]
    every_output: EveryOutputExpectation | None
    work: Work
