"""The pictures of the pages show what the code does, and what the engine prints."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

from pages import BLOCKS
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.lifecycle.job_wait import progress_line
from pulumi_alicloud_mediaconvert.waiting.waiter import Progress

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
PACKAGE = ROOT / "provider" / "pulumi_alicloud_mediaconvert"


def rows(name: str) -> list[str]:
    """Read the lines of text that a picture of a terminal shows."""
    by_height: dict[str, list[tuple[float, str]]] = {}
    root = ET.fromstring((PICTURES / f"{name}.svg").read_text("utf-8"))  # noqa: S314  # our own
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        location = float(text.attrib["x"])
        words = unescape(text.text or "").replace("\xa0", " ")
        by_height.setdefault(text.attrib["y"], []).append((location, words))
    return [
        " ".join(" ".join(words for _, words in sorted(row)).split())
        for row in by_height.values()
    ]


def test_every_solid_line_of_the_flow_is_an_import():
    """No line that the code does not have: modules move, the picture moves along."""
    [flow] = [block for block in BLOCKS if block.language == "mermaid"]
    lines = re.findall(r"^ *([\w/]+).* --> ([\w/]+)", flow.text, re.MULTILINE)

    assert len(lines) == flow.text.count("-->")
    for above, below in lines:
        code = (PACKAGE / f"{above}.py").read_text("utf-8")
        module = below.replace("/", ".")
        assert f"from pulumi_alicloud_mediaconvert.{module} import" in code, above


def test_the_failing_run_shows_what_the_readme_shows():
    """The lines that the engine is held to stand in the picture, whole."""
    shown = rows("failing-run")
    [printed] = [block for block in BLOCKS if "engine" in block.marks]

    for line in printed.text.splitlines():
        assert " ".join(line.split()) in shown


def test_the_live_row_is_one_that_a_wait_shows():
    """State, percent and what is left stand as the provider writes them."""
    [row] = [line for line in rows("live-row") if "MediaConvertJob" in line]
    found = re.search(r"Running (\d+) % · about (\d+)s left$", row)
    assert found is not None
    percent, left = map(int, found.groups())

    job = Job(job_id="a", state="Running", percent=percent)
    progress = Progress(job=job, elapsed=0, polls=1, remaining_estimate=left)
    assert row.endswith(progress_line(progress))
