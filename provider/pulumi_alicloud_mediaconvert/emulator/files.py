"""Jobs and faults from a YAML file, for the emulator as a program.

`FORMAT` shows one. `reads: N` or `seconds: S` of a step say when it is left. Scripts
and faults take what their functions take.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from pulumi_alicloud_mediaconvert.emulator import faults, scripts
from pulumi_alicloud_mediaconvert.emulator.expected import read_file
from pulumi_alicloud_mediaconvert.emulator.fault_queue import FaultQueue
from pulumi_alicloud_mediaconvert.emulator.jobs import check_fits
from pulumi_alicloud_mediaconvert.emulator.steps import (
    AfterReads,
    AfterSeconds,
    Script,
    Step,
    after_reads,
    after_seconds,
    not_found,
    raw_answer,
)

FORMAT = """\
jobs:
  0a1b2c3d4e5f60718293a4b5c6d7e8f9: succeeds-slowly     # a ready-made script
  "1111": {script: succeeds-cleanly, seconds: 20}       # with its arguments
  "2222": {answer: stored/answer.json}                  # an answer, as it is
  "4444": {expect: expectations.yaml}                   # one that would pass
  "5555": {expect: {output_count: 2}, script: fails}    # or not, in the end
  "3333":                                               # step by step
    steps:
      - {state: Running, percent: 50, seconds: 10}
      - {state: Success, outputs: {audio-m4a: Failed}}
faults:
  - throttle                                            # a fault, once
  - {fault: status, http_code: 503, times: 2, job_id: "1111", skip: 1}
"""
Made = TypeVar("Made")

FAULTS: Mapping[str, Callable[..., faults.Fault]] = {
    name: made
    for name, made in inspect.getmembers(faults, inspect.isfunction)
    if made.__module__ == faults.__name__ and not name.startswith("_")
}
# What else may stand for expectations is the name of a file.
AS_REQUESTED = "as-requested"
LAID_BY = ("job_id", "action", "skip")
STEP_FIELDS = ("percent", "code", "message", "outputs", "groups", "fields")


class Served(Protocol):
    """What jobs and faults are added to."""

    @property
    def faults(self) -> FaultQueue:
        """The faults laid over requests to come."""

    def add_job(self, job_id: str, script: Script, *, expect: object = None) -> None:
        """Make a job known."""


def load_file(path: Path, emulator: Served) -> None:
    """Add the jobs and faults of a file.

    Args:
        path: of the file; names of answers in it are relative to its folder.
        emulator: that serves them.

    Raises:
        ValueError: one line that says what is wrong with the file, and where.
    """
    try:
        stated = _mapping(YAML(typ="safe", pure=True).load(path.read_text("utf-8")), "")
        _check_keys(stated, ("jobs", "faults"))
        for job_id, job in _mapping(stated.get("jobs") or {}, "jobs").items():
            with _at(f"jobs.{job_id}"):
                _add(_id(job_id), job, path.parent, emulator)
        for index, fault in enumerate(stated.get("faults") or []):
            with _at(f"faults[{index}]"):
                _lay(fault, emulator.faults)
    except LookupError:
        # Of the library, about a value that is not what its tag says.
        raise ValueError(f"{path}: a value does not fit its tag") from None
    except RecursionError:
        raise ValueError(f"{path}: is nested too deeply") from None
    except (AttributeError, OSError, TypeError, ValueError, YAMLError) as error:
        said = " ".join(str(getattr(error, "strerror", None) or error).split())
        raise ValueError(f"{path}: {said}") from None


@contextmanager
def _at(place: str) -> Iterator[None]:
    """Say of an error where in the file it is."""
    try:
        yield
    except (AttributeError, OSError, TypeError, ValueError) as error:
        said = str(getattr(error, "strerror", None) or error)
        raise ValueError(f"{place}: {said}") from None


def _add(job_id: str, stated: object, folder: Path, emulator: Served) -> None:
    job = {"script": stated} if isinstance(stated, str) else dict(_mapping(stated, ""))
    expect = _expected(job.pop("expect", None), folder)
    if expect is not None and not job:
        job = {"script": "succeeds-cleanly"}
    check_fits(job.get("script"), job_id)
    emulator.add_job(job_id, _script(job, folder), expect=expect)


def _expected(stated: object, folder: Path) -> object:
    if isinstance(stated, str) and stated != AS_REQUESTED:
        return read_file(folder / stated)
    return stated


def _script(job: dict[str, Any], folder: Path) -> Script:
    ways = [way for way in ("script", "answer", "steps") if way in job]
    if len(ways) != 1:
        raise ValueError("needs either script, answer or steps, or expect")
    value = job.pop(ways[0])
    if ways[0] == "script":
        return _made(scripts.BY_NAME, value, job, "script")
    _check_keys(job, ())
    if ways[0] == "answer":
        return raw_answer((folder / value).read_bytes())
    return Script([_step(_mapping(step, "steps")) for step in value])


def _step(stated: Mapping[str, Any]) -> Step:
    _check_keys(stated, ("state", "known", "reads", "seconds", *STEP_FIELDS))
    if "reads" in stated and "seconds" in stated:
        raise ValueError("give reads or seconds, not both")
    leave: AfterReads | AfterSeconds | None = None
    if "reads" in stated:
        leave = after_reads(stated["reads"])
    elif "seconds" in stated:
        leave = after_seconds(stated["seconds"])
    if stated.get("known") is False:
        return not_found(leave)
    fields = {name: stated[name] for name in STEP_FIELDS if name in stated}
    return Step(stated.get("state"), leave=leave, **fields)


def _lay(stated: object, queue: FaultQueue) -> None:
    fault = {"fault": stated} if isinstance(stated, str) else dict(_mapping(stated, ""))
    laid: dict[str, Any] = {key: fault.pop(key) for key in LAID_BY if key in fault}
    if "job_id" in laid:
        _id(laid["job_id"])
    queue.add(_made(FAULTS, fault.pop("fault", None), fault, "fault"), **laid)


def _made(
    known: Mapping[str, Callable[..., Made]],
    name: object,
    arguments: Mapping[str, Any],
    kind: str,
) -> Made:
    """Call what a name stands for; an argument that it does not take is told."""
    if not isinstance(name, str) or name not in known:
        raise ValueError(f"{kind} {name!r} is not one of {', '.join(sorted(known))}")
    _check_keys(arguments, tuple(inspect.signature(known[name]).parameters))
    return known[name](**arguments)


def _id(value: object) -> str:
    if not isinstance(value, str):
        # Zeros that it begins with are lost already.
        raise TypeError("write the ID in quotes")
    return value


def _mapping(value: object, place: str) -> Mapping[Any, Any]:
    if not isinstance(value, Mapping):
        raise TypeError(f"{place}: must be a mapping".removeprefix(": "))
    return value


def _check_keys(stated: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for key in stated:
        if key not in known:
            raise ValueError(
                f"unknown key {key!r}; known: {', '.join(known) or 'none'}"
            )
