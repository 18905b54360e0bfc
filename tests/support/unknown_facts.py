"""What stands for a fact that a probe does not know, by the vendor's names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jobs import AUDIO_FACTS, FILE_FACTS, VIDEO_FACTS

BLANK = ["", " \n", None, "N/A", "n/a"]
WORDS = [*BLANK, "unknown", "UNKNOWN", "Und", "none", "null", "undefined", "?", "-99"]
NO_NUMBERS = [*WORDS, "nan", "-inf", "1/0", "0/0", "0.f", "a lot", True, 10**400]
BELOW = [*NO_NUMBERS, -1, "-1", -99, "-99.0"]
ZEROS = [*BELOW, 0, 0.0, "0", "0.000", "0f", "0/1"]
# By the vendor's name, what stands for a fact that is not known.
UNKNOWN: Mapping[str, Sequence[Any]] = {
    "Codec_tag_string": [*WORDS, "[0][0][0][0]", "0x0000", 0],
    "CodecTagString": [*WORDS, "[0][0][0][0]", "0x00000000", "0"],
    "ChannelLayout": [*WORDS, "0 channels", "2 channels", "0 channels (x)"],
    "Dar": [*WORDS, "0:1", "1:0", "0/0", 0],
    "Sar": [*WORDS, "0:1", "0:0"],
    "Level": [*BELOW, "3.1", "4.0"],
    "Fps": [*ZEROS, "90000/1", 1000.5, "1000001/1000"],
    "Avg_fps": [*ZEROS, "12800/1"],
    "FileSize": BELOW,
    "Start_time": ["N/A", "", None, "nan", -(2**63)],
    "StartTime": ["unknown", -9223372036854.775],
    "Rotate": [*BLANK, "unknown", "left", "nan"],
    **dict.fromkeys(
        ("Codec_name", "CodecName", "Profile", "PixFmt", "Lang", "FormatName"), WORDS
    ),
}
FACTS = {**VIDEO_FACTS, **AUDIO_FACTS, **FILE_FACTS}


def unknown(name: str) -> Sequence[Any]:
    """Return what stands for a fact that is not known, by the vendor's name."""
    return UNKNOWN.get(name, ZEROS)
