"""A long wait with tokens that live for less, through the official library.

Time is the test's own: for the wait, for what is looked up again, and for the emulator,
which refuses a token that has expired by it. The library keeps the machine's time, by
which no time passes: a token of 15 minutes is old for it at once, and one of an hour
stays good, so that both ways of renewal are seen.
"""

import threading
from datetime import UTC, datetime

import httpx
import pytest

from clocks import FakeClock
from made import JOB_ID
from pulumi_alicloud_mediaconvert.client import ImsClient
from pulumi_alicloud_mediaconvert.emulator import Emulator, scripts
from pulumi_alicloud_mediaconvert.lifecycle import Lifecycle
from pulumi_alicloud_mediaconvert.settings import read_settings
from settled_jobs import declared
from token_services import FIFTEEN_MINUTES, URI_PATH, TokenServices

THREE_HOURS = 3 * 3600


async def wait_for_three_hours(emulator, clock, environ):
    """Wait for a job that runs for three hours; give the verdict."""
    emulator.add_job(JOB_ID, scripts.succeeds_slowly(seconds=THREE_HOURS))
    settings = read_settings({}, environ)
    async with ImsClient(
        settings.credentials(clock),
        clock=clock,
        transport=httpx.ASGITransport(app=emulator.app),
        now=lambda: datetime.fromtimestamp(clock.now(), UTC),
    ) as client:
        lifecycle = Lifecycle(client, settings, clock)
        settled = await lifecycle.settle(
            declared(wait={"timeout": "4h"}), THREE_HOURS, lambda _: None
        )
    return settled.outputs["verdict"]


@pytest.fixture
def clock():
    """A clock that starts in 2026."""
    return FakeClock(datetime(2026, 1, 2, tzinfo=UTC).timestamp())


@pytest.fixture
def emulator(clock):
    """The API in memory, on the test's clock."""
    made = Emulator(clock=clock.now)
    yield made
    assert not made.unexpected


def handing_out(emulator, clock, lifetime):
    """Hand out tokens that the emulator takes for so many seconds."""

    def register(key_id, secret, token):
        emulator.add_credentials(key_id, secret, token, clock.now() + lifetime)

    return TokenServices(register, lifetime_seconds=lifetime)


@pytest.mark.anyio
async def test_tokens_of_15_minutes_are_renewed_before_they_expire(emulator, clock):
    """A wait of three hours never shows an expired token, and asks once a minute."""
    with handing_out(emulator, clock, FIFTEEN_MINUTES) as services:
        environ = _only_the_uri(services)
        began = clock.now()

        verdict = await wait_for_three_hours(emulator, clock, environ)

    assert verdict == "passed"
    assert clock.now() - began >= THREE_HOURS
    assert {request.code for request in emulator.requests} == {None}
    tokens = {request.access_key_id for request in emulator.requests}
    assert THREE_HOURS / FIFTEEN_MINUTES <= len(tokens) <= THREE_HOURS / 60 + 1
    assert "APScheduler" not in {thread.name for thread in threading.enumerate()}


@pytest.mark.anyio
async def test_a_token_that_expires_early_is_reloaded_once(emulator, clock):
    """A token that the library takes for good is reloaded when the API refuses it."""
    with handing_out(emulator, clock, 3600) as services:
        environ = _only_the_uri(services)

        verdict = await wait_for_three_hours(emulator, clock, environ)

    assert verdict == "passed"
    refused = [request for request in emulator.requests if request.code]
    assert {one.code for one in refused} == {"InvalidSecurityToken.Expired"}
    assert len(refused) in {2, 3}
    assert len(services.answers) == len(refused) + 1


@pytest.mark.anyio
async def test_renewal_survives_a_service_that_is_away(emulator, clock):
    """A service of tokens may be away for minutes: the token at hand still is good."""

    class Away(FakeClock):
        """Time in which the service is away from the first hour on, for 10 minutes."""

        def __init__(self, services):
            super().__init__(clock.now())
            self.began = clock.now()
            self.services = services

        async def sleep(self, seconds):
            await super().sleep(seconds)
            clock.advance(seconds)
            is_away = 3600 <= self.now() - self.began < 4200
            self.services.is_away = is_away

    with handing_out(emulator, clock, FIFTEEN_MINUTES) as services:
        environ = _only_the_uri(services)

        verdict = await wait_for_three_hours(emulator, Away(services), environ)

    assert services.sent_away > 10
    assert verdict == "passed"
    assert {request.code for request in emulator.requests} == {None}


def _only_the_uri(services):
    return {
        "HOME": "/nonexistent",
        "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true",
        "ALIBABA_CLOUD_CREDENTIALS_URI": services.url + URI_PATH,
    }
