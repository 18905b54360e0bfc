"""Type of `wait` for editors and type checkers; a test holds it to the model."""

from __future__ import annotations

from typing import TypedDict

import pulumi


class WaitArgs(TypedDict, total=False):
    """Limits of waiting: durations such as `"90s"` or `"1h30m"`, or seconds."""

    # written by scripts/generate: WaitArgs
    timeout: pulumi.Input[str | float]
    """Whole wait; `"30m"` if nothing else says so."""
    queue_timeout: pulumi.Input[str | float]
    """Longest time in `Inited`; none by default."""
    stall_timeout: pulumi.Input[str | float]
    """Longest time in `Running` without a change of percent; none by default."""
    not_found_grace: pulumi.Input[str | float]
    """How long after the first look a job may be unknown. Default: 60 seconds."""
    poll_min: pulumi.Input[str | float]
    """Shortest interval between looks. Default: 3 seconds."""
    poll_max: pulumi.Input[str | float]
    """Longest interval between looks. Default: 20 seconds."""
    # end
