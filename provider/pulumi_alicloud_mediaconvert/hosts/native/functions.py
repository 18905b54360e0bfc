"""The functions of the package: one read of a job, without a verdict."""

from __future__ import annotations

from typing import Any

from pulumi.runtime.proto import provider_pb2

from pulumi_alicloud_mediaconvert.errors import ConfigurationError, ProviderError
from pulumi_alicloud_mediaconvert.hosts.engine_messages import ENGINE
from pulumi_alicloud_mediaconvert.hosts.native.property_names import NAMES
from pulumi_alicloud_mediaconvert.hosts.native.property_values import (
    from_struct,
    to_struct,
)
from pulumi_alicloud_mediaconvert.hosts.native.statuses import refused
from pulumi_alicloud_mediaconvert.hosts.runtime import Runtime
from pulumi_alicloud_mediaconvert.schema.inputs import parse_job_id
from pulumi_alicloud_mediaconvert.schema.values import in_clear
from pulumi_alicloud_mediaconvert.verification.job_facts import facts_digest, job_facts

GET_JOB = "mediaconvert:index:getJob"


async def call_function(runtime: Runtime, request: Any) -> Any:  # noqa: ANN401  # messages
    """Call a function by its token.

    Raises:
        StatusError: there is no such function, or it fails.
    """
    if request.tok != GET_JOB:
        raise refused([f"This version of the plugin has no function {request.tok}."])
    props, problems = NAMES.get_job.to_service(from_struct(request.args))
    if problems:
        raise refused([f"getJob: {one.line}" for one in problems])
    args = in_clear(props)
    try:
        found = await _read(runtime, args.get("job_id"), args.get("region"))
    except ProviderError as error:
        raise refused([f"getJob: {ENGINE.text(error)}"]) from None
    # A word of Python's is the name of its field.
    fields: dict[str, Any] = {"return": to_struct(NAMES.get_job.to_native(found))}
    return provider_pb2.InvokeResponse(**fields)


async def _read(runtime: Runtime, job_id: Any, region: Any) -> dict[str, Any]:  # noqa: ANN401  # any input
    try:
        asked = parse_job_id(job_id)
    except ValueError as error:
        raise ConfigurationError(f"jobId: {error}") from None
    where = runtime.settings.region(region)
    job = await runtime.lifecycle.client.get_media_convert_job(
        asked, region=where, endpoint=runtime.settings.endpoint(where)
    )
    facts = job_facts(job)
    return facts | {
        "job_id": asked,
        "region": where,
        "facts_digest": facts_digest(facts),
    }
