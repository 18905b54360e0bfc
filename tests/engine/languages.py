"""The languages that programs of engine tests are written in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

EXAMPLES = Path(__file__).parents[2] / "examples"
PLUGIN = "pulumi-resource-mediaconvert"
GO_MODULE = "pulumi-alicloud-mediaconvert/sdk/go/mediaconvert"
PYTHON_HEAD = """\
import pulumi
from pulumi_alicloud_mediaconvert import MediaConvertJob
"""
TYPESCRIPT_HEAD = """\
import * as pulumi from "@pulumi/pulumi";
import { Job, JobSet, Provider, getJobOutput } from "pulumi-mediaconvert";
"""
# Go refuses an import that is not used.
GO_HEAD = f"""\
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"{GO_MODULE}"
)

var _, _ = config.New, mediaconvert.NewJob

func main() {{
	pulumi.Run(func(ctx *pulumi.Context) error {{
"""
GO_TAIL = """
		return nil
	})
}
"""

# One program in several languages, by their names.
Program = Mapping[str, str]


class Language(Protocol):
    """How the program of a stack is written down, and made ready to run."""

    @property
    def name(self) -> str:
        """The name of the language, in lower case."""

    @property
    def variables(self) -> Mapping[str, str]:
        """The variables of the environment that its programs need."""

    def put(self, folder: Path, project: str, body: str) -> None:
        """Write a program into the folder of a project.

        Args:
            folder: of the project.
            project: its name.
            body: of the program; what all programs need is put around it.
        """


class Native(Language, Protocol):
    """A language whose programs use the native plugin."""

    @property
    def plugin(self) -> Path | None:
        """The folder of the plugin; None if the project names no plugin."""

    def prepare(self, folder: Path) -> None:
        """Make a program ready to run that is in the folder of a project."""


@dataclass(frozen=True)
class Python:
    """Python, with the dynamic provider."""

    name: str = "python"
    variables: Mapping[str, str] = field(default_factory=dict)

    def put(self, folder: Path, project: str, body: str) -> None:
        """Write project and program."""
        put_project(folder, project, "python")
        (folder / "__main__.py").write_text(PYTHON_HEAD + body)


@dataclass(frozen=True)
class Yaml:
    """Pulumi YAML: the body is what stands below `runtime`, `resources:` and so on.

    Attributes:
        plugin: the folder of the plugin; None if the project names no plugin.
    """

    plugin: Path | None
    name: str = "yaml"
    variables: Mapping[str, str] = field(default_factory=dict)

    def put(self, folder: Path, project: str, body: str) -> None:
        """Write project and program, which are one file."""
        put_project(folder, project, "yaml", body)
        self.prepare(folder)

    def prepare(self, folder: Path) -> None:
        """Name the plugin; the engine's own host runs the program."""
        name_plugin(folder, self.plugin)


@dataclass(frozen=True)
class TypeScript:
    """TypeScript: the body is what stands below the imports.

    Attributes:
        plugin: the folder of the plugin; None if the project names no plugin.
        packages: a `node_modules` with the SDK.
    """

    plugin: Path | None
    packages: Path
    name: str = "typescript"
    variables: Mapping[str, str] = field(default_factory=dict)

    def put(self, folder: Path, project: str, body: str) -> None:
        """Write project and program; its other files are those of the example."""
        put_project(folder, project, "nodejs")
        (folder / "index.ts").write_text(TYPESCRIPT_HEAD + body)
        for name in ("package.json", "tsconfig.json"):
            shutil.copy(EXAMPLES / "typescript-gate" / name, folder)
        self.prepare(folder)

    def prepare(self, folder: Path) -> None:
        """Put what `npm install` would in its place."""
        name_plugin(folder, self.plugin)
        modules = folder / "node_modules"
        if not modules.exists():
            modules.symlink_to(self.packages)


@dataclass(frozen=True)
class Go:
    """Go: the body is that of the function that `pulumi.Run` calls.

    Attributes:
        plugin: the folder of the plugin; None if the project names no plugin.
        sdk: the folder of the module.
    """

    plugin: Path | None
    sdk: Path
    name: str = "go"

    @property
    def variables(self) -> Mapping[str, str]:
        """What the host builds programs with: what scripts/bootstrap has fetched."""
        return {
            "CGO_ENABLED": "0",
            # What is built once is found in Go's cache, wherever the SDK is.
            "GOFLAGS": "-trimpath",
            "GOPROXY": "off",
            "GOTOOLCHAIN": "local",
            "GOWORK": "off",
        }

    def put(self, folder: Path, project: str, body: str) -> None:
        """Write project and program; its other files are those of the example."""
        put_project(folder, project, "go")
        (folder / "main.go").write_text(GO_HEAD + body + GO_TAIL)
        for name in ("go.mod", "go.sum"):
            shutil.copy(EXAMPLES / "go-gate" / name, folder)
        self.prepare(folder)

    def prepare(self, folder: Path) -> None:
        """Say where the SDK is; the engine's own host builds the program."""
        name_plugin(folder, self.plugin)
        module = folder / "go.mod"
        text = module.read_text().replace(
            "../../dist/sdk/go/mediaconvert", str(self.sdk)
        )
        module.write_text(text)


def put_project(folder: Path, project: str, runtime: str, body: str = "") -> None:
    """Write the file of a project, as a person would."""
    text = f"name: {project}\nruntime: {runtime}\n{body}"
    (folder / "Pulumi.yaml").write_text(text)


def name_plugin(folder: Path, plugin: Path | None) -> None:
    """Say in the file of a project in which folder the plugin is, if it is in one."""
    if plugin:
        found = json.dumps({"name": "mediaconvert", "path": str(plugin)})
        with (folder / "Pulumi.yaml").open("a") as project:
            project.write(f"plugins:\n  providers:\n    - {found}\n")


def require_plugin(folder: Path) -> Path:
    """Return the folder of the plugin; fail, and never skip, where there is none."""
    found = folder / PLUGIN
    assert found.exists(), f"no {found}: install this package by scripts/bootstrap"
    return folder


def require(*programs: str) -> None:
    """Fail, and never skip, where a language lacks its host or another program."""
    missing = [one for one in programs if shutil.which(one) is None]
    assert not missing, f"{missing} not on PATH: run this by scripts/test"


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
