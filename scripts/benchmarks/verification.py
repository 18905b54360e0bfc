"""Rows of scripts/bench: verify a job and read expectations, against other libraries.

Both ways are timed in turn; neither waits for anything.
"""

from __future__ import annotations

import json
import time
import timeit
from collections.abc import Callable, Mapping
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
from pulumi_alicloud_mediaconvert.verification.job_facts import job_facts
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
    """One constraint on an output: in the language, and as JMESPath over that part."""

    part: str
    field: str
    matcher: Any
    query: str


# What a careful person states of an output.
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


def expectations_of() -> dict[str, Any]:
    """Write demands on each of the outputs as a user does."""
    stated: dict[str, Any] = {}
    for part, field, matcher, _ in CAREFUL:
        (stated.setdefault(part, {}) if part else stated)[field] = matcher
    return {"outputs": [{"name": name, **stated} for name in LANGUAGES]}


@dataclass(frozen=True)
class Work:
    """What is measured: one work, done in two ways.

    Attributes:
        name: of the work.
        baseline: the other way.
        ours: does the work once.
        theirs: does it the other way.
        goal: of the time in milliseconds.
    """

    name: str
    baseline: str
    ours: Callable[[], object]
    theirs: Callable[[], object]
    goal: Goal | None = None


def verification(*, quick: bool) -> list[Compared]:
    """Time to verify a job as a careful person states it."""
    return [_timed(_verification(job_from_answer(answer())), quick=quick)]


def reading(*, quick: bool) -> list[Compared]:
    """Time to read what is expected, as a program states it."""
    careful = expectations_of()
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


def _verification(job: Job) -> Work:
    expectations = Expectations.model_validate(expectations_of())
    by_query = _by_query(job_facts(job))
    if verify(job, expectations).verdict != "passed" or by_query():
        raise AssertionError("the two ways do not find the same: all expectations met")
    count = len(LANGUAGES) * len(CAREFUL)
    return Work(
        f"verify {len(LANGUAGES)} outputs, {count} expectations",
        "jmespath, compiled once",
        lambda: verify(job, expectations),
        by_query,
        Goal("ours", 1.0),
    )


def _by_query(facts: Mapping[str, Any]) -> Callable[[], list[str]]:
    """Write the loop that a person would write who has nothing but JMESPath.

    It is told which output and which stream, and only says what is not met, not what
    was found instead.
    """
    queries = [(part, jmespath.compile(query)) for part, _, _, query in CAREFUL]

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
        baseline=work.baseline,
        unit="ms",
        ours=ours,
        theirs=theirs,
        goal=work.goal,
        details={"best_ms": min(ours)},
    )
