"""Functions that a program calls: read a job without a verdict, load expectations.

They run in the user's program, also in previews, and never wait. An uncaught error ends
the program with plain lines, without a traceback.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

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
    may_be_secret,
    raisable,
)
from pulumi_alicloud_mediaconvert.hosts.engine_messages import ENGINE
from pulumi_alicloud_mediaconvert.hosts.event_loop import EventLoop
from pulumi_alicloud_mediaconvert.hosts.job_reads import read_facts
from pulumi_alicloud_mediaconvert.schema.lifted import (
    LiftedJobOutputGroups,
    LiftedJobOutputs,
)
from pulumi_alicloud_mediaconvert.schema.outputs import JobOutput, JobOutputGroup
from pulumi_alicloud_mediaconvert.schema.secrets import OPEN, Secrecy
from pulumi_alicloud_mediaconvert.schema.typed_outputs import (
    find_output,
    typed_group,
    typed_output,
)

LATER = "is an output: its value is not known yet"
PROGRAM = replace(ENGINE, is_secret=may_be_secret)


@pulumi.output_type
class GetMediaConvertJobResult(dict[str, Any]):
    """Facts from one read of a job."""

    job_id: str
    """ID of the job."""
    region: str
    """Region of the job."""
    # written by scripts/generate: GetMediaConvertJobResult
    state: str | None
    """State: `Inited`, `Running`, `Success`, `Failed` or `Cancelled`."""
    code: str | None
    """The vendor's code. It may be set even if the job succeeded."""
    message: str | None
    """The vendor's message. It may be set even if the job succeeded."""
    request_id: str | None
    """Request ID of the call that submitted the job."""
    job_name: str | None
    """Name of the job."""
    pipeline_id: str | None
    """ID of the pipeline."""
    client_token: str | None
    """Client token of the submission."""
    user_data: str | None
    """User data, as JSON text if it was an object."""
    percent: int | None
    """Progress in percent."""
    create_time: str | None
    """Time of creation, ISO 8601."""
    finish_time: str | None
    """Time when it ended, ISO 8601."""
    config: Mapping[str, Any] | None
    """The request as the API sent it."""
    # end
    outputs: Sequence[JobOutput]
    """All outputs, ungrouped first, then by group."""
    output_groups: Sequence[JobOutputGroup]
    """All output groups."""
    facts_digest: str
    """SHA-256 of the media facts: equal deliveries have equal digests."""

    def output(self, name: str) -> JobOutput:
        """Return the output with this name, such as `"720P-mp4"` or `"hls-group/720P"`.

        Args:
            name: Name of the output; `group/name` for an output of a group. A plain name means the ungrouped output, or else the only grouped one.

        Raises:
            pulumi.RunError: There is no such output; the message lists the known names.
        """  # noqa: E501  # editors show one line of each parameter
        if is_later(name):
            raise pulumi.RunError(f"output: name {LATER}; use it within apply")
        return find_output(self.outputs, name, must_exist=True, job_id=self.job_id)


if TYPE_CHECKING:

    class LiftedGetMediaConvertJobResult(pulumi.Output[GetMediaConvertJobResult]):
        """Facts from one read of a job; each field is an output."""

        job_id: pulumi.Output[str]
        """ID of the job."""
        region: pulumi.Output[str]
        """Region of the job."""
        # written by scripts/generate: LiftedGetMediaConvertJobResult
        state: pulumi.Output[str | None]
        """State: `Inited`, `Running`, `Success`, `Failed` or `Cancelled`."""
        code: pulumi.Output[str | None]
        """The vendor's code. It may be set even if the job succeeded."""
        message: pulumi.Output[str | None]
        """The vendor's message. It may be set even if the job succeeded."""
        request_id: pulumi.Output[str | None]
        """Request ID of the call that submitted the job."""
        job_name: pulumi.Output[str | None]
        """Name of the job."""
        pipeline_id: pulumi.Output[str | None]
        """ID of the pipeline."""
        client_token: pulumi.Output[str | None]
        """Client token of the submission."""
        user_data: pulumi.Output[str | None]
        """User data, as JSON text if it was an object."""
        percent: pulumi.Output[int | None]
        """Progress in percent."""
        create_time: pulumi.Output[str | None]
        """Time of creation, ISO 8601."""
        finish_time: pulumi.Output[str | None]
        """Time when it ended, ISO 8601."""
        config: pulumi.Output[Mapping[str, Any] | None]
        """The request as the API sent it."""
        # end
        outputs: LiftedJobOutputs
        """All outputs, ungrouped first, then by group."""
        output_groups: LiftedJobOutputGroups
        """All output groups."""
        facts_digest: pulumi.Output[str]
        """SHA-256 of the media facts: equal deliveries have equal digests."""

else:
    LiftedGetMediaConvertJobResult = pulumi.Output[GetMediaConvertJobResult]


def get_media_convert_job(
    job_id: str, *, region: str | None = None
) -> GetMediaConvertJobResult:
    """Read a job once, without waiting or a verdict: its state and its outputs so far.

    Args:
        job_id: ID of the job.
        region: Region of the job. Default: the configured region.

    Returns:
        The facts of the job, such as `.state`, `.percent` and `.outputs[0].url`.

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
) -> LiftedGetMediaConvertJobResult:
    """Read a job once, as `get_media_convert_job`; ID and region may be outputs.

    Args:
        job_id: ID of the job.
        region: Region of the job. Default: the configured region.

    Returns:
        An output whose fields are outputs too, such as `.state`, `.percent` and
        `.outputs[0].url`. It fails with the errors of `get_media_convert_job`.
    """
    end_quietly()
    settings = _program_settings()
    asked = pulumi.Output.from_input(job_id)

    async def read(args: Sequence[Any]) -> GetMediaConvertJobResult:
        # The text of an error is printed, whatever becomes of the value.
        hidden = str(args[0]).strip() if await asked.is_secret() else None
        work = _read(args[0], args[1], settings, Secrecy(hidden or None))
        return await _loop().join(work)

    seen: pulumi.Output[Any] = pulumi.Output.all(asked, region).apply(read)
    result = lifted(seen, "get_media_convert_job_output(…)", None)
    return cast("LiftedGetMediaConvertJobResult", result)


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
    """Return the event loop of the process; its threads do not delay the exit."""
    return EventLoop()


@functools.lru_cache(maxsize=8)
def _credentials(
    config: frozenset[tuple[str, str]], environ: frozenset[tuple[str, str]]
) -> CredentialsSource:
    """Return the credentials of a program: finding them may take seconds."""
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
    """Read a job through a client, for both functions.

    Raises:
        ConfigurationError: the job ID, region, endpoint or credentials are unusable.
        ApiError: the job could not be read; the message has one line.
    """
    try:
        found = await read_facts(client, settings, job_id, region)
    except ProviderError as error:
        text = secrecy.masked(PROGRAM.text(error))
        raise raisable(error, f"get_media_convert_job: {text}") from None
    known = found | {
        "outputs": [typed_output(output) for output in found["outputs"]],
        "output_groups": [typed_group(group) for group in found["output_groups"]],
    }
    names = GetMediaConvertJobResult.__annotations__
    return GetMediaConvertJobResult(**{name: known.get(name) for name in names})
