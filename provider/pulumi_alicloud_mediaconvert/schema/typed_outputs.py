"""Typed outputs, made of the plain values that the engine stores, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import pulumi

from pulumi_alicloud_mediaconvert.schema.output_names import (
    full_name,
    outputs_by_name,
)
from pulumi_alicloud_mediaconvert.schema.outputs import (
    JobAudioStream,
    JobFile,
    JobOutput,
    JobOutputGroup,
    JobVideoStream,
)
from pulumi_alicloud_mediaconvert.text import MAX_NAME, listed, quoted

Typed = TypeVar("Typed", bound=dict[str, Any])


def typed_output(facts: Mapping[str, Any]) -> JobOutput:
    """Make the typed form of an output from its plain one."""
    nested: dict[str, Any] = {}
    if (file := facts.get("file")) is not None:
        nested["file"] = _typed(JobFile, file)
    if (video := facts.get("video_streams")) is not None:
        nested["video_streams"] = [_typed(JobVideoStream, one) for one in video]
    if (audio := facts.get("audio_streams")) is not None:
        nested["audio_streams"] = [_typed(JobAudioStream, one) for one in audio]
    return _typed(JobOutput, {**facts, **nested})


def typed_group(facts: Mapping[str, Any]) -> JobOutputGroup:
    """Make the typed form of a group from its plain one."""
    return _typed(JobOutputGroup, facts)


def _typed(kind: type[Typed], facts: Mapping[str, Any]) -> Typed:
    return kind(**{name: facts.get(name) for name in kind.__annotations__})


def find_output(
    outputs: Sequence[Mapping[str, Any]] | None,
    name: str,
    *,
    must_exist: bool,
    job_id: str,
) -> JobOutput:
    """Find an output by name: the ungrouped one, or else the only grouped one.

    Args:
        outputs: typed or plain; `Output.all` of the SDK makes plain ones of typed.
        name: as `720P-mp4` or `hls-group/720P`.
        must_exist: whether a missing output is an error; if not, its fields are `None`.
        job_id: for the text of the error.

    Raises:
        pulumi.RunError: exactly one must exist, but there is none, or there are
            several; the SDK prints it as one line.
    """
    known = outputs or []
    found = outputs_by_name(known).get(name, [])
    if len(found) == 1:
        return typed_output(found[0])
    if not must_exist:
        return typed_output({})
    asked = quoted(name, longest=MAX_NAME)
    names = listed([full_name(one) for one in known])
    trouble = "has several outputs" if found else "has no output"
    raise pulumi.RunError(f"job {job_id} {trouble} {asked}; there are: {names}")


def plain(value: Any) -> Any:  # noqa: ANN401  # any output
    """Turn typed outputs into plain mappings and lists."""
    if isinstance(value, Mapping):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    return value
