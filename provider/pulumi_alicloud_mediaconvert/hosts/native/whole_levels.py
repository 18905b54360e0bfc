"""Levels that a program states as whole numbers, which may mean two levels. Pure.

`4.0` is a level, and `4` AV1's own count for level 3.0. A Python program keeps the two
apart; most languages do not, nor do the engine's numbers. Where AV1 may be delivered,
such a level has to be text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_alicloud_mediaconvert.expect.aliases import codec_name
from pulumi_alicloud_mediaconvert.expect.matcher_validation import Location
from pulumi_alicloud_mediaconvert.schema.stated_levels import LEVEL
from pulumi_alicloud_mediaconvert.schema.values import in_clear

CODEC = "codec"
# Beyond these no codec has a level of that number, so that it can be a count alone.
AMBIGUOUS = range(1, 8)
COUNTED = "av1"
# The keys of a constraint that hold no level.
DISTANCES = frozenset({"tolerance", "tolerance_percent"})
Found = tuple[Location, str]


def whole_levels(props: Mapping[str, Any]) -> list[Found]:
    """Find ambiguous levels, each with what to write instead.

    Args:
        props: inputs as a program states them, by the names of the service.
    """
    return [
        found
        for name in ("expect", "expect_by_name")
        for found in _within(in_clear(props.get(name)), (name,))
    ]


def _within(value: Any, at: Location) -> Iterator[Found]:  # noqa: ANN401  # any input
    if isinstance(value, Mapping):
        for key, entry in value.items():
            if key != LEVEL:
                yield from _within(entry, (*at, key))
            elif _may_be_counted(value.get(CODEC)):
                yield from _of_level(entry, (*at, key))
    elif isinstance(value, list | tuple):
        for index, entry in enumerate(value):
            yield from _within(entry, (*at, index))


def _may_be_counted(codec: object) -> bool:
    """Whether a stream of the codec that is stated may be one that counts so."""
    stated = codec if isinstance(codec, list | tuple) else [codec]
    return any(not isinstance(one, str) or codec_name(one) == COUNTED for one in stated)


def _of_level(value: Any, at: Location) -> Iterator[Found]:  # noqa: ANN401  # any input
    if isinstance(value, Mapping):
        for key, entry in value.items():
            if key not in DISTANCES:
                yield from _of_level(entry, (*at, key))
    elif isinstance(value, list | tuple):
        for index, entry in enumerate(value):
            yield from _of_level(entry, (*at, index))
    elif isinstance(value, int) and value in AMBIGUOUS and not isinstance(value, bool):
        counted = f"AV1's own number {value}"
        text = f'may mean level {value}.0, or {counted}: write "{value}.0" or "{value}"'
        yield at, text
