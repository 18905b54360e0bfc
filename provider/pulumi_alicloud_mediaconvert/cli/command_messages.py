"""Errors in the words of the command line, which has neither a stack nor inputs."""

from __future__ import annotations

from pulumi_alicloud_mediaconvert.access.credential_resolver import (
    CONFIG_KEY_SETS,
    CONFIG_PROFILE,
    OWN_PROFILE,
)
from pulumi_alicloud_mediaconvert.access.settings import (
    CONFIG_ENDPOINT,
    CONFIG_REGIONS,
    INPUT_REGION,
)
from pulumi_alicloud_mediaconvert.error_renderer import ErrorRenderer
from pulumi_alicloud_mediaconvert.errors import NextStep
from pulumi_alicloud_mediaconvert.expect.validation_messages import Problem

# By input, or by key of a configuration; empty where nothing can be typed.
OPTIONS = {
    "job_id": "JOB",
    INPUT_REGION: "--region",
    "wait.timeout": "--timeout",
    "wait.queue_timeout": "--queue-timeout",
    "wait.stall_timeout": "--stall-timeout",
    "wait.not_found_grace": "--not-found-grace",
    "wait.poll_min": "--poll-min",
    "wait.poll_max": "--poll-max",
    **dict.fromkeys(CONFIG_REGIONS, ""),
    CONFIG_ENDPOINT: "--endpoint",
    **{key: "" for keys in CONFIG_KEY_SETS for key in keys},
    CONFIG_PROFILE: "--profile",
    OWN_PROFILE: "",
}

COMMAND_LINE = ErrorRenderer(
    run="the command",
    name_of=lambda setting: OPTIONS.get(setting, setting),
    sentences={
        NextStep.RUN_AFTER_ROTATION: "",
        NextStep.SET_REGION: "Set --region, such as --region cn-shanghai.",
        NextStep.STORE_ANSWER: (
            "Store the API's response with `get --raw`, and verify that."
        ),
    },
)


def option_line(problem: Problem) -> str:
    """Say what is wrong with an option in one line."""
    return f"{COMMAND_LINE.name_of(problem.path)}: {problem.text}"
