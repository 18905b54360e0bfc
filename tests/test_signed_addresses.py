"""No query that signs an address leaves the provider, whatever text it stood in."""

from __future__ import annotations

import json
import pickle

import pytest

from jobs import SIGNATURE_MARK, UNSIGNED_URL, signed_answer
from lifecycles import declared
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.cli.reports.renderings import render
from pulumi_alicloud_mediaconvert.lifecycle.gate_result import gate_result
from pulumi_alicloud_mediaconvert.verification.job_facts import job_facts
from pulumi_alicloud_mediaconvert.verification.report import lines_of
from pulumi_alicloud_mediaconvert.verification.verifier import verify

# Of every fact that is a text, so that each is quoted in a line.
DEMANDS = {
    "every_output": {"url": "x", "format": "mp4", "video": {"pix_fmt": "x"}},
    "rules": [{"query": "raw", "must_be": "x"}, {"query": "user_data", "must_be": "x"}],
}


@pytest.fixture(params=["Success", "Failed", "Running"])
def job(request):
    """Read a job of which every text has a signed address."""
    answer = signed_answer(State=request.param)
    assert json.dumps(answer).count(SIGNATURE_MARK) > 100
    return job_from_answer(answer["Job"])


@pytest.fixture
def report(job):
    """Verify it by demands that quote what they see."""
    return verify(job, declared(expect=DEMANDS).inputs.expect)


def test_no_signature_gets_into_a_job(job):
    """The addresses are there, in `raw` and in pickles too, and nothing signs them."""
    everything = f"{job!r} {job.raw} {pickle.dumps(job)!r}"

    assert UNSIGNED_URL in everything
    assert SIGNATURE_MARK not in everything


@pytest.mark.parametrize("form", ["table", "json", "junit", "markdown", "html"])
def test_no_signature_gets_into_a_report(report, form):
    """Every format shows addresses, and nothing that signs them."""
    text = render([report], form, region="cn-shanghai")

    assert SIGNATURE_MARK not in text


def test_no_signature_gets_into_a_line(report):
    """What the terminal shows of it quotes the vendor, less what signs."""
    lines = lines_of(report, "cn-shanghai")

    assert SIGNATURE_MARK not in f"{lines} {report!r} {pickle.dumps(report)!r}"


@pytest.mark.parametrize("level", ["mandatory", "advisory", "disabled"])
def test_no_signature_gets_into_the_state(report, level):
    """Outputs, kept failures and warnings hold addresses, and nothing that signs."""
    settled = gate_result(declared(expect=DEMANDS, enforcement_level=level), report)

    assert UNSIGNED_URL in json.dumps(settled.outputs)
    assert SIGNATURE_MARK not in f"{settled!r} {pickle.dumps(settled)!r}"


def test_no_signature_gets_into_what_a_function_returns(job):
    """A look from the program gives the facts, and nothing that signs them."""
    facts = job_facts(job)

    assert UNSIGNED_URL in json.dumps(facts)
    assert SIGNATURE_MARK not in repr(facts)


def test_the_manifest_has_an_address_that_nothing_signs():
    """The directory of a group may have been requested by a signed address."""
    job = job_from_answer(signed_answer()["Job"])

    [group] = job.output_groups
    assert group.manifest_url is not None
    assert group.manifest_url.startswith(UNSIGNED_URL)
    assert SIGNATURE_MARK not in group.manifest_url
