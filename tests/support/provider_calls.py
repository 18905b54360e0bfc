"""The provider as the plugin process calls it: its inputs, state and checks."""

from __future__ import annotations

from typing import Any

from pulumi.dynamic import Config, ConfigureRequest

from made import JOB_ID
from pulumi_alicloud_mediaconvert.provider import MediaConvertJobProvider

REGION = "cn-shanghai"
INPUTS: dict[str, Any] = {
    "job_id": JOB_ID,
    "region": REGION,
    "wait": {"not_found_grace": 60.0, "poll_min": 3.0, "poll_max": 20.0},
    "enforcement_level": "mandatory",
    "on_inconclusive": "fail",
    "on_preview": "warn",
    "triggers": [],
}
STORED = {**INPUTS, "verdict": "passed", "__provider": "gASV"}
KEY = {"mediaconvert:accessKey": "testid", "mediaconvert:secretKey": "testsecret"}


def provider_with(**config: str) -> MediaConvertJobProvider:
    """Configure a provider as the plugin process does; `_` stands for the colon."""
    values = {key.replace("_", ":"): value for key, value in config.items()}
    provider = MediaConvertJobProvider()
    provider.configure(ConfigureRequest(Config(KEY | values, "gate")))
    return provider


def reasons_of(provider, props, olds=None):
    """Check inputs; return the reasons, none of which may name a property."""
    result = provider.check(olds or {}, {**props, "__provider": "gASV"})
    assert {failure.property for failure in result.failures} <= {""}
    return [failure.reason for failure in result.failures]
