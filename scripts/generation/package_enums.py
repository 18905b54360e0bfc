"""Enums of the Pulumi package: closed lists of words, with their meanings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, get_args

from pulumi_alicloud_mediaconvert.input_names import (
    EnforcementLevel,
    ExpectationLevel,
    MismatchVerdict,
    OnInconclusive,
    OnPreview,
    OtherOutputs,
    Verdict,
)


class Enum(NamedTuple):
    """A closed list of words, each with its meaning."""

    description: str
    meanings: Mapping[str, str]


ENUMS: Mapping[str, Enum] = {
    "EnforcementLevel": Enum(
        "What a bad verdict does.",
        {
            "mandatory": "A bad verdict fails the deployment.",
            "advisory": "A bad verdict is a warning.",
            "disabled": "The verification is skipped: the verdict is `unverified`.",
        },
    ),
    "ExpectationLevel": Enum(
        "What a mismatch of a single expectation does.",
        {
            "mandatory": "A mismatch counts for the verdict.",
            "advisory": "A mismatch is a warning and does not count for the verdict.",
        },
    ),
    "OnInconclusive": Enum(
        "What `mandatory` does with an inconclusive verdict.",
        {
            "fail": "An inconclusive verdict fails the deployment.",
            "warn": "An inconclusive verdict is a warning.",
        },
    ),
    "OnPreview": Enum(
        "What a preview does about a job that has ended badly.",
        {
            "warn": "The preview warns that `pulumi up` will stop.",
            "fail": "The preview fails.",
            "off": "The preview does not read the job.",
        },
    ),
    "OtherOutputs": Enum(
        "What happens to outputs that no expectation covers.",
        {"allow": "They are allowed.", "forbid": "Each of them is a mismatch."},
    ),
    "MismatchVerdict": Enum(
        "Result of a check that was not met.",
        {
            "missed": "The API reports a different value from the expected one.",
            "inconclusive": "The API does not report what the check needs.",
        },
    ),
    "Verdict": Enum(
        "Result of the verification of a job.",
        {
            "passed": "The job delivered what is expected.",
            "failed": "The job failed, or did not deliver what is expected.",
            "inconclusive": "The API did not report everything that is needed.",
            "pending": "The job had not ended when it was last read.",
            "unverified": "The enforcement level is `disabled`.",
        },
    ),
}
WORDS: Mapping[object, str] = {
    EnforcementLevel: "EnforcementLevel",
    ExpectationLevel: "ExpectationLevel",
    OnInconclusive: "OnInconclusive",
    OnPreview: "OnPreview",
    MismatchVerdict: "MismatchVerdict",
    OtherOutputs: "OtherOutputs",
    Verdict: "Verdict",
}


def enum_spec(words: object) -> dict[str, Any]:
    """Write the type of some words.

    Raises:
        SystemExit: a word has no meaning here, or is none any more.
    """
    name = WORDS[words]
    described = ENUMS[name]
    if unlike := {*get_args(words)} ^ {*described.meanings}:
        raise SystemExit(f"package_enums.py: {name}: {', '.join(sorted(unlike))}")
    return {
        "type": "string",
        "description": described.description,
        "enum": [
            {"value": word, "description": meaning}
            for word, meaning in described.meanings.items()
        ],
    }
