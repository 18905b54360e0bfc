"""Import what serves a stack, in a process that holds all of the SDK already."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def late_imports() -> Iterator[None]:
    """Look for no garbage while modules are imported.

    Hardly anything that an import makes is garbage, but Python looks for it all the
    same, and through all that the SDK holds: a sixth of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
