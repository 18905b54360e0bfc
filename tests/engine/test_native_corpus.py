"""The corpus of `tests/conformance` through the native plugin: the same verdicts."""

from __future__ import annotations

import json
from typing import Any

from corpus import FACTS_ALONE, rows
from pulumi_alicloud_mediaconvert.emulator import Script, Step
from pulumi_alicloud_mediaconvert.hosts.native.property_names import NAMES
from pulumi_alicloud_mediaconvert.schema.values import mapped
from real_engine import WRITE_ONCE

ROWS = {
    name: row
    for name, row in rows().items()
    if name.partition(": ")[0] not in FACTS_ALONE
}
JUDGED = {"wait": False, "enforcementLevel": "advisory"}


def stated(number: int, expect: Any) -> Any:
    """State every other row in the program itself, the others as data from elsewhere.

    What a program states the language checks by the schema: it has to let all of it
    pass. Of data it knows no types, and its keys may be in snake_case.
    """
    if number % 2:
        return f"${{data.triggers[{number}]}}"
    return NAMES.job.to_native({"expect": with_text_levels(expect)})["expect"]


def with_text_levels(expect: Any) -> Any:
    """Write levels as text: numbers of the engine lose their points."""

    def change(value: Any) -> Any:
        if isinstance(value, dict) and "level" in value:
            return {**value, "level": mapped(value["level"], text)}
        return value

    def text(level: Any) -> Any:
        is_number = isinstance(level, int | float) and not isinstance(level, bool)
        return str(level) if is_number else level

    return mapped(expect, change)


def row_name(number: int) -> str:
    """Return the name of a row's resource."""
    return f"row{number:04}"


def program() -> str:
    """Write a program with all rows; all that is refused is of one set, the last.

    A refused resource ends the program.
    """
    jobs: dict[str, Any] = {}
    ids: dict[str, str] = {}
    for number, row in enumerate(ROWS.values()):
        name = row_name(number)
        if row.is_refused:
            ids[name] = job_id(number)
            continue
        expect = stated(number, row.expect)
        properties = {"jobId": job_id(number), "expect": expect, **JUDGED}
        jobs[name] = {"type": "mediaconvert:Job", "properties": properties}
    refused = {
        "type": "mediaconvert:JobSet",
        "properties": {
            "jobIds": ids,
            "expectByName": f"${{data.triggers[{len(ROWS)}]}}",
        },
        "options": {"dependsOn": [f"${{{name}}}" for name in jobs]},
    }
    # What stands in `triggers` comes out as it went in, and has no types.
    expects = [with_text_levels(row.expect) for row in ROWS.values()]
    by_name = {row_name(number): one for number, one in enumerate(expects)}
    all_refused = {name: one for name, one in by_name.items() if name in ids}
    triggers = [*expects, all_refused]
    stashed = {"jobId": job_id(0), "triggers": triggers, **JUDGED}
    data = {"type": "mediaconvert:Job", "properties": stashed}
    return f"resources: {json.dumps({'data': data, **jobs, 'refused': refused})}\n"


def job_id(number: int) -> str:
    """Return the ID of a row's job."""
    return f"{number:032x}"


def test_one_up_gives_every_response_its_verdict(yaml_stack, emulator):
    """What is stored for each row is right, and what must be refused is refused."""
    for number, row in enumerate(ROWS.values()):
        answer = row.answer(job_id(number))
        emulator.add_job(job_id(number), Script([Step(verbatim=answer)]))
    yaml_stack.program(program())
    yaml_stack.variables.update(WRITE_ONCE)

    run = yaml_stack.up()

    kept = yaml_stack.resources()
    refusals = "\n".join(run.on_row("refused", "error"))
    found = {
        name: "refused"
        if f"expectByName.{row_name(number)}" in refusals
        else kept[row_name(number)]["outputs"]["verdict"]
        for number, name in enumerate(ROWS)
    }
    assert found == {name: row.verdict for name, row in ROWS.items()}
