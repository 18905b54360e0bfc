"""What one call of the engine says about its resource."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from pulumi_alicloud_mediaconvert.hosts.call_results import ResourceResult
from pulumi_alicloud_mediaconvert.hosts.dynamic.engine import Call
from pulumi_alicloud_mediaconvert.hosts.dynamic.engine_log import EngineLog
from pulumi_alicloud_mediaconvert.hosts.dynamic.sdk_values import state_to_sdk


@dataclass(frozen=True)
class Diagnostics:
    """Speaks for one resource in one call.

    Attributes:
        call: of the engine.
        log: of the engine, with a row for each resource.
        resource: by which the process remembers it from call to call.
    """

    call: Call
    log: EngineLog
    resource: str

    def show(self, line: str) -> None:
        """Show a line until the next one."""
        self.log.show(self.call.urn, line)

    def end_passing(self) -> None:
        """Wait until the newest of these lines has arrived."""
        self.log.end_passing(self.call.urn)

    def note(self, lines: Sequence[str]) -> None:
        """Leave lines that warn of nothing."""
        if lines:
            self.log.leave_note(self.call.urn, "\n".join(lines))

    def warn(self, lines: Sequence[str]) -> None:
        """Leave lines as a warning."""
        if lines:
            self.log.leave_warning(self.call.urn, "\n".join(lines))

    def fail(self, lines: Sequence[str]) -> NoReturn:
        """End the call; the stored state stays as it is."""
        self.call.fail("\n".join(lines))

    def fail_keeping(self, outcome: ResourceResult) -> NoReturn:
        """End the call with one bullet a line, and store what is known."""
        state = state_to_sdk(outcome.state, outcome.secret_inputs)
        self.call.fail_keeping(outcome.id, state, outcome.failures, bulky=outcome.bulky)
