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

from pulumi_alicloud_mediaconvert.api.models import Job, Output, OutputGroup
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

# A file with more outputs would be too long to load, and to read.
MAX_OUTPUTS = 300
MAX_STREAMS = 8
# What encoders vary by from run to run; another title varies by more.
DURATION_TOLERANCE_SECONDS = 0.5
BITRATE_TOLERANCE_PERCENT = 25
# Needs no quotes in YAML, unless it is one of the words.
PLAIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
YAML_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
# Name of the file until it is written.
UNNAMED = Path("expectations.yaml")

HEAD = """\
# Expectations made from {job}, a good job,
# by `pulumi-mediaconvert verify --init`: they expect what this job delivered.
# Loosen or delete what does not apply to other jobs, above all the durations:
# they are those of this title. Editors use the schema to complete keys; on
# another machine, `pulumi-mediaconvert schema --path` prints its path.
"""
LINE_STARTS = re.compile("^(?=.)", re.MULTILINE)
# What stands above groups, and above the outputs of one.
GROUPS = "output_groups:\n"
OF_GROUP = "    outputs:\n"
COMMENTS = {
    "duration_seconds": "of this title",
    "bitrate_kbps": "depends on the content",
}


@dataclass(frozen=True)
class Part:
    """What is written of a file or of a stream.

    Attributes:
        model: by which a constraint is read.
        fields: names of the facts that are expected, in this order.
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


@dataclass(frozen=True)
class Section:
    """Outputs that are listed together: those of the job, or those of a group.

    Attributes:
        head: all above the outputs.
        indent: of the outputs.
        members: the first outputs, each with its name there.
        counts: how many outputs have a name, without spaces around it.
    """

    head: str
    indent: str
    members: list[tuple[Output, str]]
    counts: Counter[str]


def starter(job: Job, region: str | None, modeline: str = "") -> str:
    """Write expectations in YAML that a job meets.

    Args:
        job: that has passed without further expectations.
        region: of the job, for its name.
        modeline: the line by which editors find the schema.

    Returns:
        Text that `load_expectations` reads; the job passes when it is verified by it.
    """
    parts = [modeline, HEAD.format(job=job_name(job.job_id, region))]
    count = f"output_count: {len(job.outputs)}\n"
    if is_met_by(job, count):
        parts += ["\n", count]
    parts.append("other_outputs: allow # forbid: no outputs except those named below\n")
    remarks: list[str] = []
    parts += _outputs(job, remarks)
    if (left := len(job.outputs) - MAX_OUTPUTS) > 0:
        remarks.append(f"# … and {left:,} more outputs.\n")
    return "".join([*parts, *(["\n", *remarks] if remarks else [])])


def _outputs(job: Job, remarks: list[str]) -> Iterator[str]:
    """Yield what is expected of outputs, then of groups; add what is not expected."""
    single, grouped = _sections(job)
    if entries := _entries(job, single, remarks):
        yield f"\n{single.head}"
        yield from entries
    for index, (header, section) in enumerate(grouped):
        yield "" if index else f"\n{GROUPS}"
        yield header
        if entries := _entries(job, section, remarks):
            yield OF_GROUP
            yield from entries


def _sections(job: Job) -> tuple[Section, list[tuple[str, Section]]]:
    """Divide the outputs, and write what is expected of each group itself."""
    labels = Counter(group.label.strip() for group in job.output_groups)
    names = [output.label for output in job.outputs]
    counts = Counter(name.strip() for name in names)
    grouped = []
    for group, keys in zip(job.output_groups, job.member_keys, strict=True):
        is_named = labels[group.label.strip()] == 1
        forms = _group_forms(group, len(keys)) if is_named else []
        header = next((one for one in forms if is_met_by(job, GROUPS + one)), None)
        if header is None:
            continue
        of_group = [(job.outputs[key], job.outputs[key].name or "") for key in keys]
        members = of_group[: sum(key < MAX_OUTPUTS for key in keys)]
        named = Counter(name.strip() for _, name in of_group)
        head = GROUPS + header + OF_GROUP
        grouped.append((header, Section(head, " " * 6, members, named)))
        for key in keys:
            names[key] = ""
    single = [
        (output, name)
        for output, name in zip(job.outputs[:MAX_OUTPUTS], names, strict=False)
        if name
    ]
    return Section("outputs:\n", " " * 2, single, counts), grouped


def _group_forms(group: OutputGroup, count: int) -> list[str]:
    """Write what is expected of a group, the most first."""
    name = f"  - name: {_scalar(group.label)}\n"
    size = f"    output_count: {count}\n" if count else ""
    of_type = f"    type: {_scalar(group.type)}\n" if group.type else ""
    return [name + of_type + size, name + size, name]


def is_met_by(job: Job, text: str) -> bool:
    """Whether a job passes when it is verified by the expectations in a text."""
    try:
        expect = read_expectations(UNNAMED, text)
    except ExpectationsError:
        return False
    return verify(job, Expectations.model_validate(expect)).verdict == "passed"


def _entries(job: Job, section: Section, remarks: list[str]) -> list[str]:
    """Write what is expected of each output; add those that cannot be named."""
    counts = section.counts
    forms = [
        _forms(output, name, section.indent) if counts[name.strip()] == 1 else [""]
        for output, name in section.members
    ]
    most = [texts[0] for texts in forms]
    # One verification of all is enough, unless something is odd about some of them.
    if not is_met_by(job, section.head + "".join(most)):
        most = [
            next(
                (one for one in texts if one and is_met_by(job, section.head + one)), ""
            )
            for texts in forms
        ]
    remarks += [
        f'# Not named here: output "{plain(output.label)}", because other outputs'
        " have the same name.\n"
        for (output, _), entry in zip(section.members, most, strict=True)
        if not entry
    ]
    return [entry for entry in most if entry]


def _forms(output: Output, label: str, indent: str) -> list[str]:
    """Write what is expected of an output, the most first."""
    name = f"- name: {_scalar(label)}\n"
    facts = "".join(
        f"  {line}\n"
        for line in _lines(
            FILE, {name: output_fact(output, name) for name in FILE.fields}
        )
    )
    streams = "".join(_streams(output, kind) for kind in STREAMS)
    forms = (name + facts + streams, name + facts, name)
    return [LINE_STARTS.sub(indent, form) for form in forms]


def _streams(output: Output, kind: StreamKind) -> str:
    media = streams_of(output, kind).media
    if media is None or (is_manifest(output) and not media):
        return ""
    if not media:
        return f"  {kind}: [] # none\n"
    part = STREAMS[kind]
    text = ""
    for stream in media[:MAX_STREAMS]:
        facts = {name: stream_fact(stream, name) for name in part.fields}
        for position, line in enumerate(_lines(part, facts)):
            text += f"    {'- ' if position == 0 else '  '}{line}\n"
    count = f"  {kind}_count: {len(media)}\n"
    return f"{count}  {kind}:\n{text}" if text else count


def _lines(part: Part, facts: Mapping[str, Fact]) -> list[str]:
    """Write a line for each fact that can be expected."""
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
