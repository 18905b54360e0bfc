"""Many jobs: a loop with a gate for each job, and a set with one gate for all.

The front page has a few titles: each has its own row and gate. The library has
thousands: one row, one verdict, and one resource in the state.

    pulumi config set --path 'frontPage.trailer' 0a1b2c4579b5e748b99a27f6d63d4e5f
    pulumi config set --path 'library.intro' 1b2c4579b5e748b99a27f6d63d4e5f0a
"""

import pulumi

from pulumi_alicloud_mediaconvert import MediaConvertJob, MediaConvertJobSet

config = pulumi.Config()
front_page = {
    title: MediaConvertJob(title, job_id=job_id, expect={"output_count": {"min": 1}})
    for title, job_id in sorted(config.require_object("frontPage").items())
}
library = MediaConvertJobSet(
    "library",
    job_ids=config.require_object("library"),
    expect={"every_output": {"audio": {"codec": "aac"}}},
)

pulumi.export("front page", {title: job.verdict for title, job in front_page.items()})
pulumi.export("library", library.verdict)
pulumi.export("counts", library.counts)
