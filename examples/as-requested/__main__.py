"""Verify a job against its own request, without expectations in the program.

If the request leaves a setting to its template, the setting cannot be verified.
`skipped_checks` lists these settings.
"""

import pulumi

from pulumi_alicloud_mediaconvert import MediaConvertJob

job = MediaConvertJob(
    "trailer",
    job_id=pulumi.Config().require("jobId"),
    expect="as-requested",
)

pulumi.export("verdict", job.verdict)
pulumi.export("tested", job.skipped_checks[0])
