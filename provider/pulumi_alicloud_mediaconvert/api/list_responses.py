"""Read the answer of ListMediaConvertJobs: which jobs there are, and their states.

It has no details and may lag behind, so no verdict rests on it.

Source: the vendor's page of ListMediaConvertJobs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pulumi_alicloud_mediaconvert.api.coercion import as_state, as_text
from pulumi_alicloud_mediaconvert.errors import ApiResponseError


class ListedJob(NamedTuple):
    """A job as the list shows it."""

    job_id: str
    state: str | None


class Page(NamedTuple):
    """One page of the list.

    Attributes:
        jobs: of the page, without those that have no ID.
        next_token: asks for the next page; `None` on the last one.
    """

    jobs: list[ListedJob]
    next_token: str | None


def page_of(answer: Mapping[str, object]) -> Page:
    """Return the page of an answer.

    Raises:
        ApiResponseError: there is no list of jobs.
    """
    listed = answer.get("Jobs")
    if not isinstance(listed, list):
        raise ApiResponseError("the response has no Jobs")
    entries = [entry for entry in listed if isinstance(entry, dict)]
    jobs = [
        ListedJob(job_id, as_state(entry.get("State")))
        for entry in entries
        if (job_id := as_text(entry.get("JobId")))
    ]
    return Page(jobs, as_text(answer.get("NextPageToken")))
