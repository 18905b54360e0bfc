"""What waits for jobs, reads and verifies them: for all resources, by one client.

`runtime` imports it with the first call that reads a job. What checks and compares
inputs, which is all that an unchanged stack needs, goes without: without HTTP, without
waits and without verification.
"""

from __future__ import annotations

from pulumi_alicloud_mediaconvert.access.settings import Settings
from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.api.rate_limiter import RateLimiter
from pulumi_alicloud_mediaconvert.error_renderer import ErrorRenderer
from pulumi_alicloud_mediaconvert.lifecycle.job import Lifecycle
from pulumi_alicloud_mediaconvert.lifecycle.job_set import JobSets
from pulumi_alicloud_mediaconvert.lifecycle.preview import Previews


class Lifecycles:
    """All that can happen to the jobs of a process.

    Args:
        settings: of the stack and the environment.
        limiter: that all calls share.
        messages: put errors into the words of the host.

    Attributes:
        client: calls the API.
        jobs: settle and read single jobs.
        sets: settle and read sets of them.
        previews: read jobs for previews.
    """

    def __init__(
        self, settings: Settings, limiter: RateLimiter, messages: ErrorRenderer
    ) -> None:
        self.client = ImsClient(settings.credentials(), limiter=limiter)
        self.jobs = Lifecycle(self.client, settings, messages=messages)
        self.sets = JobSets(self.jobs)
        self.previews = Previews(self.jobs, messages)
