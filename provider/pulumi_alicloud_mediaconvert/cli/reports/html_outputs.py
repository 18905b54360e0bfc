"""What the HTML page shows of outputs and groups, as values for the template. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from pulumi_alicloud_mediaconvert.api.models import (
    AudioStream,
    Output,
    OutputGroup,
    VideoStream,
)
from pulumi_alicloud_mediaconvert.cli.reports.media_cells import (
    channels_cell,
    fps_cell,
    kbps_cell,
    picture_cell,
    sample_rate_cell,
    seconds_cell,
    size_cell,
)
from pulumi_alicloud_mediaconvert.text import counted, in_one_line
from pulumi_alicloud_mediaconvert.verification.job_codes import job_code
from pulumi_alicloud_mediaconvert.verification.render import vendor_words

SUCCESS = "Success"
STREAM_COLUMNS = (
    "stream",
    "codec",
    "picture or sound",
    "rate",
    "bit rate",
    "duration",
    "language",
)
TONES = {SUCCESS: "passed", "Failed": "failed", "Cancelled": "failed"}
LINKED_SCHEMES = frozenset({"http", "https"})
DOT = " \N{MIDDLE DOT} "


class ShownStream(NamedTuple):
    """A stream of a file, as cells below `STREAM_COLUMNS`."""

    cells: tuple[str, ...]

    @property
    def line(self) -> str:
        """The whole, where a table would have too many rows."""
        return DOT.join(filter(None, self.cells))


@dataclass(frozen=True, kw_only=True)
class ShownPart:
    """An output or a group.

    Attributes:
        label: its name, as a person has it.
        status: as reported.
        tone: the color, by the status.
        facts: of the file, with their units, in one line.
        said: what the vendor says of a failure.
        url: where it lies.
        link: the same, if a browser may follow it.
        streams: each of a file's.
    """

    label: str
    status: str
    tone: str
    facts: str
    said: str
    url: str
    link: str
    streams: list[ShownStream]


def shown_group(group: OutputGroup, explained: str | None) -> ShownPart:
    """Return what there is to show of a group; its outputs stand by themselves.

    Args:
        group: of the job.
        explained: a code that the job itself explains.
    """
    facts = ["group", group.type, counted(len(group.output_names), "output")]
    return _shown(group, explained, group.manifest_url, facts)


def shown_output(output: Output, explained: str | None) -> ShownPart:
    """Return what there is to show of an output and its streams.

    Args:
        output: of the job.
        explained: a code that the job itself explains.
    """
    file = output.file
    facts = (
        [
            file.format,
            seconds_cell(file.duration_seconds),
            kbps_cell(file.bitrate_kbps),
            size_cell(file.file_size_bytes),
        ]
        if file
        else []
    )
    streams = [
        *map(_video, output.video_streams or []),
        *map(_audio, output.audio_streams or []),
    ]
    return _shown(output, explained, output.url or output.media, facts, streams)


def _shown(
    part: Output | OutputGroup,
    explained: str | None,
    url: str | None,
    facts: list[str | None],
    streams: list[ShownStream] | None = None,
) -> ShownPart:
    # A success may carry a code idly.
    is_news = part.status != SUCCESS and part.code != explained
    hint = job_code(part.code)
    said = vendor_words(part.code, part.message) if is_news else ""
    return ShownPart(
        label=part.label,
        status=part.status or "no status",
        tone=TONES.get(part.status or "", "other"),
        facts=DOT.join(fact for fact in facts if fact),
        said=f"{said}. {hint.text}." if said and hint else said,
        url=url or "",
        link=url if url and may_be_followed(url) else "",
        streams=streams or [],
    )


def may_be_followed(url: str) -> bool:
    """Whether to link a URL: only to the web, and only if all of it is shown."""
    if url != in_one_line(url) or " " in url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in LINKED_SCHEMES and bool(parts.hostname)


def _video(stream: VideoStream) -> ShownStream:
    level = "" if stream.level is None else f"level {stream.level}"
    cells = (
        f"video {'' if stream.index is None else stream.index}",
        _joined(stream.codec, stream.profile, level),
        _joined(picture_cell(stream), stream.pix_fmt),
        fps_cell(stream),
        kbps_cell(stream.bitrate_kbps),
        seconds_cell(stream.duration_seconds),
        stream.lang or "",
    )
    return ShownStream(cells)


def _audio(stream: AudioStream) -> ShownStream:
    cells = (
        f"audio {'' if stream.index is None else stream.index}",
        stream.codec or "",
        _joined(channels_cell(stream), stream.channel_layout),
        sample_rate_cell(stream),
        kbps_cell(stream.bitrate_kbps),
        seconds_cell(stream.duration_seconds),
        stream.lang or "",
    )
    return ShownStream(cells)


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)
