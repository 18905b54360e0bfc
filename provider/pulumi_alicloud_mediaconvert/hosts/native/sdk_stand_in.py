"""The classes of the protocol, without the SDK that they come with.

`import pulumi` takes longer than all the rest of the plugin's start, and a plugin has
no use for it: the protocol's classes stand for themselves.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from types import ModuleType
from typing import TypeVar

Declared = TypeVar("Declared")


def leave_out_sdk() -> None:
    """Let `pulumi.runtime.proto` be imported from this process without `pulumi`.

    Where the package cannot be found this way, or is imported already, all is imported
    as ever.
    """
    if "pulumi" in sys.modules:
        return
    spec = importlib.util.find_spec("pulumi")
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        return
    stand_in = _package("pulumi", folders[0])
    # Types of outputs are declared by it; here they only say what their fields are.
    stand_in.output_type = _as_it_is  # type: ignore[attr-defined]  # of the SDK
    _package("pulumi.runtime", f"{folders[0]}{os.sep}runtime")


def _package(name: str, folder: str) -> ModuleType:
    package = ModuleType(name)
    package.__path__ = [folder]
    sys.modules[name] = package
    return package


def _as_it_is(declared: Declared) -> Declared:
    return declared
