"""The page of promises names tests that there are."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROMISED, _ = (ROOT / "SECURITY.md").read_text("utf-8").split("## Not promised")


def test_every_promise_names_tests_that_there_are():
    """A promise that nothing holds is none."""
    rows = [line for line in PROMISED.splitlines() if line.startswith("| ")][2:]

    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)`", row)
        assert named, row
        assert all((ROOT / name).is_file() for name in named), row
