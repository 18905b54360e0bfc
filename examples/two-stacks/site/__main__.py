"""The second of two stacks: builds a page from what the first one exports.

It needs neither credentials of Alibaba Cloud nor a region: the facts of the job are
plain values in the state of the stack media/. It stops if the first stack did not
accept the job that this stack publishes.

    pulumi config set media organization/media/prod
    pulumi config set jobId 0a1b2c4579b5e748b99a27f6d63d4e5f
"""

import pulumi

config = pulumi.Config()
source = config.require("media")
media = pulumi.StackReference(source)
wanted = config.require("jobId")


def accepted(exported: list) -> dict:
    """Return the facts of the job, or stop if they are those of another job."""
    job_id, trailer = exported
    if job_id != wanted:
        raise pulumi.RunError(f"stack {source} has not accepted job {wanted}")
    return trailer


exports = pulumi.Output.all(media.get_output("jobId"), media.get_output("trailer"))
facts = exports.apply(accepted)
renditions = facts.apply(
    lambda trailer: {
        output["name"]: f"{output['video_streams'][0]['height']:.0f}p {output['url']}"
        for output in trailer["outputs"]
        if output.get("video_streams")
    }
)

pulumi.export("renditions", renditions)
pulumi.export("manifest", facts["output_groups"][0]["manifest_url"])
