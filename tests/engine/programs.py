"""Programs of the engine tests: one job, and what depends on it."""

from __future__ import annotations

JOB_ID = "0a1b2c4579b5e748b99a27f6d63d4e5f"  # fits the mask of the vendor's sample
NAME = f"job {JOB_ID} (cn-shanghai)"
ONE_JOB = f"""
job = MediaConvertJob("trailer", job_id="{JOB_ID}")
pulumi.export("url", job.output("720P-mp4").url)
pulumi.export("facts", job.facts)
"""
# A downstream resource that the engine itself brings along.
DOWNSTREAM = """
from pulumi.dynamic import CreateResult, Resource, ResourceProvider

class Notes(ResourceProvider):
    def create(self, props):
        return CreateResult("published", props)

class Publish(Resource):
    pass

Publish(Notes(), "publish", {"url": job.output("720P-mp4").url},
        pulumi.ResourceOptions(depends_on=[job]))
"""


def program(expect: str, **inputs: str) -> str:
    """Write a program of one job; inputs are expressions of Python."""
    more = "".join(f", {name}={value}" for name, value in inputs.items())
    return f"""
job = MediaConvertJob("trailer", job_id="{JOB_ID}", expect={expect}{more})
pulumi.export("verdict", job.verdict)
"""


def ordered(width: float, *, first: str = "width") -> str:
    """State a size of the output, in either order of the keys."""
    size = {"width": width, "height": 720.0 if width != 1280 else 720}
    keys = [first, *(key for key in size if key != first)]
    video = {key: size[key] for key in keys}
    return repr({"outputs": [{"name": "720P-mp4", "video": video}]})
