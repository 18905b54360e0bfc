"""Errors in the words of programs that use the plugin: camelCase, and JSON's values.

The engine gives the plugin only the settings of its own provider, so no line names a
key of another namespace.
"""

from __future__ import annotations

from typing import Any

from pulumi_alicloud_mediaconvert.access.settings import (
    CONFIG_REGIONS,
    INPUT_REGION,
)
from pulumi_alicloud_mediaconvert.error_renderer import ErrorRenderer
from pulumi_alicloud_mediaconvert.errors import NextStep
from pulumi_alicloud_mediaconvert.hosts.engine_messages import ENGINE
from pulumi_alicloud_mediaconvert.hosts.native.property_keys import native_name
from pulumi_alicloud_mediaconvert.hosts.native.property_names import (
    NAMES,
    PropertyNames,
)
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs
from pulumi_alicloud_mediaconvert.schema.set_inputs import JobSetInputs
from pulumi_alicloud_mediaconvert.spelling import Place, Spelling

# That the engine keeps from the plugin.
FOREIGN_PREFIX = "alicloud:"
NAMES_BY_MODEL: dict[type[Any], PropertyNames] = {
    JobInputs: NAMES.job,
    JobSetInputs: NAMES.job_set,
}
# As JSON calls them, whose values the engine hands over.
KINDS: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),
    (int, "a number"),
    (float, "a number"),
    (str, "text"),
    (dict, "a mapping"),
    (list, "a list"),
    (type(None), "null"),
)

# A text that is shown stands in quotes, so that none is mistaken for one of these.
PYTHON_TYPES = frozenset(kind.__name__ for kind, _ in KINDS)


class NativeSpelling(Spelling):
    """camelCase, and the values of JSON."""

    def key(self, name: str) -> str:
        """Write the name of an input, or of a key within one."""
        return native_name(name)

    def location(self, location: Place, model: type[Any]) -> Place:
        """Write the keys of a location; keys that users choose stay as they are."""
        names = NAMES_BY_MODEL.get(model)
        return names.location(location) if names else location

    def value(self, value: object) -> str:
        """Write a value if it is short and plain, else its type."""
        if isinstance(value, bool):
            return str(value).lower()
        text = super().value(value)
        # What is long or large is named by its type.
        return self.type_of(value) if text in PYTHON_TYPES else text

    def type_of(self, value: object) -> str:
        """Write the type of a value."""
        found = (name for kind, name in KINDS if isinstance(value, kind))
        return next(found, super().type_of(value))


def _name_of(setting: str) -> str:
    """Call settings as the configuration does; inputs stand in backticks."""
    if setting == INPUT_REGION:
        return "the input `region`"
    if setting.startswith("wait."):
        return f"`{native_name(setting)}`"
    if setting.startswith(FOREIGN_PREFIX):
        return ""
    return setting


NATIVE = ErrorRenderer(
    run=ENGINE.run,
    name_of=_name_of,
    sentences={
        **ENGINE.sentences,
        NextStep.SET_REGION: (
            "Set the input `region` or the provider's `region`, or run"
            f" `pulumi config set {CONFIG_REGIONS[0]} cn-shanghai`."
        ),
    },
    spelling=NativeSpelling(),
)
