"""A headless Chromium, driven by its DevTools protocol over a pipe.

Source: https://chromedevtools.github.io/devtools-protocol/ and the switch
`--remote-debugging-pipe`: the browser reads messages from descriptor 3 and writes them
to descriptor 4, each JSON with a zero byte behind it.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "chrome-headless-shell",
)
NO_BROWSER = (
    "no Chromium, so no real browser has seen the page (its rules are tested by a"
    " parser): looked on PATH for " + ", ".join(NAMES) + "; install one, such as by"
    " `apt-get install chromium`, or name its program in CHROMIUM"
)
SWITCHES = (
    "--headless",
    # The page is our own, and root has no sandbox.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
)
# Above those that a shell can be told by one digit.
FREE = 20
PATIENCE = 60
CHUNK = 1 << 16
Message = dict[str, Any]


def find_browser(environ: Mapping[str, str]) -> str | None:
    """Return the program of a Chromium; `None` if there is none."""
    named = environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    """One browser with one page; its events are kept."""

    def __init__(self, program: str, folder: Path) -> None:
        ours, theirs = _pipe(), _pipe()
        self._process = subprocess.Popen(
            [
                *("bash", "-c", f'exec "$@" 3<&{ours[0]} 4>&{theirs[1]}', "bash"),
                *(program, *SWITCHES, f"--user-data-dir={folder}", "about:blank"),
            ],
            pass_fds=(ours[0], theirs[1]),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # It calls for a desktop that is not there.
            env=os.environ | {"DBUS_SESSION_BUS_ADDRESS": "disabled:"},
        )
        os.close(ours[0])
        os.close(theirs[1])
        self._to, self._from = ours[1], theirs[0]
        self._rest = b""
        self._number = 0
        self._session: str | None = None
        self.events: list[Message] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Page.setLifecycleEventsEnabled", enabled=True)

    def close(self) -> None:
        """End it."""
        os.close(self._to)
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._from)

    def call(self, method: str, **params: Any) -> Message:
        """Call a method of the protocol and return what it gives."""
        self._number += 1
        message: Message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        _write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, (method, answer["error"])
                result: Message = answer["result"]
                return result
            self.events.append(answer)

    def open(self, address: str) -> None:
        """Open a page and wait until it is loaded; events before are forgotten."""
        # From elsewhere: another part of the same page would load nothing.
        self._go("about:blank")
        self.events.clear()
        self._go(address)

    def happened(self, method: str) -> list[Message]:
        """Return what is known of an event that happened."""
        return [one["params"] for one in self.events if one.get("method") == method]

    def run(self, script: str) -> Any:
        """Run a script in the page and return its value."""
        done = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, userGesture=True
        )
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def _go(self, address: str) -> None:
        loader = self.call("Page.navigate", url=address)["loaderId"]
        while not any(
            (one["loaderId"], one["name"]) == (loader, "load")
            for one in self.happened("Page.lifecycleEvent")
        ):
            self.events.append(self._next())

    def _next(self) -> Message:
        until = time.monotonic() + PATIENCE
        while b"\0" not in self._rest:
            left = max(0, until - time.monotonic())
            ready, _, _ = select.select([self._from], [], [], left)
            assert ready, f"the browser said nothing for {PATIENCE} s"
            chunk = os.read(self._from, CHUNK)
            assert chunk, f"the browser ended with {self._process.poll()}"
            self._rest += chunk
        text, _, self._rest = self._rest.partition(b"\0")
        message: Message = json.loads(text)
        return message


def _pipe() -> tuple[int, int]:
    """Make a pipe, away from the descriptors that the browser takes."""
    ends = os.pipe()
    moved = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, FREE) for end in ends]
    for end in ends:
        os.close(end)
    return moved[0], moved[1]


def _write(end: int, text: bytes) -> None:
    while text:
        text = text[os.write(end, text) :]
