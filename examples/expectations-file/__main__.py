"""Expectations from a YAML file, which people who write no Python can keep.

What is wrong in the file is told with its line before anything is deployed.
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
