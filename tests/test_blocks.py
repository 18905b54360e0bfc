"""What scripts write into a page lies between two marks, and nothing else changes."""

from __future__ import annotations

import pytest

PAGE = """\
By hand.
<!-- bench: one -->
old
<!-- end -->
<!-- bench: another -->
kept
<!-- end -->
<!-- polling: one -->
of somebody else
<!-- end -->
"""


@pytest.fixture(scope="module")
def blocks(script):
    """Load what fills the blocks of pages."""
    return script("documentation.blocks")


def test_a_block_is_filled_and_all_else_stays(blocks):
    """Only the block of that owner and name is written."""
    assert blocks.filled(PAGE, "bench", {"one": r"new \1"}) == PAGE.replace(
        "old", r"new \1"
    )
    assert blocks.names_in(PAGE, "bench") == ["one", "another"]


def test_a_block_that_no_page_has_is_an_error(blocks):
    """A table must not be lost because its mark is misspelt."""
    with pytest.raises(SystemExit, match="bench: third"):
        blocks.filled(PAGE, "bench", {"third": "new"})


def test_what_differs_is_named_or_written(blocks, tmp_path, capsys):
    """`--check` writes nothing; without it what differs is written, and only that."""
    same, stale, missing = (tmp_path / name for name in ("same", "stale", "missing"))
    same.write_text("new")
    stale.write_text("old")
    after = dict.fromkeys((same, stale, missing), "new")
    how = {"source": "the code", "command": "scripts/reference"}

    assert blocks.keep(after, check=True, **how) == 1
    assert not missing.exists()
    assert capsys.readouterr().out.splitlines() == [
        f"{name} differs from the code: run scripts/reference"
        for name in ("stale", "missing")
    ]

    assert blocks.keep(after, check=False, **how) == 0
    assert [file.read_text() for file in after] == ["new"] * 3
    assert blocks.keep(after, check=True, **how) == 0
