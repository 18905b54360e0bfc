"""What a program needs that runs with Pulumi's mocks instead of an engine."""

from __future__ import annotations

from typing import Any

import pulumi

from pulumi_alicloud_mediaconvert.gate_mocks import QuietMonitor


class Monitor(QuietMonitor):
    """Keeps the time limits of what is registered, which mocks do not see."""

    def __init__(self, mocks: pulumi.runtime.Mocks) -> None:
        super().__init__(mocks)
        self.timeouts: dict[str, Any] = {}

    def RegisterResource(self, request):  # noqa: N802  # as the protocol says
        """Register a resource."""
        self.timeouts[request.name] = request.customTimeouts
        return super().RegisterResource(request)
