"""Exit codes of the command line: one number for all jobs together. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from pulumi_alicloud_mediaconvert.input_names import Verdict

PASSED = 0
FAILED = 1
WRONG_USAGE = 2
UNDECIDED = 3
UNREAD = 4
# As sysexits.h has it.
BUG = 70
# As shells have it: 128 and the number of SIGINT.
INTERRUPTED = 130

EXPLAINED = {
    PASSED: "all jobs passed",
    FAILED: "a job failed, or is not as expected",
    WRONG_USAGE: "wrong usage, or a file or stream that cannot be read or written",
    UNDECIDED: "a job is inconclusive, or has not ended yet",
    UNREAD: "a job could not be read: the network, the API or the credentials",
    BUG: "a bug of this program; no verdict",
    INTERRUPTED: "interrupted by Ctrl-C",
}
OF_VERDICT: dict[Verdict, int] = {
    "passed": PASSED,
    "failed": FAILED,
    "inconclusive": UNDECIDED,
    "pending": UNDECIDED,
    "unverified": PASSED,
}
# Several jobs have one exit code: what is certainly bad goes before what is unknown.
WORST_FIRST = (FAILED, UNREAD, UNDECIDED, PASSED)


def exit_code(verdicts: Iterable[Verdict], *, is_all_read: bool = True) -> int:
    """Join the verdicts of all jobs to one exit code; the worst one counts.

    Args:
        verdicts: of the jobs that could be read.
        is_all_read: whether these are all that were asked for.
    """
    codes = {OF_VERDICT[verdict] for verdict in verdicts}
    if not is_all_read:
        codes.add(UNREAD)
    return next((code for code in WORST_FIRST if code in codes), PASSED)
