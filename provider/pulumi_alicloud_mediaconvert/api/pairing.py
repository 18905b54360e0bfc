"""Pair what was reported with what was requested: by name, else by position. Pure.

The vendor's sample requests `output-video` and delivers `720P-mp4`, so position serves
where the counts agree and the names do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

Names = Sequence[str | None]


def partners_of(reported: Names, requested: Names) -> list[int | None]:
    """Find the request of each part that is reported.

    Args:
        reported: names in the order of the answer, `None` where there is none.
        requested: names in the order of the request.

    Returns:
        For each name that is reported the position of its request. A name that two
        requests share tells neither; a position that a name has taken is not free.
    """
    counts = Counter(requested)
    by_name = {name: at for at, name in enumerate(requested) if counts[name] == 1}
    found = [by_name.get(name) if name else None for name in reported]
    if len(reported) != len(requested):
        return found
    taken = {*found}
    return [
        position if at is None and position not in taken else at
        for position, at in enumerate(found)
    ]
