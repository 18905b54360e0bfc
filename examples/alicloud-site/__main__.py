"""A site on Alibaba Cloud that plays the output of a job, with OSS and a CDN.

Both packages use the configuration of `pulumi_alicloud`: `alicloud:region`, and keys or
a profile. The player's configuration is an object in a bucket and contains the address
of the manifest. The CDN serves the media. Both depend on the job: they change only if
the job passes.

    pip install pulumi-alicloud
    pulumi config set alicloud:region cn-shanghai

The tests run this program with mocks that verify the job. `pulumi_alicloud` is mocked,
because no package index contains its plugin.
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
# The address of the manifest is an `oss://` one: the bucket and the key.
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
