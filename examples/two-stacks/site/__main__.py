"""The second of two stacks: builds a page from what the first one exports.

It needs neither credentials of Alibaba Cloud nor a region: all facts of the job are
plain values in the state of the stack media/.
"""

import pulumi

media = pulumi.StackReference(pulumi.Config().require("media"))
facts = media.require_output("trailer")
renditions = facts.apply(
    lambda trailer: {
        output["name"]: f"{output['video_streams'][0]['height']:.0f}p {output['url']}"
        for output in trailer["outputs"]
        if output.get("video_streams")
    }
)

pulumi.export("renditions", renditions)
pulumi.export("manifest", facts["output_groups"][0]["manifest_url"])
