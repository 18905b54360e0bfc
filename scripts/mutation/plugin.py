"""Fit pytest to mutmut, which runs it anew for every mutant."""

from __future__ import annotations

import gc
import re
from pathlib import Path

import pytest
from mutmut.state import state

AT_IMPORT: set[str] = set()
WANTED: set[str] = set()


def pytest_configure(config: pytest.Config) -> None:
    """Collect whole files: pytest does not find every test again by its name."""
    WANTED.update(config.args)
    config.args = list(dict.fromkeys(one.partition("::")[0] for one in config.args))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests that mutmut asks for, in the order of their files."""
    wanted = {_unescaped(one) for one in WANTED}
    items[:] = [
        item
        for item in items
        if not wanted.isdisjoint(
            {_unescaped(item.nodeid), item.nodeid.partition("::")[0]}
        )
    ]


def _unescaped(nodeid: str) -> str:
    # Whenever pytest collects a file again, it escapes anew what is escaped already.
    return re.sub(r"\\+", "", nodeid)


def pytest_collection_finish() -> None:
    """Remember which functions have run at import; leave the rest of memory alone."""
    if state()._stats:  # noqa: SLF001  # of the version that is pinned
        AT_IMPORT.update(state()._stats)  # noqa: SLF001  # ditto
        Path("at-import.txt").write_text("\n".join(AT_IMPORT), "utf-8")
    # A third of the time goes into collecting garbage where there is none, otherwise.
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown() -> None:
    """Have every test depend on what runs at import, not the first alone."""
    state()._stats.update(AT_IMPORT)  # noqa: SLF001  # ditto


def pytest_unconfigure() -> None:
    """Forget what this run was asked for: the next one may be in the same process."""
    WANTED.clear()
