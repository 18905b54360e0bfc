"""Defaults: `every_output` applies to all keys that no other expectation sets.

Key by key: an expectation about an output that states `video` replaces `video` of the
defaults for that output, and nothing else of them. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pulumi_alicloud_mediaconvert.expect.expected_media import EveryOutputExpectation
from pulumi_alicloud_mediaconvert.expect.matcher_validation import NOTES
from pulumi_alicloud_mediaconvert.verification.candidates import ExpectedOutput, Match
from pulumi_alicloud_mediaconvert.verification.statuses import output_location

# What an expectation may state of an output, and another one of the same output, too.
KEYS = tuple(key for key in EveryOutputExpectation.model_fields if key not in NOTES)


def defaults_of(
    every: EveryOutputExpectation, outputs: Iterable[ExpectedOutput]
) -> Iterator[Match]:
    """Match each output with the defaults that no other expectation replaces."""
    stated = stated_keys(every)
    parts: dict[frozenset[str], EveryOutputExpectation] = {stated: every}
    for one in outputs:
        replaced: dict[bool, set[str]] = {True: set(), False: set()}
        for match in one.matches:
            replaced[match.is_certain] |= stated_keys(match.expectation)
        left = stated - replaced[True]
        sure = left - replaced[False]
        location = output_location(one.output).of(every)
        for keys, is_certain in ((sure, True), (left - sure, False)):
            if keys:
                if keys not in parts:
                    parts[keys] = part_of(every, keys)
                yield Match(parts[keys], one.output, location, is_certain)


def stated_keys(expectation: EveryOutputExpectation) -> frozenset[str]:
    """Name the keys that an expectation on an output sets."""
    return frozenset(key for key in KEYS if getattr(expectation, key) is not None)


def part_of(
    expectation: EveryOutputExpectation, keys: frozenset[str]
) -> EveryOutputExpectation:
    """Return an expectation with only these keys, and with its notes."""
    kept = {key: getattr(expectation, key) for key in (*NOTES, *keys)}
    return EveryOutputExpectation.model_construct(**kept)
