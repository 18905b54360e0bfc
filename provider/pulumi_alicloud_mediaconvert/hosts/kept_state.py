"""What a failed resource keeps if its state is too large to send. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

# Details of a status travel as metadata. Beyond about 8 MiB the engine's side drops the
# whole connection, and with it every other resource of the plugin.
MAX_DETAIL_BYTES = 4 * 1024 * 1024


def kept_states(
    properties: Mapping[str, Any],
    reasons: Sequence[str],
    bulky: Sequence[Sequence[str]],
) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Yield properties with their reasons, then fewer and fewer of them.

    If the inputs are that large, nothing is kept, and the next run begins again.

    Args:
        properties: for the state.
        reasons: one line each.
        bulky: properties to do without, one group after the other.
    """
    left: list[str] = []
    for group in ((), *bulky):
        left += [name for name in group if name in properties]
        kept = {name: properties[name] for name in properties if name not in left}
        named = [f"`{name}`" for name in left if not name.startswith("__")]
        lost = f"The state is too large to keep {', '.join(named)} of this run."
        yield kept, [*reasons, *([lost] if named else [])]
