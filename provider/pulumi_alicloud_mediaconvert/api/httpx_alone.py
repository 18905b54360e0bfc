"""httpx without its command line, which no client needs.

httpx imports it with everything else where `rich` and `click` are installed, as our
own extra `cli` does: a third of what the first read of a process has to import.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

COMMAND_LINE = "httpx._main"


def import_httpx_alone() -> None:
    """Import httpx as where its command line has not been installed.

    httpx goes on without it. Where its name is another one, it is imported as ever.
    """
    modules: dict[str, Any] = sys.modules
    if "httpx" in modules:
        return
    modules[COMMAND_LINE] = None
    importlib.import_module("httpx")
    del modules[COMMAND_LINE]
