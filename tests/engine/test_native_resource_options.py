"""Options of resources and of runs with the plugin: they work as for every resource."""

from __future__ import annotations

import json
import re

from native_programs import job, job_set, program
from stack import Run
from terminal import bullets

from pulumi_alicloud_mediaconvert.emulator import scripts
from pulumi_alicloud_mediaconvert.hosts.native.version import plugin_version
from pulumi_alicloud_mediaconvert.text import HIDDEN

URN = "urn:pulumi:test::gate::mediaconvert:index:Job::"
# How the engine marks a secret in an exported state.
MARK = "4dabf18193072939515e22adb298388d"
VERSION = plugin_version()
MIN = "expect.outputs[0].durationSeconds.min"
TARGET = ("--target", URN + "after")


def with_options(seconds: float, level: str, renamed: str) -> str:
    """Write a program of jobs, each with other options of the engine."""
    expect = {"outputs": [{"name": "720P-mp4", "durationSeconds": {"min": seconds}}]}
    return program(
        {
            "nested": job("a", expect=expect, options={"replaceOnChanges": [MIN]}),
            "whole": job(
                "b",
                expect=expect,
                options={"replaceOnChanges": ["expect"], "deleteBeforeReplace": True},
            ),
            "elsewhere": job(
                "c",
                expect=expect,
                options={"replaceOnChanges": ["expect.outputCount", "triggers"]},
            ),
            "ignored": job(
                "d",
                expect=expect,
                enforcementLevel=level,
                options={"ignoreChanges": ["expect", "enforcementLevel"]},
            ),
            "within": job("e", expect=expect, options={"ignoreChanges": [MIN]}),
            renamed: job("f", options={"aliases": [URN + "old"]}),
            "kept": job(
                "g",
                options={"protect": True, "additionalSecretOutputs": ["jobName"]},
            ),
            "retained": job("h", options={"retainOnDelete": True, "version": VERSION}),
        }
    )


def steps(run: Run, *names: str) -> dict[str, list[str]]:
    """Return the steps of resources by their names."""
    return {name: run.steps_of(name) for name in names}


def test_options_decide_on_changes_names_secrets_and_ends(yaml_stack, emulator):
    """Paths of `replaceOnChanges` and `ignoreChanges` are those of the program."""
    for job_id in "abcdefgh":
        emulator.add_job(job_id, scripts.succeeds_cleanly())
    yaml_stack.program(with_options(1.5, "mandatory", "old"))
    assert yaml_stack.up().code == 0
    deployed = yaml_stack.resources()
    sealed = deployed["kept"]["outputs"]
    yaml_stack.program(with_options(2.5, "advisory", "new"))

    preview, run = yaml_stack.preview("--diff"), yaml_stack.up()
    again, ended = yaml_stack.up("--expect-no-changes"), yaml_stack.destroy()

    assert preview.code == run.code == again.code == 0, run.text + again.text
    assert preview.text.count("~ min: 1.5 => 2.5") == 3
    assert "- expect" not in preview.text
    assert "+-2 to replace" in preview.text
    assert steps(run, "nested", "whole", "elsewhere") == {
        "nested": ["create-replacement", "replace", "delete-replaced"],
        "whole": ["delete-replaced", "replace", "create-replacement"],
        "elsewhere": ["update"],
    }
    assert {run.operations()[one] for one in ("ignored", "within", "new")} == {"same"}
    assert {name for name, one in sealed.items() if MARK in json.dumps(one)} == {
        "jobName"
    }
    assert ended.code != 0
    assert "`pulumi state unprotect" in ended.text
    left = {name for name in yaml_stack.resources() if "default" not in name}
    assert left == {"gate-test", "kept"}
    by_version = f"::default_{re.sub('[.+]', '_', VERSION)}::"
    assert by_version in deployed["retained"]["provider"]


def test_no_option_lets_a_failed_job_pass(yaml_stack, emulator):
    """Neither changes that are ignored, nor an import."""
    emulator.add_job("a", scripts.fails())
    ignoring = {"ignoreChanges": ["expect", "enforcementLevel"]}
    yaml_stack.program(program({"failed": job("a", options=ignoring)}))
    assert yaml_stack.up().code != 0
    gates = {
        "failed": job("a", enforcementLevel="disabled", options=ignoring),
        "imported": job("a", options={"import": "a"}),
    }
    yaml_stack.program(program(gates))

    run = yaml_stack.up("--continue-on-error")

    assert run.code != 0
    assert "Traceback" not in run.text
    failed = [line for line in bullets(run.text) if line.startswith("job a ")]
    assert len(failed) == 2
    state = yaml_stack.resources()
    verdicts = {name: state[name]["outputs"]["verdict"] for name in gates}
    assert verdicts == {"failed": "failed", "imported": "failed"}


def test_what_is_left_out_is_not_asked_for_and_stays_as_it_is(yaml_stack, emulator):
    """The engine then hands out what is stored; the whole program stops again."""
    emulator.add_job("a", scripts.fails())
    emulator.add_job("b", scripts.succeeds_cleanly())
    emulator.add_job("c", scripts.fails())
    gates = {"one": job("a"), "set": job_set(["c"])}
    yaml_stack.program(program(gates))
    assert yaml_stack.up("--continue-on-error").code != 0
    asked = len(emulator.requests)
    after = job("b", options={"dependsOn": ["${one}", "${set}"]})
    yaml_stack.program(program(gates | {"after": after}))

    preview, targeted = yaml_stack.preview(*TARGET), yaml_stack.up(*TARGET)
    read = [request.job_id for request in emulator.requests[asked:]]
    excluded = yaml_stack.up("--exclude", URN + "one", "--refresh")
    read_then = {request.job_id for request in emulator.requests[asked + 2 :]}
    whole = yaml_stack.up()

    assert preview.code == targeted.code == 0, targeted.text
    assert read == ["b", "b"]
    assert yaml_stack.resources()["one"]["outputs"]["verdict"] == "failed"
    assert excluded.code != 0
    assert read_then == {"b", "c"}
    assert bullets(excluded.text)[0] == "1 job (cn-shanghai): 1 failed."
    assert whole.code != 0
    assert any(line.startswith("job a ") for line in bullets(whole.text))


def test_a_plan_holds_an_up_to_what_was_previewed(yaml_stack, emulator, tmp_path):
    """A job that fails meanwhile stops it; so does another program."""
    for job_id in "ab":
        emulator.add_job(job_id, scripts.succeeds_cleanly())
    yaml_stack.variables["PULUMI_EXPERIMENTAL"] = "1"
    plan = tmp_path / "plan.json"
    secret = {"fn::secret": "b"}
    yaml_stack.program(program({"one": job("a"), "hidden": job(secret)}))
    assert yaml_stack.preview("--save-plan", str(plan)).code == 0
    emulator.add_job("a", scripts.fails())

    failed = yaml_stack.up("--plan", str(plan))
    yaml_stack.program(program({"one": job("a", enforcementLevel="disabled")}))
    refused = yaml_stack.up("--plan", str(plan))

    assert failed.code != 0
    assert bullets(failed.text)[0].startswith("job a (cn-shanghai) ended Failed")
    assert yaml_stack.resources()["hidden"]["outputs"]["verdict"] == "passed"
    assert refused.code != 0
    assert "violates plan" in refused.text
    assert yaml_stack.resources()["one"]["outputs"]["verdict"] == "failed"
    assert HIDDEN not in plan.read_text()
