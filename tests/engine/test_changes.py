"""Which changed inputs replace, which verify anew, which do nothing; all at once."""

from __future__ import annotations

from typing import Any

from programs import DOWNSTREAM, JOB_ID, ONE_JOB
from terminal import bullets

from pulumi_alicloud_mediaconvert.emulator import scripts

OTHER_ID = JOB_ID[::-1]
Inputs = dict[str, Any]
# What the engine does, in this order.
STEPS = {
    "replace": ["create-replacement", "replace", "delete-replaced"],
    "update": ["update"],
    "same": ["same"],
}
# Of each input: before, after, and what the engine does about it.
CHANGES: dict[str, tuple[Inputs, Inputs, str]] = {
    "job_id": ({}, {"job_id": OTHER_ID}, "replace"),
    "region": ({}, {"region": "cn-beijing"}, "replace"),
    "expect": ({}, {"expect": {"output_count": 4}}, "update"),
    "enforcement_level": ({}, {"enforcement_level": "advisory"}, "update"),
    "on_inconclusive": ({}, {"on_inconclusive": "warn"}, "update"),
    "triggers": ({"triggers": [1]}, {"triggers": ["1"]}, "update"),
    "wait": ({}, {"wait": {"timeout": "3h", "poll_max": 40}}, "same"),
    "on_preview": ({}, {"on_preview": "off"}, "same"),
    "spelling": (
        {"expect": {"output_count": 4, "every_output": {"audio_count": 1}}},
        {"expect": {"every_output": {"audio_count": 1.0}, "output_count": 4.0}},
        "same",
    ),
}


def declared(*, changed: bool) -> str:
    """Write a program with a resource for each input, before or after its change."""
    return "".join(
        f"MediaConvertJob({name!r}, "
        f"**{ {'job_id': JOB_ID, **(after if changed else before)}!r})\n"
        for name, (before, after, _) in CHANGES.items()
    )


def test_each_changed_input_does_what_it_is_for(stack, emulator):
    """Where the job is found replaces, what is demanded of it updates, no other does.

    A replacement is created before the old record is forgotten, and only what does
    change looks at its job.
    """
    for job_id in (JOB_ID, OTHER_ID):
        emulator.add_job(job_id, scripts.succeeds_cleanly())
    stack.program(declared(changed=False))
    assert stack.up().code == 0
    looks = len(emulator.requests)
    stack.program(declared(changed=True))

    run = stack.up()

    assert run.code == 0, run.text
    assert {name: run.steps_of(name) for name in CHANGES} == {
        name: STEPS[kind] for name, (_, _, kind) in CHANGES.items()
    }
    changed = [kind for _, _, kind in CHANGES.values() if kind != "same"]
    # Those that ask for the same job at the same time share a look.
    assert 3 <= len(emulator.requests) - looks <= len(changed)


def test_a_replacement_that_fails_keeps_both_records_until_one_passes(stack, emulator):
    """The gate is closed by the new job; the next good one clears both away."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    emulator.add_job(OTHER_ID, scripts.one_output_fails())
    stack.program(ONE_JOB)
    assert stack.up().code == 0
    stack.program(ONE_JOB.replace(JOB_ID, OTHER_ID) + DOWNSTREAM)

    stopped = stack.up()
    refreshed = stack.refresh()
    still = stack.up()

    assert stopped.code != 0
    assert still.code != 0
    assert bullets(stopped.text) == bullets(still.text)
    assert "Traceback" not in stopped.text + refreshed.text + still.text
    assert "publish" not in stack.resources()

    emulator.add_job(OTHER_ID, scripts.succeeds_cleanly())
    passed = stack.up()

    assert passed.code == 0, passed.text
    records = stack.export()["deployment"]["resources"]
    assert [one["id"] for one in records if one["urn"].endswith("::trailer")] == [
        OTHER_ID
    ]
