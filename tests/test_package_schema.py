"""The schema of the Pulumi package, from which SDKs of other languages are made."""

from __future__ import annotations

import importlib.metadata
import re

import pytest

from package_schema import (
    JOB,
    JOB_SET,
    SCHEMA,
    properties_of,
    references_in,
)
from pulumi_alicloud_mediaconvert import MediaConvertJob, MediaConvertJobSet
from pulumi_alicloud_mediaconvert.hosts.native.property_keys import (
    all_names,
)
from pulumi_alicloud_mediaconvert.hosts.native.property_names import NAMES
from pulumi_alicloud_mediaconvert.schema.inputs import CONFIGURATION_KEYS, JobInputs
from pulumi_alicloud_mediaconvert.schema.set_inputs import JobSetInputs


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


def test_every_type_is_used_and_there() -> None:
    """No SDK has a class that leads nowhere."""
    assert {*references_in(SCHEMA)} == {*SCHEMA["types"]}


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


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("typescript", 'const job = new Job("trailer", {'),
        (
            "go",
            'job, err := mediaconvert.NewJob(ctx, "trailer", &mediaconvert.JobArgs{',
        ),
        ("yaml", "type: mediaconvert:Job"),
    ],
)
def test_a_gate_is_shown_in_each_language(language, line) -> None:
    """An SDK shows its own example where an editor shows what a job is."""
    [code] = re.findall(rf"```{language}\n(.*?)\n```", JOB["description"], re.DOTALL)
    assert line in code
    assert code.splitlines()[0].startswith(("import ", "package ", "name: "))


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
