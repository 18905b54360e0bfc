"""What a line says that should be stated instead of a codec string."""

from __future__ import annotations

import re


def stated_in(instead: str | None) -> dict[str, str]:
    """Read `codec "h264" and level "4.0"` as the keys of an expectation."""
    return dict(re.findall(r'(\w+) "([^"]*)"', instead or ""))
