"""Responses about a job: the vendor's sample, and those that the emulator builds.

Field names and spellings are those of the vendor's page of GetMediaConvertJob.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from importlib import resources
from typing import Any

from pulumi_alicloud_mediaconvert.emulator.delivery import (
    DeliveredGroup,
    DeliveredOutput,
    Delivery,
)
from pulumi_alicloud_mediaconvert.emulator.media import usual_delivery
from pulumi_alicloud_mediaconvert.emulator.steps import Step

Json = dict[str, Any]

BAD_CONTENT = "InvalidParameter.ResourceContentBad"
BAD_CONTENT_MESSAGE = "The resource operated InputFile is bad"
# Status of outputs and of groups, by state of the job.
_STATUSES = {
    "inited": ("Init", "Init"),
    "running": ("Scheduled", "Running"),
    "success": ("Success", "Success"),
    "complete": ("Success", "Success"),
    "failed": ("Failed", "Failed"),
    "error": ("Failed", "Failed"),
    "cancelled": ("Skipped", "Skipped"),
}
_NOT_ENDED = ("Scheduled", "Running")
_DELIVERED = {"success", "complete"}


@dataclass(frozen=True)
class EmulatedJob:
    """The parts of a job that no step changes.

    Attributes:
        job_id: ID of the job.
        region: Region of its files.
        created_at: Creation time, in seconds since the epoch.
        base: Complete response that the steps change.
        delivery: What the job delivers, without `base`.
    """

    job_id: str
    region: str
    created_at: float
    base: Mapping[str, Any] | None = None
    delivery: Delivery = field(default_factory=usual_delivery)


def sample_answer() -> Json:
    """Return the vendor's sample response of GetMediaConvertJob, unchanged."""
    text = resources.files(__package__).joinpath("sample.json").read_text("utf-8")
    answer: Json = json.loads(text)
    return answer


def check_fits(name: object, job_id: str) -> None:
    """Refuse the vendor's sample for a job ID that does not match its masked ID.

    Raises:
        ValueError: Every client would refuse the response as that of another job.
    """
    sample_id = str(sample_answer()["Job"]["JobId"])
    if name == "succeeds" and not fnmatchcase(job_id, sample_id.replace("*", "?")):
        raise ValueError(
            f"the script succeeds works only for an ID like {sample_id} (the vendor's "
            "sample; * is any character); use such an ID, or the script "
            "succeeds-cleanly"
        )


def check_step(step: Step, delivery: Delivery) -> None:
    """Refuse a step that names outputs or groups that the built job does not have.

    Raises:
        ValueError: The unknown names, and those that exist.
    """
    outputs, groups = sorted(delivery.output_names), delivery.group_names
    unknown = sorted(set(step.outputs) - {*outputs})
    unknown += sorted(set(step.groups) - {*groups})
    if unknown:
        known = ", ".join([*outputs, *groups])
        raise ValueError(
            f"the job has no output or group {', '.join(unknown)}; it has {known}. "
            "For other outputs, use expect or base (answer in a job file)"
        )


def answer_of(
    job: EmulatedJob, step: Step, *, request_id: str, entered_at: float
) -> bytes:
    """Build the body of the response about a job.

    Args:
        job: The job.
        step: Its current step.
        request_id: ID of the request; a base or a verbatim response keeps its own.
        entered_at: Beginning of the step: the finish time of a job that has ended.
    """
    if isinstance(step.verbatim, bytes):
        return step.verbatim
    if step.verbatim is not None:
        answer: Json = dict(step.verbatim)
    elif job.base is not None:
        stated = _overrides(step)
        changes = {"Job": stated} if stated else {}
        answer = _with_statuses(copy.deepcopy(merge(job.base, changes)), step)
    else:
        built = built_job(job, step, entered_at)
        answer = {"RequestId": request_id, "Job": built}
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass")


def merge(base: Mapping[str, Any], changes: Mapping[str, Any]) -> Json:
    """Apply changes to a base: merge objects and replace all other values.

    The result shares unchanged parts with the base.
    """
    merged = dict(base)
    for key, value in changes.items():
        old = merged.get(key)
        if isinstance(old, Mapping) and isinstance(value, Mapping):
            merged[key] = merge(old, value)
        else:
            merged[key] = value
    return merged


def _overrides(step: Step) -> Json:
    given = {
        "State": step.state,
        "Percent": step.percent,
        "Code": step.code,
        "Message": step.message,
    }
    stated = {key: value for key, value in given.items() if value is not None}
    return merge(stated, step.fields)


def _with_statuses(answer: Json, step: Step) -> Json:
    job = answer.get("Job")
    if not isinstance(job, dict):
        return answer
    for detail in _objects(job.get("OutputDetails")):
        _set_status(detail, step.outputs, detail.get("Name"))
    for group in _objects(job.get("OutputGroupDetails")):
        _set_status(group, step.groups, group.get("Name"))
        for detail in _objects(group.get("Outputs")):
            _set_status(
                detail, step.outputs, f"{group.get('Name')}/{detail.get('Name')}"
            )
    return answer


def _objects(value: object) -> list[Json]:
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, dict)]


def _set_status(detail: Json, statuses: Mapping[str, str], name: object) -> None:
    if isinstance(name, str) and name in statuses:
        detail["Status"] = statuses[name]


def built_job(job: EmulatedJob, step: Step, entered_at: float) -> Json:
    """Build a consistent `Job` object."""
    state = (step.state or "Success").lower()
    is_delivered = state in _DELIVERED
    of_output, of_group = _STATUSES.get(state, _NOT_ENDED)
    times = {"CreateTime": iso_time(job.created_at)}
    if of_output not in {"Init", "Scheduled"}:
        times["FinishTime"] = iso_time(entered_at)

    def status_of(part: DeliveredOutput | DeliveredGroup, otherwise: str) -> str:
        return part.status if is_delivered else otherwise

    def detail(output: DeliveredOutput, prefix: str = "") -> Json:
        status = step.outputs.get(prefix + output.name, status_of(output, of_output))
        return _output_detail(job, output, prefix, status, times)

    groups = [
        {
            "Name": group.name,
            "TaskId": _task_id(job, group.name),
            "Status": step.groups.get(group.name, status_of(group, of_group)),
            **times,
            "Outputs": [detail(one, f"{group.name}/") for one in group.outputs],
        }
        for group in job.delivery.groups
    ]
    built: Json = {
        "JobId": job.job_id,
        "RequestId": _task_id(job, "submission"),
        "ClientToken": _task_id(job, "token"),
        "PipelineId": "83500cb2a3b94fabb0956e38d64bd16d",
        "UserData": '{"videoId":"trailer"}',
        "State": step.state or "Success",
        **times,
        "Config": job.delivery.config,
        "OutputDetails": [detail(one) for one in job.delivery.outputs],
        "OutputGroupDetails": groups,
    }
    if is_delivered:
        built["Percent"] = 100
    return merge(built, _overrides(step))


def _output_detail(
    job: EmulatedJob, output: DeliveredOutput, prefix: str, status: str, times: Json
) -> Json:
    detail: Json = {
        "Name": output.name,
        "TaskId": _task_id(job, prefix + output.name),
        "Status": status,
        **times,
    }
    if status == "Success":
        media_id = _task_id(job, f"media {prefix}{output.name}")
        detail["Result"] = output.result(job.region, media_id)
    if status == "Failed":
        detail |= {"Code": BAD_CONTENT, "Message": BAD_CONTENT_MESSAGE}
    return detail


def _task_id(job: EmulatedJob, name: str) -> str:
    # Derived, so that it is the same in each response and in each run.
    return hashlib.sha256(f"{job.job_id}/{name}".encode()).hexdigest()[:32]


def iso_time(seconds: float) -> str:
    """Format a time as the API does: in UTC, with whole seconds."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
