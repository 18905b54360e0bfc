"""A machine that has the engine and languages, and nothing else of ours: no Python."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from stack import Stack

VERSION = "0.1.0"
# Each language host, and what it starts.
PROGRAMS = (
    "pulumi",
    "pulumi-language-go",
    "pulumi-language-nodejs",
    "pulumi-language-yaml",
    "node",
    "go",
)
# Where Go keeps what scripts/bootstrap has fetched and built.
GO_CACHES = ("GOCACHE", "GOMODCACHE")
INSTALL = ("plugin", "install", "resource", "mediaconvert")


@dataclass
class BareStack(Stack):
    """A stack in an environment of its own: a PATH, a home, and what Pulumi needs."""

    def environment(self) -> dict[str, str]:
        """Build the environment of a command."""
        pulumi = {
            name: value
            for name, value in super().environment().items()
            if name.startswith("PULUMI_") or name == "NO_COLOR"
        }
        return {
            **pulumi,
            **self.language.variables,
            "HOME": str(self.home),
            **self.variables,
        }

    def install(self, archive: Path, version: str = VERSION) -> None:
        """Install an archive as a version of the plugin."""
        done = self.run(*INSTALL, version, "--file", str(archive))
        assert done.code == 0, done.text


def programs_alone(folder: Path, names: Sequence[str] = PROGRAMS) -> Path:
    """Make a folder for PATH that has these programs and nothing else."""
    folder.mkdir()
    for name in names:
        found = shutil.which(name)
        assert found, f"no {name} on PATH: run this by scripts/test"
        (folder / name).symlink_to(found)
    return folder


def go_caches() -> Mapping[str, str]:
    """Return where a Go program finds its modules: the home is another one."""
    done = subprocess.run(
        ["go", "env", "-json", *GO_CACHES], capture_output=True, text=True, check=True
    )
    found: dict[str, str] = json.loads(done.stdout)
    return found
