"""The output `urls`: URLs of a job's outputs by name.

A Python program calls `job.output(name)`. Programs in YAML and others have no such
method, and find an entry of a list by its index alone. `urls` follows from `outputs`:
this host writes it, and the service knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_alicloud_mediaconvert.schema.output_names import urls_by_name
from pulumi_alicloud_mediaconvert.schema.values import Secret, Unknown, in_clear

URLS = "urls"
OUTPUTS = "outputs"


def with_urls(props: Mapping[str, Any]) -> dict[str, Any]:
    """Return properties with `urls`, if they have `outputs` to take them from.

    It is secret or unknown where `outputs` is. What another version has stored in
    another form has none.
    """
    urls = _urls_of(props.get(OUTPUTS))
    return {**props} if in_clear(urls) is None else {**props, URLS: urls}


def without_urls(props: Mapping[str, Any]) -> dict[str, Any]:
    """Return properties as the service knows them."""
    return {name: value for name, value in props.items() if name != URLS}


def with_urls_name(names: Sequence[str]) -> list[str]:
    """Return names of properties, with `urls` where `outputs` is one of them."""
    return [*names, URLS] if OUTPUTS in names else [*names]


def _urls_of(outputs: Any) -> Any:  # noqa: ANN401  # plain or marked
    if isinstance(outputs, Secret):
        return Secret(_urls_of(outputs.value))
    if isinstance(outputs, Unknown):
        return outputs
    is_understood = isinstance(outputs, list | tuple) and all(
        isinstance(one, Mapping) for one in outputs
    )
    return urls_by_name(outputs) if is_understood else None
