"""One object of a request: what it states, where, and in whose words.

Pure. Values of a request may be text where numbers and booleans are meant; nothing
here raises.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pulumi_alicloud_mediaconvert.api.coercion import as_name
from pulumi_alicloud_mediaconvert.text import plain, quoted, shown

Scope = Literal["output", "video", "audio"]
Params = Mapping[str, Any]
# An encoder may miss its target by so many percent.
BITRATE_SLACK = 15
MAX_KEY = 60
NOT_REPORTED = "the API does not report it"
NO_RULE = "no rule for it"
UNREPORTED = (
    *("Bufsize", "Gop", "ScanMode", "Crf", "Qscale", "Preset", "Volume"),
    "Profile",
    *("Segment", "Subtitles", "Watermarks", "Metadata"),
)


@dataclass(frozen=True, kw_only=True)
class Constraint:
    """One thing that the request demands of its delivery.

    Attributes:
        scope: the file as a whole, or a stream of it.
        field: of an output or stream expectation; px, Hz, kbit/s and seconds.
        matcher: plain data in the language of expectations.
        source: where the request says so, such as `OverrideParams.Video.Width`.
        untested: a matcher of what says nothing about the demand, if there is such.
        why: it says nothing.
    """

    scope: Scope
    field: str
    matcher: object
    source: str
    untested: object = None
    why: str = ""


Finding = Constraint | str


@dataclass(frozen=True)
class ConfigNode:
    """One object of a request, and where it stands in it."""

    path: str
    entries: Params

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401  # any JSON
        """Return what is stated below a key, `None` for nothing."""
        return self.entries.get(key)

    def below(self, key: str) -> ConfigNode:
        """Return the object below a key; what is none has no entries."""
        path = f"{self.path}.{key}" if self.path else key
        return ConfigNode(path, object_of(self[key]))

    def unclear(self, key: str) -> str | None:
        """Say that what is stated below a key, conditions perhaps, cannot be read."""
        is_read = self[key] is None or isinstance(self[key], dict)
        return None if is_read else f"{key} cannot be read"

    def stated(self, *keys: str) -> list[str]:
        """Name those of the keys below which something is stated."""
        return [key for key in keys if self[key] is not None]

    def source(self, key: str) -> str:
        """Return where in the request a key stands."""
        named = plain(key, longest=MAX_KEY)
        return f"{self.path}.{named}" if self.path else named

    def skip(self, key: str, why: str | None = None) -> str:
        """Say why what is stated below a key is not tested."""
        reason = why or f"cannot be read: {plain(shown(self[key]))}"
        return f"{self.source(key)}: {reason}"

    def constraint(
        self, key: str, scope: Scope, field: str, matcher: object
    ) -> Constraint:
        """Constraint what is stated below a key."""
        return Constraint(
            scope=scope, field=field, matcher=matcher, source=self.source(key)
        )


def not_objects(holder: ConfigNode, keys: Iterable[str]) -> Iterator[str]:
    """Name what is no object, though it should be one."""
    for key in holder.stated(*keys):
        if not isinstance(holder[key], dict):
            yield holder.skip(key, "not an object, and no text that holds one")


def unread(node: ConfigNode, known: Container[str]) -> Iterator[str]:
    """Name what is stated, but read by no rule."""
    for key in node.stated(*node.entries):
        if key not in known:
            yield node.skip(key, NOT_REPORTED if key in UNREPORTED else NO_RULE)


def codec_constraint(
    node: ConfigNode, scope: Scope, codec: str | None
) -> Iterator[Finding]:
    """Constraint the codec that is stated, by ffprobe's name."""
    if codec is not None:
        yield node.constraint("Codec", scope, "codec", codec)
    elif node.stated("Codec"):
        yield node.skip("Codec")


def keeps_less(trans: ConfigNode, what: str) -> bool | None:
    """Say whether a source that has less than what is stated is left as it is.

    The vendor says that the check which fails such a job goes first.
    """
    fails = flag_of(trans[f"IsCheck{what}Fail"])
    return False if fails else flag_of(trans[f"IsCheck{what}"])


def flag_of(stated: object) -> bool | None:
    """Read a boolean, false if nothing is stated, `None` if it cannot be read."""
    if stated is None or isinstance(stated, bool):
        return bool(stated)
    return {"true": True, "false": False}.get(word_of(stated))


def is_copied(stream: ConfigNode) -> bool:
    """Whether a stream stays as the source has it, whatever else is stated of it."""
    return key_of(stream["Codec"]) == "copy"


def percent_of(rate: int, percent: int) -> float:
    """Return so many percent of a rate."""
    return shortest(rate * percent / 100)


def shortest(number: float) -> float:
    """Return a whole number as one."""
    return int(number) if number.is_integer() else number


def key_of(stated: object) -> str:
    """Return a word without case and punctuation: `H.264` is `h264`."""
    return re.sub(r"[^a-z0-9]", "", word_of(stated))


def word_of(stated: object) -> str:
    """Return text trimmed and without case, of anything else nothing."""
    return stated.strip().casefold() if isinstance(stated, str) else ""


def object_of(stated: object) -> Params:
    """Return an object, of anything else an empty one."""
    return stated if isinstance(stated, dict) else {}


def objects_of(stated: object) -> list[Params]:
    """Return the objects of a list; an entry that is none counts as empty."""
    return [object_of(entry) for entry in stated] if isinstance(stated, list) else []


def name_of(request: Params) -> str | None:
    """Return the name of a requested output or group."""
    name = request.get("Name")
    return as_name(name) if isinstance(name, str | int | float) else None


def label_of(path: str, position: int, request: Params) -> str:
    """Name an entry of a list of requests for a person."""
    name = name_of(request)
    return f"{path}[{position}]" + (f" {quoted(name, longest=MAX_KEY)}" if name else "")
