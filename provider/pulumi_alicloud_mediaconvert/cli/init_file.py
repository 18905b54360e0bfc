"""Expectations to begin with: what a good job delivered becomes what is expected.

Pure. What is written is loaded again and tried on that very job, piece by piece, so
that the file as a whole is met by it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pulumi_alicloud_mediaconvert.api.models import Job, Output
from pulumi_alicloud_mediaconvert.errors import ExpectationsError
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.expect.expected_media import (
    AudioExpectation,
    EveryOutputExpectation,
    Expectation,
    VideoExpectation,
)
from pulumi_alicloud_mediaconvert.expect.loader import read_expectations
from pulumi_alicloud_mediaconvert.text import job_name, plain
from pulumi_alicloud_mediaconvert.verification.evaluation import Fact, judge
from pulumi_alicloud_mediaconvert.verification.media_facts import (
    StreamKind,
    is_manifest,
    output_fact,
    stream_fact,
    streams_of,
)
from pulumi_alicloud_mediaconvert.verification.verifier import verify

# A file of more is longer than can be loaded, and than anybody reads.
MAX_OUTPUTS = 300
MAX_STREAMS = 8
# What encoders vary by from run to run; another title varies by more.
DURATION_TOLERANCE_SECONDS = 0.5
BITRATE_TOLERANCE_PERCENT = 25
# Needs no quotes in YAML, unless it is one of the words.
PLAIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
YAML_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
# Stands for the file while it is none.
UNNAMED = Path("expectations.yaml")

HEAD = """\
# Expectations made from {job}, which is known to be good,
# by `pulumi-mediaconvert verify --init`. What it delivered is what is expected.
# Loosen or delete what need not hold for other jobs: above all the durations,
# which are those of this title. Every key: docs/reference/expectations.md.
"""
COMMENTS = {
    "duration_seconds": "of this title",
    "bitrate_kbps": "depends on the content",
}


@dataclass(frozen=True)
class Part:
    """What is written of a file or of a stream.

    Attributes:
        model: by which a constraint is read.
        fields: whose facts are demanded, in this order.
    """

    model: type[Expectation]
    fields: tuple[str, ...]


FILE = Part(EveryOutputExpectation, ("extension", "duration_seconds"))
STREAMS: Mapping[StreamKind, Part] = {
    "video": Part(
        VideoExpectation,
        ("codec", "profile", "width", "height", "fps", "pix_fmt", "bitrate_kbps"),
    ),
    "audio": Part(
        AudioExpectation,
        ("codec", "channels", "sample_rate_hz", "lang", "bitrate_kbps"),
    ),
}


def starter(job: Job, region: str | None) -> str:
    """Write expectations in YAML that a job meets.

    Args:
        job: that has passed without further expectations.
        region: of the job, for its name.

    Returns:
        Text that `load_expectations` reads; the job passes when it is verified by it.
    """
    parts = [HEAD.format(job=job_name(job.job_id, region))]
    count = f"output_count: {len(job.outputs)}\n"
    if is_met_by(job, count):
        parts += ["\n", count]
    parts.append("other_outputs: allow # forbid: none that is not named below\n")
    entries, remarks = [], []
    for output, entry in _entries(job):
        if entry:
            entries.append(entry)
        else:
            remarks.append(
                f'# Not named here: output "{plain(output.label)}", which its name'
                " does not tell from all others.\n"
            )
    if left := len(job.outputs) - MAX_OUTPUTS:
        remarks += [f"# … and {left:,} more outputs.\n"] * (left > 0)
    if entries:
        parts += ["\noutputs:\n", *entries]
    return "".join([*parts, *(["\n", *remarks] if remarks else [])])


def is_met_by(job: Job, text: str) -> bool:
    """Whether a job passes when it is verified by what a text states."""
    try:
        expect = read_expectations(UNNAMED, text)
    except ExpectationsError:
        return False
    return verify(job, Expectations.model_validate(expect)).verdict == "passed"


def _entries(job: Job) -> Iterator[tuple[Output, str]]:
    """Yield the outputs with what is expected of each; nothing if it has no name."""
    labels = Counter(output.label.strip() for output in job.outputs)
    listed = job.outputs[:MAX_OUTPUTS]
    forms = [
        _forms(output) if labels[output.label.strip()] == 1 else [""]
        for output in listed
    ]
    # One verification of all is enough, unless something is odd about some of them.
    if is_met_by(job, "outputs:\n" + "".join(most for most, *_ in forms)):
        yield from (
            (output, most) for output, (most, *_) in zip(listed, forms, strict=True)
        )
        return
    for output, texts in zip(listed, forms, strict=True):
        met = (text for text in texts if text and is_met_by(job, f"outputs:\n{text}"))
        yield output, next(met, "")


def _forms(output: Output) -> list[str]:
    """Write what is expected of an output, the most first."""
    name = f"  - name: {_scalar(output.label)}\n"
    facts = "".join(
        f"    {line}\n"
        for line in _lines(
            FILE, {name: output_fact(output, name) for name in FILE.fields}
        )
    )
    streams = "".join(_streams(output, kind) for kind in STREAMS)
    return [name + facts + streams, name + facts, name]


def _streams(output: Output, kind: StreamKind) -> str:
    media = streams_of(output, kind).media
    if media is None or (is_manifest(output) and not media):
        return ""
    if not media:
        return f"    {kind}: [] # none\n"
    part = STREAMS[kind]
    text = ""
    for stream in media[:MAX_STREAMS]:
        facts = {name: stream_fact(stream, name) for name in part.fields}
        for position, line in enumerate(_lines(part, facts)):
            text += f"      {'- ' if position == 0 else '  '}{line}\n"
    count = f"    {kind}_count: {len(media)}\n"
    return f"{count}    {kind}:\n{text}" if text else count


def _lines(part: Part, facts: Mapping[str, Fact]) -> list[str]:
    """Write a line for each fact that can be demanded."""
    lines = []
    for name, fact in facts.items():
        constraint = _constraint(name, fact)
        if constraint is None or not _is_met(part, name, constraint, fact):
            continue
        comment = f" # {COMMENTS[name]}" if name in COMMENTS else ""
        lines.append(f"{name}: {_written(constraint)}{comment}")
    return lines


def _constraint(name: str, fact: Fact) -> Any:  # noqa: ANN401  # a matcher or a value
    if not fact.is_known or not fact.values:
        return None
    value = fact.values[0]
    if name == "duration_seconds":
        return {"near": round(value, 2), "tolerance": DURATION_TOLERANCE_SECONDS}
    if name == "bitrate_kbps":
        return {"near": round(value), "tolerance_percent": BITRATE_TOLERANCE_PERCENT}
    return round(value, 3) if isinstance(value, float) else value


def _is_met(part: Part, name: str, constraint: object, fact: Fact) -> bool:
    try:
        read = part.model.model_validate({name: constraint})
    except ValidationError:
        return False
    return all(judge(one, fact, kind) == "met" for _, one, kind in read.constraints)


def _written(constraint: object) -> str:
    if isinstance(constraint, dict):
        inner = ", ".join(
            f"{key}: {_scalar(value)}" for key, value in constraint.items()
        )
        return f"{{{inner}}}"
    return _scalar(constraint)


def _scalar(value: object) -> str:
    """Write a value in YAML as JSON does, where a bare word would not do."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    is_word = PLAIN_WORD.fullmatch(text) and text.lower() not in YAML_WORDS
    return text if is_word else json.dumps(value, ensure_ascii=False)
