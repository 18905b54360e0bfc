"""Expectations from a YAML file, for people who do not write Python.

If the file is invalid, `pulumi up` shows the line and deploys nothing.
"""

from pathlib import Path

import pulumi

from pulumi_alicloud_mediaconvert import MediaConvertJob, load_expectations

job = MediaConvertJob(
    "trailer",
    job_id=pulumi.Config().require("jobId"),
    expect=load_expectations(Path(__file__).with_name("expectations.yaml")),
)

pulumi.export("verdict", job.verdict)
