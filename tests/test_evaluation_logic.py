"""The logic of three values, against a small model of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.expect import value_types
from pulumi_alicloud_mediaconvert.expect.expected_media import VideoExpectation
from pulumi_alicloud_mediaconvert.verification.evaluation import (
    NOT_REPORTED,
    Fact,
    all_met,
    any_met,
    fact_of,
    judge,
)

UNKNOWN = Fact(is_known=False)
# Kleene's logic as numbers: false, unknown, true.
FALSE, MAYBE, TRUE = 0, 1, 2
TRUTHS = {"missed": FALSE, "inconclusive": MAYBE, "met": TRUE}
constraints = st.recursive(
    st.integers(1, 3) | st.booleans().map(lambda there: {"present": there}),
    lambda inner: (
        st.lists(inner.filter(lambda one: not isinstance(one, list)), min_size=1)
        | inner.map(lambda one: {"not": one})
        | st.lists(inner, min_size=1).map(lambda some: {"any_of": some})
    ),
    max_leaves=8,
)
facts = st.sampled_from(
    [*(fact_of(number) for number in (1, 2, 3)), NOT_REPORTED, UNKNOWN]
)


def truth_of(constraint, fact):
    """Evaluate a constraint by the model of the logic."""
    if not fact.is_known:
        return MAYBE
    if isinstance(constraint, list):
        return max(truth_of(one, fact) for one in constraint)
    if not isinstance(constraint, dict):
        return TRUE * (fact.values == (constraint,)) if fact.values else MAYBE
    [(form, inner)] = constraint.items()
    if form == "present":
        return TRUE * (inner == bool(fact.values))
    return TRUE - truth_of(inner, fact) if form == "not" else truth_of(inner, fact)


def judged(constraint, fact):
    """Judge a constraint as the product does."""
    read = VideoExpectation.model_validate({"width": constraint}).width
    return TRUTHS[judge(read, fact, value_types.NUMBER)]


@given(constraints, facts)
def test_not_and_any_of_obey_logic(constraint, fact):
    """Whatever is nested: the outcome is that of Kleene's three values."""
    assert judged(constraint, fact) == truth_of(constraint, fact)


@given(constraints, constraints, facts)
def test_laws_of_logic_hold(one, other, fact):
    """Not not a is a; not (a or b) is not a and not b; order does not matter."""
    either = judged({"any_of": [one, other]}, fact)

    assert judged({"not": {"not": one}}, fact) == judged(one, fact)
    assert judged({"any_of": [other, one]}, fact) == either
    neither = [judged({"not": each}, fact) for each in (one, other)]
    assert judged({"not": {"any_of": [one, other]}}, fact) == min(neither)


@given(st.lists(st.sampled_from(sorted(TRUTHS))))
def test_outcomes_join_as_least_and_greatest(outcomes):
    """Or is the greatest, and is the least; of none they are missed and met."""
    truths = [TRUTHS[one] for one in outcomes]

    assert TRUTHS[any_met(outcomes)] == max(truths, default=FALSE)
    assert TRUTHS[all_met(outcomes)] == min(truths, default=TRUE)
