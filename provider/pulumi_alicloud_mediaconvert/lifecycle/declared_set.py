"""A set of jobs as a program declares it, and the single jobs that it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_alicloud_mediaconvert.lifecycle.gate_result import Declared
from pulumi_alicloud_mediaconvert.lifecycle.set_state import expected_of
from pulumi_alicloud_mediaconvert.schema.set_inputs import JobSetInputs


@dataclass(frozen=True)
class DeclaredSet:
    """A set of jobs as a program declares it, checked.

    Attributes:
        inputs: with every default resolved.
        stated: the same in the form in which they are stored.
    """

    inputs: JobSetInputs
    stated: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The set, as a person names it."""
        return name_of_set(len(self.inputs.jobs), self.inputs.region)

    def member(self, name: str) -> Declared:
        """Return one job as if it were declared by itself."""
        inputs = self.inputs.member(name)
        # All that a verdict rests on; nothing of this is stored.
        stated = {
            "job_id": inputs.job_id,
            "expect": expected_of(name, self.stated),
            **{key: self.stated[key] for key in SHARED},
        }
        return Declared(inputs, stated)


# Inputs of a set that a verdict on each of its jobs rests on.
SHARED = ("region", "enforcement_level", "on_inconclusive")


def name_of_set(count: int, region: object) -> str:
    """Name a set: `1,000 jobs (cn-shanghai)`."""
    return f"{count:,} job{'' if count == 1 else 's'} ({region})"
