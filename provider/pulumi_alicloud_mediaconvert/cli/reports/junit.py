"""Reports as JUnit XML: a suite for each job, a case for each check. Pure.

It is what Jenkins reads: the elements and attributes are those of its schema
junit-10 (jenkinsci/xunit-plugin). The number of cases is limited to what GitLab reads:
files below 30 MB, of at most 250,000 elements
(https://docs.gitlab.com/ci/testing/unit_test_reports,
https://gitlab.com/gitlab-org/gitlab/-/issues/507482).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from xml.etree import ElementTree as ET

from pulumi_alicloud_mediaconvert.cli.reports.parts import (
    cells_of,
    origin_of,
    rank_of,
    skipped_of,
)
from pulumi_alicloud_mediaconvert.text import counted, in_one_line, job_name
from pulumi_alicloud_mediaconvert.verification.locations import (
    JOB_STATE,
    JOB_STATE_PATH,
)
from pulumi_alicloud_mediaconvert.verification.render import Check, Mismatch
from pulumi_alicloud_mediaconvert.verification.report import (
    Report,
    headline,
    listed,
    met_checks,
)

# A case that fails takes about 450 bytes, and each case up to two elements.
MAX_CASES = 30_000
BAD_VERDICTS = frozenset({"failed", "inconclusive", "pending"})
COUNTED = ("tests", "failures", "errors")


class Share(NamedTuple):
    """How many checks of a job have test cases."""

    unmet: int
    met: int


def junit_of(
    reports: Sequence[Report], region: str | None, unread: Mapping[str, str]
) -> str:
    """Write a document of one suite for each report.

    Every job has a case. Checks that are not met come next in what `MAX_CASES` leaves,
    then those that are met, of the worst jobs first; a suite counts what it leaves out.

    Args:
        reports: one for each job.
        region: of all the jobs, for the names of suites and classes.
        unread: why there is no report of a job, by its ID: each is an error.
    """
    shares = _shares(reports, MAX_CASES - len(reports) - len(unread))
    totals = Counter[str]()
    suites = [
        _written(_suite(report, region, share), totals)
        for report, share in zip(reports, shares, strict=True)
    ]
    suites += [
        _written(_unread(job_id, region, why), totals) for job_id, why in unread.items()
    ]
    counts = " ".join(f'{count}="{totals[count]}"' for count in COUNTED)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="pulumi-mediaconvert" {counts}>\n'
        f"{''.join(suites)}</testsuites>\n"
    )


def _written(suite: ET.Element, totals: Counter[str]) -> str:
    """Write a suite: its elements take much more memory than its text."""
    totals.update({count: int(suite.attrib[count]) for count in COUNTED})
    ET.indent(suite, level=1)
    return f"  {ET.tostring(suite, encoding='unicode')}\n"


def _shares(reports: Sequence[Report], room: int) -> list[Share]:
    """Divide cases among jobs: unmet checks first, and of these the worst jobs."""
    unmet, met = ([0] * len(reports) for _ in range(2))
    by_rank = sorted(range(len(reports)), key=lambda at: -rank_of(reports[at]))
    for place in by_rank:
        unmet[place] = min(len(listed(reports[place])), max(room, 0))
        room -= unmet[place]
    for place in by_rank:
        if room <= 0:
            break
        met[place] = min(len(_met_checks(reports[place])), room)
        room -= met[place]
    return [*map(Share, unmet, met)]


def _unread(job_id: str, region: str | None, why: str) -> ET.Element:
    case = _case(job_id, region, JOB_STATE_PATH)
    case.append(_fault("error", "unread", why))
    suite = _counted_suite(job_id, region, [case])
    suite.append(case)
    return suite


def _counted_suite(
    job_id: str | None, region: str | None, cases: Sequence[ET.Element]
) -> ET.Element:
    suite = ET.Element("testsuite", name=in_one_line(job_name(job_id, region)))
    suite.set("tests", str(len(cases)))
    for count, tag in (
        ("failures", "failure"),
        ("errors", "error"),
        ("skipped", "skipped"),
    ):
        suite.set(count, str(sum(case.find(tag) is not None for case in cases)))
    return suite


def _case(job_id: str | None, region: str | None, name: str) -> ET.Element:
    place = ".".join(filter(None, ("mediaconvert", region, job_id)))
    return ET.Element("testcase", classname=in_one_line(place), name=name)


def _suite(report: Report, region: str | None, share: Share) -> ET.Element:
    job = report.job
    cases = _cases(report, region, share)
    suite = _counted_suite(job.job_id, region, cases)
    properties = ET.SubElement(suite, "properties")
    for name, value in (
        ("verdict", report.verdict),
        ("state", job.state),
        ("code", job.code),
        ("request_id", job.request_id),
    ):
        if value:
            ET.SubElement(properties, "property", name=name, value=in_one_line(value))
    suite.extend(cases)
    summary, checks = skipped_of(report)
    lines = [
        in_one_line(headline(report, region)),
        *_left_out(report, share),
        *([f"{summary}:", *checks] if checks else []),
    ]
    ET.SubElement(suite, "system-out").text = "\n".join(lines)
    return suite


def _left_out(report: Report, share: Share) -> list[str]:
    left = len(listed(report)) + len(_met_checks(report)) - share.unmet - share.met
    if not left:
        return []
    have = "has" if left == 1 else "have"
    return [
        (
            f"{counted(left, 'check')} {have} no test case: a report has at most"
            f" {MAX_CASES:,} test cases, first those of checks that are not met."
        )
    ]


def _met_checks(report: Report) -> list[Check]:
    """Return what is met besides the state of the job, which has a case of its own."""
    return [check for check in met_checks(report) if check.path != JOB_STATE_PATH]


def _cases(report: Report, region: str | None, share: Share) -> list[ET.Element]:
    """Make a test case of the job and of checks, each with a name of its own."""
    outcomes = [_outcome(mismatch) for _, mismatch in listed(report)[: share.unmet]]
    failing = any(outcome.tag == "failure" for _, outcome in outcomes)
    if share.met:
        outcomes += map(_met, _met_checks(report)[: share.met])
    own = _job_outcome(report, headline(report, region), is_only=not failing)
    # Who reads the file may keep only the first of several cases of one name.
    seen = Counter[str]()
    cases = []
    for name, outcome in [(JOB_STATE_PATH, own), *outcomes]:
        seen[name] += 1
        shown = name if seen[name] == 1 else f"{name} ({seen[name]})"
        case = _case(report.job.job_id, region, shown)
        if outcome is not None:
            case.append(outcome)
        cases.append(case)
    return cases


def _job_outcome(report: Report, said: str, *, is_only: bool) -> ET.Element | None:
    """Say what is wrong with the job itself; `is_only` if no mismatch says it."""
    if report.verdict == "pending":
        return _fault("error", "pending", said)
    if report.verdict == "unverified":
        return _fault("skipped", "unverified", said)
    if any(one.location.steps == JOB_STATE.steps for one in report.unmet) or (
        # A bad verdict must not look green, whatever it came from.
        is_only and report.verdict in BAD_VERDICTS
    ):
        fault = _fault("failure", report.verdict, said)
        fault.text = origin_of(report) or None
        return fault
    return None


def _outcome(mismatch: Mismatch) -> tuple[str, ET.Element]:
    path, expected, actual, verdict = cells_of(mismatch)
    tag = "skipped" if verdict == "advisory" else "failure"
    fault = _fault(tag, verdict, mismatch.text)
    fault.text = f"{path}\nexpected: {expected}\nactual: {actual}"
    return path, fault


def _met(check: Check) -> tuple[str, ET.Element]:
    path, expected, actual, _ = cells_of(check)
    out = ET.Element("system-out")
    out.text = f"expected: {expected}\nactual: {actual}"
    return path, out


def _fault(tag: str, kind: str, said: str) -> ET.Element:
    return ET.Element(tag, type=kind, message=in_one_line(said))
