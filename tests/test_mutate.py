"""What scores the tests by mutation names tests that are there, and counts rightly."""

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


def test_a_mutant_lives_unless_the_tests_fail(mutate):
    """One that makes the tests hang is seen, one that no test runs is not."""
    codes = {"failed": 1, "passed": 0, "crashed": 255, "no tests": 33, "hung": -24}

    assert mutate.alive(codes) == ["passed", "no tests"]


SHOWN = """\
# pulumi_alicloud_mediaconvert.verification.streams.x_a__mutmut_1: survived
--- provider/a.py
+++ provider/a.py
@@ -1 +1 @@
 unchanged
-    return zip(a, b, strict=True)
+    return zip(a, b, {strict})
# pulumi_alicloud_mediaconvert.verification.streams.x_a__mutmut_2: no tests
-    return a < b
+    return a <= b
"""


@pytest.mark.parametrize("strict", ["strict=False", "strict=None", ""])
def test_what_survives_is_shown_by_what_it_changes(mutate, strict):
    """Whether a zip is strict is an assertion: that it goes is no change."""
    found = mutate.changes(SHOWN.format(strict=strict))

    one, other = found
    assert mutate.is_idle(found[one])
    assert other == "verification.streams.x_a__mutmut_2: no tests"
    assert found[other] == ["-    return a < b", "+    return a <= b"]
    assert not mutate.is_idle(found[other])
