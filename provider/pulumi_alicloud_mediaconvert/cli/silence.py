"""Endpoints that never respond: they end the reads of all jobs together."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.cli.command_messages import COMMAND_LINE
from pulumi_alicloud_mediaconvert.clock import Clock
from pulumi_alicloud_mediaconvert.errors import Advice, ApiConnectionError, NextStep
from pulumi_alicloud_mediaconvert.lifecycle.job_wait import SINGLE_READ, Retry
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs
from pulumi_alicloud_mediaconvert.text import short_duration
from pulumi_alicloud_mediaconvert.waiting.wait_limits import DEFAULTS


@dataclass(frozen=True)
class SilenceLimit:
    """How long the API may leave all requests without any response.

    Once it has responded, an outage is waited out as in `pulumi up`.

    Attributes:
        client: sends the requests.
        clock: of all waits.
        seconds: after the first request.
    """

    client: ImsClient
    clock: Clock
    seconds: float

    @property
    def left(self) -> float:
        """Seconds until the limit is reached; infinite once the API has responded."""
        if self.client.has_responded:
            return math.inf
        began = self.client.first_sent_at
        elapsed = 0 if began is None else self.clock.now() - began
        return self.seconds - elapsed

    async def is_reached(self) -> bool:
        """Wait until the limit would be reached, and return whether it is."""
        while 0 < self.left < math.inf:
            await self.clock.sleep(self.left)
        return self.left <= 0

    def shown(self, retry: Retry) -> Retry:
        """Return a retry with the time at which its wait ends, silence included."""
        return replace(retry, left=max(0, min(retry.left, self.left)))

    def cause(self, trouble: str | None) -> str:
        """Say why no job could be read.

        Args:
            trouble: why one of the requests failed, if any has failed by then.
        """
        why = f"no response within {short_duration(self.seconds)}"
        if trouble:
            why = f"{trouble}; {why}"
        error = ApiConnectionError(
            f"{why}.", next_steps=[Advice(NextStep.CHECK_ENDPOINT)]
        )
        return COMMAND_LINE.text(error)


def silent_seconds(inputs: JobInputs) -> float:
    """Return how long an endpoint may be silent before the reads are ended."""
    longest = SINGLE_READ.total_seconds
    if inputs.wait is False:
        return longest
    timeout = inputs.limits(DEFAULTS.timeout).timeout
    return min(longest, max(timeout, SINGLE_READ.connect_seconds))
