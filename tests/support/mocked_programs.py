"""What a program needs that runs with Pulumi's mocks instead of an engine."""

from __future__ import annotations

from typing import Any

import pulumi
from pulumi.runtime.mocks import MockResourceArgs

from made import JOB_ID
from pulumi_alicloud_mediaconvert.gate_mocks import QuietMonitor, event_loop


class Monitor(QuietMonitor):
    """Keeps the time limits of what is registered, which mocks do not see."""

    def __init__(self, mocks: pulumi.runtime.Mocks) -> None:
        super().__init__(mocks)
        self.timeouts: dict[str, Any] = {}

    def RegisterResource(self, request):  # noqa: N802  # as the protocol says
        """Register a resource."""
        self.timeouts[request.name] = request.customTimeouts
        return super().RegisterResource(request)


class Engine(pulumi.runtime.Mocks):
    """Answers for the engine with a job of a verdict; without one it refuses all.

    Attributes:
        asked: what was registered.
    """

    def __init__(self, verdict: str | None) -> None:
        self.asked: list[MockResourceArgs] = []
        self._verdict = verdict

    def call(self, _args):
        """Answer no invoke; this package makes none."""
        raise NotImplementedError

    def new_resource(self, args):
        """Give the job's outputs."""
        self.asked.append(args)
        if self._verdict is None:
            raise pulumi.RunError("refused")
        stream = {"codec": "h264", "width": 1280}
        grouped = {"name": "480P-ts", "group": "hls-group"}
        single = {"name": "720P-mp4", "url": "http://f", "video_streams": [stream]}
        facts = {"verdict": self._verdict, "outputs": [single, grouped]}
        return JOB_ID, {**args.inputs, **facts}


def run(program, verdict="passed", *, preview=False):
    """Run a program with mocks; return what it gave, the mocks and the monitor."""
    mocks = Engine(verdict)
    monitor = Monitor(mocks)
    given: list[Any] = []
    with event_loop():
        pulumi.runtime.set_mocks(mocks, preview=preview, monitor=monitor)
        pulumi.runtime.test(lambda: program().apply(given.append))()
    return given[0], mocks, monitor
