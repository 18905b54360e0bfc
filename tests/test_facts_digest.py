"""The digest of the facts: equal for equal media, another one for any other fact."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from jobs import sample_job
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.schema.outputs import (
    JobAudioStream,
    JobFile,
    JobVideoStream,
)
from pulumi_alicloud_mediaconvert.verification.job_facts import facts_digest, job_facts
from pulumi_alicloud_mediaconvert.verification.report import Report
from pulumi_alicloud_mediaconvert.verification.report_facts import report_facts

PASSING = [
    ("outputs", 0, "task_id"),
    ("outputs", 0, "create_time"),
    ("outputs", 1, "finish_time"),
    ("outputs", 0, "code"),
    ("outputs", 1, "message"),
    ("output_groups", 0, "task_id"),
    ("output_groups", 0, "create_time"),
    ("output_groups", 0, "code"),
    ("percent",),
    ("request_id",),
    ("finish_time",),
    ("code",),
    ("message",),
]
MEDIA = [
    *(
        ("outputs", 0, name)
        for name in ("name", "group", "status", "type", "media", "url", "bucket", "key")
    ),
    *(("outputs", 0, "file", name) for name in JobFile.__annotations__),
    *(
        ("outputs", 1, "video_streams", 0, name)
        for name in JobVideoStream.__annotations__
    ),
    *(
        ("outputs", 1, "audio_streams", 0, name)
        for name in JobAudioStream.__annotations__
    ),
    ("output_groups", 0, "status"),
    ("output_groups", 0, "manifest_url"),
    ("output_groups", 0, "output_names"),
]


def changed(path: tuple[str | int, ...], value: str) -> dict[str, Any]:
    """Write the sample's facts with another value at one place."""
    facts = job_facts(sample_job())
    holder: Any = facts
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return facts


@given(path=st.sampled_from(PASSING), value=st.text())
def test_equal_deliveries_have_equal_digests(path, value):
    """Times, IDs of requests, codes and messages are no facts about the media."""
    assert facts_digest(changed(path, value)) == facts_digest(job_facts(sample_job()))


# No fact of the sample begins so: every value is another one.
others = st.text().map("other ".__add__)


@given(path=st.sampled_from(MEDIA), value=others)
def test_another_media_fact_is_another_digest(path, value):
    """Whichever fact about the media changes, the digest does."""
    assert facts_digest(changed(path, value)) != facts_digest(job_facts(sample_job()))


def test_a_missing_stream_is_another_digest():
    """A stream less is another delivery."""
    facts = job_facts(sample_job())
    facts["outputs"][0]["audio_streams"] = []

    assert facts_digest(facts) != facts_digest(job_facts(sample_job()))


def test_a_pending_job_has_a_digest_of_what_there_is():
    """A job that was never seen still has one, the same each time."""
    facts = report_facts(Report(job=Job(job_id="j-1"), verdict="pending"))

    again = report_facts(Report(job=Job(job_id="j-2"), verdict="pending"))
    assert facts["facts_digest"] == again["facts_digest"]
