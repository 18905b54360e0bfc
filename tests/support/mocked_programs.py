"""What a program needs that runs with Pulumi's mocks instead of an engine."""

from __future__ import annotations

from typing import Any

import pulumi
from pulumi.runtime.mocks import MockResourceArgs

from made import JOB_ID
from pulumi_alicloud_mediaconvert.testing import QuietMonitor, event_loop


class Monitor(QuietMonitor):
    """Keeps the time limits of what is registered, which mocks do not see."""

    def __init__(self, mocks: pulumi.runtime.Mocks) -> None:
        super().__init__(mocks)
        self.timeouts: dict[str, Any] = {}

    def RegisterResource(self, request):  # noqa: N802  # as the protocol says
        """Register a resource."""
        self.timeouts[request.name] = request.customTimeouts
        return super().RegisterResource(request)


# Instead of a verdict: the job has not been seen, as in the preview of a new one.
UNSEEN = "unseen"


class Engine(pulumi.runtime.Mocks):
    """Answers for the engine with a job of a verdict; without one it refuses all.

    Attributes:
        asked: what was registered.
    """

    def __init__(self, verdict: str | None, facts=None) -> None:
        self.asked: list[MockResourceArgs] = []
        self._verdict = verdict
        self._facts = facts or {}

    def call(self, _args):
        """Answer no invoke; this package makes none."""
        raise NotImplementedError

    def new_resource(self, args):
        """Give the job's outputs."""
        self.asked.append(args)
        if self._verdict is None:
            raise pulumi.RunError("refused")
        if self._verdict == UNSEEN:
            return "", dict(args.inputs)
        stream = {"codec": "h264", "width": 1280}
        grouped = {"name": "480P-ts", "group": "hls-group"}
        single = {"name": "720P-mp4", "url": "http://f", "video_streams": [stream]}
        facts = {"verdict": self._verdict, "outputs": [single, grouped]}
        more = self._facts() if callable(self._facts) else self._facts
        return JOB_ID, {**args.inputs, **facts, **more}


def run(program, verdict="passed", *, preview=False, facts=None):
    """Run a program with mocks; return what it gave, the mocks and the monitor."""
    mocks = Engine(verdict, facts)
    monitor = Monitor(mocks)
    given: list[Any] = []
    with event_loop():
        pulumi.runtime.set_mocks(mocks, preview=preview, monitor=monitor)
        pulumi.runtime.test(lambda: program().apply(given.append))()
    return given[0], mocks, monitor
