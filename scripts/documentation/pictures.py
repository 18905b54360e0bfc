"""Make `docs/pictures` from what the real engine shows."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from documentation.recorded_terminal import as_svg, frames, recorded
from pulumi_alicloud_mediaconvert.emulator import Emulator, Script, scripts

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
JOB_ID = "0a1b2c4579b5e748b99a27f6d63d4e5f"
# From a folder the engine takes the plugin without a word; from PATH it warns.
FOLDER = Path(sys.prefix, "bin")
PLUGIN = f"plugins: {{providers: [{{name: mediaconvert, path: {FOLDER}}}]}}\n"
UP = ["pulumi", "up", "--yes", "--skip-preview", "--stack", "dev"]


@contextmanager
def _stack(program: str, script: Script) -> Iterator[tuple[Path, Mapping[str, str]]]:
    """Make a stack beside an emulator that plays its job; lend folder, environment.

    The program is one in YAML: rows of the plugin are short enough for a phone.
    """
    with tempfile.TemporaryDirectory() as place, Emulator() as emulator:
        emulator.add_job(JOB_ID, script)
        folder = Path(place, "player")
        folder.mkdir()
        (folder / "Pulumi.yaml").write_text(program + PLUGIN)
        [project] = re.findall(r"^name: (.+)$", program, re.MULTILINE)
        (folder / "Pulumi.dev.yaml").write_text(
            "config:\n"
            f"  {project}:jobId: {JOB_ID}\n"
            "  mediaconvert:region: cn-shanghai\n"
            f"  mediaconvert:endpoint: {emulator.url}\n"
        )
        foreign = ("PULUMI_", "ALIBABA_CLOUD_", "ALICLOUD_", "NO_COLOR")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
        environ = {
            **kept,
            # The engine and its language hosts are there, and no plugin.
            "PATH": str(Path(str(shutil.which("pulumi"))).parent),
            "TERM": "xterm-256color",
            "PULUMI_BACKEND_URL": f"file://{place}",
            "PULUMI_HOME": f"{place}/home",
            "PULUMI_CONFIG_PASSPHRASE": "",
            # No picture is about a newer engine.
            "PULUMI_SKIP_UPDATE_CHECK": "1",
            "ALIBABA_CLOUD_ACCESS_KEY_ID": "testid",
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "testsecret",
        }
        recorded(["pulumi", "stack", "init", "dev"], folder, environ)
        yield folder, environ


def _program() -> str:
    """Return the YAML program of the front page."""
    page = (ROOT / "docs" / "README.md").read_text("utf-8")
    [program] = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    return str(program)


def engine_log() -> str:
    """Show the row of a job that is waited for, once its end can be foretold."""
    script = scripts.succeeds_slowly(seconds=30)
    with _stack(_program(), script) as (folder, environ):
        shown = frames(recorded(UP, folder, environ))
    foretold = [frame for frame in shown if " left" in frame]
    return foretold[len(foretold) // 2]


def failing_run() -> str:
    """Show how the program ends with the vendor's sample job."""
    with _stack(_program(), scripts.succeeds()) as (folder, environ):
        return frames(recorded(UP, folder, environ))[-1]


def main() -> int:
    """Make all pictures."""
    pictures = {
        "live-row": as_svg(engine_log(), "pulumi up", "live-row"),
        "failing-run": as_svg(failing_run(), "pulumi up", "failing-run"),
    }
    for name, text in pictures.items():
        (PICTURES / f"{name}.svg").write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
