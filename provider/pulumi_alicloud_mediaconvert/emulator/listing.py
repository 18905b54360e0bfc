"""The answer of ListMediaConvertJobs: many jobs by page, without their details.

Source: the vendor's page of ListMediaConvertJobs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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
    """A job as the list sees it; `body` is its answer, `created_at` in seconds."""

    job_id: str
    created_at: float
    body: bytes


def list_answer(
    jobs: Sequence[ListedJob], query: Mapping[str, str], request_id: str
) -> Json:
    """Choose, order and page the jobs.

    Args:
        jobs: in the order in which they were added; those whose answer is not an
            object with a `Job` are left out.
        query: the parameters of the request.
        request_id: of this call.

    Raises:
        VendorError: InvalidParameter for a page size, order or token that is none.
    """
    is_ascending = _is_ascending(query.get("OrderBy") or "CreateTimeDesc")
    size = _whole(query, "PageSize", DEFAULT_PAGE_SIZE, 1, MAX_PAGE_SIZE)
    start = _whole(query, "NextPageToken", 0, 0, len(jobs))
    # Both directions keep jobs of the same second in a stable, opposite order.
    ordered = sorted(jobs, key=lambda job: job.created_at)
    if not is_ascending:
        ordered.reverse()
    found = [row for job in ordered if (row := _row(job, query)) is not None]
    end = start + size
    return {
        "RequestId": request_id,
        "Jobs": found[start:end],
        "NextPageToken": str(end) if end < len(found) else "",
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


def _row(job: ListedJob, query: Mapping[str, str]) -> Json | None:
    try:
        answer = json.loads(job.body)
    except ValueError:
        return None
    row = answer.get("Job") if isinstance(answer, dict) else None
    if not isinstance(row, dict) or not _is_asked_for(job, row, query):
        return None
    return {key: value for key, value in row.items() if key not in _DETAILS}


def _is_asked_for(job: ListedJob, row: Json, query: Mapping[str, str]) -> bool:
    created = iso_time(job.created_at)
    status = query.get("Status")
    return (
        query.get("JobId") in {None, "", job.job_id}
        and created >= query.get("StartOfCreateTime", "")
        and created <= (query.get("EndOfCreateTime") or created)
        and (not status or _one_word(status) == _one_word(row.get("State")))
    )


def _one_word(state: object) -> object:
    return _SAME_STATES.get(state, state) if isinstance(state, str) else state
