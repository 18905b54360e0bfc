"""How every resource is served: the one template, for a job and for a set of jobs.

A controller parses inputs, lets `lifecycle` decide, and takes what is secret out of all
lines. It knows no host; what differs between resources stands in its leaves.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, ClassVar, Generic, TypeVar

from pulumi_alicloud_mediaconvert.error_renderer import ErrorRenderer
from pulumi_alicloud_mediaconvert.errors import Advice, NextStep, ProviderError
from pulumi_alicloud_mediaconvert.expect.validation_messages import Problem
from pulumi_alicloud_mediaconvert.hosts.call_results import (
    CallError,
    CheckResult,
    DiffResult,
    Progress,
    ResourceResult,
)
from pulumi_alicloud_mediaconvert.hosts.changes import differences
from pulumi_alicloud_mediaconvert.hosts.engine_messages import ENGINE, UP
from pulumi_alicloud_mediaconvert.hosts.lines import safe_line, safe_lines, safe_problem
from pulumi_alicloud_mediaconvert.hosts.runtime import Runtime
from pulumi_alicloud_mediaconvert.lifecycle.declared import Declared, DeclaredSet
from pulumi_alicloud_mediaconvert.lifecycle.gate import stops_preview
from pulumi_alicloud_mediaconvert.lifecycle.gate_result import GateResult
from pulumi_alicloud_mediaconvert.lifecycle.job_wait import SINGLE_READ
from pulumi_alicloud_mediaconvert.lifecycle.preview import PreviewResult
from pulumi_alicloud_mediaconvert.lifecycle.stored_state import SEEN_AT, is_same
from pulumi_alicloud_mediaconvert.schema.check import (
    CheckContext,
    Checked,
    check_inputs,
)
from pulumi_alicloud_mediaconvert.schema.inputs import GateInputs
from pulumi_alicloud_mediaconvert.schema.secrets import Secrecy
from pulumi_alicloud_mediaconvert.schema.values import (
    Secret,
    has_unknown,
    in_clear,
    secret_names,
)

# Inputs that no verdict depends on.
NOT_JUDGED = frozenset({"wait", "triggers"})
RUN_AGAIN = f" {ENGINE.next_step(Advice(NextStep.RUN_AGAIN))}"

Declaration = TypeVar("Declaration", Declared, DeclaredSet)
Props = Mapping[str, Any]


class ResourceController(ABC, Generic[Declaration]):
    """Serves one type of resource to any host.

    `props` are inputs as a program gives them or as they were checked, `state` is what
    is stored, both as the host's values.

    Args:
        runtime: of the process.

    Attributes:
        model: of the inputs.
        input_names: of all inputs.
        subject: the input that says which job or jobs the resource is about.
        secrecy: knows what derives from secret inputs.
        declaration: what `lifecycle` needs to know of a resource.
        replacing: inputs whose change replaces the resource.
        previews_by_state: whether only the stored outputs tell which jobs an `up` will
            verify, though inputs have changed.
        bulky: of `ResourceResult`.
        more: says where the lines are that are too many to show.
    """

    model: ClassVar[type[GateInputs]]
    input_names: ClassVar[Sequence[str]]
    subject: ClassVar[str]
    secrecy: ClassVar[type[Secrecy]]
    declaration: ClassVar[Callable[..., Any]]
    replacing: ClassVar[Sequence[str]]
    previews_by_state: ClassVar[bool]
    bulky: ClassVar[Sequence[Sequence[str]]]
    more: ClassVar[str]

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime

    def check(
        self,
        props: Props,
        stored_region: object = None,
        problems: Sequence[Problem] = (),
    ) -> CheckResult:
        """Parse inputs and resolve their defaults; list every problem.

        Args:
            props: of the program.
            stored_region: of a resource that is deployed already.
            problems: that the host has found in how the inputs are written.
        """
        secrecy = self.secrecy.of(props)
        checked: Checked[Any] = self._checked(props, stored_region)
        names, values = secrecy.secret_inputs, checked.values
        judged = (value for name, value in values.items() if name not in NOT_JUDGED)
        found = [*problems, *checked.problems]
        is_judged = not found and not any(map(has_unknown, judged))
        return CheckResult(
            inputs={
                name: Secret(value) if name in names else value
                for name, value in values.items()
            },
            problems=[safe_problem(one, secrecy) for one in found],
            declared=self.declaration(checked.inputs, values, secrecy)
            if is_judged
            else None,
            secret_inputs=names,
        )

    def diff(self, state: Props, props: Props) -> DiffResult:
        """Compare checked inputs with what is stored."""
        olds, news = self._clear(state), self._clear(props)
        changed = self._changed(olds, news)
        secrets = [secret_names(one, self.input_names) for one in (state, props)]
        # Only an update writes a value as ciphertext that is a secret now.
        is_change = bool(changed) or secrets[0] != secrets[1]
        return DiffResult(
            needs_update=is_change or not self._stands(olds, news),
            changes=differences(olds, news, changed),
            replaces=[name for name in self.replacing if name in changed],
        )

    def needs_state(self, olds: Props, props: Props) -> bool:
        """Whether inputs alone do not tell what a preview has to read.

        Args:
            olds: the inputs of then.
            props: the checked inputs.
        """
        changed = self._changed(self._clear(olds), self._clear(props))
        return self.previews_by_state or not changed

    def stored_warnings(self, state: Props) -> list[str]:
        """Repeat what a stored verdict that stands found, in the words of then."""
        secrecy = self.secrecy.of(state)
        lines = self._stored_lines(self._clear(state), secrecy)
        return self._lines(secrecy.told(lines), secrecy)

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
        declared = self._declared(props)
        id_ = self._new_id(declared)
        return await self._settled(id_, declared, progress, timeout_seconds, None)

    def rewritten(self, id_: str, state: Props, props: Props) -> ResourceResult | None:
        """Return what is stored in the form of now, without a read.

        Args:
            id_: of the resource.
            state: what is stored; another host may have written it.
            props: checked inputs.

        Returns:
            `None` where the stored verdict does not stand for these inputs.

        Raises:
            CallError: the inputs are not understood.
        """
        declared, stored = self._declared(props), self._clear(state)
        if not self._holds(stored, declared.stated):
            return None
        kept = GateResult(
            outputs={**stored, **declared.stated},
            warnings=self._stored_lines(stored, declared.secrecy),
        )
        return self._outcome(id_, declared, kept)

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
        declared, stored = self._declared(props), self._clear(state)
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
        declared = self._declared(props)
        if imported is not None:
            # As it was understood: without blanks around it.
            id_ = self._new_id(declared)
            imported = {name: declared.stated[name] for name in imported}
        stored = self._clear(props) if "verdict" in props else {}
        if timeout_seconds is None:
            timeout_seconds = SINGLE_READ.total_seconds
        with _failing(declared, self.runtime.messages):
            found = await self._refresh(declared, stored, timeout_seconds)
        seen, known = ({**one, SEEN_AT: None} for one in (found.outputs, stored))
        return replace(
            self._outcome(id_, declared, found),
            has_changed=not is_same(seen, known),
            imported=imported,
        )

    def _holds(self, stored: Props, stated: Props) -> bool:
        """Whether a stored verdict stands for these inputs."""
        return self._stands(stored, stated) and not self._changed(stored, stated)

    @abstractmethod
    def _changed(self, olds: Props, news: Props) -> list[str]:
        """Name the inputs whose change matters."""

    @abstractmethod
    def _stands(self, stored: Props, news: Props) -> bool:
        """Whether what is stored stands until an input changes."""

    @abstractmethod
    def _stored_lines(self, stored: Props, secrecy: Secrecy) -> list[str]:
        """Say again what a stored verdict found."""

    @abstractmethod
    def _whose(self, inputs: str, props: Props) -> str:
        """Say whose inputs these are, to begin a line."""

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
        self, declared: Declaration, stored: Props, seconds: float
    ) -> GateResult:
        """Read once, verify, and decide."""

    @abstractmethod
    async def _evaluate(
        self, declared: Declaration, stored: Props | None
    ) -> PreviewResult:
        """Say what an `up` will find."""

    def _checked(self, props: Props, stored_region: object = None) -> Checked[Any]:
        """Parse what a program gives, with the defaults of the stack."""
        context = self.runtime.check_context(stored_region)
        checked: Checked[Any] = check_inputs(in_clear(props), self.model, context)
        if checked.problems:
            return checked
        problems = self.runtime.configuration_problems(checked.values)
        return replace(checked, inputs=None, problems=problems) if problems else checked

    def _declared(self, props: Props) -> Declaration:
        """Parse inputs: checked by this version, by another one, or not at all."""
        secrecy = self.secrecy.of(props)
        if "verdict" in props or "on_preview" in props:
            known = {name: props[name] for name in self.input_names if name in props}
            context = CheckContext(spelling=self.runtime.messages.spelling)
            checked: Checked[Any] = check_inputs(in_clear(known), self.model, context)
            whose, trouble = "stored inputs", "are not understood by this version"
            cure = f" Run {UP} without a refresh."
        else:
            # No host checks a resource that is only read.
            checked = self._checked(props)
            whose, trouble, cure = "inputs", "are refused", ""
        if checked.inputs is None:
            found = "; ".join(
                safe_problem(one, secrecy).line for one in checked.problems
            )
            line = f"{self._whose(whose, props)} {trouble} ({found}).{cure}"
            raise CallError(safe_line(line, secrecy))
        declared: Declaration
        declared = self.declaration(checked.inputs, checked.values, secrecy)
        return declared

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

        with _failing(declared, self.runtime.messages, RUN_AGAIN):
            seconds = self.runtime.timeout_seconds(timeout_seconds)
            found = await self._settle(declared, seconds, show, stored)
        return self._outcome(id_, declared, found)

    def _outcome(
        self, id_: str, declared: Declaration, found: GateResult
    ) -> ResourceResult:
        secrecy = declared.secrecy
        return ResourceResult(
            id=id_,
            state=secrecy.marked(found.outputs),
            failures=self._lines(secrecy.told(found.failures), secrecy),
            warnings=self._lines(secrecy.told(found.warnings), secrecy),
            secret_inputs=secrecy.secret_inputs,
            bulky=self.bulky,
        )

    def _lines(self, lines: Sequence[str], secrecy: Secrecy) -> list[str]:
        return safe_lines(lines, secrecy, self.more)

    def _clear(self, props: Props) -> dict[str, Any]:
        """Return values without marks, which outputs have as a whole only."""
        return {
            name: in_clear(value)
            if name in self.input_names or isinstance(value, Secret)
            else value
            for name, value in props.items()
        }


@contextmanager
def _failing(
    declared: Declared | DeclaredSet, messages: ErrorRenderer, cure: str = ""
) -> Iterator[None]:
    """End the call with one line where its work fails or is interrupted."""
    try:
        yield
    except ProviderError as error:
        line = messages.text(error)
    except asyncio.CancelledError:
        line = f"{declared.name}: interrupted.{cure}"
    else:
        return
    raise CallError(safe_line(line, declared.secrecy))
