"""The first of two stacks: gates the job, and exports what it delivered.

The second one, in site/, reads it by `StackReference`. If the job is bad this stack
fails and its outputs stay as they were, so that the other one never sees a bad job.
"""

import pulumi

from pulumi_alicloud_mediaconvert import MediaConvertJob

job = MediaConvertJob("trailer", job_id=pulumi.Config().require("jobId"))

pulumi.export("verdict", job.verdict)
pulumi.export("trailer", job.facts)
