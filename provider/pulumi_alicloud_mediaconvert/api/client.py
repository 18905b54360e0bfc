"""Read jobs from the API of Intelligent Media Services: calls, limits and retries.

One client serves all regions by the same connections. An attempt ends in what was
asked for or in a `Failure`; whether there is another one is decided here, and nowhere
else.
"""

from __future__ import annotations

import asyncio
import random as system_random
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self, TypeVar

import httpx
import tenacity

from pulumi_alicloud_mediaconvert.access.credentials import (
    Credentials,
    CredentialsSource,
    LostCredentialsError,
)
from pulumi_alicloud_mediaconvert.api.connection_pool import Connection, ConnectionPool
from pulumi_alicloud_mediaconvert.api.failures import (
    AttemptFailedError,
    Failure,
    Outdated,
    Subject,
    unanswered,
    without_credentials,
)
from pulumi_alicloud_mediaconvert.api.list_responses import Page, page_of
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.api.rate_limiter import Priority, RateLimiter, Turn
from pulumi_alicloud_mediaconvert.api.responses import (
    job_of,
    read_answer,
    read_body,
)
from pulumi_alicloud_mediaconvert.api.retrying import (
    DEFAULT_LIMITS,
    MIN_ATTEMPT_SECONDS,
    Budget,
    Call,
    CallLimits,
    OnRetry,
    ignore_retry,
    pause_seconds,
)
from pulumi_alicloud_mediaconvert.api.signing import sign, signable_request, utc_now
from pulumi_alicloud_mediaconvert.clock import SYSTEM_CLOCK, Clock
from pulumi_alicloud_mediaconvert.errors import ThrottledError

GET_JOB = "GetMediaConvertJob"
LIST_JOBS = "ListMediaConvertJobs"
# The most that the API takes.
PAGE_SIZE = 100

VERSION = "2020-11-09"
Answered = TypeVar("Answered")


class ImsClient:
    """Reads jobs of every region; an async context manager.

    Retried, with growing pauses or those the API asks for: connections that fail or
    break, time limits, throttling, faults of the API, answers that are not what was
    asked for. Not retried: redirects, certificates that are not trusted, answers over
    8 MiB, and errors that will not change. What is too old is renewed once: a token
    that has expired, the date of a request with which this machine has slept.

    Args:
        credentials: asked before every attempt.
        limiter: that all calls share; by default one of its own.
        clock: for pauses and limits.
        transport: instead of the network.
        now: the date of a request, with its time zone.
        random: between 0 and 1, spreads the pauses.

    Attributes:
        limiter: what all its calls have to pass.
        first_sent_at: when the first request was sent, by the clock; `None` before.
        has_responded: whether any request got a response, whatever it said.
    """

    def __init__(  # noqa: PLR0913  # all but the first have a default
        self,
        credentials: CredentialsSource,
        *,
        limiter: RateLimiter | None = None,
        clock: Clock = SYSTEM_CLOCK,
        transport: httpx.AsyncBaseTransport | None = None,
        now: Callable[[], datetime] = utc_now,
        random: Callable[[], float] = system_random.random,
    ) -> None:
        self._credentials = credentials
        self.limiter = limiter or RateLimiter(clock=clock)
        self._clock = clock
        self._connections = ConnectionPool(clock, transport)
        self._now = now
        self._random = random
        self.first_sent_at: float | None = None
        self.has_responded = False

    async def __aenter__(self) -> Self:
        """Return the client itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the connections."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._connections.aclose()

    async def get_media_convert_job(  # noqa: PLR0913  # the last four have a default
        self,
        job_id: str,
        *,
        region: str,
        endpoint: str,
        limits: CallLimits = DEFAULT_LIMITS,
        priority: Priority = Priority.ORDINARY,
        turn: Turn | None = None,
        retrying: OnRetry = ignore_retry,
    ) -> Job:
        """Return the job as it is now.

        Args:
            job_id: of the job.
            region: of the job, for messages.
            endpoint: scheme, host and port of the region's API.
            limits: of time.
            priority: where calls queue.
            turn: lets it go first while it waits.
            retrying: called before each further attempt.

        Raises:
            ConfigurationError: no credentials, or a proxy that cannot be used.
            ApiError: no usable answer within the limits; its class says why.

        Source: https://www.alibabacloud.com/help/en/ims/developer-reference/api-ice-2020-11-09-getmediaconvertjob
        """
        call = Call(
            action=GET_JOB,
            query={"JobId": job_id},
            subject=Subject(job_id, region),
            endpoint=endpoint,
            read=lambda answer: job_of(answer, job_id),
            limits=limits,
            priority=priority,
            turn=turn,
            retrying=retrying,
        )
        return await self._answered(call)

    async def list_media_convert_jobs(
        self,
        *,
        region: str,
        endpoint: str,
        since: str,
        until: str,
        page_token: str | None = None,
    ) -> Page:
        """Return one page of the jobs that were created in a time, the newest first.

        Args:
            region: of the jobs, for messages.
            endpoint: scheme, host and port of the region's API.
            since: earliest creation, ISO 8601 in UTC, as the API writes it.
            until: latest creation.
            page_token: of the page before.

        Raises:
            ConfigurationError: as for a job.
            ApiError: as for a job; `AuthenticationError` where the access key may
                read jobs but not list them.

        Source: https://www.alibabacloud.com/help/en/ims/developer-reference/api-ice-2020-11-09-listmediaconvertjobs
        """
        query = {
            "EndOfCreateTime": until,
            "OrderBy": "CreateTimeDesc",
            "PageSize": str(PAGE_SIZE),
            "StartOfCreateTime": since,
        }
        if page_token:
            query["NextPageToken"] = page_token
        call = Call(
            action=LIST_JOBS,
            query=query,
            subject=Subject(None, region),
            endpoint=endpoint,
            read=lambda answer: page_of(answer.content),
            priority=Priority.FIRST,
        )
        return await self._answered(call)

    async def _answered(self, call: Call[Answered]) -> Answered:
        budget = Budget(call.limits)
        try:
            # Nearly every call is one attempt, and needs nothing of tenacity.
            return await self._attempt(call, budget)
        except AttemptFailedError as failed:
            return await self._retried(call, budget, failed)

    async def _retried(
        self, call: Call[Answered], budget: Budget, first: AttemptFailedError
    ) -> Answered:
        """Return what further attempts bring; `first` is how the first one ended."""
        outcomes = iter([first])

        async def attempt() -> Answered:
            for failed in outcomes:
                raise failed
            return await self._attempt(call, budget)

        attempts = tenacity.AsyncRetrying(
            sleep=self._clock.sleep,
            retry=tenacity.retry_if_exception(_is_passing),
            wait=lambda state: self._pause(budget, state),
            stop=lambda state: not call.limits.retries or state.upcoming_sleep <= 0,
            before_sleep=lambda state: call.retrying(
                _failure_of(state), budget.left(self._clock.now())
            ),
            reraise=True,
        )
        try:
            return await attempts(attempt)
        except AttemptFailedError as failed:
            count = attempts.statistics.get("attempt_number", 1) - budget.forgone
            took = budget.spent(self._clock.now())
            tried = f"{count} attempts in {took:.0f} s" if count > 1 else ""
            raise failed.failure.raisable(call.subject, tried) from None

    async def _attempt(self, call: Call[Answered], budget: Budget) -> Answered:
        """Send a request; once more for each part that was too old.

        After this machine has slept that may be several.
        """
        budget.woken(self._clock.now())
        credentials = await self._credentials_now(budget)
        renewed: set[Outdated] = set()
        while True:
            try:
                return await self._exchange(call, budget, credentials)
            except AttemptFailedError as failed:
                outdated = failed.failure.outdated
                if outdated is None or outdated in renewed:
                    raise
            renewed.add(outdated)
            if outdated == "token":
                credentials = await self._renewed(credentials, budget)

    async def _renewed(self, expired: Credentials, budget: Budget) -> Credentials:
        # Of all calls that were refused together, one reloads.
        renewed = await self._credentials_now(budget)
        if renewed == expired:
            renewed = await self._credentials_now(budget, reload=True)
        return renewed

    async def _credentials_now(
        self, budget: Budget, *, reload: bool = False
    ) -> Credentials:
        try:
            return await self._credentials.get(reload=reload)
        except LostCredentialsError as error:
            budget.begin(self._clock.now())
            raise AttemptFailedError(without_credentials(str(error))) from None

    async def _exchange(
        self, call: Call[Answered], budget: Budget, credentials: Credentials
    ) -> Answered:
        forgone = budget.forgone_for(self._clock.now(), self.limiter.line_seconds())
        if forgone is not None:
            raise AttemptFailedError(forgone)
        await self.limiter.acquire(call.priority, call.turn)
        async with self._connections.lent() as connection:
            seconds = budget.attempt_seconds(self._clock.now())
            sent_at = self._now()
            request = _request(call)
            sign(
                request,
                credentials,
                action=call.action,
                version=VERSION,
                sent_at=sent_at,
            )
            if self.first_sent_at is None:
                self.first_sent_at = self._clock.now()
            response, body = await _received(connection, call, request, seconds)
        self.has_responded = True
        try:
            return read_answer(
                response, body, call.read, credentials=credentials, sent_at=sent_at
            )
        except AttemptFailedError as failed:
            budget.failure = failed.failure
            if issubclass(failed.failure.error, ThrottledError):
                self.limiter.on_throttled()
            raise

    def _pause(self, budget: Budget, state: tenacity.RetryCallState) -> float:
        """Return the pause before the next attempt; none means that there is none."""
        now = self._clock.now()
        budget.woken(now)
        room = budget.left(now) - MIN_ATTEMPT_SECONDS
        if room <= 0:
            return 0
        retry_after = _failure_of(state).retry_after_seconds
        pause = pause_seconds(state.attempt_number, retry_after, self._random())
        pause = min(room, max(pause, self.limiter.retry_pause()))
        budget.paused(now, pause)
        return pause


def _request(call: Call[Answered]) -> httpx.Request:
    timeout = httpx.Timeout(
        call.limits.read_seconds, connect=call.limits.connect_seconds
    )
    return signable_request(call.endpoint, call.query, timeout)


async def _received(
    connection: Connection,
    call: Call[Answered],
    request: httpx.Request,
    seconds: float,
) -> tuple[httpx.Response, bytes]:
    """Send a request, and return status and headers of its answer, and its body.

    Args:
        connection: nobody else's meanwhile.
        call: what is asked.
        request: of the call, signed.
        seconds: all that it may take.

    Raises:
        AttemptFailedError: there is no answer, or none that may be read.
    """
    try:
        # Beyond the limits of httpx: one that drips never exceeds those.
        async with asyncio.timeout(seconds):
            response = await connection.send(request)
            try:
                body = await read_body(response, call.limits.largest_mebibytes)
            finally:
                await response.aclose()
    except (httpx.TransportError, OSError) as error:
        host = request.url.netloc.decode("ascii")
        met = _limit_met(error, call.limits, seconds)
        raise AttemptFailedError(unanswered(error, host, met)) from None
    return response, body


def _limit_met(error: Exception, limits: CallLimits, seconds: float) -> float:
    """Return the seconds after which an attempt without an answer was given up."""
    if isinstance(error, httpx.ConnectTimeout):
        return limits.connect_seconds
    return limits.read_seconds if isinstance(error, httpx.TimeoutException) else seconds


def _is_passing(error: BaseException) -> bool:
    return isinstance(error, AttemptFailedError) and error.failure.is_transient


def _failure_of(state: tenacity.RetryCallState) -> Failure:
    """Return why the attempt failed that is to be followed by another one."""
    error = state.outcome.exception() if state.outcome else None
    assert isinstance(error, AttemptFailedError)  # noqa: S101  # see `_is_passing`
    return error.failure
