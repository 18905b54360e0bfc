"""What a job has to deliver to meet expectations. Pure.

It covers the forms that people write in tests: literals, lists, `min`, `max`, `near`,
names, groups, `where` with equality. `verify` decides whether the job meets them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.errors import ExpectationsError
from pulumi_alicloud_mediaconvert.expect.expectations import (
    Expectations,
    OutputExpectation,
    Selector,
)
from pulumi_alicloud_mediaconvert.expect.expected_media import (
    Constraints,
    EveryOutputExpectation,
)
from pulumi_alicloud_mediaconvert.expect.validation_messages import stated_expectations
from pulumi_alicloud_mediaconvert.synthesis.outputs import (
    STATUSES,
    make_output,
    read_fact,
    read_output,
)
from pulumi_alicloud_mediaconvert.synthesis.values import (
    Facts,
    Requirements,
    read_plain,
)
from pulumi_alicloud_mediaconvert.verification.candidates import judge_selector
from pulumi_alicloud_mediaconvert.verification.statuses import SUCCESS
from pulumi_alicloud_mediaconvert.verification.verifier import verify

USUAL_SECONDS = 403.04
MAX_OUTPUTS = 500
# Types of groups, with the usual extension of a member.
GROUP_TYPES = {"Hls": "m3u8", "Dash": "mpd", "File": "mp4"}
# Group, if it is in one, and name of an output.
Label = tuple[str | None, str]
NO_REQUIREMENTS = Requirements()


def passing_delivery(expect: object, read: Callable[[Facts], Job]) -> Facts:
    """Find what a job has to deliver to pass.

    Args:
        expect: Expectations, as plain data.
        read: Makes a job from a delivery, by way of a response of the API.

    Returns:
        `outputs` and `groups`, each by the fields of `models`.

    Raises:
        ExpectationsError: The expectations are invalid, or the job does not meet them.
            One line for each problem, with its path.
    """
    expectations = stated_expectations({} if expect is None else expect)
    delivery = _Plan(expectations).delivery()
    report = verify(read(delivery), expectations)
    if report.verdict == "passed":
        return delivery
    lines = "\n".join(
        f"  {one.path}: expected {one.expected}, got {one.actual}"
        for one in report.mismatches
        if one.enforcement_level == "mandatory"
    )
    raise ExpectationsError(
        f"cannot make a job that meets these expectations:\n{lines}\n"
        "expect= covers literals, lists, min, max, near, name, group, and where with "
        "equality, if they do not contradict each other. For anything else, pass a "
        "complete response as base= (answer: in a job file)."
    )


@dataclass
class _Plan:
    """Planned groups and outputs (by group and name), and expectations with `where`.

    `searches` has the group from which each of these selects.
    """

    expectations: Expectations
    groups: dict[str, Facts] = field(default_factory=dict)
    outputs: dict[Label, list[EveryOutputExpectation]] = field(default_factory=dict)
    searches: list[tuple[Selector, OutputExpectation, str | None]] = field(
        default_factory=list
    )

    def delivery(self) -> Facts:
        """Plan all parts, then build them."""
        self._add_expected(self.expectations.outputs, None)
        delivered = [
            one
            for one in self.expectations.output_groups or []
            if self._group(one.name, Requirements.of(one))["status"] == SUCCESS
        ]
        for one in delivered:
            self._add_expected(one.outputs, one.name)
        for search in self.searches:
            if not self._join(*search):
                self._add_selected(*search)
        for one in delivered:
            self._pad(one, one.name)
        self._pad(self.expectations, None)
        for search in self.searches:
            # They may also select outputs that were added since.
            self._join(*search)
        outputs = [*map(self._made, self.outputs)]
        return {"outputs": outputs, "groups": [*self.groups.values()]}

    def _group(self, name: str, wanted: Requirements = NO_REQUIREMENTS) -> Facts:
        if name not in self.groups:
            self.groups[name] = {
                "name": name,
                "type": wanted.choose("type", GROUP_TYPES, read_plain),
                "status": wanted.choose("status", STATUSES, read_plain),
            }
        return self.groups[name]

    def _add(
        self, name: str, group: str | None, *expected: EveryOutputExpectation
    ) -> None:
        """Plan an output by `name` or `group/name`, with its expectations."""
        around, _, inner = name.partition("/")
        if around and inner and group in {None, around}:
            group, name = around, inner
        if group is not None:
            self._group(group)
        self.outputs.setdefault((group, name), []).extend(expected)

    def _add_expected(
        self, stated: Sequence[OutputExpectation] | None, group: str | None
    ) -> None:
        for one in stated or []:
            if one.where is not None:
                self.searches.append((one.where, one, group))
            elif one.name is not None:
                self._add(one.name, group, one)

    def _join(
        self, where: Selector, expected: OutputExpectation, group: str | None
    ) -> bool:
        """Add the expectation to each output that it selects; return whether any."""
        selected = [
            stated
            for label, stated in self.outputs.items()
            if group in {None, label[0]}
            and judge_selector(where, read_output(self._made(label))) == "met"
        ]
        for stated in selected:
            if expected not in stated:
                stated.append(expected)
        return bool(selected)

    def _add_selected(
        self, where: Selector, expected: OutputExpectation, group: str | None
    ) -> None:
        """Plan an output for an expectation that selects none."""
        wanted = Requirements.of(where)
        group = wanted.choose("group", [group], read_fact)
        free = self._free_name()
        # Every planned output has a name, even if the selector excludes names.
        name = wanted.choose("name", [free], read_fact) or free
        self._add(name, group, expected)

    def _free_name(self) -> str:
        used = {name for _, name in self.outputs}
        names = (f"output-{number}" for number in count(1))
        return next(name for name in names if name not in used)

    def _pad(self, stated: Constraints, group: str | None) -> None:
        """Plan as many outputs as required, at least one."""
        known = sum(group in {None, label[0]} for label in self.outputs)
        wanted = Requirements.of(stated)
        number = wanted.choose("output_count", [max(known, 1), known], read_plain)
        for _ in range(min(int(number or 0), MAX_OUTPUTS) - known):
            self._add(self._free_name(), group)

    @cached_property
    def _seconds(self) -> float:
        return next(_durations(self.expectations), USUAL_SECONDS)

    def _made(self, label: Label) -> Facts:
        kind = label[0] and self.groups[label[0]]["type"]
        return make_output(
            label,
            self.outputs[label],
            self.expectations.every_output,
            seconds=self._seconds,
            extension=GROUP_TYPES.get(kind or "", "mp4"),
        )


def _durations(stated: object) -> Iterator[float]:
    """Yield all expected durations: the outputs are of one title."""
    if isinstance(stated, Constraints):
        values = Requirements.of(stated).on("duration_seconds").values()
        yield from (one for one in values if one)
        stated = [*vars(stated).values()]
    for one in stated if isinstance(stated, list) else []:
        yield from _durations(one)
