"""An answer in which nothing needs to be cleaned is read as if all of it were."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

import pytest

from hosts import HOSTILE_PARTS
from jobs import JOB_ID, REGION, make_job, make_output
from pulumi_alicloud_mediaconvert.api.responses import Parsed, job_of, parse_object
from pulumi_alicloud_mediaconvert.api.sanitizing import (
    DEEPEST,
)
from pulumi_alicloud_mediaconvert.emulator.jobs import EmulatedJob, built_job
from pulumi_alicloud_mediaconvert.emulator.steps import Step
from pulumi_alicloud_mediaconvert.engine_marks import MARK_KEY, UNKNOWN_TEXTS
from pulumi_alicloud_mediaconvert.errors import ApiResponseError

MUTATED = 1500
SHORT = json.dumps(
    {
        "Job": make_job(
            make_output("720P", OverrideParams='{"Video": {"Width": "1280"}}'),
            groups={"hls": [make_output("a")]},
            UserData='{"Config": "{}", "title": "你好"}',
            JobId=JOB_ID,
        )
    },
    ensure_ascii=False,
)
INDENTED = json.dumps(json.loads(SHORT.replace("你好", "Hi")), indent=1)
# What is cleaned, what could be taken for that, and what JSON itself is made of.
PARTS = (
    *("?", "=", "%3D", "%253d", "%", "&", "?a=1", "?Signature=x", "sig=x", "<{%", "<{"),
    *("\\", '\\"', "\\\\", "\\n", "\\u003d", "\\ud800", "\\/", "\x7f", "\x85", "\t"),
    *("\u202e", "中", "\ud800", "\xa0", "\ufeff", "\0", *sorted(UNKNOWN_TEXTS)),
    *('"', ",", ":", "{", "}", "[", "]", "{}", "[]", '""', "null", "1e999", "9" * 400),
    *(f'"{MARK_KEY}": 1, ', '"Config": "{}", ', '"Features": "[1]", '),
    *('"Config": "{\\"Config\\": \\"{}\\"}", ', '"Job": 1, ', '"a?b": 1, '),
    *HOSTILE_PARTS,
    *(json.dumps(part)[1:-1] for part in HOSTILE_PARTS),
)


def mutated(text: str, seed: int) -> Iterator[bytes]:
    """Yield bodies with some parts put in, or in the place of others."""
    chance = random.Random(seed)
    joints = [at for at, letter in enumerate(text) if letter in '"{}[],:']
    for _ in range(MUTATED):
        body = text
        for _ in range(chance.choice([1, 1, 1, 2, 3])):
            at = chance.choice(joints) + chance.choice([0, 1, 1])
            until = at + chance.choice([0, 0, 0, 1, 9])
            body = body[:at] + chance.choice(PARTS) + body[until:]
        yield body.encode(errors="surrogatepass")


def outcome(parsed: Parsed) -> str:
    """Read a job, and show all that was read, or why there is none."""
    try:
        job = job_of(parsed, JOB_ID)
    except ApiResponseError as error:
        return str(error)
    return repr((job, job.raw))


def assert_same_both_ways(body: bytes) -> bool | None:
    """Compare, and say whether cleaning was left out; `None` where it is no object."""
    try:
        parsed, cleaned = parse_object(body), parse_object(body)
    except ApiResponseError:
        return None
    assert outcome(parsed) == outcome(cleaned._replace(is_clean=False)), body
    return parsed.is_clean


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("text", [SHORT, INDENTED], ids=["short", "indented"])
def test_a_mutated_answer_reads_the_same_both_ways(text, seed):
    """What is left out changes nothing, whatever stands where in an answer."""
    ways = {assert_same_both_ways(body) for body in mutated(text, seed)}

    assert ways == {True, False, None}


def test_a_common_answer_needs_no_cleaning():
    """Not with JSON text in it, URLs, or names in any script."""
    job = built_job(EmulatedJob(JOB_ID, REGION, 0), Step("Success"), 0)

    assert assert_same_both_ways(json.dumps({"Job": job}).encode())
    assert assert_same_both_ways(SHORT.encode())


@pytest.mark.parametrize(
    "text",
    [
        *sorted(UNKNOWN_TEXTS),
        *("a?Signature%3Dx", "/v?to=a%3FSignature=x", "/v?sig%253dx", "sig=x", "<{%x"),
    ],
)
@pytest.mark.parametrize(
    "pattern", ['"Message": "{}"', '"UserData": " {} "', '"Config": {{"{}": 1}}']
)
def test_a_text_that_is_cleaned_is_cleaned_both_ways(pattern, text):
    """One text is enough, alone as a value, between blanks, or as a key."""
    body = f'{{"Job": {{"JobId": "{JOB_ID}", {pattern.format(text)}}}}}'

    assert assert_same_both_ways(body.encode()) is False


@pytest.mark.parametrize("levels", range(DEEPEST - 3, DEEPEST + 3))
@pytest.mark.parametrize(
    "pattern", ['{{"X": {}{}}}', '{{"Config": {{"a": {}{}}}}}', '{{"Config": "{}{}"}}']
)
def test_too_deep_is_as_deep_both_ways(pattern, levels):
    """The limit of levels counts JSON text as what it says."""
    job = pattern.format("[" * levels, "]" * levels)
    body = f'{{"Job": {{"JobId": "{JOB_ID}", {job[1:]}}}'

    assert assert_same_both_ways(body.encode())
