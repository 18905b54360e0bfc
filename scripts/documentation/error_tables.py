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

# What the provider does about a refusal of each kind.
DOES = {
    ErrorKind.THROTTLE: "retried",
    ErrorKind.SERVER: "retried",
    ErrorKind.REPLAY: "retried",
    ErrorKind.KEY: "ends at once",
    ErrorKind.EXPIRED_TOKEN: "credentials are read anew, once",
    ErrorKind.CLOCK: "signed anew, once; then both times are named",
    ErrorKind.PERMISSION: "ends at once",
    ErrorKind.NOT_FOUND: "looked for until `not_found_grace` is over",
    ErrorKind.REQUEST: "ends at once",
}


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cure(meaning: ErrorMeaning) -> str:
    return " ".join(map(ENGINE.next_step, meaning.next_steps))


def api_codes() -> Table:
    """Write what each code of a refused call means: code, cause, reaction, cure."""
    rows = [
        (
            f"`{code}`",
            _sentence(meaning.what),
            DOES[meaning.kind],
            # Braces of a policy would be taken for something else nowhere but in text.
            re.sub(r"(\{.*\})", r"`\1`", _cure(meaning)),
        )
        for code, meaning in MEANINGS.items()
    ]
    return ("code", "cause", "what the provider does", "cure"), rows


def job_codes() -> Table:
    """Write what each code of a failed job means: code, cause, origin, cure."""
    rows = [
        (f"`{code}`", hint.cause, hint.origin, _sentence(hint.next_step))
        for code, hint in JOB_CODES.items()
    ]
    return ("code", "cause", "whose", "cure"), rows


def exceptions() -> Table:
    """Write every exception that is public, those below another one behind it."""
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
    return ("exception", "is a", "meaning"), rows


def exit_codes() -> Table:
    """Write what the command line tells the shell."""
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
    return ("option", "of", "meaning"), rows


def _commands() -> Mapping[str, Any]:
    found: Mapping[str, Any] = getattr(get_command(app), "commands", {})
    return found


def _first_line(text: str | None) -> str:
    return (text or "").splitlines()[0]
