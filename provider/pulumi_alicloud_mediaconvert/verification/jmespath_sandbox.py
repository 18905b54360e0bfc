"""Run JMESPath queries within bounds of time and memory, whatever they are.

A query can double its own result at every step, and name one value many times over:
some hundred characters would run for ever. So its steps are counted, and the sizes of
what it makes.

Source: https://jmespath.org/specification.html.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

import jmespath
from jmespath.functions import Functions
from jmespath.visitor import Options, TreeInterpreter

from pulumi_alicloud_mediaconvert.verification.work_budget import WorkBudget

# The largest result, in values and characters: several answers of 8 MiB.
LARGEST = 64 * 2**20
# What a character may become in JSON: `\u0000`.
MAX_PER_CHARACTER = 6
# So much the interpreter of Python compares or writes in the time of one step.
SIZE_PER_STEP = 16
READING_ALL = frozenset({"contains", "join", "reverse", "sort", "to_string"})


class QueryCostError(Exception):
    """A query takes too long, or makes too much."""

    def __init__(self) -> None:
        super().__init__("it takes more work than a query over a job may take")


class Queries:
    """Runs queries over one value; a step of them is a unit of work.

    A query over a hundred outputs takes thousands of steps. Each may take half of what
    is left, so that one that takes too much leaves some for what comes after it.

    Args:
        data: any JSON; must not change.
        work: of the verification.
    """

    def __init__(self, data: Any, work: WorkBudget | None = None) -> None:  # noqa: ANN401  # any JSON
        self._data = data
        self._sizes = _Sizes()
        self._sizes.of(data)
        self._work = work or WorkBudget()

    def run(self, query: str) -> Any:  # noqa: ANN401  # any JSON
        """Return what a query gives.

        Raises:
            QueryCostError: it is too much work.
            Exception: whatever the library makes of a value that it did not evaluate.
        """
        most = self._work.left // 2
        bounds = _Bounds(self._sizes, most)
        parsed = jmespath.compile(query).parsed
        try:
            return _Interpreter(bounds).visit(parsed, self._data)
        finally:
            self._work.spend(most - max(0, bounds.steps))


class _Sizes:
    """Sizes of values as trees, in values and characters; each list is counted once.

    Args:
        known: of what is there already.
    """

    def __init__(self, known: _Sizes | None = None) -> None:
        self._known: Mapping[int, int] = known.counted if known else {}
        self.counted: dict[int, int] = {}
        # An `id` is one as long as its value is there.
        self._kept: list[object] = []

    def __contains__(self, value: object) -> bool:
        return id(value) in self._known or id(value) in self.counted

    def of(self, value: object) -> int:
        if isinstance(value, str):
            return 1 + len(value)
        if not isinstance(value, list | dict):
            return 1
        size = self._known.get(id(value)) or self.counted.get(id(value))
        if size is None:
            size = 1 + sum(map(self.of, value))
            if isinstance(value, dict):
                size += sum(map(self.of, value.values()))
            self.counted[id(value)] = size
            self._kept.append(value)
        return size


class _Bounds:
    """What one query has left."""

    def __init__(self, sizes: _Sizes, steps: int) -> None:
        self.sizes = _Sizes(sizes)
        self.steps = steps

    def spend(self, steps: int) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise QueryCostError

    def acquire(self, size: int) -> None:
        if size > LARGEST:
            raise QueryCostError

    def take(self, made: object) -> None:
        if isinstance(made, list | dict) and made not in self.sizes:
            self.spend(len(made))
            self.acquire(self.sizes.of(made))


class _Interpreter(TreeInterpreter):
    def __init__(self, bounds: _Bounds) -> None:
        super().__init__(Options(custom_functions=_Functions(bounds)))
        self._bounds = bounds

    def visit(self, node: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # as the library's
        self._bounds.spend(1)
        made = super().visit(node, *args, **kwargs)
        self._bounds.take(made)
        return made

    def visit_comparator(self, node: Any, value: Any) -> Any:  # noqa: ANN401  # ditto
        sides = [self.visit(child, value) for child in node["children"]]
        self._bounds.spend(min(map(self._bounds.sizes.of, sides)) // SIZE_PER_STEP)
        compared = dict(node)
        compared["children"] = [{"type": "literal", "value": side} for side in sides]
        return super().visit_comparator(cast(Any, compared), value)


class _Functions(Functions):
    def __init__(self, bounds: _Bounds) -> None:
        super().__init__()
        self._bounds = bounds

    def call_function(self, function_name: str, resolved_args: Iterable[Any]) -> Any:  # noqa: ANN401  # as the library's
        args = list(resolved_args)
        size = sum(map(self._bounds.sizes.of, args))
        if function_name == "join":
            glue, texts = (*args, None, None)[:2]
            if isinstance(glue, str) and isinstance(texts, list):
                self._bounds.acquire(len(glue) * len(texts) + size)
        elif function_name == "to_string":
            self._bounds.acquire(MAX_PER_CHARACTER * size)
        if function_name in READING_ALL:
            self._bounds.spend(size // SIZE_PER_STEP)
        return super().call_function(function_name, args)
