"""The environment of a process that this one starts.

A command that a user names runs as it would in the user's shell. It gets neither the
libraries of the plugin's archive nor the configuration that the engine passes on.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

# Set by the engine: a stack's configuration, its secrets in clear, and their names.
CONFIGURATION = frozenset({"PULUMI_CONFIG", "PULUMI_CONFIG_SECRET_KEYS"})
# Set by the loader of the archive's executable (PyInstaller), for itself.
LOADER_PREFIX = "_PYI_"
LIBRARIES = "LD_LIBRARY_PATH"
# The loader keeps here what the user had, if anything.
LIBRARIES_BEFORE = f"{LIBRARIES}_ORIG"


def child_environment() -> dict[str, str]:
    """Return the variables for a process that this one starts."""
    return cleaned(os.environ, getattr(sys, "_MEIPASS", None))


def cleaned(own: Mapping[str, str], bundle: str | None) -> dict[str, str]:
    """Take out of an environment what is for this process alone.

    Args:
        own: of this process.
        bundle: the folder of libraries, if this process runs from the archive.
    """
    child = {name: value for name, value in own.items() if name not in CONFIGURATION}
    if bundle is None:
        return child
    before = child.pop(LIBRARIES_BEFORE, None)
    if before is not None:
        child[LIBRARIES] = before
    elif child.get(LIBRARIES) == bundle:
        del child[LIBRARIES]
    return {
        name: value
        for name, value in child.items()
        if not name.startswith(LOADER_PREFIX)
    }
