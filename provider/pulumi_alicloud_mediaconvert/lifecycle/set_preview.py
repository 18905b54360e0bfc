"""What a preview knows of a set: jobs that it has read, and jobs that had passed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_alicloud_mediaconvert.error_renderer import ErrorRenderer
from pulumi_alicloud_mediaconvert.lifecycle.declared import DeclaredSet
from pulumi_alicloud_mediaconvert.lifecycle.gate_result import GateResult
from pulumi_alicloud_mediaconvert.lifecycle.preview import PreviewResult
from pulumi_alicloud_mediaconvert.lifecycle.set_result import SetResult


def known_outputs(
    declared: DeclaredSet,
    stored: Mapping[str, Any] | None,
    previewed: Mapping[str, PreviewResult],
    messages: ErrorRenderer,
) -> dict[str, Any]:
    """Return the outputs of a set as far as a preview knows them.

    Args:
        declared: the set.
        stored: outputs from earlier.
        previewed: by name, what is known of the jobs that were to be read.
        messages: put errors into the words of the host.

    Returns:
        All outputs, inputs aside, where an `up` would go on with every job. Else
        `jobs` alone, in which the other jobs are unknown; nothing if no job is known.
    """
    result = SetResult(declared, stored, messages)
    for name, one in previewed.items():
        if one.outputs:
            seen = GateResult(outputs=one.outputs, warnings=one.warnings)
            result.add(name, declared.member(name), seen, is_cut=False)
    return result.known_outputs()
