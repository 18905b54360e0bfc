"""Base class of the resources that programs declare.

It passes the plugin what only the program knows, lets programs access parts of outputs
that do not exist, and warns if a run leaves the resource out.
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Awaitable, Generator, Mapping, Sequence
from typing import Any, ClassVar

import pulumi
from pulumi.dynamic import Resource, ResourceProvider

from pulumi_alicloud_mediaconvert.hosts.dynamic.lifting import lifted, none_once_judged
from pulumi_alicloud_mediaconvert.hosts.dynamic.program import (
    end_quietly,
    is_later,
    open_settings,
    track_as_one,
)
from pulumi_alicloud_mediaconvert.hosts.dynamic.transforms import tell_of_transforms
from pulumi_alicloud_mediaconvert.hosts.hidden_keys import (
    OPEN_SETTINGS_KEY,
    PREVIEW_KEY,
    READ_TIMEOUT_KEY,
    SECRETS_KEY,
)
from pulumi_alicloud_mediaconvert.lifecycle.gate import Decision, Policy, decide

# Inputs that decide whether a verdict stops an `up`.
POLICY = ("enforcement_level", "on_inconclusive", "wait")


class GateResource(Resource):
    """A resource whose verdict is a gate: a job or a set of jobs."""

    # Advice for programs that use `import_`.
    _instead_of_import: ClassVar[str] = ""
    # The class that declares the type and the outputs. Users may derive from it.
    _declared_by: ClassVar[type]
    # Names of the inputs, set by the constructor.
    _inputs: Sequence[str] = ()

    def __init_subclass__(
        cls, *, module: str = "", name: str = "", **kwargs: object
    ) -> None:
        """Give a user's subclass the type and the typed outputs of its base."""
        inherited = cls._resource_type_name
        super().__init_subclass__(module=module, name=name or "Resource", **kwargs)
        if name:
            cls._declared_by = cls
            # The SDK would evaluate text again for each resource.
            cls.__annotations__ = inspect.get_annotations(cls, eval_str=True)
            return
        cls._resource_type_name = inherited
        # The SDK reads the types of outputs from this class, not from its bases.
        base = inspect.get_annotations(cls._declared_by)
        cls.__annotations__ = {**base, **inspect.get_annotations(cls)}

    def __init__(
        self,
        provider: ResourceProvider,
        resource_name: str,
        inputs: Mapping[str, Any],
        outputs: Sequence[str],
        opts: pulumi.ResourceOptions | None,
    ) -> None:
        """Register the resource.

        Args:
            provider: Provider of the resource.
            resource_name: Name of the resource.
            inputs: Inputs by name, as the program states them.
            outputs: Names of all other outputs.
            opts: Options of the resource.

        Raises:
            pulumi.RunError: `opts` has `import_`. The SDK prints the error as one line.
            TypeError: `opts` is not a `ResourceOptions`.
        """
        end_quietly()
        self._inputs = tuple(inputs)
        self._refuse_import(resource_name, opts)
        tell_of_transforms(f"pulumi-python:{self._resource_type_name}", self._inputs)
        super().__init__(
            provider,
            resource_name,
            # The SDK creates an attribute for each of these properties.
            {**dict.fromkeys(outputs), **inputs, **_hidden(inputs, self._inputs, opts)},
            with_own_timeouts(opts),
        )
        own = vars(self)
        verdict = own["verdict"]
        for name in (*self._inputs, *outputs):
            output = own[name]
            if pulumi.runtime.is_dry_run() and name != "verdict":
                output = none_once_judged(output, verdict)
            own[name] = lifted(output, name, verdict)
        track_as_one(self)
        if getattr(opts, "id", None) is not None:
            # `.get` reads the job in every run, and fails by itself.
            return
        stated = {name: inputs[name] for name in POLICY}

        async def warn(_urn: str) -> bool:
            return await self._warn_if_left_out(stated)

        warned: pulumi.Output[bool] = self.urn.apply(warn)
        del warned  # the SDK waits for it

    @property
    def _transformations(self) -> list[pulumi.ResourceTransformation]:
        """The transformations that the SDK collected, followed by our own.

        They run within the SDK's constructor, and may put secrets into any input.
        """
        return [*vars(self).get("_transformations", ()), self._tell]

    @_transformations.setter
    def _transformations(self, collected: list[pulumi.ResourceTransformation]) -> None:
        vars(self)["_transformations"] = collected

    def _tell(
        self, args: pulumi.ResourceTransformationArgs
    ) -> pulumi.ResourceTransformationResult | None:
        if args.resource is not self:
            # Children of this resource inherit its transformations.
            return None
        self._refuse_import(args.name, args.opts)
        hidden = _hidden(args.props, self._inputs, args.opts)
        return pulumi.ResourceTransformationResult({**args.props, **hidden}, args.opts)

    def _refuse_import(self, name: str, opts: object) -> None:
        if getattr(opts, "import_", None) is not None:
            raise pulumi.RunError(
                f'{self._declared_by.__name__} "{name}": import_ does not work for '
                f"dynamic resources; {self._instead_of_import}"
            )

    async def _warn_if_left_out(self, stated: Mapping[str, Any]) -> bool:
        """Warn about a stored verdict at which an `up` would stop.

        A run with `--target` or `--exclude` returns the stored outputs of a resource
        that it leaves out, without a call of the provider. In any other run such a
        verdict has stopped this resource, so the program never gets its outputs.
        """
        own = vars(self)
        if not await own["verdict"].is_known():
            return False
        policy = {name: await _first_known(stated[name], own[name]) for name in stated}
        verdict = await own["verdict"].future()
        is_let_through = decide(verdict, Policy.of(policy)) is Decision.STOP
        if is_let_through:
            pulumi.log.warn(
                f"The stored verdict is `{verdict}`. This run neither creates nor "
                "updates the resource, as with --target or --exclude, so the verdict "
                "does not stop resources that depend on it.",
                self,
            )
        return is_let_through


async def _first_known(stated: object, stored: pulumi.Output[Any]) -> object:
    """Return the stated value if it is known, else the stored one."""
    if stated is None or is_later(stated):
        return await stored.future()
    return stated


class _SecretNames(Awaitable[list[str] | None]):
    """Names of the inputs that are or contain secrets, once they are known.

    No work begins before the SDK awaits it, so a resource that the SDK refuses leaves
    no task behind.
    """

    def __init__(self, inputs: Mapping[str, Any], names: Sequence[str]) -> None:
        self._inputs = {
            name: inputs[name] for name in names if not _is_plain(inputs.get(name))
        }

    def __await__(self) -> Generator[Any, None, list[str] | None]:
        return self._found().__await__()

    async def _found(self) -> list[str] | None:
        names = [
            name
            for name, value in self._inputs.items()
            if await pulumi.Output.from_input(value).is_secret()
        ]
        return names or None


def _is_plain(value: object) -> bool:
    """Whether a value contains nothing that could be a secret."""
    if isinstance(value, Mapping):
        return all(_is_plain(entry) for pair in value.items() for entry in pair)
    if isinstance(value, list | tuple):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str | int | float)


def _hidden(
    inputs: Mapping[str, Any], names: Sequence[str], opts: object
) -> dict[str, Any]:
    """Return what only the program knows, as hidden inputs.

    The engine passes secrets in plain text, and calls `check` in the same way in
    previews and deployments. The SDK sends no timeouts for a resource that is read.
    """
    hidden: dict[str, Any] = {
        SECRETS_KEY: _SecretNames(inputs, names),
        OPEN_SETTINGS_KEY: open_settings(opts) or None,
    }
    if pulumi.runtime.is_dry_run():
        hidden[PREVIEW_KEY] = True
    if getattr(opts, "id", None) is not None:
        hidden[READ_TIMEOUT_KEY] = _timeout(opts, "read")
    return hidden


def _timeout(opts: object, operation: str) -> str | None:
    """Read one of the `custom_timeouts`, which may also be a mapping."""
    timeouts = getattr(opts, "custom_timeouts", None)
    if isinstance(timeouts, Mapping):
        return timeouts.get(operation)
    return getattr(timeouts, operation, None)


def with_own_timeouts(
    opts: pulumi.ResourceOptions | None,
) -> pulumi.ResourceOptions | None:
    """Apply the timeout of `create` to updates: a resumed wait is an update."""
    create, update = _timeout(opts, "create"), _timeout(opts, "update")
    if not isinstance(opts, pulumi.ResourceOptions) or not create or update:
        return opts
    stated: Any = opts.custom_timeouts
    # A copy keeps the class: older SDKs have no `read`.
    both = copy.copy(stated)
    if isinstance(both, dict):
        both["update"] = create
    else:
        both.update = create
    return pulumi.ResourceOptions.merge(
        opts, pulumi.ResourceOptions(custom_timeouts=both)
    )
