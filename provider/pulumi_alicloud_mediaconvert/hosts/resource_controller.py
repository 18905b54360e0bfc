"""How every resource is served: the one template, for a job and for a set of jobs.

A controller parses inputs, lets `lifecycle` decide, and takes what is secret out of all
lines. It knows no host; what differs between resources stands in its leaves.
"""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from pulumi_alicloud_mediaconvert.errors import Advice, NextStep, ProviderError
from pulumi_alicloud_mediaconvert.hosts.call_results import (
    CallError,
    Progress,
    ResourceResult,
)
from pulumi_alicloud_mediaconvert.hosts.engine_messages import ENGINE
from pulumi_alicloud_mediaconvert.hosts.lines import safe_line
from pulumi_alicloud_mediaconvert.hosts.resource_records import (
    Declaration,
    Props,
    ResourceRecords,
)
from pulumi_alicloud_mediaconvert.hosts.runtime import Runtime
from pulumi_alicloud_mediaconvert.lifecycle.declared import Declared, DeclaredSet
from pulumi_alicloud_mediaconvert.lifecycle.gate import stops_preview
from pulumi_alicloud_mediaconvert.lifecycle.input_changes import is_same
from pulumi_alicloud_mediaconvert.lifecycle.results import (
    SEEN_AT,
    GateResult,
    PreviewResult,
)

RUN_AGAIN = f" {ENGINE.next_step(Advice(NextStep.RUN_AGAIN))}"


class ResourceController(ResourceRecords[Declaration]):
    """Serves one type of resource to any host.

    `props` are inputs as a program gives them or as they were checked, `state` is what
    is stored, both as the host's values.
    """

    async def preview(
        self, declared: Declaration, state: Props | None = None
    ) -> PreviewResult:
        """Say what an `up` will find of jobs that have ended: quick reads, no wait.

        Args:
            declared: of `check`.
            state: of a resource that is deployed already.

        Returns:
            With all properties that are known as outputs, the inputs among them;
            secret ones are marked.
        """
        stored = None if state is None else self._clear(state)
        secrecy, stated = declared.secrecy, declared.stated
        try:
            if stored is not None and self._holds(stored, stated):
                warnings = secrecy.told(self._stored_lines(stored, secrecy))
                found = PreviewResult(warnings=warnings, outputs=stored)
            else:
                found = await self._evaluate(declared, stored)
        except asyncio.CancelledError:
            found = PreviewResult()
        outputs = {
            name: value
            for name, value in {**found.outputs, **stated}.items()
            if not name.startswith("__")
        }
        return PreviewResult(
            notes=self._lines(found.notes, secrecy),
            warnings=self._lines(found.warnings, secrecy),
            left_out=self._lines(found.left_out, secrecy),
            failures=self._lines(found.failures, secrecy),
            stops=stops_preview(declared.inputs.on_preview),
            outputs=secrecy.marked(outputs),
        )

    async def preview_checked(
        self, props: Props, state: Props | None = None
    ) -> PreviewResult:
        """As `preview`, of checked inputs.

        Args:
            props: checked inputs; unknown values are marked.
            state: of a resource that is deployed already.

        Returns:
            The inputs alone as outputs, without a read, where a value is unknown that
            the verdict depends on.
        """
        found = self.check(props, props.get("region"))
        if found.declared is None:
            return PreviewResult(outputs=found.inputs)
        declared: Any = found.declared
        return await self.preview(declared, state)

    async def create(
        self, props: Props, progress: Progress, timeout_seconds: float | None = None
    ) -> ResourceResult:
        """Wait until all has ended, and verify it.

        Args:
            props: checked inputs.
            progress: takes lines while it waits.
            timeout_seconds: of the operation, from the resource's options.

        Raises:
            CallError: nothing was read that could be stored.
        """
        declared = self._declared(props, is_checked=True)
        id_ = self._new_id(declared)
        return await self._settled(id_, declared, progress, timeout_seconds, None)

    async def update(
        self,
        id_: str,
        state: Props,
        props: Props,
        progress: Progress,
        timeout_seconds: float | None = None,
    ) -> ResourceResult:
        """As `create`; what has no record any more is verified by stored facts.

        Raises:
            CallError: nothing was read that could be stored.
        """
        declared, stored = self._declared(props, is_checked=True), self._clear(state)
        return await self._settled(id_, declared, progress, timeout_seconds, stored)

    async def read(
        self, id_: str, props: Props, timeout_seconds: float | None = None
    ) -> ResourceResult:
        """Read once, and verify with the stored inputs.

        Args:
            id_: of the resource.
            props: what is stored; inputs alone of a resource that is only read; nothing
                of one that is imported.
            timeout_seconds: of the operation, from the resource's options.

        Raises:
            CallError: there is nothing to store in place of what is stored.
        """
        imported = None if self.subject in props else self._imported(id_)
        if imported is not None:
            props = {**props, **imported}
        is_stored = "verdict" in props
        declared = self._declared(props, is_checked=is_stored)
        if imported is not None:
            # As it was understood: without blanks around it.
            id_ = self._new_id(declared)
            imported = {name: declared.stated[name] for name in imported}
        stored = self._clear(props) if is_stored else {}
        with _failing(declared, self.runtime):
            found = await self._refresh(declared, stored, timeout_seconds)
        seen, known = ({**one, SEEN_AT: None} for one in (found.outputs, stored))
        return replace(
            self._outcome(id_, declared, found),
            has_changed=not is_same(seen, known),
            imported=imported,
        )

    @abstractmethod
    def _imported(self, id_: str) -> dict[str, Any]:
        """Return the inputs that an ID stands for.

        Raises:
            CallError: it stands for none.
        """

    @abstractmethod
    def _new_id(self, declared: Declaration) -> str:
        """Return the ID of a new resource."""

    @abstractmethod
    async def _settle(
        self,
        declared: Declaration,
        seconds: float,
        progress: Progress,
        stored: Props | None,
    ) -> GateResult:
        """Wait, verify, and decide."""

    @abstractmethod
    async def _refresh(
        self, declared: Declaration, stored: Props, seconds: float | None
    ) -> GateResult:
        """Read once, verify, and decide; without a limit as long as a read may take."""

    @abstractmethod
    async def _evaluate(
        self, declared: Declaration, stored: Props | None
    ) -> PreviewResult:
        """Say what an `up` will find."""

    async def _settled(
        self,
        id_: str,
        declared: Declaration,
        progress: Progress,
        timeout_seconds: float | None,
        stored: Props | None,
    ) -> ResourceResult:
        def show(line: str) -> None:
            progress(safe_line(line, declared.secrecy))

        with _failing(declared, self.runtime, RUN_AGAIN):
            seconds = self.runtime.timeout_seconds(timeout_seconds)
            found = await self._settle(declared, seconds, show, stored)
        return self._outcome(id_, declared, found)


@contextmanager
def _failing(
    declared: Declared | DeclaredSet, runtime: Runtime, cure: str = ""
) -> Iterator[None]:
    """End the call with one line where its work fails or is interrupted."""
    try:
        yield
    except ProviderError as error:
        line = runtime.messages.text(error)
    except asyncio.CancelledError:
        line = f"{declared.name}: interrupted.{cure}"
    else:
        return
    raise CallError(safe_line(line, declared.secrecy))
