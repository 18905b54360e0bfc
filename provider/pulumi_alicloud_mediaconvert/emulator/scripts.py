"""Ready-made scripts: one for each way that a job can go.

`reads` or `seconds` say how long a job runs before the end that its name tells:
so many reads are answered as not ended yet, or that time passes after the first look.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pulumi_alicloud_mediaconvert.emulator.jobs import (
    BAD_CONTENT,
    BAD_CONTENT_MESSAGE,
    sample_answer,
)
from pulumi_alicloud_mediaconvert.emulator.steps import (
    Script,
    Step,
    after_reads,
    after_seconds,
    not_found,
)

# Steps of equal length while seconds pass: every row of a demonstration moves.
SLICES = 10


@dataclass(frozen=True)
class Vocabulary:
    """How the API spells the two end states that its documents spell differently."""

    success: str
    failure: str


# The page of GetMediaConvertJob, and the newer SDK together with the List API.
SUCCESS_FAILED = Vocabulary("Success", "Failed")
COMPLETE_ERROR = Vocabulary("Complete", "Error")


def succeeds(*, reads: int = 0, seconds: float = 0) -> Script:
    """End with the vendor's own sample answer, every oddity kept."""
    return Script([*_run(reads, seconds), Step(verbatim=sample_answer())])


def succeeds_cleanly(
    *, reads: int = 0, seconds: float = 0, vocabulary: Vocabulary = SUCCESS_FAILED
) -> Script:
    """End well, with the asked job ID, three kinds of output and full metadata."""
    return Script([*_run(reads, seconds), Step(vocabulary.success)])


def succeeds_slowly(
    *, reads: int = 3, seconds: float = 0, vocabulary: Vocabulary = SUCCESS_FAILED
) -> Script:
    """Queue, run with a growing percentage, end well; `seconds` replaces `reads`."""
    return succeeds_cleanly(
        reads=0 if seconds else reads, seconds=seconds, vocabulary=vocabulary
    )


def fails(
    *, reads: int = 0, seconds: float = 0, vocabulary: Vocabulary = SUCCESS_FAILED
) -> Script:
    """End badly, because the input file cannot be decoded."""
    end = Step(vocabulary.failure, code=BAD_CONTENT, message=BAD_CONTENT_MESSAGE)
    return Script([*_run(reads, seconds), end])


def one_output_fails(
    *, reads: int = 0, seconds: float = 0, vocabulary: Vocabulary = SUCCESS_FAILED
) -> Script:
    """End well as a job, although the output `audio-m4a` failed."""
    end = Step(vocabulary.success, outputs={"audio-m4a": "Failed"})
    return Script([*_run(reads, seconds), end])


def skips_output(
    *, reads: int = 0, seconds: float = 0, vocabulary: Vocabulary = SUCCESS_FAILED
) -> Script:
    """End well as a job, although the output `audio-m4a` was skipped."""
    end = Step(vocabulary.success, outputs={"audio-m4a": "Skipped"})
    return Script([*_run(reads, seconds), end])


def cancelled(*, reads: int = 0, seconds: float = 0) -> Script:
    """End cancelled."""
    return Script([*_run(reads, seconds), Step("Cancelled")])


def hangs_queued() -> Script:
    """Stay `Inited` for ever."""
    return Script([Step("Inited", percent=0)])


def stalls(*, percent: int = 40, reads: int = 0, seconds: float = 0) -> Script:
    """Run up to a percentage, then stay `Running` without any progress."""
    return Script([*_run(reads, seconds, percent), Step("Running", percent=percent)])


def appears_late(
    *, reads: int = 2, seconds: float = 0, vocabulary: Vocabulary = SUCCESS_FAILED
) -> Script:
    """Be unknown at first, then end well; `seconds` replaces `reads`."""
    leave = after_seconds(seconds) if seconds else after_reads(reads)
    return Script([not_found(leave), Step(vocabulary.success)])


def _run(reads: int, seconds: float, top: int = 100) -> list[Step]:
    if reads and seconds:
        raise ValueError("give reads or seconds, not both")
    count = SLICES if seconds else reads
    leave = after_seconds(seconds / SLICES) if seconds else after_reads(1)
    return [
        Step(
            "Running" if number else "Inited",
            percent=top * number // count,
            leave=leave,
        )
        for number in range(count)
    ]


def _stays_queued(*, seconds: float = 0) -> Script:
    if seconds:
        raise ValueError("hangs-queued never ends: it takes no seconds")
    return hangs_queued()


# By the name that the command line knows them by.
BY_NAME: dict[str, Callable[..., Script]] = {
    "succeeds": succeeds,
    "succeeds-cleanly": succeeds_cleanly,
    "succeeds-slowly": succeeds_slowly,
    "fails": fails,
    "one-output-fails": one_output_fails,
    "skips-output": skips_output,
    "cancelled": cancelled,
    "hangs-queued": _stays_queued,
    "stalls": stalls,
    "appears-late": appears_late,
}
