"""The JSON Schema of expectations as a file: its text, its path, its modeline."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

from pulumi_alicloud_mediaconvert.errors import ConfigurationError

SCHEMA_FILE = "expectations.schema.json"
_SCHEMA = resources.files("pulumi_alicloud_mediaconvert").joinpath(SCHEMA_FILE)
# The language server reads the path up to the first blank; `#` begins a fragment.
PLAIN_PATH = re.compile(r"[^\s#%]+")


def schema_text() -> str:
    """Read the JSON Schema of what `expect` takes."""
    return _SCHEMA.read_text("utf-8")


def schema_path() -> Path | None:
    """Return where the schema is; `None` if the package is in an archive."""
    return _SCHEMA.absolute() if isinstance(_SCHEMA, Path) else None


def existing_schema_path() -> Path:
    """Return where the schema is.

    Raises:
        ConfigurationError: the package is in an archive.
    """
    path = schema_path()
    if path is None:
        raise ConfigurationError(
            "--path: the package is in an archive, so the schema is not a file;"
            f" `pulumi-mediaconvert schema --output {SCHEMA_FILE}` writes it to one."
        )
    return path


def modeline(file: Path | None, path: Path | None) -> str:
    """Write the comment by which editors find the schema of a YAML file.

    Args:
        file: that gets the comment; `None` for stdout.
        path: of the schema; `None` if it is no file.

    Returns:
        A line with a path that exists on this machine. The path is relative if the
        schema is in the folder of the file or below, as in a virtual environment of
        the project, so that it holds for a colleague, too; else it is absolute. Without
        a path, a line that says how to get the file.

    Source: https://github.com/redhat-developer/yaml-language-server, "Using inlined
    schema".
    """
    if path is None:
        return f"# For editors: `pulumi-mediaconvert schema --output {SCHEMA_FILE}`.\n"
    shown = str(path)
    if file is not None and path.is_relative_to(folder := file.absolute().parent):
        shown = path.relative_to(folder).as_posix()
    if not (PLAIN_PATH.fullmatch(shown) and shown.isprintable()):
        shown = path.as_uri()
    return f"# yaml-language-server: $schema={shown}\n"
