"""Whatever the API sends: a verdict or one clear line, in bounded time and memory."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from pulumi.runtime import rpc

from hosts import HOSTILE_TEXTS, is_printable, is_safe_where_the_engine_prints
from jobs import JOB_ID, Wire, make_job, make_output
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.api.responses import job_of, parse_object
from pulumi_alicloud_mediaconvert.api.retrying import CallLimits
from pulumi_alicloud_mediaconvert.errors import ApiResponseError
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.verification.report import Report, lines_of
from pulumi_alicloud_mediaconvert.verification.report_facts import report_facts
from pulumi_alicloud_mediaconvert.verification.verifier import verify

EXPECT = Expectations.model_validate(
    {
        "every_output": {"video": {"codec": "h264"}, "format": "mp4", "width": 1280},
        "outputs": [{"where": {"name": {"matches": ".*P.*"}}, "audio": []}],
        "output_groups": [{"name": "hls", "output_count": {"min": 1}}],
        "rules": [{"query": "raw.Message", "must_be": "fine"}],
        "consistent": {"duration_seconds": 0.5},
        "as_requested": True,
    }
)
MAX_BODY = int(CallLimits().largest_mebibytes * 2**20)
# What the largest body may cost at its worst, Python itself and its modules included.
MAX_MEBIBYTES = 1024
# What has not ended then has hung.
HUNG_SECONDS = 300
HEAD = f'{{"Job": {{"JobId": "{JOB_ID}", "State": "Success", '


def outcome_of(body: bytes) -> Report | str:
    """Read and verify a body as a look does."""
    try:
        job = job_of(parse_object(body), JOB_ID)
    except ApiResponseError as error:
        return str(error)
    return verify(job, EXPECT)


def sent(value: object) -> bytes:
    """Write JSON as the API would; lone surrogates as escapes."""
    return json.dumps(value).encode()


@st.composite
def hostile_jobs(draw: st.DrawFn) -> Wire:
    """Make a good answer with anything at some of its places."""
    odd: st.SearchStrategy[Any] = (
        st.none()
        | st.booleans()
        | st.sampled_from([0, -1, 2**63, 10**400, 1e308, float("nan"), float("inf")])
        | HOSTILE_TEXTS
        | st.just([[]])
        | st.lists(HOSTILE_TEXTS, max_size=2)
        | st.dictionaries(HOSTILE_TEXTS, HOSTILE_TEXTS, max_size=2)
    )

    def spoilt(value: Any) -> Any:
        if draw(st.integers(0, 6)) == 0:
            return draw(HOSTILE_TEXTS if isinstance(value, str) else odd)
        if isinstance(value, list):
            return [spoilt(one) for one in value]
        if isinstance(value, dict):
            return {key: spoilt(one) for key, one in value.items()}
        return value

    state = draw(st.sampled_from(["Success", "Failed", "Running", "Odd"]))
    answer = make_job(
        make_output("720P"),
        make_output("480P", status=draw(HOSTILE_TEXTS | st.just("Failed"))),
        groups={"hls": [make_output("a")]},
        UserData=draw(odd),
        Code=draw(HOSTILE_TEXTS),
        Message=draw(HOSTILE_TEXTS),
        RequestId=draw(HOSTILE_TEXTS),
    )
    whole = {"State": state} | {
        key: spoilt(value) for key, value in answer.items() if key != "State"
    }
    return whole | {"JobId": JOB_ID}


@settings(max_examples=200)
@given(hostile_jobs())
def test_any_answer_is_a_verdict_or_one_line(job):
    """It is printed plainly, and stored as the engine stores and shows it."""
    found = outcome_of(sent({"Job": job}))

    event(found.verdict if isinstance(found, Report) else "refused")
    if isinstance(found, str):
        assert is_printable(found)
        return
    assert all(map(is_printable, lines_of(found, "cn-shanghai")))
    assert all(map(is_printable, found.skipped_checks))
    facts = report_facts(found)
    assert is_safe_where_the_engine_prints(facts)
    stored = asyncio.run(rpc.serialize_properties(facts, {}))
    assert stored.FromString(stored.SerializeToString()) == stored


CORPUS = {
    "a list as job": b'{"Job": []}',
    "null as job": b'{"Job": null}',
    "a list as answer": b"[]",
    "nothing": b"",
    "not UTF-8": b'{"Job": {"JobId": "\xff"}}',
    "UTF-16": f'{{"Job": {{"JobId": "{JOB_ID}"}}}}'.encode("utf-16"),
    "a byte order mark": f'\ufeff{{"Job": {{"JobId": "{JOB_ID}"}}}}'.encode(),
    "half a surrogate in bytes": HEAD.encode() + b'"Message": "\xed\xa0\x80"}}',
    "half a surrogate": HEAD.encode() + rb'"Message": "\udc80", "\ud800": 1}}',
    "two states": HEAD.encode() + b'"State": "Failed"}}',
    "1e999": HEAD.encode() + b'"Percent": 1e999, "Config": {"a": -1e999}}}',
    "5000 digits": HEAD.encode() + b'"Percent": ' + b"9" * 5000 + b"}}",
    "NaN": HEAD.encode() + b'"Percent": NaN, "Config": {"a": -Infinity}}}',
    "nulls": HEAD.encode() + b'"OutputDetails": [null], "OutputGroupDetails": [null]}}',
    "lists for objects": HEAD.encode() + b'"OutputDetails": [[]], "Config": []}}',
    "deep": HEAD.encode() + b'"UserData": ' + b"[" * 400 + b"]" * 400 + b"}}",
    "deeper": b"[" * 10**6,
    "deep in text": HEAD.encode() + b'"Config": "' + b"[" * 10**6 + b'"}}',
}


@pytest.mark.parametrize("name", CORPUS)
def test_odd_bodies(name):
    """Each is a verdict that is not good, or one line."""
    found = outcome_of(CORPUS[name])

    if isinstance(found, Report):
        assert found.verdict != "passed"
    else:
        assert found
        assert is_printable(found)


def filled(before: str, unit: str, after: str, joint: str = ",") -> bytes:
    """Fill a body up to the largest that is read."""
    room = MAX_BODY - len(HEAD + before + after) - 2
    count = (room + len(joint)) // len((unit + joint).encode())
    return f"{HEAD}{before}{joint.join([unit] * count)}{after}}}}}".encode()


META = '"OutputDetails": [{"Status": "Success", "Result": {"OutFileMeta": {'
LARGEST = {
    "outputs": lambda: filled('"OutputDetails": [', "{}", "]"),
    "nulls": lambda: filled('"OutputDetails": [', "null", "]"),
    "groups": lambda: filled('"OutputGroupDetails": [', "{}", "]"),
    "streams": lambda: filled(f'{META}"VideoStreamInfoList": [', "{}", "]}}}]"),
    "requests": lambda: filled('"Config": {"Outputs": [', "{}", "]}"),
    "objects": lambda: filled('"Config": {"a": [', '{"":0}', "]}"),
    "lists": lambda: filled('"UserData": [', "[]", "]"),
    "parameters": lambda: filled(
        '"OutputDetails": [{"Name": "a", "Status": "Success"}],'
        ' "Config": {"Outputs": [{"Name": "a", "OverrideParams": {',
        '"\\ud83d\\ude00": 0',
        "}}]}",
    ),
    "questions": lambda: filled('"Message": "', "?sign", '"', ""),
    "backslashes": lambda: filled('"Message": "', "\\\\", '"', ""),
    "formats": lambda: filled(
        f'{META}"FileBasicInfo": {{"FormatName": "', "a,", '"}}}}]', ""
    ),
    "nesting": lambda: b"[" * MAX_BODY,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_body_costs_bounded_memory_and_ends(name, tmp_path):
    """8 MiB of whatever is worst are read within a gibibyte, and never hang."""
    body = tmp_path / "body.json"
    body.write_bytes(LARGEST[name]())
    program = (
        "import resource, sys, test_hostile_answers as tests\n"
        "found = tests.outcome_of(open(sys.argv[1], 'rb').read())\n"
        "if not isinstance(found, str):\n"
        "    tests.report_facts(found)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, str(body)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=HUNG_SECONDS,
    )

    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) / 1024 < MAX_MEBIBYTES


MANY = 10_000


@pytest.mark.slow
@pytest.mark.parametrize(
    "expect",
    [
        {},
        "as-requested",
        {"every_output": {"video": {"codec": "hevc"}, "audio": [{"channels": 6}]}},
        {"outputs": [{"name": f"o{n}", "width": 1} for n in range(5000)]},
        {"outputs": [{"name": f"absent{n}"} for n in range(5000)]},
        {"outputs": [{"where": {"name": {"matches": "o.*"}}} for n in range(3000)]},
        {"every_output": {"video": {"width": [*range(2000, 7000)]}}},
        {"rules": [{"query": "length(outputs[?width])"} for n in range(3000)]},
        {"output_groups": [{"name": f"g{n}", "output_count": 1} for n in range(3000)]},
    ],
    ids=[
        *("nothing", "as requested", "every output", "names", "absent names"),
        *("selectors", "alternatives", "rules", "groups"),
    ],
)
def test_ten_thousand_outputs_get_a_verdict(expect, many):
    """However many outputs, and however long the list of expectations."""
    expectations = Expectations.model_validate(expect)

    report = verify(many, expectations)
    lines = lines_of(report)

    assert all(map(is_printable, lines))
    assert (report.verdict == "passed") is not bool(report.mismatches)


@pytest.fixture(scope="module")
def many():
    """A job of ten thousand outputs."""
    return job_from_answer(make_job(*(make_output(f"o{n}") for n in range(MANY))))


def test_more_outputs_than_anybody_has_are_refused():
    """Twice as many are no job any more, but an attack on memory."""
    outputs = [{"Name": "a", "Status": "Success"}] * (2 * MANY + 1)

    with pytest.raises(ApiResponseError, match="at most 20,000"):
        job_from_answer({"OutputDetails": outputs})


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "(.*)*x", "(x+x+)+y"])
def test_no_pattern_hangs(pattern):
    """Patterns that hang others take milliseconds; texts of no name are not tried."""
    for length, verdict in ((5_000, "failed"), (10**6, "inconclusive")):
        job = job_from_answer(make_job(make_output("a" * length + "!")))

        report = verify(
            job,
            Expectations.model_validate(
                {"outputs": [{"where": {"name": {"matches": pattern}}}] * 100}
            ),
        )

        assert report.verdict == verdict


def test_nested_matchers_are_refused_in_time():
    """A matcher within a matcher within a matcher ends somewhere."""
    constraint: Any = "h264"
    for _ in range(5000):
        constraint = {"not": constraint}

    with pytest.raises(ValueError, match=r"deep|recursion"):
        Expectations.model_validate({"every_output": {"video": {"codec": constraint}}})
