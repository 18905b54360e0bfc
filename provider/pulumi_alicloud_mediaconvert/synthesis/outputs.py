"""Outputs that meet expectations, with usual values for everything else. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import chain, product, zip_longest
from urllib.parse import quote, urlsplit

from pulumi_alicloud_mediaconvert.api.models import Output
from pulumi_alicloud_mediaconvert.expect.expected_media import (
    MAX_STREAMS,
    EveryOutputExpectation,
)
from pulumi_alicloud_mediaconvert.facts import FILE, expected_fields
from pulumi_alicloud_mediaconvert.synthesis.streams import make_stream
from pulumi_alicloud_mediaconvert.synthesis.values import (
    Facts,
    Requirements,
    read_plain,
)
from pulumi_alicloud_mediaconvert.verification.defaults import part_of, stated_keys
from pulumi_alicloud_mediaconvert.verification.evaluation import Fact
from pulumi_alicloud_mediaconvert.verification.media_facts import (
    StreamKind,
    is_manifest,
    output_fact,
)
from pulumi_alicloud_mediaconvert.verification.statuses import SUCCESS

KINDS: tuple[StreamKind, StreamKind] = ("video", "audio")
STATUSES = (SUCCESS, "Skipped", "Failed", "Cancelled")
SERVER = "http://media-bucket.oss-cn-shanghai.aliyuncs.com"
BUCKET = "oss://media-bucket"
TEMPLATE = "1f7ec5e8f6174b0c8a0c47ad23c1e2b5"
MP4_EXTENSION, AUDIO_EXTENSION = "mp4", "m4a"
MP4 = "mov,mp4,m4a,3gp,3g2,mj2"
FORMATS = {
    MP4_EXTENSION: MP4,
    AUDIO_EXTENSION: MP4,
    "mov": MP4,
    "m3u8": "hls,applehttp",
    "mpd": "dash",
    "ts": "mpegts",
    "mkv": "matroska,webm",
}
MANIFEST_BYTES = 31737
# For a manifest, the API does not report these of the media.
OF_THE_MEDIA = ("file_size_bytes", "bitrate_kbps", "average_kbps")
# Bytes per second of a kbit/s.
BYTES_A_SECOND = 125


def make_output(
    label: tuple[str | None, str],
    stated: Sequence[EveryOutputExpectation],
    every: EveryOutputExpectation | None,
    *,
    seconds: float,
    extension: str,
) -> Facts:
    """Make an output that meets its expectations as far as possible.

    Args:
        label: Its group, if any, and its name.
        stated: Its expectations.
        every: Expectations of all outputs, where `stated` does not replace them.
        seconds: Its usual duration, in seconds.
        extension: Its usual extension.

    Returns:
        Its facts by the fields of `models`; `None` for those that are not reported.
    """
    expected = [*stated]
    if every is not None:
        left = stated_keys(every).difference(*map(stated_keys, expected))
        expected.append(part_of(every, left))
    selectors = [one for one in (getattr(e, "where", None) for e in expected) if one]
    wanted = Requirements(chain(*map(Requirements.of, [*selectors, *expected])))
    made: Facts = dict(zip(("group", "name"), label, strict=True))

    def read(row: Facts, name: str) -> Fact:
        return read_fact(made | row, name)

    def choose(name: str, *usual: object) -> None:
        made[name] = wanted.choose(name, usual, read)

    choose("status", *STATUSES)
    if made["status"] != SUCCESS:
        return made
    choose("template_id", TEMPLATE)
    choose("type", "OSS")
    choose("duration_seconds", seconds)
    for kind, slots in _all_streams(wanted, expected).items():
        made[f"{kind}_streams"] = [
            make_stream(kind, one, made["duration_seconds"]) for one in slots
        ]
    if wanted.on(*OF_THE_MEDIA):
        extension = MP4_EXTENSION
    addressed = wanted.on("url", "extension", "format")
    made |= addressed.best(_addresses(made, addressed, extension), read)
    streams = made["video_streams"] + made["audio_streams"]
    for index, stream in enumerate(streams):
        stream["index"] = index
    choose("bitrate_kbps", round(sum(one["bitrate_kbps"] or 0 for one in streams), 3))
    for name in ("width", "height"):
        choose(name, streams[0].get(name, 0) if streams else 0)
    # Facts without a usual value are reported only if they are expected.
    for name in expected_fields(FILE) - made.keys() - {"file_size_bytes"}:
        choose(name, None)
    sized = wanted.on("file_size_bytes", "average_kbps")
    made |= sized.best(_sizes(sized, made), read)
    return {**made, "file": made}


def read_output(facts: Facts) -> Output:
    """Read an output as from a response."""
    return Output.model_validate({**facts, "file": facts})


def read_fact(facts: Facts, name: str) -> Fact:
    """Read a fact of an output as from a response."""
    return output_fact(read_output(facts), name)


def _all_streams(
    wanted: Requirements, expected: Sequence[EveryOutputExpectation]
) -> dict[StreamKind, list[Requirements]]:
    """List the requirements of all streams, by their kind."""
    slots = {kind: _streams(wanted, expected, kind) for kind in KINDS}
    if any(slots.values()):
        return slots
    # Nothing is reported of a file without streams, so advisory counts give way.
    binding = Requirements(one for one in wanted if not one.is_advisory)
    return {kind: _streams(binding, expected, kind) for kind in KINDS}


def _streams(
    wanted: Requirements, expected: Sequence[EveryOutputExpectation], kind: StreamKind
) -> list[Requirements]:
    """List the requirements of each stream, from all expectations."""
    stated = [
        [Requirements.of(one, around) for one in listed]
        for around in expected
        if (streams := getattr(around, kind)) is not None
        for listed in [streams if isinstance(streams, list) else [streams]]
    ]
    rows = zip_longest(*stated, fillvalue=Requirements())
    slots = [Requirements(chain(*row)) for row in rows]
    usual = len(slots) if stated else 1
    count = wanted.choose(f"{kind}_count", [usual, 0], read_plain)
    return slots + [Requirements()] * (min(int(count or 0), MAX_STREAMS) - len(slots))


def _addresses(made: Facts, wanted: Requirements, extension: str) -> Iterator[Facts]:
    """Yield consistent URLs, names and formats of a file."""
    if extension == MP4_EXTENSION and not made["video_streams"]:
        extension = AUDIO_EXTENSION
    parts = [quote(one, safe="") for one in (made["group"], made["name"]) if one]
    place = "/".join((SERVER, "made", *parts))
    extensions = wanted.on("extension").values(extension, *FORMATS)
    addresses = [f"{place}.{one}" if one else place for one in extensions]
    formats = [FORMATS.get(one, one) for one in extensions]
    pairs = product(
        wanted.on("url").values(*addresses),
        wanted.on("format").values(*FORMATS.values()),
    )
    for url, name in chain(zip(addresses, formats, strict=True), pairs):
        yield {
            "url": url,
            "media": url and url.replace(SERVER, BUCKET),
            "file_name": urlsplit(url or addresses[0]).path.rpartition("/")[2],
            "format": name,
        }


def _sizes(wanted: Requirements, made: Facts) -> Iterator[Facts]:
    """Yield sizes of a file. The usual one follows from its bit rate."""
    rates = wanted.on("average_kbps").values(made["bitrate_kbps"] or 0)
    seconds = made["duration_seconds"] or 0
    exact = [(rate or 0) * BYTES_A_SECOND * seconds for rate in rates]
    usual = [rounded(size) for size in exact for rounded in (math.floor, math.ceil)]
    if is_manifest(read_output(made)):
        usual = [MANIFEST_BYTES]
    for size in wanted.on("file_size_bytes").values(*usual):
        yield {"file_size_bytes": size}
