"""A page that must not be published when the job is bad.

`Page` takes its address from the job, which is the gate: a job that failed, or did not
deliver what was ordered, leaves the page as it was. `imprint` depends on no job and
goes its own way.

How the publishing step was chosen: with an account it would be a bucket object, see
examples/alicloud-site; on a machine of one's own the Command provider of Pulumi. The
plugins of both come from the vendor's servers alone and from no package index, so that
this one, which runs everywhere, is a dynamic provider: it writes a file, whole or not
at all.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pulumi
from pulumi.dynamic import (
    CreateResult,
    DiffResult,
    Resource,
    ResourceProvider,
    UpdateResult,
)

from pulumi_alicloud_mediaconvert import MediaConvertJob


class FileProvider(ResourceProvider):
    """Keeps a file as it is declared."""

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Write the file."""
        write(Path(props["path"]), props["text"])
        return CreateResult(props["path"], props)

    def diff(
        self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]
    ) -> DiffResult:
        """Replace the file where it moves, and write it anew where its text changes."""
        moves = _olds["path"] != _news["path"]
        changes = moves or _olds["text"] != _news["text"]
        return DiffResult(changes=changes, replaces=["path"] if moves else [])

    def update(
        self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]
    ) -> UpdateResult:
        """Write the file anew."""
        write(Path(_news["path"]), _news["text"])
        return UpdateResult(_news)

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Take the file away."""
        Path(_props["path"]).unlink(missing_ok=True)


def write(file: Path, text: str) -> None:
    """Write a file whole, or leave it as it was."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".unfinished")
    unfinished.write_text(text, "utf-8")
    unfinished.replace(file)


class Page(Resource):
    """One published page."""

    path: pulumi.Output[str]

    def __init__(self, name: str, text: pulumi.Input[str]) -> None:
        path = os.path.join(config.require("folder"), f"{name}.html")  # noqa: PTH118  # the state holds text
        super().__init__(FileProvider(), name, {"path": path, "text": text})


config = pulumi.Config()
job = MediaConvertJob(
    "trailer",
    job_id=config.require("jobId"),
    expect={"outputs": [{"name": "720P-mp4", "video": {"codec": "h264"}}]},
)
player = pulumi.Output.format('<video src="{0}"></video>\n', job.output("720P-mp4").url)
page = Page("player", player)
Page("imprint", "<p>Who we are</p>\n")

pulumi.export("verdict", job.verdict)
pulumi.export("page", page.path)
