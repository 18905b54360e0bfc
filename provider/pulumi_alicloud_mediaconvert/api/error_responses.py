"""Read what the API, or something before it, refused: by its code, else by status.

Pure, from an answer of httpx to a `Failure`. The vendor's words are quoted, or left
out where they repeat what was signed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from pulumi_alicloud_mediaconvert.access.credentials import Credentials
from pulumi_alicloud_mediaconvert.api.failures import (
    CHECK_ENDPOINT,
    LATER,
    MAX_NAME,
    Failure,
    Outdated,
    broken_answer,
)
from pulumi_alicloud_mediaconvert.api.sanitizing import clean_text
from pulumi_alicloud_mediaconvert.error_codes import (
    FORBIDDEN,
    READ_JOB,
    ErrorKind,
    ErrorMeaning,
    meaning_of,
)
from pulumi_alicloud_mediaconvert.errors import (
    Advice,
    ApiStatusError,
    AuthenticationError,
    JobNotFoundError,
    NextStep,
    ThrottledError,
)
from pulumi_alicloud_mediaconvert.text import plain, quoted

# Milliseconds. With more digits than those of a day it is no wish, but a fault.
RETRY_AFTER = re.compile(r"0*([1-9]\d{0,8})", re.ASCII)
# How the vendor repeats what was signed, whatever the code.
SIGNED_TEXT = re.compile(r"string.?to.?sign|canonical|x-acs-", re.IGNORECASE)
# What a denial names may be put into a policy, or between brackets.
ACTION = re.compile(r"ice:[A-Za-z]{1,80}", re.ASCII)
POLICY_TYPE = re.compile(r"[A-Za-z]{1,80}", re.ASCII)
ERRORS_BY_KIND: Mapping[ErrorKind, type[ApiStatusError]] = {
    ErrorKind.THROTTLE: ThrottledError,
    ErrorKind.KEY: AuthenticationError,
    ErrorKind.EXPIRED_TOKEN: AuthenticationError,
    ErrorKind.CLOCK: AuthenticationError,
    ErrorKind.PERMISSION: AuthenticationError,
    ErrorKind.NOT_FOUND: JobNotFoundError,
}
OUTDATED_BY_KIND: Mapping[ErrorKind, Outdated] = {
    ErrorKind.EXPIRED_TOKEN: "token",
    ErrorKind.CLOCK: "date",
}


def redirected(response: httpx.Response) -> Failure:
    """Describe a redirect: a signed request goes to no other place."""
    target = ""
    if response.has_redirect_location:
        try:
            target_url = response.request.url.join(response.headers["location"])
        except (httpx.InvalidURL, ValueError):
            # No server would say so: a part of the answer is broken.
            return broken_answer("the response is a redirect without a valid URL")
        host = target_url.netloc.decode("ascii")
        target = f" to {quoted(host, longest=MAX_NAME)}" if host else ""
    return Failure(
        error=ApiStatusError,
        what=f"the response is a redirect{target}, which is not followed"
        f" (HTTP {response.status_code})",
        next_steps=CHECK_ENDPOINT,
        is_transient=False,
        status_code=response.status_code,
    )


def is_refusal(response: httpx.Response, body: Mapping[str, object]) -> bool:
    """Whether an answer is an error: by its status, or by a code instead of a job."""
    code = text_of(body, "Code", "code")
    instead = "Job" not in body and code is not None and meaning_of(code) is not None
    return not response.is_success or instead


def refused(
    response: httpx.Response,
    body: Mapping[str, object],
    *,
    credentials: Credentials,
    sent_at: datetime,
) -> Failure:
    """Describe an error that the API, or something before it, answered with.

    Args:
        response: status and headers.
        body: the JSON object of the answer; empty if there was none.
        credentials: whose parts must not be shown.
        sent_at: the date of the request.
    """
    code = text_of(body, "Code", "code")
    retry_after = retry_after_seconds(response)
    known = meaning_of(code) if code else None
    meaning = known or _meaning_by_status(response, code, retry_after)
    what = meaning.what
    if meaning.kind is ErrorKind.CLOCK:
        what += f": it says {_iso(sent_at)}, the API says {_date_of(response)}"
    elif meaning.kind.is_quotable:
        what += _message(body, credentials)
    return Failure(
        error=ERRORS_BY_KIND.get(meaning.kind, ApiStatusError),
        what=what,
        next_steps=_next_steps(meaning, body),
        is_transient=meaning.kind.is_transient,
        outdated=OUTDATED_BY_KIND.get(meaning.kind),
        retry_after_seconds=retry_after,
        code=plain(code, longest=MAX_NAME) if code else None,
        status_code=response.status_code,
        request_id=request_id_of(response, body),
    )


def retry_after_seconds(response: httpx.Response) -> float | None:
    """Return how long to wait before the next request, as the API asks.

    Source: `x-acs-retry-after`, a positive integer of milliseconds, as the official
    SDK reads it.
    """
    found = RETRY_AFTER.fullmatch(response.headers.get("x-acs-retry-after", "").strip())
    return int(found[1]) / 1000 if found else None


def request_id_of(response: httpx.Response, body: Mapping[str, object]) -> str | None:
    """Return the ID of the call, from its body or else its headers."""
    found = text_of(body, "RequestId", "requestId", "request_id")
    found = found or response.headers.get("x-acs-request-id")
    return plain(found, longest=MAX_NAME) if found else None


def text_of(body: Mapping[str, object], *names: str) -> str | None:
    """Return the first of these that is text: not empty, trimmed, nothing signed."""
    for name in names:
        value = body.get(name)
        if isinstance(value, str) and (text := clean_text(value).strip()):
            return text
    return None


def _next_steps(
    meaning: ErrorMeaning, body: Mapping[str, object]
) -> tuple[Advice, ...]:
    """Return the next steps; of a denied action the one that fits its denial."""
    if meaning is not FORBIDDEN:
        return meaning.next_steps
    detail = _denial(body)
    action = text_of(detail, "AuthAction") or ""
    policy_type = text_of(detail, "PolicyType") or ""
    details = {"action": action if ACTION.fullmatch(action) else READ_JOB}
    if text_of(detail, "NoPermissionType") != "ExplicitDeny":
        return (Advice(NextStep.GRANT_PERMISSION, details),)
    # No permission outweighs a policy that denies.
    if POLICY_TYPE.fullmatch(policy_type):
        details["policy_type"] = policy_type
    return (Advice(NextStep.REMOVE_DENIAL, details),)


def _denial(body: Mapping[str, object]) -> Mapping[str, object]:
    """Return what the API says of a denial: an object, or the JSON text of one."""
    detail = body.get("AccessDeniedDetail")
    if isinstance(detail, str):
        try:
            detail = json.loads(detail)
        except (ValueError, RecursionError):
            return {}
    return detail if isinstance(detail, Mapping) else {}


def _message(body: Mapping[str, object], credentials: Credentials) -> str:
    message = text_of(body, "Message", "message")
    if message is None or SIGNED_TEXT.search(message):
        return ""
    parts = (
        credentials.access_key_id,
        credentials.access_key_secret,
        credentials.security_token or "",
    )
    return f": {quoted(message, secrets=parts)}"


def _meaning_by_status(
    response: httpx.Response, code: str | None, retry_after: float | None
) -> ErrorMeaning:
    status = response.status_code
    if status == httpx.codes.TOO_MANY_REQUESTS or retry_after:
        return ErrorMeaning(
            ErrorKind.THROTTLE, f"the API is throttling (HTTP {status})", LATER
        )
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return ErrorMeaning(
            ErrorKind.SERVER, f"the API has an internal error (HTTP {status})", LATER
        )
    if status == httpx.codes.REQUEST_TIMEOUT:
        return ErrorMeaning(
            ErrorKind.SERVER, f"the request timed out (HTTP {status})", LATER
        )
    if code:
        return ErrorMeaning(
            ErrorKind.REQUEST,
            f"the API refused the request (HTTP {status})",
            (Advice(NextStep.FIND_CODE),),
        )
    return ErrorMeaning(
        ErrorKind.REQUEST,
        f"HTTP {status} with a body that is not from the API",
        CHECK_ENDPOINT,
    )


def _date_of(response: httpx.Response) -> str:
    try:
        return _iso(parsedate_to_datetime(response.headers.get("date", "")))
    except (ValueError, OverflowError):
        return "nothing"


def _iso(date: datetime) -> str:
    return date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
