"""The languages that programs of engine tests are written in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

PLUGIN = "pulumi-resource-mediaconvert"
PYTHON_HEAD = """\
import pulumi
from pulumi_alicloud_mediaconvert import MediaConvertJob
"""

# One program in several languages, by their names.
Program = Mapping[str, str]


class Language(Protocol):
    """How the program of a stack is written down."""

    @property
    def name(self) -> str:
        """The name of the language, in lower case."""

    def put(self, folder: Path, project: str, body: str) -> None:
        """Write a program into the folder of a project.

        Args:
            folder: of the project.
            project: its name.
            body: of the program; what all programs need is put around it.
        """

    def variables(self) -> Mapping[str, str]:
        """Return the variables of the environment that a program needs."""


@dataclass(frozen=True)
class Python:
    """Python, with the dynamic provider."""

    name: str = "python"

    def put(self, folder: Path, project: str, body: str) -> None:
        """Write project and program."""
        (folder / "Pulumi.yaml").write_text(project_file(project, "python", None))
        (folder / "__main__.py").write_text(PYTHON_HEAD + body)

    def variables(self) -> Mapping[str, str]:
        """Return none: the packages are those of the tests."""
        return {}


@dataclass(frozen=True)
class Yaml:
    """Pulumi YAML: the body is what stands below `runtime`, `resources:` and so on.

    Attributes:
        plugin: the folder of the plugin; None if the project names no plugin.
    """

    plugin: Path | None
    name: str = "yaml"

    def put(self, folder: Path, project: str, body: str) -> None:
        """Write project and program, which are one file."""
        head = project_file(project, "yaml", self.plugin)
        (folder / "Pulumi.yaml").write_text(head + body)

    def variables(self) -> Mapping[str, str]:
        """Return none: the engine's own host runs the program."""
        return {}


def project_file(
    project: str, runtime: str | Mapping[str, object], plugin: Path | None
) -> str:
    """Write a project file, with the folder of the plugin unless there is none."""
    text = f"name: {project}\nruntime: {json.dumps(runtime)}\n"
    if plugin:
        found = json.dumps({"name": "mediaconvert", "path": str(plugin)})
        text += f"plugins:\n  providers:\n    - {found}\n"
    return text


def require_plugin(folder: Path) -> Path:
    """Return the folder of the plugin; fail, and never skip, where there is none."""
    found = folder / PLUGIN
    assert found.exists(), f"no {found}: install this package by scripts/bootstrap"
    return folder


def require_host(language: str) -> None:
    """Fail, and never skip, where the engine has no host of a language."""
    host = f"pulumi-language-{language}"
    assert shutil.which(host), f"no {host} on PATH: run this by scripts/test"


def gate(name: str = "trailer", **properties: object) -> str:
    """Write a YAML program of one gate that exports its verdict.

    Args:
        name: of the resource.
        properties: of the job, as YAML has them: `jobId`, `expect` and so on.
    """
    return (
        f"resources:\n"
        f"  {name}:\n"
        f"    type: mediaconvert:Job\n"
        f"    properties: {json.dumps(properties)}\n"
        f"outputs:\n"
        f"  verdict: ${{{name}.verdict}}\n"
    )
