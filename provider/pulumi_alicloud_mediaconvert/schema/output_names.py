"""Which output of a job a name means. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

Named = Mapping[str, Any]


def outputs_by_name(outputs: Iterable[Named]) -> dict[str, list[Named]]:
    """Return the outputs for each name; several if the name is ambiguous.

    A plain name means the ungrouped output, or else the grouped ones with that name;
    `group/name` means a grouped one.

    Args:
        outputs: of one job, plain or typed.
    """
    ungrouped: dict[str, list[Named]] = defaultdict(list)
    grouped: dict[str, list[Named]] = defaultdict(list)
    full: dict[str, list[Named]] = defaultdict(list)
    for one in outputs:
        by_plain_name = grouped if one.get("group") else ungrouped
        by_plain_name[str(one.get("name"))].append(one)
        full[full_name(one)].append(one)
    return {**full, **grouped, **ungrouped}


def urls_by_name(outputs: Iterable[Named]) -> dict[str, str]:
    """Return the URLs of outputs, by every name that identifies exactly one output."""
    return {
        name: meant[0]["url"]
        for name, meant in outputs_by_name(outputs).items()
        if len(meant) == 1 and meant[0].get("url")
    }


def manifest_urls_by_name(groups: Iterable[Named]) -> dict[str, str]:
    """Return the manifest of each group that has one, by the group's name.

    A name that several groups have is left out.

    Args:
        groups: of one job, plain or typed.
    """
    meant: dict[str, list[Named]] = defaultdict(list)
    for one in groups:
        meant[str(one.get("name"))].append(one)
    return {
        name: found[0]["manifest_url"]
        for name, found in meant.items()
        if len(found) == 1 and found[0].get("manifest_url")
    }


def full_name(output: Named) -> str:
    """Return the name of an output, with that of its group."""
    group, name = output.get("group"), output.get("name")
    return f"{group}/{name}" if group else str(name)
