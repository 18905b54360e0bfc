"""Read an answer: what was asked for, the job above all, or why there is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

import httpx

from pulumi_alicloud_mediaconvert.access.credentials import Credentials
from pulumi_alicloud_mediaconvert.api.error_responses import (
    is_refusal,
    redirected,
    refused,
    request_id_of,
)
from pulumi_alicloud_mediaconvert.api.failures import (
    AttemptFailedError,
    broken_answer,
    oversized_answer,
)
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.api.sanitizing import (
    RepeatedKeyError,
    as_unicode,
    clean_text,
    is_clean,
    parse_json,
)
from pulumi_alicloud_mediaconvert.errors import ApiResponseError
from pulumi_alicloud_mediaconvert.text import quoted

MAX_ID = 128

Answered = TypeVar("Answered")


class Parsed(NamedTuple):
    """The JSON object of an answer.

    Attributes:
        content: the object.
        is_clean: whether no text in it needs to be cleaned.
    """

    content: dict[str, Any]
    is_clean: bool = False


async def read_body(response: httpx.Response, largest_mebibytes: float) -> bytes:
    """Return the body of an answer, as far as it may be read.

    Raises:
        AttemptFailedError: it is larger, or compressed.
    """
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        # Not asked for; and a small answer could become a huge one in memory.
        raise AttemptFailedError(broken_answer("the response is compressed"))
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > largest_mebibytes * 2**20:
            raise AttemptFailedError(oversized_answer(largest_mebibytes))
    return bytes(body)


def read_answer(
    response: httpx.Response,
    body: bytes,
    read: Callable[[Parsed], Answered],
    *,
    credentials: Credentials,
    sent_at: datetime,
) -> Answered:
    """Return what was asked for.

    Args:
        response: status and headers.
        body: all of it.
        read: makes it of the answer's object, or raises `ApiResponseError`.
        credentials: that signed the request.
        sent_at: the date of the request.

    Raises:
        AttemptFailedError: it is a redirect, an error, or not what was asked for.
    """
    if not (response.is_success or response.is_error):
        raise AttemptFailedError(redirected(response))
    answer = Parsed({})
    try:
        answer = parse_object(body)
    except ApiResponseError as error:
        if response.is_success:
            failure = broken_answer(str(error), request_id_of(response, {}))
            raise AttemptFailedError(failure) from None
    content = answer.content
    if is_refusal(response, content):
        raise AttemptFailedError(
            refused(response, content, credentials=credentials, sent_at=sent_at)
        )
    try:
        return read(answer)
    except ApiResponseError as error:
        failure = broken_answer(str(error), request_id_of(response, content))
        raise AttemptFailedError(failure) from None


def parse_object(body: bytes) -> Parsed:
    """Parse a JSON object; numbers that are none, or too large, become null.

    Raises:
        ApiResponseError: the body is anything else.
    """
    try:
        text = as_unicode(body)
        parsed = parse_json(text)
    except RepeatedKeyError:
        raise ApiResponseError("the response has two values for one key") from None
    except (ValueError, RecursionError):
        raise ApiResponseError("the response is not JSON, or is cut off") from None
    if not isinstance(parsed, dict):
        raise ApiResponseError("the response is JSON, but not an object")
    return Parsed(parsed, is_clean(text))


def job_of(body: Parsed, job_id: str) -> Job:
    """Return the job of an answer.

    Args:
        body: of the answer.
        job_id: that was asked for.

    Raises:
        ApiResponseError: there is no job, or another one, or it has another shape than
            the API documents.
    """
    answer = body.content.get("Job")
    if not isinstance(answer, dict):
        raise ApiResponseError("the response has no Job")
    answered = answer.get("JobId")
    if not isinstance(answered, str) or not answered.strip():
        raise ApiResponseError("the Job of the response has no JobId")
    if not is_same_id(answered.strip(), job_id):
        other = quoted(clean_text(answered), longest=MAX_ID)
        raise ApiResponseError(f"the response is about job {other}")
    return job_from_answer(answer, is_clean=body.is_clean)


def is_same_id(answered: str, asked: str) -> bool:
    """Whether an ID, of which stars may mask any part, can be the one asked for.

    Source: the vendor's sample, `******4579b5e748b99a27f6d6******`. One pass, however
    many stars an answer has.
    """
    first, *pieces = re.split(r"\*+", answered)
    if not pieces:
        return answered == asked
    *middle, last = pieces
    if len(asked) < len(first) + len(last) or not asked.startswith(first):
        return False
    position, end = len(first), len(asked) - len(last)
    for piece in middle:
        found = asked.find(piece, position, end)
        if found < 0:
            return False
        position = found + len(piece)
    return asked.endswith(last)
