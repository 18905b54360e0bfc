"""A step of a pipeline: deploy from Python and exit with a code for the verdict.

    python release.py STACK JOB_ID

The program is a function that Pulumi's Automation API runs, so there is no
`Pulumi.yaml`. The exit codes are those of `pulumi-mediaconvert`: a pipeline can retry
later on 3 and 4, but must not retry on 1. A web service can use `HTTP_STATUS` instead.
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
# There is no verdict, because of the API or the credentials. A retry may help.
NOT_READ, BAD_GATEWAY = 4, 502
# The engine reports the resource by its name in the stack.
JOB = "trailer"


def release(stack_name: str, job_id: str) -> dict[str, Any]:
    """Deploy what depends on a job. A bad verdict is a result, not an exception.

    Returns:
        `verdict`, `None` if the job could not be read; then `url`, or `problems` as
        lines.
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
        return {"verdict": stored_verdict(stack), "problems": problems_in(events)}
    return {"verdict": outputs["verdict"].value, "url": outputs["url"].value}


def stored_verdict(stack: automation.Stack) -> str | None:
    """Return the verdict that a failed deployment stored in the state."""
    deployment = stack.export_stack().deployment or {}
    resources = deployment.get("resources", [])
    failed = [one for one in resources if one.get("initErrors")]
    return failed[0]["outputs"]["verdict"] if failed else None


def problems_in(events: Iterable[automation.EngineEvent]) -> list[str]:
    """Return the engine's errors about the job, without those about other things.

    An error is a single line, or a heading and a bullet for each problem.
    """
    messages = [event.diagnostic_event for event in events if event.diagnostic_event]
    errors = [
        one.message
        for one in messages
        if one.severity == "error" and (one.urn or "").endswith(f"::{JOB}")
    ]
    lines = [line.strip() for text in errors for line in text.splitlines()]
    bullets = [line.removeprefix("* ") for line in lines if line.startswith("* ")]
    return list(dict.fromkeys(bullets or filter(None, lines)))


def to_log(line: str) -> None:
    """Print the engine's output to stderr: stdout is for the result."""
    print(line, file=sys.stderr)


if __name__ == "__main__":
    result = release(*sys.argv[1:])
    verdict = result["verdict"]
    print(json.dumps(result | {"http_status": HTTP_STATUS.get(verdict, BAD_GATEWAY)}))
    sys.exit(EXIT_CODES.get(verdict, NOT_READ))
