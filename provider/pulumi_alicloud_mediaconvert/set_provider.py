"""The dynamic provider of `MediaConvertJobSet`: its import path, as for one job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_alicloud_mediaconvert.provider import MediaConvertJobProvider

if TYPE_CHECKING:
    from pulumi_alicloud_mediaconvert.hosts.dynamic.set_controller import (
        JobSetController,
    )


class MediaConvertJobSetProvider(MediaConvertJobProvider):
    """Hands the engine's calls for `MediaConvertJobSet` to what serves them."""

    def _controller(self) -> JobSetController:
        from pulumi_alicloud_mediaconvert.hosts.dynamic.set_controller import (  # noqa: PLC0415  # as there
            JobSetController,
        )

        return JobSetController()
