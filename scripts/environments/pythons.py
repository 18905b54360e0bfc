"""The Pythons that the tests may run on: which of them this machine has."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PROBE = """
import ensurepip, sys, venv
print(sys.version.split()[0], sys._base_executable)
"""


@dataclass(frozen=True)
class Python:
    """An interpreter of this machine."""

    version: str
    path: Path


def find_pythons(
    path: Sequence[Path], pyenv: Path, minors: Sequence[str] = PYTHONS
) -> dict[str, Python]:
    """Find a Python of each minor version that can make an environment."""
    found: dict[str, Python] = {}
    for minor in minors:
        candidates = [folder / f"python{minor}" for folder in path]
        candidates += sorted(pyenv.glob(f"{minor}.*/bin/python"))
        for candidate in candidates:
            # The name may be a shim that has no version of that name behind it.
            if python := _probed(candidate, minor):
                found[minor] = python
                break
    return found


def _probed(candidate: Path, minor: str) -> Python | None:
    if not os.access(candidate, os.X_OK):
        return None
    done = subprocess.run(
        [candidate, "-c", PROBE], capture_output=True, text=True, check=False
    )
    version, _, path = done.stdout.strip().partition(" ")
    if done.returncode or not version.startswith(f"{minor}."):
        return None
    return Python(version, Path(path))


def found_and_missing(found: Mapping[str, Python]) -> list[str]:
    """Say which Pythons there are, and which there are not."""
    lines = [f"Python {python.version}: {python.path}" for python in found.values()]
    lines += [
        f"Python {minor}: NOT TESTED, neither on PATH nor in ~/.pyenv/versions"
        for minor in PYTHONS
        if minor not in found
    ]
    return lines
