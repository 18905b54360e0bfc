"""How `MediaConvertJobSet` is served: what a set of jobs has of its own."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping
from typing import Any

from pulumi_alicloud_mediaconvert.hosts.call_results import CallError, Progress
from pulumi_alicloud_mediaconvert.hosts.engine_messages import UP
from pulumi_alicloud_mediaconvert.hosts.resource_controller import ResourceController
from pulumi_alicloud_mediaconvert.hosts.resource_records import Props
from pulumi_alicloud_mediaconvert.input_names import SET_INPUT_NAMES
from pulumi_alicloud_mediaconvert.lifecycle.declared import DeclaredSet, name_of_set
from pulumi_alicloud_mediaconvert.lifecycle.packed_facts import FACTS_KEY
from pulumi_alicloud_mediaconvert.lifecycle.results import GateResult, PreviewResult
from pulumi_alicloud_mediaconvert.lifecycle.set_lines import (
    JobText,
    detail_lines,
    job_lines,
    lines_of_set,
)
from pulumi_alicloud_mediaconvert.lifecycle.set_state import (
    StoredSet,
    jobs_of,
    set_changes,
    set_stands,
)
from pulumi_alicloud_mediaconvert.schema.secrets import Secrecy, SetSecrecy
from pulumi_alicloud_mediaconvert.schema.set_inputs import JobSetInputs
from pulumi_alicloud_mediaconvert.text import counted, in_quotes

# The ID of a set is its resource's alone.
NOT_IMPORTED = (
    "A set of jobs cannot be imported or read by an ID, got {id}: only Pulumi knows"
    " the set. Declare it in the program; {up} reads each of its jobs."
)
# A preview has some seconds for all its reads.
MAX_PREVIEWED = 50


class JobSetController(ResourceController[DeclaredSet]):
    """Serves `MediaConvertJobSet`."""

    model = JobSetInputs
    input_names = SET_INPUT_NAMES
    subject = "job_ids"
    secrecy = SetSecrecy
    declaration = DeclaredSet
    replacing = ("region",)
    # Which jobs have passed is no input.
    previews_by_state = True
    # Without the last ones all jobs are read again.
    bulky = ((FACTS_KEY,), ("mismatches", "jobs"))

    def _changed(self, olds: Props, news: Props) -> list[str]:
        return set_changes(olds, news)

    def _stands(self, stored: Props, news: Props) -> bool:
        return set_stands(stored, news)

    def _stored_lines(self, stored: Props, _secrecy: Secrecy) -> list[str]:
        count = len(jobs_of(stored.get("job_ids")))
        return lines_of_set(stored, name_of_set(count, stored.get("region")))

    def _whose(self, inputs: str, _props: Props) -> str:
        return f"the {inputs} of the jobs"

    def _imported(self, id_: str) -> dict[str, Any]:
        raise CallError(NOT_IMPORTED.format(id=in_quotes(id_), up=UP))

    def _new_id(self, _declared: DeclaredSet) -> str:
        return uuid.uuid4().hex

    async def _settle(
        self,
        declared: DeclaredSet,
        seconds: float,
        progress: Progress,
        stored: Props | None,
    ) -> GateResult:
        sets = self.runtime.lifecycles.sets
        return await sets.settle(declared, seconds, progress, stored)

    async def _refresh(
        self, declared: DeclaredSet, stored: Props, seconds: float | None
    ) -> GateResult:
        return await self.runtime.lifecycles.sets.read(declared, stored, seconds)

    async def _evaluate(
        self, declared: DeclaredSet, stored: Props | None
    ) -> PreviewResult:
        jobs = declared.inputs.jobs
        if stored and stored.get("region") != declared.inputs.region:
            # In another region there are other jobs of these IDs.
            stored = None
        kept = StoredSet(jobs, declared.stated, stored).kept()
        open_names = [name for name in jobs if name not in kept]
        members = {name: declared.member(name) for name in open_names[:MAX_PREVIEWED]}
        lifecycles = self.runtime.lifecycles
        found = await lifecycles.previews.evaluate_many(members)
        # As an `up` says it: what is wrong with each job, then the details.
        bad = {
            name: JobText(jobs[name], one.failures[0])
            for name, one in found.items()
            if one.failures
        }
        ended = {name: one.ended for name, one in found.items() if one.ended}
        lines = [*job_lines(bad, ended), *detail_lines(bad, ended)]
        summary = f"{declared.name}: {_summary(found, len(open_names))}"
        reads = {one.read for one in found.values()}
        is_partial = len(members) < len(open_names) and reads != {"unread"}
        # One reason stands for all: what keeps a job from being read is seldom its own.
        unread = [
            line for one in found.values() if one.read == "unread" for line in one.notes
        ][:1]
        is_noted = not bad and (is_partial or unread or "running" in reads)
        return PreviewResult(
            failures=declared.secrecy.told([summary, *lines]) if bad else [],
            notes=declared.secrecy.told([summary, *unread]) if is_noted else [],
            left_out=[line for one in found.values() for line in one.left_out],
            outputs=lifecycles.sets.known_outputs(declared, stored, found),
        )


def _summary(found: Mapping[str, PreviewResult], open_count: int) -> str:
    """Say what a preview read of the jobs that an `up` will read."""
    reads = Counter(one.read for one in found.values())
    bad = sum(bool(one.failures) for one in found.values())
    parts = [
        f"{count:,} {what}"
        for count, what in (
            (bad, "did not pass"),
            (
                reads["running"],
                f"{'has' if reads['running'] == 1 else 'have'} not ended",
            ),
        )
        if count
    ]
    read = reads["ended"] + reads["running"]
    of_all = "" if read == open_count else f"{read:,} of "
    line = f"this preview read {of_all}{counted(open_count, 'job')}"
    return f"{line}{': ' if parts else ''}{', '.join(parts)}."
