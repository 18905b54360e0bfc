"""The schema of the Pulumi package, from which SDKs of other languages are made."""

from __future__ import annotations

import importlib.metadata
import json
import re
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from expectations import BAD, GOOD
from jobs import REGION, sample_job
from pulumi_alicloud_mediaconvert import MediaConvertJob, MediaConvertJobSet
from pulumi_alicloud_mediaconvert.hosts import native
from pulumi_alicloud_mediaconvert.hosts.native.property_keys import Keys, all_names
from pulumi_alicloud_mediaconvert.hosts.native.property_names import NAMES
from pulumi_alicloud_mediaconvert.hosts.native.url_outputs import with_urls
from pulumi_alicloud_mediaconvert.lifecycle.declared import Declared
from pulumi_alicloud_mediaconvert.schema.check import CheckContext, check_inputs
from pulumi_alicloud_mediaconvert.schema.inputs import CONFIGURATION_KEYS, JobInputs
from pulumi_alicloud_mediaconvert.schema.set_inputs import JobSetInputs
from pulumi_alicloud_mediaconvert.verification.report_facts import report_facts
from pulumi_alicloud_mediaconvert.verification.verifier import verify

SCHEMA: dict[str, Any] = json.loads(
    resources.files(native).joinpath("schema.json").read_text("utf-8")
)
JOB, JOB_SET = (
    SCHEMA["resources"][f"mediaconvert:index:{one}"] for one in ("Job", "JobSet")
)
GET_JOB = SCHEMA["functions"]["mediaconvert:index:getJob"]
ANY = "pulumi.json#/Any"
TYPES = "#/types/"


def properties_of(spec: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield everything that has a name and a meaning, wherever it stands."""
    if isinstance(spec, list):
        for entry in spec:
            yield from properties_of(entry)
    if not isinstance(spec, dict):
        return
    for key, value in spec.items():
        if key in ("properties", "inputProperties", "variables"):
            yield from value.items()
        yield from properties_of(value)


def references_in(spec: Any) -> Iterator[str]:
    """Yield the tokens of all types that are referred to."""
    if isinstance(spec, list):
        for entry in spec:
            yield from references_in(entry)
    elif isinstance(spec, dict):
        reference = spec.get("$ref", "")
        if isinstance(reference, str) and reference.startswith(TYPES):
            yield reference.removeprefix(TYPES)
        for value in spec.values():
            yield from references_in(value)


def json_schema(spec: Any) -> Any:
    """Write a type as JSON Schema does, which knows no property but those named."""
    if isinstance(spec, list):
        return [json_schema(one) for one in spec]
    if not isinstance(spec, dict):
        return spec
    if spec.get("$ref") == ANY:
        return {}
    if "enum" in spec:
        return {"enum": [one["value"] for one in spec["enum"]]}
    written = {key: json_schema(one) for key, one in spec.items() if key != "oneOf"}
    if "properties" in spec:
        written["properties"] = {
            name: json_schema(one) for name, one in spec["properties"].items()
        }
        written["additionalProperties"] = False
    if "oneOf" in spec:
        # Any of them: a whole number is a number, too.
        written["anyOf"] = json_schema(spec["oneOf"])
    return written


def validator_of(spec: dict[str, Any]) -> Draft202012Validator:
    """Return what validates values of an object, with all types of the package."""
    types = {token: json_schema(one) for token, one in SCHEMA["types"].items()}
    return Draft202012Validator({**json_schema(spec), "types": types})


INPUTS = validator_of(
    {"properties": JOB["inputProperties"], "required": JOB["requiredInputs"]}
)
OUTPUTS = validator_of({"properties": JOB["properties"], "required": JOB["required"]})


def test_the_schema_is_that_of_this_version() -> None:
    """SDKs ask for the plugin of their own version."""
    version = importlib.metadata.version("pulumi-alicloud-mediaconvert")
    assert SCHEMA["version"] == version
    for language in ("nodejs", "go", "python", "csharp"):
        assert SCHEMA["language"][language]["respectSchemaVersion"] is True


@pytest.mark.parametrize(
    ("spec", "model", "names"),
    [(JOB, JobInputs, NAMES.job), (JOB_SET, JobSetInputs, NAMES.job_set)],
    ids=["job", "set"],
)
def test_every_input_of_a_resource_is_in_the_schema(spec, model, names) -> None:
    """Neither less nor more; required is what has no default anywhere."""
    fields = model.model_fields
    assert {*spec["inputProperties"]} == {names.path((name,)) for name in fields}
    required = {name for name, field in fields.items() if field.is_required()}
    assert {*spec["requiredInputs"]} == {
        names.path((name,)) for name in required - {"region"}
    }


def test_a_change_of_what_names_the_job_replaces_it() -> None:
    """Editors and pages say so beforehand."""
    for spec, names in ((JOB, {"jobId", "region"}), (JOB_SET, {"region"})):
        assert names == {
            name
            for name, one in spec["inputProperties"].items()
            if one.get("willReplaceOnChanges")
        }


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


def of_token(reference: str) -> dict[str, Any]:
    """Return the type that a reference is to."""
    spec: dict[str, Any] = SCHEMA["types"][reference.removeprefix(TYPES)]
    return spec


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


def test_every_type_is_used_and_there() -> None:
    """No SDK has a class that leads nowhere."""
    assert {*references_in(SCHEMA)} == {*SCHEMA["types"]}


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


def test_every_property_has_a_meaning_for_editors() -> None:
    """One line of plain sentences, in words of no single language."""
    described = [
        *properties_of(SCHEMA),
        *SCHEMA["resources"].items(),
        *SCHEMA["functions"].items(),
        *SCHEMA["types"].items(),
        *(
            (one["value"], one)
            for spec in SCHEMA["types"].values()
            for one in spec.get("enum", ())
        ),
    ]
    assert len(described) > 300
    snake_case = {
        name
        for names in NAMES
        for name in all_names(names.read(), set())
        if "_" in name
    }
    for name, spec in described:
        text = spec["description"]
        assert re.match("[`A-Z]", text), name
        assert text.endswith((".", "%}}")), name
        assert not re.search(r"`(None|False|True)`", text), name
        assert not {*re.findall(r"\w+", text)} & snake_case, name


def test_nothing_is_stated_in_a_programs_place() -> None:
    """SDKs would send it over what the stack configures, and into the state."""
    for name, spec in properties_of(SCHEMA):
        assert not spec.keys() & {"default", "defaultInfo", "const"}, name


def test_the_provider_takes_what_the_stack_can_configure() -> None:
    """Each key of the configuration is an input of a provider, and secrets are ones."""
    own = {
        key.partition(":")[2]
        for key in CONFIGURATION_KEYS
        if key.startswith("mediaconvert:")
    }
    inputs = SCHEMA["provider"]["inputProperties"]
    assert {*SCHEMA["config"]["variables"]} == own == {*inputs}
    secrets = {name for name, one in inputs.items() if one.get("secret")}
    assert secrets == {"accessKey", "secretKey", "securityToken"}
    assert not secrets & {*SCHEMA["provider"]["properties"]}
    # Anything but text would arrive as JSON, in quotes.
    assert not [name for name, one in inputs.items() if "oneOf" in one]


def test_stacks_with_dynamic_resources_can_move() -> None:
    """The type of the dynamic resource is an alias of the native one."""
    for spec, declared in ((JOB, MediaConvertJob), (JOB_SET, MediaConvertJobSet)):
        token = f"pulumi-python:{declared._resource_type_name}"  # noqa: SLF001  # of the SDK
        assert spec["aliases"] == [{"type": token}]
