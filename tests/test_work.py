"""However much is demanded of however large an answer, a verification ends soon.

Soon is counted, not timed: each of these would take minutes or hours.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from expectations import EXPECTATIONS
from facts import delivered_jobs
from jobs import Wire, make_bare_output, make_job, make_output, make_video
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.verification.verifier import verify
from pulumi_alicloud_mediaconvert.verification.work_budget import (
    WorkBudget,
    WorkBudgetExceededError,
)

TOO_MUCH = "more work than one second"
# Some thousand instructions, each of which may be tried at each byte.
COSTLY = ".*(.{1,300}a){3}b"
LONG = "http://example.org/" + "a" * 9_800
Case = Callable[[], tuple[Wire, Any]]
CASES: dict[str, Case] = {}


def case(make: Case) -> Case:
    """Add a case by its name."""
    CASES[make.__name__.replace("_", " ").strip()] = make
    return make


def outputs(count: int, **facts: Any) -> list[Wire]:
    """Make so many outputs with media."""
    return [make_output(f"v{number}", **facts) for number in range(count)]


def groups_of_one_name(count: int, members: int) -> Wire:
    """Make an answer of groups that nobody can tell apart."""
    group = {
        "Name": "g",
        "Status": "Success",
        "Outputs": [make_bare_output("o")] * members,
    }
    return make_job() | {"Config": {}, "OutputGroupDetails": [group] * count}


@case
def _patterns_on_long_addresses() -> tuple[Wire, Any]:
    pattern = "(.{1,9}a){5}b"
    url = {"not": {"matches": pattern}}
    return make_job(*outputs(500, url=LONG)), {"every_output": {"url": url}}


@case
def _as_many_patterns_as_outputs() -> tuple[Wire, Any]:
    patterns = [{"matches": f"(.{{1,200}}{number}){{3}}"} for number in range(100)]
    url = {"not": {"any_of": patterns}}
    address = "http://example.org/" + "a" * 900
    return make_job(*outputs(100, url=address)), {"every_output": {"url": url}}


@case
def _patterns_on_statuses() -> tuple[Wire, Any]:
    answer = make_job(*outputs(100))
    status = {"not": {"any_of": [{"matches": f"{COSTLY}{n}"} for n in range(300)]}}
    return answer, {"every_output": {"status": status}}


@case
def _outputs_by_selectors() -> tuple[Wire, Any]:
    stated = [
        {"where": {"width": {"present": False}, "height": {"not": number}}}
        for number in range(1500)
    ]
    return make_job(*outputs(100)), {"outputs": stated}


@case
def _selectors_by_streams() -> tuple[Wire, Any]:
    streams = [make_video(Index=number) for number in range(5_000)]
    where = [{"where": {"video_count": {"min": n}}} for n in range(300)]
    return make_job(make_output("a", video=streams)), {"outputs": where}


@case
def _outputs_without_names() -> tuple[Wire, Any]:
    answer = make_job(*[make_bare_output("") for _ in range(2_000)])
    return answer, {"outputs": [{"name": f"v{number}"} for number in range(90)]}


@case
def _streams_by_expectations() -> tuple[Wire, Any]:
    streams = [make_video(Index=number) for number in range(50)]
    expected = {"codec": "h264", "width": {"min": 1}, "height": {"max": 720}}
    answer = make_job(*outputs(150, video=streams))
    return answer, {"every_output": {"video": [expected] * 20}}


@case
def _misses_beyond_number() -> tuple[Wire, Any]:
    missed = {"extension": "x", "format": "ts", "video": {"codec": "vp9", "width": 1}}
    return make_job(*outputs(6_000)), {"every_output": missed}


@case
def _groups_of_one_name_by_members() -> tuple[Wire, Any]:
    members = [{"name": f"o{number}"} for number in range(1_000)]
    expect = {"output_groups": [{"name": "g", "outputs": members}]}
    return groups_of_one_name(9_000, 0), expect


@case
def _groups_of_one_name_by_counts() -> tuple[Wire, Any]:
    counts = {"any_of": list(range(1_000))}
    expect = {"output_groups": [{"name": "g", "output_count": counts}]}
    return groups_of_one_name(9_000, 0), expect


@case
def _groups_of_one_name_by_selectors() -> tuple[Wire, Any]:
    where = [{"where": {"name": {"any_of": ["a"] * 99}}} for _ in range(100)]
    expect = {"output_groups": [{"name": "g", "outputs": where}]}
    return groups_of_one_name(1_000, 3), expect


@case
def _counts_that_may_be_many() -> tuple[Wire, Any]:
    answer = make_job(make_output("a"))
    answer["Config"] = {"Outputs": [{"Name": str(number)} for number in range(2_000)]}
    return answer, {"output_count": {"any_of": list(range(2_000))}}


@case
def _requests_by_streams() -> tuple[Wire, Any]:
    streams = [make_video(Index=number) for number in range(20_000)]
    answer = make_job(make_output("a", video=streams))
    video = {"Codec": "H.264", "Width": "1280", "Height": "720", "Fps": "25"}
    answer["Config"]["Outputs"][0]["OverrideParams"] = {"Video": video}
    return answer, "as-requested"


@case
def _rules_by_outputs() -> tuple[Wire, Any]:
    rules = [
        {"query": f"length(outputs[?width > `{number}`])", "must_be": 0}
        for number in range(500)
    ]
    return make_job(*outputs(1_000)), {"rules": rules}


@case
def _rules_by_patterns() -> tuple[Wire, Any]:
    rules = [
        {"query": "join('', outputs[].url)", "must_be": {"not": {"matches": f"{n}.*"}}}
        for n in range(2_000)
    ]
    return make_job(*outputs(200)), {"rules": rules}


@case
def _a_text_of_megabytes() -> tuple[Wire, Any]:
    where = [{"where": {"url": {"not": str(number)}}} for number in range(99)]
    answer = make_job(make_output("a", url="http://example.org/" + "a" * 2**20))
    return answer, {"outputs": where}


@pytest.fixture(scope="module", params=[*CASES.values()], ids=[*CASES])
def parsed(request):
    """Parse the answer and the expectations of a case, which takes long, once."""
    answer, expect = request.param()
    return job_from_answer(answer), Expectations.model_validate(expect)


def test_what_takes_too_much_work_is_given_up(parsed):
    """Nothing passes that was not verified, and the report says why it was not."""
    work = WorkBudget()

    report = verify(*parsed, work=work)

    assert report.verdict in {"inconclusive", "failed"}
    assert TOO_MUCH in report.mismatches[-1].text
    assert (report.verdict == "failed") is any(
        one.verdict == "missed" for one in report.mismatches
    )
    assert work.left < 0


def test_what_is_given_up_is_so_every_time(parsed):
    """WorkBudget is counted, so that no machine and no moment changes a verdict."""
    once, again = (verify(*parsed, work=WorkBudget(3_000)) for _ in range(2))

    assert TOO_MUCH in once.mismatches[-1].text
    assert once.mismatches == again.mismatches


def test_what_was_missed_before_stays_missed():
    """Giving up takes no certain miss back."""
    answer, expect = CASES["patterns on long addresses"]()
    answer["OutputDetails"][0]["Status"] = "Failed"

    report = verify(job_from_answer(answer), Expectations.model_validate(expect))

    assert report.verdict == "failed"
    assert TOO_MUCH in report.mismatches[-1].text


@pytest.mark.parametrize("negated", [False, True])
def test_a_pattern_that_takes_too_long_on_one_text_decides_nothing(negated):
    """Each such text is inconclusive by itself, and the line says for what."""
    matches = {"matches": COSTLY}
    expect = {"every_output": {"url": {"not": matches} if negated else matches}}
    answer = make_job(*outputs(500, url=LONG))

    report = verify(job_from_answer(answer), Expectations.model_validate(expect))

    assert report.verdict == "inconclusive"
    assert len(report.mismatches) == 500
    assert all("too much work" in one.text for one in report.mismatches)


GOOD: dict[str, tuple[int, Any]] = {
    "no more than success": (9_000, None),
    "what people demand": (
        500,
        {
            "every_output": {
                "format": "mp4",
                "url": {"matches": r"https?://[\w.]+/.*\.(mp4|m3u8)"},
                "duration_seconds": {"near": 403, "tolerance": 0.5},
                "video": {"codec": "h264", "width": 1280, "height": 720, "fps": 25},
                "audio": {"codec": "aac", "channels": 2},
            },
            "rules": [{"query": "length(outputs)", "must_be": 500}],
        },
    ),
    "a thousand names": (
        1_000,
        {"outputs": [{"name": f"v{n}", "format": "mp4"} for n in range(1_000)]},
    ),
    "what was requested": (500, "as-requested"),
}


@pytest.mark.parametrize(("count", "expect"), GOOD.values(), ids=GOOD)
def test_a_job_ten_times_as_large_as_any_is_verified(count, expect):
    """A job has some dozens of outputs; hundreds are not too much."""
    demanded = None if expect is None else Expectations.model_validate(expect)

    report = verify(job_from_answer(make_job(*outputs(count))), demanded)

    assert report.verdict == "passed"


@given(delivered_jobs(), EXPECTATIONS, st.integers(0, 400))
def test_less_work_never_finds_more(answer, expect, units):
    """What is given up earlier passes never, and misses nothing that is not missed."""
    try:
        job, demanded = job_from_answer(answer), Expectations.model_validate(expect)
    except ValidationError:
        assume(False)  # noqa: FBT003  # the API of hypothesis
    whole, part = verify(job, demanded), verify(job, demanded, work=WorkBudget(units))

    if any(TOO_MUCH in one.text for one in part.mismatches):
        assert part.verdict != "passed"
        missed = {one.path for one in whole.mismatches if one.verdict == "missed"}
        found = {one.path for one in part.mismatches if one.verdict == "missed"}
        assert found <= missed
    else:
        assert part.verdict in {whole.verdict, "inconclusive"}


def test_nothing_slips_through_once_all_is_spent():
    """What costs less than what was refused is refused as well."""
    work = WorkBudget(10)

    with pytest.raises(WorkBudgetExceededError):
        work.spend(11)
    with pytest.raises(WorkBudgetExceededError):
        work.spend(0)
