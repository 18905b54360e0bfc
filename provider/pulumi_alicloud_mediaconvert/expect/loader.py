"""Expectations from a file: YAML 1.2 or JSON, with line numbers in every error.

YAML is read as 1.2: `16:9` and `no` stay text.

Source: https://yaml.org/spec/1.2.2/.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from pulumi_alicloud_mediaconvert.errors import ExpectationsError
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.expect.validation_messages import (
    MAX_PROBLEMS,
    problems_of,
)
from pulumi_alicloud_mediaconvert.expect.yaml_nodes import (
    MAX_VALUES,
    Document,
    EmptyError,
    TooMuchError,
    compose,
)
from pulumi_alicloud_mediaconvert.text import plain

if TYPE_CHECKING:
    # Reading a file needs no Pulumi; that `expect` takes the result is for checkers.
    from pulumi_alicloud_mediaconvert.args import Expect

# A larger file cannot be a list of expectations.
MAX_FILE_BYTES = 256 * 1024


def load_expectations(path: str | Path) -> Expect:
    """Load expectations from a file, checked, as plain data for `expect`.

    Args:
        path: of a JSON file (`.json`), or of a YAML 1.2 file.

    Returns:
        The content of the file: a mapping, or the text `as-requested`.

    Raises:
        ExpectationsError: the file cannot be read, is neither YAML nor JSON, or is not
            valid. The message has one line for each problem: file, line, property,
            and what is allowed.
    """
    file = Path(path)
    return read_expectations(file, _text_of(file))


def read_expectations(file: Path, text: str) -> Expect:
    """Read expectations from the text of a file, checked, as plain data for `expect`.

    Args:
        file: that the errors name; its suffix says whether the text is JSON.
        text: as the file holds it, its lines ended as on Unix.

    Raises:
        ExpectationsError: as in `load_expectations`.
    """
    document, stated = _parsed(file, text)
    if document is not None and document.wrong:
        raise _refused(file, [(line, one.line) for line, one in document.wrong])
    _check_text(stated, file)
    try:
        Expectations.model_validate(stated)
    except ValidationError as error:
        problems = problems_of(error, Expectations)
        lines = [document.line(one.location) if document else 1 for one in problems]
        texts = [one.line for one in problems]
        raise _refused(file, zip(lines, texts, strict=True)) from None
    expect: Expect = stated
    return expect


def _refused(file: Path, found: Iterable[tuple[int, str]]) -> ExpectationsError:
    lines = [f"{file}:{line}: {text}" for line, text in sorted(found)]
    return ExpectationsError(*lines[:MAX_PROBLEMS])


def _text_of(file: Path) -> str:
    try:
        if file.exists() and not (file.is_file() or file.is_dir()):
            raise ExpectationsError(
                f"{file}: cannot be read: it is not a regular file."
            )
        with file.open("rb") as opened:
            content = opened.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        why = error.strerror or str(error)
        raise ExpectationsError(f"{file}: cannot be read: {why}.") from None
    except ValueError as error:
        # For example, the path has a zero byte.
        raise ExpectationsError(f"{plain(str(file))}: {error}.") from None
    return decoded(file, content)


def decoded(file: Path, content: bytes) -> str:
    """Return the text of a file, its lines ended as on Unix.

    Args:
        file: that the errors name.
        content: of the file, or as much of it as is larger than a file may be.

    Raises:
        ExpectationsError: it is too large, or not UTF-8.
    """
    if len(content) > MAX_FILE_BYTES:
        raise ExpectationsError(
            f"{file}: is larger than {MAX_FILE_BYTES // 1024} KiB, "
            "the limit for expectations."
        )
    try:
        # Some editors begin a file with a byte order mark.
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise ExpectationsError(f"{file}: is not UTF-8 text.") from None


def _parsed(file: Path, text: str) -> tuple[Document | None, Any]:
    """Read a text; return a document that knows the lines, and the plain data."""
    try:
        return _parsed_json(text) if _is_json(file) else _parsed_yaml(text)
    except RecursionError:
        raise ExpectationsError(f"{file}: is nested too deeply.") from None
    except TooMuchError:
        raise ExpectationsError(
            f"{file}: has more than {MAX_VALUES:,} values."
        ) from None
    except EmptyError:
        raise ExpectationsError(
            f"{file}:1: is empty; write {{}} if there are no expectations."
        ) from None
    except (YAMLError, ValueError) as error:
        raise _unreadable(file, text, error) from None


def _parsed_yaml(text: str) -> tuple[Document, Any]:
    document = Document(compose(text))
    stated = document.plain()
    if stated is None and not document.wrong:
        raise EmptyError
    return document, stated


def _parsed_json(text: str) -> tuple[Document | None, Any]:
    stated = json.loads(text, parse_constant=_no_number, parse_int=_whole_number)
    # The reader of YAML finds the lines of JSON too, but misreads some of its texts.
    try:
        document = Document(compose(text))
        document.plain()
    except DuplicateKeyError:
        raise
    except (YAMLError, ValueError, EmptyError):
        # Valid JSON, but the lines of its parts are unknown.
        json.loads(text, object_pairs_hook=_without_duplicates)
        return None, stated
    document.wrong.clear()
    return document, stated


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f'found duplicate key "{plain(name)}"')
        found[name] = value
    return found


def _is_json(file: Path) -> bool:
    return file.suffix.lower() == ".json"


def _unreadable(file: Path, text: str, error: Exception) -> ExpectationsError:
    line, said = _said(error, text)
    form = "JSON" if _is_json(file) else "YAML"
    location = f"{file}:{line}" if line else f"{file}"
    return ExpectationsError(f"{location}: cannot be read as {form}: {said}.")


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not a number in JSON")


def _whole_number(digits: str) -> int:
    try:
        return int(digits)
    except ValueError:
        raise ValueError("a number has too many digits") from None


def _said(error: Exception, text: str) -> tuple[int | None, str]:
    """Return the line of an error, and its message in one line."""
    match error:
        case MarkedYAMLError():
            mark = error.problem_mark or error.context_mark
            said = str(error.problem or error.context)
            return (mark.line + 1 if mark else None), plain(said)
        case ReaderError():
            line = text.count("\n", 0, error.position) + 1
            return line, f"character U+{error.character:04X} is not allowed"
        case json.JSONDecodeError():
            return error.lineno, plain(error.msg)
        case _:
            return None, plain(str(error))


def _check_text(stated: object, file: Path) -> None:
    try:
        # An escape such as `\ud800` makes text that cannot be stored.
        json.dumps(stated, ensure_ascii=False).encode()
    except RecursionError:
        raise ExpectationsError(f"{file}: is nested too deeply.") from None
    except UnicodeEncodeError:
        raise ExpectationsError(
            f"{file}: has text that is not valid Unicode."
        ) from None
