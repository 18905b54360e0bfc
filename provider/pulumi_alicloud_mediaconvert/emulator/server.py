"""`Emulator`: the API on localhost, served from a thread or in memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Self

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

if TYPE_CHECKING:
    from pulumi_alicloud_mediaconvert.args import Expect

DEFAULT_REGION = "cn-shanghai"
# Key of the address that serves the jobs of all regions.
ALL_REGIONS = ""
SUCCEEDS = Step("Success")


class Emulator:
    """The API of GetMediaConvertJob on localhost, with scripted jobs and faults.

    `with Emulator() as api:` serves it at `api.url` from a thread. Without `with`, call
    its `app` in memory, for example with `httpx.ASGITransport`.
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
        """Prepare an emulator without jobs.

        The provider accepts plain http only for `127.0.0.1`, `localhost` and `[::1]`.

        Args:
            access_key_id: ID of the first access key.
            access_key_secret: Its secret.
            security_token: Its security token. Default: none.
            clock: Returns seconds since the epoch. `slow` and `drip` use real time.
            seed: The same seed gives the same request IDs.
            host: Address to listen on.
            port: Port to listen on; 0 selects a free one.
            on_request: Called with each answered request, from the serving thread.
        """
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
        """URL of the API, without a final slash. It serves the jobs of all regions.

        Raises:
            RuntimeError: The emulator is not serving.
        """
        if self._url is None:
            raise RuntimeError("the emulator is not serving: use `with Emulator()`")
        return self._url

    @property
    def endpoint(self) -> str:
        """URL for `mediaconvert:endpoint`: the same as `url`.

        Raises:
            RuntimeError: The emulator is not serving.
        """
        return self.url

    def config(self, region: str | None = None) -> dict[str, str]:
        """Return the configuration of a stack that uses this emulator.

        It contains the endpoint, the region, the first access key and short intervals
        between polls. An unknown job fails within a second. The keys are not secrets.

        A region has its own URL, where jobs of other regions are unknown. Without
        `region`, the stack's region is cn-shanghai, and the URL serves the jobs of all
        regions, whatever region a job or the stack names.

        Args:
            region: Region of the API. Default: cn-shanghai, with jobs of all regions.

        Returns:
            Values by key, such as `mediaconvert:endpoint`.

        Raises:
            RuntimeError: The emulator is not serving.
            OSError: The URL of the region needs a port that is not free.
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
        """Return the environment variables of programs that use this emulator.

        Args:
            region: Region of the API. Default: cn-shanghai, with jobs of all regions.

        Returns:
            Values by name: endpoint, region and the first access key.

        Raises:
            RuntimeError: The emulator is not serving.
            OSError: The URL of the region needs a port that is not free.
        """
        return {
            "ALIBABA_CLOUD_ICE_ENDPOINT": (
                self.endpoint_of(region) if region else self.endpoint
            ),
            "ALIBABA_CLOUD_REGION_ID": region or DEFAULT_REGION,
            "ALIBABA_CLOUD_ACCESS_KEY_ID": self._account.access_key_id,
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET": self._account.access_key_secret,
            # Blank means none: a token in this environment belongs to another key.
            "ALIBABA_CLOUD_SECURITY_TOKEN": self._account.security_token or "",
        }

    def endpoint_of(self, region: str) -> str:
        """Return the URL of the API of one region. Jobs of other regions are unknown.

        If the emulator has a fixed port, regions get the next ports, in order of use.

        Args:
            region: The region, such as `cn-beijing`.

        Raises:
            RuntimeError: The emulator is not serving.
            OSError: The port is not free.
        """
        if self._url is not None and region not in self._listeners:
            host, port = self._address
            following = port + len(self._listeners) if port else 0
            self._listeners[region] = Listener(
                self._api.of_region(region), host, following
            )
        scheme, _, _ = self.url.partition("://")
        return f"{scheme}://{self._listeners[region].authority}"

    @property
    def faults(self) -> FaultQueue:
        """Faults of future requests: `faults.add(...)`."""
        return self._api.faults

    @property
    def requests(self) -> tuple[LoggedRequest, ...]:
        """Requests so far, in the order of arrival."""
        return self._api.log.requests

    def wait_for_requests(self, count: int, *, timeout_seconds: float = 60) -> bool:
        """Wait until the emulator has received `count` requests.

        Args:
            count: Number of requests since the start, not since this call.
            timeout_seconds: Longest wait, in seconds.

        Returns:
            `False` if the time ran out.
        """
        return self._api.log.wait(count, timeout_seconds)

    @property
    def unexpected(self) -> tuple[Unexpected, ...]:
        """Requests that a correct client never sends. Tests assert that it is empty."""
        return self._api.log.unexpected

    def take_unexpected(self) -> tuple[Unexpected, ...]:
        """Return and remove `unexpected`, for tests that send such requests."""
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
        """Add an access key, or replace the one with the same ID.

        Args:
            access_key_id: ID of the access key.
            access_key_secret: Its secret.
            token: Security token that requests must contain. Default: none.
            expires_at: Expiry of the token, in seconds since the epoch.
            actions: Actions that its policy allows; default: all.
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
        expect: Expect | Mapping[str, Any] | None = None,
        base: Mapping[str, Any] | None = None,
        region: str | None = None,
    ) -> None:
        """Add a job, or replace the job with the same ID.

        Args:
            job_id: ID of the job. A response from `base` may contain another one.
            script: What happens to the job, from its first read. Default: success.
            expect: Expectations that the job meets if it succeeds, as in a program.
            base: A complete response that replaces the built one; the steps change it.
            region: Only this region has the job. Default: all, with cn-shanghai URLs.

        Raises:
            ValueError: `expect` is invalid, or no job can be made that meets it: one
                line for each problem, with its path. `docs/testing.md` lists what
                `expect` covers; for anything else, use `base`. Also if `expect` and
                `base` are both given, or a step names an output that the job does not
                have.
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
        """Start serving from a thread.

        Raises:
            OSError: The address or the port cannot be used.
            RuntimeError: The emulator is already serving.
        """
        if self._url is not None:
            raise RuntimeError("the emulator is already serving")
        listener = Listener(self._api, *self._address)
        self._listeners[ALL_REGIONS] = listener
        self._url = f"http://{listener.authority}"
        return self

    def __exit__(self, *_exc_info: object) -> None:
        """Stop serving. This closes open connections."""
        for listener in self._listeners.values():
            listener.close()
        self._listeners.clear()
        self._url = None
