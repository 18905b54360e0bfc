"""Read jobs from the API of Intelligent Media Services: calls, limits and retries.

One client serves all regions from one pool of connections. An attempt ends in a `Job`
or a `Failure`; whether there is another one is decided here, and nowhere else.
"""

from __future__ import annotations

import asyncio
import random as system_random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self

import httpx
import tenacity

from pulumi_alicloud_mediaconvert.clock import SYSTEM_CLOCK, Clock
from pulumi_alicloud_mediaconvert.credentials import Credentials, CredentialsSource
from pulumi_alicloud_mediaconvert.errors import ConfigurationError
from pulumi_alicloud_mediaconvert.failures import (
    AttemptFailedError,
    Failure,
    broken_answer,
    oversized_answer,
    unanswered,
)
from pulumi_alicloud_mediaconvert.job_answers import read_answer
from pulumi_alicloud_mediaconvert.models import Job
from pulumi_alicloud_mediaconvert.signing import Acs3Auth, canonical_query, utc_now

ACTION = "GetMediaConvertJob"
VERSION = "2020-11-09"
HEADERS = {
    "accept": "application/json",
    "accept-encoding": "identity",
    "user-agent": "pulumi-alicloud-mediaconvert",
}
# Thousands of waits share the pool; looks at a job are up to 20 s apart.
POOL = httpx.Limits(
    max_connections=2000, max_keepalive_connections=200, keepalive_expiry=30
)
# A signed request over plain http must not reach a proxy. See `settings`.
PAST_PROXIES: dict[str, httpx.AsyncBaseTransport | None] = {
    "all://localhost": None,
    "all://127.0.0.1": None,
    "all://[::1]": None,
}
FIRST_DELAY_SECONDS = 0.5
LONGEST_DELAY_SECONDS = 10.0
# A wish beyond this is a fault; the official SDK draws the same line.
LONGEST_WISH_SECONDS = 120.0
# What an attempt has at the least: the first one always, the last one so that it is
# not made in vain.
SHORTEST_ATTEMPT_SECONDS = 1.0


@dataclass(frozen=True)
class CallLimits:
    """How long a call may take.

    Attributes:
        connect_seconds: to connect, in each attempt.
        read_seconds: to read, in each attempt: between two pieces of the answer, and
            together with `connect_seconds` for all of it.
        total_seconds: all attempts and the pauses between them.
        retries: whether there is a second attempt.
        largest_mebibytes: of an answer; a larger one is refused.
    """

    connect_seconds: float = 5
    read_seconds: float = 10
    total_seconds: float = 30
    retries: bool = True
    largest_mebibytes: float = 8


DEFAULT_LIMITS = CallLimits()


@dataclass(frozen=True)
class Look:
    """One look at one job, whatever attempts it takes."""

    job_id: str
    region: str
    endpoint: str
    limits: CallLimits
    started: float

    def left(self, now: float) -> float:
        """Return the seconds until the limit of all attempts."""
        return self.started + self.limits.total_seconds - now

    def attempt_seconds(self, now: float) -> float:
        """Return the seconds that an attempt may take."""
        longest = self.limits.connect_seconds + self.limits.read_seconds
        return min(longest, max(self.left(now), SHORTEST_ATTEMPT_SECONDS))


class ImsClient:
    """Reads jobs of every region; an async context manager.

    Retried, with growing pauses or those the API asks for: connections that fail or
    break, time limits, throttling, faults of the API, answers that are not what was
    asked for. Not retried: redirects, certificates that are not trusted, answers over
    8 MiB, and errors that will not change. An expired token is replaced once.

    Args:
        credentials: asked before every attempt.
        clock: for pauses and limits.
        transport: instead of the network.
        now: the date of a request, with its time zone.
        random: between 0 and 1, spreads the pauses.
    """

    def __init__(
        self,
        credentials: CredentialsSource,
        *,
        clock: Clock = SYSTEM_CLOCK,
        transport: httpx.AsyncBaseTransport | None = None,
        now: Callable[[], datetime] = utc_now,
        random: Callable[[], float] = system_random.random,
    ) -> None:
        self._credentials = credentials
        self._clock = clock
        self._transport = transport
        self._now = now
        self._random = random
        self._opened: httpx.AsyncClient | None = None

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
        if self._opened is not None:
            await self._opened.aclose()
            self._opened = None

    async def get_media_convert_job(
        self,
        job_id: str,
        *,
        region: str,
        endpoint: str,
        limits: CallLimits = DEFAULT_LIMITS,
        retrying: Callable[[str], None] = lambda _: None,
    ) -> Job:
        """Return the job as it is now.

        Args:
            job_id: of the job.
            region: of the job, for messages.
            endpoint: scheme, host and port of the region's API.
            limits: of time.
            retrying: told before each further attempt why the last one failed.

        Raises:
            ConfigurationError: no credentials, or a proxy that cannot be used.
            ApiError: no usable answer within the limits; its class says why.

        Source: https://www.alibabacloud.com/help/en/ims/developer-reference/api-ice-2020-11-09-getmediaconvertjob
        """
        started = self._clock.now()
        look = Look(job_id, region, endpoint, limits, started)
        attempts = tenacity.AsyncRetrying(
            sleep=self._clock.sleep,
            retry=tenacity.retry_if_exception(_is_passing),
            wait=lambda state: self._pause(look, state),
            stop=lambda state: not limits.retries or state.upcoming_sleep <= 0,
            before_sleep=lambda state: retrying(_why(state)),
            reraise=True,
        )
        try:
            return await attempts(self._attempt, look)
        except AttemptFailedError as failed:
            count = attempts.statistics.get("attempt_number", 1)
            took = self._clock.now() - started
            tried = f"{count} attempts in {took:.0f} s" if count > 1 else ""
            raise failed.failure.raisable(job_id, region, tried) from None

    async def _attempt(self, look: Look) -> Job:
        credentials = await self._credentials.get()
        try:
            return await self._exchange(look, credentials)
        except AttemptFailedError as failed:
            if not failed.failure.is_expired_token:
                raise
        renewed = await self._credentials.get(reload=True)
        return await self._exchange(look, renewed)

    async def _exchange(self, look: Look, credentials: Credentials) -> Job:
        seconds = look.attempt_seconds(self._clock.now())
        client = self._client()
        request = client.build_request(
            "POST",
            # As text: httpx would encode a blank in its own way, unlike what is signed.
            f"{look.endpoint}/?{canonical_query({'JobId': look.job_id})}",
            timeout=httpx.Timeout(
                look.limits.read_seconds, connect=look.limits.connect_seconds
            ),
        )
        sent_at = self._now()
        auth = Acs3Auth(
            credentials, action=ACTION, version=VERSION, now=lambda: sent_at
        )
        try:
            # Beyond the limits of httpx: one that drips never exceeds those.
            async with asyncio.timeout(seconds):
                response = await client.send(request, auth=auth, stream=True)
                try:
                    body = await _read(response, look.limits.largest_mebibytes)
                finally:
                    await response.aclose()
        except (httpx.TransportError, OSError) as error:
            host = request.url.netloc.decode("ascii")
            raise AttemptFailedError(unanswered(error, host, seconds)) from None
        return read_answer(
            response, body, look.job_id, credentials=credentials, sent_at=sent_at
        )

    def _client(self) -> httpx.AsyncClient:
        # Not before it is needed: settings of proxies and certificates that cannot be
        # used must not keep `destroy` from running.
        if self._opened is None:
            try:
                self._opened = httpx.AsyncClient(
                    transport=self._transport,
                    mounts=PAST_PROXIES,
                    headers=HEADERS,
                    limits=POOL,
                    follow_redirects=False,
                )
            except (ValueError, ImportError, OSError, httpx.InvalidURL):
                raise ConfigurationError(
                    "cannot use the proxy or the certificates of the environment: check"
                    " HTTPS_PROXY, HTTP_PROXY, ALL_PROXY (no SOCKS), SSL_CERT_FILE and"
                    " SSL_CERT_DIR"
                ) from None
        return self._opened

    def _pause(self, look: Look, state: tenacity.RetryCallState) -> float:
        """Return the pause before the next attempt; none means that there is none."""
        failure = _failure_of(state)
        room = look.left(self._clock.now()) - SHORTEST_ATTEMPT_SECONDS
        wish = failure.retry_after_seconds if failure else None
        return min(room, pause_seconds(state.attempt_number, wish, self._random()))


def pause_seconds(attempts: int, wish: float | None, chance: float) -> float:
    """Return the pause after so many attempts, in seconds.

    Args:
        attempts: so far, from 1.
        wish: of the API; obeyed, and never undercut by chance.
        chance: between 0 and 1.
    """
    if wish is not None:
        wish = min(wish, LONGEST_WISH_SECONDS)
        return wish + chance * min(wish, 1.0)
    growing = FIRST_DELAY_SECONDS * 2.0 ** min(attempts, 10)
    return min(LONGEST_DELAY_SECONDS, growing) * (1 + chance) / 2


async def _read(response: httpx.Response, largest_mebibytes: float) -> bytes:
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        # Not asked for; and a small answer could become a huge one in memory.
        raise AttemptFailedError(broken_answer("the answer is compressed"))
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > largest_mebibytes * 2**20:
            raise AttemptFailedError(oversized_answer(largest_mebibytes))
    return bytes(body)


def _failure_of(state: tenacity.RetryCallState) -> Failure | None:
    error = state.outcome.exception() if state.outcome else None
    return error.failure if isinstance(error, AttemptFailedError) else None


def _is_passing(error: BaseException) -> bool:
    return isinstance(error, AttemptFailedError) and error.failure.is_passing


def _why(state: tenacity.RetryCallState) -> str:
    failed = state.outcome.exception() if state.outcome else None
    return failed.failure.what if isinstance(failed, AttemptFailedError) else ""
