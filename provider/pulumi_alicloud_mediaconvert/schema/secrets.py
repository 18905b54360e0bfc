"""Secret inputs of a job or a set, and the outputs and lines that contain them.

A host marks the secret inputs. From these marks follow the secret outputs, and the
redacted lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from pulumi_alicloud_mediaconvert.expect.validation_messages import Problem
from pulumi_alicloud_mediaconvert.input_names import INPUT_NAMES, SET_INPUT_NAMES
from pulumi_alicloud_mediaconvert.schema.values import Secret, in_clear, secret_names
from pulumi_alicloud_mediaconvert.text import HIDDEN

# Outputs may contain these inputs; any other secret input is only in its own output.
TELLING_INPUTS = ("job_id", "expect")
REFUSED = "is refused; the value is secret, so no details are shown"
# Ends a text that was cut off, as `text` does it.
CUT = "…"
# Begins the path of a problem.
SPELLED_INPUT = re.compile(r"\w+", re.ASCII)
# Outputs that contain expectations. The engine does not keep `expect` itself secret if
# it stores only inputs, as for a resource that is only read.
TELLS_EXPECT = frozenset({"expect", "mismatches", "skipped_checks"})
# Outputs with texts that may be cut off, so that a search may miss a secret.
CUT_TEXTS = frozenset({"mismatches", "skipped_checks"})


@dataclass(frozen=True)
class Secrecy:
    """The secrets of one resource.

    Attributes:
        job_id: of the job, if it is secret.
        hides_expect: whether anything within `expect` is secret.
        names: of the other secret inputs.
    """

    job_id: str | None = None
    hides_expect: bool = False
    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, props: Mapping[str, Any]) -> Secrecy:
        """Read the marks of the inputs; stored outputs have all inputs, too."""
        names = secret_names(props, INPUT_NAMES)
        job_id = str(in_clear(props.get("job_id")) or "").strip()
        return cls(
            (job_id or None) if "job_id" in names else None,
            "expect" in names,
            tuple(name for name in names if name not in TELLING_INPUTS),
        )

    def masked(self, text: str) -> str:
        """Return a text for people, without the job ID if it is secret."""
        for spelling in self._spellings():
            text = text.replace(spelling, HIDDEN)
            # Long texts are cut off, which may be in the middle of it.
            for length in range(len(spelling) - 1, 0, -1):
                text = text.replace(f"{spelling[:length]}{CUT}", f"{HIDDEN}{CUT}")
        return text

    def told(self, lines: list[str]) -> list[str]:
        """Return lines for people: all of them, where `masked` hides what is secret."""
        return lines

    def redacted_problem(self, problem: Problem) -> Problem:
        """Return a problem that does not quote from a secret input."""
        name = _input_of(problem)
        if name in self.names or (self.hides_expect and name == "expect"):
            problem = problem._replace(text=REFUSED)
        path, text = self.masked(problem.path), self.masked(problem.text)
        return problem._replace(path=path, text=text)

    def marked(self, outputs: Mapping[str, Any]) -> dict[str, Any]:
        """Mark what derives from a secret: as a whole, so that it stays one."""
        return {
            name: Secret(value) if self._is_derived(name, value) else value
            for name, value in outputs.items()
        }

    @property
    def secret_inputs(self) -> tuple[str, ...]:
        """Names of the secret inputs."""
        telling = {"job_id": self.job_id is not None, "expect": self.hides_expect}
        return tuple(
            name
            for name in INPUT_NAMES
            if name in self.names or telling.get(name, False)
        )

    def _is_derived(self, name: str, value: object) -> bool:
        if name.startswith("__"):
            return False
        if name in self.names:
            return True
        if self.hides_expect and name in TELLS_EXPECT:
            return True
        if self.job_id is not None and name in CUT_TEXTS:
            return True
        return any(_contains(value, spelling) for spelling in self._spellings())

    def _spellings(self) -> tuple[str, ...]:
        if self.job_id is None:
            return ()
        # The longer one first: the plain ID may be a part of it.
        spellings = {self.job_id, quote(self.job_id, safe="")}
        return tuple(sorted(spellings, key=len, reverse=True))


OPEN = Secrecy()

# A secret in any of these inputs of a set hides all outputs about jobs.
TELLING_SET_INPUTS = ("job_ids", "expect", "expect_by_name")
# The stored facts of the jobs of a set.
FACTS_KEY = "__facts"
TELLS_OF_JOBS = frozenset({"jobs", "mismatches", FACTS_KEY})


@dataclass(frozen=True)
class SetSecrecy(Secrecy):
    """The secrets of a set: if one job is secret, all outputs about jobs are."""

    @classmethod
    def of(cls, props: Mapping[str, Any]) -> SetSecrecy:
        """Read the marks of the inputs; stored outputs have all inputs, too."""
        return cls(names=secret_names(props, SET_INPUT_NAMES))

    @property
    def hides_jobs(self) -> bool:
        """Whether nothing may be said of a single job."""
        return any(name in self.names for name in TELLING_SET_INPUTS)

    def told(self, lines: list[str]) -> list[str]:
        """Return lines for people: of a secret set just the sum of it."""
        if not self.hides_jobs or len(lines) < 2:  # noqa: PLR2004  # the first is the sum
            return lines
        return [lines[0], "Which jobs are affected is secret; see the output `jobs`."]

    def redacted_problem(self, problem: Problem) -> Problem:
        """Return a problem that does not quote from a secret input.

        Nor does it name a part of it: keys are the user's names, or IDs.
        """
        name = _input_of(problem)
        if name not in self.names:
            return problem
        # As the audience of the problem spells it.
        spelled = SPELLED_INPUT.match(problem.path)
        return Problem(spelled[0] if spelled else name, REFUSED, (name,))

    @property
    def secret_inputs(self) -> tuple[str, ...]:
        """Names of the secret inputs."""
        return self.names

    def _is_derived(self, name: str, value: object) -> bool:
        del value
        return name in self.names or (self.hides_jobs and name in TELLS_OF_JOBS)


def _input_of(problem: Problem) -> str:
    """Return the input that a problem is about, if it is about one."""
    return str(problem.location[0]) if problem.location else ""


def _contains(value: object, text: str) -> bool:
    if isinstance(value, Mapping):
        return any(_contains(entry, text) for pair in value.items() for entry in pair)
    if isinstance(value, list | tuple):
        return any(_contains(entry, text) for entry in value)
    return text in str(value)
