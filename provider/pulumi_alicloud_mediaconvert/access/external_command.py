"""Run the command of a profile, which prints credentials; explain why it failed.

The library would repeat all that the command says, and writes the keys that it gets
into the user's file of profiles.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterator, Sequence

from alibabacloud_credentials.provider.external import ExternalCredentialsProvider

from pulumi_alicloud_mediaconvert.access.child_environment import child_environment
from pulumi_alicloud_mediaconvert.access.credentials import (
    LOOKUP_SECONDS,
    UnusableError,
)
from pulumi_alicloud_mediaconvert.text import quoted

# So that it is ended, and said so, before the look that waits for it is given up.
COMMAND_SECONDS = LOOKUP_SECONDS - 1
# A shorter word is no secret, and would be found in every text.
MIN_SECRET = 4
KEY_LIKE = re.compile(r"(?=.*\d).{12}")


class ExternalCommand(ExternalCredentialsProvider):  # type: ignore[misc]  # untyped
    """Runs a command as the library does, and keeps what it prints to itself.

    Args:
        command: as a shell takes it.
        seconds: after which it is ended.
    """

    def __init__(self, command: str, seconds: float = COMMAND_SECONDS) -> None:
        super().__init__(process_command=command)
        self._seconds = seconds

    def _refresh_credentials(self) -> object:
        words = _words(self._process_command)
        done = _run(self._process_command, words, self._seconds)
        if done.returncode:
            raise UnusableError(_ending(done, words))
        try:
            return self._parse_and_build_credentials(
                done.stdout.decode("utf-8-sig"), async_callback=False
            )
        except Exception:  # noqa: BLE001  # of whatever was printed
            raise UnusableError("its command printed no credentials") from None


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError:
        raise UnusableError(
            "its command cannot be run: a quote is not closed"
        ) from None


def _run(
    command: str, words: Sequence[str], seconds: float
) -> subprocess.CompletedProcess[bytes]:
    is_windows = os.name == "nt"
    try:
        return subprocess.run(  # noqa: S603  # what the user's profile says
            command if is_windows else words,
            env=child_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
            shell=is_windows,
        )
    except subprocess.TimeoutExpired:
        raise UnusableError(
            f"its command did not end within {seconds:g} s", is_transient=True
        ) from None
    except (OSError, ValueError, IndexError) as error:
        why = os.strerror(getattr(error, "errno", 0) or 0).lower()
        raise UnusableError(
            "its command cannot be run"
            + (f": {why}" if isinstance(error, OSError) else "")
        ) from None


def _ending(done: subprocess.CompletedProcess[bytes], words: Sequence[str]) -> str:
    """Say how a command ended, with the last line that it said of it."""
    ending = (
        f"exit code {done.returncode}"
        if done.returncode > 0
        else f"signal {-done.returncode}"
    )
    # Never what it prints to stdout, where keys belong.
    said = done.stderr.decode("utf-8", "replace").split("\n")
    last = next((line for line in reversed(said) if line.strip()), None)
    shown = f": {quoted(last, secrets=_secrets(words[1:]))}" if last else ""
    return f"its command ended with {ending}{shown}"


def _secrets(arguments: Sequence[str]) -> Iterator[str]:
    """Name what may be secret of a command line: its arguments, and values in them.

    Of the words within an argument, such as a script, those that look like a key.
    """
    for argument in arguments:
        words = [one for one in argument.split() if KEY_LIKE.search(one)]
        parts = [argument, *argument.split("=")[1:], *words]
        yield from (part for part in parts if len(part) >= MIN_SECRET)
