"""What one read of a job has found, as a table. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pulumi_alicloud_mediaconvert.api.models import (
    AudioStream,
    Job,
    Output,
    OutputGroup,
    VideoStream,
)
from pulumi_alicloud_mediaconvert.cli.colours import Paint, Tone, uncoloured
from pulumi_alicloud_mediaconvert.cli.reports.media_cells import (
    channels_cell,
    fps_cell,
    kbps_cell,
    picture_cell,
    sample_rate_cell,
    seconds_cell,
)
from pulumi_alicloud_mediaconvert.cli.reports.parts import (
    origin_of,
    unread_line,
)
from pulumi_alicloud_mediaconvert.cli.reports.tables import grid, head_lines
from pulumi_alicloud_mediaconvert.text import counted, in_one_line, plain
from pulumi_alicloud_mediaconvert.verification.report import (
    Report,
    describe_state,
)

# What needs attention stands nearer to the prompt.
TONE_RANKS: Mapping[Tone, int] = {"good": 0, "unclear": 1, "bad": 2}
COLUMNS = ("output", "status", "duration", "video", "audio")


def job_tables(
    reports: Sequence[Report],
    region: str | None,
    width: int | None,
    unread: Sequence[str],
    paint: Paint = uncoloured,
) -> str:
    """Write what is known of each job, and a total below several.

    That is its state, times, outputs, and where these are.

    Args:
        reports: one for each job; their verdicts do not matter.
        region: of all the jobs, for their names.
        width: of the terminal in columns; addresses stand whole. `None`: nothing is
            wrapped.
        unread: IDs of jobs that could not be read.
        paint: colours by outcome.
    """
    by_rank = sorted(reports, key=lambda report: TONE_RANKS[_tone(report.job)])
    parts = [_table(report, region, width, paint) for report in by_rank]
    parts += [_lines([paint(unread_line(job_id, region), "bad")]) for job_id in unread]
    if len(parts) > 1:
        parts.append(_lines([_total(reports, len(unread), paint)]))
    return "\n".join(parts)


def _total(reports: Sequence[Report], unread: int, paint: Paint) -> str:
    """Count the states of several jobs: `3 jobs: 2 Success, 1 Running.`."""
    states = Counter(
        (plain(report.job.state or "no state reported"), _tone(report.job))
        for report in reports
    )
    counts = [
        paint(f"{count:,} {state}", tone)
        for (state, tone), count in sorted(states.items(), key=lambda one: -one[1])
    ]
    counts += [paint(f"{unread:,} could not be read", "bad")] if unread else []
    return f"{counted(len(reports) + unread, 'job')}: {', '.join(counts)}."


def _tone(job: Job) -> Tone:
    if not job.has_ended:
        return "unclear"
    return "good" if job.state == "Success" else "bad"


def _table(report: Report, region: str | None, width: int | None, paint: Paint) -> str:
    job = report.job
    head = [paint(line, _tone(job)) for line in head_lines(report, region, width)]
    parts = [_lines([*head, origin_of(report)])]
    parts.append(_lines(f"{name}: {value}" for name, value in _facts(job)))
    if job.outputs:
        rows = [_row(output) for output in job.outputs]
        parts.append(grid(COLUMNS, rows, width))
    parts.append(_lines(_addresses(job)))
    return "\n".join(filter(None, parts))


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines if line)


def _facts(job: Job) -> list[tuple[str, str]]:
    known = [
        ("state", describe_state(job)),
        ("name", job.job_name),
        ("pipeline", job.pipeline_id),
        ("created", job.create_time),
        ("finished", job.finish_time),
        ("request", job.request_id),
    ]
    return [(name, plain(value)) for name, value in known if value]


def _row(output: Output) -> list[str]:
    file = output.file
    return [
        plain(output.label),
        plain(output.status or ""),
        seconds_cell(file.duration_seconds) if file else "",
        "; ".join(map(_video, output.video_streams or [])),
        "; ".join(map(_audio, output.audio_streams or [])),
    ]


def _video(stream: VideoStream) -> str:
    rate = kbps_cell(stream.bitrate_kbps)
    return _joined(stream.codec, picture_cell(stream), fps_cell(stream), rate)


def _audio(stream: AudioStream) -> str:
    rate = kbps_cell(stream.bitrate_kbps)
    channels = channels_cell(stream)
    return _joined(stream.codec, channels, sample_rate_cell(stream), rate)


def _joined(*parts: str | None) -> str:
    return plain(" ".join(filter(None, parts)))


def _addresses(job: Job) -> list[str]:
    places: list[tuple[Output | OutputGroup, str | None]] = [
        *((output, output.url) for output in job.outputs),
        *((group, group.manifest_url) for group in job.output_groups),
    ]
    return [f"{plain(one.label)}: {in_one_line(url)}" for one, url in places if url]
