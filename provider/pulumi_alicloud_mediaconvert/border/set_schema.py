"""What crosses the Pulumi border inwards: the inputs of a set of jobs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    model_validator,
)

from pulumi_alicloud_mediaconvert.border.schema import (
    GateInputs,
    JobInputs,
    parse_job_id,
)
from pulumi_alicloud_mediaconvert.expect.expectations import StatedExpectations
from pulumi_alicloud_mediaconvert.expect.matchers import TAG
from pulumi_alicloud_mediaconvert.quoting import quoted

MOST_JOBS = 20_000
LONGEST_NAME = 128


def _once_each(job_ids: list[str]) -> list[str]:
    [(most, count)] = Counter(job_ids).most_common(1)
    if count > 1:
        raise ValueError(f"lists {quoted(most)} {count} times")
    return job_ids


def _good_names(job_ids: dict[str, str]) -> dict[str, str]:
    for name in job_ids:
        if not 0 < len(name) <= LONGEST_NAME or name != name.strip():
            problem = f"must have 1 to {LONGEST_NAME} characters, no blanks around them"
        elif not name.isprintable():
            problem = "must be printable"
        else:
            continue
        raise ValueError(f"the name {quoted(name, longest=60)} {problem}")
    return job_ids


def _form_of(value: object) -> str:
    return TAG + ("names" if isinstance(value, Mapping) else "list")


JobId = Annotated[str, BeforeValidator(parse_job_id)]
Length = Field(min_length=1, max_length=MOST_JOBS)
JobIds = Annotated[
    Annotated[list[JobId], Length, AfterValidator(_once_each), Tag(TAG + "list")]
    | Annotated[
        dict[str, JobId], Length, AfterValidator(_good_names), Tag(TAG + "names")
    ],
    Discriminator(_form_of),
]


class JobSetInputs(GateInputs):
    """Inputs of `MediaConvertJobSet`, checked."""

    job_ids: JobIds = Field(
        description="IDs of the jobs: a list, or a mapping of your names to IDs. A "
        "change looks at what is new, in place."
    )
    expect: StatedExpectations | None = Field(
        None, description="Of every job that has none of its own, as of a single job."
    )
    expect_by_name: dict[str, StatedExpectations] = Field(
        default_factory=dict,
        description="Of single jobs instead, by their names; without names by ID.",
    )
    fail_fast: bool = Field(
        default=False,
        description="Whether the first bad verdict ends the wait for all others; by "
        "default all are collected.",
    )

    @property
    def jobs(self) -> dict[str, str]:
        """The job IDs by name; an ID without a name is its own."""
        if isinstance(self.job_ids, list):
            return {job_id: job_id for job_id in self.job_ids}
        return self.job_ids

    @model_validator(mode="after")
    def _known_names(self) -> Self:
        unknown = [name for name in self.expect_by_name if name not in self.jobs]
        if unknown:
            name = quoted(unknown[0], longest=60)
            raise ValueError(f"expect_by_name: there is no {name} in job_ids")
        return self

    def member(self, name: str) -> JobInputs:
        """Return the inputs of one job, as if it were declared by itself."""
        shared: dict[str, Any] = {
            field: getattr(self, field) for field in GateInputs.model_fields
        }
        return JobInputs.model_construct(
            **shared,
            job_id=self.jobs[name],
            expect=self.expect_by_name.get(name, self.expect),
        )
