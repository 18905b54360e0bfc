"""Results of resources and of previews, as data.

Cheap to import, as what a host needs to compare inputs with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal

from pulumi_alicloud_mediaconvert.lifecycle.gate import Decision
from pulumi_alicloud_mediaconvert.verification.ended_job import EndedJob
from pulumi_alicloud_mediaconvert.verification.tally import read_tally

# When a job was seen that had not ended then. The engine shows no such property.
SEEN_AT = "__seen_at"


@dataclass(frozen=True, kw_only=True)
class GateResult:
    """The result of a job's resource.

    Attributes:
        outputs: all properties for the state, the checked inputs included.
        failures: lines that stop the deployment; none if it may go on.
        warnings: lines that do not.
        is_seen: whether the job was seen at all.
        ended: what the lines say, as data; `None` if the job was not verified.
        met: number of checks that were met, if the job was verified and passed.
    """

    outputs: dict[str, Any]
    failures: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    is_seen: bool = True
    ended: EndedJob | None = None
    met: int = 0

    @staticmethod
    def of(
        decision: Decision,
        outputs: dict[str, Any],
        lines: list[str],
        *,
        is_seen: bool = True,
    ) -> GateResult:
        """Make the lines failures where the decision is to stop, else warnings."""
        if decision is Decision.STOP:
            return GateResult(outputs=outputs, failures=lines, is_seen=is_seen)
        return GateResult(outputs=outputs, warnings=lines, is_seen=is_seen)

    def seen_at(self, date: datetime) -> GateResult:
        """Note when a job was seen that goes on: it may be gone by the next time."""
        if self.outputs.get("verdict") != "pending" or not was_seen(self.outputs):
            return self
        if not self.is_seen or SEEN_AT in self.outputs:
            return self
        noted = {SEEN_AT: date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
        return replace(self, outputs=self.outputs | noted)

    def over(self, known: Mapping[str, Any], stated: Mapping[str, Any]) -> GateResult:
        """Lay this over what was known: a job that was not seen has no new facts."""
        if self.is_seen:
            return self
        verdict = {"verdict": self.outputs["verdict"]}
        return replace(self, outputs={**known, **stated, **verdict})


@dataclass(frozen=True, kw_only=True)
class PreviewResult:
    """The result of a preview of one resource.

    Attributes:
        notes: lines that nobody needs to act upon.
        warnings: what `up` would warn of.
        failures: what would stop the `up`.
        left_out: why jobs are not read, each reason once in a preview.
        ended: what warnings and failures say, as data; `None` if the job was not
            verified.
        stops: whether failures stop the preview, too.
        read: what a quick read found of a job: nothing, a running one, an ended one.
        outputs: that are known besides the inputs: all of a resource whose `up` would
            go on, parts of a set of which not all jobs are read.
    """

    notes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    ended: EndedJob | None = None
    stops: bool = False
    read: Literal["unread", "running", "ended"] = "unread"
    outputs: dict[str, Any] = field(default_factory=dict)


def was_seen(outputs: Mapping[str, Any]) -> bool:
    """Whether the job was seen at all."""
    return isinstance(outputs.get("state"), str)


def may_need_words(outputs: Mapping[str, Any]) -> bool:
    """Whether a stored verdict may be worth a person's attention.

    `stored_lines` says what it is, and has nothing to say of all others: those of an
    unchanged stack, of which thousands may be good.
    """
    skipped = outputs.get("skipped_checks")
    first = skipped[0] if isinstance(skipped, list) and skipped else None
    tally = read_tally(first)
    return bool(outputs.get("mismatches")) or (tally is not None and not tally.tested)
