"""What to say of a job that was seen and is not found any more. Pure."""

from __future__ import annotations

from pulumi_alicloud_mediaconvert.errors import JobNotFoundError


def gone(name: str, last_seen: str, absence: JobNotFoundError) -> JobNotFoundError:
    """Say that a job is gone, which is no matter of region and account.

    Args:
        name: of the job.
        last_seen: a sentence: when it was seen, and in which state.
        absence: what the API answered.
    """
    request = absence.request_id and f"request {absence.request_id}"
    facts = ", ".join(fact for fact in (absence.code, request) if fact)
    in_brackets = f" ({facts})" if facts else ""
    return JobNotFoundError(
        f"{name} is gone: the API does not find it any more{in_brackets}. {last_seen}"
        " If it is still needed, submit it again; a new job has a new ID.",
        code=absence.code,
        status_code=absence.status_code,
        request_id=absence.request_id,
    )
