"""One read of a job, without a verdict: what the functions of every host return."""

from __future__ import annotations

from typing import Any

from pulumi_alicloud_mediaconvert.access.settings import Settings
from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.errors import ConfigurationError
from pulumi_alicloud_mediaconvert.schema.inputs import parse_job_id
from pulumi_alicloud_mediaconvert.spelling import PYTHON, Sentence, Spelling, TypeOf
from pulumi_alicloud_mediaconvert.verification.job_facts import facts_digest, job_facts


async def read_facts(
    client: ImsClient,
    settings: Settings,
    job_id: object,
    region: object,
    spelling: Spelling = PYTHON,
) -> dict[str, Any]:
    """Read a job once; never wait.

    Args:
        client: reads jobs.
        settings: say where a region's API is, and which one if `region` is `None`.
        job_id: as the program gives it.
        region: likewise.
        spelling: of what is wrong with them.

    Returns:
        `job_id` and `region` as they were asked for, the facts of the job, and
        `facts_digest`.

    Raises:
        ConfigurationError: what is asked for cannot be.
        ApiError: the job could not be read.
    """
    try:
        asked = parse_job_id(job_id)
    except ValueError as error:
        text = spelling.text(error.args[0])
        raise ConfigurationError(f"{spelling.key('job_id')}: {text}") from None
    if region is not None and not isinstance(region, str):
        text = spelling.text(Sentence("must be text, got ", TypeOf(region)))
        raise ConfigurationError(f"{spelling.key('region')}: {text}")
    where = settings.region(region)
    job = await client.get_media_convert_job(
        asked, region=where, endpoint=settings.endpoint(where)
    )
    facts = job_facts(job)
    return facts | {
        "job_id": asked,
        "region": where,
        "facts_digest": facts_digest(facts),
    }
