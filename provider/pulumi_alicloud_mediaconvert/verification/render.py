"""Findings in words, for the state, the engine and the command line. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    Shortage,
    Skipped,
    StoredFinding,
    TooFew,
    Unexpected,
    VendorSaid,
)
from pulumi_alicloud_mediaconvert.verification.locations import (
    Location,
    Named,
)

MAX_MESSAGE = 200
MAX_QUERY = 120
ADVICE = "advisory: "
NOT_REPORTED = "the API did not report it"
NOUNS = {"outputs": "output", "output_groups": "output group"}
DOUBTS = {
    Doubt.UNREPORTED: "but the API did not report everything that was requested",
    Doubt.NOT_ENDED: "but the job has ended and this is not a final status",
    Doubt.SELECTED: "if the expectation applies to this output at all",
    Doubt.REPLACED: "unless another expectation replaces this one for the output",
}


# For an output that no expectation covers, if `other_outputs` is `forbid`.
UNEXPECTED: Mapping[Outcome, str] = {
    "missed": "not expected",
    "inconclusive": "it is not known whether an expectation covers it",
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
        label=label_of(said_of(finding), spelling),
        expected=expected,
        actual=actual_of(finding),
        outcome=finding.outcome,
        enforcement_level=location.enforcement_level,
    )


def mismatch_of(finding: AnyFinding, spelling: Spelling = PYTHON) -> Mismatch:
    """Write an expectation that was not met, as it is stored and printed."""
    check = check_of(finding, spelling)
    if isinstance(finding, StoredFinding):
        line = finding.line
    else:
        line = f"{check.label}: {_sentence(finding, check, spelling)}"
    return Mismatch(
        path=check.path,
        expected=check.expected,
        actual=check.actual,
        verdict=finding.outcome,
        text=f"{ADVICE if check.enforcement_level == 'advisory' else ''}{line}",
        enforcement_level=check.enforcement_level,
    )


def words_of(finding: AnyFinding, spelling: Spelling = PYTHON) -> str | None:
    """Write what a line says of a part, all but its name: `video codec: expected …`.

    Returns:
        `None` where it names no part, or where a stored line begins otherwise.
    """
    if not (head := head_of(finding.location)):
        return None
    if isinstance(finding, StoredFinding):
        words = finding.line.removeprefix(f"{head}: ")
        return None if words == finding.line else words
    rest = rest_of(said_of(finding), spelling)
    sentence = _sentence(finding, check_of(finding, spelling), spelling)
    return ": ".join(filter(None, (rest, sentence)))


def redacted_words(finding: AnyFinding, spelling: Spelling = PYTHON) -> str:
    """Say what was seen of a part, or of the job, where `expect` is secret.

    Args:
        finding: whose constraint, message and selector are secret.
        spelling: of names of facts.
    """
    location = finding.location._replace(stated=None)
    # The result of a query may repeat a secret; without a location, any value may.
    is_open = location.steps and location.steps[0] != "rules"
    actual = actual_of(finding) if is_open else HIDDEN
    rest = rest_of(location, spelling)
    if not location.steps:
        rest = HIDDEN
    return ": ".join(filter(None, (rest, f"expected {HIDDEN}, got {actual}")))


def remark_on(finding: AnyFinding) -> str:
    """Return what a line says beyond path, expected and actual, for a table's row."""
    if isinstance(finding, StoredFinding):
        return finding.line
    _, clauses = _seen(finding, "")
    said = "".join(
        f"{mark if index else ''}{words}" for index, (mark, words) in enumerate(clauses)
    )
    # An index does not identify a rule or a selector.
    label = label_of(finding.location) if finding.location.stated else ""
    return ": ".join(filter(None, (label, said)))


def actual_of(finding: AnyFinding) -> str:
    """Show what was seen."""
    if isinstance(finding, StoredFinding):
        return finding.actual
    return shown_fact(finding.fact)


# Words, and what stands between them and those before.
Clause = tuple[str, str]


def _sentence(finding: Finding, check: Check, spelling: Spelling) -> str:
    """Write what was expected and what was seen, without where."""
    match finding.detail:
        case Shortage(requested, reported):
            return f"{requested}, the API reported {reported}"
        case Unexpected():
            return f"{UNEXPECTED[finding.outcome]} ({_forbidden(spelling)})"
    seen, clauses = _seen(finding, check.actual)
    rest = "".join(f"{mark}{words}" for mark, words in clauses)
    return f"expected {check.expected}{seen}{rest}"


def _forbidden(spelling: Spelling) -> str:
    return f"`{spelling.key('other_outputs')}` is `forbid`"


def _seen(finding: Finding, actual: str) -> tuple[str, list[Clause]]:
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
        case Unexpected():
            yield " ", _forbidden(PYTHON)
        case VendorSaid(code, message, hint):
            if said := vendor_words(code, message):
                yield " ", f"({said})"
            if hint:
                yield ": ", hint.clause


def vendor_words(code: str | None, message: str | None) -> str:
    """Quote the vendor: `Code, "message"`, or the one of them there is."""
    words = quoted(message) if message else ""
    return ", ".join(part for part in (plain(code or ""), words) if part)


def said_of(finding: AnyFinding) -> Location:
    """Return the location to name: if streams are missing, that of all streams."""
    location = finding.location
    is_of_all = isinstance(finding, Finding) and isinstance(finding.detail, TooFew)
    if is_of_all and isinstance(location.steps[-1], int):
        return location._replace(steps=location.steps[:-1])
    return location


def label_of(location: Location, spelling: Spelling = PYTHON) -> str:
    """Name a location as a person does, such as `output "720P-mp4": video width`."""
    parts = (head_of(location), rest_of(location, spelling))
    return ": ".join(filter(None, parts))


def head_of(location: Location) -> str:
    """Name the part that a location is in: `output "720P-mp4"`; else nothing."""
    match location.steps:
        case ("outputs" | "output_groups" as kind, Named() as name, *_):
            return f'{NOUNS[str(kind)]} "{name.shown}"'
    return ""


def rest_of(location: Location, spelling: Spelling = PYTHON) -> str:
    """Name a location within its part: `video width`."""
    if isinstance(location.stated, Rule):
        return f"rule {quoted(location.stated.query, longest=MAX_QUERY)}"
    if location.stated is not None:
        return f"outputs where {described_selector(location.stated, spelling)}"
    rest = ""
    for one in location.steps[2 if head_of(location) else 0 :]:
        match one:
            case Named():
                rest += f'["{one.shown}"]'
            case int():
                rest += f"[{one}]"
            case _:
                rest += f"{rest and ' '}{spelling.key(one)}"
    return rest


def skipped_line(skipped: Skipped, spelling: Spelling = PYTHON) -> str:
    """Say what could not be checked, and why."""
    label = label_of(skipped.location, spelling)
    return ": ".join(filter(None, (label, skipped.reason)))
