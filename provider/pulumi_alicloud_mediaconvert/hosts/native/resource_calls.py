"""The engine's calls for one type of resource.

Converts values, names and answers. What becomes of a resource is decided by its
controller.
"""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from typing import Any

from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import provider_pb2

from pulumi_alicloud_mediaconvert.expect.validation_messages import Problem
from pulumi_alicloud_mediaconvert.hosts.call_results import (
    DiffResult,
    ResourceResult,
    preview_warnings,
)
from pulumi_alicloud_mediaconvert.hosts.changes import (
    MAX_PLACES,
    Change,
    property_path,
)
from pulumi_alicloud_mediaconvert.hosts.native.engine_session import EngineSession
from pulumi_alicloud_mediaconvert.hosts.native.moved_state import (
    is_moved,
    without_hidden_keys,
)
from pulumi_alicloud_mediaconvert.hosts.native.property_names import PropertyNames
from pulumi_alicloud_mediaconvert.hosts.native.property_values import (
    from_struct,
    to_struct,
)
from pulumi_alicloud_mediaconvert.hosts.native.statuses import init_failed, refused
from pulumi_alicloud_mediaconvert.hosts.native.url_outputs import (
    with_urls,
    with_urls_name,
    without_urls,
)
from pulumi_alicloud_mediaconvert.hosts.native.whole_levels import whole_levels
from pulumi_alicloud_mediaconvert.hosts.resource_controller import ResourceController

Props = Mapping[str, Any]


class ResourceCalls:
    """Answers the engine's calls for one type of resource.

    Args:
        controller: of the resources.
        names: of their properties.
        session: of the engine.
    """

    def __init__(
        self,
        controller: ResourceController[Any],
        names: PropertyNames,
        session: EngineSession,
    ) -> None:
        self._controller = controller
        self._names = names
        self._run = session.run
        self._rows = session.rows
        self._memory = session.memory

    async def check(self, request: Any) -> Any:  # noqa: ANN401  # messages
        """Validate inputs and resolve their defaults; list every problem.

        A failure that names a property would be printed with its value, secret or not.
        """
        self._memory.forget_refresh(request.urn)
        news, problems = self._names.to_service(from_struct(request.news))
        olds = self._stored(request.olds)
        problems += [
            Problem(self._names.path(at), text, at) for at, text in whole_levels(news)
        ]
        found = self._controller.check(news, olds.get("region"), problems)
        lines = [one.line for one in found.problems]
        return provider_pb2.CheckResponse(
            inputs=self._struct(found.inputs),
            failures=[provider_pb2.CheckFailure(reason=line) for line in lines],
        )

    async def diff(self, request: Any) -> Any:  # noqa: ANN401  # ditto
        """Say whether a change matters, and where it is."""
        kinds = provider_pb2.DiffResponse
        refreshed = self._memory.take_refresh(request.urn, request.id)
        if refreshed is not None:
            some = kinds.DIFF_SOME if refreshed else kinds.DIFF_NONE
            return provider_pb2.DiffResponse(changes=some)
        state = self._stored(request.olds)
        found = self._controller.diff(state, self._stored(request.news))
        if found.needs_update:
            return self._difference(found)
        if is_moved(request.olds.fields):
            # No input has changed: the state is to be written by other names.
            return provider_pb2.DiffResponse(changes=kinds.DIFF_SOME)
        # An unchanged resource gets no `Update`, so its warnings come from here.
        if self._memory.warns_first(request.urn):
            await self._rows.warn(request.urn, self._controller.stored_warnings(state))
        return provider_pb2.DiffResponse(changes=kinds.DIFF_NONE)

    async def create(self, request: Any) -> Any:  # noqa: ANN401  # ditto
        """Wait until all has ended, verify it, and return its facts."""
        props = self._stored(request.properties)
        if request.preview:
            known = await self._previewed(request.urn, props, None)
            return provider_pb2.CreateResponse(properties=known)
        work = self._controller.create(
            props, self._progress(request.urn), request.timeout or None
        )
        outcome = await self._waited(request.urn, work)
        state = await self._delivered(request.urn, outcome)
        return provider_pb2.CreateResponse(id=outcome.id, properties=state)

    async def update(self, request: Any) -> Any:  # noqa: ANN401  # ditto
        """As `create`, with what is stored."""
        props, stored = self._stored(request.news), self._stored(request.olds)
        if request.preview:
            known = await self._previewed(request.urn, props, stored)
            return provider_pb2.UpdateResponse(properties=known)
        outcome = None
        if is_moved(request.olds.fields):
            outcome = self._controller.rewritten(request.id, stored, props)
        if outcome is None:
            work = self._controller.update(
                request.id,
                stored,
                props,
                self._progress(request.urn),
                request.timeout or None,
            )
            outcome = await self._waited(request.urn, work)
        state = await self._delivered(request.urn, outcome)
        return provider_pb2.UpdateResponse(properties=state)

    async def read(self, request: Any) -> Any:  # noqa: ANN401  # ditto
        """Read once and verify with the stored inputs; a bad verdict stays bad.

        A refresh sends what is stored, `.get` the inputs of the program, an import
        nothing but the ID.
        """
        sent = request.properties if request.properties.fields else request.inputs
        work = self._controller.read(
            request.id, self._stored(sent), request.timeout or None
        )
        outcome = await self._run(work)
        self._memory.keep_refresh(
            request.urn, request.id, has_changed=outcome.has_changed
        )
        # Where the engine has inputs, no answer keeps them.
        inputs = None
        if outcome.imported is not None and not request.inputs.fields:
            inputs = self._struct(outcome.imported)
            # `pulumi import` keeps such a resource, and prints no failure of it.
            await self._rows.warn(request.urn, outcome.failures)
        state = await self._delivered(request.urn, outcome, inputs)
        return provider_pb2.ReadResponse(id=outcome.id, properties=state, inputs=inputs)

    def _difference(self, found: DiffResult) -> Any:  # noqa: ANN401  # a message
        """Describe a change by paths, which `replaceOnChanges` is matched with."""
        changes, kinds = found.changes, provider_pb2.PropertyDiff.Kind
        names = list(dict.fromkeys(one.name for one in changes))
        if len(changes) > MAX_PLACES:
            changes = [Change(name, (name,), "UPDATE") for name in names]
        detail = {
            property_path(self._names.location(one.location)): (
                provider_pb2.PropertyDiff(
                    kind=kinds.Value(one.kind_in(found.replaces)), inputDiff=True
                )
            )
            for one in changes
        }
        return provider_pb2.DiffResponse(
            changes=provider_pb2.DiffResponse.DIFF_SOME,
            replaces=map(self._name, found.replaces),
            diffs=map(self._name, names),
            detailedDiff=detail,
            hasDetailedDiff=bool(detail),
        )

    async def _previewed(self, urn: str, props: Props, state: Props | None) -> Struct:
        """Say what an `up` will find; return what is known of the resource.

        Raises:
            StatusError: the preview is to stop.
        """
        found = await self._run(self._controller.preview_checked(props, state))
        await self._rows.note(urn, found.notes)
        for lines in preview_warnings(found):
            await self._rows.warn(urn, lines)
        if found.failures and found.stops:
            raise refused(found.failures)
        return self._struct(found.outputs)

    async def _waited(
        self, urn: str, work: Coroutine[Any, Any, ResourceResult]
    ) -> ResourceResult:
        """Run a wait, and let its last line arrive before anything else is said."""
        try:
            return await self._run(work)
        finally:
            await self._rows.end_passing(urn)

    async def _delivered(
        self, urn: str, outcome: ResourceResult, inputs: Struct | None = None
    ) -> Struct:
        """Write a state.

        Raises:
            StatusError: it is kept, and the deployment stops.
        """
        await self._rows.warn(urn, outcome.warnings)
        if outcome.failures:
            raise init_failed(
                outcome.id,
                self._native(outcome.state),
                outcome.failures,
                to_struct,
                inputs=inputs,
                bulky=[
                    [*map(self._name, with_urls_name(group))] for group in outcome.bulky
                ],
            )
        return self._struct(outcome.state)

    def _progress(self, urn: str) -> Any:  # noqa: ANN401  # `Progress`
        return lambda line: self._rows.show(urn, line)

    def _stored(self, struct: Struct) -> dict[str, Any]:
        """Read properties that were checked, so that no key is there twice."""
        stored = without_urls(without_hidden_keys(from_struct(struct)))
        props, _ = self._names.to_service(stored)
        return props

    def _struct(self, props: Props) -> Struct:
        return to_struct(self._native(props))

    def _native(self, props: Props) -> dict[str, Any]:
        return self._names.to_native(with_urls(props))

    def _name(self, name: str) -> str:
        return str(self._names.location((name,))[0])
