"""The worst answers on the real engine: it prints and stores them, and goes on."""

from __future__ import annotations

import json
import re
from typing import Any

from pulumi_alicloud_mediaconvert.emulator import raw_answer

MANY = 10_000
# What the engine itself colors by.
COLOR = re.compile(r"\x1b\[[\d;]*m")
ESCAPES = "\x1b]0;title\x07 \x9b2J \x1b]8;;http://evil\x1b\\here \r\u202e \ud800"
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
DEEP = "[" * 90 + "]" * 90
ANSWERS: dict[str, dict[str, Any]] = {
    "escapes": {"UserData": ESCAPES, "State": "Failed", "Code": ESCAPES},
    "message": {"Message": f"{ESCAPES} <{{%bogus%}}>", "State": "Failed"},
    "colors": {"UserData": "<{%bogus%}>", "State": "Failed", "Code": "<{%bogus%}>"},
    "json": {"UserData": r'{"\u001b]0;evil\u0007": "\u003c{%x%}>"}'},
    "yaml": {"UserData": '"\\e]0;evil\\a": 1\nb: 2'},
    "keys": {"Config": {ESCAPES: 1, "<{%bogus%}>": {"\n": 1}}},
    "unknown": {"UserData": UNKNOWN, "PipelineId": f" {UNKNOWN}"},
    "deep": {"Config": {"a": json.loads(DEEP)}},
    "numbers": {"Percent": 10**299, "Config": {"a": 10**299, "b": 2**64}},
    "outputs": {
        "OutputDetails": [
            {
                "Name": ESCAPES,
                "Status": f"Odd {ESCAPES}",
                "Message": ESCAPES,
                "Result": {
                    "OutputFile": {"Url": f"http://b.aliyuncs.com/%1B%07{ESCAPES}"},
                    "OutFileMeta": {
                        "VideoStreamInfoList": [{"Codec_name": f"h264{ESCAPES}"}]
                    },
                },
            }
        ]
    },
    "many": {
        "OutputDetails": [
            {"Name": f"o{number}", "Status": "Success"} for number in range(MANY)
        ]
    },
}
PROGRAM = """
for name, job_id in {ids}.items():
    job = MediaConvertJob(
        name, job_id=job_id, enforcement_level="advisory",
        expect={{"every_output": {{"video": {{"codec": "hevc"}}}}}},
    )
    if name != "many":
        pulumi.export(name, job.facts)
"""


def is_plain(text: str) -> bool:
    """Whether nothing is printed but what a person reads, and colors."""
    return all(line.isprintable() for line in COLOR.sub("", text).splitlines())


def test_hostile_answers_neither_reach_the_terminal_nor_stop_anything(stack, emulator):
    """Each job gets its verdict; the terminal shows and the state keeps plain text."""
    ids = {name: f"{number:032x}" for number, name in enumerate(ANSWERS)}
    for name, job_id in ids.items():
        job = {"JobId": job_id, "State": "Success", **ANSWERS[name]}
        emulator.add_job(job_id, raw_answer(json.dumps({"Job": job}).encode()))
    stack.program(PROGRAM.format(ids=ids))

    run = stack.up("--color", "always")

    assert run.code == 0, run.text[-3000:]
    assert "panic" not in run.text
    assert "Traceback" not in run.text
    assert is_plain(run.text)
    assert "title" in run.text
    stored = stack.resources()
    verdicts = {name: stored[name]["outputs"]["verdict"] for name in ANSWERS}
    assert {verdicts[name] for name in ("escapes", "message", "colors")} == {"failed"}
    assert {*verdicts.values()} == {"failed", "inconclusive"}
    assert len(stored["many"]["outputs"]["outputs"]) == MANY
    # What a person asks for, the engine prints as it is stored.
    asked = stack.run("stack", "output", "--json")
    assert asked.code == 0
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]|<\{%", asked.text)
