"""Become a command that holds a lock file: macOS has no flock(1).

The kernel frees the lock when the command and its children have ended, however they
end, so that nothing has to be cleaned up after a kill.
"""

import fcntl
import os
import signal
import sys


def main() -> None:
    """Wait for the lock file `argv[1]`, then become the command `argv[2:]`."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    lock = os.open(sys.argv[1], os.O_CREAT | os.O_RDWR, 0o644)
    os.set_inheritable(lock, True)  # noqa: FBT003  # it takes no keywords
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.stderr.write("bootstrap: waiting for another one that is at work\n")
        fcntl.flock(lock, fcntl.LOCK_EX)
    # The process keeps its ID, by which the command knows that the lock is its own.
    os.environ["PULUMI_MEDIACONVERT_LOCK_HELD"] = str(os.getpid())
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606  # no shell is wanted


main()
