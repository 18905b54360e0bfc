"""Keys of a stack's configuration that look like ours but are not known. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from pulumi_alicloud_mediaconvert.access.settings import CONFIG_NAMESPACE
from pulumi_alicloud_mediaconvert.schema.inputs import CONFIGURATION_KEYS
from pulumi_alicloud_mediaconvert.text import in_quotes

# Other programs read these namespaces, and so does this package.
FOREIGN_NAMESPACES = frozenset({"alicloud", "pulumi"})
VENDORS = re.compile("^(?:pulumi|alicloud|aliyun|alibabacloud|alibaba)+")
# As near as a slip of the keyboard in the namespace.
NEAR_NAMESPACE = 0.86
# In a project of our name, a key of its own must not be taken for one of ours.
MISSPELT = 0.9
# Below this a key resembles no known one.
RESEMBLING = 0.6
# A part of a known key has to be as long as this.
MIN_PART = 3
PREFIX = CONFIG_NAMESPACE + ":"
KNOWN = [
    key.removeprefix(PREFIX) for key in CONFIGURATION_KEYS if key.startswith(PREFIX)
]
# What other tools call a key, if the nearest spelling is not the key that is meant.
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
    """Return a line for each unknown key, with the nearest known key if there is one.

    Args:
        names: of the configuration, with their namespaces.
        project: name of the project, which is also its own namespace.
    """
    found: list[str] = []
    for name in sorted({*names} - {*CONFIGURATION_KEYS}):
        namespace, colon, key = name.partition(":")
        if not colon or namespace in FOREIGN_NAMESPACES or not _is_ours(namespace):
            continue
        is_own = namespace == project
        if is_own and (namespace != CONFIG_NAMESPACE or _likeness(key) < MISSPELT):
            continue
        hint = _hint(key, PREFIX)
        found.append(f"{in_quotes(name)} in the configuration is not a known key{hint}")
    return found


def unread_inputs(names: Iterable[str]) -> list[str]:
    """Return a line for each unknown input of an explicit provider, as `unread_keys`.

    Args:
        names: of the inputs.
    """
    return [
        f"{in_quotes(name)} is not a known input of the provider{_hint(name)}"
        for name in sorted({*names} - {*KNOWN})
    ]


def _is_ours(namespace: str) -> bool:
    word = VENDORS.sub("", _letters(namespace))
    return SequenceMatcher(None, CONFIG_NAMESPACE, word).ratio() >= NEAR_NAMESPACE


def _hint(key: str, prefix: str = "") -> str:
    """Name the known key that may be meant, or list all of them."""
    nearest = _nearest(key)
    if nearest is None:
        return f" (known: {', '.join(KNOWN)})"
    return f": did you mean `{prefix}{nearest}`?"


def _nearest(key: str) -> str | None:
    """Return the known key that a key resembles, if there is one."""
    word = _letters(key)
    if word in SYNONYMS:
        return SYNONYMS[word]
    # `pollMin` is the end of one, `maxRequests` the beginning of another.
    holding = [
        known for known in KNOWN if len(word) >= MIN_PART and word in _letters(known)
    ]
    nearest = max(holding or KNOWN, key=lambda known: _ratio(known, word))
    return nearest if holding or _ratio(nearest, word) >= RESEMBLING else None


def _likeness(key: str) -> float:
    """Return how much a key resembles a known one, at most 1."""
    return max(_ratio(known, _letters(key)) for known in KNOWN)


def _ratio(known: str, word: str) -> float:
    return SequenceMatcher(None, _letters(known), word).ratio()


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
