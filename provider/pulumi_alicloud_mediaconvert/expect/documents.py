"""Expectations from a file: YAML 1.2 or JSON, with line numbers in every error.

YAML is read as 1.2: `16:9` and `no` stay text, as a person means them.

Source: https://yaml.org/spec/1.2.2/.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import (
    ConstructorError,
    DuplicateKeyError,
    RoundTripConstructor,
)
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.scalarbool import ScalarBoolean

from pulumi_alicloud_mediaconvert.errors import ExpectationsError
from pulumi_alicloud_mediaconvert.expect.demand_checks import Location
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.expect.problems import problems_of
from pulumi_alicloud_mediaconvert.quoting import plain

if TYPE_CHECKING:
    # Reading a file needs no Pulumi; that `expect` takes the result is for checkers.
    from pulumi_alicloud_mediaconvert.expect.expect_args import Expect

# Beyond this a file is no list of expectations.
LARGEST_FILE_BYTES = 256 * 1024
# A reference to an anchor that is used often enough makes much of little.
MOST_VALUES = 100_000


class _Constructor(RoundTripConstructor):
    """Makes of a document what YAML 1.2 says, and of nothing more than it holds."""

    def construct_object(self, node: Any, deep: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002  # as the library's
        """Refuse what contains itself; the library would make a null of it."""
        if node in self.recursive_objects and node not in self.constructed_objects:
            text = "an alias stands within its own anchor"
            raise ConstructorError(None, None, text, node.start_mark)
        return super().construct_object(node, deep=deep)


# In YAML 1.2 a date is text.
_Constructor.add_constructor(
    "tag:yaml.org,2002:timestamp", RoundTripConstructor.construct_scalar
)


def load_expectations(path: str | Path) -> Expect:
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
    return read_expectations(file, _text_of(file))


def read_expectations(file: Path, text: str) -> Expect:
    """Read expectations from the text of a file, checked, as plain data for `expect`.

    Args:
        file: that the errors name; its suffix says whether the text is JSON.
        text: as the file holds it, its lines ended as on Unix.

    Raises:
        ExpectationsError: as `load_expectations` says it.
    """
    document = _parsed(file, text)
    # The reader of YAML finds the lines of JSON too, but misreads some of its texts.
    stated: Expect = _plain(json.loads(text) if _is_json(file) else document, file)
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
        if file.exists() and not (file.is_file() or file.is_dir()):
            raise ExpectationsError(f"{file}: cannot be read: it is no regular file.")
        with file.open("rb") as opened:
            content = opened.read(LARGEST_FILE_BYTES + 1)
        if len(content) > LARGEST_FILE_BYTES:
            raise ExpectationsError(
                f"{file}: is larger than {LARGEST_FILE_BYTES // 1024} KiB, "
                "which no expectations are."
            )
        # Some editors begin a file with a byte order mark.
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        why = error.strerror or str(error)
        raise ExpectationsError(f"{file}: cannot be read: {why}.") from None
    except UnicodeDecodeError:
        raise ExpectationsError(f"{file}: is not UTF-8 text.") from None
    except ValueError as error:
        # Such as a zero byte in the path.
        raise ExpectationsError(f"{plain(str(file))}: {error}.") from None


def _parsed(file: Path, text: str) -> Any:  # noqa: ANN401  # any document
    try:
        if _is_json(file):
            json.loads(text, parse_constant=_no_number)
    except RecursionError:
        raise ExpectationsError(f"{file}: is nested too deeply.") from None
    except ValueError as error:
        raise _unreadable(file, text, error) from None
    reader = YAML(typ="rt", pure=True)
    reader.Constructor = _Constructor
    reader.version = (1, 2)
    try:
        document = reader.load(text)
    except RecursionError:
        raise ExpectationsError(f"{file}: is nested too deeply.") from None
    except (YAMLError, ValueError) as error:
        if _is_json(file) and not isinstance(error, DuplicateKeyError):
            # Good JSON, of which nobody knows the lines.
            return {}
        raise _unreadable(file, text, error) from None
    if document is None:
        raise ExpectationsError(
            f"{file}:1: states nothing; write {{}} if that is meant."
        )
    return document


def _is_json(file: Path) -> bool:
    return file.suffix.lower() == ".json"


def _unreadable(file: Path, text: str, error: Exception) -> ExpectationsError:
    line, said = _said(error, text)
    form = "JSON" if _is_json(file) else "YAML"
    place = f"{file}:{line}" if line else f"{file}"
    return ExpectationsError(f"{place}: cannot be read as {form}: {said}.")


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _said(error: Exception, text: str) -> tuple[int | None, str]:
    """Return the line that a reader complains of, and what it says in one line."""
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
        return _scalar(value)

    try:
        made = plain_value(document)
        # An escape such as `\ud800` makes text that nobody can store.
        json.dumps(made, ensure_ascii=False).encode()
    except RecursionError:
        raise ExpectationsError(f"{file}: is nested too deeply.") from None
    except UnicodeEncodeError:
        raise ExpectationsError(f"{file}: holds what is no Unicode text.") from None
    return made


def _scalar(value: object) -> Any:  # noqa: ANN401  # any scalar
    """Return a plain value: the reader's own types remember how it was written."""
    if value is None:
        return None
    # To Python its booleans are no booleans.
    plain_types = {ScalarBoolean: bool, bool: bool, int: int, float: float}
    for kind, plain_type in plain_types.items():
        if isinstance(value, kind):
            return plain_type(value)
    return str(value)


def _key(key: object) -> str:
    return key if type(key) is str else str(key)


def _line_of(document: object, location: Location) -> int:
    """Find the line of a property, or of what it stands in (counted from 1)."""
    line = 1
    value = document
    for part in location:
        if isinstance(value, CommentedMap) and part in value:
            # A key that was merged in has no line of its own: its mapping has one.
            own = (value.lc.data or {}).get(part)
            line = own[0] + 1 if own else line
        elif isinstance(value, CommentedSeq) and isinstance(part, int):
            line = value.lc.item(part)[0] + 1
        else:
            break
        value = value[part]
    return line
