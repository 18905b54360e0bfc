"""The faults that wait for requests, in the order in which they were added."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from pulumi_alicloud_mediaconvert.emulator.faults import Fault


@dataclass
class _Entry:
    fault: Fault
    job_id: str | None
    action: str | None
    skip: int
    left: int | None


class FaultQueue:
    """Faults laid over all jobs or over one; safe to use from any thread."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._lock = threading.Lock()

    def add(
        self,
        fault: Fault,
        *,
        job_id: str | None = None,
        action: str | None = None,
        skip: int = 0,
    ) -> None:
        """Lay a fault over requests to come.

        Args:
            fault: made by a function of `faults`.
            job_id: only over requests for this job; `None`: over every request.
            action: only over requests of this action, such as `ListMediaConvertJobs`.
            skip: how many of these requests it first lets pass, whether or not
                another fault lies over them.
        """
        with self._lock:
            self._entries.append(_Entry(fault, job_id, action, skip, fault.times))

    def take(self, job_id: str | None, action: str | None = None) -> Fault | None:
        """Return the fault for the next request, and count it as used."""
        with self._lock:
            taken: _Entry | None = None
            for entry in self._entries:
                if entry.job_id not in {None, job_id}:
                    continue
                if entry.action not in {None, action}:
                    continue
                if entry.skip:
                    entry.skip -= 1
                elif taken is None:
                    taken = entry
            if taken is None:
                return None
            if taken.left is not None:
                taken.left -= 1
            self._entries = [entry for entry in self._entries if entry.left != 0]
            return taken.fault

    def clear(self) -> None:
        """Take all faults away."""
        with self._lock:
            self._entries.clear()

    @property
    def pending(self) -> tuple[Fault, ...]:
        """The faults that still wait; those that last for good are always here."""
        with self._lock:
            return tuple(entry.fault for entry in self._entries)
