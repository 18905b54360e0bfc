"""The dynamic provider of `MediaConvertJobSet`: its import path, as for one job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_alicloud_mediaconvert.provider import MediaConvertJobProvider

if TYPE_CHECKING:
    from pulumi_alicloud_mediaconvert.hosts.dynamic.host import DynamicHost


class MediaConvertJobSetProvider(MediaConvertJobProvider):
    """Hands the engine's calls for `MediaConvertJobSet` to their host."""

    def _host(self) -> DynamicHost:
        from pulumi_alicloud_mediaconvert.hosts.dynamic.host import (  # noqa: PLC0415  # as there
            DynamicHost,
        )
        from pulumi_alicloud_mediaconvert.hosts.set_controller import (  # noqa: PLC0415  # ditto
            JobSetController,
        )

        return DynamicHost(JobSetController)
