"""Write a file so that no reader ever gets half of a report."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write_file(file: Path, text: str) -> None:
    """Write a text; an earlier file stays as it is until the new one is complete.

    What cannot be replaced, such as a device, a pipe, or a file in a folder that is
    read-only, is written in place.

    Raises:
        OSError: it cannot be written.
    """
    content = text.encode("utf-8", "backslashreplace")
    # A link keeps pointing to what it names.
    target = file.resolve()
    if target.exists() and not target.is_file():
        file.write_bytes(content)
        return
    draft = target.with_name(f".{target.name[:100]}.{os.getpid()}.tmp")
    try:
        # As a program creates files, not as `tempfile` does: others may read it.
        opened = draft.open("xb")
    except OSError:
        file.write_bytes(content)
        return
    try:
        with opened:
            opened.write(content)
        with suppress(FileNotFoundError):
            draft.chmod(target.stat().st_mode)
        try:
            draft.replace(target)
        except OSError:
            # Such as a file that a container has mounted.
            file.write_bytes(content)
    finally:
        draft.unlink(missing_ok=True)
