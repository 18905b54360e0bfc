"""The corpus of `tests/conformance` in one `pulumi up`: the same verdicts."""

from __future__ import annotations

import json

from corpus import FACTS_ALONE, rows
from pulumi_alicloud_mediaconvert.emulator import Script, Step
from real_engine import WRITE_ONCE

ROWS = {
    name: row
    for name, row in rows().items()
    if name.partition(": ")[0] not in FACTS_ALONE
}

# A refused resource ends the program, so that all that is refused is of one, the last.
PROGRAM = """
import json
from pathlib import Path
from pulumi_alicloud_mediaconvert import MediaConvertJobSet

rows = json.loads(Path("rows.json").read_text("utf-8"))
judged = [
    MediaConvertJob(
        name, job_id=job_id, expect=expect, wait=False, enforcement_level="advisory"
    )
    for name, job_id, expect in rows["judged"]
]
MediaConvertJobSet(
    "refused",
    job_ids={name: job_id for name, job_id, _ in rows["refused"]},
    expect_by_name={name: expect for name, _, expect in rows["refused"]},
    opts=pulumi.ResourceOptions(depends_on=judged),
)
"""


def test_one_up_gives_every_answer_its_verdict(stack, emulator):
    """What is stored for each row is right, and what must be refused is refused."""
    entries: dict[str, list[tuple[str, str, object]]] = {"judged": [], "refused": []}
    for number, row in enumerate(ROWS.values()):
        job_id = f"{number:032x}"
        emulator.add_job(job_id, Script([Step(verbatim=row.answer(job_id))]))
        kind = "refused" if row.is_refused else "judged"
        entries[kind].append((f"row-{number:04}", job_id, row.expect))
    (stack.folder / "rows.json").write_text(json.dumps(entries), "utf-8")
    stack.program(PROGRAM)
    stack.variables.update(WRITE_ONCE)

    run = stack.up()

    kept = stack.resources()
    refusals = "\n".join(run.on_row("refused", "error"))
    found = {
        name: "refused"
        if f"expect_by_name.row-{number:04}" in refusals
        else kept[f"row-{number:04}"]["outputs"]["verdict"]
        for number, name in enumerate(ROWS)
    }
    assert found == {name: row.verdict for name, row in ROWS.items()}
