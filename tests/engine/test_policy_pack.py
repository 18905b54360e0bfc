"""The policy pack of `examples` in previews and deployments, for both hosts."""

from __future__ import annotations

import pytest
from languages import Python
from programs import DOWNSTREAM, JOB_ID, ONE_JOB, program

from pages import BLOCKS
from policies import launcher
from pulumi_alicloud_mediaconvert.emulator import scripts

PAGE = "docs/policies.md"
IMPORT = "from pulumi_alicloud_mediaconvert import MediaConvertJobSet\n"
# A job without expectations, and a set with some. The stack says that gates only warn.
LENIENT = {
    "python": f"""{IMPORT}
MediaConvertJob("trailer", job_id="{JOB_ID}")
MediaConvertJobSet("library", job_ids={{"a": "{JOB_ID}"}}, expect="as-requested")
""",
    "yaml": f"""
resources:
  trailer:
    type: mediaconvert:Job
    properties: {{jobId: {JOB_ID}}}
  library:
    type: mediaconvert:JobSet
    properties: {{jobIds: {{a: {JOB_ID}}}, expect: as-requested}}
""",
}
STRICT = {
    "python": f"""{IMPORT}
MediaConvertJob("trailer", job_id="{JOB_ID}", enforcement_level="mandatory",
    expect={{"output_count": {{"min": 1}}}})
MediaConvertJobSet("library", job_ids={{"a": "{JOB_ID}"}},
    enforcement_level="mandatory", expect_by_name={{"a": "as-requested"}})
""",
    "yaml": f"""
resources:
  trailer:
    type: mediaconvert:Job
    properties:
      jobId: {JOB_ID}
      enforcementLevel: mandatory
      expect: {{outputCount: {{min: 1}}}}
  library:
    type: mediaconvert:JobSet
    properties:
      jobIds: {{a: {JOB_ID}}}
      enforcementLevel: mandatory
      expectByName: {{a: as-requested}}
""",
}
NEW_SET = f"""
MediaConvertJobSet("library", job_ids=["{JOB_ID}"], expect="as-requested")
"""
MISSED = repr({"output_count": 99})


def shown(language):
    """Return the one block of the page in a language."""
    [text] = [
        one.text for one in BLOCKS if (one.page, one.language) == (PAGE, language)
    ]
    return text


def violations(run):
    """List what was refused: rule and resource."""
    events = [event["policyEvent"] for event in run.events if "policyEvent" in event]
    return {
        (event["policyName"], event["resourceUrn"].rpartition("::")[2])
        for event in events
        if event["enforcementLevel"] == "mandatory"
    }


@pytest.fixture
def policy_pack(tmp_path, emulator):
    """The options of a command that name the pack."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    return ("--policy-pack", str(launcher(tmp_path / "policies")))


@pytest.fixture(params=["dynamic", "native"])
def production(request, make_stack):
    """A stack of each host: production by its name, and its gates warn by default."""
    is_native = request.param == "native"
    language = request.getfixturevalue("yaml") if is_native else Python()
    stack = make_stack("prod", language=language)
    with (stack.folder / "Pulumi.prod.yaml").open("a") as config:
        config.write("  mediaconvert:enforcementLevel: advisory\n")
    return stack


def test_lenient_gates_stop_in_the_preview_and_strict_ones_are_deployed(
    production, policy_pack
):
    """Each violation names its rule and its resource; nothing is deployed."""
    production.program(LENIENT)

    stopped = production.up(*policy_pack, previews=True)

    assert stopped.code != 0
    assert violations(stopped) == {
        ("gate-states-expectations", "trailer"),
        ("gate-stops-in-production", "trailer"),
        ("gate-stops-in-production", "library"),
    }
    assert production.resources().keys() <= {"gate-prod", "default"}
    if production.language.name == "python":
        # The pack's version and folder are another one where a program starts it.
        for line in shown("text").splitlines()[2:]:
            assert line in stopped.text

    production.program(STRICT)
    passed = production.up(*policy_pack, previews=True)

    assert passed.code == 0, passed.text
    assert violations(passed) == set()
    resources = production.resources()
    assert resources["trailer"]["outputs"]["verdict"] == "passed"
    assert resources["library"]["outputs"]["verdict"] == "passed"


def test_an_up_without_a_preview_stops_before_the_job_is_read(
    stack, policy_pack, emulator
):
    """The rules on inputs are checked before each gate."""
    stack.program(ONE_JOB)

    stopped = stack.up(*policy_pack)

    assert stopped.code != 0
    assert violations(stopped) == {("gate-states-expectations", "trailer")}
    assert "trailer" not in stack.resources()
    assert not emulator.requests


def test_a_verdict_is_checked_after_everything_is_deployed(
    stack, policy_pack, tmp_path
):
    """The preview of a new gate has no verdict; a later one has that of the state."""
    config = tmp_path / "policies.json"
    config.write_text(shown("json"))
    stack.program(program(MISSED, enforcement_level="'advisory'") + DOWNSTREAM)

    deployed = stack.up(*policy_pack, previews=True)
    again = stack.preview(*policy_pack)
    elsewhere = stack.preview(*policy_pack, "--policy-pack-config", str(config))

    refused = {("gate-has-passed", "trailer")}
    assert (deployed.code != 0, violations(deployed)) == (True, refused)
    assert "publish" in stack.resources()
    assert (again.code != 0, violations(again)) == (True, refused)
    assert (elsewhere.code, violations(elsewhere)) == (0, set())


def test_the_rules_see_a_gate_that_a_target_leaves_out(stack, policy_pack):
    """The provider is not called then. An `up` that a gate stops checks no verdict."""
    failing = program(MISSED) + DOWNSTREAM
    stack.program(failing)

    stopped = stack.up(*policy_pack)
    stack.program(failing + IMPORT + NEW_SET)
    targeted = stack.up(*policy_pack, "--target", "**publish", previews=True)
    analyzed = stack.run("policy", "analyze", *policy_pack)

    assert (stopped.code != 0, violations(stopped)) == (True, set())
    assert targeted.code != 0
    # Of a set that is not there yet, nothing is known.
    assert violations(targeted) == {("gate-has-passed", "trailer")}
    assert "publish" not in stack.resources()
    assert analyzed.code != 0
    assert "The verdict is `failed`, not `passed`." in analyzed.text
