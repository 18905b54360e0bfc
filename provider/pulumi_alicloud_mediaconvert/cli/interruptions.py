"""Signals that end a command: it prints what is known, then ends.

Ctrl-C sends SIGINT, a CI runner that cancels a step SIGTERM, a terminal that is closed
SIGHUP. Handlers belong to the process, so there is one object for all of it.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

LINE = "interrupted: nothing was changed, and the jobs keep running."
# As shells report a process that a signal has ended.
FIRST_CODE = 128
# Terminal, shell and runner may each pass on one and the same interruption.
SAME_SECONDS = 1.0
HANDLED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(BaseException):
    """The command should end; no handler of ordinary errors may catch this."""


class Interruptions:
    """The signals that a process receives.

    The first one ends a wait. A command that is already writing its results writes
    them whole before it ends. A later signal ends the command at once.

    Args:
        now: seconds of a clock.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._first: int | None = None
        self._first_at = 0.0
        self._is_writing = False
        self._handled: list[signal.Signals] = []

    @property
    def exit_code(self) -> int | None:
        """What a shell expects after the first signal; `None` if none was received."""
        return None if self._first is None else FIRST_CODE + self._first

    def install(self) -> None:
        """Handle the signals, but none that the parent ignores, as `nohup` does."""
        for number in HANDLED:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, lambda number, _frame: self.received(number))
                self._handled.append(number)

    def uninstall(self) -> None:
        """Let signals end the process at once: it has nothing left to print."""
        for number in self._handled:
            signal.signal(number, signal.SIG_DFL)

    def write_whole(self) -> None:
        """From now on let a first signal wait until the results are written."""
        self._is_writing = True

    def received(self, number: int) -> None:
        """Take note of a signal.

        Raises:
            Interrupted: unless it repeats the first one, or has to wait.
        """
        now = self._now()
        if self._first is not None:
            if now - self._first_at < SAME_SECONDS:
                return
        else:
            self._first, self._first_at = number, now
            if self._is_writing:
                return
        raise Interrupted


INTERRUPTIONS = Interruptions()
