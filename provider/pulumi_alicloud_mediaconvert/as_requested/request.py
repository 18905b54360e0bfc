"""What was requested of one output, and how its values are read. Pure.

Numbers and booleans may be text. Nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

from pulumi_alicloud_mediaconvert.api.coercion import as_number, as_whole
from pulumi_alicloud_mediaconvert.text import plain, shown

MAX_KEY = 60
# Each object that is read, and the key of the one that holds it.
OBJECTS: Mapping[str, str] = {
    "Group": ".group",
    "GroupConfig": "Group.GroupConfig",
    "Output": ".output",
    "OverrideParams": "Output.OverrideParams",
    "Container": "OverrideParams.Container",
    "Video": "OverrideParams.Video",
    "Audio": "OverrideParams.Audio",
    "TransConfig": "OverrideParams.TransConfig",
    "MuxConfig": "OverrideParams.MuxConfig",
    "Features": "Output.Features",
    "Clip": "Features.Clip",
    "TimeSpan": "Clip.TimeSpan",
}
HOLDERS = frozenset(OBJECTS.values())
UNREPORTED = (
    *("Bufsize", "Gop", "ScanMode", "Crf", "Qscale", "Preset", "Volume"),
    *("Profile", "Segment", "Subtitles", "Watermarks", "Metadata"),
)
FRAME = re.compile(r"([0-9]{1,5}):([0-9]{1,5}):[0-9]{1,5}:[0-9]{1,5}")
CLOCK = re.compile(
    r"(?:(?P<hours>[0-9]{1,2}):(?P<minutes>[0-5]?[0-9]):)?"
    r"(?P<seconds>[0-9]{1,5}(?:\.[0-9]{1,9})?)"
)
MAX_CLIP = Decimal("86399.999")


class OutputRequest(dict[str, Any]):
    """The values of a requested output, each by object and key: `Video.Width`.

    Args:
        output: its request.
        group: the request of its group; empty where it has none.
    """

    def __init__(self, output: Mapping[str, Any], group: Mapping[str, Any]) -> None:
        super().__init__({".output": output, ".group": group})
        for name, holder in OBJECTS.items():
            for key, value in object_of(self.get(holder)).items():
                if value is not None:
                    self[f"{name}.{key}"] = value

    def has(self, *keys: str) -> bool:
        """Whether one of the keys has a value."""
        return not self.keys().isdisjoint(keys)

    def whole(self, key: str) -> int:
        """Read a whole number, 0 if there is none."""
        return as_whole(self.get(key)) or 0

    def number(self, key: str) -> float:
        """Read a number, 0 if there is none."""
        return as_number(self.get(key)) or 0

    def word(self, key: str) -> str:
        """Read a word without case and punctuation."""
        return word_of(self.get(key))

    def flag(self, key: str) -> bool | None:
        """Read a boolean, false if there is none, `None` if it cannot be read."""
        return flag_of(self.get(key))

    def keeps_less(self, what: str) -> bool | None:
        """Whether a source that has less than was requested is left as it is.

        The vendor says that the check which fails such a job goes first.
        """
        fails = self.flag(f"TransConfig.IsCheck{what}Fail")
        return False if fails else self.flag(f"TransConfig.IsCheck{what}")

    @cached_property
    def sides(self) -> list[int]:
        """Width and height, as far as there are some."""
        return [
            self.whole(key) for key in ("Video.Width", "Video.Height") if key in self
        ]

    @cached_property
    def frames(self) -> list[tuple[int, int]]:
        """The sizes that the video is cropped or padded to."""
        return [
            frame_of(self[key]) for key in ("Video.Crop", "Video.Pad") if key in self
        ]

    def is_unclear(self, name: str) -> bool:
        """Whether there is something in place of an object, conditions perhaps."""
        value = self.get(OBJECTS[name])
        return value is not None and not isinstance(value, dict)

    def skip(self, key: str, why: str = "") -> str:
        """Say why the value of a key is not tested; by default it cannot be read."""
        why = why or f"cannot be read: {plain(shown(self[key]))}"
        return f"{path_of(key)}: {why}"

    def unread(self, known: Container[str]) -> Iterator[str]:
        """Name what no rule and no condition reads."""
        for key, value in self.items():
            if key in HOLDERS:
                if not isinstance(value, dict):
                    yield self.skip(key, "neither an object nor text that contains one")
            elif key not in known:
                is_known = key.partition(".")[2] in UNREPORTED
                why = (
                    "the API does not report it"
                    if is_known
                    else "there is no rule for it"
                )
                yield self.skip(key, why)


def path_of(key: str) -> str:
    """Return where in the request a key is: `OverrideParams.Video.Width`."""
    name, _, last = key.partition(".")
    return f"{_prefix(name)}{plain(last, longest=MAX_KEY)}"


@cache
def _prefix(name: str) -> str:
    return "" if name in {"Output", "Group"} else f"{path_of(OBJECTS[name])}."


def flag_of(value: object) -> bool | None:
    """Read a boolean, false if there is none, `None` if it cannot be read."""
    if value is None or isinstance(value, bool):
        return bool(value)
    return {"true": True, "false": False}.get(text_of(value))


def frame_of(value: object) -> tuple[int, int]:
    """Read `width:height:left:top`; what is none, `border` included, is 0 by 0."""
    found = FRAME.fullmatch(text_of(value))
    size = (int(found[1]), int(found[2])) if found else (0, 0)
    return size if all(size) else (0, 0)


def seconds_of(value: object) -> Decimal | None:
    """Read `hh:mm:ss.SSS`, or seconds, of a clip that is no longer than a day."""
    is_time = isinstance(value, int | float | str) and not isinstance(value, bool)
    found = CLOCK.fullmatch(str(value).strip()) if is_time else None
    if found is None:
        return None
    minutes = int(found["hours"] or 0) * 60 + int(found["minutes"] or 0)
    seconds = minutes * 60 + Decimal(found["seconds"])
    return seconds if 0 < seconds <= MAX_CLIP else None


def word_of(value: object) -> str:
    """Return a word without case and punctuation: `H.264` is `h264`."""
    return re.sub(r"[^a-z0-9]", "", text_of(value))


def text_of(value: object) -> str:
    """Return text trimmed and without case, of anything else nothing."""
    return value.strip().casefold() if isinstance(value, str) else ""


def object_of(value: object) -> Mapping[str, Any]:
    """Return an object, of anything else an empty one."""
    return value if isinstance(value, dict) else {}
