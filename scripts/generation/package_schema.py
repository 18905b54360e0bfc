"""The schema of the Pulumi package, which the native plugin serves.

Properties, types and descriptions come from the models of the inputs, the classes of
the outputs and the facts.

No property has a `default` and none is read from the environment here: SDKs would send
such values as if the program had stated them, over what the stack configures, and into
the state.

Source: https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/.
"""

from __future__ import annotations

import inspect
import json
import re
import tomllib
import typing
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from documentation.attributes import meanings_of
from generation.package_types import (
    ANY,
    PACKAGE,
    TEXTS,
    Spec,
    all_types,
    input_of,
    output_properties,
    token,
)
from pulumi_alicloud_mediaconvert.functions import GetMediaConvertJobResult
from pulumi_alicloud_mediaconvert.gate_resource import GateResource
from pulumi_alicloud_mediaconvert.hosts.native.property_keys import native_name
from pulumi_alicloud_mediaconvert.hosts.native.url_outputs import OUTPUTS, URLS
from pulumi_alicloud_mediaconvert.input_names import INPUT_NAMES, SET_INPUT_NAMES
from pulumi_alicloud_mediaconvert.resource import MediaConvertJob
from pulumi_alicloud_mediaconvert.schema.inputs import (
    CONFIGURED_INPUTS,
    CONFIGURED_RATE,
    CONFIGURED_TIMEOUT,
    JobInputs,
)
from pulumi_alicloud_mediaconvert.schema.set_inputs import JobSetInputs
from pulumi_alicloud_mediaconvert.set_resource import MediaConvertJobSet

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# One program in each language, which the tests run.
EXAMPLES = {
    "typescript": "typescript-gate/index.ts",
    "go": "go-gate/main.go",
    "yaml": "yaml-gate/Pulumi.yaml",
}
# The comment at the start of such a file.
HEADER = re.compile(r"\A(?:/\*.*?\*/\n|(?:(?://|#)[^\n]*\n)+)", re.DOTALL)
JOB = (
    "One transcoding job of Alibaba Cloud Intelligent Media Services, by its ID.\n\n"
    "`pulumi up` waits until the job has ended, verifies what it delivered, and fails "
    "if the verdict is bad. Resources that depend on this one are then not deployed. "
    "The provider never changes the job; `destroy` only removes it from the state."
)
JOB_SET = (
    "Up to 20,000 transcoding jobs as one resource: one row, one gate, one verdict.\n\n"
    "For a few jobs, use one `Job` for each: each is a separate gate and has all its "
    "facts. Adding and removing jobs updates the set in place."
)
GET_JOB = (
    "Reads a transcoding job once, when the program runs: its state and what it has "
    "delivered so far. It never waits, and gives no verdict."
)
PROVIDER = (
    "A provider for another account or region than the stack's default. It reads its "
    "own inputs and the environment, but not the stack's configuration."
)
ACCESS: Mapping[str, str] = {
    "region": "Default region of resources without `region`, such as `cn-shanghai`.",
    "endpoint": "Endpoint of the API, such as `https://ice.cn-beijing.aliyuncs.com`. "
    "Default: the endpoint of the region.",
    "network": "Which endpoint of the region to call: `public` or `vpc`. Default: "
    "`public`.",
    "profile": "Profile of the aliyun CLI to take the credentials from.",
    "accessKey": "ID of an access key, instead of a profile.",
    "secretKey": "Secret of the access key.",
    "securityToken": "Security token of a temporary access key.",
    CONFIGURED_RATE: "Maximum number of API calls per second, for all resources "
    "together. Default: 100.",
}
# Only the plugin has this output: Python programs have `job.urls`.
BY_NAME: Spec = {
    "type": "object",
    "additionalProperties": TEXTS,
    "description": "URLs of the outputs, under every name that identifies exactly one "
    "output: `720P-mp4`, or `hls/720P` for an output of a group.",
}
SECRET = ("accessKey", "secretKey", "securityToken")


def schema_text() -> str:
    """Write the schema of the package."""
    return json.dumps(package_schema(), indent=2, ensure_ascii=False) + "\n"


def package_schema() -> Spec:
    """Return the schema of the package."""
    return {
        "name": PACKAGE,
        "displayName": "Alibaba Cloud MediaConvert",
        "version": PROJECT["version"],
        "description": f"{PROJECT['description']}.",
        "keywords": ["pulumi", "category/cloud", "kind/native", *_keywords()],
        "license": PROJECT["license"],
        "meta": {"moduleFormat": "(.*)", "supportPack": True},
        "language": _languages(),
        "config": {"variables": _configuration()},
        "provider": _provider(),
        "types": all_types(),
        "resources": {
            token("Job"): _resource(
                JOB + _examples(), MediaConvertJob, JobInputs, INPUT_NAMES
            ),
            token("JobSet"): _resource(
                JOB_SET, MediaConvertJobSet, JobSetInputs, SET_INPUT_NAMES
            ),
        },
        "functions": {token("getJob"): _get_job()},
    }


def _keywords() -> list[str]:
    return [
        word
        for word in PROJECT["keywords"]
        if word not in ("pulumi", "dynamic-provider")
    ]


def _languages() -> Spec:
    # An SDK asks for the plugin of its own version.
    same = {"respectSchemaVersion": True}
    return {
        "nodejs": {"packageName": f"pulumi-{PACKAGE}", **same},
        "go": {
            "importBasePath": f"pulumi-alicloud-{PACKAGE}/sdk/go/{PACKAGE}",
            "generateResourceContainerTypes": True,
            **same,
        },
        "python": same,
        "csharp": same,
    }


def _configuration() -> Spec:
    """Write what a provider takes: access, then the defaults of gates."""
    access: Spec = {
        name: {
            "type": "integer" if name == CONFIGURED_RATE else "string",
            "description": meaning,
            **({"secret": True} if name in SECRET else {}),
        }
        for name, meaning in ACCESS.items()
    }
    paths = {**CONFIGURED_INPUTS, CONFIGURED_TIMEOUT: ("wait", "timeout")}
    return access | {key: _default_of(path) for key, path in paths.items()}


def _default_of(path: Sequence[str]) -> Spec:
    where = ".".join(map(native_name, path))
    # SDKs write anything but text as JSON, a text that may be a number too.
    typed = TEXTS if len(path) > 1 else input_of(JobInputs, path[-1])
    return {**typed, "description": f"Default of `{where}`."}


def _provider() -> Spec:
    configuration = _configuration()
    return {
        "description": PROVIDER,
        "inputProperties": configuration,
        "properties": {
            name: one for name, one in configuration.items() if name not in SECRET
        },
    }


def _resource(
    description: str,
    declared: type[GateResource],
    model: type[BaseModel],
    names: Sequence[str],
) -> Spec:
    annotations = {
        name: typing.get_args(annotation)[0]
        for name, annotation in inspect.get_annotations(declared, eval_str=True).items()
    }
    inputs = {native_name(name): input_of(model, name) for name in names}
    inputs["region"]["description"] += " Default: the configured region."
    for name in ("jobId", "region"):
        if name in inputs:
            inputs[name]["willReplaceOnChanges"] = True
    own = {name: one for name, one in annotations.items() if name not in names}
    outputs = _with_urls(own, meanings_of(declared))
    always = [name for name in annotations if name in names and "expect" not in name]
    return {
        "description": description,
        "properties": {
            **{name: _applied(name, one) for name, one in inputs.items()},
            **outputs["properties"],
        },
        "required": sorted(
            {*outputs["required"], *(native_name(name) for name in always)}
        ),
        "inputProperties": inputs,
        "requiredInputs": [
            native_name(name) for name in names if name in ("job_id", "job_ids")
        ],
        # So that a stack with dynamic resources moves to the plugin.
        "aliases": [{"type": f"pulumi-python:{declared._resource_type_name}"}],  # noqa: SLF001  # the SDK's name of it
    }


def _applied(name: str, stated: Spec) -> Spec:
    """Write the output that repeats an input, as it was applied."""
    # Nobody takes expectations and limits apart again: as types they would double
    # the SDKs.
    is_opaque = name in ("expect", "expectByName", "wait", "jobIds")
    return {**ANY, "description": stated["description"]} if is_opaque else stated


def _examples() -> str:
    """Write the example of a gate in each language; an SDK shows its own one."""
    blocks = []
    for language, file in EXAMPLES.items():
        code = HEADER.sub("", (ROOT / "examples" / file).read_text("utf-8"))
        blocks.append(f"```{language}\n{code.strip()}\n```")
    shown = "\n".join(blocks)
    return (
        "\n\n{{% examples %}}\n## Example Usage\n\n"
        f"{{{{% example %}}}}\n\n{shown}\n{{{{% /example %}}}}\n{{{{% /examples %}}}}"
    )


def _get_job() -> Spec:
    annotations = inspect.get_annotations(GetMediaConvertJobResult, eval_str=True)
    meanings = meanings_of(GetMediaConvertJobResult)
    job_id, region = (input_of(JobInputs, name) for name in ("job_id", "region"))
    job_id["description"] = "ID of the job."
    region["description"] = "Region of the job. Default: the configured region."
    return {
        "description": GET_JOB,
        "inputs": {
            "type": "object",
            "properties": {"jobId": job_id, "region": region},
            "required": ["jobId"],
        },
        "outputs": {"type": "object", **_with_urls(annotations, meanings)},
    }


def _with_urls(annotations: Mapping[str, Any], meanings: Mapping[str, str]) -> Spec:
    """Write outputs, and `urls` where there is what they are taken from."""
    written = output_properties(annotations, meanings)
    if OUTPUTS in annotations:
        written["properties"][URLS] = BY_NAME
        written["required"] = sorted([*written["required"], URLS])
    return written
