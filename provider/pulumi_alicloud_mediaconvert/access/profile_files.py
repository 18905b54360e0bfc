"""Files of profiles, read so that each one that gives nothing says why.

The library calls a file that may not be read one that is no JSON, or one without the
section that was asked for.
"""

from __future__ import annotations

import configparser
import json
import os
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pulumi_alicloud_mediaconvert.access.credentials import UnusableError

# Beyond this a file is no list of profiles.
MAX_FILE_MEBIBYTES = 1


def cli_profiles(file: str) -> tuple[Any, Sequence[Mapping[str, Any]]]:
    """Read a file of the aliyun CLI: the name of the current profile, all profiles.

    Raises:
        UnusableError: it cannot be read, or is no such file.
    """
    try:
        stated = json.loads(_text_of(file))
    except (ValueError, RecursionError):
        raise UnusableError("it is not JSON") from None
    if not isinstance(stated, dict):
        raise UnusableError("it gives no credentials: it is JSON, but not an object")
    profiles = stated.get("profiles") or []
    if not isinstance(profiles, list):
        raise UnusableError("it gives no credentials: its profiles are not a list")
    return stated.get("current"), [one for one in profiles if isinstance(one, dict)]


def ini_sections(file: str) -> Mapping[str, Mapping[str, str]]:
    """Read a file of credentials: its sections by name.

    Raises:
        UnusableError: it cannot be read, or is no such file.
    """
    parser = configparser.ConfigParser()
    try:
        parser.read_string(_text_of(file))
        return {
            # As the library does: what follows a `#` is a comment.
            name: {key: text.split("#")[0].strip() for key, text in parser.items(name)}
            for name in parser.sections()
        }
    except configparser.Error:
        raise UnusableError("it is not an INI file") from None


def _text_of(file: str) -> str:
    path = Path(file)
    try:
        # Another kind may never end.
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnusableError("it is not a regular file")
        with path.open("rb") as opened:
            content = opened.read(MAX_FILE_MEBIBYTES * 2**20 + 1)
    except OSError as error:
        raise UnusableError(os.strerror(error.errno or 0).lower()) from None
    if len(content) > MAX_FILE_MEBIBYTES * 2**20:
        raise UnusableError(f"it is larger than {MAX_FILE_MEBIBYTES} MiB")
    try:
        # Some editors begin a file with a byte order mark.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnusableError("it is not UTF-8 text") from None
