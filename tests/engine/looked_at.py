"""What the requests that an emulator got tell of the waits behind them."""

from __future__ import annotations

from pulumi_alicloud_mediaconvert.emulator import Emulator


def most_at_once(emulator: Emulator) -> int:
    """Count the jobs that were waited for at one time: from first to last look."""
    asked = [one.job_id for one in emulator.requests if one.job_id]
    waiting = [
        {*asked[: moment + 1]} & {*asked[moment:]} for moment in range(len(asked))
    ]
    return max(map(len, waiting))
