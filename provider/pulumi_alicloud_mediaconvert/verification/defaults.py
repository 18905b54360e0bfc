"""Defaults: what `every_output` states holds wherever nothing else states it.

Key by key: an expectation about an output that states `video` replaces `video` of the
defaults for that output, and nothing else of them. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pulumi_alicloud_mediaconvert.api.models import Output
from pulumi_alicloud_mediaconvert.expect.expected_media import EveryOutputExpectation
from pulumi_alicloud_mediaconvert.expect.matcher_validation import NOTES
from pulumi_alicloud_mediaconvert.verification.matches import Match
from pulumi_alicloud_mediaconvert.verification.statuses import output_location

# What an expectation may state of an output, and another one of the same output, too.
KEYS = tuple(key for key in EveryOutputExpectation.model_fields if key not in NOTES)
NO_KEYS: frozenset[str] = frozenset()
KeysByOutput = dict[int, frozenset[str]]


def match_defaults(
    expectation: EveryOutputExpectation, outputs: Sequence[Output], matches: list[Match]
) -> None:
    """Add to the claims on outputs what no other expectation about each states."""
    stated = stated_keys(expectation)
    replaced, doubtful = _replaced_keys(matches)
    parts: dict[frozenset[str], EveryOutputExpectation] = {stated: expectation}
    for output in outputs:
        left = stated - replaced.get(id(output), NO_KEYS)
        sure = left - doubtful.get(id(output), NO_KEYS)
        location = output_location(output).of(expectation)
        for keys, is_certain in ((sure, True), (left - sure, False)):
            if keys:
                if keys not in parts:
                    parts[keys] = part_of(expectation, keys)
                match = Match(parts[keys], output, location, is_certain)
                matches.append(match)


def stated_keys(expectation: EveryOutputExpectation) -> frozenset[str]:
    """Name the keys that an expectation on an output states."""
    return frozenset(key for key in KEYS if getattr(expectation, key) is not None)


def part_of(
    expectation: EveryOutputExpectation, keys: frozenset[str]
) -> EveryOutputExpectation:
    """Return an expectation with these of its keys alone, and with its notes."""
    kept = {key: getattr(expectation, key) for key in (*NOTES, *keys)}
    return EveryOutputExpectation.model_construct(**kept)


def _replaced_keys(matches: Iterable[Match]) -> tuple[KeysByOutput, KeysByOutput]:
    """Return the keys that are surely stated of outputs, by `id`, and that may be."""
    sure: KeysByOutput = {}
    doubtful: KeysByOutput = {}
    for match in matches:
        keys = sure if match.is_certain else doubtful
        known = keys.get(id(match.output), NO_KEYS)
        keys[id(match.output)] = known | stated_keys(match.expectation)
    return sure, doubtful
