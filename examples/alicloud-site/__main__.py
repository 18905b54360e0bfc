"""A site on Alibaba Cloud that plays what a job delivered: OSS and CDN downstream.

`pulumi_alicloud` is configured once, for both packages: `alicloud:region`, and keys or
a profile. The page is an object of a bucket, whose text names the delivered manifest;
the CDN serves it, and follows the job too, so that nothing is switched over to media
that did not pass.

    pip install pulumi-alicloud
    pulumi config set alicloud:region cn-shanghai

The tests run it with Pulumi's mocks, where the job is real and `pulumi_alicloud` is
not: its plugin is no part of any package index.
"""

import pulumi
import pulumi_alicloud as alicloud

from pulumi_alicloud_mediaconvert import MediaConvertJob

config = pulumi.Config()
job = MediaConvertJob(
    "trailer",
    job_id=config.require("jobId"),
    expect={
        "output_groups": [
            {"name": "hls-group", "type": "Hls", "output_count": {"min": 2}}
        ]
    },
)
# The manifest is delivered with an `oss://` address: bucket and key, for the player.
manifest = job.output_groups[0].manifest_url
delivered = job.output("hls-group/720P-ts")

site = alicloud.oss.Bucket("site", bucket=config.require("siteBucket"))
player = alicloud.oss.BucketObject(
    "player",
    bucket=site.bucket,
    key="trailer/player.json",
    content_type="application/json",
    content=pulumi.Output.json_dumps(
        {"manifest": manifest, "duration": delivered.file.duration_seconds}
    ),
)
alicloud.cdn.DomainNew(
    "cdn",
    domain_name=config.require("domain"),
    cdn_type="video",
    scope="domestic",
    sources=[
        alicloud.cdn.DomainNewSourceArgs(
            type="oss",
            content=pulumi.Output.format(
                "{0}.oss-cn-shanghai.aliyuncs.com", delivered.bucket
            ),
        )
    ],
    opts=pulumi.ResourceOptions(depends_on=[job]),
)

pulumi.export("verdict", job.verdict)
pulumi.export("player", player.key)
