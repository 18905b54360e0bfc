"""Inputs and states of a resource, as far as they need no request.

Whoever serves a resource parses its inputs here, compares them with what is stored,
and takes what is secret out of all lines.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Generic, TypeVar

from pulumi_alicloud_mediaconvert.expect.validation_messages import Problem
from pulumi_alicloud_mediaconvert.hosts.call_results import (
    CallError,
    CheckResult,
    DiffResult,
    ResourceResult,
)
from pulumi_alicloud_mediaconvert.hosts.changes import differences
from pulumi_alicloud_mediaconvert.hosts.engine_messages import UP
from pulumi_alicloud_mediaconvert.hosts.lines import safe_line, safe_lines, safe_problem
from pulumi_alicloud_mediaconvert.hosts.runtime import Runtime
from pulumi_alicloud_mediaconvert.lifecycle.declared import Declared, DeclaredSet
from pulumi_alicloud_mediaconvert.lifecycle.results import GateResult
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
from pulumi_alicloud_mediaconvert.spelling import Spelling

# Inputs that no verdict depends on.
NOT_JUDGED = frozenset({"wait", "triggers"})
# Inputs with keys that users choose, such as IDs: a path would tell them.
WITH_CHOSEN_KEYS = frozenset({"job_ids", "expect_by_name", "triggers"})

Declaration = TypeVar("Declaration", Declared, DeclaredSet)
Props = Mapping[str, Any]


class ResourceRecords(ABC, Generic[Declaration]):
    """Checks and compares the inputs of one type of resource.

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
    """

    model: ClassVar[type[GateInputs]]
    input_names: ClassVar[Sequence[str]]
    subject: ClassVar[str]
    secrecy: ClassVar[type[Secrecy]]
    declaration: ClassVar[Callable[..., Any]]
    replacing: ClassVar[Sequence[str]]
    previews_by_state: ClassVar[bool]
    bulky: ClassVar[Sequence[Sequence[str]]]

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
            declared=self.declaration(checked.inputs, values, secrecy, self._spelling)
            if is_judged
            else None,
            secret_inputs=names,
        )

    def diff(self, state: Props, props: Props) -> DiffResult:
        """Compare checked inputs with what is stored."""
        secrets = [secret_names(one, self.input_names) for one in (state, props)]
        olds, news = map(self._clear, (state, props), secrets)
        changed = self._changed(olds, news)
        # Only an update writes a value as ciphertext that is a secret now.
        is_change = bool(changed) or secrets[0] != secrets[1]
        hidden = WITH_CHOSEN_KEYS.intersection(secrets[0] + secrets[1])
        return DiffResult(
            needs_update=is_change or not self._stands(olds, news),
            changes=differences(olds, news, changed, hidden),
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
        declared, stored = self._declared(props, is_checked=True), self._clear(state)
        if not self._holds(stored, declared.stated):
            return None
        kept = GateResult(
            outputs={**stored, **declared.stated},
            warnings=self._stored_lines(stored, declared.secrecy),
        )
        return self._outcome(id_, declared, kept)

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

    def _checked(self, props: Props, stored_region: object = None) -> Checked[Any]:
        """Parse what a program gives, with the defaults of the stack."""
        context = self.runtime.check_context(stored_region)
        checked: Checked[Any] = check_inputs(in_clear(props), self.model, context)
        if checked.problems:
            return checked
        problems = self.runtime.configuration_problems(checked.values)
        return replace(checked, inputs=None, problems=problems) if problems else checked

    def _declared(self, props: Props, *, is_checked: bool) -> Declaration:
        """Parse inputs.

        Args:
            props: with the inputs.
            is_checked: whether this version or another one has checked them; no host
                checks a resource that is only read.

        Raises:
            CallError: they are refused.
        """
        secrecy = self.secrecy.of(props)
        if is_checked:
            known = {name: props[name] for name in self.input_names if name in props}
            context = CheckContext(spelling=self._spelling)
            checked: Checked[Any] = check_inputs(in_clear(known), self.model, context)
            whose, trouble = "stored inputs", "are not valid in this version"
            cure = f" Run {UP} without a refresh."
        else:
            checked = self._checked(props)
            whose, trouble, cure = "inputs", "are refused", ""
        if checked.inputs is None:
            found = "; ".join(
                safe_problem(one, secrecy).line for one in checked.problems
            )
            line = f"{self._whose(whose, props)} {trouble} ({found}).{cure}"
            raise CallError(safe_line(line, secrecy))
        declared: Declaration
        declared = self.declaration(
            checked.inputs, checked.values, secrecy, self._spelling
        )
        return declared

    @property
    def _spelling(self) -> Spelling:
        return self.runtime.messages.spelling

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
        return safe_lines(lines, secrecy)

    def _clear(
        self, props: Props, secrets: Sequence[str] | None = None
    ) -> dict[str, Any]:
        """Return values without marks, which outputs have as a whole only.

        Args:
            props: with marks.
            secrets: the inputs that hold one, where they are known already.
        """
        if secrets is None:
            secrets = secret_names(props, self.input_names)
        return {
            name: in_clear(value)
            if name in secrets or isinstance(value, Secret)
            else value
            for name, value in props.items()
        }
