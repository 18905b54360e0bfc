"""Errors in the words of the Pulumi engine, for every host that it talks to."""

from __future__ import annotations

from pulumi_alicloud_mediaconvert.access.settings import CONFIG_REGIONS, INPUT_REGION
from pulumi_alicloud_mediaconvert.error_renderer import ErrorRenderer
from pulumi_alicloud_mediaconvert.errors import NextStep

UP = "`pulumi up`"
# Ends what a preview says of a job that an `up` will refuse.
STOPS_HERE = f"{UP} will stop here."


def _name_of(setting: str) -> str:
    """Call keys of the configuration as they are; inputs stand in backticks."""
    if setting == INPUT_REGION:
        return "the input `region`"
    return f"`{setting}`" if setting.startswith("wait.") else setting


ENGINE = ErrorRenderer(
    run=UP,
    name_of=_name_of,
    sentences={
        NextStep.RUN_AFTER_ROTATION: (
            "If the key was rotated, run {run} or `pulumi refresh --run-program`:"
            " a plain refresh uses the keys stored in the state."
        ),
        NextStep.SET_REGION: (
            "Set the input `region`, or run `pulumi config set"
            f" {CONFIG_REGIONS[0]} cn-shanghai`."
        ),
    },
)
