"""Which version of the plugin this is."""

from __future__ import annotations

PACKAGE = "pulumi-alicloud-mediaconvert"


def plugin_version() -> str:
    """Return the version of the package; to find it out takes time."""
    from importlib import metadata  # noqa: PLC0415  # slow to import

    return metadata.version(PACKAGE)
