"""Files that meet what is expected of them as a whole, usual in all else. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import PurePosixPath
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from pulumi_alicloud_mediaconvert.api.models import Output
from pulumi_alicloud_mediaconvert.expect.expected_media import EveryOutputExpectation
from pulumi_alicloud_mediaconvert.synthesis.streams import Facts, wants_of
from pulumi_alicloud_mediaconvert.synthesis.values import (
    UnfitError,
    Want,
    first_fitting,
    numbers,
    texts,
)
from pulumi_alicloud_mediaconvert.verification.defaults import part_of, stated_keys
from pulumi_alicloud_mediaconvert.verification.locations import Location
from pulumi_alicloud_mediaconvert.verification.media_facts import (
    is_manifest,
    output_fact,
)

T = TypeVar("T")

USUAL_SECONDS = 403.04
BUCKET = "media-bucket"
SERVER = f"http://{BUCKET}.oss-cn-shanghai.aliyuncs.com"
TEMPLATE = "1f7ec5e8f6174b0c8a0c47ad23c1e2b5"
MP4 = "mov,mp4,m4a,3gp,3g2,mj2"
HLS = "hls,applehttp"
FORMATS = {
    "mp4": MP4,
    "m4a": MP4,
    "mov": MP4,
    "m3u8": HLS,
    "mpd": "dash",
    "ts": "mpegts",
    "mkv": "matroska,webm",
}
# Where the file is a manifest, these are not known of the media.
OF_THE_MEDIA = ("file_size_bytes", "bitrate_kbps", "average_kbps")
MANIFEST_BYTES = 31737
# A kilobit a second is that many bytes a second.
BYTES_A_SECOND = 125
# At that length any average of three digits after the point is whole bytes.
EVEN_SECONDS = 8.0


@dataclass(frozen=True)
class Ordered:
    """An output to be.

    Attributes:
        name: of the output.
        group: whose member it is, if of any.
        expected: what must hold of it, and where that is stated.
        defaults: `every_output`, which holds beside that, and where it stands.
        also: single facts beside that, such as those by which it is selected.
        seconds: duration of the media, unless another one is expected.
        is_segmented: whether the file is a manifest, unless that cannot be.
        with_advice: whether it also meets what does not count for the verdict.
    """

    name: str
    group: str | None = None
    expected: tuple[tuple[EveryOutputExpectation, Location], ...] = ()
    defaults: tuple[EveryOutputExpectation, Location] | None = None
    also: tuple[Want, ...] = ()
    seconds: float = USUAL_SECONDS
    is_segmented: bool = False
    with_advice: bool = True

    @cached_property
    def demanded(self) -> tuple[tuple[EveryOutputExpectation, Location], ...]:
        """What must hold of it, the defaults that nothing replaces included."""
        if self.defaults is None:
            return self.expected
        every, location = self.defaults
        replaced = [stated_keys(expectation) for expectation, _ in self.expected]
        left = stated_keys(every).difference(*replaced)
        return (*self.expected, (part_of(every, left), location))

    @cached_property
    def wants(self) -> tuple[Want, ...]:
        """All that is wanted of the file as a whole."""
        stated = (
            wants_of(expectation, location, with_advice=self.with_advice)
            for expectation, location in self.demanded
        )
        return (*self.also, *chain.from_iterable(stated))

    def of(self, *fields: str) -> list[Want]:
        """Return what is wanted of some fields."""
        return [want for want in self.wants if want.field in fields]


def read_output(facts: Facts) -> Output:
    """Read an output as it would be read from an answer."""
    return Output.model_validate(facts)


def chosen_text(ordered: Ordered, field: str, usual: Sequence[str]) -> str | None:
    """Choose a text that nothing else rests on."""
    wants = ordered.of(field)
    if not wants:
        return usual[0]
    return _chosen(wants, [*texts(wants, usual), None], lambda value: {field: value})


def chosen_number(ordered: Ordered, field: str, usual: float | None) -> float | None:
    """Choose a number of the file that nothing else rests on."""
    wants = ordered.of(field)
    if not wants:
        return usual
    known = [] if usual is None else [usual]
    choices = numbers(wants, known, is_whole=field != "bitrate_kbps")
    return _chosen(wants, [*choices, None], lambda value: {"file": {field: value}})


def _chosen(
    wants: Sequence[Want], choices: Sequence[T | None], facts_of: Callable[[Any], Facts]
) -> T | None:
    """Choose the first value that meets what is wanted."""
    found = first_fitting(
        {"value": choices}, lambda row: _is_met(wants, facts_of(row["value"]))
    )
    if found is None:
        raise UnfitError.of(wants)
    value: T | None = found["value"]
    return value


def _is_met(wants: Sequence[Want], facts: Facts) -> bool:
    output = read_output(facts)
    return all(want.is_met(output_fact(output, want.field)) for want in wants)


def require(wants: Iterable[Want], facts: Facts) -> None:
    """Refuse an output that does not meet all that is wanted.

    Raises:
        UnfitError: naming what is not met.
    """
    missed = [want for want in wants if not _is_met([want], facts)]
    if missed:
        raise UnfitError.of(missed)


def location_of(ordered: Ordered) -> Facts:
    """Choose address, name and format of the file: each tells of the others.

    Raises:
        UnfitError: nothing meets all that is wanted of them.
    """
    wants = ordered.of("url", "extension", "format")
    of_the_media = ordered.of(*OF_THE_MEDIA)
    usual = [*FORMATS]
    if ordered.is_segmented:
        usual = ["m3u8", *usual]
    extensions = texts(ordered.of("extension"), usual)
    likely = [
        _named(ordered, extension, FORMATS.get(extension, extension))
        for extension in extensions
    ]
    formats = texts(ordered.of("format"), FORMATS.values())
    urls = [row["url"] for row in likely] + texts(ordered.of("url"), [])
    choices = {
        "url": [*dict.fromkeys(urls), None],
        "format": [*formats, None],
        "file_name": [f"{_stem(ordered)}.{one}" for one in extensions] + [None],
    }

    def is_fitting(row: Facts) -> bool:
        facts = _placed(row)
        if not _is_met(wants, facts):
            return False
        return not (of_the_media and is_manifest(read_output(facts)))

    found = first_fitting(choices, is_fitting, likely)
    if found is None:
        raise UnfitError.of([*wants, *of_the_media])
    media = found["url"]
    if media and media.startswith(SERVER):
        media = f"oss://{BUCKET}{media.removeprefix(SERVER)}"
    return {**found, "media": media}


def _placed(row: Facts) -> Facts:
    file = {"format": row["format"], "file_name": row["file_name"]}
    return {"url": row["url"], "file": file}


def _stem(ordered: Ordered) -> str:
    return quote(ordered.name, safe="")


def _named(ordered: Ordered, extension: str, format_name: str) -> Facts:
    folder = f"{quote(ordered.group, safe='')}/" if ordered.group else ""
    url = f"{SERVER}/made/{folder}{_stem(ordered)}.{extension}"
    name = PurePosixPath(urlsplit(url).path).name
    return {"url": url, "format": format_name, "file_name": name}


def length_of(ordered: Ordered, file: Facts, kbps: float) -> Facts:
    """Choose duration and size of the file, and with them its average rate.

    Args:
        ordered: the output.
        file: its name and format.
        kbps: usual rate of it.

    Raises:
        UnfitError: nothing meets all that is wanted of them.
    """
    wants = ordered.of("duration_seconds", "file_size_bytes", "average_kbps")
    seconds = numbers(
        ordered.of("duration_seconds"), [ordered.seconds, EVEN_SECONDS], is_whole=False
    )
    fitting = [
        one
        for one in [*seconds, None]
        if _is_met(ordered.of("duration_seconds"), {"file": {"duration_seconds": one}})
    ]
    rates = numbers(ordered.of("average_kbps"), [kbps], is_whole=False)
    is_told = not is_manifest(read_output({"file": file}))
    usual = [
        round(rate * BYTES_A_SECOND * one) for one in fitting if one for rate in rates
    ]
    if not is_told:
        usual = [MANIFEST_BYTES]
    sizes = numbers(ordered.of("file_size_bytes"), usual, is_whole=True)
    choices = {"duration_seconds": fitting, "file_size_bytes": [*sizes, None]}
    found = first_fitting(choices, lambda row: _is_met(wants, {"file": file | row}))
    if found is None:
        raise UnfitError.of(wants)
    return found
