"""For which machine an archive is made, in the words of the engine."""

from __future__ import annotations

import platform
import re
from pathlib import Path

SYSTEMS = {"Linux": "linux", "Darwin": "darwin"}
MACHINES = {
    "aarch64": "arm64",
    "amd64": "amd64",
    "arm64": "arm64",
    "x86_64": "amd64",
}
GLIBC = re.compile(rb"\0GLIBC_(\d+)\.(\d+)(?=[\0.])")


class UnknownPlatformError(Exception):
    """The engine has no name for this machine that we know."""


def this_platform(
    system: str = platform.system(), machine: str = platform.machine()
) -> str:
    """Name a machine as the file name of a plugin has it, such as `linux-amd64`.

    Raises:
        UnknownPlatformError: if no archive is made for such a machine.
    """
    try:
        return f"{SYSTEMS[system]}-{MACHINES[machine.lower()]}"
    except KeyError:
        raise UnknownPlatformError(
            f"an archive is made on {', '.join(SYSTEMS)} with {', '.join(MACHINES)};"
            f" this is {system or 'unknown'} with {machine or 'unknown'}"
        ) from None


def needed_glibc(folder: Path) -> str | None:
    """Find the oldest glibc that runs everything in a folder.

    Returns:
        A version such as `2.35`; `None` if nothing there is linked with glibc.
    """
    found = {
        (int(major), int(minor))
        for file in folder.rglob("*")
        if file.is_file() and not file.is_symlink()
        for major, minor in GLIBC.findall(file.read_bytes())
    }
    return "{}.{}".format(*max(found)) if found else None
