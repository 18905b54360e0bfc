"""A job as plain values, with the names of the outputs, for states and queries."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pulumi_alicloud_mediaconvert.api.models import Job, Output, VideoStream
from pulumi_alicloud_mediaconvert.facts import VIDEO

# Properties of a stream, which `model_dump` leaves out.
COMPUTED = tuple(fact.name for fact in VIDEO if fact.is_output and not fact.is_field)

# Neither facts about the media nor the same in two answers about one delivery.
NOT_IN_DIGEST = frozenset(
    {"code", "message", "task_id", "create_time", "finish_time", "template_id"}
)


def job_facts(job: Job) -> dict[str, Any]:
    """Write a job as plain values, named as the outputs; what is `None` is left out.

    The inputs' names are not among them.
    """
    facts = job.model_dump(exclude_none=True, exclude={"job_id", "outputs"})
    facts["outputs"] = [_output(output) for output in job.outputs]
    return facts


def facts_digest(facts: Mapping[str, Any]) -> str:
    """Digest the media facts: equal deliveries, equal digest (sha256, hex)."""
    media = {key: facts.get(key, []) for key in ("outputs", "output_groups")}
    text = json.dumps(_without_passing(media), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _output(output: Output) -> dict[str, Any]:
    plain = output.model_dump(exclude_none=True, exclude={"video_streams"})
    if output.video_streams is not None:
        plain["video_streams"] = [_video(stream) for stream in output.video_streams]
    return plain


def _video(stream: VideoStream) -> dict[str, Any]:
    plain = stream.model_dump(exclude_none=True)
    for name in COMPUTED:
        if (value := getattr(stream, name)) is not None:
            plain[name] = value
    return plain


def _without_passing(value: Any) -> Any:  # noqa: ANN401  # any JSON
    if isinstance(value, list):
        return [_without_passing(entry) for entry in value]
    if isinstance(value, dict):
        return {
            key: _without_passing(entry)
            for key, entry in value.items()
            if key not in NOT_IN_DIGEST
        }
    return value
