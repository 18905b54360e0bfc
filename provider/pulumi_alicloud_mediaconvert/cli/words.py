"""What the provider says, in the words of the command line. Pure.

Causes are the same in both places, but what to do next is another command, and a
setting has another name.
"""

from __future__ import annotations

from pulumi_alicloud_mediaconvert.error_codes import ROTATED
from pulumi_alicloud_mediaconvert.expect.validation_messages import Problem

# The command line has no stack, and so none of its places of credentials.
NO_CONFIGURATION = (
    "configuration (mediaconvert:accessKey, alicloud:accessKey, mediaconvert:profile,"
    " alicloud:profile not set)"
)
# What is replaced, and by what. The longest first: one may stand within another.
PHRASES = (
    (f" {ROTATED}", ""),
    (NO_CONFIGURATION, "--profile (not set)"),
    ("run `pulumi up` again to resume", "run the command again to resume"),
    ("`pulumi up`", "the command"),
    ("mediaconvert:endpoint", "--endpoint"),
    ("mediaconvert:region", "--region"),
    ("alicloud:profile", "--profile"),
    ("(`timeout`)", "(--timeout)"),
    ("(`queue_timeout`)", "(--queue-timeout)"),
    ("(`stall_timeout`)", "(--stall-timeout)"),
)
OPTIONS = {
    "job_id": "JOB",
    "region": "--region",
    "wait.timeout": "--timeout",
    "wait.queue_timeout": "--queue-timeout",
    "wait.stall_timeout": "--stall-timeout",
    "wait.not_found_grace": "--not-found-grace",
    "wait.poll_min": "--poll-min",
    "wait.poll_max": "--poll-max",
}


def on_the_command_line(text: str) -> str:
    """Say what the provider says to whoever has typed a command."""
    for engine, shell in PHRASES:
        text = text.replace(engine, shell)
    return text


def option_line(problem: Problem) -> str:
    """Say what is wrong with an option in one line."""
    option = OPTIONS.get(problem.path, problem.path)
    return f"{option}: {problem.text}"
