"""How many jobs of a set have ended, and how many of them badly: what its row shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from pulumi_alicloud_mediaconvert.api.models import ENDED_STATES
from pulumi_alicloud_mediaconvert.lifecycle.set_state import BAD, Entry


@dataclass
class Tally:
    """Counts what has ended, for the row."""

    total: int
    show: Callable[[str], None]
    ended: int = 0
    bad: Counter[str] = field(default_factory=Counter)

    def count(self, entry: Entry) -> None:
        """Count one job."""
        self.ended += entry["state"] in ENDED_STATES
        if entry["verdict"] in BAD:
            self.bad[str(entry["verdict"])] += 1

    def say(self, trouble: str | None = None) -> None:
        """Show how many there are, and why a call is repeated."""
        counted = "".join(f", {count:,} {word}" for word, count in self.bad.items())
        why = f" · {trouble}" if trouble else ""
        self.show(f"{self.ended:,} of {self.total:,} ended{counted}{why}")
