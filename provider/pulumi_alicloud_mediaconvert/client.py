"""`ImsClient`: read a transcoding job through GetMediaConvertJob.

Knows HTTP, retries and the vendor's errors; every failure leaves as one of `errors`.
Passing faults are retried here, with a date and nonce of their own, within a limit.

Source: the vendor's page of GetMediaConvertJob, and the bytes of its official SDK.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type

from pulumi_alicloud_mediaconvert.answers import job_from_answer
from pulumi_alicloud_mediaconvert.clock import SYSTEM_CLOCK, Clock
from pulumi_alicloud_mediaconvert.credentials import Credentials, CredentialsSource
from pulumi_alicloud_mediaconvert.errors import (
    ApiConnectionError,
    ApiError,
    ApiResponseError,
    ApiStatusError,
    ApiTimeoutError,
    AuthenticationError,
    JobNotFoundError,
    ThrottledError,
)
from pulumi_alicloud_mediaconvert.models import Job
from pulumi_alicloud_mediaconvert.readers import as_text, printable
from pulumi_alicloud_mediaconvert.refusals import (
    AUTHENTICATION,
    RETRIED,
    Kind,
    Refusal,
    refusal_of,
)
from pulumi_alicloud_mediaconvert.signing import Acs3Auth, canonical_query, utc_now

ACTION = "GetMediaConvertJob"
VERSION = "2020-11-09"
# A job with hundreds of outputs has some hundred KiB; more is not an answer.
LARGEST_BODY_BYTES = 8 * 1024 * 1024
# Waits between attempts grow from the first to the longest, each with full jitter.
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 8.0
SHORTEST_PAUSE_SECONDS = 0.05
# So long an attempt may take at least, however little is left of its limit.
SHORTEST_ATTEMPT_SECONDS = 1.0
RETRY_AFTER = "x-acs-retry-after"
POOL = httpx.Limits(max_connections=1000, max_keepalive_connections=100)


@dataclass(frozen=True, kw_only=True)
class CallLimits:
    """How long one call may take, in seconds.

    Attributes:
        connect_seconds: to connect, each attempt.
        read_seconds: to read the answer, each attempt.
        total_seconds: for all attempts together; the first one is always made.
        retries: whether a passing fault is retried at all.
    """

    connect_seconds: float = 5.0
    read_seconds: float = 10.0
    total_seconds: float = 30.0
    retries: bool = True


class PassingFaultError(Exception):
    """An attempt failed in a way that the next one may not.

    Attributes:
        error: what to raise if there is no next one.
        retry_after_seconds: when the API wants to be asked again.
    """

    def __init__(
        self, error: ApiError, retry_after_seconds: float | None = None
    ) -> None:
        super().__init__(str(error))
        self.error = error
        self.retry_after_seconds = retry_after_seconds


@dataclass(frozen=True)
class Answer:
    """What came back over HTTP, body included."""

    status_code: int
    headers: httpx.Headers
    body: bytes


@dataclass(frozen=True, kw_only=True)
class Question:
    """Which job is asked for, and where."""

    job_id: str
    region: str
    endpoint: str

    @property
    def subject(self) -> str:
        """What an error is about: `cannot read job 0a1b… in cn-shanghai`."""
        return f"cannot read job {self.job_id} in {self.region}"

    @property
    def url(self) -> httpx.URL:
        """Where the request goes, its query just as it is signed."""
        return httpx.URL(f"{self.endpoint}/?{canonical_query({'JobId': self.job_id})}")


class ImsClient:
    """Reads jobs; one client serves all regions, from one event loop.

    Args:
        credentials: asked before every attempt.
        clock: of retries.
        transport: of httpx, for tests.
        now: the date that requests are signed with.
        random: from 0 to 1, for jitter.
    """

    def __init__(
        self,
        credentials: CredentialsSource,
        *,
        clock: Clock = SYSTEM_CLOCK,
        transport: httpx.AsyncBaseTransport | None = None,
        now: Callable[[], datetime] = utc_now,
        random: Callable[[], float] = random.random,
    ) -> None:
        self._credentials = credentials
        self._clock = clock
        self._transport = transport
        self._now = now
        self._random = random
        self._http: httpx.AsyncClient | None = None

    async def __aenter__(self) -> Self:
        """Return the client; it closes at the end of the block."""
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close all connections."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        if self._http is not None:
            await self._http.aclose()

    async def get_media_convert_job(
        self,
        job_id: str,
        *,
        region: str,
        endpoint: str,
        limits: CallLimits | None = None,
    ) -> Job:
        """Read one job.

        Args:
            job_id: of the job.
            region: for the texts of errors; the endpoint says where to ask.
            endpoint: scheme and host, without a slash at the end.
            limits: of this call.

        Raises:
            ConfigurationError: there are no credentials.
            ApiConnectionError: no answer.
            AuthenticationError: key, token, signature, clock or permission refused.
            JobNotFoundError: no such job.
            ThrottledError: throttled to the end of the limits.
            ApiStatusError: any other refusal.
            ApiResponseError: the answer is not what the API documents.
        """
        question = Question(job_id=job_id, region=region, endpoint=endpoint)
        call = Call(self, question, limits or CallLimits())
        return await call.made()

    async def attempt(
        self, question: Question, credentials: Credentials, seconds: CallLimits
    ) -> Answer:
        """Ask once; a body over the limit is not read to its end."""
        http = self._opened()
        auth = Acs3Auth(credentials, action=ACTION, version=VERSION, now=self._now)
        timeout = httpx.Timeout(seconds.read_seconds, connect=seconds.connect_seconds)
        async with http.stream(
            "POST", question.url, auth=auth, timeout=timeout
        ) as response:
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > LARGEST_BODY_BYTES:
                    raise ApiResponseError(
                        f"{question.subject}: the answer is larger than 8 MiB, which "
                        "no job is. Check mediaconvert:endpoint."
                    )
            return Answer(response.status_code, response.headers, bytes(body))

    def _opened(self) -> httpx.AsyncClient:
        if self._http is None:
            self._http = httpx.AsyncClient(
                transport=self._transport,
                limits=POOL,
                follow_redirects=False,
                headers={"accept": "application/json"},
            )
        return self._http

    @property
    def clock(self) -> Clock:
        """The clock of retries."""
        return self._clock

    @property
    def credentials(self) -> CredentialsSource:
        """Whoever knows the credentials."""
        return self._credentials

    def jitter(self) -> float:
        """A number from 0 to 1."""
        return self._random()

    def today(self) -> datetime:
        """The date that requests are signed with."""
        return self._now()


class Call:
    """One call with all its attempts."""

    def __init__(
        self, client: ImsClient, question: Question, limits: CallLimits
    ) -> None:
        self._client = client
        self._question = question
        self._limits = limits
        self._began = client.clock.now()
        self._reloaded = False

    async def made(self) -> Job:
        """Attempt the call until it succeeds, is refused, or its time is up."""
        retrying = AsyncRetrying(
            sleep=self._client.clock.sleep,
            wait=self._pause,
            stop=self._is_over,
            retry=retry_if_exception_type(PassingFaultError),
            reraise=True,
        )
        try:
            job: Job = await retrying(self._attempt)
        except PassingFaultError as fault:
            attempts = retrying.statistics.get("attempt_number", 1)
            raise self._given_up(fault.error, int(attempts)) from None
        return job

    async def _attempt(self) -> Job:
        credentials = await self._client.credentials.get()
        answer = await self._answer(credentials)
        if self._is_expired(answer) and not self._reloaded:
            self._reloaded = True
            credentials = await self._client.credentials.get(reload=True)
            answer = await self._answer(credentials)
        return self._read(answer, credentials)

    async def _answer(self, credentials: Credentials) -> Answer:
        limits, question = self._limits, self._question
        left = limits.total_seconds - (self._client.clock.now() - self._began)
        longest = min(
            limits.connect_seconds + limits.read_seconds,
            max(left, SHORTEST_ATTEMPT_SECONDS),
        )
        try:
            async with asyncio.timeout(longest):
                return await self._client.attempt(question, credentials, limits)
        except (TimeoutError, httpx.TimeoutException):
            text = f"{question.subject}: no answer from {question.endpoint} in time."
            raise PassingFaultError(ApiTimeoutError(text)) from None
        except httpx.HTTPError as error:
            raise self._broken_connection(error) from None

    def _broken_connection(self, error: httpx.HTTPError) -> Exception:
        question = self._question
        words = printable(str(error)) or type(error).__name__
        text = f"{question.subject}: no connection to {question.endpoint} ({words})."
        if "CERTIFICATE_VERIFY_FAILED" in words:
            return ApiConnectionError(
                f"{text} Its certificate is not trusted here; set SSL_CERT_FILE."
            )
        return PassingFaultError(ApiConnectionError(text))

    def _is_expired(self, answer: Answer) -> bool:
        code = _field(_json_object(answer.body), "Code")
        return (
            not httpx.codes.is_success(answer.status_code)
            and refusal_of(code, answer.status_code).kind is Kind.EXPIRED
        )

    def _read(self, answer: Answer, credentials: Credentials) -> Job:
        if httpx.codes.is_success(answer.status_code):
            return self._job(answer)
        if httpx.codes.is_redirect(answer.status_code):
            raise ApiStatusError(
                f"{self._question.subject}: {self._question.endpoint} redirects "
                "elsewhere, which signed requests do not follow. Check "
                "mediaconvert:endpoint.",
                code=None,
                status_code=answer.status_code,
            )
        raise self._refused(answer, credentials)

    def _job(self, answer: Answer) -> Job:
        question = self._question
        body = _json_object(answer.body)
        request_id = _field(body, "RequestId")
        trouble = _trouble(body, question.job_id)
        if trouble is None and body is not None:
            try:
                return job_from_answer(body["Job"])
            except (ApiResponseError, RecursionError) as error:
                trouble = str(error).rstrip(".")
        text = f"{question.subject}: the answer was not understood: {trouble}"
        raise PassingFaultError(
            ApiResponseError(f"{text}{_request(request_id)}.", request_id=request_id)
        )

    def _refused(self, answer: Answer, credentials: Credentials) -> Exception:
        body = _json_object(answer.body)
        code, request_id = _field(body, "Code"), _field(body, "RequestId")
        wish = _retry_after_seconds(answer.headers.get(RETRY_AFTER))
        refusal = refusal_of(code, answer.status_code, asks_to_wait=wish is not None)
        details: dict[str, Any] = {
            "code": code,
            "status_code": answer.status_code,
            "request_id": request_id,
        }
        if refusal.kind is Kind.JOB:
            return JobNotFoundError(
                f"no job {self._question.job_id} in {self._question.region}; is it "
                f"another region or account?{_request(request_id)}",
                **details,
            )
        message = None if refusal.echoes else _field(body, "Message")
        said = "" if message is None else _without_keys(message, credentials)
        text = self._refusal_text(refusal, answer, code, said, request_id)
        error_type = _error_type(refusal.kind)
        error = error_type(text, **details)
        return PassingFaultError(error, wish) if refusal.kind in RETRIED else error

    def _refusal_text(
        self,
        refusal: Refusal,
        answer: Answer,
        code: str | None,
        said: str,
        request_id: str | None,
    ) -> str:
        label = printable(code) if code else f"HTTP {answer.status_code}"
        facts = f"{label}{f', request {request_id}' if request_id else ''}"
        quoted = f': "{printable(said)}"' if said else ""
        times = ""
        if refusal.kind is Kind.CLOCK:
            ours = self._client.today().strftime("%a, %d %b %Y %H:%M:%S GMT")
            theirs = printable(answer.headers.get("date", "unknown"))
            times = f" It says {ours}, the API says {theirs}."
        cure = f" {refusal.cure}" if refusal.cure else ""
        return (
            f"{self._question.subject}: {refusal.meaning} ({facts}){quoted}."
            f"{times}{cure}"
        )

    def _pause(self, state: RetryCallState) -> float:
        fault = state.outcome.exception() if state.outcome else None
        if isinstance(fault, PassingFaultError) and fault.retry_after_seconds:
            return fault.retry_after_seconds
        grown: float = FIRST_PAUSE_SECONDS * 2 ** min(state.attempt_number - 1, 10)
        pause = min(grown, LONGEST_PAUSE_SECONDS) * self._client.jitter()
        return max(pause, SHORTEST_PAUSE_SECONDS)

    def _is_over(self, state: RetryCallState) -> bool:
        elapsed = self._client.clock.now() - self._began
        over = elapsed + state.upcoming_sleep >= self._limits.total_seconds
        return over or not self._limits.retries

    def _given_up(self, error: ApiError, attempts: int) -> ApiError:
        """Say beside the last answer how long it was tried for."""
        if attempts > 1:
            elapsed = self._client.clock.now() - self._began
            error.args = (f"{error} Tried {attempts} times in {elapsed:.0f} s.",)
        return error


def _error_type(kind: Kind) -> type[ApiStatusError]:
    if kind in AUTHENTICATION:
        return AuthenticationError
    return ThrottledError if kind is Kind.THROTTLE else ApiStatusError


def _json_object(body: bytes) -> dict[str, Any] | None:
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return parsed if isinstance(parsed, dict) else None


def _field(body: dict[str, Any] | None, name: str) -> str | None:
    """Read a field of the gateway, which some products spell in lower case."""
    if body is None:
        return None
    value = body.get(name, body.get(name[0].lower() + name[1:]))
    return as_text(value) if isinstance(value, str) else None


def _trouble(body: dict[str, Any] | None, job_id: str) -> str | None:
    """Say why an answer is none about the job, or `None` if it is one."""
    if body is None:
        return "it is not a JSON object"
    job = body.get("Job")
    if not isinstance(job, dict):
        return "it has no `Job`"
    answered = as_text(job.get("JobId"))
    if answered is None:
        return "its job has no `JobId`"
    if not is_same_job(job_id, answered):
        return f"it is about another job, {printable(answered)}"
    return None


def is_same_job(asked: str, answered: str) -> bool:
    """Whether an answer is about the job that was asked for.

    The vendor's page masks IDs: a run of `*` there stands for any characters.
    """
    pattern = ".*".join(re.escape(part) for part in re.split(r"\*+", answered))
    return re.fullmatch(pattern, asked) is not None and answered.strip("*") != ""


def _retry_after_seconds(value: str | None) -> float | None:
    """Read `x-acs-retry-after`: a positive whole number of milliseconds.

    Source: the official SDK (`alibabacloud_tea_openapi`).
    """
    if value is None or not re.fullmatch(r"0*[1-9]\d{0,8}", value.strip()):
        return None
    return int(value) / 1000


def _request(request_id: str | None) -> str:
    return f" (request {printable(request_id)})" if request_id else ""


def _without_keys(text: str, credentials: Credentials) -> str:
    for secret in (
        credentials.access_key_id,
        credentials.access_key_secret,
        credentials.security_token,
    ):
        if secret:
            text = text.replace(secret, "…")
    return text
