"""How `MediaConvertJob` is served: what a single job has of its own."""

from __future__ import annotations

from typing import Any

from pulumi_alicloud_mediaconvert.hosts.call_results import Progress
from pulumi_alicloud_mediaconvert.hosts.resource_controller import ResourceController
from pulumi_alicloud_mediaconvert.hosts.resource_records import Props
from pulumi_alicloud_mediaconvert.input_names import INPUT_NAMES
from pulumi_alicloud_mediaconvert.lifecycle.declared import Declared
from pulumi_alicloud_mediaconvert.lifecycle.gate import Policy, stands
from pulumi_alicloud_mediaconvert.lifecycle.input_changes import (
    REPLACING,
    changed_inputs,
)
from pulumi_alicloud_mediaconvert.lifecycle.results import (
    GateResult,
    PreviewResult,
    may_need_words,
)
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs
from pulumi_alicloud_mediaconvert.schema.secrets import Secrecy
from pulumi_alicloud_mediaconvert.schema.values import in_clear


class JobController(ResourceController[Declared]):
    """Serves `MediaConvertJob`."""

    model = JobInputs
    input_names = INPUT_NAMES
    subject = "job_id"
    secrecy = Secrecy
    declaration = Declared
    replacing = REPLACING
    previews_by_state = False
    # A job may have many thousand outputs.
    bulky = (("config", "outputs", "output_groups", "mismatches"),)

    def _changed(self, olds: Props, news: Props) -> list[str]:
        return changed_inputs(olds, news)

    def _stands(self, stored: Props, news: Props) -> bool:
        return stands(stored.get("verdict"), Policy.of(news))

    def _stored_lines(self, stored: Props, secrecy: Secrecy) -> list[str]:
        if not may_need_words(stored):
            return []
        from pulumi_alicloud_mediaconvert.lifecycle.stored_state import (  # noqa: PLC0415  # verifies, too
            stored_lines,
        )

        return stored_lines(stored, secrecy)

    def _whose(self, inputs: str, props: Props) -> str:
        return f"job {in_clear(props.get('job_id'))}: its {inputs}"

    def _imported(self, id_: str) -> dict[str, Any]:
        return {"job_id": id_}

    def _new_id(self, declared: Declared) -> str:
        return declared.inputs.job_id

    async def _settle(
        self,
        declared: Declared,
        seconds: float,
        progress: Progress,
        stored: Props | None,
    ) -> GateResult:
        jobs = self.runtime.lifecycles.jobs
        found = await jobs.settle(declared, seconds, progress, stored)
        return found if stored is None else found.over(stored, declared.stated)

    async def _refresh(
        self, declared: Declared, stored: Props, seconds: float | None
    ) -> GateResult:
        return await self.runtime.lifecycles.jobs.read(declared, seconds, stored)

    async def _evaluate(
        self, declared: Declared, _stored: Props | None
    ) -> PreviewResult:
        return await self.runtime.lifecycles.previews.evaluate(declared)
