"""Expectations that select outputs by facts: whom they may and may not select. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import NamedTuple, TypeVar

from pulumi_alicloud_mediaconvert.api.models import Output
from pulumi_alicloud_mediaconvert.expect.expectations import (
    Expectations,
    OutputExpectation,
)
from pulumi_alicloud_mediaconvert.expect.expected_media import Expectation
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher
from pulumi_alicloud_mediaconvert.synthesis.files import Ordered, read_output
from pulumi_alicloud_mediaconvert.synthesis.outputs import fitting_output
from pulumi_alicloud_mediaconvert.synthesis.streams import Facts, wants_of
from pulumi_alicloud_mediaconvert.synthesis.values import UnfitError, Want, texts
from pulumi_alicloud_mediaconvert.verification.locations import Location, mismatches_in
from pulumi_alicloud_mediaconvert.verification.media_facts import output_fact
from pulumi_alicloud_mediaconvert.verification.selection import judge_selector
from pulumi_alicloud_mediaconvert.verification.verifier import verify_output

ROOT = Location("expect", "")
Stated = TypeVar("Stated", bound=Expectation)
Tried = dict[str, Facts | UnfitError]


class Searched(NamedTuple):
    """An expectation that selects by facts, where it stands, and in which group."""

    expectation: OutputExpectation
    location: Location
    group: str | None

    @property
    def wants(self) -> tuple[Want, ...]:
        """What it selects by."""
        at = self.location.field("where")
        return tuple(wants_of(self.expectation.where, at, with_advice=True))

    def is_about(self, ordered: Ordered) -> bool:
        """Whether an output is another's, among those that it selects from."""
        if self.group is not None and self.group != ordered.group:
            return False
        return all(one is not self.expectation for one, _ in ordered.expected)


def searches_of(expectations: Expectations) -> Iterator[Searched]:
    """Yield all expectations that select by facts, within groups too."""
    for one, location in placed(expectations.outputs, ROOT):
        if one.where is not None:
            yield Searched(one, location, None)
    for group, location in placed(expectations.output_groups, ROOT, "output_groups"):
        for one, at in placed(group.outputs, location):
            if one.where is not None:
                yield Searched(one, at, group.name)


def placed(
    stated: Sequence[Stated] | None, around: Location, key: str = "outputs"
) -> Iterator[tuple[Stated, Location]]:
    """Yield what stands in a list, each with its place."""
    for index, one in enumerate(stated or []):
        yield one, around.field(f"{key}[{index}]").of(one)


def own_output(
    one: Searched, outputs: Sequence[Ordered], groups: Iterable[str]
) -> Ordered:
    """Order an output of its own for an expectation that selects by facts.

    Args:
        one: the expectation.
        outputs: that are ordered already.
        groups: names of those that are expected.

    Raises:
        UnfitError: its name or its group is taken, or cannot be found.
    """
    wants = [want for want in one.wants if want.field in {"name", "group"}]
    usual = [f"output-{number}" for number in range(1, len(outputs) + 2)]
    names = texts([want for want in wants if want.field == "name"], usual)
    names += [name.rpartition("/")[2] for name in names]
    of_group = [want for want in wants if want.field == "group"]
    within: list[str | None] = [one.group]
    if one.group is None and wants:
        within += [*groups, *texts(of_group, ["group"])]
    used = {(output.group, output.name) for output in outputs}
    for group, name in product(within, names):
        output = Output(name=name, group=group)
        is_fitting = all(want.is_met(output_fact(output, want.field)) for want in wants)
        if is_fitting and name and (group, name) not in used:
            return joined(Ordered(name, group), one)
    raise UnfitError.of(wants)


def joined(ordered: Ordered, one: Searched) -> Ordered:
    """Let an output be what an expectation selects and expects."""
    return replace(
        ordered,
        expected=(*ordered.expected, (one.expectation, one.location)),
        also=(*ordered.also, *one.wants),
    )


def settled_output(
    ordered: Ordered, searched: Sequence[Searched], tried: Tried
) -> Facts:
    """Make an output that also suits those who would select it unasked.

    Args:
        ordered: the output.
        searched: all that selects outputs by facts.
        tried: what came of outputs that were ordered before; is added to.

    Raises:
        UnfitError: no such output was found.
    """
    facts = _made(ordered, tried)
    output = read_output(facts)
    for one in searched:
        where = one.expectation.where
        if where is None or not one.is_about(ordered):
            continue
        if judge_selector(where, output) == "missed" or _passes(one, output):
            continue
        for other in _ways_out(ordered, one):
            try:
                return settled_output(other, searched, tried)
            except UnfitError:
                continue
        raise UnfitError.of(one.wants)
    return facts


def _made(ordered: Ordered, tried: Tried) -> Facts:
    order = repr(ordered)
    if order not in tried:
        try:
            tried[order] = fitting_output(ordered)
        except UnfitError as error:
            tried[order] = error
    made = tried[order]
    if isinstance(made, UnfitError):
        raise made
    return made


def _passes(one: Searched, output: Output) -> bool:
    return not any(
        found.enforcement_level == "mandatory"
        for found in mismatches_in(verify_output(one.expectation, output, one.location))
    )


def _ways_out(ordered: Ordered, one: Searched) -> Iterator[Ordered]:
    """Yield the output as others expect it too, or as they do not select it."""
    expected = (*ordered.expected, (one.expectation, one.location))
    yield replace(ordered, expected=expected)
    for want in one.wants:
        other = Matcher.model_construct(not_=want.constraint)
        yield replace(ordered, also=(*ordered.also, replace(want, constraint=other)))
