"""Measure what has a goal, beside the next best way to the same.

The two ways of a timed row are timed in turn within one run, so that whatever else the
machine does meets both. How polling does is computed, on jobs that are made up. States
whether a goal holds, and never fails for it: how fast a machine is tells nothing about
the code.
"""

from __future__ import annotations

import argparse
import json
import operator
import statistics
import sys
import time
import timeit
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import jmespath
import jsonschema
import polling

from pulumi_alicloud_mediaconvert import verifier
from pulumi_alicloud_mediaconvert.answers import job_from_answer
from pulumi_alicloud_mediaconvert.expectations import Expectations
from pulumi_alicloud_mediaconvert.facts import job_facts
from pulumi_alicloud_mediaconvert.models import Job
from pulumi_alicloud_mediaconvert.verifier import verify

SCHEMA = Path(verifier.__file__).with_name("expectations.schema.json")
PAIRS, QUICK_PAIRS = 40, 2
# Of each half of a pair: long enough for the clock, short enough to be undisturbed.
SECONDS, QUICK_SECONDS = 0.02, 0.0005
# Of each kind, by which polling is judged.
TIMELINES, QUICK_TIMELINES = 200, 4

SAMPLE = Path(__file__).parent.parent / "tests" / "data" / "vendor-example.json"
ADDRESS = "http://bucket.oss-cn-shanghai.aliyuncs.com/path/to/file.mp4"
# One trailer, dubbed: five outputs that are alike in all that is demanded.
LANGUAGES = ("eng", "deu", "fra", "spa", "zho")
STREAMS = {"video": "video_streams", "audio": "audio_streams"}


class Demand(NamedTuple):
    """One demand on an output: in the language, and as JMESPath over the same part."""

    part: str
    field: str
    matcher: Any
    query: str


# What a careful person states of an output, then all the rest that one might.
CAREFUL = (
    Demand(
        "",
        "duration_seconds",
        {"near": 403, "tolerance": 0.5},
        "file.duration_seconds >= `402.5` && file.duration_seconds <= `403.5`",
    ),
    Demand("video", "codec", "h264", "codec == 'h264'"),
    Demand("video", "height", 478, "height == `478`"),
    Demand(
        "video",
        "bitrate_kbps",
        {"min": 500, "max": 3000},
        "bitrate_kbps >= `500` && bitrate_kbps <= `3000`",
    ),
    Demand("audio", "codec", "aac", "codec == 'aac'"),
    Demand(
        "audio",
        "sample_rate_hz",
        [44100, 48000],
        "sample_rate_hz == `44100` || sample_rate_hz == `48000`",
    ),
)
THOROUGH = (
    *CAREFUL,
    Demand("", "extension", "mp4", "ends_with(key, '.mp4')"),
    Demand("", "format", "mp4", "contains(file.format, 'mp4')"),
    Demand("", "url", {"matches": "http://.*"}, "starts_with(url, 'http://')"),
    Demand("", "file_size_bytes", {"min": 1000}, "file.file_size_bytes >= `1000`"),
    Demand("", "bitrate_kbps", {"max": 4000}, "file.bitrate_kbps <= `4000`"),
    Demand("", "width", 848, "file.width == `848`"),
    Demand("", "height", 478, "file.height == `478`"),
    Demand("", "video_count", 1, "length(video_streams) == `1`"),
    Demand("", "audio_count", 1, "length(audio_streams) == `1`"),
    Demand("video", "profile", {"not": "main"}, "profile != 'Main'"),
    Demand("video", "level", "3.1", "level == `31`"),
    Demand("video", "width", 848, "width == `848`"),
    Demand("video", "long_edge", 848, "long_edge == `848`"),
    Demand("video", "fps", 25, "fps == `25`"),
    Demand(
        "video",
        "duration_seconds",
        {"near": 400, "tolerance_percent": 1},
        "duration_seconds >= `396` && duration_seconds <= `404`",
    ),
    Demand("video", "pix_fmt", "yuv420p", "pix_fmt == 'yuv420p'"),
    Demand("video", "dar", "16:9", "dar == '16:9'"),
    Demand("video", "rotate", 0, "rotate == `0`"),
    Demand("video", "num_frames", {"min": 10000}, "num_frames >= `10000`"),
    Demand("audio", "channels", 2, "channels == `2`"),
    Demand(
        "audio",
        "channel_layout",
        {"any_of": ["mono", "stereo"]},
        "channel_layout == 'mono' || channel_layout == 'stereo'",
    ),
    Demand("audio", "bitrate_kbps", {"max": 200}, "bitrate_kbps <= `200`"),
    Demand("audio", "start_seconds", {"max": 2}, "start_seconds <= `2`"),
    Demand("audio", "lang", {"present": True}, "lang != `null`"),
)


def answer() -> dict[str, Any]:
    """Make the value of `Job`: the vendor's sample output, as MP4 and five times."""
    sample = json.loads(SAMPLE.read_text("utf-8"))["Job"]["OutputDetails"][0]
    meta = sample["Result"]["OutFileMeta"]
    meta["FileBasicInfo"] |= {"FormatName": "mov,mp4", "FileUrl": ADDRESS}
    meta["AudioStreamInfoList"][0]["Bitrate"] = 128.4
    return {
        "State": "Success",
        "Config": {"Outputs": [{"Name": name} for name in LANGUAGES]},
        "OutputDetails": [sample | {"Name": name} for name in LANGUAGES],
    }


def expectations_of(demands: Sequence[Demand]) -> dict[str, Any]:
    """Write demands on each of the outputs as a user does."""
    stated: dict[str, Any] = {}
    for part, field, matcher, _ in demands:
        (stated.setdefault(part, {}) if part else stated)[field] = matcher
    return {"outputs": [{"name": name, **stated} for name in LANGUAGES]}


@dataclass(frozen=True)
class Row:
    """What is measured: one work, done in two ways.

    Attributes:
        name: of the work.
        alternative: what the other way is.
        ours: does the work once.
        theirs: does it the other way.
        goal_ms: largest time of ours, in milliseconds.
    """

    name: str
    alternative: str
    ours: Callable[[], object]
    theirs: Callable[[], object]
    goal_ms: float | None = None


@dataclass(frozen=True)
class Measured:
    """The times of one row, in milliseconds for one work, pair by pair."""

    name: str
    alternative: str
    goal_ms: float | None
    ours_ms: list[float]
    theirs_ms: list[float]

    @property
    def ratio(self) -> float:
        """How many times as long as the alternative ours takes: median of pairs."""
        ratios: map[float] = map(operator.truediv, self.ours_ms, self.theirs_ms)
        return statistics.median(ratios)

    @property
    def goal(self) -> str:
        """Whether the goal holds, in words."""
        if self.goal_ms is None:
            return "none"
        holds = statistics.median(self.ours_ms) < self.goal_ms
        return f"under {self.goal_ms:g} ms: {_word(holds=holds)}"

    @property
    def raw(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self) | {"ratio": self.ratio}

    @property
    def cells(self) -> list[str]:
        """The line of the table."""
        return [
            self.name,
            f"{statistics.median(self.ours_ms):.3f} ms",
            f"{min(self.ours_ms):.3f} ms",
            self.alternative,
            f"{statistics.median(self.theirs_ms):.3f} ms",
            f"{self.ratio:.2f}",
            self.goal,
        ]


@dataclass(frozen=True)
class Computed:
    """What a row gives that is not timed: a number for each of the two ways.

    Attributes:
        name: of what is compared.
        alternative: what the other way is.
        unit: of the numbers.
        ours: the smaller, the better.
        theirs: the same for the other way.
        largest_ratio: the goal.
        details: what the numbers were made from, as JSON.
    """

    name: str
    alternative: str
    unit: str
    ours: float
    theirs: float
    largest_ratio: float
    details: Mapping[str, Any]

    @property
    def ratio(self) -> float:
        """How many times the alternative ours is."""
        return self.ours / self.theirs

    @property
    def goal(self) -> str:
        """Whether the goal holds, in words."""
        holds = self.ratio <= self.largest_ratio
        return f"at most {self.largest_ratio:g} of it: {_word(holds=holds)}"

    @property
    def raw(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self) | {"ratio": self.ratio}

    @property
    def cells(self) -> list[str]:
        """The line of the table."""
        return [
            self.name,
            f"{self.ours:.3f} {self.unit}",
            "",
            self.alternative,
            f"{self.theirs:.3f} {self.unit}",
            f"{self.ratio:.2f}",
            self.goal,
        ]


def _word(*, holds: bool) -> str:
    return "holds" if holds else "MISSED"


def rows() -> list[Row]:
    """List what is measured; a later goal is one more row."""
    job = job_from_answer(answer())
    careful = expectations_of(CAREFUL)
    return [
        _verification(job, CAREFUL, goal_ms=1.0),
        _verification(job, THOROUGH),
        Row(
            f"read {len(CAREFUL) * len(LANGUAGES)} expectations",
            "jsonschema, compiled once",
            lambda: Expectations.model_validate(careful),
            _validation(careful),
        ),
    ]


def _verification(
    job: Job, demands: Sequence[Demand], goal_ms: float | None = None
) -> Row:
    expectations = Expectations.model_validate(expectations_of(demands))
    by_query = _by_query(job_facts(job), demands)
    if verify(job, expectations).verdict != "passed" or by_query():
        raise AssertionError("the two ways do not find the same: all expectations met")
    count = len(demands) * len(LANGUAGES)
    return Row(
        f"verify {len(LANGUAGES)} outputs, {count} expectations",
        "jmespath, compiled once",
        lambda: verify(job, expectations),
        by_query,
        goal_ms,
    )


def _by_query(
    facts: Mapping[str, Any], demands: Sequence[Demand]
) -> Callable[[], list[str]]:
    """Write the loop that a person would write who has nothing but JMESPath.

    It is told which output and which stream, and only says what is not met, not what
    was found instead.
    """
    queries = [(part, jmespath.compile(query)) for part, _, _, query in demands]

    def missed() -> list[str]:
        outputs = {output["name"]: output for output in facts["outputs"]}
        return [
            query.expression
            for name in LANGUAGES
            for part, query in queries
            if query.search(outputs[name][STREAMS[part]][0] if part else outputs[name])
            is not True
        ]

    return missed


def _validation(stated: Mapping[str, Any]) -> Callable[[], object]:
    validator = jsonschema.Draft7Validator(json.loads(SCHEMA.read_text("utf-8")))
    validator.validate(stated)
    return lambda: validator.validate(stated)


def measure(row: Row, pairs: int, seconds: float) -> Measured:
    """Time both ways of a row in turn.

    Args:
        row: what is measured.
        pairs: how often both are timed.
        seconds: about how long each of the two is repeated for one time.
    """
    # Neither way waits for anything, so that the time of other processes is no part.
    clock = time.process_time
    timers = (
        timeit.Timer(row.ours, timer=clock),
        timeit.Timer(row.theirs, timer=clock),
    )
    # The first call of each fills what later ones find filled.
    calls = [max(1, int(seconds / min(timer.repeat(3, 1)))) for timer in timers]
    times: tuple[list[float], list[float]] = ([], [])
    for pair in range(pairs):
        for way in (0, 1) if pair % 2 else (1, 0):
            took = timers[way].timeit(calls[way])
            times[way].append(took / calls[way] * 1000)
    return Measured(row.name, row.alternative, row.goal_ms, *times)


def polling_efficiency(timelines: int) -> Computed:
    """Compare the delay of our looks with that of a fixed interval of as many calls.

    On timelines that the numbers of `pace` were not chosen by, all kinds together;
    `details` has each kind, and each of its jobs.
    """
    seeds = polling.HELD_OUT_SEEDS[:timelines]
    *kinds, every = polling.by_kind(polling.KINDS, seeds)
    return Computed(
        f"notice the end of {timelines * len(kinds):,} jobs",
        f"look every {every.fixed:.1f} s: as many calls, {every.calls:.1f} a job",
        "s",
        every.delay,
        every.fixed_delay,
        polling.GOAL,
        {"kinds": [one.raw for one in (*kinds, every)], "jobs": polling.raw(seeds)},
    )


def table(measured: Sequence[Measured | Computed]) -> str:
    """Write what was measured as a table of text."""
    head = ["", "median", "best", "alternative", "median", "ratio", "goal"]
    lines = [head, *(one.cells for one in measured)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(map(str.ljust, cells, widths)).rstrip() for cells in lines
    )


def main(arguments: Sequence[str]) -> int:
    """Measure every row, print the table, write the raw numbers where asked to."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only see that it runs")
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write raw numbers to"
    )
    chosen = parser.parse_args(arguments)
    pairs = QUICK_PAIRS if chosen.quick else PAIRS
    seconds = QUICK_SECONDS if chosen.quick else SECONDS
    timelines = QUICK_TIMELINES if chosen.quick else TIMELINES
    measured = [
        *(measure(row, pairs, seconds) for row in rows()),
        polling_efficiency(timelines),
    ]
    print(table(measured))
    if chosen.json:
        raw = [one.raw for one in measured]
        chosen.json.write_text(json.dumps(raw, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
