"""The faults to apply, in the order in which they were added."""

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
    """Faults of future requests. Safe to use from any thread."""

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
        """Add a fault to future requests. At most one fault applies to a request.

        Args:
            fault: A fault, such as `faults.throttle(times=2)`.
            job_id: Only for requests for this job. Default: for all requests.
            action: Only for requests of this action, such as `ListMediaConvertJobs`.
            skip: Number of these requests to skip first.
        """
        with self._lock:
            self._entries.append(_Entry(fault, job_id, action, skip, fault.times))

    def take(self, job_id: str | None, action: str | None = None) -> Fault | None:
        """Return the fault of the next request and count it as used.

        The emulator calls this for each request.

        Args:
            job_id: The requested job, if any.
            action: The requested action.
        """
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
        """Remove all faults."""
        with self._lock:
            self._entries.clear()

    @property
    def pending(self) -> tuple[Fault, ...]:
        """Faults that still apply to future requests."""
        with self._lock:
            return tuple(entry.fault for entry in self._entries)
