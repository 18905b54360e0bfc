"""A Pulumi stack of its own for a test: real engine, file backend, no account."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from languages import Language, Program, Python
from processes import Session

from real_engine import SETTINGS

OF_NO_STACK = frozenset({"install", "package", "plugin"})
# No command of these tests takes longer; what does has hung.
MAX_RUN_SECONDS = 240


@dataclass(frozen=True)
class Run:
    """How one `pulumi` command ended, and what it printed."""

    command: str
    code: int
    text: str
    events: list[dict[str, Any]]

    def diagnostics(self, *, ephemeral: bool = False) -> list[str]:
        """Return the messages on the rows: the lasting ones, or the passing ones."""
        return [
            event["diagnosticEvent"]["message"]
            for event in self.events
            if "diagnosticEvent" in event
            and bool(event["diagnosticEvent"].get("ephemeral")) is ephemeral
        ]

    def on_row(self, name: str, severity: str) -> list[str]:
        """Return the lasting messages of a severity on the row of a resource."""
        events = [event.get("diagnosticEvent", {}) for event in self.events]
        return [
            event["message"].strip()
            for event in events
            if event.get("severity") == severity
            and not event.get("ephemeral")
            and event.get("urn", "").endswith(f"::{name}")
        ]

    def operations(self) -> dict[str, str]:
        """Return what was done to each resource, by its name."""
        steps = (
            event["resOutputsEvent"]["metadata"]
            for event in self.events
            if "resOutputsEvent" in event
        )
        return {step["urn"].rpartition("::")[2]: step["op"] for step in steps}

    def steps_of(self, name: str) -> list[str]:
        """Return the steps that the engine took for a resource, in their order."""
        steps = (
            event["resourcePreEvent"]["metadata"]
            for event in self.events
            if "resourcePreEvent" in event
        )
        return [step["op"] for step in steps if step["urn"].endswith(f"::{name}")]


@dataclass(frozen=True)
class Running:
    """One `pulumi` command under way.

    Attributes:
        process: of the engine.
        session: all processes that it has started.
        ended: makes a run of what it printed.
    """

    process: subprocess.Popen[str]
    session: Session
    ended: Callable[[str], Run]

    def wait_until(self, is_time: Callable[[], bool]) -> None:
        """Wait for a moment; fail with what was printed if it never comes."""
        if not is_time():
            self.process.kill()
            pytest.fail(f"it never became time: {self.process.communicate()[0]}")

    def read_until(self, words: str) -> str:
        """Read what is printed up to a line with these words."""
        assert self.process.stdout is not None
        lines: list[str] = []
        for line in self.process.stdout:
            lines.append(line)
            if words in line:
                break
        return "".join(lines)

    def end(self, read: str = "") -> Run:
        """Wait for the end of the command.

        Args:
            read: what was read of it before.
        """
        text, _ = self.process.communicate(timeout=MAX_RUN_SECONDS)
        return self.ended(read + text)


@dataclass
class Stack:
    """One stack: a program in a folder, with configuration and environment.

    Attributes:
        variables: of the environment, before all others.
        settings: of the engine, that make tests stricter and keep them on this machine.
        language: of the program.
    """

    folder: Path
    backend: Path
    home: Path
    name: str
    variables: dict[str, str]
    printed: list[str] = field(default_factory=list)
    settings: Mapping[str, str] = field(default_factory=SETTINGS.copy)
    language: Language = field(default_factory=Python)

    def program(self, body: str | Program) -> None:
        """Replace the program; what all programs need is put around it.

        Args:
            body: in the language of the stack, or in several by their names.
        """
        text = body if isinstance(body, str) else body[self.language.name]
        self.language.put(self.folder, self.project, text)

    @property
    def project(self) -> str:
        """The name of the project."""
        [name] = re.findall(
            r"^name: (\S+)$", (self.folder / "Pulumi.yaml").read_text(), re.MULTILINE
        )
        return str(name)

    def configure(self, key: str, value: str, *, secret: bool = False) -> None:
        """Set a configuration value of the stack."""
        kind = "--secret" if secret else "--plaintext"
        done = self.run("config", "set", key, value, kind)
        assert done.code == 0, done.text

    def up(self, *arguments: str, previews: bool = False) -> Run:
        """Run `pulumi up`, by default without the preview before it."""
        skip = [] if previews else ["--skip-preview"]
        return self._logged("up", "--yes", *skip, *arguments)

    def preview(self, *arguments: str) -> Run:
        """Run `pulumi preview`."""
        return self._logged("preview", *arguments)

    def refresh(self, *arguments: str) -> Run:
        """Run `pulumi refresh`."""
        return self._logged("refresh", "--yes", "--skip-preview", *arguments)

    def destroy(self) -> Run:
        """Run `pulumi destroy`."""
        return self._logged("destroy", "--yes", "--skip-preview")

    @property
    def state(self) -> Path:
        """The file that holds the state."""
        stacks = self.backend / ".pulumi" / "stacks"
        return stacks / self.project / f"{self.name}.json"

    def outputs(self) -> dict[str, Any]:
        """Read the stack outputs, as `pulumi stack output --json` prints them."""
        done = self.run("stack", "output", "--json")
        assert done.code == 0, done.text
        outputs: dict[str, Any] = json.loads(done.text)
        return outputs

    def export(self) -> dict[str, Any]:
        """Read the state, as `pulumi stack export` prints it."""
        done = self.run("stack", "export")
        assert done.code == 0, done.text
        state: dict[str, Any] = json.loads(done.text)
        return state

    def resources(self) -> dict[str, dict[str, Any]]:
        """Read the resources in the state by their names."""
        found = self.export()["deployment"].get("resources", [])
        return {one["urn"].rpartition("::")[2]: one for one in found}

    def run(self, *arguments: str) -> Run:
        """Run one `pulumi` command to its end."""
        with self.start(*arguments) as process:
            text, _ = process.communicate(timeout=MAX_RUN_SECONDS)
        return self._ended(" ".join(arguments), process.returncode, text, [])

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start one `pulumi` command, in a process group of its own."""
        return subprocess.Popen(
            ["pulumi", *arguments, *self._named_for(arguments), "--non-interactive"],
            cwd=self.folder,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    @contextmanager
    def running(self, *arguments: str) -> Iterator[Running]:
        """Run a command beside the test; in the end nothing of it is left."""
        log = self._event_log()
        with self.start(*arguments, "--event-log", str(log)) as process:
            session = Session(process.pid)

            def ended(text: str) -> Run:
                command, events = " ".join(arguments), list(_events(log))
                return self._ended(command, process.returncode, text, events)

            try:
                yield Running(process, session, ended)
            finally:
                session.end()

    def interrupt_when(self, is_time: Callable[[], bool], *arguments: str) -> Run:
        """Run a command, and press Ctrl-C once `is_time`.

        Args:
            is_time: waits for the moment, and says whether it came.
            arguments: of the command.
        """
        with self.running(*arguments) as command:
            command.wait_until(is_time)
            command.process.send_signal(signal.SIGINT)
            return command.end()

    def environment(self) -> dict[str, str]:
        """Build the environment of a command: the machine's, less its Pulumi."""
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PULUMI_", "ALIBABA_CLOUD_", "ALICLOUD_"))
        }
        return {
            **inherited,
            **self.settings,
            "PATH": os.pathsep.join(
                [str(Path(sys.executable).parent), os.environ["PATH"]]
            ),
            "PULUMI_BACKEND_URL": self.backend.as_uri(),
            "PULUMI_HOME": str(self.home),
            # The file backend asks for one, and there is nobody to answer.
            "PULUMI_CONFIG_PASSPHRASE": "",
            "NO_COLOR": "1",
            # Makes `--event-log` a flag that can be given.
            "PULUMI_DEBUG_COMMANDS": "1",
            **self.language.variables,
            **self.variables,
        }

    def _named_for(self, arguments: Sequence[str]) -> list[str]:
        if arguments[0] in OF_NO_STACK or arguments[:2] == ("stack", "init"):
            return []
        return ["--stack", self.name]

    def _logged(self, *arguments: str) -> Run:
        with self.running(*arguments) as command:
            return command.end()

    def _event_log(self) -> Path:
        return self.folder / f"events-{len(self.printed)}.json"

    def _ended(
        self, command: str, code: int, text: str, events: list[dict[str, Any]]
    ) -> Run:
        self.printed.append(text)
        return Run(command, code, text, events)


@dataclass(frozen=True)
class EmptyStacks:
    """Stacks without a resource: the engine makes one, the others are its copies.

    Attributes:
        folder: that holds what is copied.
        home: the engine's own folder.
    """

    folder: Path
    home: Path

    def make(self, stack: Stack) -> None:
        """Do what `pulumi stack init` does."""
        kept = self.folder / stack.project / stack.name
        files = {
            kept / "meta.yaml": stack.backend / ".pulumi" / "meta.yaml",
            kept / "state.json": stack.state,
            kept / "settings.yaml": stack.folder / f"Pulumi.{stack.name}.yaml",
        }
        if kept.exists():
            for copy, file in files.items():
                file.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(copy, file)
            return
        done = stack.run("stack", "init", stack.name)
        assert done.code == 0, done.text
        kept.mkdir(parents=True)
        for copy, file in files.items():
            shutil.copyfile(file, copy)


def _events(log: Path) -> Iterator[dict[str, Any]]:
    if log.exists():
        for line in log.read_text().splitlines():
            yield json.loads(line)


def require_engine() -> None:
    """Fail, and never skip, where there is no engine."""
    missing = [
        tool
        for tool in ("pulumi", "pulumi-language-python")
        if shutil.which(tool) is None
    ]
    assert not missing, f"{missing} not on PATH: run this by scripts/test"
