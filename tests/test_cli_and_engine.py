"""The shell hears what the engine hears: the same cases go through both."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from cli import ask, expected
from jobs import JOB_ID, REGION
from pulumi_alicloud_mediaconvert.cli.command_messages import COMMAND_LINE
from pulumi_alicloud_mediaconvert.emulator import Script, Step, faults, scripts
from pulumi_alicloud_mediaconvert.emulator.faults import Fault
from pulumi_alicloud_mediaconvert.error_renderer import ErrorRenderer
from pulumi_alicloud_mediaconvert.errors import ProviderError
from pulumi_alicloud_mediaconvert.expect.loader import load_expectations
from pulumi_alicloud_mediaconvert.hosts.engine_messages import ENGINE
from pulumi_alicloud_mediaconvert.lifecycle.declared import Declared
from pulumi_alicloud_mediaconvert.lifecycle.results import GateResult
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs

OUTPUT = "outputs:\n  - name: 720P-mp4\n"
MISSED = f"{OUTPUT}    video: {{width: 1}}\n    audio: {{channels: 2}}\n"
# The API never reports the language of this job's picture.
UNKNOWN = f"{OUTPUT}    video: {{lang: eng}}\n"
# The input `wait`, and the options that say the same.
QUICKLY = {"timeout": 0.3, "poll_min": 0.1, "poll_max": 0.1, "not_found_grace": 0}
TYPED = tuple(f"--{name.replace('_', '-')}={value}" for name, value in QUICKLY.items())


@dataclass(frozen=True)
class Case:
    """A job, what is expected of it, and the exit code.

    Attributes:
        script: what the job does; without one the API does not know it.
        code: of the command.
        expect: in YAML.
        fault: for good.
        wait: as the input.
        options: that say the same.
    """

    script: Script | Step | None
    code: int
    expect: str = "{}"
    fault: Fault | None = None
    wait: Any = field(default_factory=QUICKLY.copy)
    options: tuple[str, ...] = TYPED


GOOD, BAD = scripts.succeeds_cleanly(), scripts.fails()
# What comes to a report, and so to a verdict.
JUDGED = {
    "passed": Case(GOOD, 0),
    "met": Case(GOOD, 0, f"{OUTPUT}    video: {{codec: h264}}\n"),
    "missed": Case(GOOD, 1, MISSED),
    "inconclusive": Case(GOOD, 3, UNKNOWN),
    "missed and inconclusive": Case(GOOD, 1, f"{UNKNOWN}output_count: 9\n"),
    "a rule": Case(GOOD, 1, "rules:\n  - {query: state, must_be: Lost, message: no}\n"),
    "failed": Case(BAD, 1),
    "failed, in the other vocabulary": Case(
        scripts.fails(vocabulary=scripts.COMPLETE_ERROR), 1
    ),
    "output failed": Case(scripts.one_output_fails(), 1),
    "output skipped": Case(scripts.skips_output(), 1),
    "cancelled": Case(scripts.cancelled(), 1, MISSED),
    "advisory": Case(GOOD, 0, f"{MISSED}    enforcement_level: advisory\n"),
    "as requested": Case(GOOD, 0, "as-requested\n"),
    "not waited for": Case(scripts.stalls(), 3, wait=False, options=("--no-wait",)),
}
# What ends before there is one: by the time, or by what the API says.
TROUBLED = {
    "out of time": Case(scripts.stalls(), 3),
    "queued for ever": Case(scripts.hangs_queued(), 3),
    "unknown": Case(None, 4),
    "no permission": Case(GOOD, 4, fault=faults.vendor_error("Forbidden", times=None)),
    "wrong secret": Case(
        GOOD, 4, fault=faults.vendor_error("SignatureDoesNotMatch", times=None)
    ),
    "clock skew": Case(GOOD, 4, fault=faults.clock_skew(times=None)),
    "redirect": Case(GOOD, 4, fault=faults.redirect("http://127.0.0.1:1", None)),
}


# Each call has an ID and a time of its own, each wait its number of looks.
CHANCE = re.compile(
    r"request [0-9A-F-]+|[\d-]{10}T[\d:]{8}Z|after \d+s and \d+ polls?", re.IGNORECASE
)


def by_the_engine(
    api: Any, provider: Any, case: Case, file: Any, messages: ErrorRenderer = ENGINE
) -> GateResult:
    """Let the provider check the inputs, and its lifecycle settle the job."""
    if case.script is not None:
        api.add_job(JOB_ID, case.script)
    if case.fault:
        api.faults.add(case.fault)
    stated = {"job_id": JOB_ID, "region": REGION, "wait": case.wait}
    result = provider.check({}, stated | {"expect": load_expectations(file)})
    assert result.failures == []
    declared = Declared(JobInputs.model_validate(result.inputs), result.inputs)
    process = provider.host.process
    lifecycle = replace(process.runtime.lifecycles.jobs, messages=messages)
    settled: GateResult = process.loop.run(lifecycle.settle(declared, 60, print))
    return settled


@pytest.mark.parametrize("case", JUDGED.values(), ids=JUDGED)
def test_the_same_job_gets_the_same_verdict_in_the_same_words(
    api, provider, tmp_path, case
):
    """Verdict, facts, mismatches and lines are those of an `up`."""
    file = expected(tmp_path, case.expect)
    settled = by_the_engine(api, provider, case, file)
    command = ("verify", JOB_ID, "--expect", file, *case.options)

    done = ask(api, *command, "--format", "json")
    table = ask(api, *command)

    found = json.loads(done.stdout)
    same = ("verdict", "state", "mismatches", "facts_digest", "skipped_checks")
    assert {key: found[key] for key in same} == {
        key: settled.outputs[key] for key in same
    }
    assert (done.exit_code, table.exit_code) == (case.code, case.code)
    lines = settled.failures or settled.warnings
    assert bool(lines) == (found["verdict"] != "passed" or bool(found["mismatches"]))
    for line in lines[:1]:
        assert " ".join(table.stdout.split()).startswith(line)
    listed = [one["text"] for one in found["mismatches"] if one["path"] != "state"]
    if found["state"] in ("Failed", "Cancelled"):
        # All its parts ended so for no reason of their own.
        [line] = lines[1:]
        assert line.endswith(" with the job")
        assert line in " ".join(table.stdout.split())
    else:
        # One cause is one line, which ends as each of its mismatches does.
        ends = [text.rpartition('": ')[2] for text in listed]
        assert all(any(line.endswith(end) for end in ends) for line in lines[1:])
        assert all(any(line.endswith(end) for line in lines[1:]) for end in ends)


@pytest.mark.parametrize("case", TROUBLED.values(), ids=TROUBLED)
def test_the_same_trouble_is_told_in_the_same_words(api, provider, tmp_path, case):
    """The line of an `up` is that of the shell, but for what to do next."""
    file = expected(tmp_path, case.expect)
    try:
        [line] = by_the_engine(api, provider, case, file, COMMAND_LINE).failures
        verdict = "pending"
    except ProviderError as error:
        line, verdict = COMMAND_LINE.text(error), None

    done = ask(
        api, "verify", JOB_ID, "--expect", file, *case.options, "--format", "json"
    )

    found = json.loads(done.stdout)
    assert (done.exit_code, found["verdict"]) == (case.code, verdict)
    [*_, told] = done.stderr.splitlines()
    assert JOB_ID in told
    assert CHANCE.sub("", told.removeprefix("error: ")) == CHANCE.sub("", line)
