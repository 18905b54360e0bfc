"""The example of docs/testing.md, written out as the files that it shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "testing.md"
BLOCK = re.compile(
    r"^```(?:python|yaml)\n# (\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE
)


def write_out(folder: Path) -> dict[str, Path]:
    """Write every file that the page shows; return them by their names on it."""
    files = {name: folder / name for name, _ in BLOCK.findall(PAGE.read_text("utf-8"))}
    for name, text in BLOCK.findall(PAGE.read_text("utf-8")):
        files[name].parent.mkdir(parents=True, exist_ok=True)
        files[name].write_text(text, "utf-8")
    return files


def run_pytest(folder: Path, variables: Mapping[str, str], *tests: str) -> str:
    """Run tests as a person does in a checkout of their own; return what is printed."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *tests],
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr
