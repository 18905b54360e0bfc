"""Every form of a matcher: met, just met, just missed, missing, malformed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import OUTCOMES
from pulumi_alicloud_mediaconvert.expect import value_types
from pulumi_alicloud_mediaconvert.expect.expectations import Rule
from pulumi_alicloud_mediaconvert.expect.expected_media import VideoExpectation
from pulumi_alicloud_mediaconvert.expect.matcher_validation import FORMS
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher
from pulumi_alicloud_mediaconvert.verification.evaluation import (
    NOT_REPORTED,
    Fact,
    fact_of,
    judge,
)
from pulumi_alicloud_mediaconvert.verification.work_budget import MAX_TEXT


class Cases(NamedTuple):
    """Of one field: a constraint and what was sent, for each way that it may go.

    Attributes:
        met: with room to spare.
        just_met: by the last number, or in another spelling.
        just_missed: by the next number, or by the nearest other word.
        missing: the fact was not reported.
        malformed: what was reported cannot be read.
        refused: a constraint that is none.
    """

    met: tuple[object, Any]
    just_met: tuple[object, Any]
    just_missed: tuple[object, Any]
    missing: tuple[object, Any]
    malformed: tuple[object, Any]
    refused: object


def rows_of(table: Mapping[str, Cases]) -> list[tuple[str, str, object, Any]]:
    """List field, case, demand and what was sent."""
    return [
        (field, case, *getattr(cases, case))
        for field, cases in table.items()
        for case in OUTCOMES
    ]


def row_id(value: object) -> str:
    """Name a row by its field and case."""
    return value if isinstance(value, str) and value.isidentifier() else ""


ABSENT = Fact(is_absent=True)
UNKNOWN = Fact(is_known=False)

# Of a number and of text: what was seen, missing as `None`, malformed as a list.
NUMBER_FORMS = {
    "plain": Cases((5, 5), (5, 5.0), (5, 5.1), (5, None), (5, []), "5"),
    "list": Cases(([5, 6], 5), ([5, 6], 6), ([5, 6], 7), ([5], None), ([5], []), []),
    "min": Cases(
        ({"min": 5}, 9),
        ({"min": 5}, 5),
        ({"min": 5}, 4.999),
        ({"min": 5}, None),
        ({"min": 5}, []),
        {"min": "5"},
    ),
    "max": Cases(
        ({"max": 5}, 1),
        ({"max": 5}, 5),
        ({"max": 5}, 5.001),
        ({"max": 5}, None),
        ({"max": 5}, []),
        {"max": True},
    ),
    "both": Cases(
        ({"min": 5, "max": 7}, 6),
        ({"min": 5, "max": 5}, 5),
        ({"min": 5, "max": 7}, 7.001),
        ({"min": 5, "max": 7}, None),
        ({"min": 5, "max": 7}, []),
        {"min": 7, "max": 5},
    ),
    "tolerance": Cases(
        ({"near": 403, "tolerance": 0.5}, 403.2),
        ({"near": 403, "tolerance": 0.1}, 403.1),
        ({"near": 403, "tolerance": 0}, 402.999),
        ({"near": 403, "tolerance": 1}, None),
        ({"near": 403, "tolerance": 1}, []),
        {"near": 403, "tolerance": -1},
    ),
    "tolerance_percent": Cases(
        ({"near": 100, "tolerance_percent": 10}, 95),
        ({"near": -100, "tolerance_percent": 0.1}, -100.1),
        ({"near": 100, "tolerance_percent": 10}, 110.001),
        ({"near": 100, "tolerance_percent": 1}, None),
        ({"near": 100, "tolerance_percent": 1}, []),
        {"near": 100},
    ),
    "not": Cases(
        ({"not": 5}, 6),
        ({"not": {"max": 5}}, 5.001),
        ({"not": 5}, 5),
        ({"not": 5}, None),
        ({"not": 5}, []),
        {"not": {"not": "5"}},
    ),
    "any_of": Cases(
        ({"any_of": [1, {"min": 5}]}, 9),
        ({"any_of": [1, {"min": 5}]}, 1),
        ({"any_of": [1, {"min": 5}]}, 4),
        ({"any_of": [1, {"min": 5}]}, None),
        ({"any_of": [1, {"min": 5}]}, []),
        {"any_of": []},
    ),
    "nested": Cases(
        ({"not": {"any_of": [[1, 2], {"not": {"min": 5}}]}}, 6),
        ({"not": {"any_of": [[1, 2], {"not": {"min": 5}}]}}, 5),
        ({"not": {"any_of": [[1, 2], {"not": {"min": 5}}]}}, 4),
        ({"not": {"not": {"not": 5}}}, None),
        ({"any_of": [{"not": 5}, 5]}, []),
        {"any_of": [{"any_of": [{"not": []}]}]},
    ),
}
TEXT_FORMS = {
    "plain": Cases(
        ("high", "high"),
        ("HIGH ", "high"),
        ("high", "high 10"),
        ("high", None),
        ("high", []),
        1,
    ),
    "list": Cases(
        (["main", "high"], "main"),
        (["main", {"matches": "h.*"}], "high"),
        (["main", "high"], "baseline"),
        (["main", "high"], None),
        (["main", "high"], []),
        ["main", None],
    ),
    "matches": Cases(
        ({"matches": "yuv.*p"}, "yuv\n420p"),
        ({"matches": "yuv(420|422)p"}, "yuv422p"),
        ({"matches": "yuv420"}, "yuv420p"),
        ({"matches": ".*"}, None),
        ({"matches": ".*"}, []),
        {"matches": "("},
    ),
    "not": Cases(
        ({"not": "main"}, "high"),
        ({"not": {"matches": "yuv420"}}, "yuv420p"),
        ({"not": "main"}, "MAIN"),
        ({"not": "main"}, None),
        ({"not": {"matches": ".*"}}, []),
        {"not": {"min": 1}},
    ),
    "any_of": Cases(
        ({"any_of": ["main", "high"]}, "high"),
        ({"any_of": ["main", {"not": "main"}]}, "x"),
        ({"any_of": ["main", {"matches": "h"}]}, "high"),
        ({"any_of": ["main", {"not": "main"}]}, None),
        ({"any_of": ["main"]}, []),
        {"any_of": "main"},
    ),
}


def demanded(constraint, kind_name="width"):
    """Read a constraint as the models do."""
    field = "pix_fmt" if kind_name == "text" else "width"
    return getattr(VideoExpectation.model_validate({field: constraint}), field)


def test_every_form_has_its_cases():
    """A new form of a matcher needs cases of its own; `present` is told below."""
    keys = {key for form in FORMS for key in form} - {"near", "present"}

    assert keys <= NUMBER_FORMS.keys() | TEXT_FORMS.keys()


@pytest.mark.parametrize(
    ("form", "case", "constraint", "seen"), rows_of(NUMBER_FORMS), ids=row_id
)
def test_a_number_is_judged_by_every_form(form, case, constraint, seen):
    """Each form is met to its bound, missed beyond, inconclusive where unknown."""
    found = judge(demanded(constraint), fact_of(seen), value_types.NUMBER)

    assert found == OUTCOMES[case], form


@pytest.mark.parametrize(
    ("form", "case", "constraint", "seen"), rows_of(TEXT_FORMS), ids=row_id
)
def test_text_is_judged_by_every_form(form, case, constraint, seen):
    """Text has no order, but patterns; else its forms are those of numbers."""
    found = judge(demanded(constraint, "text"), fact_of(seen), value_types.WORD)

    assert found == OUTCOMES[case], form


@pytest.mark.parametrize(
    ("form", "kind_name"),
    [(form, "number") for form in NUMBER_FORMS]
    + [(form, "text") for form in TEXT_FORMS],
)
def test_a_constraint_that_is_none_is_refused(form, kind_name):
    """Each form refuses what it cannot be."""
    forms = TEXT_FORMS if kind_name == "text" else NUMBER_FORMS

    with pytest.raises(ValueError, match="VideoExpectation"):
        demanded(forms[form].refused, kind_name)


@pytest.mark.parametrize(
    ("fact", "there", "none"),
    [
        (Fact((5,)), "met", "missed"),
        (Fact(([],)), "missed", "met"),
        (NOT_REPORTED, "missed", "met"),
        (ABSENT, "missed", "met"),
        (UNKNOWN, "inconclusive", "inconclusive"),
    ],
    ids=["reported", "unreadable", "not reported", "absent", "not to be told"],
)
def test_presence_is_a_matter_of_the_report_alone(fact, there, none):
    """`present` asks whether the API reported a fact, whatever it says."""
    asked = demanded({"present": True}), demanded({"present": False})

    assert tuple(judge(one, fact, value_types.NUMBER) for one in asked) == (there, none)
    assert judge(demanded({"not": {"present": True}}), fact, value_types.NUMBER) == none


@pytest.mark.parametrize("form", NUMBER_FORMS)
def test_what_is_not_to_be_told_decides_nothing(form):
    """No form makes anything of a fact that cannot be known, nor does `not`."""
    constraint = NUMBER_FORMS[form].met[0]

    assert judge(demanded(constraint), UNKNOWN, value_types.NUMBER) == "inconclusive"


def test_what_is_certainly_absent_meets_nothing():
    """Where there is none for certain, a constraint is missed and its opposite met."""
    assert judge(demanded(5), ABSENT, value_types.NUMBER) == "missed"
    assert judge(demanded({"max": 5}), ABSENT, value_types.NUMBER) == "missed"
    assert judge(demanded({"not": 5}), ABSENT, value_types.NUMBER) == "met"


@pytest.mark.parametrize(
    ("constraint", "outcome"),
    [
        ("b", "met"),
        ({"not": "b"}, "missed"),
        ({"not": "c"}, "met"),
        ({"matches": "[bc]"}, "met"),
        ("c", "missed"),
    ],
    ids=repr,
)
def test_one_of_several_values_is_enough(constraint, outcome):
    """A fact of several names is met by any; the unreadable ones do not matter."""
    fact = Fact(("a", 1, "b"))

    assert judge(demanded(constraint, "text"), fact, value_types.WORD) == outcome


@pytest.mark.parametrize(
    ("constraint", "seen"),
    [
        ({"matches": ".*"}, 5),
        ({"matches": ".*"}, 2.5),
        ({"matches": ".*"}, True),
        ({"near": 1, "tolerance": 5}, "1"),
        ({"near": 1, "tolerance": 5}, True),
        ({"near": 1, "tolerance_percent": 5}, "high"),
        ({"min": 1}, "2"),
        ({"max": 1}, True),
    ],
    ids=repr,
)
def test_what_a_query_gives_is_not_turned_into_another_type(constraint, seen):
    """A number is no text and text no number: not even `not` decides anything."""
    for asked in (constraint, {"not": constraint}):
        must_be = Rule(query="state", must_be=asked).must_be
        assert judge(must_be, fact_of(seen), value_types.PLAIN) == "inconclusive"


@pytest.mark.parametrize(
    "constraint", [{"min": 1}, {"max": 1}, {"near": 1, "tolerance": 1}], ids=repr
)
def test_what_has_no_order_is_in_no_bounds(constraint):
    """Text is refused such a constraint before; where it gets one, nothing breaks."""
    matcher = Matcher.model_validate(constraint)

    assert judge(matcher, fact_of("1"), value_types.WORD) == "inconclusive"


@pytest.mark.parametrize(
    ("seen", "outcome"),
    [
        ("a" * MAX_TEXT, "met"),
        ("a" * (MAX_TEXT + 1), "inconclusive"),
        ("a\ud800", "inconclusive"),
    ],
    ids=["longest", "longer", "half a character"],
)
def test_a_pattern_is_tried_on_text_alone_that_can_be_tried(seen, outcome):
    """What is too long for anybody's text, or no text at all, decides nothing."""
    found = judge(demanded({"matches": "a.*"}, "text"), fact_of(seen), value_types.WORD)

    assert found == outcome


def test_bounds_hold_for_one_value_together():
    """Of two values none is within bounds though each is within one of them."""
    fact = Fact((1, 9))

    assert judge(demanded({"min": 4, "max": 6}), fact, value_types.NUMBER) == "missed"
    assert judge(demanded({"min": 4, "max": 9}), fact, value_types.NUMBER) == "met"


@given(
    near=st.decimals(-1000, 1000, places=3),
    tolerance=st.decimals(0, 10, places=3),
    seen=st.decimals(-1000, 1000, places=3),
)
def test_distances_are_those_of_decimals(near, tolerance, seen):
    """403.1 is 0.1 from 403, whatever binary floats make of it."""
    constraint = demanded({"near": float(near), "tolerance": float(tolerance)})

    found = judge(constraint, fact_of(float(seen)), value_types.NUMBER)

    assert (found == "met") is (abs(seen - near) <= tolerance)


@given(
    low=st.decimals(0, 9, places=1),
    high=st.decimals(0, 9, places=1),
    seen=st.floats(0, 9),
)
def test_bounds_are_inclusive(low, high, seen):
    """A number is within bounds from the lower one to the upper one."""
    low, high = sorted((low, high))
    constraint = demanded({"min": float(low), "max": float(high)})

    for value in (seen, float(low), float(high)):
        found = judge(constraint, fact_of(value), value_types.NUMBER)
        assert (found == "met") is (low <= Decimal(repr(value)) <= high)
