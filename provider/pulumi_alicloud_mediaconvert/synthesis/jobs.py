"""A job that would pass: what it has to deliver to meet expectations. Pure.

The places are filled one after the other, and only what `verify` passes is handed
out: where expectations contradict each other, or ask for what cannot be worked out
backwards, there is an error that names the place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, product

from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.errors import ExpectationsError
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.expect.expected_media import EveryOutputExpectation
from pulumi_alicloud_mediaconvert.expect.matchers import Strict
from pulumi_alicloud_mediaconvert.expect.validation_messages import stated_expectations
from pulumi_alicloud_mediaconvert.synthesis.files import USUAL_SECONDS
from pulumi_alicloud_mediaconvert.synthesis.layouts import Filling
from pulumi_alicloud_mediaconvert.synthesis.searches import ROOT, Tried, searches_of
from pulumi_alicloud_mediaconvert.synthesis.streams import Facts, wants_of
from pulumi_alicloud_mediaconvert.synthesis.values import UnfitError, numbers
from pulumi_alicloud_mediaconvert.verification.report import Report
from pulumi_alicloud_mediaconvert.verification.verifier import verify

MAX_ATTEMPTS = 100
# Outputs that an expectation may share with another one.
MAX_SHARED = 4


def passing_delivery(expect: object, read: Callable[[Facts], Job]) -> Facts:
    """Find what a job has to deliver to pass.

    Args:
        expect: what is expected of it, as plain data.
        read: makes the job of a delivery, as the API would answer for it.

    Returns:
        `outputs` and `groups`, each by the fields of `models`, and `is_requested`:
        whether the request states what is delivered.

    Raises:
        ExpectationsError: it is refused, or no such job was found; one line for each
            problem, or each demand that could not be met, with its path.
    """
    expectations = stated_expectations({} if expect is None else expect)
    lines: list[str] = []
    for attempt in islice(_attempts(expectations), MAX_ATTEMPTS):
        try:
            delivery = attempt.delivery()
        except UnfitError as error:
            lines = lines or [*error.lines]
            continue
        report = verify(read(delivery), expectations)
        if report.verdict == "passed":
            return delivery
        lines = lines or _lines(report)
    found = "\n".join(f"  {line}" for line in dict.fromkeys(lines))
    raise ExpectationsError(
        f"no job was found that meets all of this:\n{found}\n"
        "Mend what is expected, or give the answer itself with base=."
    )


def _lines(report: Report) -> list[str]:
    return [
        f"expect.{one.path}: {one.text}"
        for one in report.mismatches
        if one.enforcement_level == "mandatory"
    ]


def _attempts(expectations: Expectations) -> Iterator[Filling]:
    """Yield ways to fill the places, the likely ones first."""
    searched = (*searches_of(expectations),)
    lengths = [USUAL_SECONDS]
    if expectations.consistent is not None:
        lengths += _lengths(expectations)
    names = [one.name or "" for one in expectations.outputs or []]
    # Who shares an output with whom: by default nobody.
    sharing = product(*(range(-1, MAX_SHARED) for _ in searched))
    tried: Tried = {}
    for shared, with_advice, splits, is_requested, seconds in product(
        sharing,
        (True, False) if _has_advice(expectations) else (True,),
        (True, False) if any("/" in name for name in names) else (True,),
        (True, False) if expectations.as_requested else (True,),
        lengths,
    ):
        yield Filling(
            expectations=expectations,
            searched=searched,
            shared=shared,
            with_advice=with_advice,
            splits=splits,
            is_requested=is_requested,
            seconds=seconds,
            tried=tried,
        )


def _has_advice(constraint: object) -> bool:
    """Whether anything in a demand does not count for the verdict."""
    if isinstance(constraint, Strict):
        parts = vars(constraint)
        if parts.get("enforcement_level") == "advisory":
            return True
        return any(map(_has_advice, parts.values()))
    return isinstance(constraint, list | tuple) and any(map(_has_advice, constraint))


def _lengths(expectations: Expectations) -> list[float]:
    """List the durations at which a demand on one changes its mind."""
    stated: list[EveryOutputExpectation] = [*(expectations.outputs or [])]
    for group in expectations.output_groups or []:
        stated += group.outputs or []
    if expectations.every_output is not None:
        stated.append(expectations.every_output)
    wants = [
        want
        for one in stated
        for want in wants_of(one, ROOT, with_advice=True)
        if want.field == "duration_seconds"
    ]
    return numbers(wants, is_whole=False)
