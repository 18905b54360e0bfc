"""Small answers of the API, made by hand for tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

JOB_ID = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"


def make_answer(
    state: str | None = "Success",
    outputs: Mapping[str, str | None] | None = None,
    groups: Mapping[str, Mapping[str, str | None]] | None = None,
    **fields: Any,
) -> dict[str, Any]:
    """Make the value of `Job`: statuses of outputs, and of outputs by group."""
    single = {"video": "Success"} if outputs is None else outputs
    grouped = groups or {}
    return {
        "JobId": JOB_ID,
        "State": state,
        "Config": {
            "Outputs": [{"Name": name} for name in single],
            "OutputGroups": [
                {"Name": group, "Outputs": [{"Name": name} for name in members]}
                for group, members in grouped.items()
            ],
        },
        "OutputDetails": [
            {"Name": name, "Status": status} for name, status in single.items()
        ],
        "OutputGroupDetails": [
            {
                "Name": group,
                "Status": "Success",
                "Outputs": [
                    {"Name": name, "Status": status} for name, status in members.items()
                ],
            }
            for group, members in grouped.items()
        ],
        **fields,
    }
