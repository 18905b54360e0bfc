"""The first of two stacks: gates the job, and exports what it delivered.

The second stack, in site/, reads the exports by `StackReference`. If the job is bad,
this stack fails, and its exports stay those of the last good `pulumi up`.
"""

import pulumi

from pulumi_alicloud_mediaconvert import MediaConvertJob

job = MediaConvertJob("trailer", job_id=pulumi.Config().require("jobId"))

pulumi.export("jobId", job.job_id)
pulumi.export("verdict", job.verdict)
pulumi.export("trailer", job.facts)
