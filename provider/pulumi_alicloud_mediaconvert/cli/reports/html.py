"""Reports as one page of HTML that needs nothing from elsewhere. Pure.

Escaping is a rule of the environment, not of each place: every value that the template
prints is first made one printable line, so that no control or direction character is
left in it, and then escaped. The page's policy lets its own style and script run, known
by their hashes, and nothing else: no script, font or picture, from wherever.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from pulumi_alicloud_mediaconvert.cli.reports.html_jobs import (
    UNREAD,
    ShownJob,
    shown_job,
    unread_job,
)
from pulumi_alicloud_mediaconvert.cli.reports.html_outputs import STREAM_COLUMNS
from pulumi_alicloud_mediaconvert.cli.reports.parts import summary_of
from pulumi_alicloud_mediaconvert.cli.reports.time_line import AXIS, MIN_WIDTH
from pulumi_alicloud_mediaconvert.text import counted, in_one_line, job_name
from pulumi_alicloud_mediaconvert.verification.report import Report

FOLDER = "page"
# What needs a person stands first.
ORDER = ("failed", UNREAD, "inconclusive", "pending", "unverified", "passed")


class Total(NamedTuple):
    """How many jobs have a verdict, and where they stand on the axis of all."""

    tone: str
    word: str
    jobs: str
    begin: int
    width: int


def html_of(
    reports: Sequence[Report], region: str | None, unread: Mapping[str, str]
) -> str:
    """Write a page in ASCII, which shows the same in whatever charset it is served.

    Args:
        reports: one for each job; the bad ones come first.
        region: of all the jobs.
        unread: why there is no report of a job, by its ID.
    """
    jobs = [shown_job(report, region) for report in reports]
    jobs += [unread_job(job_id, region, why) for job_id, why in unread.items()]
    jobs.sort(key=lambda job: ORDER.index(job.tone))
    is_single = len(jobs) == 1
    totals = _totals(jobs)
    page = _template().render(
        title=_title(jobs[0], region)
        if is_single
        else summary_of(reports, len(unread)),
        heading=counted(len(jobs), "transcoding job"),
        is_single=is_single,
        jobs=jobs,
        totals=totals,
        share=sum(total.width for total in totals),
        stream_columns=STREAM_COLUMNS,
    )
    return page.encode("ascii", "xmlcharrefreplace").decode() + "\n"


def _title(job: ShownJob, region: str | None) -> str:
    return f"{job.word}: {job_name(job.job_id, region)}"


def _totals(jobs: Sequence[ShownJob]) -> list[Total]:
    counts = Counter(job.tone for job in jobs)
    words = {job.tone: job.word for job in jobs}
    totals, begin = [], 0
    for tone in filter(counts.get, ORDER):
        # One of thousands is to be seen, too.
        width = max(counts[tone] * AXIS // len(jobs), MIN_WIDTH)
        totals.append(Total(tone, words[tone], f"{counts[tone]:,}", begin, width))
        begin += width
    return totals


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader(__package__, FOLDER),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    style, script = _own("report.css"), _own("report.js")
    environment.globals |= {
        "style": style,
        "style_hash": _hash(style),
        "script": script,
        "script_hash": _hash(script),
    }
    return environment.get_template("report.html")


def _shown(value: Any) -> Any:  # noqa: ANN401  # whatever a template prints
    """Make a foreign text one printable line; what the page is made of is kept."""
    return value if isinstance(value, Markup | int) else in_one_line(value)


def _own(name: str) -> Markup:
    text = resources.files(__package__).joinpath(FOLDER, name).read_text("utf-8")
    return Markup(text)  # noqa: S704  # a file of this package, which holds no value


def _hash(text: str) -> str:
    """Return what a policy knows a style or a script by."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
