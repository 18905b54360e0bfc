"""The rules. They apply to single jobs and to sets, of Python and of the native plugin.

Pulumi shows secrets to policies in plain text, so no message contains a value from a
program other than a fixed word such as `advisory`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from pulumi_policy import (
    Policy,
    PolicyConfigSchema,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)

JOBS = (
    "pulumi-python:dynamic/mediaconvert:MediaConvertJob",
    "mediaconvert:index:Job",
)
JOB_SETS = (
    "pulumi-python:dynamic/mediaconvert:MediaConvertJobSet",
    "mediaconvert:index:JobSet",
)
GATES = (*JOBS, *JOB_SETS)
# Patterns of the standard library's `fnmatch`.
PRODUCTION = ["prod", "prod-*", "production"]
EVERY_STACK = ["*"]
LEVEL = ("enforcement_level", "enforcementLevel")
# Inputs whose keys a program chooses, and may keep secret.
OWN_KEYS = ("expect_by_name", "expectByName")


def states_expectations(
    args: ResourceValidationArgs, report_violation: ReportViolation
) -> None:
    """Report a gate that only verifies that its job succeeded.

    `"as-requested"` states expectations; `{}` does not.
    """
    if not _is_checked_gate(args):
        return
    expect = args.props.get("expect")
    if args.resource_type in JOBS:
        if not expect:
            report_violation('Set `expect`, at least to "as-requested".', None)
        return
    # A mapping has the names of the jobs as its keys; in a list, the IDs are the names.
    names = [*args.props.get(_key(args.props, "job_ids"), ())]
    key = _key(args.props, "expect_by_name")
    by_name = args.props.get(key) or {}
    without = sum(not by_name.get(name, expect) for name in names)
    if without:
        report_violation(
            f"{without} of {len(names)} jobs have no expectations. "
            f"Set `expect` for all jobs, or an entry in `{key}` for each.",
            None,
        )


def stops(args: ResourceValidationArgs, report_violation: ReportViolation) -> None:
    """Report a gate in production that would deploy despite a bad verdict."""
    config = args.get_config()
    if not _is_checked_gate(args) or not _applies(args.urn, config["stacks"]):
        return
    for name, needed in (
        ("enforcement_level", "mandatory"),
        ("on_inconclusive", "fail"),
    ):
        key = _key(args.props, name)
        if (stated := args.props.get(key, needed)) != needed:
            report_violation(f"`{key}` is `{stated}`, not `{needed}`.", None)
    if config["allowAdvisoryExpectations"]:
        return
    for name in ("expect", "expect_by_name"):
        key = _key(args.props, name)
        for path, level in _levels(args.props.get(key), key):
            report_violation(f"`{path}` is `{level}`, not `mandatory`.", None)


def has_passed(args: StackValidationArgs, report_violation: ReportViolation) -> None:
    """Report a gate whose verdict is known and is not `passed`.

    A preview knows no verdict of a gate that is new or changes.
    """
    patterns = args.get_config()["stacks"]
    for gate in args.resources:
        if gate.resource_type not in GATES or not _applies(gate.urn, patterns):
            continue
        verdict = gate.props.get("verdict")
        if verdict not in (None, "passed"):
            report_violation(f"The verdict is `{verdict}`, not `passed`.", gate.urn)


def _stacks(default: list[str]) -> dict[str, Any]:
    return {
        "type": "array",
        "items": {"type": "string"},
        "default": default,
        "description": "names of the stacks that the rule applies to, or patterns",
    }


RULES: tuple[Policy, ...] = (
    ResourceValidationPolicy(
        "gate-states-expectations",
        "A gate sets `expect`.",
        states_expectations,
    ),
    ResourceValidationPolicy(
        "gate-stops-in-production",
        "A gate in production stops the deployment for every bad verdict.",
        stops,
        config_schema=PolicyConfigSchema(
            {
                "stacks": _stacks(PRODUCTION),
                "allowAdvisoryExpectations": {
                    "type": "boolean",
                    "default": False,
                    "description": "whether single expectations may be advisory",
                },
            }
        ),
    ),
    StackValidationPolicy(
        "gate-has-passed",
        "After `pulumi up`, the verdict of every gate is `passed`.",
        has_passed,
        config_schema=PolicyConfigSchema({"stacks": _stacks(EVERY_STACK)}),
    ),
)


def _is_checked_gate(args: ResourceValidationArgs) -> bool:
    """Whether it is a gate, and its provider has filled in the defaults of its inputs.

    It has not for a gate that is only read (`.get`), or that `--target` leaves out
    before it exists, and in a preview that does not know the provider's configuration.
    """
    has_defaults = _key(args.props, "enforcement_level") in args.props
    return args.resource_type in GATES and has_defaults


def _applies(urn: str, patterns: Sequence[str]) -> bool:
    stack = urn.removeprefix("urn:pulumi:").partition("::")[0]
    return any(fnmatchcase(stack, pattern) for pattern in patterns)


def _key(props: Mapping[str, Any], name: str) -> str:
    """Return how an input is spelt: as in Python, or camelCase from the plugin."""
    first, *others = name.split("_")
    camel = first + "".join(map(str.capitalize, others))
    return camel if camel in props else name


def _levels(expected: object, path: str) -> Iterator[tuple[str, str]]:
    """Find single expectations that do not stop a deployment, with their paths."""
    if isinstance(expected, Mapping):
        for key in expected:
            if key not in LEVEL:
                step = "*" if path in OWN_KEYS else key
                yield from _levels(expected[key], f"{path}.{step}")
            elif expected[key] != "mandatory":
                yield f"{path}.{key}", expected[key]
    elif isinstance(expected, Sequence) and not isinstance(expected, str):
        for index, item in enumerate(expected):
            yield from _levels(item, f"{path}[{index}]")
