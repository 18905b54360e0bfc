"""Codec tags in one form, whether their letters or their digits are reported. Pure.

Source: FFmpeg's `av_fourcc2str`, by which ffprobe writes them.
"""

from __future__ import annotations

import re
import string

# Four bytes, the lowest first.
LARGEST = 2**32
SIZE = 4
DIGITS = re.compile(r"0[xX][0-9a-fA-F]{1,8}|[0-9]{1,10}")
PIECES = re.compile(r"\[[0-9]{1,3}\]|[ -~]")
LETTERS = frozenset(string.ascii_letters + string.digits + ". -_")


def tag_text(tag: str) -> str:
    """Return a tag as ffprobe writes it: `0x31637668` is `hvc1`, 27 `[27][0][0][0]`.

    What is no number of four bytes stays as it is.
    """
    number = _number(tag)
    if number is None:
        return tag
    letters = (chr(byte) for byte in number.to_bytes(SIZE, "little"))
    return "".join(one if one in LETTERS else f"[{ord(one)}]" for one in letters)


def tag_names(tag: str) -> list[str]:
    """Return a tag in each way that it is written: as given, letters, digits."""
    number = _number(tag)
    if number is None:
        pieces = PIECES.findall(tag)
        if "".join(pieces) != tag or len(pieces) != SIZE:
            return [tag]
        bytes_of = (int(one[1:-1]) if len(one) > 1 else ord(one) for one in pieces)
        number = sum(byte << 8 * at for at, byte in enumerate(bytes_of))
    if number >= LARGEST:
        return [tag]
    letters = tag_text(str(number))
    return [*dict.fromkeys([tag, letters, f"0x{number:04x}", str(number)])]


def _number(tag: str) -> int | None:
    if not DIGITS.fullmatch(tag):
        return None
    number = int(tag, 16 if tag[:2].lower() == "0x" else 10)
    return number if number < LARGEST else None
