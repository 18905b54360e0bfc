"""What a user demands of a job: strict, frozen, plain data in and out.

These models are the one source of the language: its JSON Schema, the pages of the
reference and the texts of what is refused follow from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Self

from pydantic import (
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    ModelWrapValidatorHandler,
    PrivateAttr,
    StrictBool,
    StrictStr,
    field_validator,
    model_serializer,
    model_validator,
)
from pydantic_core import CoreSchema, core_schema

from pulumi_alicloud_mediaconvert.expect import value_types
from pulumi_alicloud_mediaconvert.expect.expected_media import (
    Constraints,
    EveryOutputExpectation,
    Expectation,
    FileExpectation,
    Number,
    Status,
    Text,
    Word,
    says,
)
from pulumi_alicloud_mediaconvert.expect.matcher_validation import (
    NOTES,
    Issue,
    Location,
    stated_keys,
)
from pulumi_alicloud_mediaconvert.expect.matchers import (
    Demand,
    OfKind,
    build,
)
from pulumi_alicloud_mediaconvert.expect.query_validation import check_query
from pulumi_alicloud_mediaconvert.input_names import OtherOutputs
from pulumi_alicloud_mediaconvert.spelling import Sentence, Value

AS_REQUESTED = "as-requested"


def _name(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        raise ValueError("must not be empty")
    return value.strip() if isinstance(value, str) else value


Name = Annotated[StrictStr, BeforeValidator(_name)]


class Selector(FileExpectation):
    """Selects outputs by their facts."""

    name: Text = says("Name, as `720P-ts` or `hls-group/720P-ts`.")
    group: Text = says("Name of its group.")
    type: Word = says("Type: `OSS` or `Media`.", "OSS", "Media")
    status: Status = says("Status; any by default.")

    @classmethod
    def issues_of(cls, stated: Mapping[Any, Any]) -> Iterator[Issue]:
        """Refuse what only an expectation has."""
        text = "is not allowed in where, which only selects"
        for key in sorted(stated_keys(stated) & NOTES):
            yield Issue((key,), text)
        for name, constraint in stated.items():
            keys = stated_keys(constraint) if isinstance(constraint, Mapping) else set()
            for key in sorted(keys & NOTES):
                yield Issue((name, key), text)
        if not stated_keys(stated):
            yield Issue((), "must select by at least one fact")


class OutputExpectation(EveryOutputExpectation):
    """What is demanded of one output, or of those that `where` selects."""

    name: Name | None = says(
        "The ungrouped output of that name, else the only grouped one; or `group/name`."
    )
    where: Selector | None = says(
        "Selects by facts instead; all that match must pass, and there must be one."
    )

    @classmethod
    def issues_of(cls, stated: Mapping[Any, Any]) -> Iterator[Issue]:
        """Refuse what selects no output, or in two ways."""
        ways = stated_keys(stated) & {"name", "where"}
        if len(ways) != 1:
            yield Issue((), "needs either name or where")


class GroupExpectation(Expectation):
    """What is demanded of one output group."""

    name: Name = Field(description="Name of the group.")
    type: Word = says("Type: `File`, `Hls` or `Dash`.", "File", "Hls", "Dash")
    status: Status = says('Status; `"Success"` by default.')
    output_count: Number = says("Number of its outputs.")
    outputs: list[OutputExpectation] | None = says(
        "Its outputs, each by its name within the group."
    )


class ConsistentExpectation(Expectation):
    """What the outputs must have in common."""

    duration_seconds: float = Field(
        description="Largest difference between their durations, in seconds."
    )

    @field_validator("duration_seconds", mode="before")
    @classmethod
    def _is_difference(cls, value: object) -> object:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not 0 <= value < float("inf"):  # type: ignore[operator]  # a number
            wanted = "must be a number of seconds from 0, got "
            raise ValueError(Sentence(wanted, Value(value)))
        return value


class Rule(Expectation):
    """A JMESPath query over the job's facts, and what it must give."""

    query: StrictStr = Field(
        max_length=2000,
        description="JMESPath over the facts of the job, whose names are in "
        "snake_case, and `raw`, the job as the API sent it.",
    )
    must_be: Annotated[Demand, OfKind(value_types.PLAIN)] = Field(
        default=True,
        description="What the query must give: a plain value or a matcher.",
    )

    @field_validator("must_be", mode="before")
    @classmethod
    def _is_stated(cls, constraint: object) -> object:
        if constraint is None:
            raise ValueError(
                "must be a plain value or a matcher; leave it out for true"
            )
        return constraint

    @field_validator("query")
    @classmethod
    def _is_query(cls, query: str) -> str:
        check_query(query)
        return query


class Expectations(Constraints):
    """What is demanded of a job beyond the success of all its parts."""

    every_output: EveryOutputExpectation | None = says(
        "Defaults for each output: an expectation below that names or selects an "
        "output and states the same key replaces that key for it."
    )
    outputs: list[OutputExpectation] | None = says(
        "Each must be met by the output it names."
    )
    output_groups: list[GroupExpectation] | None = says(
        "Each must be met by the group it names."
    )
    output_count: Number = says("Number of all outputs, grouped ones included.")
    other_outputs: OtherOutputs = Field(
        "allow", description="Outputs that no expectation names: `allow`, `forbid`."
    )
    consistent: ConsistentExpectation | None = says(
        "Largest differences among the outputs."
    )
    rules: list[Rule] | None = says("JMESPath queries, for what has no field.")
    as_requested: StrictBool = Field(
        default=False, description="Also demand what the job's own request states."
    )

    _stated: Any = PrivateAttr(default=None)

    @model_validator(mode="wrap")
    @classmethod
    def _remember(
        cls,
        value: Any,  # noqa: ANN401  # any input
        handler: ModelWrapValidatorHandler[Self],
    ) -> Self:
        read = {"as_requested": True} if value == AS_REQUESTED else value
        expectations = handler(read)
        expectations._stated = value  # noqa: SLF001  # its own
        return expectations

    @model_serializer(mode="plain")
    def _as_stated(self) -> Any:  # noqa: ANN401  # what the user wrote
        # What is stored is what was stated, so that a later version, which may know
        # more fields, sees no change.
        return self._stated

    @classmethod
    def issues_of(cls, stated: Mapping[Any, Any]) -> Iterator[Issue]:
        """Refuse what is named twice."""
        seen: set[str] = set()
        for location, name in _names(stated, ()):
            if name in seen:
                yield Issue(location, f"{name} is named twice")
            seen.add(name)


def _names(
    stated: Mapping[Any, Any], at: Location, group: str = ""
) -> Iterator[tuple[Location, str]]:
    """Yield every output and group that is named, whatever else is wrong."""
    for index, output in _entries(stated, "outputs"):
        name = group + _trimmed(output)
        yield (*at, "outputs", index, "name"), f'output "{name}"'
    for index, entry in _entries(stated, "output_groups"):
        where: Location = (*at, "output_groups", index)
        name = _trimmed(entry)
        yield (*where, "name"), f'group "{name}"'
        yield from _names({"outputs": entry.get("outputs")}, where, f"{name}/")


def _entries(
    stated: Mapping[Any, Any], key: str
) -> Iterator[tuple[int, Mapping[Any, Any]]]:
    entries = stated.get(key)
    for index, entry in enumerate(entries if isinstance(entries, list | tuple) else []):
        if isinstance(entry, Mapping) and isinstance(entry.get("name"), str):
            yield index, entry


def _trimmed(entry: Mapping[Any, Any]) -> str:
    return str(entry["name"]).strip()


@dataclass(frozen=True)
class WhenStated:
    """Annotates expectations that are built when the first ones are stated.

    Pydantic builds what a model holds together with it, which takes long here, and
    most gates state nothing.
    """

    def __get_pydantic_core_schema__(
        self, _source: type[Expectations], _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read what is stated as the model itself does."""
        return core_schema.no_info_plain_validator_function(_read)


def _read(stated: object) -> Expectations:
    build(Expectations)
    return Expectations.model_validate(stated)


StatedExpectations = Annotated[Expectations, WhenStated()]
