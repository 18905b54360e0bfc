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

from clock import FakeClock
from credentials import FIFTEEN_MINUTES, URI_PATH, TokenServices
from jobs import JOB_ID
from lifecycles import declared
from pulumi_alicloud_mediaconvert.access.settings import read_settings
from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.emulator import Emulator, scripts
from pulumi_alicloud_mediaconvert.hosts.engine_messages import ENGINE
from pulumi_alicloud_mediaconvert.lifecycle.job import Lifecycle

THREE_HOURS = 3 * 3600


async def wait_for_three_hours(emulator, clock, environ):
    """Wait for a job that runs for three hours, for four at the most."""
    emulator.add_job(JOB_ID, scripts.succeeds_slowly(seconds=THREE_HOURS))
    settings = read_settings({}, environ)
    async with ImsClient(
        settings.credentials(clock),
        clock=clock,
        transport=httpx.ASGITransport(app=emulator.app),
        now=lambda: datetime.fromtimestamp(clock.now(), UTC),
    ) as client:
        lifecycle = Lifecycle(client, settings, clock, messages=ENGINE)
        limits = {"timeout": "4h", "poll_min": "30s", "poll_max": "60s"}
        inputs = declared(wait=limits)
        return await lifecycle.settle(inputs, THREE_HOURS, lambda _: None)


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

        settled = await wait_for_three_hours(emulator, clock, environ)

    assert settled.outputs["verdict"] == "passed"
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

        settled = await wait_for_three_hours(emulator, clock, environ)

    assert settled.outputs["verdict"] == "passed"
    refused = [request for request in emulator.requests if request.code]
    assert {one.code for one in refused} == {"InvalidSecurityToken.Expired"}
    assert len(refused) in {2, 3}
    assert len(services.answers) == len(refused) + 1


class Absence(FakeClock):
    """Time in which a service is away from the first hour on, for so many minutes."""

    def __init__(self, clock, services, minutes):
        super().__init__(clock.now())
        self._clock = clock
        self._services = services
        self._away_from = clock.now() + 3600
        self._away_until = self._away_from + minutes * 60

    async def sleep(self, seconds):
        """Let time pass, for the emulator too."""
        await super().sleep(seconds)
        self._clock.advance(seconds)
        self._services.is_away = self._away_from <= self.now() < self._away_until


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("minutes", "is_refused"),
    [(10, False), (30, True)],
    ids=["less than a token lives", "more than a token lives"],
)
async def test_a_wait_survives_a_service_that_is_away(
    emulator, clock, minutes, is_refused
):
    """A service of tokens may be away for a while: that costs nothing but time."""
    with handing_out(emulator, clock, FIFTEEN_MINUTES) as services:
        time = Absence(clock, services, minutes)

        settled = await wait_for_three_hours(emulator, time, _only_the_uri(services))

    assert services.sent_away > minutes / 2
    assert settled.outputs["verdict"] == "passed"
    codes = {request.code for request in emulator.requests} - {None}
    assert codes == ({"InvalidSecurityToken.Expired"} if is_refused else set())


@pytest.mark.anyio
async def test_a_service_that_stays_away_ends_the_wait_at_its_limit(emulator, clock):
    """The last line names the place and why it gave no key; the state is kept."""
    with handing_out(emulator, clock, FIFTEEN_MINUTES) as services:
        time = Absence(clock, services, minutes=600)

        settled = await wait_for_three_hours(emulator, time, _only_the_uri(services))

    assert settled.outputs["verdict"] == "pending"
    assert [one for one in settled.failures if "a credentials URI (refused" in one]


def _only_the_uri(services):
    return {
        "HOME": "/nonexistent",
        "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true",
        "ALIBABA_CLOUD_CREDENTIALS_URI": services.url + URI_PATH,
    }
