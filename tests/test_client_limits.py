import asyncio

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import GIVEN_UP, KEY, Api, Lasting, Pieces, read_job, refusal
from clock import FakeClock
from jobs import JOB_ID
from pulumi_alicloud_mediaconvert.access.credentials import (
    Credentials,
    LostCredentialsError,
)
from pulumi_alicloud_mediaconvert.api.retrying import Budget, CallLimits, pause_seconds
from pulumi_alicloud_mediaconvert.errors import (
    ApiResponseError,
    ApiStatusError,
    ApiTimeoutError,
    AuthenticationError,
)


@pytest.mark.anyio
async def test_wish_of_the_api_is_obeyed_in_milliseconds():
    """A throttle's wish is waited for, and no less, before the next attempt."""
    clock = FakeClock()
    api = Api(refusal(400, "Throttling", headers={"x-acs-retry-after": "2500"}))

    await read_job(api, clock=clock, chance=0.5)

    assert clock.slept == [3.0]


@pytest.mark.anyio
@pytest.mark.parametrize(
    "retry_after", ["0", "-5", "1.5", "soon", "", "9" * 400, "\u0665"], ids=str
)
async def test_wish_that_is_none_is_ignored(retry_after):
    """Just a positive number of milliseconds is a wish."""
    clock = FakeClock()
    headers = {"x-acs-retry-after": retry_after.encode()}
    api = Api(refusal(400, "Throttling", headers=headers))

    await read_job(api, clock=clock)

    assert clock.slept == [pause_seconds(1, None, 0.0)]


@pytest.mark.anyio
async def test_wish_beyond_the_limit_still_leaves_a_last_attempt():
    """A wish is cut to what is left, but for the time of one attempt."""
    clock = FakeClock(start=0)
    api = Api(refusal(400, "Throttling", headers={"x-acs-retry-after": "86400000"}))

    job = await read_job(api, clock=clock)

    assert job.job_id == JOB_ID
    assert clock.slept == [29.0]


@pytest.mark.anyio
async def test_first_attempt_is_made_whatever_the_limit():
    """Even without any time left the job is looked at once."""
    job = await read_job(Api(), limits=CallLimits(total_seconds=0))

    assert job.job_id == JOB_ID


@pytest.mark.parametrize(
    ("total", "now", "seconds"),
    [(30, 0, 15), (30, 20, 10), (30, 29.5, 1), (0, 0, 1), (3, 0, 3)],
)
def test_attempt_is_bounded_by_what_is_left(total, now, seconds):
    """An attempt has its own limit or what is left of all, but never under 1 s."""
    limits = CallLimits(connect_seconds=5, read_seconds=10, total_seconds=total)

    budget = Budget(limits, started=0)

    assert budget.attempt_seconds(now) == seconds


def test_waiting_in_turn_uses_no_time_of_a_call():
    """The limit of all attempts counts from the first one that may go."""
    budget = Budget(CallLimits(total_seconds=30))

    assert budget.left(1000) == 30
    budget.begin(1000)
    assert budget.left(1010) == 20


@pytest.mark.parametrize(
    ("retry_after", "chance", "pause"), [(0.5, 0, 0.5), (0.5, 1, 1), (60, 0.5, 60.5)]
)
def test_a_wish_is_spread_by_a_second_at_most(retry_after, chance, pause):
    """A short wish is spread by as much again; none is undercut."""
    assert pause_seconds(1, retry_after, chance) == pause


@given(
    st.integers(min_value=1, max_value=10_000),
    st.none() | st.floats(min_value=0.001, max_value=1e9),
    st.floats(min_value=0, max_value=1),
)
def test_pause_is_bounded(attempts, retry_after, chance):
    """A pause is never nothing and never endless; a wish is not undercut."""
    pause = pause_seconds(attempts, retry_after, chance)

    assert 0 < pause <= 121
    assert retry_after is None or pause >= min(retry_after, 120)


def test_pauses_grow_and_spread():
    """The pauses double up to a limit, and differ by chance."""
    pauses = [pause_seconds(attempts, None, 1.0) for attempts in range(1, 7)]

    assert pauses == [1, 2, 4, 8, 10, 10]
    assert pause_seconds(3, None, 0.0) == 2


@pytest.mark.anyio
async def test_an_attempt_has_seconds_to_connect_and_to_read():
    """Neither a host that does not answer nor one that falls silent is waited for."""
    api = Api()

    await read_job(api, limits=CallLimits(connect_seconds=4, read_seconds=9))
    await read_job(api)

    stated = [request.extensions["timeout"] for request in api.requests]
    assert [(one["connect"], one["read"]) for one in stated] == [(4, 9), (5, 10)]


@pytest.mark.anyio
async def test_answer_that_drips_is_given_up():
    """An answer that never ends does not outlast its attempt."""
    answer = httpx.Response(200, stream=Pieces(b"{", hangs=True))
    limits = CallLimits(connect_seconds=0.01, read_seconds=0.01, retries=False)

    with pytest.raises(ApiTimeoutError, match=r"did not respond within 0\.02 s"):
        await read_job(Api(answer), limits=limits)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("fault", "seconds"),
    [
        pytest.param(httpx.ConnectTimeout("x"), "5", id="no connection"),
        pytest.param(httpx.ReadTimeout("x"), "10", id="no answer"),
    ],
)
async def test_the_time_that_was_waited_in_vain_is_named(fault, seconds):
    """The line says how long nothing came, not how long something could have."""
    with pytest.raises(ApiTimeoutError, match=rf"did not respond within {seconds} s\b"):
        await read_job(Api(fault), limits=GIVEN_UP)


@pytest.mark.anyio
async def test_huge_answer_is_refused_before_its_end():
    """No more than 8 MiB are read, and nothing is asked again."""
    body = Pieces(*[b" " * 2**20] * 100)
    api = Api(httpx.Response(200, stream=body))

    with pytest.raises(ApiResponseError, match="larger than 8 MiB"):
        await read_job(api)

    assert (body.taken, len(api.requests)) == (9, 1)


@pytest.mark.anyio
async def test_compressed_answer_is_not_unpacked():
    """A compressed answer was not asked for, and could be huge: it stays packed."""
    body = Pieces(b"never taken")
    answer = httpx.Response(200, stream=body, headers={"content-encoding": "gzip"})

    with pytest.raises(ApiResponseError, match="the response is compressed"):
        await read_job(Api(answer), limits=GIVEN_UP)

    assert body.taken == 0


@pytest.mark.anyio
async def test_cancelling_ends_a_call_at_once():
    """A call that is cancelled in an attempt ends as cancelled, with no other try."""
    body = Pieces(b"{", hangs=True)
    api = Api(httpx.Response(200, stream=body))
    call = asyncio.create_task(read_job(api))
    while not body.taken:
        await asyncio.wait([call], timeout=0)

    call.cancel()

    with pytest.raises(asyncio.CancelledError):
        await call
    assert len(api.requests) == 1


class Lost:
    """A source that had credentials once."""

    def __init__(self) -> None:
        self.asked = 0

    async def get(self, *, reload: bool = False) -> Credentials:
        """Have none, for a reason that passes; but not for ever."""
        del reload
        self.asked += 1
        assert self.asked < 100
        raise LostCredentialsError(
            "the credentials are no longer available: OIDC (no response)"
        )


class LostOnceMore(Lost):
    """A source whose credentials expire, and are not to be had anew."""

    def __init__(self, given: int, *, reload: bool) -> None:
        super().__init__()
        self.given = given
        self.reload = reload

    async def get(self, *, reload: bool = False) -> Credentials:
        """Give what is there, unless it is time to have none."""
        if self.given and reload is not self.reload:
            self.given -= 1
            return KEY
        return await super().get()


@pytest.mark.anyio
@pytest.mark.parametrize(
    "source",
    [LostOnceMore(1, reload=True), LostOnceMore(9, reload=True)],
    ids=["as others find it", "as it reloads"],
)
async def test_an_expired_token_that_cannot_be_replaced_is_lost(source):
    """What is away for now is asked again; the line says what is missing."""
    api = Lasting(lambda: refusal(403, "InvalidSecurityToken.Expired"))

    with pytest.raises(
        AuthenticationError, match="the credentials are no longer available: OIDC"
    ):
        await read_job(api, source=source)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("faults", "tried"), [(1, ""), (2, " (2 attempts in 29 s)")], ids=["one", "two"]
)
async def test_attempts_are_counted_where_there_are_several(faults, tried):
    """The line of a call that failed says how often it was tried."""
    retry_after = {"x-acs-retry-after": "86400000"}
    api = Lasting(lambda: refusal(503, headers=retry_after))

    with pytest.raises(ApiStatusError) as caught:
        await read_job(
            api, clock=FakeClock(start=0), limits=CallLimits(retries=faults > 1)
        )

    assert len(api.requests) == faults
    assert ("attempts" in str(caught.value)) is bool(tried)
    assert tried.strip(" ()") in str(caught.value)


@pytest.mark.anyio
async def test_lost_credentials_are_asked_for_within_the_limits_of_a_call():
    """A refresh does not hang because a service of tokens is away."""
    clock, source = FakeClock(), Lost()
    began = clock.now()

    with pytest.raises(
        AuthenticationError,
        match=r"are no longer available: OIDC \(no response\) \(\d+ attempts in",
    ):
        await read_job(Api(), source=source, clock=clock, limits=CallLimits())

    assert source.asked > 2
    assert clock.now() - began <= CallLimits().total_seconds
