import asyncio
import logging
import threading

import pytest

from pulumi_alicloud_mediaconvert.credentials import LibraryCredentials
from pulumi_alicloud_mediaconvert.errors import ConfigurationError

MARK = "MARKEDSECRET"


class Provider:
    """A stand-in for a provider of the library."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = 0

    def get_credentials(self):
        """Give the next answer."""
        self.asked += 1
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return Keys(answer)


class Keys:
    """Keys as the library returns them."""

    def __init__(self, key_id):
        self.key_id = key_id

    def get_access_key_id(self):
        """Give the ID."""
        return self.key_id

    def get_access_key_secret(self):
        """Give the secret."""
        return MARK

    def get_security_token(self):
        """Give no token, as the library does."""
        return ""


class HangingProvider:
    """A provider that answers when it is released."""

    def __init__(self):
        self.released = threading.Event()

    def get_credentials(self):
        """Answer late."""
        self.released.wait(10)
        return Keys("late")


def explain(error):
    """Explain without a word of the error's own."""
    return f"explained {type(error).__name__}"


@pytest.mark.anyio
async def test_many_callers_share_one_look():
    """A look at a slow source is made once for all who wait for it."""
    provider = Provider("id")
    source = LibraryCredentials(lambda: provider, explain)

    found = await asyncio.gather(*(source.get() for _ in range(40)))

    assert {credentials.access_key_id for credentials in found} == {"id"}
    assert provider.asked == 1


@pytest.mark.anyio
async def test_every_call_asks_the_library_again():
    """The library renews short-lived credentials, so it is asked before every call."""
    source = LibraryCredentials(lambda: Provider("first", "second"), explain)

    await source.get()
    found = await source.get()

    assert found.access_key_id == "second"


@pytest.mark.anyio
async def test_reload_starts_with_a_new_provider():
    """What the API called expired is not taken from the library's memory."""
    providers = [Provider("old"), Provider("new")]
    source = LibraryCredentials(lambda: providers.pop(0), explain)

    await source.get()
    found = await source.get(reload=True)

    assert found.access_key_id == "new"


@pytest.mark.anyio
async def test_passing_fault_keeps_earlier_credentials():
    """While earlier credentials may be good, a failed renewal does not end a wait."""
    provider = Provider("good", RuntimeError(MARK), RuntimeError(MARK))
    source = LibraryCredentials(lambda: provider, explain)

    await source.get()
    found = await source.get()

    assert found.access_key_id == "good"


@pytest.mark.anyio
async def test_words_of_the_library_are_not_shown():
    """An error of the library may quote keys: only our own explanation is shown."""
    source = LibraryCredentials(lambda: Provider(RuntimeError(MARK)), explain)

    with pytest.raises(ConfigurationError, match=r"^explained RuntimeError$") as caught:
        await source.get()

    assert caught.value.__cause__ is None


@pytest.mark.anyio
async def test_source_that_hangs_is_given_up():
    """A look at a source that does not answer ends after its limit."""
    provider = HangingProvider()
    source = LibraryCredentials(lambda: provider, explain, lookup_seconds=0.01)

    with pytest.raises(ConfigurationError, match="explained TimeoutError"):
        await source.get()

    provider.released.set()


@pytest.mark.anyio
async def test_library_does_not_log_to_the_terminal():
    """The library's own log, tracebacks included, stays off the terminal."""
    log = logging.getLogger("credentials")
    log.addHandler(logging.StreamHandler())
    source = LibraryCredentials(lambda: Provider("id"), explain)

    await source.get()

    assert not log.propagate
    assert [type(handler) for handler in log.handlers] == [logging.NullHandler]
