"""The former name of `testing`, which goes on as an alias."""

from pulumi_alicloud_mediaconvert.testing import GateMocks

__all__ = ["GateMocks"]
