"""The inputs of a set of jobs, checked as the provider does it."""

from __future__ import annotations

from typing import Any

from pulumi_alicloud_mediaconvert.lifecycle.declared import DeclaredSet
from pulumi_alicloud_mediaconvert.schema.check import check_inputs
from pulumi_alicloud_mediaconvert.schema.set_inputs import JobSetInputs
from settled_jobs import REGION


def declared_set(job_ids: Any, **stated: Any) -> DeclaredSet:
    """Check the inputs of a set, and return it as declared."""
    props = {"job_ids": job_ids, "region": REGION, **stated}
    checked = check_inputs(props, {}, lambda _: False, JobSetInputs)
    assert checked.problems == []
    return DeclaredSet(JobSetInputs.model_validate(checked.inputs), checked.inputs)
