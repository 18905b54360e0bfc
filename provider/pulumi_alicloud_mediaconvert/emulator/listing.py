"""The response of ListMediaConvertJobs: a page of jobs, without their details.

Source: the vendor's page of ListMediaConvertJobs.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi_alicloud_mediaconvert.emulator.jobs import iso_time
from pulumi_alicloud_mediaconvert.emulator.vendor_errors import VendorError

Json = dict[str, Any]

PARAMETERS = {
    "JobId",
    "Status",
    "StartOfCreateTime",
    "EndOfCreateTime",
    "OrderBy",
    "PageSize",
    "NextPageToken",
}
MAX_PAGE_SIZE = 100
DEFAULT_PAGE_SIZE = 20
_DETAILS = ("OutputDetails", "OutputGroupDetails", "Percent")
_SAME_STATES = {"Success": "Complete", "Failed": "Error"}


@dataclass(frozen=True)
class ListedJob:
    """A job of the list.

    Attributes:
        job_id: ID of the job.
        created_at: Creation time, in seconds since the epoch.
        body: Builds the response about the job; called only for jobs that need it.
    """

    job_id: str
    created_at: float
    body: Callable[[], bytes]


def list_answer(
    jobs: Sequence[ListedJob], query: Mapping[str, str], request_id: str
) -> Json:
    """Filter and order the jobs, and return one page.

    Args:
        jobs: In the order in which they were added. The list omits jobs whose response
            is not an object with a `Job`.
        query: Parameters of the request.
        request_id: ID of the request.

    Raises:
        VendorError: InvalidParameter: the page size, the order or the token is invalid.
    """
    is_ascending = _is_ascending(query.get("OrderBy") or "CreateTimeDesc")
    size = _whole(query, "PageSize", DEFAULT_PAGE_SIZE, 1, MAX_PAGE_SIZE)
    start = _whole(query, "NextPageToken", 0, 0, len(jobs))
    # The two directions give jobs of the same second in opposite, stable orders.
    ordered = sorted(jobs, key=lambda job: job.created_at)
    if not is_ascending:
        ordered.reverse()
    asked = (job for job in ordered if _is_asked_for(job, query))
    rows = (row for job in asked if (row := _row(job, query)) is not None)
    page = list(itertools.islice(rows, start, start + size))
    is_last = next(rows, None) is None
    return {
        "RequestId": request_id,
        "Jobs": page,
        "NextPageToken": "" if is_last else str(start + size),
    }


def _is_ascending(order: str) -> bool:
    if order not in {"CreateTimeAsc", "CreateTimeDesc"}:
        raise VendorError("InvalidParameter", "OrderBy is not valid.")
    return order == "CreateTimeAsc"


def _whole(
    query: Mapping[str, str], name: str, default: int, low: int, high: int
) -> int:
    text = query.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise VendorError("InvalidParameter", f"{name} is not valid.")
    return int(text)


def _is_asked_for(job: ListedJob, query: Mapping[str, str]) -> bool:
    created = iso_time(job.created_at)
    return (
        query.get("JobId") in {None, "", job.job_id}
        and created >= query.get("StartOfCreateTime", "")
        and created <= (query.get("EndOfCreateTime") or created)
    )


def _row(job: ListedJob, query: Mapping[str, str]) -> Json | None:
    try:
        answer = json.loads(job.body())
    except ValueError:
        return None
    row = answer.get("Job") if isinstance(answer, dict) else None
    if not isinstance(row, dict):
        return None
    status = query.get("Status")
    if status and _one_word(status) != _one_word(row.get("State")):
        return None
    return {key: value for key, value in row.items() if key not in _DETAILS}


def _one_word(state: object) -> object:
    return _SAME_STATES.get(state, state) if isinstance(state, str) else state
