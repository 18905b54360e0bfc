"""Former name of `testing`, kept as an alias."""

from pulumi_alicloud_mediaconvert.testing import GateMocks

__all__ = ["GateMocks"]
