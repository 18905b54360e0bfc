"""The corpus of `tests/conformance`: answers, what is expected, and the right verdict.

A row has `name`, `job` (the value of `Job`), `expect` as a user states it, and
`verdict`: one of the package's, or `refused` where `expect` cannot be demanded.
`findings` lists `[path, outcome]` of every mismatch, where these matter.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

FOLDER = Path(__file__).parents[1] / "conformance"
REFUSED = "refused"


class Row(NamedTuple):
    """One answer and its verdict."""

    name: str
    job: dict[str, Any]
    expect: Any
    verdict: str
    findings: list[list[str]] | None = None

    @property
    def is_refused(self) -> bool:
        """Whether `expect` cannot be demanded."""
        return self.verdict == REFUSED

    def answer(self, job_id: str) -> dict[str, Any]:
        """Return the body of the API about a job of that ID."""
        return {"RequestId": "5F2C", "Job": {"JobId": job_id, **self.job}}


def rows() -> dict[str, Row]:
    """Read all rows, by the name of the file and their own."""
    read = YAML(typ="safe", pure=True).load
    return {
        f"{file.stem}: {entry['name']}": Row(**entry)
        for file in sorted(FOLDER.glob("*.yaml"))
        for entry in read(file.read_text("utf-8"))
    }
