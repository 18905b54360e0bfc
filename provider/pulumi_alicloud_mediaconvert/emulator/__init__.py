"""The API of GetMediaConvertJob on localhost, with scripted jobs and faults.

    with Emulator() as api:
        api.add_job("0a1b2c3d4e5f60718293a4b5c6d7e8f9", scripts.succeeds_slowly())
        api.faults.add(faults.throttle(times=2))
        ...  # send requests to api.url
        assert not api.unexpected

It needs the extra `emulator`. It uses no code of the client or the verifier, so it
cannot repeat their mistakes.
"""

from __future__ import annotations

try:
    from pulumi_alicloud_mediaconvert.emulator import faults, scripts
    from pulumi_alicloud_mediaconvert.emulator.fault_queue import FaultQueue
    from pulumi_alicloud_mediaconvert.emulator.faults import Fault
    from pulumi_alicloud_mediaconvert.emulator.jobs import sample_answer
    from pulumi_alicloud_mediaconvert.emulator.request_log import (
        LoggedRequest,
        Unexpected,
    )
    from pulumi_alicloud_mediaconvert.emulator.server import Emulator
    from pulumi_alicloud_mediaconvert.emulator.steps import (
        Script,
        Step,
        after_reads,
        after_seconds,
        not_found,
        raw_answer,
    )
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] not in {"starlette", "uvicorn"}:
        raise
    raise ImportError(
        f"The emulator needs {error.name}, which is not installed: "
        'pip install "pulumi-alicloud-mediaconvert[emulator]"',
        # With this name, `python -m` prints one line instead of a traceback.
        name=__name__,
    ) from None

__all__ = [
    "Emulator",
    "Fault",
    "FaultQueue",
    "LoggedRequest",
    "Script",
    "Step",
    "Unexpected",
    "after_reads",
    "after_seconds",
    "faults",
    "not_found",
    "raw_answer",
    "sample_answer",
    "scripts",
]
