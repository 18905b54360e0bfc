"""A language server, asked as an editor asks it.

Source: https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/.
"""

from __future__ import annotations

import itertools
import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

CAPABILITIES = {
    "workspace": {"configuration": True},
    "textDocument": {
        "hover": {"contentFormat": ["markdown"]},
        "signatureHelp": {"signatureInformation": {"activeParameterSupport": True}},
    },
}


class LanguageServer:
    """A server that has one file open.

    Args:
        sent: where messages go to.
        received: where they come from.
        python: the interpreter whose packages the file imports.
    """

    def __init__(self, sent: IO[bytes], received: IO[bytes], python: Path) -> None:
        self._sent = sent
        self._received = received
        self._settings = {"pythonPath": str(python)}
        self._numbers = itertools.count(1)
        self._document: dict[str, str] = {}

    def open(self, file: Path) -> None:
        """Begin, and open a file."""
        folder = file.parent.as_uri()
        self._ask(
            "initialize",
            {
                "processId": None,
                "rootUri": folder,
                "workspaceFolders": [{"uri": folder, "name": "program"}],
                "capabilities": CAPABILITIES,
            },
        )
        self._notify("initialized", {})
        self._document = {"uri": file.as_uri()}
        text = {"languageId": "python", "version": 1, "text": file.read_text()}
        self._notify("textDocument/didOpen", {"textDocument": self._document | text})

    def hover(self, line: int, column: int) -> str:
        """Return what is shown at a place, counted from 0; empty if nothing is."""
        position = {"line": line, "character": column}
        place = {"textDocument": self._document, "position": position}
        shown = self._ask("textDocument/hover", place)
        return str(shown["contents"]["value"]) if shown else ""

    def parameter(self, line: int, column: int) -> str:
        """Return what is said of the parameter that is being typed at a place."""
        position = {"line": line, "character": column}
        place = {"textDocument": self._document, "position": position}
        shown = self._ask("textDocument/signatureHelp", place)
        [signature] = shown["signatures"]
        said = signature["parameters"][signature["activeParameter"]]["documentation"]
        return str(said["value"])

    def _ask(self, method: str, params: dict[str, Any]) -> Any:  # JSON
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == number and "method" not in message:
                return message["result"]
            if "method" in message and "id" in message:
                self._send({"id": message["id"], "result": self._answer(message)})

    def _answer(self, message: dict[str, Any]) -> object:
        if message["method"] != "workspace/configuration":
            return None
        asked = message["params"]["items"]
        return [
            self._settings if one.get("section") == "python" else {} for one in asked
        ]

    def _notify(self, method: str, params: dict[str, Any]) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0"} | message).encode()
        self._sent.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._sent.flush()

    def _receive(self) -> dict[str, Any]:
        length = 0
        while line := self._received.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the language server has ended"
        message: dict[str, Any] = json.loads(self._received.read(length))
        return message


@contextmanager
def serving(
    command: Sequence[str], file: Path, python: Path
) -> Iterator[LanguageServer]:
    """Start a server for a file; ends with the block."""
    with subprocess.Popen(
        command, cwd=file.parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            server = LanguageServer(process.stdin, process.stdout, python)
            server.open(file)
            yield server
        finally:
            process.kill()
