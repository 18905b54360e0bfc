"""What a request demands of its delivery, in a form to be compared."""

from __future__ import annotations

from pulumi_alicloud_mediaconvert.api.models import Job, Output, OutputGroup
from pulumi_alicloud_mediaconvert.as_requested.derive import requests_of


def of(params=None, group=None, **entry):
    """Derive what one request with these parameters demands of its delivery."""
    wanted = {"Name": "v", **entry}
    if params is not None:
        wanted["OverrideParams"] = params
    if group is None:
        config = {"Outputs": [wanted]}
        job = Job(config=config, outputs=[Output(name="v")])
    else:
        config = {"OutputGroups": [{"Name": "g", **group, "Outputs": [wanted]}]}
        job = Job(
            config=config,
            outputs=[Output(name="v", group="g")],
            output_groups=[OutputGroup(name="g", output_names=["v"])],
        )
    (request,), left_over = requests_of(job)
    assert not left_over
    return request


def constraints(request):
    """Return what is demanded by scope and field."""
    return {f"{one.scope}.{one.field}": one.matcher for one in request.constraints}


def reasons(request):
    """Return why something is skipped, by the last key of its source."""
    lines = (line.split(": ", 1) for line in request.skipped)
    return {source.rpartition(".")[2]: why for source, why in lines}


def video(**entries):
    """Return parameters for the video stream; those of `trans` go to TransConfig."""
    trans = entries.pop("trans", {})
    return {"Video": entries, "TransConfig": trans}


THERE = {"output.video_count": {"min": 1}}
HEARD = {"output.audio_count": {"min": 1}}
H264 = {**THERE, "video.codec": "h264"}
