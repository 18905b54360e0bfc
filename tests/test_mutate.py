"""What scores the tests by mutation names tests that are there."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def mutate(script):
    """Load what scores the tests."""
    return script("mutation.score")


def test_modules_and_their_tests_are_there(mutate):
    """Who renames a module or a test file corrects the script."""
    folder = ROOT / "provider" / mutate.PACKAGE
    named = {name for names in mutate.TESTS.values() for name in names.split()}

    assert [name for name in mutate.TESTS if not (folder / f"{name}.py").exists()] == []
    assert [
        name for name in named if not (ROOT / f"tests/test_{name}.py").exists()
    ] == []
