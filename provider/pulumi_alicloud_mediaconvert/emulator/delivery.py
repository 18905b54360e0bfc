"""What a job delivers: outputs and groups, with the request of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class DeliveredOutput:
    """One output of a job that succeeds.

    Attributes:
        name: Name of the output.
        request: Its entry in `Config`.
        result: Makes its `Result` from the region and a media ID.
        status: Its final status.
    """

    name: str
    request: Json
    result: Callable[[str, str], Json]
    status: str = "Success"


@dataclass(frozen=True)
class DeliveredGroup:
    """One output group of a job that succeeds.

    Attributes:
        name: Name of the group.
        settings: Its `GroupConfig`.
        outputs: Its outputs.
        status: Its final status.
    """

    name: str
    settings: Json
    outputs: tuple[DeliveredOutput, ...]
    status: str = "Success"


@dataclass(frozen=True)
class Delivery:
    """Everything that a job delivers.

    Attributes:
        outputs: Outputs outside groups.
        groups: Groups with their outputs.
        inputs: Inputs, as in `Config`.
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
        """Names of the outputs as in steps: `name` or `group/name`."""
        yield from (output.name for output in self.outputs)
        for group in self.groups:
            yield from (f"{group.name}/{output.name}" for output in group.outputs)

    @property
    def config(self) -> Json:
        """`Job.Config`, with the names of the delivered outputs."""
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
