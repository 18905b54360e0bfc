"""Texts that a page could take for its own, put wherever the vendor has a say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from jobs import REGION, UNSIGNED_KEYS
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.cli.reports.renderings import render
from pulumi_alicloud_mediaconvert.emulator.jobs import sample_answer
from pulumi_alicloud_mediaconvert.verification.evaluation import Fact
from pulumi_alicloud_mediaconvert.verification.findings import (
    Finding,
    Skipped,
    VendorSaid,
)
from pulumi_alicloud_mediaconvert.verification.locations import ROOT, Location, Named
from pulumi_alicloud_mediaconvert.verification.report import Report
from pulumi_alicloud_mediaconvert.verification.statuses import output_location

# By what they attack. Each runs `pwned = 1`, were it ever a script.
HOSTILE = {
    "a script": "</script><script>window.pwned=1</script>",
    "a picture": '"><img src=x onerror="window.pwned=1">',
    "an attribute": '" onmouseover="window.pwned=1" autofocus onfocus="window.pwned=1',
    "an attribute in apostrophes": "' onclick='window.pwned=1' x='",
    "the end of all": "</td></table></details></main></body></html><h1>passed</h1>",
    "a style": "</style><style>*{display:none}</style>",
    "a frame": '<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>',
    "a refresh": '<meta http-equiv="refresh" content="0;url=https://example.org">',
    "a comment": "<!-- ",
    "a section": "<![CDATA[ x ]]> <?xml ?>",
    "entities": "&lt;b&gt; &#60;i&#62; &amp &notin",
    "a template": "{{ 7 * 7 }}{% include 'report.js' %}${7*7}",
    "an address that runs": "javascript:window.pwned=1",
    "an address in disguise": "JaVa\tScRiPt:window.pwned=1",
    "an address of data": "data:text/html,<script>parent.pwned=1</script>",
    "an address on the web": 'https://example.org/"onmouseover="window.pwned=1"<i>',
    "directions": "\u202edessap\u202c \u2066x\u2069 \u200f\u061c",
    "controls": "a\x00b\x1b[2J\x07\x9b\u2028c\ufeff\u200b",
    "half a pair": "\ud83d <b>",
    "a color mark": "<{%fg 1%}>",
}


def hostile_report(text: str) -> Report:
    """Make a report of a job of which every text is the given one."""
    answer: Any = _with(sample_answer()["Job"], text)
    job = job_from_answer(answer | {"State": "Failed"})
    # Past the parser, which cleans much: a report may also come from elsewhere.
    said = ("job_id", "code", "message", "request_id", "job_name", "pipeline_id")
    job = job.model_copy(update=dict.fromkeys(said, text))
    # One output failed with the job, the other one for a reason of its own.
    with_job, alone = (
        output.model_copy(update={"status": "Failed", "code": code, "message": code})
        for output, code in zip(job.outputs, (None, f"x{text}"), strict=True)
    )
    job = job.model_copy(update={"outputs": [with_job, alone]})
    at = Location(("outputs", Named(text)), message=text)
    detail = VendorSaid(text, text, None)
    missed = Finding(at, "url", text, Fact((text,)), "missed", detail=detail)
    ended = missed._replace(at=output_location(with_job), field="status")
    unknown = missed._replace(fact=Fact((), text), outcome="inconclusive")
    return Report(
        job=job,
        verdict="failed",
        findings=(ended, missed, unknown, missed._replace(outcome="met")),
        skipped=(Skipped(ROOT, text),),
    )


def hostile_pages(text: str) -> dict[str, str]:
    """Make pages with the text wherever a text of others stands: of one, of many."""
    report = hostile_report(text)
    running = replace(
        report,
        job=report.job.model_copy(update={"state": text}),
        verdict="pending",
        findings=(),
    )
    region = f"{REGION} {text}"
    return {
        "one job": render([report], "html", region=region),
        "one job that could not be read": render(
            [], "html", region=region, unread={text: text}
        ),
        "several jobs": render(
            [report, running], "html", region=region, unread={f"x{text}": text}
        ),
    }


def _with(value: Any, text: str, key: str = "") -> Any:
    if isinstance(value, Mapping):
        return {name: _with(entry, text, name) for name, entry in value.items()}
    if isinstance(value, list):
        return [_with(entry, text) for entry in value]
    # How it ended has to be understood, or there is nothing to show.
    if isinstance(value, str) and key not in UNSIGNED_KEYS - {"Name", "Type"}:
        return text
    return value
