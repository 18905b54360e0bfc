"""The many names of one channel layout. Pure.

Source: FFmpeg's `channel_layout_map`, whose names ffprobe prints, and its
`av_channel_layout_describe` for layouts that have none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

SPEAKERS = {
    "mono": "FC",
    "1.0": "FC",
    "stereo": "FL+FR",
    "2.0": "FL+FR",
    "downmix": "DL+DR",
    "2.1": "FL+FR+LFE",
    "3.0": "FL+FR+FC",
    "3.0(back)": "FL+FR+BC",
    "3.1": "FL+FR+FC+LFE",
    "4.0": "FL+FR+FC+BC",
    "4.1": "FL+FR+FC+LFE+BC",
    "quad": "FL+FR+BL+BR",
    "quad(side)": "FL+FR+SL+SR",
    "5.0": "FL+FR+FC+BL+BR",
    "5.0(back)": "FL+FR+FC+BL+BR",
    "5.0(side)": "FL+FR+FC+SL+SR",
    "5.1": "FL+FR+FC+LFE+BL+BR",
    "5.1(back)": "FL+FR+FC+LFE+BL+BR",
    "5.1(side)": "FL+FR+FC+LFE+SL+SR",
    "6.0": "FL+FR+FC+BC+SL+SR",
    "6.0(front)": "FL+FR+FLC+FRC+SL+SR",
    "hexagonal": "FL+FR+FC+BL+BR+BC",
    "6.1": "FL+FR+FC+LFE+BC+SL+SR",
    "6.1(back)": "FL+FR+FC+LFE+BL+BR+BC",
    "6.1(front)": "FL+FR+LFE+FLC+FRC+SL+SR",
    "7.0": "FL+FR+FC+BL+BR+SL+SR",
    "7.0(front)": "FL+FR+FC+FLC+FRC+SL+SR",
    "7.1": "FL+FR+FC+LFE+BL+BR+SL+SR",
    "7.1(wide)": "FL+FR+FC+LFE+BL+BR+FLC+FRC",
    "7.1(wide-side)": "FL+FR+FC+LFE+FLC+FRC+SL+SR",
    "3.1.2": "FL+FR+FC+LFE+TFL+TFR",
    "5.1.2": "FL+FR+FC+LFE+SL+SR+TFL+TFR",
    "5.1.2(back)": "FL+FR+FC+LFE+BL+BR+TFL+TFR",
    "5.1.4": "FL+FR+FC+LFE+SL+SR+TFL+TFR+TBL+TBR",
    "5.1.4(back)": "FL+FR+FC+LFE+BL+BR+TFL+TFR+TBL+TBR",
    "7.1.2": "FL+FR+FC+LFE+BL+BR+SL+SR+TFL+TFR",
    "7.1.4": "FL+FR+FC+LFE+BL+BR+SL+SR+TFL+TFR+TBL+TBR",
    "octagonal": "FL+FR+FC+BL+BR+BC+SL+SR",
}
# One pair behind the listener is the surround pair, whichever of the two it is named.
SIDE_TO_BACK = {"SL": "BL", "SR": "BR"}
LISTED = re.compile(r"(?:\d+ CHANNELS? )?\(?((?:[A-Z]{2,3}\d?)(?:\+[A-Z]{2,3}\d?)*)\)?")


def _set_of(speakers: str) -> frozenset[str]:
    found = frozenset(speakers.split("+"))
    if found & {*SIDE_TO_BACK.values()}:
        return found
    return frozenset(SIDE_TO_BACK.get(one, one) for one in found)


def _grouped() -> dict[frozenset[str], list[str]]:
    groups: dict[frozenset[str], list[str]] = defaultdict(list)
    for name, speakers in SPEAKERS.items():
        groups[_set_of(speakers)] += [name, *_written_out(speakers)]
    return dict(groups)


def _written_out(speakers: str) -> Iterable[str]:
    count = speakers.count("+") + 1
    return speakers, f"{count} channels ({speakers})"


_NAMES = _grouped()


def layout_names(layout: str) -> list[str]:
    """Return all names of a layout, the one that is given first.

    To a person `5.1(side)` is `5.1`; but `7.1` and `7.1(wide)` are two.
    """
    listed = LISTED.fullmatch(layout.upper())
    speakers = SPEAKERS.get(layout.casefold()) or (listed[1] if listed else None)
    if speakers is None:
        return [layout]
    others = _NAMES.get(_set_of(speakers), _written_out(speakers))
    return [*dict.fromkeys([layout, *others])]
