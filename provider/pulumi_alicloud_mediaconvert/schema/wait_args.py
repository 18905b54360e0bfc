"""Type of `wait` for editors and type checkers; a test holds it to the model."""

from __future__ import annotations

from typing import TypedDict

import pulumi


class WaitArgs(TypedDict, total=False):
    """Limits of waiting: durations such as `"90s"` or `"1h30m"`, or seconds."""

    timeout: pulumi.Input[str | float]
    queue_timeout: pulumi.Input[str | float]
    stall_timeout: pulumi.Input[str | float]
    not_found_grace: pulumi.Input[str | float]
    poll_min: pulumi.Input[str | float]
    poll_max: pulumi.Input[str | float]
