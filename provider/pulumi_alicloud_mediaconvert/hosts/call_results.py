"""What every host gives to a resource's controller, and what it gets back: data.

A host hands over plain values and the marks of `schema/values`; it alone knows its
protocol, and how lines and properties are written there. Lines and problems in what it
gets back hold nothing secret.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi_alicloud_mediaconvert.expect.validation_messages import Problem
from pulumi_alicloud_mediaconvert.hosts.changes import Change
from pulumi_alicloud_mediaconvert.hosts.engine_messages import STOPS_HERE
from pulumi_alicloud_mediaconvert.lifecycle.declared import Declared, DeclaredSet
from pulumi_alicloud_mediaconvert.lifecycle.results import PreviewResult

# Takes the line that says where a wait stands, until the next one.
Progress = Callable[[str], None]


class CallError(Exception):
    """A call failed: it has no outcome, and what is stored stays as it is.

    Attributes:
        lines: say why.
    """

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """What is wrong with inputs, or how they are applied.

    Attributes:
        inputs: with every default; unknown and secret ones are marked.
        problems: all of them, each with its property path.
        declared: for a preview; `None` if there are problems, or if a value is unknown
            that the verdict depends on.
        secret_inputs: names of the secret ones.
    """

    inputs: dict[str, Any]
    problems: list[Problem]
    declared: Declared | DeclaredSet | None
    secret_inputs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DiffResult:
    """What an update would be for.

    Attributes:
        needs_update: whether there is anything to do: a change, or a stored verdict
            that does not stand.
        changes: where inputs differ.
        replaces: names of the changed inputs that replace the resource.
    """

    needs_update: bool
    changes: list[Change]
    replaces: list[str]


@dataclass(frozen=True, kw_only=True)
class ResourceResult:
    """What became of a resource.

    Attributes:
        id: of the resource.
        state: all properties to store; secret ones are marked.
        failures: lines that stop the deployment, with this state stored; none if it
            goes on.
        warnings: lines that do not stop it.
        secret_inputs: names of the secret inputs.
        has_changed: whether a refresh found anything else than what was stored.
        bulky: groups of properties that a state too large to store can do without, the
            first group first.
        imported: inputs that a program has to state, of a resource that was read by
            its ID alone.
    """

    id: str
    state: dict[str, Any]
    failures: list[str]
    warnings: list[str]
    secret_inputs: tuple[str, ...]
    has_changed: bool = True
    bulky: Sequence[Sequence[str]] = ()
    imported: dict[str, Any] | None = None


def preview_warnings(found: PreviewResult) -> list[Sequence[str]]:
    """Return the lines that a preview warns of, one group for each warning.

    Failures are among them unless they stop the preview itself.
    """
    stopping = [*found.failures, STOPS_HERE] if found.failures else []
    return [found.warnings, found.left_out, [] if found.stops else stopping]
