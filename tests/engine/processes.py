"""The processes of one `pulumi` command: engine, language host, program, plugins."""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

# How long a process may take to notice that it is to end. What takes longer has hung.
HUNG_SECONDS = 60
PLUGINS = ("pulumi.dynamic", "pulumi-resource-mediaconvert")
LANGUAGE_HOST = "pulumi-language-"


@dataclass(frozen=True)
class Member:
    """One process of a session, held on to, so that its ID stands for no other one.

    Attributes:
        pid: its ID.
        command: its arguments, with blanks between them.
        handle: a file descriptor, readable once the process has ended.
    """

    pid: int
    command: str
    handle: int

    @property
    def is_plugin(self) -> bool:
        """Whether it is a plugin of ours, or serves dynamic providers."""
        return any(plugin in self.command for plugin in PLUGINS)

    @property
    def is_language_host(self) -> bool:
        """Whether it is the engine's host of programs, which is none of ours."""
        return LANGUAGE_HOST in self.command


class Session:
    """All processes that a command has started, and those that these have.

    The engine gives its plugins process groups of their own, but no session.

    Args:
        leader: the ID of the command's process.
    """

    def __init__(self, leader: int) -> None:
        self._leader = leader
        self._handles = ExitStack()

    def members(self) -> list[Member]:
        """List the processes that run now."""
        found: list[Member] = []
        for folder in Path("/proc").glob("[0-9]*"):
            pid = int(folder.name)
            # Any of them may end meanwhile.
            with suppress(ProcessLookupError, FileNotFoundError):
                if os.getsid(pid) != self._leader:
                    continue
                handle = os.pidfd_open(pid)
                self._handles.callback(os.close, handle)
                words = (folder / "cmdline").read_bytes().rstrip(b"\0").split(b"\0")
                if words != [b""]:
                    command = b" ".join(words).decode(errors="replace")
                    found.append(Member(pid, command, handle))
        return found

    def plugins(self) -> list[Member]:
        """Return the processes of plugins: YAML starts ours for its schema, too."""
        plugins = [member for member in self.members() if member.is_plugin]
        assert plugins
        return plugins

    def end(self) -> None:
        """End whatever is left."""
        for member in self.members():
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(member.handle, signal.SIGKILL)
        self.release()

    def release(self) -> None:
        """Hold on to no process any more: the members listed so far are void."""
        self._handles.close()


def hung(members: Iterable[Member]) -> list[Member]:
    """Wait for processes to end; return those that have hung."""
    deadline = time.monotonic() + HUNG_SECONDS
    left: list[Member] = []
    for member in members:
        seconds = max(0.0, deadline - time.monotonic())
        ended, _, _ = select.select([member.handle], [], [], seconds)
        if not ended:
            left.append(member)
    return left
