"""Reports of jobs that are verified, and of any outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from hypothesis import strategies as st

from jobs import REGION, Wire, make_answer, make_job, make_output
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.cli.reports.renderings import Format, render
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations, Rule
from pulumi_alicloud_mediaconvert.input_names import Verdict
from pulumi_alicloud_mediaconvert.verification.evaluation import Fact
from pulumi_alicloud_mediaconvert.verification.findings import (
    Doubt,
    Finding,
    Skipped,
    VendorSaid,
)
from pulumi_alicloud_mediaconvert.verification.locations import ROOT, Location, Named
from pulumi_alicloud_mediaconvert.verification.render import Mismatch
from pulumi_alicloud_mediaconvert.verification.report import Report
from pulumi_alicloud_mediaconvert.verification.stored_report import (
    StoredVerdict,
    stored_findings,
)
from pulumi_alicloud_mediaconvert.verification.tally import Tally
from pulumi_alicloud_mediaconvert.verification.verifier import verify


def report_on(answer: Wire, expect: object = None) -> Report:
    """Verify an answer; by its states alone where nothing is expected."""
    stated = {} if expect is None else expect
    return verify(job_from_answer(answer), Expectations.model_validate(stated))


def texts(report: Report) -> list[str]:
    """Return what is said."""
    return [one.text for one in report.mismatches]


def texts_on(answer: Wire, expect: object = None) -> list[str]:
    """Verify an answer, and return what is said."""
    return texts(report_on(answer, expect))


RULED_JOB = job_from_answer(
    make_job(make_output("a"), make_output("b", Duration=8), JobName="x", Novelty=[1])
)
# As it is known from the state, where the answer itself is not kept.
STORED_JOB = RULED_JOB.model_copy(update={"raw": {}})


def report_on_rules(*rules: object, job: Job = RULED_JOB) -> Report:
    """Verify a job by rules alone."""
    return verify(job, Expectations.model_validate({"rules": rules}))


def again(
    *rules: object,
    before: object,
    verdict: Verdict = "passed",
    found: tuple[Mismatch, ...] = (),
) -> Report:
    """Verify from stored facts what was verified before."""
    findings = stored_findings([asdict(one) for one in found])
    assert findings is not None
    stored = StoredVerdict(verdict, findings, before)
    expectations = Expectations.model_validate({"rules": rules})
    return verify(STORED_JOB, expectations, stored=stored)


OUTPUT = Location(("outputs", Named("720P-mp4")))
WIDTH_MISSED = Finding(
    OUTPUT.to("video")._replace(message="must be HD"),
    "width",
    1280,
    Fact((848,)),
    "missed",
)
FPS_UNKNOWN = Finding(OUTPUT.to("video"), "fps", 25, Fact(), "inconclusive")
LANG_ADVISED = Finding(
    OUTPUT.to("audio")._replace(enforcement_level="advisory"),
    "lang",
    "zho",
    Fact(("eng",)),
    "missed",
)
# What JSON can carry, halves of pairs included, or Python hands to a text.
any_text = st.text(st.characters(exclude_categories=()), max_size=60)
awkward_text = any_text | st.text("|`\\<>&\n\r\x00\ud800@#*_ ]-", max_size=20)
rules = st.builds(Rule.model_construct, query=awkward_text, must_be=awkward_text)
steps = st.one_of(
    st.tuples(
        st.sampled_from(["outputs", "output_groups"]), st.builds(Named, awkward_text)
    ),
    st.tuples(st.just("outputs"), st.integers(0, 9)),
    st.just(()),
)
findings = st.builds(
    Finding,
    at=st.builds(
        Location,
        steps=steps,
        enforcement_level=st.sampled_from(["mandatory", "advisory"]),
        message=st.none() | awkward_text,
        stated=st.none() | rules,
    ),
    field=st.sampled_from(["status", "url", "output_count"]),
    constraint=awkward_text | st.lists(awkward_text, max_size=3),
    fact=st.builds(Fact, st.lists(awkward_text, max_size=2).map(tuple), awkward_text),
    outcome=st.sampled_from(["missed", "inconclusive"]),
    doubt=st.none() | st.sampled_from(Doubt),
    detail=st.none() | st.builds(VendorSaid, awkward_text, awkward_text, st.none()),
)


def widths_missed(count: int) -> list[Finding]:
    """Make so many findings of which each says something else."""
    return [WIDTH_MISSED._replace(fact=Fact((width,))) for width in range(count)]


def report_of(
    *found: Finding,
    verdict: Verdict = "failed",
    skipped: Sequence[str] = (),
    tally: Tally | None = None,
) -> Report:
    """Make the report of a job that has succeeded itself."""
    job = job_from_answer(make_answer())
    lines = tuple(Skipped(ROOT, why) for why in skipped)
    return Report(job=job, verdict=verdict, findings=found, skipped=lines, tally=tally)


def failed_job(**fields: Any) -> Report:
    """Verify a job that ended badly, with a code that the vendor documents."""
    said = {
        "Code": "InvalidParameter.ResourceContentBad",
        "Message": "The resource operated InputFile is bad",
        "RequestId": "5F2C1A",
    }
    return verify(job_from_answer(make_answer("Failed", **(said | fields))))


def running_job() -> Report:
    """Verify a job that goes on."""
    return verify(job_from_answer(make_answer("Running", Percent=66)))


REPORTS = {
    "passed": report_of(verdict="passed"),
    "failed job": failed_job(),
    "failed": report_of(WIDTH_MISSED, FPS_UNKNOWN, LANG_ADVISED),
    "inconclusive": report_of(FPS_UNKNOWN, verdict="inconclusive"),
    "advisory": report_of(LANG_ADVISED, verdict="passed", skipped=("one: why",)),
    "pending": running_job(),
    "unverified": report_of(verdict="unverified"),
}


def written(report: Report, form: Format) -> str:
    """Render one report of the region."""
    return render([report], form, region=REGION)
