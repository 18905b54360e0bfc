"""Matchers: what may be expected of one fact.

A constraint is a plain value, a list of alternatives, or a `Matcher`. It is accepted
or refused before anything is deployed.

A new matcher also has a place in `matcher_validation` (what is refused),
`verification/evaluation` (what it means) and `verification/constraint_words` (how it
reads); then `scripts/generate`. Its rows go into `tests/conformance`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StrictBool,
    StrictStr,
    Tag,
    ValidationError,
)
from pydantic_core import (
    CoreSchema,
    ErrorDetails,
    InitErrorDetails,
    PydanticCustomError,
    core_schema,
)

from pulumi_alicloud_mediaconvert.expect.matcher_validation import (
    MAX_PATTERN,
    Issue,
    issues_of_constraint,
)
from pulumi_alicloud_mediaconvert.expect.value_types import ValueType
from pulumi_alicloud_mediaconvert.input_names import ExpectationLevel

# Begins the tags that pydantic puts into the path of an error; no key begins so.
TAG = "·"
# In a JSON Schema that is not finished yet: here a constraint of that kind goes.
KIND_MARK = "·kind"


class Strict(BaseModel):
    """Base of what a user expects: frozen, unknown keys refused."""

    # See `WhenStated`.
    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=False, defer_build=True
    )


# The engine's threads check side by side, and an older pydantic builds without a lock.
_BUILDING = threading.Lock()


def build(model: type[BaseModel]) -> None:
    """Build a model if that was deferred and has not been done yet."""
    with _BUILDING:
        model.model_rebuild()


def _form(value: object) -> str:
    if isinstance(value, Mapping | Matcher):
        return TAG + "matcher"
    return TAG + ("list" if isinstance(value, list | tuple) else "value")


class Matcher(Strict):
    """A matcher for one fact. Use exactly one of its forms."""

    min: Any = Field(None, description="At least this.")
    max: Any = Field(None, description="At most this.")
    near: Any = Field(None, description="About this value, within a tolerance.")
    tolerance: Any = Field(None, description="Largest allowed difference from `near`.")
    tolerance_percent: Any = Field(
        None,
        description="Largest allowed difference from `near`, in percent of `near`.",
    )
    not_: Constraint | None = Field(
        None,
        alias="not",
        description="Matches everything that this value or matcher does not match.",
    )
    any_of: list[Constraint] | None = Field(
        None, min_length=1, description="Matches if at least one of these matches."
    )
    matches: StrictStr | None = Field(
        None,
        max_length=MAX_PATTERN,
        description="A regular expression (RE2) that must match the whole text.",
    )
    present: StrictBool | None = Field(
        None,
        description="Whether the API must report the fact (true) or must not (false).",
    )
    message: StrictStr | None = Field(
        None, description="Text to show with the mismatch."
    )
    enforcement_level: ExpectationLevel | None = Field(
        None,
        description="With `advisory`, a mismatch does not count for the verdict.",
    )


Entry = Annotated[
    Annotated[Any, Tag(TAG + "value")] | Annotated[Matcher, Tag(TAG + "matcher")],
    Discriminator(_form),
]
Constraint = Annotated[
    Annotated[Any, Tag(TAG + "value")]
    | Annotated[list[Entry], Field(min_length=1), Tag(TAG + "list")]
    | Annotated[Matcher, Tag(TAG + "matcher")],
    Discriminator(_form),
]


@dataclass(frozen=True)
class OfKind:
    """Annotates a constraint with the kind of its fact, and checks it against that."""

    kind: ValueType

    def __get_pydantic_core_schema__(
        self,
        source: type[Any],
        handler: GetCoreSchemaHandler,
    ) -> CoreSchema:
        """Check the values; pydantic checks the structure."""
        return core_schema.no_info_wrap_validator_function(
            self._checked, handler(source)
        )

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Name the kind; `expectation_schema` puts its definition there."""
        return {KIND_MARK: self.kind.name}

    def _checked(
        self, value: object, handler: core_schema.ValidatorFunctionWrapHandler
    ) -> Any:  # noqa: ANN401  # any constraint
        issues = () if value is None else issues_of_constraint(value, self.kind, ())
        return all_at_once(handler, value, issues)


def all_at_once(
    handler: Callable[[Any], Any], value: object, issues: Iterable[Issue]
) -> Any:  # noqa: ANN401  # what the handler makes
    """Validate a value, and report all problems together.

    Args:
        handler: of pydantic.
        value: as the user wrote it.
        issues: problems that the handler does not see.

    Raises:
        ValidationError: with everything that the handler and `issues` found.
    """
    details: list[InitErrorDetails] = []
    made: Any = None
    try:
        made = handler(value)
    except ValidationError as error:
        details += [_repeated(detail) for detail in error.errors(include_url=False)]
    details += [
        InitErrorDetails(
            type=PydanticCustomError("constraint", "{text}", {"text": wrong.text}),
            loc=wrong.location,
            input=None,
        )
        for wrong in issues
    ]
    if details:
        raise ValidationError.from_exception_data("expectation", details)
    return made


def _repeated(detail: ErrorDetails) -> InitErrorDetails:
    # The context has more than the message: a sentence has its names as data.
    context = {"text": detail["msg"], **detail.get("ctx", {})}
    return InitErrorDetails(
        type=PydanticCustomError(detail["type"], "{text}", context),
        loc=detail["loc"],
        input=detail["input"],
    )
