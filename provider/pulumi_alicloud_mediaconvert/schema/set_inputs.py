"""Inputs of a set of jobs, checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
)

from pulumi_alicloud_mediaconvert.expect.matcher_validation import Issue
from pulumi_alicloud_mediaconvert.expect.matchers import TAG, all_at_once
from pulumi_alicloud_mediaconvert.schema.inputs import (
    GateInputs,
    GivenExpectations,
    JobInputs,
    Region,
    parse_job_id,
)
from pulumi_alicloud_mediaconvert.schema.values import Unknown
from pulumi_alicloud_mediaconvert.spelling import Key, Sentence
from pulumi_alicloud_mediaconvert.text import as_written, quoted

MAX_JOBS = 20_000
MAX_NAME = 128


def _problems_of_ids(stated: object) -> Iterator[str]:
    """Say what is wrong with a set of IDs besides the IDs themselves."""
    if isinstance(stated, Mapping):
        yield from filter(None, map(_problem_of_name, stated))
    elif isinstance(stated, list) and len(stated) <= MAX_JOBS:
        counts = Counter(one.strip() for one in stated if isinstance(one, str))
        for job_id, count in counts.items():
            if count > 1 and job_id:
                yield f"lists {quoted(job_id)} {count} times"


def _problem_of_name(name: object) -> str | None:
    if not isinstance(name, str):
        return None
    if not 0 < len(name) <= MAX_NAME or name != name.strip():
        problem = (
            f"must have 1 to {MAX_NAME} characters, without spaces at the start or end"
        )
    elif not name.isprintable():
        problem = "must be printable"
    else:
        return None
    return f"the name {as_written(name)} {problem}"


def _names_as_given(context: Mapping[str, Any] | None) -> Collection[object]:
    job_ids = (context or {}).get("job_ids")
    if isinstance(job_ids, list):
        if any(isinstance(one, Unknown) for one in job_ids):
            return ()
        return [one.strip() for one in job_ids if isinstance(one, str)]
    return job_ids if isinstance(job_ids, Mapping) else ()


def _form_of(value: object) -> str:
    return TAG + ("names" if isinstance(value, Mapping) else "list")


JobId = Annotated[str, BeforeValidator(parse_job_id)]
Length = Field(min_length=1, max_length=MAX_JOBS)
JobIds = Annotated[
    Annotated[list[JobId], Length, Tag(TAG + "list")]
    | Annotated[dict[str, JobId], Length, Tag(TAG + "names")],
    Discriminator(_form_of),
]


class JobSetInputs(GateInputs):
    """Inputs of `MediaConvertJobSet`, checked."""

    region: Region = Field(
        description="Region of the jobs. A change replaces the resource."
    )
    job_ids: JobIds = Field(
        description="Job IDs, as a mapping of your own names to IDs or as a list. A "
        "change updates the resource and reads only jobs that are new or have not "
        "passed yet."
    )
    expect: GivenExpectations | None = Field(
        None,
        description="Expectations for every job that `expect_by_name` does not name.",
    )
    expect_by_name: dict[str, GivenExpectations] = Field(
        default_factory=dict,
        description="Expectations for single jobs, by name, or by ID if `job_ids` is a "
        "list.",
    )
    fail_fast: bool = Field(
        default=False,
        description="Whether the first bad verdict ends the wait for all other jobs.",
    )

    @cached_property
    def jobs(self) -> dict[str, str]:
        """The job IDs by name; an ID without a name is its own."""
        if isinstance(self.job_ids, list):
            return {job_id: job_id for job_id in self.job_ids}
        # The engine keeps no order of a mapping.
        return dict(sorted(self.job_ids.items()))

    @field_validator("job_ids", mode="wrap")
    @classmethod
    def _good_names(cls, stated: object, handler: ValidatorFunctionWrapHandler) -> Any:  # noqa: ANN401  # what the handler makes
        issues = [Issue((), text) for text in _problems_of_ids(stated)]
        return all_at_once(handler, stated, issues)

    @field_validator("expect_by_name", mode="wrap")
    @classmethod
    def _known_names(
        cls,
        stated: object,
        handler: ValidatorFunctionWrapHandler,
        info: ValidationInfo,
    ) -> Any:  # noqa: ANN401  # what the handler makes
        # Where they are refused themselves, as they were given.
        names = stated if isinstance(stated, Mapping) else ()
        known = info.data.get("job_ids") or _names_as_given(info.context) or names
        strange = [name for name in names if name not in known]
        issues = [
            Issue((name,), Sentence("there is no such name in ", Key("job_ids")))
            for name in strange
        ]
        return all_at_once(handler, stated, issues)

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
