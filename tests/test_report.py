"""The texts of a report, for the person at the terminal."""

from __future__ import annotations

from jobs import JOB_ID, make_answer
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.verification.report import lines_of
from pulumi_alicloud_mediaconvert.verification.verifier import verify


def lines_on(*arguments: object, **fields: object) -> list[str]:
    """Verify an answer made by hand and say what was found."""
    answer = make_answer(*arguments, **fields)  # type: ignore[arg-type]  # a table's row
    return lines_of(verify(job_from_answer(answer)), "cn-shanghai")


def test_a_failed_job_is_named_with_the_vendors_words_and_what_to_do():
    """The first line names job, region, code, message, request and cure."""
    [line] = lines_on(
        "Failed",
        Code="InvalidParameter.ResourceContentBad",
        Message="The resource operated InputFile is bad",
        RequestId="5F2C1A",
    )

    assert line == (
        f"job {JOB_ID} (cn-shanghai) ended Failed: "
        'InvalidParameter.ResourceContentBad, "The resource operated InputFile is '
        'bad" (request 5F2C1A). The input file cannot be decoded; check that it is '
        "complete."
    )


def test_an_unknown_code_has_the_vendors_words_alone():
    """Nothing is guessed about a code that the vendor does not document."""
    [line] = lines_on("Failed", Code="Odd.Code", Message="Something.", RequestId="R1")

    assert line == (
        f'job {JOB_ID} (cn-shanghai) ended Failed: Odd.Code, "Something." (request R1).'
    )


def test_a_cancelled_job_without_any_words_is_still_a_sentence():
    """A job that says nothing about its end is named all the same."""
    assert lines_on("Cancelled") == [f"job {JOB_ID} (cn-shanghai) ended Cancelled."]


def test_each_bad_output_has_a_line_of_its_own():
    """The job's line says how many checks failed, the others say which."""
    lines = lines_on("Success", {"one": "Failed", "two": "Skipped"})

    assert lines == [
        f"job {JOB_ID} (cn-shanghai) ended Success, but 2 checks failed.",
        'output "one": status: expected Success, got Failed',
        'output "two": status: expected Success, got Skipped',
    ]


def test_one_failed_check_is_in_the_singular():
    """Texts count like a person."""
    assert lines_on("Success", {"one": "Failed"})[0].endswith("but 1 check failed.")


def test_what_could_not_be_decided_says_so():
    """An inconclusive job is not said to have failed."""
    lines = lines_on("Success", {"one": "Init"})

    assert lines[0].endswith("ended Success, but 1 check could not be decided.")


def test_what_was_found_is_counted_as_a_person_counts():
    """Failed, undecided, advised: each with its number, in one sentence."""
    answer = make_answer("Success", {"one": "Failed", "two": "Init"})
    advice = {"max": 0, "enforcement_level": "advisory"}
    expectations = Expectations.model_validate({"output_count": advice})

    head = lines_of(verify(job_from_answer(answer), expectations))[0]

    assert head.endswith(
        "ended Success, but 1 check failed, 1 check could not be decided and "
        "1 advisory check failed."
    )
