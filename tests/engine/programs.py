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
