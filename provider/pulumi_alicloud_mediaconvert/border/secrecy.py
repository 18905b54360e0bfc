"""What a program keeps secret of a job, and what derives from that.

The engine hands every value over in clear, and keeps secret only what has the name of
a secret input. So the resource class says which inputs are secret, in an input that no
user sees, and that is stored beside them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from pulumi_alicloud_mediaconvert.verification.report import Mismatch, Report

# Names of secret inputs. The engine shows no property that begins like this.
SECRETS_KEY = "__secrets"
# Whether the program runs for a preview; never stored.
PREVIEW_KEY = "__preview"
# The inputs from which others derive; all others are secret under their names alone.
TELLING_INPUTS = ("job_id", "expect")
HIDDEN = "[secret]"
# Ends a text that was cut off, as `quoting` does it.
CUT = "…"
# The path of a mismatch that begins with a name.
NAMED = re.compile(r'(?P<list>outputs|output_groups)\["(?P<name>.*?)"\]')
# What says what was expected. The engine itself does not keep `expect` secret where
# nothing but inputs is stored, as of a resource that is only read.
TELLS_EXPECT = frozenset({"expect", "mismatches", "skipped_checks"})
# Outputs whose texts may have been cut off: a search may miss what was in them.
CUT_TEXTS = frozenset({"mismatches", "skipped_checks"})


@dataclass(frozen=True)
class Secrecy:
    """What is secret of one resource.

    Attributes:
        job_id: of the job, if it is secret.
        hides_expect: whether anything within `expect` is secret.
    """

    job_id: str | None = None
    hides_expect: bool = False

    @classmethod
    def of(cls, props: Mapping[str, Any]) -> Secrecy:
        """Read what the resource class said, from inputs or from stored outputs."""
        names = props.get(SECRETS_KEY)
        names = names if isinstance(names, list | tuple) else ()
        job_id = str(props.get("job_id") or "").strip()
        return cls((job_id or None) if "job_id" in names else None, "expect" in names)

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

    def masked_report(self, report: Report) -> Report:
        """Return a report whose lines do not tell what a secret `expect` demands."""
        if not self.hides_expect:
            return report
        known = {part.label for part in report.job.outputs}
        known |= {part.label for part in report.job.output_groups}
        silent = (_silenced(mismatch, known) for mismatch in report.mismatches)
        return replace(report, mismatches=tuple(silent))

    def masked_problem(self, path: str, text: str) -> str:
        """Say that an input is refused; a secret `expect` is not quoted from."""
        if self.hides_expect and path.startswith("expect"):
            text = "is refused; it is secret, so that no more is said here"
        return self.masked(f"{path}: {text}")

    def sealed(
        self, outputs: Mapping[str, Any], seal: Callable[[Any], Any]
    ) -> dict[str, Any]:
        """Seal what derives from a secret: as a whole, so that it stays so.

        The names are stored too: a refresh runs no program that could say them.
        """
        kept = {
            name: seal(value) if self._is_derived(name, value) else value
            for name, value in outputs.items()
            if name != SECRETS_KEY
        }
        return kept | self.mark

    @property
    def mark(self) -> dict[str, list[str]]:
        """What is stored of the secrecy; nothing if there is none."""
        hidden = {"job_id": self.job_id is not None, "expect": self.hides_expect}
        names = [name for name in TELLING_INPUTS if hidden[name]]
        return {SECRETS_KEY: names} if names else {}

    def _is_derived(self, name: str, value: object) -> bool:
        if name.startswith("__"):
            return False
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

# A secret in any of these inputs of a set hides all its outputs that tell of jobs.
TELLING_SET_INPUTS = ("job_ids", "expect", "expect_by_name")
TELLS_OF_JOBS = frozenset({"jobs", "mismatches"})


@dataclass(frozen=True)
class SetSecrecy(Secrecy):
    """What is secret of a set of jobs: with any part of it, all that tells of one job.

    Attributes:
        names: of the secret inputs.
    """

    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, props: Mapping[str, Any]) -> SetSecrecy:
        """Read what the resource class said, from inputs or from stored outputs."""
        said = props.get(SECRETS_KEY)
        said = said if isinstance(said, list | tuple) else ()
        return cls(names=tuple(name for name in TELLING_SET_INPUTS if name in said))

    def told(self, lines: list[str]) -> list[str]:
        """Return lines for people: of a secret set just the sum of it."""
        if not self.names or len(lines) < 2:  # noqa: PLR2004  # the first is the sum
            return lines
        return [lines[0], "Which jobs these are is secret, and stored in `jobs`."]

    def masked_problem(self, path: str, text: str) -> str:
        """Say that an input is refused; a secret one is not quoted from.

        Nor is a part of it named: keys are the user's names, or IDs.
        """
        stated = re.split(r"\W", path, maxsplit=1)[0]
        if stated in self.names:
            path, text = (
                stated,
                "is refused; it is secret, so that no more is said here",
            )
        return f"{path}: {text}"

    @property
    def mark(self) -> dict[str, list[str]]:
        """What is stored of the secrecy; nothing if there is none."""
        return {SECRETS_KEY: list(self.names)} if self.names else {}

    def _is_derived(self, name: str, value: object) -> bool:
        del value
        return name in self.names or (bool(self.names) and name in TELLS_OF_JOBS)


def _silenced(mismatch: Mismatch, known: Container[str]) -> Mismatch:
    """Say where something is wrong, and what was seen, in no words of the user's."""
    path, actual = mismatch.path, mismatch.actual
    named = NAMED.match(path)
    if named and named["name"] not in known:
        path = f'{named["list"]}["{HIDDEN}"]{path[named.end() :]}'
    if path.startswith("rules"):
        # What a query gives may be what it states.
        actual = HIDDEN
    text = f"{path}: expected {HIDDEN}, got {actual}"
    return replace(mismatch, path=path, expected=HIDDEN, actual=actual, text=text)


def _contains(value: object, text: str) -> bool:
    if isinstance(value, Mapping):
        return any(_contains(entry, text) for pair in value.items() for entry in pair)
    if isinstance(value, list | tuple):
        return any(_contains(entry, text) for entry in value)
    return text in str(value)
