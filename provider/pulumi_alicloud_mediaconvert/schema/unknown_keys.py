"""Keys of a stack's configuration that look like ours, and that nobody reads. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from pulumi_alicloud_mediaconvert.access.settings import CONFIG_NAMESPACE
from pulumi_alicloud_mediaconvert.schema.inputs import CONFIGURATION_KEYS
from pulumi_alicloud_mediaconvert.text import in_quotes

# Those that are read elsewhere, by us too.
FOREIGN_NAMESPACES = frozenset({"alicloud", "pulumi"})
VENDORS = re.compile("^(?:pulumi|alicloud|aliyun|alibabacloud|alibaba)+")
# As near as a slip of the keyboard in the namespace.
NEAR_NAMESPACE = 0.86
# In a project of our name, a key of its own must not be taken for one of ours.
MISSPELT = 0.9
PREFIX = CONFIG_NAMESPACE + ":"
KNOWN = [
    key.removeprefix(PREFIX) for key in CONFIGURATION_KEYS if key.startswith(PREFIX)
]
# What other tools call it, where no key that is spelt alike is meant.
SYNONYMS: Mapping[str, str] = {
    **dict.fromkeys(("accesskeyid", "akid"), "accessKey"),
    **dict.fromkeys(("accesskeysecret", "secretaccesskey", "aksecret"), "secretKey"),
    **dict.fromkeys(("token", "ststoken", "sessiontoken"), "securityToken"),
    **dict.fromkeys(("wait", "waits", "createtimeout"), "waitTimeout"),
    **dict.fromkeys(("url", "host", "apiendpoint"), "endpoint"),
    **dict.fromkeys(("vpc", "usevpc"), "network"),
    **dict.fromkeys(("qps", "ratelimit", "rps"), "maxRequestsPerSecond"),
    **dict.fromkeys(("level", "enforce"), "enforcementLevel"),
}


def unread_keys(names: Iterable[str], project: str) -> list[str]:
    """Say which keys nobody reads, and which one is nearest to each.

    Args:
        names: of the configuration, with their namespaces.
        project: whose own namespace is its name.
    """
    found: list[str] = []
    for name in sorted({*names} - {*CONFIGURATION_KEYS}):
        namespace, colon, key = name.partition(":")
        if not colon or namespace in FOREIGN_NAMESPACES or not _is_ours(namespace):
            continue
        nearest, likeness = _nearest(key)
        is_own = namespace == project
        if is_own and (namespace != CONFIG_NAMESPACE or likeness < MISSPELT):
            continue
        found.append(
            f"{in_quotes(name)} in the configuration is not a known key:"
            f" did you mean `{PREFIX}{nearest}`?"
        )
    return found


def unread_inputs(names: Iterable[str]) -> list[str]:
    """Say which inputs of an explicit provider nobody reads, as `unread_keys` does.

    Args:
        names: of the inputs.
    """
    return [
        f"{in_quotes(name)} is not a known input of the provider:"
        f" did you mean `{_nearest(name)[0]}`?"
        for name in sorted({*names} - {*KNOWN})
    ]


def _is_ours(namespace: str) -> bool:
    word = VENDORS.sub("", _letters(namespace))
    return SequenceMatcher(None, CONFIG_NAMESPACE, word).ratio() >= NEAR_NAMESPACE


def _nearest(key: str) -> tuple[str, float]:
    """Return the known key that is nearest, and how near it is, at most 1."""
    word = _letters(key)
    if word in SYNONYMS:
        return SYNONYMS[word], 0.0
    likeness = {
        known: SequenceMatcher(None, _letters(known), word).ratio() for known in KNOWN
    }
    # `pollMin` is the end of one, `maxRequests` the beginning of another.
    holding = [known for known in KNOWN if word and word in _letters(known)]
    nearest = max(holding or KNOWN, key=lambda known: likeness[known])
    return nearest, likeness[nearest]


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
