"""Resources as a program declares them: a job, or a set of jobs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pulumi_alicloud_mediaconvert.lifecycle.gate import Policy
from pulumi_alicloud_mediaconvert.schema.inputs import GateInputs, JobInputs
from pulumi_alicloud_mediaconvert.schema.secrets import OPEN, Secrecy
from pulumi_alicloud_mediaconvert.spelling import PYTHON, Spelling
from pulumi_alicloud_mediaconvert.text import counted, job_name

if TYPE_CHECKING:
    # A model that a host of single jobs need not build.
    from pulumi_alicloud_mediaconvert.schema.set_inputs import JobSetInputs


@dataclass(frozen=True)
class Declared:
    """A job's resource as a program declares it, checked.

    Attributes:
        inputs: with every default resolved.
        stated: the same in the form in which they are stored.
        secrecy: which of them nobody may see.
        spelling: of names in lines about it.
    """

    inputs: JobInputs
    stated: Mapping[str, Any]
    secrecy: Secrecy = OPEN
    spelling: Spelling = PYTHON

    @property
    def name(self) -> str:
        """The job as a support desk wants it."""
        return job_name(self.inputs.job_id, self.inputs.region)

    @property
    def policy(self) -> Policy:
        """Policy of its gate."""
        return _policy_of(self.inputs)


@dataclass(frozen=True)
class DeclaredSet:
    """A set of jobs as a program declares it, checked.

    Attributes:
        inputs: with every default resolved.
        stated: the same in the form in which they are stored.
        secrecy: which of them nobody may see.
        spelling: of names in lines about it.
    """

    inputs: JobSetInputs
    stated: Mapping[str, Any]
    secrecy: Secrecy = OPEN
    spelling: Spelling = PYTHON

    @property
    def name(self) -> str:
        """The set, as a person names it."""
        return name_of_set(len(self.inputs.jobs), self.inputs.region)

    @property
    def policy(self) -> Policy:
        """Policy of the gate of each job."""
        return _policy_of(self.inputs)

    def member(self, name: str) -> Declared:
        """Return one job as if it were declared by itself."""
        inputs = self.inputs.member(name)
        # All that a verdict rests on; nothing of this is stored.
        stated = {
            "job_id": inputs.job_id,
            "expect": expected_of(name, self.stated),
            **{key: self.stated[key] for key in SHARED},
        }
        return Declared(inputs, stated, spelling=self.spelling)


# Inputs of a set that a verdict on each of its jobs rests on.
SHARED = ("region", "enforcement_level", "on_inconclusive")


def expected_of(name: str, stated: Mapping[str, Any]) -> Any:  # noqa: ANN401  # any expectation
    """Return the expectations of one job, as the program wrote them."""
    by_name = stated.get("expect_by_name") or {}
    return by_name[name] if name in by_name else stated.get("expect")


def name_of_set(count: int, region: object) -> str:
    """Name a set: `1,000 jobs (cn-shanghai)`."""
    return f"{counted(count, 'job')} ({region})"


def _policy_of(inputs: GateInputs) -> Policy:
    return Policy(
        inputs.enforcement_level,
        inputs.on_inconclusive,
        waits=inputs.wait is not False,
    )
