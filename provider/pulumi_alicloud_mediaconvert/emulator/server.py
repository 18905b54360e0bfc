"""The emulator as an object with a lifetime: a server in a thread, or only an app."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Self

from starlette.types import ASGIApp

from pulumi_alicloud_mediaconvert.emulator.accounts import Account
from pulumi_alicloud_mediaconvert.emulator.api import Api
from pulumi_alicloud_mediaconvert.emulator.expected import expected_delivery
from pulumi_alicloud_mediaconvert.emulator.fault_queue import FaultQueue
from pulumi_alicloud_mediaconvert.emulator.jobs import EmulatedJob, check_step
from pulumi_alicloud_mediaconvert.emulator.listener import Listener
from pulumi_alicloud_mediaconvert.emulator.media import usual_delivery
from pulumi_alicloud_mediaconvert.emulator.request_log import (
    LoggedRequest,
    Unexpected,
)
from pulumi_alicloud_mediaconvert.emulator.steps import Position, Script, Step

DEFAULT_REGION = "cn-shanghai"
# Under which the address is kept that knows all jobs.
ALL_REGIONS = ""
SUCCEEDS = Step("Success")


class Emulator:
    """The API of GetMediaConvertJob on localhost, with scripted jobs and faults.

    Used as a context manager it serves at `url` from a thread of its own. Without, its
    `app` can be called in memory, for instance through `httpx.ASGITransport`.

    Args:
        access_key_id: of the first account.
        access_key_secret: of the first account.
        security_token: of the first account; `None`: a key without a token.
        clock: tells the time in seconds since the epoch: of dates, of tokens and of
            steps that last for seconds. `slow` and `drip` take real time.
        seed: equal seeds give equal request IDs.
        host: address to listen on. The provider accepts plain http only for loopback
            addresses.
        port: 0 takes a free one.
        on_request: called with each request once it is answered, from the thread that
            serves.
    """

    def __init__(  # noqa: PLR0913  # all of them are settings with a default
        self,
        *,
        access_key_id: str = "testid",
        access_key_secret: str = "testsecret",  # noqa: S107  # of the emulator only
        security_token: str | None = None,
        clock: Callable[[], float] = time.time,
        seed: int = 0,
        host: str = "127.0.0.1",
        port: int = 0,
        on_request: Callable[[LoggedRequest], None] = lambda _: None,
    ) -> None:
        self._api = Api(clock=clock, seed=seed, on_request=on_request)
        self._account = Account(access_key_id, access_key_secret, security_token)
        self._address = (host, port)
        self._url: str | None = None
        self._listeners: dict[str, Listener] = {}
        self._api.accounts.add(self._account)

    @property
    def app(self) -> ASGIApp:
        """The ASGI app, for calls in memory."""
        return self._api

    @property
    def url(self) -> str:
        """Where it serves, without a slash at the end.

        Raises:
            RuntimeError: it does not serve.
        """
        if self._url is None:
            raise RuntimeError("the emulator does not serve: use `with Emulator()`")
        return self._url

    @property
    def endpoint(self) -> str:
        """The same, as settings of the package call it: `mediaconvert:endpoint`."""
        return self.url

    def config(self, region: str | None = None) -> dict[str, str]:
        """Return the configuration for a stack that uses this emulator.

        It has endpoint, region and the first access key, short intervals between
        polls, and lets an unknown job fail within a second. The keys are those of the
        emulator, not secrets.

        Args:
            region: whose API the stack calls, at an address of its own. Jobs that
                `add_job` has put into another region are unknown there. Without it
                the region is cn-shanghai, at an address that knows all jobs.

        Raises:
            RuntimeError: it does not serve.
        """
        named = {
            "endpoint": self.endpoint_of(region) if region else self.endpoint,
            "region": region or DEFAULT_REGION,
            "accessKey": self._account.access_key_id,
            "secretKey": self._account.access_key_secret,
            "securityToken": self._account.security_token,
            "waitPollMin": "100ms",
            "waitPollMax": "200ms",
            "waitNotFoundGrace": "700ms",
        }
        return {f"mediaconvert:{key}": value for key, value in named.items() if value}

    def environment(self, region: str | None = None) -> dict[str, str]:
        """Return the environment for programs and tools that use this emulator.

        Args:
            region: as for `config`.

        Raises:
            RuntimeError: it does not serve.
        """
        return {
            "ALIBABA_CLOUD_ICE_ENDPOINT": (
                self.endpoint_of(region) if region else self.endpoint
            ),
            "ALIBABA_CLOUD_REGION_ID": region or DEFAULT_REGION,
            "ALIBABA_CLOUD_ACCESS_KEY_ID": self._account.access_key_id,
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET": self._account.access_key_secret,
            # Blank counts as none: a token of this machine belongs to another key.
            "ALIBABA_CLOUD_SECURITY_TOKEN": self._account.security_token or "",
        }

    def endpoint_of(self, region: str) -> str:
        """Return the URL of the API of one region; `url` knows the jobs of all.

        Raises:
            RuntimeError: it does not serve.
        """
        if self._url is not None and region not in self._listeners:
            listener = Listener(self._api, self._address[0], 0)
            self._api.regions[listener.authority] = region
            self._listeners[region] = listener
        scheme, _, _ = self.url.partition("://")
        return f"{scheme}://{self._listeners[region].authority}"

    @property
    def faults(self) -> FaultQueue:
        """The faults laid over requests to come."""
        return self._api.faults

    @property
    def requests(self) -> tuple[LoggedRequest, ...]:
        """What was asked so far, in the order of arrival."""
        return self._api.log.requests

    def wait_for_requests(self, count: int, *, timeout_seconds: float = 60) -> bool:
        """Wait until so many requests have come in all.

        Returns:
            Whether they came in time.
        """
        return self._api.log.wait(count, timeout_seconds)

    @property
    def unexpected(self) -> tuple[Unexpected, ...]:
        """What no correct client asks; a test asserts in the end that it is empty."""
        return self._api.log.unexpected

    def take_unexpected(self) -> tuple[Unexpected, ...]:
        """Return what no correct client asks and forget it, as it was meant."""
        return self._api.log.take_unexpected()

    def add_credentials(
        self,
        access_key_id: str,
        access_key_secret: str,
        token: str | None = None,
        expires_at: float | None = None,
        *,
        actions: Collection[str] | None = None,
    ) -> None:
        """Make an access key known, in place of an older one with the same ID.

        Args:
            access_key_id: who.
            access_key_secret: what the requests are signed with.
            token: the security token that must come with them, if any.
            expires_at: end of the token, in seconds since the epoch.
            actions: that its policy allows, such as `GetMediaConvertJob`; `None`: all.
        """
        account = Account(
            access_key_id,
            access_key_secret,
            token,
            expires_at,
            None if actions is None else frozenset(actions),
        )
        self._api.accounts.add(account)

    def add_job(
        self,
        job_id: str,
        script: Script | Step | Iterable[Step] = SUCCEEDS,
        *,
        expect: object = None,
        base: Mapping[str, Any] | None = None,
        region: str | None = None,
    ) -> None:
        """Make a job known, in place of an older one with the same ID.

        Args:
            job_id: by which it is asked for; need not be the one in its answer.
            script: what it will do; the first step begins at the first look. Without
                it the job has succeeded.
            expect: expectations, as the input `expect` of `MediaConvertJob`: where the
                script ends well, the job delivers what meets all of them.
            base: a whole answer that the steps are laid over, instead of the one that
                is built to fit the job ID and the state.
            region: in the delivered URLs, cn-shanghai without it. If given, the job is
                unknown at the addresses of other regions: see `config`.

        Raises:
            ValueError: a step names an output that the built job does not have; there
                is both `expect` and `base`; `expect` is refused, or asks for more than
                can be made, with one line for each problem and its path. The page
                `docs/testing.md` lists what it covers; for the rest give `base`.
        """
        if expect is not None and base is not None:
            raise ValueError("give expect or base, not both")
        steps = script
        if isinstance(steps, Step):
            steps = [steps]
        if not isinstance(steps, Script):
            steps = Script(steps)
        delivery = usual_delivery() if expect is None else expected_delivery(expect)
        if base is None:
            for step in steps.steps:
                check_step(step, delivery)
        created_at = self._api.clock()
        place = region or DEFAULT_REGION
        job = EmulatedJob(job_id, place, created_at, base, delivery)
        self._api.add_job(job, Position(steps), regional=region is not None)

    def __enter__(self) -> Self:
        """Serve from a thread.

        Raises:
            OSError: the address cannot be used.
        """
        if self._url is not None:
            raise RuntimeError("the emulator serves already")
        listener = Listener(self._api, *self._address)
        self._listeners[ALL_REGIONS] = listener
        self._url = f"http://{listener.authority}"
        return self

    def __exit__(self, *_exc_info: object) -> None:
        """Stop serving; requests that are still being answered are cut."""
        for listener in self._listeners.values():
            listener.close()
        self._listeners.clear()
        self._api.regions.clear()
        self._url = None
