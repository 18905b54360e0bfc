"""What all resources of this package have in common, as programs declare them.

It tells the plugin what only the program knows, lets a program take outputs apart
that are not there, and says so where a run leaves the resource out.
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
    track_as_one,
)
from pulumi_alicloud_mediaconvert.hosts.dynamic.transforms import tell_of_transforms
from pulumi_alicloud_mediaconvert.hosts.hidden_keys import (
    PREVIEW_KEY,
    READ_TIMEOUT_KEY,
    SECRETS_KEY,
)
from pulumi_alicloud_mediaconvert.lifecycle.gate import Decision, Policy, decide

# What decides whether a verdict stops an `up`.
POLICY = ("enforcement_level", "on_inconclusive", "wait")


class GateResource(Resource):
    """A resource whose verdict is a gate: a job, or a set of them."""

    # What to write instead of `import_`.
    _instead_of_import: ClassVar[str] = ""
    # The class that declares the type and the outputs: a user's may derive from it.
    _declared_by: ClassVar[type]
    # Names of the inputs, once it is constructed.
    _inputs: Sequence[str] = ()

    def __init_subclass__(
        cls, *, module: str = "", name: str = "", **kwargs: object
    ) -> None:
        """Give a user's subclass the type and the typed outputs of its base."""
        inherited = cls._resource_type_name
        super().__init_subclass__(module=module, name=name or "Resource", **kwargs)
        if name:
            cls._declared_by = cls
            # As text the SDK would evaluate them anew for each resource.
            cls.__annotations__ = inspect.get_annotations(cls, eval_str=True)
            return
        cls._resource_type_name = inherited
        # The SDK reads the types of outputs from the very class alone.
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
            provider: that serves it.
            resource_name: of the resource.
            inputs: as the program states them.
            outputs: names of all others.
            opts: of the resource.

        Raises:
            pulumi.RunError: an option cannot work here; the SDK prints it as one line.
        """
        end_quietly()
        self._inputs = tuple(inputs)
        self._refuse_import(resource_name, opts)
        tell_of_transforms(f"pulumi-python:{self._resource_type_name}", self._inputs)
        super().__init__(
            provider,
            resource_name,
            # The SDK makes an attribute of each property that is named here.
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
        """Those that the SDK has collected, and last of all our own.

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
            # A child of this resource inherits what is done to it.
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
        """Warn of a stored verdict that lets through what an `up` would stop.

        A run with `--target` or `--exclude` hands out what is stored of a resource
        that it leaves out, and asks no provider. In all others such a verdict has
        stopped this resource, so that the program never sees it.
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
                "updates the resource, as with --target or --exclude, so its verdict "
                "stops nothing that depends on it.",
                self,
            )
        return is_let_through


async def _first_known(stated: object, stored: pulumi.Output[Any]) -> object:
    """Return what a program states, as far as it is known; else what is stored."""
    if stated is None or is_later(stated):
        return await stored.future()
    return stated


class _SecretNames(Awaitable[list[str] | None]):
    """The names of the secret inputs, nested secrets included, once they are known.

    Nothing begins before somebody waits for it, so that a resource that the SDK
    refuses leaves nothing behind.
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
    """Whether a value has nothing in it that might be a secret."""
    if isinstance(value, Mapping):
        return all(_is_plain(entry) for pair in value.items() for entry in pair)
    if isinstance(value, list | tuple):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str | int | float)


def _hidden(
    inputs: Mapping[str, Any], names: Sequence[str], opts: object
) -> dict[str, Any]:
    """Tell the plugin what only the program knows.

    The engine hands secrets over in clear, and checks alike in previews and ups. The
    SDK sends no limits for a resource that is only read.
    """
    hidden: dict[str, Any] = {SECRETS_KEY: _SecretNames(inputs, names)}
    if pulumi.runtime.is_dry_run():
        hidden[PREVIEW_KEY] = True
    if getattr(opts, "id", None) is not None:
        hidden[READ_TIMEOUT_KEY] = _timeout(opts, "read")
    return hidden


def _timeout(opts: object, operation: str) -> str | None:
    """Read one of the `custom_timeouts`, which the SDK takes as a mapping, too."""
    timeouts = getattr(opts, "custom_timeouts", None)
    if isinstance(timeouts, Mapping):
        return timeouts.get(operation)
    return getattr(timeouts, operation, None)


def with_own_timeouts(
    opts: pulumi.ResourceOptions | None,
) -> pulumi.ResourceOptions | None:
    """Let `create` limit updates too: a wait that is resumed is an update."""
    create, update = _timeout(opts, "create"), _timeout(opts, "update")
    if not isinstance(opts, pulumi.ResourceOptions) or not create or update:
        return opts
    stated: Any = opts.custom_timeouts
    # Of whatever class it is: an older SDK knows no `read`.
    both = copy.copy(stated)
    if isinstance(both, dict):
        both["update"] = create
    else:
        both.update = create
    return pulumi.ResourceOptions.merge(
        opts, pulumi.ResourceOptions(custom_timeouts=both)
    )
