"""What the inputs of an explicit provider must not be, in any host. Pure.

A stack may state its settings in several ways, of which one wins. An explicit provider
states one way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pulumi_alicloud_mediaconvert.text import joined


def problem_of(
    stated: Mapping[str, object],
    key_names: Sequence[str],
    is_later: Callable[[object], bool],
) -> str | None:
    """Return why inputs would quietly lead to unintended credentials.

    Args:
        stated: inputs by name; `None` for those that are not set.
        key_names: inputs that are an access key's ID, its secret, and a token.
        is_later: whether a value is known only later.
    """
    present = [name for name, value in stated.items() if value is not None]
    blank = [
        name
        for name in present
        if not is_later(stated[name]) and not str(stated[name]).strip()
    ]
    keys = [name for name in key_names if name in present]
    missing = [name for name in key_names[:2] if name not in present]
    if blank:
        return f"{joined(blank)}: must not be empty; set it or leave it out"
    if keys and "profile" in present:
        return f"profile and {keys[0]} both set credentials; set only one of them"
    if keys and missing:
        return f"{joined(keys)} without {joined(missing)}; set both"
    return None
