"""`get_media_convert_job`: one look at a job from the program, without a verdict.

Runs in the user's program, in previews too. It never waits; a job that must have
ended is a `MediaConvertJob`.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pulumi

from pulumi_alicloud_mediaconvert.client import ImsClient
from pulumi_alicloud_mediaconvert.errors import ConfigurationError, ProviderError
from pulumi_alicloud_mediaconvert.facts import facts_digest, job_facts
from pulumi_alicloud_mediaconvert.models import Job
from pulumi_alicloud_mediaconvert.outputs import (
    JobOutput,
    JobOutputGroup,
    find_output,
    typed_group,
    typed_output,
)
from pulumi_alicloud_mediaconvert.schema import parse_job_id
from pulumi_alicloud_mediaconvert.settings import CONFIG_KEYS, Settings, read_settings


@pulumi.output_type
class GetMediaConvertJobResult(dict[str, Any]):
    """What one look at a job found."""

    job_id: str
    region: str
    state: str | None
    code: str | None
    message: str | None
    request_id: str | None
    job_name: str | None
    pipeline_id: str | None
    client_token: str | None
    user_data: str | None
    percent: int | None
    create_time: str | None
    finish_time: str | None
    config: Mapping[str, Any] | None
    outputs: Sequence[JobOutput]
    output_groups: Sequence[JobOutputGroup]
    facts_digest: str

    def output(self, name: str) -> JobOutput:
        """Return the output of that name, grouped or not.

        Raises:
            pulumi.RunError: there is no such output; it lists those there are.
        """
        return find_output(self.outputs, name, must_exist=True, job_id=self.job_id)


def get_media_convert_job(
    job_id: str, *, region: str | None = None
) -> GetMediaConvertJobResult:
    """Look at a job once: its state and what it has delivered so far.

    Args:
        job_id: of the job.
        region: of the job; by default as for `MediaConvertJob`.

    Raises:
        pulumi.RunError: the job could not be read; the program ends with one line.
    """
    # A Pulumi program runs inside an event loop, which a blocking call must not enter.
    with ThreadPoolExecutor(max_workers=1) as thread:
        settings = _program_settings()
        return thread.submit(asyncio.run, _look(job_id, region, settings)).result()


def get_media_convert_job_output(
    job_id: pulumi.Input[str], *, region: pulumi.Input[str] | None = None
) -> pulumi.Output[GetMediaConvertJobResult]:
    """Look at a job once, whose ID or region may be an output of another resource.

    Args and errors are those of `get_media_convert_job`.
    """
    settings = _program_settings()
    return pulumi.Output.all(job_id, region).apply(
        lambda args: _look(args[0], args[1], settings)
    )


def _program_settings() -> Settings:
    config: dict[str, str] = {}
    for key in CONFIG_KEYS:
        namespace, _, name = key.partition(":")
        value = pulumi.Config(namespace).get(name)
        if value is not None:
            config[key] = value
    return read_settings(config, os.environ)


async def _look(
    job_id: str, region: str | None, settings: Settings
) -> GetMediaConvertJobResult:
    try:
        asked = _checked_id(job_id)
        where = settings.region(region)
        async with ImsClient(settings.credentials()) as client:
            job = await client.get_media_convert_job(
                asked, region=where, endpoint=settings.endpoint(where)
            )
    except ProviderError as error:
        # The SDK prints this one as a line, any other with a traceback.
        raise pulumi.RunError(f"get_media_convert_job: {error}") from error
    return _result(job, asked, where)


def _checked_id(job_id: str) -> str:
    try:
        return parse_job_id(job_id)
    except ValueError as error:
        raise ConfigurationError(f"job_id: {error}") from None


def _result(job: Job, job_id: str, region: str) -> GetMediaConvertJobResult:
    facts = job_facts(job)
    known = facts | {
        "job_id": job_id,
        "region": region,
        "facts_digest": facts_digest(facts),
        "outputs": [typed_output(output) for output in facts["outputs"]],
        "output_groups": [typed_group(group) for group in facts["output_groups"]],
    }
    names = GetMediaConvertJobResult.__annotations__
    return GetMediaConvertJobResult(**{name: known.get(name) for name in names})
