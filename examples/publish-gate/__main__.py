"""A page that is published only if the job passes.

The player page contains a URL of the job. If the job fails, or did not deliver what was
ordered, the page stays as it was. `imprint` does not depend on the job, so it is
published in any case.

Here, a page is a file, written by a dynamic provider. So this example needs no account
and no other plugin. With an account, publish an object in a bucket: see
examples/alicloud-site.
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
    """A provider of files."""

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Write the file."""
        write(Path(props["path"]), props["text"])
        return CreateResult(props["path"], props)

    def diff(
        self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]
    ) -> DiffResult:
        """Replace the file if its path changes; update it if its text changes."""
        moves = _olds["path"] != _news["path"]
        changes = moves or _olds["text"] != _news["text"]
        return DiffResult(changes=changes, replaces=["path"] if moves else [])

    def update(
        self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]
    ) -> UpdateResult:
        """Write the new text."""
        write(Path(_news["path"]), _news["text"])
        return UpdateResult(_news)

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Delete the file."""
        Path(_props["path"]).unlink(missing_ok=True)


def write(file: Path, text: str) -> None:
    """Write a file atomically: it has the old text or the new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".unfinished")
    unfinished.write_text(text, "utf-8")
    unfinished.replace(file)


class Page(Resource):
    """One published page."""

    path: pulumi.Output[str]

    def __init__(self, name: str, text: pulumi.Input[str]) -> None:
        path = os.path.join(config.require("folder"), f"{name}.html")  # noqa: PTH118  # the state stores text
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
