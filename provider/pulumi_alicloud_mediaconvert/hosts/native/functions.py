"""The functions of the package: one read of a job, without a verdict."""

from __future__ import annotations

from typing import Any

from pulumi.runtime.proto import provider_pb2

from pulumi_alicloud_mediaconvert.errors import ProviderError
from pulumi_alicloud_mediaconvert.hosts.job_reads import read_facts
from pulumi_alicloud_mediaconvert.hosts.lines import safe_line
from pulumi_alicloud_mediaconvert.hosts.native.property_names import NAMES
from pulumi_alicloud_mediaconvert.hosts.native.property_values import (
    from_struct,
    to_struct,
)
from pulumi_alicloud_mediaconvert.hosts.native.statuses import refused
from pulumi_alicloud_mediaconvert.hosts.native.url_outputs import with_urls
from pulumi_alicloud_mediaconvert.hosts.runtime import Runtime
from pulumi_alicloud_mediaconvert.schema.secrets import Secrecy
from pulumi_alicloud_mediaconvert.schema.values import in_clear

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
    args, messages = in_clear(props), runtime.messages
    secrecy = Secrecy.of(props)
    try:
        found = await read_facts(
            runtime.lifecycles.client,
            runtime.settings,
            args.get("job_id"),
            args.get("region"),
            messages.spelling,
        )
    except ProviderError as error:
        line = safe_line(messages.text(error), secrecy)
        raise refused([f"getJob: {line}"]) from None
    # A word of Python's is the name of its field.
    returned = NAMES.get_job.to_native(with_urls(secrecy.marked(found)))
    fields: dict[str, Any] = {"return": to_struct(returned)}
    return provider_pb2.InvokeResponse(**fields)
