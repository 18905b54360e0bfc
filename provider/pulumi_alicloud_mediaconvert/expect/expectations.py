"""What a user expects of a job: strict, frozen, plain data in and out.

These models are the one source of the language: its JSON Schema, the pages of the
reference and the messages about refused values follow from them.
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
    Constraint,
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

    name: Text = says("Name, such as `720P-ts` or `hls-group/720P-ts`.")
    group: Text = says("Name of the output's group.")
    type: Word = says("Type: `OSS` or `Media`.", "OSS", "Media")
    status: Status = says("Status. By default, every status matches.")

    @classmethod
    def issues_of(cls, stated: Mapping[Any, Any]) -> Iterator[Issue]:
        """Refuse the keys that only an expectation has."""
        text = "is not allowed in `where`, which only selects outputs"
        for key in sorted(stated_keys(stated) & NOTES):
            yield Issue((key,), text)
        for name, constraint in stated.items():
            keys = stated_keys(constraint) if isinstance(constraint, Mapping) else set()
            for key in sorted(keys & NOTES):
                yield Issue((name, key), text)
        if not stated_keys(stated):
            yield Issue((), "needs at least one fact to select by")


class OutputExpectation(EveryOutputExpectation):
    """Expectations for one output, or for the outputs that `where` selects."""

    name: Name | None = says(
        "Name of the output: the ungrouped output with this name, or else the only "
        "grouped one. Use `group/name` for an output in a group."
    )
    where: Selector | None = says(
        "Selects outputs by their facts instead of by name. At least one output must "
        "match, and all that match must pass."
    )

    @classmethod
    def issues_of(cls, stated: Mapping[Any, Any]) -> Iterator[Issue]:
        """Refuse an expectation that selects no output, or in two ways."""
        ways = stated_keys(stated) & {"name", "where"}
        if len(ways) != 1:
            yield Issue((), "needs either `name` or `where`, not both")


class GroupExpectation(Expectation):
    """Expectations for one output group."""

    name: Name = Field(description="Name of the group.")
    type: Word = says("Type: `File`, `Hls` or `Dash`.", "File", "Hls", "Dash")
    status: Status = says('Status; `"Success"` by default.')
    output_count: Number = says("Number of outputs in the group.")
    outputs: list[OutputExpectation] | None = says(
        "Expectations for the outputs of the group; names are those within the group."
    )


class ConsistentExpectation(Expectation):
    """Largest allowed differences between the outputs."""

    duration_seconds: float = Field(
        description="Largest allowed difference between the durations of the outputs, "
        "in seconds."
    )

    @field_validator("duration_seconds", mode="before")
    @classmethod
    def _is_difference(cls, value: object) -> object:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not 0 <= value < float("inf"):  # type: ignore[operator]  # a number
            wanted = "must be a number of seconds, 0 or more, got "
            raise ValueError(Sentence(wanted, Value(value)))
        return value


class Rule(Expectation):
    """A JMESPath query over the facts of a job, and the result that it must return."""

    query: StrictStr = Field(
        max_length=2000,
        description="JMESPath query over the facts of the job, with names in "
        "snake_case. `raw` is the job as the API sent it.",
    )
    must_be: Annotated[Constraint, OfKind(value_types.PLAIN)] = Field(
        default=True,
        description="The result that the query must return: a plain value or a "
        "matcher.",
    )

    @field_validator("must_be", mode="before")
    @classmethod
    def _is_stated(cls, constraint: object) -> object:
        if constraint is None:
            raise ValueError(
                "must be a plain value or a matcher; omit it to expect true"
            )
        return constraint

    @field_validator("query")
    @classmethod
    def _is_query(cls, query: str) -> str:
        check_query(query)
        return query


class Expectations(Constraints):
    """Expectations for a job, besides the success of all its parts."""

    every_output: EveryOutputExpectation | None = says(
        "Defaults for every output, key by key. An expectation that names or selects "
        "an output and sets the same key replaces that key for this output."
    )
    outputs: list[OutputExpectation] | None = says(
        "Expectations for single outputs, by name or by facts."
    )
    output_groups: list[GroupExpectation] | None = says(
        "Expectations for output groups, by name."
    )
    output_count: Number = says("Total number of outputs, including those in groups.")
    other_outputs: OtherOutputs = Field(
        "allow",
        description="Outputs that neither `outputs` nor `output_groups` covers: "
        "`allow` or `forbid` them.",
    )
    consistent: ConsistentExpectation | None = says(
        "Largest allowed differences between the outputs."
    )
    rules: list[Rule] | None = says("JMESPath queries, for facts that have no key.")
    as_requested: StrictBool = Field(
        default=False,
        description="Whether to check the job against its own request, too.",
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
        # The state keeps the value as written, so that a later version with more
        # fields sees no change.
        return self._stated

    @classmethod
    def issues_of(cls, stated: Mapping[Any, Any]) -> Iterator[Issue]:
        """Refuse a name that appears twice."""
        seen: set[str] = set()
        for location, name in _names(stated, ()):
            if name in seen:
                yield Issue(location, f"{name} appears twice")
            seen.add(name)


def _names(
    stated: Mapping[Any, Any], at: Location, group: str = ""
) -> Iterator[tuple[Location, str]]:
    """Yield every named output and group, also if other things are wrong."""
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
    """Annotates expectations to build their model only when it is first used.

    Pydantic builds a model together with the models of its fields. This takes long
    here, and most gates have no expectations.
    """

    def __get_pydantic_core_schema__(
        self, _source: type[Expectations], _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read a value as the model itself does."""
        return core_schema.no_info_plain_validator_function(_read)


def _read(stated: object) -> Expectations:
    build(Expectations)
    return Expectations.model_validate(stated)


StatedExpectations = Annotated[Expectations, WhenStated()]
