"""Programs of the native plugin, as data that is YAML as well."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from programs import JOB_ID

Declared = dict[str, Any]


def job(job_id: object = JOB_ID, /, **inputs: object) -> Declared:
    """Declare one job; `options` are those of the resource."""
    return declared("Job", {"jobId": job_id, **inputs})


def job_set(job_ids: object, /, **inputs: object) -> Declared:
    """Declare a set of jobs; `options` are those of the resource."""
    return declared("JobSet", {"jobIds": job_ids, **inputs})


def declared(kind: str, inputs: Mapping[str, object]) -> Declared:
    """Declare a resource of the package."""
    properties = dict(inputs)
    options = properties.pop("options", {})
    token = f"mediaconvert:{kind}"
    return {"type": token, "properties": properties, "options": options}


def program(resources: Mapping[str, Declared], **outputs: object) -> str:
    """Write a program of resources by their names, with what the stack exports."""
    return f"resources: {json.dumps(resources)}\noutputs: {json.dumps(outputs)}\n"
