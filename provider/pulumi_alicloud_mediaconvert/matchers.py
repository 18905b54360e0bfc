"""Matchers: what may be demanded of one fact.

A demand is a plain value, a list of which any will do, or a `Matcher`. What is said
here is refused or taken before anything is deployed; `judging` applies it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NamedTuple

import re2
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

from pulumi_alicloud_mediaconvert.kinds import PLAIN, Kind
from pulumi_alicloud_mediaconvert.quoting import plain, shown

EnforcementLevel = Literal["mandatory", "advisory"]
# Begins the tags that pydantic puts into the path of an error; nobody's key does.
TAG = "·"
# In a JSON Schema that is not finished yet: here a demand of that kind goes.
KIND_MARK = "·kind"
LONGEST_PATTERN = 1000
# Of a regular expression's memory; what a person writes needs a hundredth of it.
PATTERN_BYTES = 1 << 20
# A demand within a demand, as in `not`; nobody needs half of it.
DEEPEST = 40


class Strict(BaseModel):
    """Base of what a user demands: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False)


def _form(value: object) -> str:
    if isinstance(value, Mapping | Matcher):
        return TAG + "matcher"
    return TAG + ("list" if isinstance(value, list | tuple) else "value")


class Matcher(Strict):
    """One demand on one fact, in exactly one of its forms."""

    min: Any = Field(None, description="At least this.")
    max: Any = Field(None, description="At most this.")
    near: Any = Field(None, description="This, within a tolerance.")
    tolerance: Any = Field(None, description="Largest distance from `near`.")
    tolerance_percent: Any = Field(
        None, description="Largest distance from `near`, in percent of it."
    )
    not_: Demand | None = Field(
        None, alias="not", description="Anything but what this matches."
    )
    any_of: list[Demand] | None = Field(
        None, min_length=1, description="What at least one of these matches."
    )
    matches: StrictStr | None = Field(
        None,
        max_length=LONGEST_PATTERN,
        description="A regular expression (RE2) for the whole text.",
    )
    present: StrictBool | None = Field(
        None, description="Whether the API reports the fact at all."
    )
    message: StrictStr | None = Field(None, description="Shown with the mismatch.")
    enforcement_level: EnforcementLevel | None = Field(
        None, description="`advisory`: its miss does not count for the verdict."
    )


Entry = Annotated[
    Annotated[Any, Tag(TAG + "value")] | Annotated[Matcher, Tag(TAG + "matcher")],
    Discriminator(_form),
]
Demand = Annotated[
    Annotated[Any, Tag(TAG + "value")]
    | Annotated[list[Entry], Field(min_length=1), Tag(TAG + "list")]
    | Annotated[Matcher, Tag(TAG + "matcher")],
    Discriminator(_form),
]
Matcher.model_rebuild()

FORMS = (
    ("min", "max"),
    ("near", "tolerance", "tolerance_percent"),
    ("not",),
    ("any_of",),
    ("matches",),
    ("present",),
)
FORM_TEXT = "min and max, near and tolerance, not, any_of, matches, present"


Location = tuple[str | int, ...]


class Wrong(NamedTuple):
    """One thing that is wrong with a demand, and where in it."""

    location: Location
    text: str


@dataclass(frozen=True)
class OfKind:
    """Annotates a demand with the kind of its fact, and checks it against that."""

    kind: Kind

    def __get_pydantic_core_schema__(
        self,
        source: type[Any],
        handler: GetCoreSchemaHandler,
    ) -> CoreSchema:
        """Check the values beside the structure, which pydantic checks."""
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
    ) -> Any:  # noqa: ANN401  # any demand
        wrongs = () if value is None else _wrongs(value, self.kind, ())
        return all_at_once(handler, value, wrongs)


def all_at_once(
    handler: Callable[[Any], Any], value: object, wrongs: Iterable[Wrong]
) -> Any:  # noqa: ANN401  # what the handler makes
    """Validate a value, and refuse it for all that is wrong with it in one go.

    Args:
        handler: of pydantic.
        value: as stated.
        wrongs: what is wrong beyond what the handler sees.

    Raises:
        ValidationError: with everything that the handler and `wrongs` found.
    """
    details: list[InitErrorDetails] = []
    made: Any = None
    try:
        made = handler(value)
    except ValidationError as error:
        details += [_repeated(detail) for detail in error.errors(include_url=False)]
    details += [
        InitErrorDetails(
            type=PydanticCustomError("demand", "{text}", {"text": wrong.text}),
            loc=wrong.location,
            input=None,
        )
        for wrong in wrongs
    ]
    if details:
        raise ValidationError.from_exception_data("expectation", details)
    return made


def _repeated(detail: ErrorDetails) -> InitErrorDetails:
    context = {**detail.get("ctx", {}), "text": detail["msg"]}
    return InitErrorDetails(
        type=PydanticCustomError(detail["type"], "{text}", context),
        loc=detail["loc"],
        input=detail["input"],
    )


def _wrongs(demand: object, kind: Kind, at: Location) -> Iterator[Wrong]:
    """Say what is wrong with a demand as stated, its structure aside."""
    if len(at) > DEEPEST:
        yield Wrong(at, "is nested too deeply")
    elif isinstance(demand, Mapping):
        yield from _wrong_forms(demand, kind, at)
    elif isinstance(demand, list | tuple):
        for index, entry in enumerate(demand):
            yield from _wrong_part(entry, kind, (*at, index))
    elif not kind.takes_plain and not _reading_fails(demand, kind):
        yield Wrong(at, "use near, min or max: no two encodes agree to the last digit")
    else:
        yield from _wrong_value(demand, kind, at)


def _wrong_part(demand: object, kind: Kind, at: Location) -> Iterator[Wrong]:
    yield from _wrongs(demand, kind, at)
    if isinstance(demand, Mapping):
        for key in sorted(stated_keys(demand) & NOTES):
            yield Wrong((*at, key), "belongs to the outermost matcher")


def _reading_fails(value: object, kind: Kind) -> bool:
    return any(True for _ in _wrong_value(value, kind, ()))


def _wrong_value(value: object, kind: Kind, at: Location) -> Iterator[Wrong]:
    try:
        kind.read(value)
    except (ArithmeticError, TypeError, ValueError) as error:
        said = str(error)
        reads_as = said if said.startswith('"') else f"must be {kind.wanted}"
        yield Wrong(at, f"{reads_as}, got {shown(value)}")


def _wrong_forms(
    matcher: Mapping[Any, Any], kind: Kind, at: Location
) -> Iterator[Wrong]:
    stated = stated_keys(matcher)
    forms = [form for form in FORMS if stated & set(form)]
    if len(forms) != 1:
        # An unknown key is told by pydantic; it may be the form that is missing.
        if forms or stated <= NOTES:
            seen = ", ".join(sorted(stated - NOTES)) or "none"
            yield Wrong(at, f"needs exactly one of {FORM_TEXT}; got {seen}")
    elif forms[0] in FORMS[:2] and kind.scale is None:
        yield Wrong(at, f"{kind.wanted} has no order: min, max and near need numbers")
    elif forms[0] == FORMS[0]:
        yield from _wrong_bounds(matcher, kind, at)
    elif forms[0] == FORMS[1]:
        yield from _wrong_nearness(matcher, kind, at)
    elif "matches" in stated:
        yield from _wrong_pattern(matcher["matches"], kind, (*at, "matches"))
    elif "not" in stated:
        yield from _wrong_part(matcher["not"], kind, (*at, "not"))
    elif isinstance(alternatives := matcher.get("any_of"), list | tuple):
        for index, entry in enumerate(alternatives):
            yield from _wrong_part(entry, kind, (*at, "any_of", index))


def _wrong_bounds(
    matcher: Mapping[Any, Any], kind: Kind, at: Location
) -> Iterator[Wrong]:
    given = {key: matcher[key] for key in FORMS[0] if matcher.get(key) is not None}
    wrongs = [
        wrong
        for key, bound in given.items()
        for wrong in _wrong_number(bound, kind, (*at, key))
    ]
    yield from wrongs
    if not wrongs and len(given) > 1:
        low, high = given["min"], given["max"]
        if kind.read(low) > kind.read(high):
            yield Wrong(at, f"min must not exceed max ({shown(low)} and {shown(high)})")


def _wrong_nearness(
    matcher: Mapping[Any, Any], kind: Kind, at: Location
) -> Iterator[Wrong]:
    near, *keys = FORMS[1]
    given = {key: matcher[key] for key in keys if matcher.get(key) is not None}
    if matcher.get(near) is None or len(given) != 1:
        yield Wrong(at, "needs near with either tolerance or tolerance_percent")
    if matcher.get(near) is not None:
        yield from _wrong_number(matcher[near], kind, (*at, near))
    for key, value in given.items():
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not 0 <= value < float("inf"):
            yield Wrong((*at, key), f"must be a number from 0, got {shown(value)}")


def _wrong_number(value: object, kind: Kind, at: Location) -> Iterator[Wrong]:
    wrongs = list(_wrong_value(value, kind, at))
    # Of the plain values that a query may give, only numbers have an order.
    if not wrongs and kind is PLAIN and kind.read(value)[0] != "number":
        wrongs = [Wrong(at, f"must be a number, got {shown(value)}")]
    yield from wrongs


def _wrong_pattern(pattern: object, kind: Kind, at: Location) -> Iterator[Wrong]:
    if not kind.takes_pattern:
        yield Wrong(at, f"needs text, but this is {kind.wanted}")
    elif isinstance(pattern, str):
        try:
            compiled(pattern)
        except re2.error as error:
            reason = error.args[0] if error.args else ""
            said = reason.decode() if isinstance(reason, bytes) else str(reason)
            text = f"is no regular expression that RE2 takes: {plain(said)}"
            yield Wrong(at, text)


NOTES = frozenset({"message", "enforcement_level"})


def stated_keys(matcher: Mapping[Any, Any]) -> set[str]:
    """Name the keys that a matcher states; a null states nothing."""
    return {str(key) for key, value in matcher.items() if value is not None}


@functools.lru_cache(maxsize=256)
def compiled(pattern: str) -> Any:  # noqa: ANN401  # RE2's type is not public
    """Compile a regular expression that takes linear time, whatever it is.

    Raises:
        re2.error: it is none, or needs too much memory.

    Source: https://github.com/google/re2/wiki/Syntax.
    """
    options = re2.Options()
    options.log_errors = False
    options.max_mem = PATTERN_BYTES
    options.dot_nl = True
    return re2.compile(pattern, options)
