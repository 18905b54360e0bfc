"""Ready-made scripts: what happens to a job.

`reads` or `seconds` says how long the job runs: for this number of reads, or for this
time after the first read.
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

# Steps of a script with seconds. They are equal, so that demonstrations show progress.
SLICES = 10


@dataclass(frozen=True)
class Vocabulary:
    """Names of the two end states: documents of the API differ in them."""

    success: str
    """State of a job that succeeded."""
    failure: str
    """State of a job that failed."""


# Source: the vendor's page of GetMediaConvertJob.
SUCCESS_FAILED = Vocabulary("Success", "Failed")
# Source: the vendor's newer SDK, and its page of ListMediaConvertJobs.
COMPLETE_ERROR = Vocabulary("Complete", "Error")


def succeeds(*, reads: int = 0, seconds: float = 0) -> Script:
    """Succeed with the vendor's sample response, unchanged.

    Args:
        reads: Number of reads before the end.
        seconds: Seconds from the first read to the end.

    Raises:
        ValueError: Both `reads` and `seconds` are given.
    """
    return Script([*_run(reads, seconds), Step(verbatim=sample_answer())])


def succeeds_cleanly(
    *, reads: int = 0, seconds: float = 0, vocabulary: Vocabulary = SUCCESS_FAILED
) -> Script:
    """Succeed, with two single outputs and an HLS group, and with complete metadata.

    Args:
        reads: Number of reads before the end.
        seconds: Seconds from the first read to the end.
        vocabulary: Names of the end states.

    Raises:
        ValueError: Both `reads` and `seconds` are given.
    """
    return Script([*_run(reads, seconds), Step(vocabulary.success)])


def succeeds_slowly(
    *, reads: int = 3, seconds: float = 0, vocabulary: Vocabulary = SUCCESS_FAILED
) -> Script:
    """Wait in the queue, run with growing progress, then succeed.

    Args:
        reads: Number of reads before the end.
        seconds: Seconds from the first read to the end, instead of `reads`.
        vocabulary: Names of the end states.
    """
    return succeeds_cleanly(
        reads=0 if seconds else reads, seconds=seconds, vocabulary=vocabulary
    )


def fails(
    *, reads: int = 0, seconds: float = 0, vocabulary: Vocabulary = SUCCESS_FAILED
) -> Script:
    """Fail: the input cannot be decoded.

    Args:
        reads: Number of reads before the end.
        seconds: Seconds from the first read to the end.
        vocabulary: Names of the end states.

    Raises:
        ValueError: Both `reads` and `seconds` are given.
    """
    end = Step(vocabulary.failure, code=BAD_CONTENT, message=BAD_CONTENT_MESSAGE)
    return Script([*_run(reads, seconds), end])


def one_output_fails(
    *, reads: int = 0, seconds: float = 0, vocabulary: Vocabulary = SUCCESS_FAILED
) -> Script:
    """Succeed, although the output `audio-m4a` fails.

    Args:
        reads: Number of reads before the end.
        seconds: Seconds from the first read to the end.
        vocabulary: Names of the end states.

    Raises:
        ValueError: Both `reads` and `seconds` are given.
    """
    end = Step(vocabulary.success, outputs={"audio-m4a": "Failed"})
    return Script([*_run(reads, seconds), end])


def skips_output(
    *, reads: int = 0, seconds: float = 0, vocabulary: Vocabulary = SUCCESS_FAILED
) -> Script:
    """Succeed, although the output `audio-m4a` is skipped.

    Args:
        reads: Number of reads before the end.
        seconds: Seconds from the first read to the end.
        vocabulary: Names of the end states.

    Raises:
        ValueError: Both `reads` and `seconds` are given.
    """
    end = Step(vocabulary.success, outputs={"audio-m4a": "Skipped"})
    return Script([*_run(reads, seconds), end])


def cancelled(*, reads: int = 0, seconds: float = 0) -> Script:
    """End as cancelled.

    Args:
        reads: Number of reads before the end.
        seconds: Seconds from the first read to the end.

    Raises:
        ValueError: Both `reads` and `seconds` are given.
    """
    return Script([*_run(reads, seconds), Step("Cancelled")])


def hangs_queued() -> Script:
    """Stay `Inited` forever."""
    return Script([Step("Inited", percent=0)])


def stalls(*, percent: int = 40, reads: int = 0, seconds: float = 0) -> Script:
    """Run up to a percentage, then stay `Running` without progress.

    Args:
        percent: The percentage at which the job stalls.
        reads: Number of reads before it stalls.
        seconds: Seconds from the first read until it stalls.

    Raises:
        ValueError: Both `reads` and `seconds` are given.
    """
    return Script([*_run(reads, seconds, percent), Step("Running", percent=percent)])


def appears_late(
    *, reads: int = 2, seconds: float = 0, vocabulary: Vocabulary = SUCCESS_FAILED
) -> Script:
    """Be unknown at first, then succeed.

    Args:
        reads: Number of reads that do not find the job.
        seconds: Seconds from the first read until the job exists, instead of `reads`.
        vocabulary: Names of the end states.
    """
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
        raise ValueError("hangs-queued never ends: remove the seconds")
    return hangs_queued()


# By their names on the command line.
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
