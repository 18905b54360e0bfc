"""What a program calls: one look at a job without a verdict, expectations from a file.

Runs in the user's program, in previews too. A look never waits; a job that must have
ended is a `MediaConvertJob`. What goes wrong here ends the program in plain lines.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pulumi

from pulumi_alicloud_mediaconvert.access.credentials import CredentialsSource
from pulumi_alicloud_mediaconvert.access.settings import (
    CONFIG_KEYS,
    Settings,
    read_settings,
)
from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.args import Expect
from pulumi_alicloud_mediaconvert.errors import (
    ConfigurationError,
    ExpectationsError,
    ProviderError,
)
from pulumi_alicloud_mediaconvert.expect import loader
from pulumi_alicloud_mediaconvert.hosts.dynamic.lifting import lifted
from pulumi_alicloud_mediaconvert.hosts.dynamic.program import (
    end_quietly,
    is_later,
    raisable,
)
from pulumi_alicloud_mediaconvert.hosts.engine_messages import ENGINE
from pulumi_alicloud_mediaconvert.hosts.event_loop import EventLoop
from pulumi_alicloud_mediaconvert.hosts.job_reads import read_facts
from pulumi_alicloud_mediaconvert.schema.outputs import JobOutput, JobOutputGroup
from pulumi_alicloud_mediaconvert.schema.secrets import OPEN, Secrecy
from pulumi_alicloud_mediaconvert.schema.typed_outputs import (
    find_output,
    typed_group,
    typed_output,
)

# What is wrong with an argument of a plain function.
LATER = "is an output, whose value is known only later"


@pulumi.output_type
class GetMediaConvertJobResult(dict[str, Any]):
    """What one look at a job found."""

    job_id: str
    """ID of the job, as asked for."""
    region: str
    """Region that was asked."""
    # written by scripts/generate: GetMediaConvertJobResult
    state: str | None
    """State: `Inited`, `Running`, `Success`, `Failed` or `Cancelled`."""
    code: str | None
    """Vendor's code; it may be set beside a success."""
    message: str | None
    """Vendor's message; it may be set beside a success."""
    request_id: str | None
    """Request ID of the submission."""
    job_name: str | None
    """Name of the job."""
    pipeline_id: str | None
    """ID of the pipeline."""
    client_token: str | None
    """Token of the submission."""
    user_data: str | None
    """User data; JSON text if it was an object."""
    percent: int | None
    """Progress in whole percent."""
    create_time: str | None
    """Time of creation, ISO 8601."""
    finish_time: str | None
    """Time of the end, ISO 8601."""
    config: Mapping[str, Any] | None
    """The request as the API sent it."""
    # end
    outputs: Sequence[JobOutput]
    """All outputs, ungrouped first, then by group."""
    output_groups: Sequence[JobOutputGroup]
    """The groups of outputs."""
    facts_digest: str
    """SHA-256 of the media facts: equal deliveries have equal digests."""

    def output(self, name: str) -> JobOutput:
        """Return the output of that name, grouped or not.

        Raises:
            pulumi.RunError: there is no such output; it lists those there are.
        """
        if is_later(name):
            raise pulumi.RunError(f"output: name {LATER}; use it within apply")
        return find_output(self.outputs, name, must_exist=True, job_id=self.job_id)


def get_media_convert_job(
    job_id: str, *, region: str | None = None
) -> GetMediaConvertJobResult:
    """Read a job once, without waiting or a verdict: its state and its outputs so far.

    Args:
        job_id: ID of the job.
        region: Region of the job. Default: that of the configuration.

    Raises:
        ConfigurationError: The job ID, the region, the endpoint or the credentials
            cannot be used.
        ApiError: The job could not be read; the class says why, such as
            `JobNotFoundError`. If no one catches it, the program ends with one line.
    """
    for name, value in {"job_id": job_id, "region": region}.items():
        if is_later(value):
            error = ConfigurationError(
                f"get_media_convert_job: {name} {LATER};"
                " use get_media_convert_job_output"
            )
            raise raisable(error, str(error))
    end_quietly()
    return _loop().run(_read(job_id, region, _program_settings()))


def get_media_convert_job_output(
    job_id: pulumi.Input[str], *, region: pulumi.Input[str] | None = None
) -> pulumi.Output[GetMediaConvertJobResult]:
    """Read a job once, if its ID or region may be an output of another resource.

    Args:
        job_id: ID of the job.
        region: Region of the job. Default: that of the configuration.

    Returns:
        An output, whose fields are outputs too: `.state`, `.outputs[0].url`. It fails
        with the errors of `get_media_convert_job`.
    """
    end_quietly()
    settings = _program_settings()
    asked = pulumi.Output.from_input(job_id)

    async def read(args: Sequence[Any]) -> GetMediaConvertJobResult:
        # The text of an error is printed, whatever becomes of the value.
        hidden = str(args[0]).strip() if await asked.is_secret() else None
        work = _read(args[0], args[1], settings, Secrecy(hidden or None))
        return await _loop().join(work)

    seen: pulumi.Output[GetMediaConvertJobResult]
    seen = pulumi.Output.all(asked, region).apply(read)
    return lifted(seen, "get_media_convert_job_output(…)", None)


def load_expectations(path: str | Path) -> Expect:
    """Load and check a file of expectations, for `expect`.

    Args:
        path: Path of a JSON file (`.json`) or a YAML 1.2 file.

    Returns:
        The content of the file: a mapping, or the text `as-requested`.

    Raises:
        ExpectationsError: The file cannot be read, is neither YAML nor JSON, or is not
            valid: one line for each problem, with file, line and property. If no one
            catches it, the program ends with these lines.
    """
    if is_later(path):
        error = ExpectationsError(
            f"load_expectations: path {LATER}; use path.apply(load_expectations)"
        )
        raise raisable(error, str(error))
    try:
        return loader.load_expectations(path)
    except ExpectationsError as error:
        raise raisable(error, str(error)) from None


@functools.cache
def _loop() -> EventLoop:
    """Return the loop of the process, whose end waits for none of its threads."""
    return EventLoop()


@functools.lru_cache(maxsize=8)
def _credentials(
    config: frozenset[tuple[str, str]], environ: frozenset[tuple[str, str]]
) -> CredentialsSource:
    """Return what all looks of a program share: each look-up may take seconds."""
    return read_settings(dict(config), dict(environ)).credentials()


def _program_settings() -> Settings:
    config: dict[str, str] = {}
    for key in CONFIG_KEYS:
        namespace, _, name = key.partition(":")
        value = pulumi.Config(namespace).get(name)
        if value is not None:
            config[key] = value
    return read_settings(config, os.environ)


async def _read(
    job_id: str, region: str | None, settings: Settings, secrecy: Secrecy = OPEN
) -> GetMediaConvertJobResult:
    found = _credentials(
        frozenset(settings.config.items()), frozenset(settings.environ.items())
    )
    async with ImsClient(found) as client:
        return await read_once(client, settings, job_id, region, secrecy)


async def read_once(
    client: ImsClient,
    settings: Settings,
    job_id: str,
    region: str | None = None,
    secrecy: Secrecy = OPEN,
) -> GetMediaConvertJobResult:
    """Look at a job through a client, as both functions do.

    Args:
        client: reads jobs.
        settings: say where a region's API is, and which one if `region` does not.
        job_id: of the job.
        region: of the job.
        secrecy: of the job ID.

    Raises:
        ConfigurationError: what is asked for cannot be.
        ApiError: the job could not be read, in one line.
    """
    try:
        found = await read_facts(client, settings, job_id, region)
    except ProviderError as error:
        text = secrecy.masked(ENGINE.text(error))
        raise raisable(error, f"get_media_convert_job: {text}") from None
    known = found | {
        "outputs": [typed_output(output) for output in found["outputs"]],
        "output_groups": [typed_group(group) for group in found["output_groups"]],
    }
    names = GetMediaConvertJobResult.__annotations__
    return GetMediaConvertJobResult(**{name: known.get(name) for name in names})
