"""Jobs and faults from a YAML file, for the emulator as a program.

`FORMAT` shows such a file. `reads: N` or `seconds: S` of a step says when it ends.
Scripts and faults accept the arguments of their functions.
"""

from __future__ import annotations

import inspect
import re
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
  0a1b2c3d4e5f60718293a4b5c6d7e8f9: succeeds-slowly   # a ready-made script
  "1111": {script: succeeds-cleanly, seconds: 20}     # with arguments
  "2222": {answer: stored/answer.json}                # a stored response
  "4444": {expect: expectations.yaml}                 # meets these expectations
  "5555": {expect: {output_count: 2}, script: fails}  # fails in the end
  "6666": {script: fails, region: cn-beijing}         # unknown in other regions
  "3333":                                             # step by step
    steps:
      - {state: Running, percent: 50, seconds: 10}
      - {state: Success, outputs: {audio-m4a: Failed}}
faults:
  - throttle                                          # a fault, once
  - {fault: status, http_code: 503, times: 2, job_id: "1111", skip: 1}
"""
Made = TypeVar("Made")
REGION = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")

FAULTS: Mapping[str, Callable[..., faults.Fault]] = {
    name: made
    for name, made in inspect.getmembers(faults, inspect.isfunction)
    if made.__module__ == faults.__name__ and not name.startswith("_")
}
# Any other text instead of expectations is the name of a file.
AS_REQUESTED = "as-requested"
SELECTORS = ("job_id", "action", "skip")
STEP_FIELDS = ("percent", "code", "message", "outputs", "groups", "fields")


class Served(Protocol):
    """The emulator that gets the jobs and faults."""

    @property
    def faults(self) -> FaultQueue:
        """Faults of future requests."""

    def add_job(
        self,
        job_id: str,
        script: Script,
        *,
        expect: Any = None,  # noqa: ANN401  # any YAML; checked by the emulator
        region: str | None = None,
    ) -> None:
        """Add a job."""


def load_file(path: Path, emulator: Served) -> list[str]:
    """Add the jobs and faults of a file.

    Args:
        path: The file. Names of other files in it are relative to its folder.
        emulator: The emulator that gets them.

    Returns:
        Regions that the file names, in their order in the file.

    Raises:
        ValueError: One line with the problem and its location in the file.
    """
    regions: list[str | None] = []
    try:
        stated = _mapping(YAML(typ="safe", pure=True).load(path.read_text("utf-8")), "")
        _check_keys(stated, ("jobs", "faults"))
        for job_id, job in _mapping(stated.get("jobs") or {}, "jobs").items():
            with _at(f"jobs.{job_id}"):
                regions.append(_add(_id(job_id), job, path.parent, emulator))
        for index, fault in enumerate(stated.get("faults") or []):
            with _at(f"faults[{index}]"):
                _add_fault(fault, emulator.faults)
    except LookupError:
        # The library raises it for a value that does not match its tag.
        raise ValueError(f"{path}: a value does not match its tag") from None
    except RecursionError:
        raise ValueError(f"{path}: nested too deeply") from None
    except (AttributeError, OSError, TypeError, ValueError, YAMLError) as error:
        said = " ".join(str(getattr(error, "strerror", None) or error).split())
        raise ValueError(f"{path}: {said}") from None
    return [*dict.fromkeys(one for one in regions if one is not None)]


@contextmanager
def _at(place: str) -> Iterator[None]:
    """Add the location in the file to errors."""
    try:
        yield
    except (AttributeError, OSError, TypeError, ValueError) as error:
        said = str(getattr(error, "strerror", None) or error)
        raise ValueError(f"{place}: {said}") from None


def _add(job_id: str, stated: object, folder: Path, emulator: Served) -> str | None:
    job = {"script": stated} if isinstance(stated, str) else dict(_mapping(stated, ""))
    region = _region(job.pop("region", None))
    expect = _expected(job.pop("expect", None), folder)
    if expect is not None and not job:
        job = {"script": "succeeds-cleanly"}
    check_fits(job.get("script"), job_id)
    emulator.add_job(job_id, _script(job, folder), expect=expect, region=region)
    return region


def _region(stated: object) -> str | None:
    if stated is None or (isinstance(stated, str) and REGION.fullmatch(stated)):
        return stated
    raise ValueError(f"region: expected one such as cn-beijing, got {stated!r}")


def _expected(stated: object, folder: Path) -> Any:  # noqa: ANN401  # any YAML
    if isinstance(stated, str) and stated != AS_REQUESTED:
        return read_file(folder / stated)
    return stated


def _script(job: dict[str, Any], folder: Path) -> Script:
    ways = [way for way in ("script", "answer", "steps") if way in job]
    if len(ways) != 1:
        raise ValueError("needs one of `script`, `answer`, `steps`, `expect`")
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


def _add_fault(stated: object, queue: FaultQueue) -> None:
    fault = {"fault": stated} if isinstance(stated, str) else dict(_mapping(stated, ""))
    selected: dict[str, Any] = {
        key: fault.pop(key) for key in SELECTORS if key in fault
    }
    if "job_id" in selected:
        _id(selected["job_id"])
    queue.add(_made(FAULTS, fault.pop("fault", None), fault, "fault"), **selected)


def _made(
    known: Mapping[str, Callable[..., Made]],
    name: object,
    arguments: Mapping[str, Any],
    kind: str,
) -> Made:
    """Call the function of a name; refuse arguments that it does not accept."""
    if not isinstance(name, str) or name not in known:
        raise ValueError(f"{kind} {name!r} is not one of {', '.join(sorted(known))}")
    _check_keys(arguments, tuple(inspect.signature(known[name]).parameters))
    return known[name](**arguments)


def _id(value: object) -> str:
    if not isinstance(value, str):
        # A number has already lost its leading zeros.
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
