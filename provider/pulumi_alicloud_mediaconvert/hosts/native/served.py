"""What a configured plugin serves: its resources and functions, by their tokens."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from typing import Any, TypeVar

from pulumi_alicloud_mediaconvert.hosts.call_results import CallError
from pulumi_alicloud_mediaconvert.hosts.job_controller import JobController
from pulumi_alicloud_mediaconvert.hosts.native.configuration import (
    secret_settings,
    stack_configuration,
)
from pulumi_alicloud_mediaconvert.hosts.native.engine_session import EngineSession
from pulumi_alicloud_mediaconvert.hosts.native.messages import NATIVE
from pulumi_alicloud_mediaconvert.hosts.native.property_names import NAMES
from pulumi_alicloud_mediaconvert.hosts.native.resource_calls import ResourceCalls
from pulumi_alicloud_mediaconvert.hosts.native.statuses import refused
from pulumi_alicloud_mediaconvert.hosts.resource_controller import RUN_AGAIN
from pulumi_alicloud_mediaconvert.hosts.runtime import Runtime
from pulumi_alicloud_mediaconvert.hosts.set_controller import JobSetController

Result = TypeVar("Result")
JOB = "mediaconvert:index:Job"
JOB_SET = "mediaconvert:index:JobSet"


class Served:
    """All that a plugin serves with one configuration.

    Args:
        inputs: of the provider.
        session: of the engine.
    """

    def __init__(self, inputs: Mapping[str, Any], session: EngineSession) -> None:
        self._session = session
        secrets = secret_settings(inputs)
        self._runtime = Runtime(
            stack_configuration(inputs), NATIVE, secrets.__contains__
        )
        runtime = self._runtime
        job, job_set = JobController(runtime), JobSetController(runtime)
        self._resources = {
            JOB: ResourceCalls(job, NAMES.job, session),
            JOB_SET: ResourceCalls(job_set, NAMES.job_set, session),
        }

    def resource(self, request: Any) -> ResourceCalls:  # noqa: ANN401  # a message
        """Return what serves the type of resource that a call is about.

        Raises:
            StatusError: there is no such type.
        """
        token = request.type or type_of(request.urn)
        found = self._resources.get(token)
        if found is None:
            raise refused([f"This version of the plugin has no resource {token}."])
        return found

    async def answered(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Give the result of a call.

        Raises:
            StatusError: it has none.
        """
        try:
            return await work
        except CallError as error:
            raise refused(error.lines) from None
        except asyncio.CancelledError:
            # Where nothing within has caught it, nothing is kept.
            raise refused([f"interrupted.{RUN_AGAIN}"]) from None

    async def invoke(self, request: Any) -> Any:  # noqa: ANN401  # messages
        """Call a function.

        Raises:
            StatusError: there is no such function.
        """
        from pulumi_alicloud_mediaconvert.hosts.native.functions import (  # noqa: PLC0415  # as `lifecycles`
            call_function,
        )

        return await self._session.run(call_function(self._runtime, request))


def type_of(urn: str) -> str:
    """Return the type in a URN, which not every engine states beside it.

    It follows those of all parents: `urn:pulumi:stack::project::parent$type::name`.
    """
    parts = urn.split("::", 3)
    return parts[2].rpartition("$")[2] if len(parts) > 2 else ""  # noqa: PLR2004  # see above
