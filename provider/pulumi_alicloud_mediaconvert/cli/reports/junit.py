"""Reports as JUnit XML: a suite for each job, a case for each check. Pure.

It is what Jenkins reads: the elements and attributes are those of its schema
junit-10 (jenkinsci/xunit-plugin).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from pulumi_alicloud_mediaconvert.cli.reports.parts import (
    cells_of,
    origin_of,
    skipped_of,
)
from pulumi_alicloud_mediaconvert.text import in_one_line, job_name
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

BAD_VERDICTS = frozenset({"failed", "inconclusive", "pending"})


def junit_of(
    reports: Sequence[Report], region: str | None, unread: Mapping[str, str]
) -> str:
    """Write a document of one suite for each report.

    Args:
        reports: one for each job.
        region: of all the jobs, for the names of suites and classes.
        unread: why there is no report of a job, by its ID: each is an error.
    """
    root = ET.Element("testsuites", name="pulumi-mediaconvert")
    root.extend(_suite(report, region) for report in reports)
    root.extend(_unread(job_id, region, why) for job_id, why in unread.items())
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.attrib[count]) for suite in root)))
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


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


def _suite(report: Report, region: str | None) -> ET.Element:
    job = report.job
    cases = _cases(report, region)
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
        *([f"{summary}:", *checks] if checks else []),
    ]
    ET.SubElement(suite, "system-out").text = "\n".join(lines)
    return suite


def _cases(report: Report, region: str | None) -> list[ET.Element]:
    """Make a test case of the job and of each check, each with a name of its own."""
    outcomes = [_outcome(mismatch) for _, mismatch in listed(report)]
    failing = any(outcome.tag == "failure" for _, outcome in outcomes)
    outcomes += [
        _met(check) for check in met_checks(report) if check.path != JOB_STATE_PATH
    ]
    own = _job_outcome(report, headline(report, region), alone=not failing)
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


def _job_outcome(report: Report, said: str, *, alone: bool) -> ET.Element | None:
    """Say what is wrong with the job itself; `alone` if no mismatch says it."""
    if report.verdict == "pending":
        return _fault("error", "pending", said)
    if report.verdict == "unverified":
        return _fault("skipped", "unverified", said)
    if any(one.location.steps == JOB_STATE.steps for one in report.unmet) or (
        # A bad verdict must not look green, whatever it came from.
        alone and report.verdict in BAD_VERDICTS
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
