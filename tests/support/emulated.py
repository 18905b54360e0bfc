"""A job that the tests of the emulator ask for, and a look at it over a socket."""

from __future__ import annotations

from made import JOB_ID
from pulumi_alicloud_mediaconvert.emulator import Step, after_reads
from signed_calls import GET_JOB

RUNS_ONCE = [Step("Running", leave=after_reads(1)), Step("Success")]


def look(client, job_id=JOB_ID, **options):
    """Ask for a job."""
    return client.post(f"/?JobId={job_id}", headers=GET_JOB, **options)
