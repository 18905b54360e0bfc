"""A machine that sleeps in the middle of a call: nothing of that counts as a fault."""

import ssl

import httpx
import pytest

from api import KEY, Api, Lasting, Source, caused, read_job, refusal
from clock import FakeClock
from jobs import JOB_ID
from pulumi_alicloud_mediaconvert.access.credentials import Credentials
from pulumi_alicloud_mediaconvert.api.retrying import Budget, CallLimits
from pulumi_alicloud_mediaconvert.errors import ApiConnectionError, ProviderError

RENEWED = Credentials("otherid", "othersecret", "othertoken")
HOURS = 3 * 3600.0


def untimely(number):
    """Break a connection by a certificate that is not of this time."""
    error = ssl.SSLCertVerificationError(1, "x")
    error.verify_code, error.verify_message = number, "not of this time"
    return caused(httpx.ConnectError("x"), error)


OUTDATED = {
    "IllegalTimestamp": lambda: refusal(400, "IllegalTimestamp"),
    "InvalidTimeStamp.Expired": lambda: refusal(400, "InvalidTimeStamp.Expired"),
    "expired token": lambda: refusal(400, "InvalidSecurityToken.Expired"),
    "certificate of tomorrow": lambda: untimely(9),
    "certificate of yesterday": lambda: untimely(10),
}


@pytest.mark.anyio
@pytest.mark.parametrize("make_fault", OUTDATED.values(), ids=OUTDATED)
@pytest.mark.parametrize("retries", [True, False])
async def test_what_was_too_old_is_sent_again_at_once(make_fault, retries):
    """A request that lay asleep is signed anew; that needs neither time nor leave."""
    api, clock = Api(make_fault()), FakeClock()

    job = await read_job(
        api, source=Source(RENEWED), clock=clock, limits=CallLimits(retries=retries)
    )

    assert (job.job_id, clock.slept) == (JOB_ID, [])
    signed = [request.headers["x-acs-signature-nonce"] for request in api.requests]
    assert len(set(signed)) == len(signed) == 2


@pytest.mark.anyio
@pytest.mark.parametrize("make_fault", OUTDATED.values(), ids=OUTDATED)
async def test_what_stays_too_old_is_told_after_the_second_time(make_fault):
    """A clock that is off, or a token that nobody renews, is no matter of patience."""
    api, clock = Lasting(make_fault), FakeClock()

    with pytest.raises(ProviderError):
        await read_job(api, source=Source(RENEWED, KEY), clock=clock)

    assert (len(api.requests), clock.slept) == (2, [])


@pytest.mark.anyio
@pytest.mark.parametrize("order", [1, -1])
async def test_date_and_token_may_both_be_too_old(order):
    """Each of them is renewed once, whichever the API finds first."""
    faults = [OUTDATED["IllegalTimestamp"](), OUTDATED["expired token"]()][::order]

    job = await read_job(Api(*faults), source=Source(RENEWED))

    assert job.job_id == JOB_ID


class Asleep(Api):
    """An API of which each answer takes as long as the machine sleeps."""

    def __init__(self, clock, seconds, *answers):
        super().__init__(*answers)
        self.clock = clock
        self.seconds = list(seconds)

    def __call__(self, request):
        """Answer one request."""
        self.clock.advance(self.seconds.pop(0) if self.seconds else 0)
        return super().__call__(request)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "fault", [httpx.ReadTimeout("x"), httpx.RemoteProtocolError("x")], ids=repr
)
async def test_an_attempt_that_was_slept_through_is_made_again(fault):
    """A connection that broke meanwhile costs an attempt, not the call."""
    clock = FakeClock()
    api = Asleep(clock, [HOURS], fault)

    job = await read_job(api, clock=clock, limits=CallLimits(total_seconds=30))

    assert job.job_id == JOB_ID


@pytest.mark.anyio
async def test_a_fault_that_stays_after_the_sleep_ends_the_call():
    """Sleep gives one more whole attempt, not the whole time again."""
    clock = FakeClock(start=0)
    api = Asleep(clock, [HOURS], *[httpx.ConnectError("x")] * 999)

    with pytest.raises(ApiConnectionError):
        await read_job(api, clock=clock, limits=CallLimits(total_seconds=1800))

    assert clock.now() - HOURS <= 20


@pytest.mark.parametrize(("late", "left"), [(0, 0), (5, 0), (6, 16), (HOURS, 16)])
def test_only_what_ends_far_too_late_was_slept_through(late, left):
    """A busy machine is some seconds late; one that slept is later."""
    budget = Budget(CallLimits(total_seconds=100), started=0)
    budget.paused(80, 20)

    budget.woken(100 + late)

    assert max(0, budget.left(100 + late)) == left
