"""The rules of `examples/policy-pack`, asked in the protocol of the engine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policies import PACK, UNKNOWN, running_pack, secret

ROOT = Path(__file__).parent.parent
JOB_ID = "0a1b2c4579b5e748b99a27f6d63d4e5f"
DYNAMIC_JOB = "pulumi-python:dynamic/mediaconvert:MediaConvertJob"
DYNAMIC_SET = "pulumi-python:dynamic/mediaconvert:MediaConvertJobSet"
JOBS = (DYNAMIC_JOB, "mediaconvert:index:Job")
SETS = (DYNAMIC_SET, "mediaconvert:index:JobSet")
GATES = (*JOBS, *SETS)
STRICT = {"enforcement_level": "mandatory", "on_inconclusive": "fail"}


def inputs_of(kind, **inputs):
    """Build checked inputs of a gate, with the names that its host has for them."""
    ids = {"job_id": JOB_ID} if kind in JOBS else {"job_ids": {"intro": JOB_ID}}
    stated = {**ids, **STRICT, **inputs}
    return stated if kind in (DYNAMIC_JOB, DYNAMIC_SET) else in_camel_case(stated)


def camel(name):
    """Spell a name as the plugin does."""
    return re.sub(r"(?<=[a-z])_([a-z])", lambda found: found[1].upper(), name)


def in_camel_case(value):
    """Name keys as the plugin does."""
    if isinstance(value, list):
        return [in_camel_case(one) for one in value]
    if isinstance(value, dict):
        return {camel(key): in_camel_case(one) for key, one in value.items()}
    return value


@pytest.fixture(scope="module")
def started():
    """The pack's process: it takes a second to start."""
    with running_pack() as pack:
        yield pack


@pytest.fixture
def pack(started):
    """The pack with its defaults."""
    started.configure()
    return started


@pytest.mark.parametrize("kind", GATES)
@pytest.mark.parametrize("expect", ["as-requested", {"output_count": 1}])
def test_a_strict_gate_breaks_no_rule(pack, kind, expect):
    """Each kind of gate can be deployed to production."""
    inputs = inputs_of(kind, expect=expect)

    assert pack.refusals(kind, inputs, "prod") == []


@pytest.mark.parametrize("kind", JOBS)
@pytest.mark.parametrize("stated", [{}, {"expect": {}}])
def test_a_job_without_expectations_is_refused_in_every_stack(pack, kind, stated):
    """An empty mapping states nothing."""
    said = pack.refusals(kind, inputs_of(kind, **stated), "dev")

    assert said == [
        'gate-states-expectations: Set `expect`, at least to "as-requested".'
    ]


@pytest.mark.parametrize("kind", SETS)
@pytest.mark.parametrize(
    ("inputs", "without"),
    [
        ({"expect": "as-requested"}, 0),
        ({"expect_by_name": {"a": "as-requested", "b": {"output_count": 1}}}, 0),
        ({"expect_by_name": {"a": "as-requested"}}, 1),
        ({"expect": "as-requested", "expect_by_name": {"a": {}}}, 1),
        ({}, 2),
    ],
)
@pytest.mark.parametrize("ids", [{"a": JOB_ID, "b": JOB_ID}, ["a", "b"]])
def test_every_job_of_a_set_has_expectations(pack, kind, inputs, without, ids):
    """Those for all jobs count, unless an entry by name takes their place."""
    said = pack.refusals(kind, inputs_of(kind, job_ids=ids, **inputs), "dev")

    counts = [re.findall(r"^[\w-]+: (\d) of 2 jobs have no", line)[0] for line in said]
    assert counts == ([str(without)] if without else [])


@pytest.mark.parametrize("kind", GATES)
@pytest.mark.parametrize(
    ("stated", "path"),
    [
        ({"enforcement_level": "advisory"}, "enforcement_level"),
        ({"enforcement_level": "disabled"}, "enforcement_level"),
        ({"on_inconclusive": "warn"}, "on_inconclusive"),
        (
            {"expect": {"outputs": [{"video": {"enforcement_level": "advisory"}}]}},
            "expect.outputs[0].video.enforcement_level",
        ),
    ],
)
def test_a_gate_that_does_not_stop_is_refused_in_production(pack, kind, stated, path):
    """It names the input, as the program spells it; other stacks may warn."""
    inputs = inputs_of(kind, **{"expect": "as-requested", **stated})

    [line] = pack.refusals(kind, inputs, "prod")

    spelt = path if kind in (DYNAMIC_JOB, DYNAMIC_SET) else camel(path)
    assert line.startswith(f"gate-stops-in-production: `{spelt}` is `")
    assert pack.refusals(kind, inputs, "dev") == []


@pytest.mark.parametrize("kind", SETS)
def test_names_of_a_set_are_not_shown(pack, kind):
    """They may be IDs, and secret: policies see secrets in plain text."""
    advisory = {"outputs": [{"name": "a", "enforcement_level": "advisory"}]}
    inputs = inputs_of(
        kind,
        job_ids=secret([JOB_ID, "other"]),
        expect_by_name=secret({JOB_ID: advisory}),
    )

    without, level = pack.refusals(kind, inputs, "prod")

    assert "1 of 2 jobs" in without
    assert ".*.outputs[0]." in level
    assert JOB_ID not in without + level


@pytest.mark.parametrize("kind", GATES)
@pytest.mark.parametrize(
    ("verdict", "is_refused"),
    [
        ("passed", False),
        ("failed", True),
        ("inconclusive", True),
        ("pending", True),
        ("unverified", True),
    ],
)
def test_any_verdict_but_passed_is_refused(pack, kind, verdict, is_refused):
    """In every stack, once it is known."""
    said = pack.refusals_of_stack(kind, {"verdict": verdict}, "dev")

    expected = f"gate-has-passed: The verdict is `{verdict}`, not `passed`."
    assert said == ([expected] if is_refused else [])


@pytest.mark.parametrize("kind", GATES)
def test_a_preview_without_a_verdict_is_no_violation(pack, kind):
    """What is new or changes has none yet."""
    assert pack.refusals_of_stack(kind, inputs_of(kind), "prod") == []


@pytest.mark.parametrize(
    ("stack", "is_production"),
    [("prod", True), ("prod-eu", True), ("production", True), ("preprod", False)],
)
def test_names_of_production_stacks_are_patterns(pack, stack, is_production):
    """The defaults cover usual names."""
    inputs = inputs_of(DYNAMIC_JOB, expect="as-requested", on_inconclusive="warn")

    assert bool(pack.refusals(DYNAMIC_JOB, inputs, stack)) is is_production


def test_an_organization_names_its_own_stacks(pack):
    """Each rule has its own list, and single expectations may be allowed to warn."""
    expect = {"outputs": [{"name": "a", "enforcement_level": "advisory"}]}
    inputs = inputs_of(DYNAMIC_JOB, expect=expect, on_inconclusive="warn")
    failed = {"verdict": "failed"}

    pack.configure(
        gate_stops_in_production={
            "stacks": ["live"],
            "allowAdvisoryExpectations": True,
        },
        gate_has_passed={"stacks": ["live"]},
    )

    assert pack.refusals(DYNAMIC_JOB, inputs, "prod") == []
    [line] = pack.refusals(DYNAMIC_JOB, inputs, "live")
    assert "`on_inconclusive` is `warn`" in line
    assert pack.refusals_of_stack(DYNAMIC_JOB, failed, "prod") == []
    assert pack.refusals_of_stack(DYNAMIC_JOB, failed, "live")


@pytest.mark.parametrize("kind", GATES)
def test_what_a_preview_cannot_know_is_a_note_and_not_a_violation(pack, kind):
    """Another resource has yet to supply the expectations; `up` checks them."""
    inputs = inputs_of(kind, expect=UNKNOWN)

    assert pack.refusals(kind, inputs, "prod") == []
    notes = pack.notes(kind, inputs, "prod")
    assert len(notes) == 2
    assert all(".expect can't be known during preview" in note for note in notes)


@pytest.mark.parametrize("kind", GATES)
def test_a_gate_that_its_provider_has_not_checked_breaks_no_rule(pack, kind):
    """It is only read, or left out by `--target` before it exists."""
    read = {key: one for key, one in inputs_of(kind).items() if key.startswith("job")}
    assert len(read) == 1

    assert pack.refusals(kind, {}, "prod") == []
    assert pack.refusals(kind, read, "prod") == []


@pytest.mark.parametrize("kind", GATES)
def test_a_preview_without_defaults_refuses_no_default(pack, kind):
    """The provider's configuration may be unknown; what is stated is checked."""
    inputs = inputs_of(kind, expect="as-requested")
    stated = {key: one for key, one in inputs.items() if "nconclusive" not in key}

    assert pack.refusals(kind, stated, "prod") == []


def test_other_resources_are_not_concerned(pack):
    """Their properties may have the same names."""
    inputs = {"enforcement_level": "advisory", "verdict": "failed"}

    assert pack.refusals("other:index:Job", inputs, "prod") == []
    assert pack.refusals_of_stack("other:index:Job", inputs, "prod") == []


def test_the_version_that_users_install_is_the_one_that_is_tested():
    """Its requirements and the lock name the same version of the SDK."""
    wanted = (PACK / "requirements.txt").read_text("utf-8").strip()
    locked = (ROOT / "scripts" / "locks" / "policy.lock").read_text("utf-8")

    assert locked.startswith(f"{wanted} ")
