"""What the plugin answers to each call of the engine.

`Handshake` comes first, from engines that know it, then `GetSchema` or `CheckConfig`,
`DiffConfig` and `Configure`, then calls for resources. In a preview whose provider
configuration is unknown the engine configures nothing and asks nothing: it takes all
outputs for unknown. What resources need is imported by the first of them.

Source: `proto/pulumi/provider.proto`; `pkg/resource/plugin/provider_plugin.go` for what
the engine makes of the answers.
"""

from __future__ import annotations

from collections.abc import Coroutine
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeVar

from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import plugin_pb2, provider_pb2

from pulumi_alicloud_mediaconvert.hosts.native.engine_session import EngineSession
from pulumi_alicloud_mediaconvert.hosts.native.property_values import (
    from_struct,
    to_struct,
)
from pulumi_alicloud_mediaconvert.hosts.native.version import plugin_version

if TYPE_CHECKING:
    from pulumi_alicloud_mediaconvert.hosts.native.served import Served

SCHEMA = "schema.json"
Result = TypeVar("Result")


class Provider:
    """Answers the engine; a method for each call that the plugin serves.

    Args:
        engine_address: where the engine listens, if it is known already.
    """

    def __init__(self, engine_address: str | None) -> None:
        self._begin(engine_address)

    async def Handshake(self, request: Any) -> Any:  # noqa: ANN401, N802  # of the protocol
        """Agree on what both sides understand, before anything is configured."""
        self._begin(request.engine_address)
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True)

    async def Attach(self, request: Any) -> Any:  # noqa: ANN401, N802  # ditto
        """Serve an engine that found this process by `PULUMI_DEBUG_PROVIDERS`.

        It may be the next one: the last has cancelled all that is still to come.
        """
        self._begin(request.address)
        return Empty()

    async def GetPluginInfo(self, _request: Any) -> Any:  # noqa: ANN401, N802  # ditto
        """Say which version this is."""
        return plugin_pb2.PluginInfo(version=plugin_version())

    async def GetSchema(self, _request: Any) -> Any:  # noqa: ANN401, N802  # ditto
        """Return the package's schema; needs no configuration."""
        schema = resources.files(__package__).joinpath(SCHEMA).read_text("utf-8")
        return provider_pb2.GetSchemaResponse(schema=schema)

    async def CheckConfig(self, request: Any) -> Any:  # noqa: ANN401, N802  # ditto
        """Mark keys as secrets, and name unknown settings.

        Values arrive in clear, whatever `Handshake` says.
        """
        from pulumi_alicloud_mediaconvert.hosts.native import configuration  # noqa: PLC0415  # see above

        news, urn = from_struct(request.news), request.urn
        await self._session.rows.warn(urn, configuration.unread_lines(news, urn))
        return provider_pb2.CheckResponse(
            inputs=to_struct(configuration.checked_configuration(news)),
            # With a property's name the engine would print its value.
            failures=[
                provider_pb2.CheckFailure(reason=line)
                for line in configuration.refusals(news, urn)
            ],
        )

    async def DiffConfig(self, request: Any) -> Any:  # noqa: ANN401, N802  # ditto
        """Say that a change of settings replaces nothing.

        A resource whose own region follows from them is replaced by its own `Diff`.
        """
        from pulumi_alicloud_mediaconvert.hosts.native import configuration  # noqa: PLC0415  # ditto

        olds = request.old_inputs if request.HasField("old_inputs") else request.olds
        changed = configuration.changed_settings(
            from_struct(olds), from_struct(request.news)
        )
        kinds = provider_pb2.DiffResponse
        return provider_pb2.DiffResponse(
            changes=kinds.DIFF_SOME if changed else kinds.DIFF_NONE, diffs=changed
        )

    async def Configure(self, request: Any) -> Any:  # noqa: ANN401, N802  # ditto
        """Take the configuration; never fails, since `destroy` needs it.

        The answer counts where there was no `Handshake`.
        """
        self._serve(from_struct(request.args))
        return provider_pb2.ConfigureResponse(acceptSecrets=True, supportsPreview=True)

    async def Check(self, request: Any) -> Any:  # noqa: ANN401, N802  # ditto
        """Validate a resource's inputs, and resolve their defaults."""
        return await self._answer(self._serving.resource(request).check(request))

    async def Diff(self, request: Any) -> Any:  # noqa: ANN401, N802  # ditto
        """Compare checked inputs with what is stored."""
        return await self._answer(self._serving.resource(request).diff(request))

    async def Create(self, request: Any) -> Any:  # noqa: ANN401, N802  # ditto
        """Wait until all has ended and verify it; in a preview say what is known."""
        return await self._answer(self._serving.resource(request).create(request))

    async def Update(self, request: Any) -> Any:  # noqa: ANN401, N802  # ditto
        """As `Create`, with what is stored."""
        return await self._answer(self._serving.resource(request).update(request))

    async def Read(self, request: Any) -> Any:  # noqa: ANN401, N802  # ditto
        """Read once, and verify: for a refresh, `.get` and an import."""
        return await self._answer(self._serving.resource(request).read(request))

    async def Delete(self, _request: Any) -> Any:  # noqa: ANN401, N802  # ditto
        """Remove the record. This makes no API call and does not change the job."""
        return Empty()

    async def Invoke(self, request: Any) -> Any:  # noqa: ANN401, N802  # ditto
        """Call a function."""
        return await self._answer(self._serving.invoke(request))

    async def Cancel(self, _request: Any) -> Any:  # noqa: ANN401, N802  # ditto
        """End all waits: on Ctrl-C, and at the end of a run, where there are none."""
        self._session.cancel()
        return Empty()

    def _begin(self, engine_address: str | None) -> None:
        self._session = EngineSession(engine_address or None)
        self._served: Served | None = None

    @property
    def _serving(self) -> Served:
        """What serves resources: by the configuration, or without any."""
        if self._served is None:
            self._serve({})
        assert self._served is not None  # noqa: S101  # see above
        return self._served

    def _serve(self, inputs: dict[str, Any]) -> None:
        from pulumi_alicloud_mediaconvert.hosts.native.served import Served  # noqa: PLC0415  # ditto

        self._served = Served(inputs, self._session)

    async def _answer(self, work: Coroutine[Any, Any, Result]) -> Result:
        return await self._serving.answered(work)
