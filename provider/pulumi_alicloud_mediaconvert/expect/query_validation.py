"""Refuse JMESPath queries that cannot return a result for any job.

Source: https://jmespath.org/specification.html.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

import jmespath
from jmespath.functions import Functions

from pulumi_alicloud_mediaconvert.text import counted, plain

# Beginnings of the errors of the library, which our message replaces.
PREFIXES = ("Invalid jmespath expression: ", "Bad jmespath expression: ")
MAX_FUNCTION = 40


def check_query(query: str) -> None:
    """Check a query without a job.

    Raises:
        ValueError: it is not a query, or calls a function that does not exist, or with
            the wrong number of arguments.
    """
    try:
        wrong = next(_wrong_calls(jmespath.compile(query).parsed), None)
    except (jmespath.exceptions.JMESPathError, RecursionError) as error:
        wrong, *_ = str(error).partition("\n")
        for prefix in PREFIXES:
            wrong = wrong.removeprefix(prefix)
    if wrong is not None:
        raise ValueError(f"is not a JMESPath query: {plain(wrong).rstrip(':')}")


def _wrong_calls(node: Mapping[str, Any]) -> Iterator[str]:
    # Those of a slice are numbers.
    children = [child for child in node["children"] if isinstance(child, dict)]
    if node["type"] == "function_expression":
        yield from _wrong_call(node["value"], len(children))
    for child in children:
        yield from _wrong_calls(child)


def _wrong_call(name: str, given: int) -> Iterator[str]:
    known = Functions.FUNCTION_TABLE
    if name not in known:
        close = difflib.get_close_matches(name, known, n=1)
        hint = f" (did you mean `{close[0]}`?)" if close else ""
        yield f"there is no function `{plain(name, longest=MAX_FUNCTION)}`{hint}"
        return
    signature = known[name]["signature"]
    is_open = bool(signature) and bool(signature[-1].get("variadic"))
    if given < len(signature) or (given > len(signature) and not is_open):
        least = "at least " if is_open else ""
        wanted = counted(len(signature), "argument")
        yield f"`{name}` takes {least}{wanted}, got {given}"
