"""A step of a pipeline: deploys from Python, and ends with what became of the job.

    python release.py STACK JOB_ID

The program is a function, run by Pulumi's Automation API: no `Pulumi.yaml` is needed.
Exit codes are those of the command line of this package, so that a pipeline can try
again later on 3 and 4, and must not on 1. A web service answers with `HTTP_STATUS` of
the same verdict.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

import pulumi
from pulumi import automation

from pulumi_alicloud_mediaconvert import MediaConvertJob

EXIT_CODES = {"passed": 0, "failed": 1, "inconclusive": 3, "pending": 3}
HTTP_STATUS = {"passed": 200, "failed": 422, "inconclusive": 409, "pending": 202}
# Where there is no verdict: the API or the credentials. Trying again may help.
NOT_READ, BAD_GATEWAY = 4, 502
# By its name in the stack the engine tells of which resource it speaks.
JOB = "trailer"


def release(stack_name: str, job_id: str) -> dict[str, Any]:
    """Deploy what depends on a job; a bad verdict is an answer, not an exception.

    Returns:
        `verdict`, `None` where the job could not be read, and `url` or what is wrong,
        `problems`, one line each.
    """

    def program() -> None:
        job = MediaConvertJob(JOB, job_id=job_id, wait={"timeout": "2m"})
        pulumi.export("verdict", job.verdict)
        pulumi.export("url", job.output("720P-mp4").url)

    stack = automation.create_or_select_stack(stack_name, "release", program=program)
    events: list[automation.EngineEvent] = []
    try:
        outputs = stack.up(on_output=to_log, on_event=events.append).outputs
    except automation.CommandError:
        return {"verdict": kept_verdict(stack), "problems": problems_in(events)}
    return {"verdict": outputs["verdict"].value, "url": outputs["url"].value}


def kept_verdict(stack: automation.Stack) -> str | None:
    """Read the verdict that a failed deployment left in the state."""
    deployment = stack.export_stack().deployment or {}
    resources = deployment.get("resources", [])
    kept = [one for one in resources if one.get("initErrors")]
    return kept[0]["outputs"]["verdict"] if kept else None


def problems_in(events: Iterable[automation.EngineEvent]) -> list[str]:
    """Find what the engine says of the job, and not of the program or of itself.

    It is a single line, or a heading and a bullet for each problem.
    """
    told = [event.diagnostic_event for event in events if event.diagnostic_event]
    errors = [
        one.message
        for one in told
        if one.severity == "error" and (one.urn or "").endswith(f"::{JOB}")
    ]
    lines = [line.strip() for text in errors for line in text.splitlines()]
    bullets = [line.removeprefix("* ") for line in lines if line.startswith("* ")]
    return list(dict.fromkeys(bullets or filter(None, lines)))


def to_log(line: str) -> None:
    """Show what the engine prints; the answer alone goes to stdout."""
    print(line, file=sys.stderr)


if __name__ == "__main__":
    answer = release(*sys.argv[1:])
    verdict = answer["verdict"]
    print(json.dumps(answer | {"http_status": HTTP_STATUS.get(verdict, BAD_GATEWAY)}))
    sys.exit(EXIT_CODES.get(verdict, NOT_READ))
