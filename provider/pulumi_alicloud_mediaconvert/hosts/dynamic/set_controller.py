"""What serves `MediaConvertJobSet` in the engine's plugin process.

As what serves a single job, with which it shares the process and all calls to the API.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from concurrent.futures import CancelledError
from dataclasses import replace
from itertools import islice
from typing import Any

from pulumi.dynamic import CreateResult, DiffResult, ReadResult, UpdateResult

from pulumi_alicloud_mediaconvert.hosts.dynamic.detailed_diff import (
    DetailedDiff,
    differences,
)
from pulumi_alicloud_mediaconvert.hosts.dynamic.diagnostics import Diagnostics
from pulumi_alicloud_mediaconvert.hosts.dynamic.engine import (
    current_call,
    has_unknown,
    is_unknown,
)
from pulumi_alicloud_mediaconvert.hosts.dynamic.job_controller import (
    RUN_AGAIN,
    STOPS_HERE,
    JobController,
    failing,
    visible,
)
from pulumi_alicloud_mediaconvert.input_names import SET_INPUT_NAMES
from pulumi_alicloud_mediaconvert.lifecycle.declared import DeclaredSet, name_of_set
from pulumi_alicloud_mediaconvert.lifecycle.gate import (
    Policy,
    is_previewed,
    stops_preview,
)
from pulumi_alicloud_mediaconvert.lifecycle.job_set import JobSets
from pulumi_alicloud_mediaconvert.lifecycle.packed_facts import FACTS_KEY
from pulumi_alicloud_mediaconvert.lifecycle.preview import PreviewResult
from pulumi_alicloud_mediaconvert.lifecycle.set_state import (
    jobs_of,
    lines_of_set,
    set_changes,
    set_stands,
)
from pulumi_alicloud_mediaconvert.lifecycle.stored_set import StoredSet
from pulumi_alicloud_mediaconvert.lifecycle.stored_state import is_same
from pulumi_alicloud_mediaconvert.schema.check import check_inputs
from pulumi_alicloud_mediaconvert.schema.secrets import SetSecrecy, secrets_differ
from pulumi_alicloud_mediaconvert.schema.set_inputs import JobSetInputs

# A preview has some seconds for all its looks.
MAX_FORESEEN = 50
# What a failure of very many jobs is kept without, one after the other; without the
# last ones all jobs are looked at again.
MORE = (
    "`jobs` in the state says what is wrong with each, `mismatches` has the first 1,000"
)
BULKY = ((FACTS_KEY,), ("mismatches", "jobs"))


class JobSetController(JobController):
    """Answers the engine's calls for `MediaConvertJobSet`."""

    model = JobSetInputs

    def _previewed(
        self,
        diagnostics: Diagnostics,
        olds: Mapping[str, Any],
        checked: Mapping[str, Any],
    ) -> list[str]:
        """Say what `up` will find of the first jobs that it will look at."""
        on_preview = checked["on_preview"]
        if not is_previewed(Policy.of(checked), on_preview) or has_unknown(checked):
            return []
        declared = DeclaredSet(self._inputs(checked), checked)
        if olds:
            # Which of them have passed stands beside them, and `diff` alone sees it.
            self.runtime.previewed[diagnostics.resource] = declared, diagnostics
            return []
        return self._foretold_set(diagnostics, declared, None)

    def _foretold_set(
        self,
        diagnostics: Diagnostics,
        declared: DeclaredSet,
        stored: Mapping[str, Any] | None,
    ) -> list[str]:
        jobs, stated = declared.inputs.jobs, declared.stated
        kept = StoredSet(jobs, stated, stored).kept()
        open_names = (name for name in jobs if name not in kept)
        members = {
            name: declared.member(name) for name in islice(open_names, MAX_FORESEEN)
        }
        try:
            work = self.runtime.previews.evaluate_many(members)
            previewed = self.runtime.loop.run(work)
        except CancelledError:
            previewed = PreviewResult()
        failures = diagnostics.secrecy.told([f"{declared.name}:", *previewed.failures])[
            1:
        ]
        is_failing = stops_preview(stated["on_preview"])
        if diagnostics.resource not in self.runtime.foretold:
            self.runtime.foretold.add(diagnostics.resource)
            diagnostics.warn(previewed.left_out)
            if failures and not is_failing:
                diagnostics.warn([*failures, STOPS_HERE])
        return failures if is_failing else []

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Wait until all jobs have ended, verify each, and return what is kept."""
        id_ = uuid.uuid4().hex
        return CreateResult(id_, self._settled(props, id_, None))

    def update(
        self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]
    ) -> UpdateResult:
        """As `create`, for the jobs that are new or have not passed."""
        return UpdateResult(self._settled(_news, _id, visible(_olds)))

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """Look again at the jobs that have not passed; the others have ended."""
        diagnostics, declared = self._declared_set(props)
        stored = visible(props)
        with failing(diagnostics, declared.name):
            seconds = self.runtime.read_seconds(diagnostics.call, props)
            work = self._sets.read(declared, stored, seconds)
            settled = self.runtime.loop.run(work)
        key = (diagnostics.resource, id_)
        self.runtime.refreshed[key] = not is_same(settled.outputs, stored)
        return ReadResult(id_, self._deliver(diagnostics, id_, settled))

    def diff(
        self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]
    ) -> DiffResult:
        """Say whether a change matters; `_olds` are the stored outputs."""
        diagnostics = self._diagnostics(_olds)
        refreshed = self.runtime.refreshed.pop((diagnostics.resource, _id), None)
        if refreshed is not None:
            return DiffResult(changes=refreshed, replaces=[])
        changed = set_changes(_olds, _news)
        is_open = not set_stands(_olds, _news)
        previewed = self.runtime.previewed.pop(self._diagnostics(_news).resource, None)
        if changed or is_open or secrets_differ(_olds, _news, SET_INPUT_NAMES):
            if previewed is not None:
                declared, stated = previewed
                # In another region there are other jobs of these IDs.
                stored = None if "region" in changed else visible(_olds)
                # What is secret now need not have been then.
                own = replace(
                    diagnostics, resource=stated.resource, secrecy=stated.secrecy
                )
                if lines := self._foretold_set(own, declared, stored):
                    own.fail("\n".join(lines))
            if not changed:
                return DiffResult(changes=True, replaces=[])
            replaces = [name for name in changed if name == "region"]
            return DetailedDiff(replaces, differences(_olds, _news, changed))
        if diagnostics.resource not in self.runtime.warned:
            self.runtime.warned.add(diagnostics.resource)
            name = name_of_set(len(jobs_of(_olds.get("job_ids"))), _olds.get("region"))
            diagnostics.warn(diagnostics.secrecy.told(lines_of_set(_olds, name)))
        return DiffResult(changes=False, replaces=[])

    @property
    def _sets(self) -> JobSets:
        return JobSets(self.runtime.lifecycle)

    def _diagnostics(self, props: Mapping[str, Any]) -> Diagnostics:
        secrecy = SetSecrecy.of(props)
        call = current_call()
        # Where the URN cannot be seen, what tells resources apart best.
        resource = call.urn or f"jobs {props.get('job_ids')}"
        return Diagnostics(call, self.runtime.row, secrecy, resource, BULKY, MORE)

    def _inputs(self, checked: Mapping[str, Any]) -> JobSetInputs:
        return JobSetInputs.model_validate(checked)

    def _declared_set(
        self, props: Mapping[str, Any]
    ) -> tuple[Diagnostics, DeclaredSet]:
        diagnostics = self._diagnostics(props)
        known = {name: props[name] for name in SET_INPUT_NAMES if name in props}
        checked = check_inputs(known, {}, is_unknown, self.model)
        if checked.problems:
            problems = "; ".join(
                diagnostics.secrecy.masked_problem(one.path, one.text)
                for one in checked.problems
            )
            diagnostics.fail(
                "the stored inputs of the jobs are not understood by this version"
                f" ({problems}). Run `pulumi up` without a refresh."
            )
        return diagnostics, DeclaredSet(self._inputs(checked.inputs), checked.inputs)

    def _settled(
        self, props: Mapping[str, Any], id_: str, stored: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        diagnostics, declared = self._declared_set(props)
        with failing(diagnostics, declared.name, RUN_AGAIN):
            timeout = self.runtime.timeout_seconds(diagnostics.call)
            work = self._sets.settle(declared, timeout, diagnostics.show, stored)
            settled = self.runtime.loop.run(work)
        return self._deliver(diagnostics, id_, settled)
