"""Findings in words, for the state, the engine and the command line. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from pulumi_alicloud_mediaconvert.expect.expectations import Rule
from pulumi_alicloud_mediaconvert.input_names import ExpectationLevel
from pulumi_alicloud_mediaconvert.spelling import PYTHON, Spelling
from pulumi_alicloud_mediaconvert.text import HIDDEN, plain, quoted
from pulumi_alicloud_mediaconvert.verification.constraint_words import (
    described,
    described_selector,
    shown_fact,
)
from pulumi_alicloud_mediaconvert.verification.evaluation import Outcome
from pulumi_alicloud_mediaconvert.verification.findings import (
    AnyFinding,
    Detail,
    Doubt,
    Extremes,
    Finding,
    Present,
    Requested,
    Skipped,
    StoredFinding,
    VendorSaid,
)
from pulumi_alicloud_mediaconvert.verification.locations import (
    Location,
    Named,
    Step,
    path_of,
)

MAX_MESSAGE = 200
MAX_QUERY = 120
ADVICE = "advisory: "
NOT_REPORTED = "the API did not report it"
NOUNS = {"outputs": "output", "output_groups": "output group"}
DOUBTS = {
    Doubt.UNREPORTED: "but the API did not report everything that was requested",
    Doubt.NOT_ENDED: "but the job has ended and this is not a final status",
    Doubt.SELECTED: "if the expectation is about this output at all",
    Doubt.REPLACED: "unless another expectation replaces this one for the output",
}


@dataclass(frozen=True, kw_only=True)
class Mismatch:
    """One check that did not pass, as the state stores it."""

    path: str
    """Path of the fact, such as `outputs["720P-mp4"].status`."""
    expected: str
    """Expected value, as text."""
    actual: str
    """Reported value, as text."""
    verdict: Outcome
    """`missed`, or `inconclusive` if the API did not report the fact."""
    text: str
    """The mismatch in one line."""
    enforcement_level: ExpectationLevel = "mandatory"
    """`mandatory`, or `advisory` if it does not count for the verdict of the job."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check and its result."""

    path: str
    """Path of the fact, such as `outputs["720P-mp4"].status`."""
    label: str
    """The path in readable form, such as `output "720P-mp4": status`."""
    expected: str
    """Expected value, as text."""
    actual: str
    """Reported value, as text."""
    outcome: Outcome
    """`met`, `missed`, or `inconclusive` if the API did not report the fact."""
    enforcement_level: ExpectationLevel = "mandatory"
    """`mandatory`, or `advisory` if it does not count for the verdict of the job."""


def check_of(finding: AnyFinding, spelling: Spelling = PYTHON) -> Check:
    """Write the result of an expectation."""
    location = finding.location
    if isinstance(finding, StoredFinding):
        path, expected = finding.path, finding.expected
    else:
        path, expected = location.path, described(finding.constraint)
    return Check(
        path=path,
        label=label_of(location, spelling),
        expected=expected,
        actual=_actual(finding),
        outcome=finding.outcome,
        enforcement_level=location.enforcement_level,
    )


def mismatch_of(finding: AnyFinding, spelling: Spelling = PYTHON) -> Mismatch:
    """Write an expectation that was not met, as it is stored and printed."""
    check = check_of(finding, spelling)
    if isinstance(finding, StoredFinding):
        line = finding.line
    else:
        seen, clauses = _clauses(finding, check.actual)
        line = f"{check.label}: expected {check.expected}{seen}"
        line += "".join(f"{mark}{words}" for mark, words in clauses)
    return Mismatch(
        path=check.path,
        expected=check.expected,
        actual=check.actual,
        verdict=finding.outcome,
        text=f"{ADVICE if check.enforcement_level == 'advisory' else ''}{line}",
        enforcement_level=check.enforcement_level,
    )


def redacted_line(
    finding: AnyFinding, reported: Container[str], spelling: Spelling = PYTHON
) -> str:
    """Say where something differs and what was seen, where `expect` is secret.

    Args:
        finding: whose constraint, message and selector are secret.
        reported: the names that the API reports; any other name is the user's.
        spelling: of names of facts.
    """
    steps = [
        Named(HIDDEN)
        if isinstance(one, Named) and one.shown not in reported
        else _spelled(one, spelling)
        for one in finding.location.steps
    ]
    # What a query gives may be what it states; of what is not understood, all may be.
    is_open = steps and steps[0] != "rules"
    actual = _actual(finding) if is_open else HIDDEN
    return f"{path_of(steps) or HIDDEN}: expected {HIDDEN}, got {actual}"


def remark_on(finding: AnyFinding) -> str:
    """Return what a line says beyond path, expected and actual, for a table's row."""
    if isinstance(finding, StoredFinding):
        return finding.line
    _, clauses = _clauses(finding, "")
    said = "".join(
        f"{mark if index else ''}{words}" for index, (mark, words) in enumerate(clauses)
    )
    # An index does not identify a rule or a selector.
    label = label_of(finding.location) if finding.location.stated else ""
    return ": ".join(filter(None, (label, said)))


def _actual(finding: AnyFinding) -> str:
    if isinstance(finding, StoredFinding):
        return finding.actual
    return shown_fact(finding.fact)


# Words, and what stands between them and those before.
Clause = tuple[str, str]


def _clauses(finding: Finding, actual: str) -> tuple[str, list[Clause]]:
    """Return the rest of a line after the expected value: a cell and the clauses."""
    fact = finding.fact
    clauses: list[Clause] = []
    if finding.outcome == "missed" or finding.doubt:
        seen = f", got {actual}"
    elif not fact.values:
        seen = f", but {fact.reason or NOT_REPORTED}"
    elif fact.reason:
        seen, clauses = "", [(", ", f"but {fact.reason}")]
    else:
        seen, clauses = f", got {actual}", [(": ", "the two cannot be compared")]
    if finding.doubt in DOUBTS:
        clauses.append((", ", DOUBTS[finding.doubt]))
    clauses += _detail(finding.detail)
    if note := plain(finding.location.message or "", longest=MAX_MESSAGE):
        clauses.append((" ", f"({note})"))
    return seen, clauses


def _detail(detail: Detail | None) -> Iterator[Clause]:
    match detail:
        case Requested(number):
            yield " ", f"of {number} requested"
        case Present(names):
            yield " ", f"(found: {names})"
        case Extremes((shortest, one), (longest, other)):
            yield ": ", f'"{one}" {shortest}, "{other}" {longest}'
        case VendorSaid(code, message, hint):
            if said := vendor_words(code, message):
                yield " ", f"({said})"
            if hint:
                yield ": ", hint.clause


def vendor_words(code: str | None, message: str | None) -> str:
    """Quote the vendor: `Code, "message"`, or the one of them there is."""
    words = quoted(message) if message else ""
    return ", ".join(part for part in (plain(code or ""), words) if part)


def _spelled(step: Step, spelling: Spelling) -> Step:
    return spelling.key(step) if isinstance(step, str) else step


def label_of(location: Location, spelling: Spelling = PYTHON) -> str:
    """Name a location as a person does, such as `output "720P-mp4": video width`."""
    steps, head = location.steps, ""
    if len(steps) > 1 and isinstance(steps[1], Named):
        head = f'{NOUNS[str(steps[0])]} "{steps[1].shown}"'
        steps = steps[2:]
    if isinstance(location.stated, Rule):
        rest = f"rule {quoted(location.stated.query, longest=MAX_QUERY)}"
    elif location.stated is not None:
        rest = f"outputs where {described_selector(location.stated, spelling)}"
    else:
        rest = ""
        for one in steps:
            key = _spelled(one, spelling)
            rest += f"[{key}]" if isinstance(key, int) else f"{rest and ' '}{key}"
    return ": ".join(filter(None, (head, rest)))


def skipped_line(skipped: Skipped, spelling: Spelling = PYTHON) -> str:
    """Say what could not be tested, and why."""
    label = label_of(skipped.location, spelling)
    return ": ".join(filter(None, (label, skipped.reason)))
