"""What one call of the engine says about its resource, without what is secret.

Every line, and every property for the state, leaves the provider through here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from pulumi_alicloud_mediaconvert.expect.validation_messages import Problem
from pulumi_alicloud_mediaconvert.hosts.dynamic.engine import Call, seal
from pulumi_alicloud_mediaconvert.hosts.dynamic.engine_log import EngineLog
from pulumi_alicloud_mediaconvert.schema.secrets import Secrecy
from pulumi_alicloud_mediaconvert.text import in_one_line

# More bullets than a person reads; the state holds all of them.
MAX_LINES = 100
# What a failure of many thousand outputs is kept without.
BULKY = (("config", "outputs", "output_groups", "mismatches"),)
# Where the lines are that are too many to show.
MORE = "see `mismatches` in the state"


@dataclass(frozen=True)
class Diagnostics:
    """Speaks for one resource in one call.

    Attributes:
        call: of the engine.
        row: of each resource, in the engine's display.
        secrecy: of the resource.
        resource: by which the process remembers it from call to call.
        bulky: properties that a failure too large to send is kept without, one group
            after the other.
        more: says where the lines are that are too many to show.
    """

    call: Call
    row: EngineLog
    secrecy: Secrecy
    resource: str
    bulky: Sequence[Sequence[str]] = BULKY
    more: str = MORE

    def show(self, line: str) -> None:
        """Show a line until the next one."""
        self.row.show(self.call.urn, self._said(line))

    def note(self, lines: Sequence[str]) -> None:
        """Leave lines that warn of nothing."""
        if lines:
            self.row.leave_note(self.call.urn, "\n".join(map(self._said, lines)))

    def warn(self, lines: Sequence[str]) -> None:
        """Leave lines as a warning."""
        if lines:
            self.row.leave_warning(self.call.urn, "\n".join(self._shown(lines)))

    def fail(self, text: str) -> NoReturn:
        """End the call with one clean line; the stored state stays as it is."""
        self.call.fail("\n".join(map(self._said, text.splitlines())))

    def fail_keeping(
        self, id_: str, outputs: Mapping[str, Any], lines: Sequence[str]
    ) -> NoReturn:
        """End the call with one bullet a line, and keep what is known."""
        shown = self._shown(lines)
        self.call.fail_keeping(id_, self.encrypted(outputs), shown, bulky=self.bulky)

    def refusals(self, problems: Sequence[Problem]) -> list[str]:
        """Say what is wrong with the inputs, one line each."""
        return [
            in_one_line(self.secrecy.masked_problem(one.path, one.text))
            for one in problems
        ]

    def _said(self, line: str) -> str:
        # Whatever a line is made of, it is safe to print now.
        return in_one_line(self.secrecy.masked(line))

    def _shown(self, lines: Sequence[str]) -> list[str]:
        shown = [self._said(line) for line in lines[:MAX_LINES]]
        if more := len(lines) - len(shown):
            shown.append(f"… and {more:,} more; {self.more}")
        return shown

    def encrypted(self, outputs: Mapping[str, Any]) -> dict[str, Any]:
        """Write properties for the state: what derives from a secret is one."""
        return self.secrecy.encrypted(outputs, seal)
