"""The types of the Pulumi package: what programs state, and what they get."""

from __future__ import annotations

from typing import Any

import pytest

from expectations import BAD, GOOD
from jobs import REGION, sample_job
from package_schema import (
    ANY,
    GET_JOB,
    JOB,
    JOB_SET,
    SCHEMA,
    of_token,
    validator_of,
)
from pulumi_alicloud_mediaconvert.expect.expectations import (
    Expectations,
    GroupExpectation,
    OutputExpectation,
    Rule,
    Selector,
)
from pulumi_alicloud_mediaconvert.expect.expected_media import (
    AudioExpectation,
    VideoExpectation,
    kinds_of,
)
from pulumi_alicloud_mediaconvert.expect.json_schema import forms_of
from pulumi_alicloud_mediaconvert.expect.matcher_validation import NOTES
from pulumi_alicloud_mediaconvert.hosts.native.property_keys import (
    Keys,
    native_name,
)
from pulumi_alicloud_mediaconvert.hosts.native.property_names import NAMES
from pulumi_alicloud_mediaconvert.hosts.native.url_outputs import with_urls
from pulumi_alicloud_mediaconvert.lifecycle.declared import Declared
from pulumi_alicloud_mediaconvert.schema.check import CheckContext, check_inputs
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs
from pulumi_alicloud_mediaconvert.verification.job_facts import job_facts
from pulumi_alicloud_mediaconvert.verification.report_facts import report_facts
from pulumi_alicloud_mediaconvert.verification.verifier import verify

INPUTS = validator_of(
    {"properties": JOB["inputProperties"], "required": JOB["requiredInputs"]}
)
OUTPUTS = validator_of({"properties": JOB["properties"], "required": JOB["required"]})


def keys_by_type() -> dict[str, set[Keys]]:
    """Find the keys that the plugin renames at the place of each type."""
    found: dict[str, set[Keys]] = {}

    def walk(spec: Any, keys: Keys | None) -> None:
        if "additionalProperties" in spec and keys is not None:
            walk(spec["additionalProperties"], keys.any_key)
        for one in (*spec.get("oneOf", ()), *filter(None, [spec.get("items")])):
            walk(one, keys)
        reference = spec.get("$ref", ANY)
        if reference != ANY and "enum" not in of_token(reference):
            assert keys is not None, reference
            known = found.setdefault(reference, set())
            if keys not in known:
                known.add(keys)
                walk_properties(of_token(reference)["properties"], keys)

    def walk_properties(properties: Any, keys: Keys) -> None:
        for name, one in properties.items():
            walk(one, keys.below[keys.service[name]] if name in keys.service else None)

    for spec, names in ((JOB, NAMES.job), (JOB_SET, NAMES.job_set)):
        walk_properties(spec["inputProperties"], names.read())
        walk_properties(spec["properties"], names.read())
    walk_properties(GET_JOB["outputs"]["properties"], NAMES.get_job.read())
    return found


def test_types_have_the_keys_that_the_plugin_knows() -> None:
    """Every key of an object is one of the service's, and each of those is there."""
    for reference, all_keys in keys_by_type().items():
        stated = {*of_token(reference)["properties"]}
        known = [{*keys.native.values()} for keys in all_keys]
        assert stated <= known[0]
        if reference.endswith("OutputSelector"):
            stated |= {"message", "enforcementLevel"}
        if not reference.endswith("Matcher"):
            assert known == [stated] * len(known), reference


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("OutputExpectation", OutputExpectation),
        ("OutputSelector", Selector),
        ("GroupExpectation", GroupExpectation),
        ("VideoExpectation", VideoExpectation),
        ("AudioExpectation", AudioExpectation),
        ("RuleExpectation", Rule),
        ("Expectations", Expectations),
    ],
)
def test_a_constraint_has_every_form_that_its_fact_takes(name, model) -> None:
    """Bounds of what has an order, patterns of text, notes; values where allowed."""
    properties = SCHEMA["types"][f"mediaconvert:index:{name}"]["properties"]
    for fact, kind in kinds_of(model).items():
        spec = properties[native_name(fact)]
        values = [one["type"] for one in spec["oneOf"] if "type" in one]
        assert values == [*(kind.types if kind.takes_plain else ()), "array"], fact
        [matcher] = [one["$ref"] for one in spec["oneOf"] if "$ref" in one]
        keys = {key for form in forms_of(kind) for key in form} | NOTES
        assert {*of_token(matcher)["properties"]} == {*map(native_name, keys)}, fact


def test_a_read_without_a_verdict_returns_every_fact() -> None:
    """`getJob` takes what names a job, and gives what the API reports of it."""
    assert {*GET_JOB["inputs"]["properties"]} == {"jobId", "region"}
    assert GET_JOB["inputs"]["required"] == ["jobId"]
    facts = job_facts(sample_job())
    found = {**facts, "job_id": "1", "region": REGION, "facts_digest": "2"}
    result = NAMES.get_job.to_native(with_urls(found))
    assert {*GET_JOB["outputs"]["required"]} <= {*result}
    assert not [*validator_of(GET_JOB["outputs"]).iter_errors(result)]
    known = {*NAMES.get_job.read().native.values()}
    assert {*GET_JOB["outputs"]["properties"]} == known | {"urls"}


@pytest.mark.parametrize("name", [name for name in GOOD if "null" not in name])
def test_every_good_expectation_is_of_the_type(name) -> None:
    """A type checker refuses nothing that the plugin takes."""
    props = NAMES.job.to_native({"job_id": "1", "expect": GOOD[name]})
    assert not [*INPUTS.iter_errors(props)]


REFUSED = (
    *("number", "list", "unknown key", "unknown key of a stream", "plain measure"),
    *("unknown key of a matcher", "note in where", "number for text", "disabled"),
    *("text for a number", "boolean for a number", "pattern of a number"),
    *("other outputs", "as requested is text", "group without a name"),
    *("order of text", "rule without a query", "empty consistent", "list in a list"),
)


@pytest.mark.parametrize("name", REFUSED)
def test_a_type_checker_sees_what_is_plainly_wrong(name) -> None:
    """What the check of a preview would refuse is refused in the editor."""
    props = NAMES.job.to_native({"job_id": "1", "expect": BAD[name]})
    assert [*INPUTS.iter_errors(props)]


@pytest.mark.parametrize(
    "stated",
    [
        {"wait": False},
        {"wait": {"timeout": "2h", "stallTimeout": 900, "pollMin": 0.5}},
        {"enforcementLevel": "advisory", "onInconclusive": "warn", "onPreview": "off"},
        {"triggers": [1, "a", {"b": [None]}], "region": "cn-shanghai"},
    ],
    ids=str,
)
def test_other_inputs_are_of_their_types(stated) -> None:
    """What the plugin takes is taken; another word is not."""
    assert not [*INPUTS.iter_errors({"jobId": "1", **stated})]
    wrong = dict.fromkeys(stated, "nobody's word")
    assert len([*INPUTS.iter_errors({"jobId": "1", **wrong})]) >= len(stated) - 1


@pytest.mark.parametrize("expect", [None, {"output_count": 7}], ids=["none", "missed"])
def test_what_the_plugin_stores_is_of_the_types(expect) -> None:
    """The outputs of a job, mismatches included, are what SDKs say they are."""
    given = {"job_id": sample_job().job_id, "region": REGION, "expect": expect}
    checked = check_inputs(given, JobInputs, CheckContext())
    assert checked.inputs is not None
    declared = Declared(checked.inputs, checked.values)
    report = verify(sample_job(), checked.inputs.expect)
    state = with_urls({**report_facts(report), **declared.stated})
    native_state = NAMES.job.to_native(state)
    assert not [error.message for error in OUTPUTS.iter_errors(native_state)]
    assert len(native_state["mismatches"]) == (0 if expect is None else 1)
