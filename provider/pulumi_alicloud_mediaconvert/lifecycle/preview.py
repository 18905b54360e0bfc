"""What a preview says about a job that has already ended: one quick read, no wait.

Does not use Pulumi. However many resources a preview has, all reads together stay
within `ALL_READS_SECONDS`. The engine checks some resources side by side, in any order:
chance decides which jobs are left out when that time is over, but the preview says so.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.api.retrying import CallLimits
from pulumi_alicloud_mediaconvert.error_renderer import ErrorRenderer
from pulumi_alicloud_mediaconvert.errors import (
    ApiConnectionError,
    ApiError,
    JobNotFoundError,
    ProviderError,
)
from pulumi_alicloud_mediaconvert.lifecycle.declared import Declared
from pulumi_alicloud_mediaconvert.lifecycle.gate import is_previewed
from pulumi_alicloud_mediaconvert.lifecycle.gate_result import gate_result
from pulumi_alicloud_mediaconvert.lifecycle.job_wait import JobReader
from pulumi_alicloud_mediaconvert.lifecycle.results import PreviewResult
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs
from pulumi_alicloud_mediaconvert.verification.report import describe_state
from pulumi_alicloud_mediaconvert.verification.statuses import is_whole
from pulumi_alicloud_mediaconvert.verification.verifier import verify

# A preview takes 6 s at most, of which the engine itself needs about 2.
ALL_READS_SECONDS = 3.5
QUICK_READ = CallLimits(
    connect_seconds=2,
    read_seconds=3,
    total_seconds=5,
    retries=False,
    # Enough for some hundred outputs; more would take seconds to read and verify.
    largest_mebibytes=0.25,
)
# After so many reads without a response, no more jobs of a region are read.
MAX_UNANSWERED = 2
NOT_PREVIEWED = "This preview does not cover jobs that it did not read."


@dataclass(frozen=True)
class LeftOut:
    """Why a job is not read: a reason that holds for others as well."""

    text: str


@dataclass(frozen=True)
class Unread:
    """Why a read gave no job.

    Attributes:
        text: of the reason.
        names_job: whether the text contains the name of the job.
    """

    text: str
    names_job: bool = False


class Previews:
    """The quick reads of one process; each job is read once, and kept.

    Args:
        reader: of jobs, as an `up` reads them.
        messages: put errors into the words of the host.
        all_reads_seconds: what all reads together may take.
    """

    def __init__(
        self,
        reader: JobReader,
        messages: ErrorRenderer,
        *,
        all_reads_seconds: float = ALL_READS_SECONDS,
    ) -> None:
        self._reader = reader
        self._messages = messages
        self._up = messages.run
        self._all_reads_seconds = all_reads_seconds
        self._spent_seconds = 0.0
        self._under_way = 0
        self._unanswered: Counter[str] = Counter()  # by region
        # By region and ID: the job as it was seen, or why it was not.
        self._reads: dict[tuple[str, str], asyncio.Task[Job | Unread | LeftOut]] = {}
        self._said: set[LeftOut] = set()

    async def evaluate(self, declared: Declared) -> PreviewResult:
        """Say what `up` would find, if the job has ended already. Never raises."""
        inputs, name = declared.inputs, declared.name
        if not is_previewed(declared.policy, inputs.on_preview):
            return PreviewResult()
        seen = await self._seen(inputs)
        if isinstance(seen, LeftOut):
            return PreviewResult(left_out=self._once(seen))
        if isinstance(seen, Unread):
            line = seen.text if seen.names_job else f"{name}: {seen.text}"
            return PreviewResult(notes=[line])
        if not seen.has_ended:
            will = "read it again" if inputs.wait is False else "wait for it"
            where = describe_state(seen)
            line = f"{name} has not ended: {where}. {self._up} will {will}."
            return PreviewResult(notes=[line], read="running")
        if not is_whole(seen):
            line = (
                f"{name} has ended, but some of its outputs have not."
                f" {self._up} will read it again."
            )
            return PreviewResult(notes=[line], read="running")
        settled = gate_result(declared, verify(seen, inputs.expect))
        return PreviewResult(
            warnings=settled.warnings,
            failures=settled.failures,
            read="ended",
            ended=settled.ended,
            outputs={} if settled.failures else settled.outputs,
        )

    async def evaluate_many(
        self, members: Mapping[str, Declared]
    ) -> Mapping[str, PreviewResult]:
        """Say by name what `up` would find of some jobs, read side by side."""
        found = await asyncio.gather(*map(self.evaluate, members.values()))
        return dict(zip(members, found, strict=True))

    def _unread(self, error: ProviderError | TimeoutError) -> Unread:
        if not isinstance(error, ProviderError):
            return Unread("not read in this preview: no response in time.")
        names_job = isinstance(error, ApiError) and error.job_id is not None
        not_read = f"{'N' if names_job else 'n'}ot read in this preview"
        return Unread(f"{not_read}: {self._messages.text(error)}", names_job=names_job)

    def _once(self, reason: LeftOut) -> list[str]:
        lines = [] if reason in self._said else [f"{reason.text} {NOT_PREVIEWED}"]
        self._said.add(reason)
        return lines

    async def _seen(self, inputs: JobInputs) -> Job | Unread | LeftOut:
        # One process has one endpoint for each region.
        key = (inputs.region, inputs.job_id)
        if key not in self._reads:
            self._reads[key] = asyncio.create_task(self._read(inputs))
        return await asyncio.shield(self._reads[key])

    async def _read(self, inputs: JobInputs) -> Job | Unread | LeftOut:
        left = self._all_reads_seconds - self._spent_seconds
        if self._unanswered[inputs.region] >= MAX_UNANSWERED:
            return LeftOut(f"The API in {inputs.region} does not respond.")
        if left <= 0:
            return LeftOut("The preview has used up its time for reading jobs.")
        clock = asyncio.get_running_loop().time
        began = clock()
        self._under_way += 1
        try:
            # Beyond the client's own limits: credentials and names have none.
            async with asyncio.timeout(left):
                return await self._reader.fetch(inputs, QUICK_READ)
        except JobNotFoundError:
            return Unread(f"the API does not find it. {self._up} will read it again.")
        except (ApiConnectionError, TimeoutError) as error:
            self._unanswered[inputs.region] += 1
            return self._unread(error)
        except ProviderError as error:
            return self._unread(error)
        finally:
            self._under_way -= 1
            if not self._under_way:
                # Reads side by side take the time of one.
                self._spent_seconds += clock() - began
