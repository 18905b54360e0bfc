"""What a program needs of the SDK's private corners; goes on without them alike."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

import pulumi

from pulumi_alicloud_mediaconvert.errors import ProviderError

# What tells that a resource is there; with it come all of its properties.
TRACKED = frozenset({"id", "urn"})
# Of any dynamic resource.
DYNAMIC_TYPE = "pulumi-python:dynamic:Resource"
# Whose settings are read.
NAMESPACES = ("mediaconvert:", "alicloud:")
# What a language host runs a program by.
HOSTS_SCRIPT = "pulumi-language-python-exec"


def reads_by_id(sdk: Path | None = None) -> bool:
    """Whether an SDK can serve a resource that is only read, by its ID.

    Its server must look for the provider among the inputs, since nothing is stored.

    Args:
        sdk: folder of the package; by default the one that is installed.
    """
    folder = sdk or Path(pulumi.__file__).parent
    server = folder / "dynamic" / "__main__.py"
    # It cannot be imported: that would start it.
    return server.is_file() and "request.inputs" in server.read_text("utf-8")


def configured_names() -> list[str]:
    """Name what the stack's configuration states; nothing, where the SDK hides it."""
    with contextlib.suppress(AttributeError, LookupError, TypeError, ValueError):
        stated = pulumi.runtime.config
        return [*{**stated.get_config_env(), **stated.CONFIG.get()}]
    return []


def may_be_secret(key: str) -> bool:
    """Whether a setting of the stack is secret; any is, where the SDK hides it."""
    try:
        return bool(pulumi.runtime.is_config_secret(key))
    except (AttributeError, LookupError, TypeError, ValueError):
        return True


def open_settings(opts: object) -> list[str]:
    """Name the settings of a resource's provider that are not secret.

    Args:
        opts: of the resource.
    """
    provider = getattr(opts, "provider", None) or getattr(opts, "providers", None)
    parent = getattr(opts, "parent", None)
    if not provider and isinstance(parent, pulumi.Resource):
        provider = parent.get_provider(DYNAMIC_TYPE)
    if provider:
        # Only a `MediaConvertProvider` knows.
        return getattr(provider, "open_settings", [])
    return [
        key
        for key in configured_names()
        if key.startswith(NAMESPACES) and not may_be_secret(key)
    ]


def raisable(error: ProviderError, text: str) -> ProviderError:
    """Return an error as a program gets it: of its own class, and a line if uncaught.

    The SDK prints a `RunError` as its text and any other error with a traceback, so
    what is returned is both.

    Args:
        error: whose class and facts it has.
        text: instead of that of the error.
    """
    kind = type(error)
    both: Any = type(kind.__name__, (kind, pulumi.RunError), {"__doc__": kind.__doc__})
    raised: ProviderError = both.__new__(both, text)
    raised.__dict__.update(error.__dict__)
    return raised


def is_later(value: object) -> bool:
    """Whether a value is an output, or another one that a program has to wait for."""
    return isinstance(value, pulumi.Output | Awaitable)


def when_known(value: Any, change: Callable[[Any], Any]) -> pulumi.Output[Any]:  # noqa: ANN401  # any input
    """Change a value that a program has to wait for."""
    return pulumi.Output.from_input(value).apply(change)


def check_options(opts: object) -> None:
    """Refuse what is no `ResourceOptions`, in the words of the SDK.

    Where it asks for a part of them first, it ends in an `AttributeError` instead.

    Raises:
        TypeError: it is something else.
    """
    if opts is not None and not isinstance(opts, pulumi.ResourceOptions):
        raise TypeError("Expected resource options to be a ResourceOptions instance")


@cache
def end_quietly() -> None:
    """Let a program that its language host interrupts end without a traceback.

    On Ctrl-C, and with some engines whenever an update fails, the host interrupts the
    program. Python then prints where it stood: twenty lines of the SDK around the one
    that says what is wrong with the job.

    Only in a process that a language host has started, where nobody else's
    `KeyboardInterrupt` can be: a script that uses the Automation API, a test or a
    notebook keeps its own. The exit status stays, and so does what is done with every
    other exception.
    """
    if HOSTS_SCRIPT not in {Path(one).name for one in sys.orig_argv}:
        return
    others = sys.excepthook

    def hook(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            others(kind, error, trace)

    sys.excepthook = hook


def track_as_one(resource: pulumi.Resource) -> None:
    """Let a program wait for a resource as a whole, not for each of its properties.

    At its end the SDK waits for every value that is still to come, and goes through
    all of them whenever one has come: time that grows with the square of their number.
    The properties of a resource come at the same moment as its URN, which is enough to
    wait for. What a program makes of them is waited for all the same.

    Source: `pulumi/runtime/stack.py`, `wait_for_rpcs`.
    """
    for name, value in vars(resource).items():
        if isinstance(value, pulumi.Output) and name not in TRACKED:
            # Not `getattr(value, …)`: an output has every attribute.
            untrack = getattr(type(value), "_untrack", None)
            if untrack is not None:
                untrack(value)
