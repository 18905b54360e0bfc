"""What `--debug` shows on stderr: requests, retries, and tracebacks; no secrets."""

from __future__ import annotations

import logging
import os
import platform
import re
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import metadata

from pulumi_alicloud_mediaconvert.text import in_one_line

PACKAGE = "pulumi-alicloud-mediaconvert"
OPTION = "--debug"
# The loggers of requests and of this package.
LOGGERS = ("httpx", "pulumi_alicloud_mediaconvert")
# Names of variables with secret values.
SECRET = re.compile(r"SECRET|TOKEN|PASSWORD|ACCESS_KEY", re.IGNORECASE)
# A shorter value is no secret, and would be found in every text.
MIN_SECRET = 6

log = logging.getLogger(__name__)


class RedactingFormatter(logging.Formatter):
    """Writes a record in one line or more, without the secrets of the environment."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        super().__init__("debug: %(asctime)s.%(msecs)03d %(message)s", "%H:%M:%S")
        self._environ = environ

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        return redacted(super().format(record), self._environ)


def redacted(text: str, environ: Mapping[str, str]) -> str:
    """Replace the values of secret variables by `***`."""
    secrets = {
        value
        for name, value in environ.items()
        if SECRET.search(name) and len(value) >= MIN_SECRET
    }
    # The longest first: a secret may contain another one.
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "***")
    return text


@contextmanager
def debugging(*, is_on: bool) -> Iterator[None]:
    """Log to stderr what a command does, as long as it runs."""
    if not is_on:
        yield
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(os.environ))
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    log.debug(
        "%s %s, Python %s, %s",
        PACKAGE,
        metadata.version(PACKAGE),
        platform.python_version(),
        platform.platform(),
    )
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)


def unforeseen(error: Exception, *, is_debug: bool) -> list[str]:
    """Say in lines that this program has a bug; with `--debug`, where.

    Args:
        error: that this program did not expect.
        is_debug: whether a traceback is wanted.
    """
    said = str(error).removesuffix(".")
    what = in_one_line(f"{type(error).__name__}: {said}".removesuffix(": "))
    if not is_debug:
        lines = [
            f"this is a bug: {what}. Run the command with {OPTION} for a traceback."
        ]
    else:
        lines = "".join(traceback.format_exception(error)).splitlines()
        lines.append(f"this is a bug: {what}. Please report it with these lines.")
    return [redacted(line, os.environ) for line in lines]
