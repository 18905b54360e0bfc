"""Expectations from a file: YAML 1.2 or JSON, with line numbers in every error.

YAML is read as 1.2: `16:9` and `no` stay text, as a person means them.

Source: https://yaml.org/spec/1.2.2/.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from pulumi_alicloud_mediaconvert.errors import ExpectationsError
from pulumi_alicloud_mediaconvert.expectations import Expectations
from pulumi_alicloud_mediaconvert.matchers import Location
from pulumi_alicloud_mediaconvert.problems import problems_of
from pulumi_alicloud_mediaconvert.quoting import plain

# Beyond this a file is no list of expectations.
LARGEST_FILE_BYTES = 1024 * 1024
# A reference to an anchor that is used often enough makes much of little.
MOST_VALUES = 100_000


def load_expectations(path: str | Path) -> dict[str, Any] | str:
    """Load expectations from a file, checked, as plain data for `expect`.

    Args:
        path: of a JSON file (`.json`), or a YAML 1.2 one.

    Returns:
        What the file states: a mapping, or the text `as-requested`.

    Raises:
        ExpectationsError: the file cannot be read, is neither YAML nor JSON, or
            states what the language does not know. The message has one line for each
            problem: file, line, property, what is allowed.
    """
    file = Path(path)
    document = _parsed(file, _text_of(file))
    stated: dict[str, Any] | str = _plain(document, file)
    try:
        Expectations.model_validate(stated)
    except ValidationError as error:
        problems = problems_of(error, Expectations)
        found = [(_line_of(document, one.location), one.line) for one in problems]
        lines = [f"{file}:{line}: {text}" for line, text in sorted(found)]
        raise ExpectationsError("\n".join(lines)) from None
    return stated


def _text_of(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST_FILE_BYTES:
            raise ExpectationsError(
                f"{file}: is larger than {LARGEST_FILE_BYTES // 1024} KiB, "
                "which no expectations are."
            )
        return file.read_text("utf-8")
    except OSError as error:
        why = error.strerror or str(error)
        raise ExpectationsError(f"{file}: cannot be read: {why}.") from None
    except UnicodeDecodeError:
        raise ExpectationsError(f"{file}: is not UTF-8 text.") from None


def _parsed(file: Path, text: str) -> Any:  # noqa: ANN401  # any document
    if file.suffix.lower() == ".json":
        # JSON is YAML 1.2, which knows the lines; but it allows more.
        try:
            json.loads(text)
        except (RecursionError, ValueError) as error:
            raise ExpectationsError(f"{file}: is no JSON: {error}.") from None
    reader = YAML(typ="rt", pure=True)
    reader.version = (1, 2)
    try:
        return reader.load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f"{mark.line + 1}" if mark else "1"
        said = plain(str(error.problem or error.context))
        raise ExpectationsError(f"{file}:{line}: is no YAML: {said}.") from None
    except (YAMLError, RecursionError, ValueError) as error:
        said = plain(str(error))
        raise ExpectationsError(f"{file}: is no YAML: {said}.") from None


def _plain(document: object, file: Path) -> Any:  # noqa: ANN401  # any document
    """Turn what the reader made into plain data."""
    count = 0

    def plain_value(value: object) -> Any:  # noqa: ANN401  # any document
        nonlocal count
        count += 1
        if count > MOST_VALUES:
            raise ExpectationsError(f"{file}: states too much.")
        if isinstance(value, Mapping):
            return {_key(key): plain_value(entry) for key, entry in value.items()}
        if isinstance(value, list | tuple):
            return [plain_value(entry) for entry in value]
        if isinstance(value, bool) or value is None:
            return value
        for kind in (int, float, str):
            if isinstance(value, kind):
                # The reader's own subclasses remember how a value was written.
                return kind(value)
        return str(value)

    try:
        return plain_value(document)
    except RecursionError:
        raise ExpectationsError(f"{file}: is nested too deeply.") from None


def _key(key: object) -> str:
    return key if type(key) is str else str(key)


def _line_of(document: object, location: Location) -> int:
    """Find the line of a property, or of what it stands in (counted from 1)."""
    line = 1
    value = document
    for part in location:
        if isinstance(value, CommentedMap) and part in value:
            line = value.lc.key(part)[0] + 1
        elif isinstance(value, CommentedSeq) and isinstance(part, int):
            line = value.lc.item(part)[0] + 1
        else:
            break
        value = value[part]
    return line
