"""Find what is wrong with a constraint; pydantic checks its structure.

Reports all problems at once, each with its location, before anything is deployed.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import re2

from pulumi_alicloud_mediaconvert.expect.aliases import stated_levels
from pulumi_alicloud_mediaconvert.expect.value_parsers import OtherSpellingError
from pulumi_alicloud_mediaconvert.expect.value_types import LEVEL, PLAIN, ValueType
from pulumi_alicloud_mediaconvert.spelling import (
    Key,
    Sentence,
    Value,
    joined_sentence,
)
from pulumi_alicloud_mediaconvert.text import plain

MAX_PATTERN = 1000
# Memory for one regular expression; usual ones need a hundredth of it.
PATTERN_BYTES = 1 << 20
# Levels of nested constraints, as in `not`; a real one needs fewer than half.
DEEPEST = 40
FORMS = (
    ("min", "max"),
    ("near", "tolerance", "tolerance_percent"),
    ("not",),
    ("any_of",),
    ("matches",),
    ("present",),
)
FORM_TEXT = Sentence(
    "`min`/`max`, `near` with a tolerance, `not`, `",
    Key("any_of"),
    "`, `matches`, `present`",
)
Location = tuple[str | int, ...]


class Issue(NamedTuple):
    """One problem with a constraint, and its location.

    Attributes:
        location: within the constraint.
        text: a `Sentence` if it has names of inputs or values.
    """

    location: Location
    text: str


def issues_of_constraint(
    constraint: object, kind: ValueType, at: Location
) -> Iterator[Issue]:
    """Say what is wrong with a constraint, apart from its structure."""
    if len(at) > DEEPEST:
        yield Issue(at, "is nested too deeply")
    elif isinstance(constraint, Mapping):
        yield from _wrong_forms(constraint, kind, at)
    elif isinstance(constraint, list | tuple):
        for index, entry in enumerate(constraint):
            yield from _wrong_part(entry, kind, (*at, index))
    elif not kind.takes_plain and not _reading_fails(constraint, kind):
        yield Issue(
            at, "use near, min or max: two encodes never agree to the last digit"
        )
    else:
        yield from _wrong_value(constraint, kind, at)


def _wrong_part(constraint: object, kind: ValueType, at: Location) -> Iterator[Issue]:
    yield from issues_of_constraint(constraint, kind, at)
    if isinstance(constraint, Mapping):
        for key in sorted(stated_keys(constraint) & NOTES):
            yield Issue((*at, key), "is only allowed in the outermost matcher")


def _reading_fails(value: object, kind: ValueType) -> bool:
    return any(True for _ in _wrong_value(value, kind, ()))


def _wrong_value(value: object, kind: ValueType, at: Location) -> Iterator[Issue]:
    try:
        kind.read(value)
    except OtherSpellingError as error:
        yield Issue(at, Sentence(error.text, ", got ", Value(value)))
    except (ArithmeticError, TypeError, ValueError):
        yield Issue(at, Sentence(f"must be {kind.wanted}, got ", Value(value)))


def _wrong_forms(
    matcher: Mapping[Any, Any], kind: ValueType, at: Location
) -> Iterator[Issue]:
    stated = stated_keys(matcher)
    forms = [form for form in FORMS if stated & set(form)]
    if len(forms) != 1:
        # Pydantic reports an unknown key; it may be the form that is missing.
        if forms or stated <= NOTES:
            seen = _listed(sorted(stated - NOTES))
            yield Issue(
                at, Sentence("needs exactly one of ", FORM_TEXT, "; got ", seen)
            )
    elif forms[0] in FORMS[:2] and kind.scale is None:
        yield Issue(at, f"{kind.wanted} has no order: min, max and near need numbers")
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
    matcher: Mapping[Any, Any], kind: ValueType, at: Location
) -> Iterator[Issue]:
    given = {key: matcher[key] for key in FORMS[0] if matcher.get(key) is not None}
    issues = [
        wrong
        for key, bound in given.items()
        for wrong in _wrong_number(bound, kind, (*at, key))
    ]
    yield from issues
    if not issues and len(given) > 1:
        low, high = given["min"], given["max"]
        # A level has several spellings, and the codec is not known here.
        pairs = zip(_ordinals(low, kind), _ordinals(high, kind), strict=True)
        if all(one > other for one, other in pairs):
            yield Issue(
                at,
                Sentence(
                    "min must not exceed max (", Value(low), " and ", Value(high), ")"
                ),
            )


def _ordinals(bound: object, kind: ValueType) -> list[Any]:
    """Read a bound as a number, in each way that it may be meant."""
    read = kind.read(bound)
    return stated_levels(read) if kind is LEVEL else [read]


def _wrong_nearness(
    matcher: Mapping[Any, Any], kind: ValueType, at: Location
) -> Iterator[Issue]:
    near, *keys = FORMS[1]
    given = {key: matcher[key] for key in keys if matcher.get(key) is not None}
    if matcher.get(near) is None or len(given) != 1:
        either = Sentence(
            "needs `near` and one of `tolerance`, `", Key("tolerance_percent"), "`"
        )
        yield Issue(at, either)
    if matcher.get(near) is not None:
        yield from _wrong_number(matcher[near], kind, (*at, near))
    for key, value in given.items():
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not 0 <= value < float("inf"):
            yield Issue(
                (*at, key), Sentence("must be a number, 0 or more, got ", Value(value))
            )


def _wrong_number(value: object, kind: ValueType, at: Location) -> Iterator[Issue]:
    issues = list(_wrong_value(value, kind, at))
    # A query may give any plain value, but only numbers have an order.
    if not issues and kind is PLAIN and kind.read(value)[0] != "number":
        issues = [Issue(at, Sentence("must be a number, got ", Value(value)))]
    yield from issues


def _wrong_pattern(pattern: object, kind: ValueType, at: Location) -> Iterator[Issue]:
    if not kind.takes_pattern:
        yield Issue(at, f"only works for text; this is {kind.wanted}")
    elif isinstance(pattern, str):
        try:
            compiled(pattern)
        except re2.error as error:
            reason = error.args[0] if error.args else ""
            said = reason.decode() if isinstance(reason, bytes) else str(reason)
            text = f"is not a regular expression of RE2: {plain(said)}"
            yield Issue(at, text)


def _listed(keys: list[str]) -> Sentence:
    """List keys in the spelling of the program, if they are keys of a matcher."""
    known = {key for form in FORMS for key in form}
    parts = [Key(key) if key in known else key for key in keys]
    return joined_sentence(parts or ["none"], last=", ")


NOTES = frozenset({"message", "enforcement_level"})


def stated_keys(matcher: Mapping[Any, Any]) -> set[str]:
    """Return the keys that a mapping sets; null does not set a key."""
    return {str(key) for key, value in matcher.items() if value is not None}


@functools.lru_cache(maxsize=256)
def compiled(pattern: str) -> Any:  # noqa: ANN401  # RE2's type is not public
    """Compile a regular expression of RE2, which always takes linear time.

    Raises:
        re2.error: it is not a regular expression, or needs too much memory.

    Source: https://github.com/google/re2/wiki/Syntax.
    """
    options = re2.Options()
    options.log_errors = False
    options.max_mem = PATTERN_BYTES
    options.dot_nl = True
    return re2.compile(pattern, options)
