"""A deployment that the gate stops: the job did not deliver what was ordered.

Pulumi creates nothing that depends on the job. `pulumi up` ends with:

    error: 3 errors occurred:
    * job 0a1b2c4579b5e748b99a27f6d63d4e5f (cn-shanghai) ended Success, but 2 checks
      failed.
    * output "720P-mp4": video width: expected 1920, got 1280 (for full HD screens)
    * output "720P-mp4": audio lang: expected en, got zh
"""

import pulumi

from pulumi_alicloud_mediaconvert import MediaConvertJob

job = MediaConvertJob(
    "trailer",
    job_id=pulumi.Config().require("jobId"),
    expect={
        "outputs": [
            {
                "name": "720P-mp4",
                "video": {"width": 1920, "message": "for full HD screens"},
                "audio": {"codec": "aac", "lang": "en"},
            }
        ]
    },
)

pulumi.export("verdict", job.verdict)
