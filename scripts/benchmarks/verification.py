"""Rows of scripts/bench: verify a job and read expectations, beside other libraries.

Both ways are timed in turn; neither waits for anything.
"""

from __future__ import annotations

import json
import time
import timeit
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import jmespath
import jsonschema

from benchmarks.results import Compared, Goal
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.verification.facts import job_facts
from pulumi_alicloud_mediaconvert.verification.verifier import verify

SCHEMA = files("pulumi_alicloud_mediaconvert") / "expectations.schema.json"
PAIRS, QUICK_PAIRS = 40, 2
# Each way of a pair: long enough for the clock, short enough to be undisturbed.
SECONDS, QUICK_SECONDS = 0.02, 0.0005

SAMPLE = Path(__file__).parents[2] / "tests" / "data" / "vendor-example.json"
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


def expectations_of(constraints: Sequence[Demand]) -> dict[str, Any]:
    """Write demands on each of the outputs as a user does."""
    stated: dict[str, Any] = {}
    for part, field, matcher, _ in constraints:
        (stated.setdefault(part, {}) if part else stated)[field] = matcher
    return {"outputs": [{"name": name, **stated} for name in LANGUAGES]}


@dataclass(frozen=True)
class Work:
    """What is measured: one work, done in two ways.

    Attributes:
        name: of the work.
        beside: what the other way is.
        ours: does the work once.
        theirs: does it the other way.
        goal: of the time in milliseconds.
    """

    name: str
    beside: str
    ours: Callable[[], object]
    theirs: Callable[[], object]
    goal: Goal | None = None


def verification(*, quick: bool) -> list[Compared]:
    """Time to verify a job: as a careful person demands, and all that one might."""
    job = job_from_answer(answer())
    works = [
        _verification(job, CAREFUL, Goal("ours", 1.0)),
        _verification(job, THOROUGH),
    ]
    return [_timed(work, quick=quick) for work in works]


def reading(*, quick: bool) -> list[Compared]:
    """Time to read what is expected, as a program states it."""
    careful = expectations_of(CAREFUL)
    validator = jsonschema.Draft7Validator(json.loads(SCHEMA.read_text("utf-8")))
    validator.validate(careful)
    work = Work(
        f"read {len(CAREFUL) * len(LANGUAGES)} expectations",
        "jsonschema, compiled once",
        lambda: Expectations.model_validate(careful),
        lambda: validator.validate(careful),
    )
    return [_timed(work, quick=quick)]


def _timed(work: Work, *, quick: bool) -> Compared:
    pairs = QUICK_PAIRS if quick else PAIRS
    return measure(work, pairs, QUICK_SECONDS if quick else SECONDS)


def _verification(
    job: Job, constraints: Sequence[Demand], goal: Goal | None = None
) -> Work:
    expectations = Expectations.model_validate(expectations_of(constraints))
    by_query = _by_query(job_facts(job), constraints)
    if verify(job, expectations).verdict != "passed" or by_query():
        raise AssertionError("the two ways do not find the same: all expectations met")
    count = len(constraints) * len(LANGUAGES)
    return Work(
        f"verify {len(LANGUAGES)} outputs, {count} expectations",
        "jmespath, compiled once",
        lambda: verify(job, expectations),
        by_query,
        goal,
    )


def _by_query(
    facts: Mapping[str, Any], constraints: Sequence[Demand]
) -> Callable[[], list[str]]:
    """Write the loop that a person would write who has nothing but JMESPath.

    It is told which output and which stream, and only says what is not met, not what
    was found instead.
    """
    queries = [(part, jmespath.compile(query)) for part, _, _, query in constraints]

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


def measure(work: Work, pairs: int, seconds: float) -> Compared:
    """Time both ways of a work in turn.

    Args:
        work: what is measured.
        pairs: how often both are timed.
        seconds: about how long each of the two is repeated for one time.
    """
    # Neither way waits for anything, so that the time of other processes is no part.
    clock = time.process_time
    timers = (
        timeit.Timer(work.ours, timer=clock),
        timeit.Timer(work.theirs, timer=clock),
    )
    # The first call of each fills what later ones find filled.
    calls = [max(1, int(seconds / min(timer.repeat(3, 1)))) for timer in timers]
    times: tuple[list[float], list[float]] = ([], [])
    for pair in range(pairs):
        for way in (0, 1) if pair % 2 else (1, 0):
            took = timers[way].timeit(calls[way])
            times[way].append(took / calls[way] * 1000)
    ours, theirs = times
    return Compared(
        name=work.name,
        beside=work.beside,
        unit="ms",
        ours=ours,
        theirs=theirs,
        goal=work.goal,
        details={"best_ms": min(ours)},
    )
