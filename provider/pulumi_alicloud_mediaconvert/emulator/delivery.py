"""What a job delivers: its outputs and groups, and how each was requested."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class DeliveredOutput:
    """One output of a job that succeeds.

    Attributes:
        name: of the output.
        request: its entry in `Config`.
        result: makes its `Result`, given the region and a media ID.
        status: that it ends with.
    """

    name: str
    request: Json
    result: Callable[[str, str], Json]
    status: str = "Success"


@dataclass(frozen=True)
class DeliveredGroup:
    """One output group of a job that succeeds.

    Attributes:
        name: of the group.
        settings: its `GroupConfig`.
        outputs: its members.
        status: that it ends with.
    """

    name: str
    settings: Json
    outputs: tuple[DeliveredOutput, ...]
    status: str = "Success"


@dataclass(frozen=True)
class Delivery:
    """All that a job delivers.

    Attributes:
        outputs: those of no group.
        groups: of the others.
        inputs: as `Config` names them.
    """

    outputs: tuple[DeliveredOutput, ...]
    groups: tuple[DeliveredGroup, ...]
    inputs: tuple[Json, ...]

    @property
    def group_names(self) -> list[str]:
        """The names of the groups."""
        return [group.name for group in self.groups]

    @property
    def output_names(self) -> Iterator[str]:
        """The names by which steps call the outputs: `name` or `group/name`."""
        yield from (output.name for output in self.outputs)
        for group in self.groups:
            yield from (f"{group.name}/{output.name}" for output in group.outputs)

    @property
    def config(self) -> Json:
        """`Job.Config`: the names in it are those of the delivered outputs."""
        return {
            "JobName": "trailer",
            "Inputs": [*self.inputs],
            "Outputs": [output.request for output in self.outputs],
            "OutputGroups": [
                {
                    "Name": group.name,
                    "GroupConfig": group.settings,
                    "Outputs": [output.request for output in group.outputs],
                }
                for group in self.groups
            ],
        }
