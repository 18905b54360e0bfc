"""A lifecycle on the emulator in memory, and jobs that it settles."""

from __future__ import annotations

from typing import Any

import httpx

from clocks import FakeClock
from made import JOB_ID
from pulumi_alicloud_mediaconvert.access.settings import read_settings
from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.emulator import Emulator, Step
from pulumi_alicloud_mediaconvert.lifecycle.declared import Declared
from pulumi_alicloud_mediaconvert.lifecycle.job import Lifecycle
from pulumi_alicloud_mediaconvert.schema.check import check_inputs
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs

REGION = "cn-shanghai"
NAME = f"job {JOB_ID} ({REGION})"
KEYS = {
    "mediaconvert:accessKey": "testid",
    "mediaconvert:secretKey": "testsecret",
}
LEVELS = ["mandatory", "advisory", "disabled"]
UNDECIDED = Step("Success", outputs={"audio-m4a": "Scheduled"})


def declared(**stated: Any) -> Declared:
    """Check inputs as the engine would hand them over."""
    props = {"job_id": JOB_ID, "region": REGION, **stated}
    checked = check_inputs(props, {}, lambda _: False)
    assert checked.problems == []
    return Declared(JobInputs.model_validate(checked.inputs), checked.inputs)


def lifecycle_on(api, clock, config=None):
    """Build a lifecycle whose client asks the emulator in memory."""
    settings = read_settings(KEYS if config is None else config, {})
    transport = httpx.ASGITransport(app=api.app)
    client = ImsClient(settings.credentials(), clock=clock, transport=transport)
    return Lifecycle(client, settings, clock)


async def settle(script, *, clock=None, progress=lambda _: None, **stated):
    """Settle a job that follows a script; by default within a minute."""
    api = Emulator()
    if script is not None:
        api.add_job(JOB_ID, script)
    lifecycle = lifecycle_on(api, clock or FakeClock())
    return await lifecycle.settle(declared(**stated), 60, progress)
