"""Credentials that are looked up: when, by whom, and what becomes of a failure."""

import asyncio
import threading

import pytest

from clock import FakeClock
from pulumi_alicloud_mediaconvert.access.credentials import (
    RENEWAL_SECONDS,
    RETRY_SECONDS,
    Credentials,
    LostCredentialsError,
    RenewedCredentials,
)
from pulumi_alicloud_mediaconvert.errors import ConfigurationError

MARK = "MARKEDSECRET"


class Reader:
    """A stand-in for who reads credentials: gives one answer after the other."""

    looking_at = "a place"

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = 0
        self.forgotten = 0

    def forget(self):
        """Count it."""
        self.forgotten += 1

    def read(self):
        """Give the next answer."""
        self.asked += 1
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return Credentials(answer, MARK, "token")


class HangingReader(Reader):
    """A reader that answers when it is released."""

    def __init__(self):
        super().__init__("late")
        self.released = threading.Event()

    def read(self):
        """Answer late."""
        self.released.wait(10)
        return super().read()


def renewed(reader, **options):
    """Credentials that are read by a reader, which is made once."""
    waiting = [reader]
    return RenewedCredentials(waiting.pop, **options)


@pytest.mark.anyio
async def test_many_callers_share_one_look():
    """A look at a slow source is made once for all who wait for it."""
    reader = Reader("id")
    source = renewed(reader)

    found = await asyncio.gather(*(source.get() for _ in range(40)))

    assert {credentials.access_key_id for credentials in found} == {"id"}
    assert reader.asked == 1


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("seconds", "key_id"),
    [(RENEWAL_SECONDS - 1, "first"), (RENEWAL_SECONDS, "second")],
)
async def test_credentials_are_looked_up_again_after_a_minute(seconds, key_id):
    """Thousands of calls ask once a minute; what lives for minutes stays renewed."""
    clock = FakeClock()
    source = renewed(Reader("first", "second"), clock=clock)

    await source.get()
    clock.advance(seconds)
    found = await source.get()

    assert found.access_key_id == key_id


@pytest.mark.anyio
async def test_a_reload_takes_nothing_from_memory():
    """What the API called expired is read anew, by the reader too."""
    reader = Reader("old", "new")
    source = renewed(reader)

    await source.get()
    found = await source.get(reload=True)

    assert found.access_key_id == "new"
    assert reader.forgotten == 1


@pytest.mark.anyio
async def test_a_reload_that_fails_does_not_bring_back_the_old():
    """An expired key is of no use, so the failure is told, and the next look helps."""
    source = renewed(Reader("old", LostCredentialsError("away"), "new"))

    await source.get()
    with pytest.raises(LostCredentialsError, match="away"):
        await source.get(reload=True)
    found = await source.get()

    assert found.access_key_id == "new"


@pytest.mark.anyio
async def test_a_passing_fault_keeps_earlier_credentials():
    """While earlier credentials may be good, a failed renewal does not end a wait."""
    clock = FakeClock()
    reader = Reader("good", ConfigurationError("none"), "better")
    source = renewed(reader, clock=clock)

    await source.get()
    clock.advance(RENEWAL_SECONDS)
    kept = [await source.get(), await source.get()]
    clock.advance(RETRY_SECONDS)
    found = await source.get()

    assert [one.access_key_id for one in kept] == ["good", "good"]
    assert found.access_key_id == "better"


@pytest.mark.anyio
async def test_no_credentials_at_all_is_the_error_of_the_reader():
    """The reader knows what it looked at, so its words are shown."""
    source = renewed(Reader(ConfigurationError("looked everywhere")))

    with pytest.raises(ConfigurationError, match=r"^looked everywhere$") as caught:
        await source.get()

    assert caught.value.__cause__ is None


@pytest.mark.anyio
async def test_a_source_that_hangs_is_given_up_and_named():
    """A look at a place that does not answer ends after its limit."""
    reader = HangingReader()
    source = renewed(reader, lookup_seconds=0.01)

    with pytest.raises(
        ConfigurationError, match=r"a place did not respond within 0\.01 s"
    ):
        await source.get()

    reader.released.set()


@pytest.mark.anyio
async def test_a_source_that_hangs_once_it_gave_credentials_is_only_lost():
    """Who gave credentials before may give some again, so the wait need not end."""
    reader = HangingReader()
    reader.released.set()
    source = renewed(reader, lookup_seconds=0.05)
    await source.get()
    reader.released.clear()

    with pytest.raises(
        LostCredentialsError, match="are no longer available: a place did not respond"
    ):
        await source.get(reload=True)

    reader.released.set()
