"""Rows of the reference about errors and the command line, from the code."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from typing import Any

from typer.main import get_command

import pulumi_alicloud_mediaconvert as package
from documentation.tables import Table
from pulumi_alicloud_mediaconvert import errors
from pulumi_alicloud_mediaconvert.cli.app import app
from pulumi_alicloud_mediaconvert.cli.exit_codes import EXPLAINED
from pulumi_alicloud_mediaconvert.error_codes import (
    MEANINGS,
    ErrorKind,
    ErrorMeaning,
)
from pulumi_alicloud_mediaconvert.hosts.engine_messages import ENGINE
from pulumi_alicloud_mediaconvert.verification.job_codes import JOB_CODES

# How the provider reacts to an error of each kind.
DOES = {
    ErrorKind.THROTTLE: "retries",
    ErrorKind.SERVER: "retries",
    ErrorKind.REPLAY: "retries",
    ErrorKind.KEY: "fails immediately",
    ErrorKind.EXPIRED_TOKEN: "reads the credentials again, once",
    ErrorKind.CLOCK: "signs the request again, once; then the error shows the times of "
    "the machine and of the API",
    ErrorKind.PERMISSION: "fails immediately",
    ErrorKind.NOT_FOUND: "polls until `not_found_grace` is over",
    ErrorKind.REQUEST: "fails immediately",
}


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _what_to_do(meaning: ErrorMeaning) -> str:
    return " ".join(map(ENGINE.next_step, meaning.next_steps))


def api_codes() -> Table:
    """Write the codes of failed calls: code, cause, reaction, what to do."""
    rows = [
        (
            f"`{code}`",
            _sentence(meaning.what),
            DOES[meaning.kind],
            # Braces of a policy would be taken for something else nowhere but in text.
            re.sub(r"(\{.*\})", r"`\1`", _what_to_do(meaning)),
        )
        for code, meaning in MEANINGS.items()
    ]
    return ("code", "cause", "what the provider does", "what to do"), rows


def job_codes() -> Table:
    """Write the codes of failed jobs: code, cause, area, what to do."""
    rows = [
        (f"`{code}`", hint.cause, hint.origin, _sentence(hint.next_step))
        for code, hint in JOB_CODES.items()
    ]
    return ("code", "cause", "area", "what to do"), rows


def exceptions() -> Table:
    """Write every public exception with its base class."""
    rows = [
        (
            f"`{name}`",
            f"`{kind.__bases__[0].__name__}`"
            if kind is not errors.ProviderError
            else "",
            (inspect.getdoc(kind) or "").splitlines()[0],
        )
        for name, kind in vars(errors).items()
        if inspect.isclass(kind) and name in package.__all__
    ]
    return ("exception", "base class", "meaning"), rows


def exit_codes() -> Table:
    """Write the exit codes of the command line."""
    rows = [(str(code), text) for code, text in EXPLAINED.items()]
    return ("exit code", "meaning"), rows


def commands() -> Table:
    """Write every command of the command line: name, what it does."""
    rows = [(f"`{name}`", _first_line(one.help)) for name, one in _commands().items()]
    return ("command", "what it does"), rows


def options() -> Table:
    """Write every option: name, which commands take it, meaning."""
    found: dict[str, tuple[list[str], str]] = {}
    for name, command in _commands().items():
        for option in command.params:
            spelt = option.opts[0]
            if spelt.startswith("--") and spelt != "--help":
                text = _first_line(getattr(option, "help", None))
                found.setdefault(spelt, ([], text))[0].append(f"`{name}`")
    rows = [
        (f"`{spelt}`", ", ".join(takers), text)
        for spelt, (takers, text) in found.items()
    ]
    return ("option", "commands", "meaning"), rows


def _commands() -> Mapping[str, Any]:
    found: Mapping[str, Any] = getattr(get_command(app), "commands", {})
    return found


def _first_line(text: str | None) -> str:
    return (text or "").splitlines()[0]
