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
# As shells report signals: 128 and the number of the signal.
HANGUP, INTERRUPTED, TERMINATED = 129, 130, 143

EXPLAINED = {
    PASSED: "all jobs passed",
    FAILED: "a job failed, or is not as expected",
    WRONG_USAGE: "wrong usage, or a file or stream that cannot be read or written",
    UNDECIDED: "a job is inconclusive, or has not ended yet",
    UNREAD: "a job could not be read: the network, the API or the credentials",
    BUG: "a bug in this program; no verdict",
    HANGUP: "interrupted: the terminal was closed (SIGHUP)",
    INTERRUPTED: "interrupted by Ctrl-C (SIGINT)",
    TERMINATED: "interrupted by SIGTERM, as when a CI job is cancelled",
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
