"""Constraints and facts in words: `at most 3000`, `h264 or hevc`, `403 ± 0.5`. Pure."""

from __future__ import annotations

import math
import reprlib
from collections.abc import Sequence
from fractions import Fraction

from pulumi_alicloud_mediaconvert.expect.expectations import Selector
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher
from pulumi_alicloud_mediaconvert.expect.value_parsers import exact
from pulumi_alicloud_mediaconvert.spelling import PYTHON, Spelling
from pulumi_alicloud_mediaconvert.text import plain, quoted
from pulumi_alicloud_mediaconvert.verification.evaluation import Fact
from pulumi_alicloud_mediaconvert.verification.findings import Phrase

MAX_VALUE = 80
MAX_CONSTRAINT = 200
MAX_SELECTOR = 200
# What is beyond would be cut off in any case.
MAX_ALTERNATIVES = 100
TWO = 2


class _Shortened(reprlib.Repr):
    """Writes less of a list that a query gives many times over."""

    def repr_str(self, x: str, level: int) -> str:  # noqa: ARG002  # as the base has it
        """Cut a text at its end alone, where a secret that is cut is known again."""
        return repr(plain(x, longest=MAX_VALUE))


SHORTENED = _Shortened()
SHORTENED.maxlist = SHORTENED.maxdict = MAX_VALUE


def shown_fact(fact: Fact) -> str:
    """Show what was seen."""
    return shown_value(fact.values[0]) if fact.values else fact.reason or "not reported"


def shown_value(value: object) -> str:
    """Show one value in short: numbers without a needless `.0`, text as it is."""
    if isinstance(value, Phrase):
        return value
    if isinstance(value, bool):
        text = str(value).lower()
    elif isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        text = f"{exact(round(value, 6) if isinstance(value, float) else value):f}"
    elif isinstance(value, Fraction):
        text = f"{value.numerator}:{value.denominator}"
    else:
        text = SHORTENED.repr(value) if isinstance(value, list | dict) else str(value)
    return plain(text, longest=MAX_VALUE) or '""'


def described(constraint: object) -> str:
    """Describe a constraint: `at most 3000`, `h264 or hevc`, `403 ± 0.5`."""
    return plain(_described(constraint), longest=MAX_CONSTRAINT)


def _described(constraint: object) -> str:
    if isinstance(constraint, Matcher):
        return _described_matcher(constraint)
    if isinstance(constraint, list | tuple):
        return _alternatives(constraint)
    return shown_value(constraint)


def _described_matcher(matcher: Matcher) -> str:
    if matcher.not_ is not None:
        text = _described_refusal(matcher.not_)
    elif matcher.any_of is not None:
        text = _alternatives(matcher.any_of)
    elif matcher.matches is not None:
        text = f"text matching {quoted(matcher.matches, longest=MAX_VALUE)}"
    elif matcher.present is not None:
        text = "any value" if matcher.present else "no value"
    else:
        text = _described_numbers(matcher)
    return text


def _described_numbers(matcher: Matcher) -> str:
    low, high = shown_value(matcher.min), shown_value(matcher.max)
    if matcher.near is not None:
        by = shown_value(matcher.tolerance)
        if matcher.tolerance is None:
            by = f"{shown_value(matcher.tolerance_percent)} %"
        return f"{shown_value(matcher.near)} ± {by}"
    if matcher.min is not None and matcher.max is not None:
        return f"between {low} and {high}"
    return f"at most {high}" if matcher.min is None else f"at least {low}"


def _alternatives(constraints: Sequence[object]) -> str:
    return " or ".join(
        _nested(constraint) for constraint in constraints[:MAX_ALTERNATIVES]
    )


def _described_refusal(refused: object) -> str:
    several = _entries(refused)
    if len(several) < TWO:
        return f"not {_nested(several[0] if several else refused)}"
    return f"neither {' nor '.join(map(_nested, several[:MAX_ALTERNATIVES]))}"


def _entries(constraint: object) -> Sequence[object]:
    """Return the alternatives that a constraint consists of, if it is made of some."""
    if isinstance(constraint, Matcher):
        return constraint.any_of or ()
    return constraint if isinstance(constraint, list | tuple) else ()


def _nested(constraint: object) -> str:
    """Describe a constraint in another one: in brackets where words of both join."""
    is_joined = len(_entries(constraint)) >= TWO or (
        isinstance(constraint, Matcher) and constraint.not_ is not None
    )
    return f"({_described(constraint)})" if is_joined else _described(constraint)


def described_selector(where: Selector, spelling: Spelling = PYTHON) -> str:
    """Say what `where` selects by."""
    words = (
        f"{spelling.key(name)} is {described(one)}"
        for name, one, _ in where.constraints
    )
    return plain(", ".join(words), longest=MAX_SELECTOR)
