"""`scripts/demo`, as a person runs it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_the_demo_shows_both_halves_and_leaves_nothing(tmp_path, home):
    """The demo passes one deployment, stops another, and cleans up after itself."""
    assert home.exists()
    before = sorted(ROOT.glob("Pulumi*"))

    run = subprocess.run(
        [ROOT / "scripts" / "demo"],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert "$ pulumi stack output verdict\npassed\n" in run.stdout
    assert "ended Failed: InvalidParameter.ResourceContentBad" in run.stdout
    assert "What to try next" in run.stdout
    assert "Traceback" not in run.stdout + run.stderr
    assert list(tmp_path.iterdir()) == []
    assert sorted(ROOT.glob("Pulumi*")) == before
