"""What the provider has in the engine's plugin process, from `configure` on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from pulumi_alicloud_mediaconvert.access.settings import CONFIG_NAMESPACE, read_settings
from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.api.rate_limiter import (
    DEFAULT_REQUESTS_PER_SECOND,
    RateLimiter,
    parse_rate,
)
from pulumi_alicloud_mediaconvert.errors import ConfigurationError
from pulumi_alicloud_mediaconvert.expect.validation_messages import Problem
from pulumi_alicloud_mediaconvert.hosts.dynamic.diagnostics import Diagnostics
from pulumi_alicloud_mediaconvert.hosts.dynamic.engine import Call
from pulumi_alicloud_mediaconvert.hosts.dynamic.engine_log import EngineLog
from pulumi_alicloud_mediaconvert.hosts.engine_messages import ENGINE
from pulumi_alicloud_mediaconvert.hosts.event_loop import EventLoop
from pulumi_alicloud_mediaconvert.lifecycle.declared import Declared, DeclaredSet
from pulumi_alicloud_mediaconvert.lifecycle.job import Lifecycle
from pulumi_alicloud_mediaconvert.lifecycle.job_wait import (
    SINGLE_READ,
)
from pulumi_alicloud_mediaconvert.lifecycle.preview import Previews
from pulumi_alicloud_mediaconvert.schema.inputs import (
    CONFIGURED_RATE,
    CONFIGURED_TIMEOUT,
    parse_duration,
)
from pulumi_alicloud_mediaconvert.schema.secrets import READ_TIMEOUT_KEY
from pulumi_alicloud_mediaconvert.waiting.wait_limits import DEFAULTS


class Runtime:
    """The one of a process, for all resources of a stack.

    Attributes:
        lifecycle: of every job of the stack.
        settings: of the stack and the environment.
        loop: on which its work runs.
        row: of each resource, in the engine's display.
        configured: `mediaconvert:` configuration, keys without the prefix.
        warned: resources whose stored warnings were repeated in this run.
        previews: looks of a preview.
        foretold: resources of which a preview has said what it has to say.
        unchanged: resources whose inputs a preview found unchanged, as declared;
            whether an `up` would verify them is not known before `diff`.
        previewed: sets that are in the state, as declared in a preview: `diff` alone
            sees which of their jobs have passed.
        refreshed: by resource and ID, whether a refresh found anything changed.
    """

    def __init__(
        self,
        config: Mapping[str, str],
        loop: EventLoop | None = None,
        unread: Sequence[str] = (),
    ) -> None:
        settings = read_settings(config, os.environ)
        prefix = CONFIG_NAMESPACE + ":"
        self.configured = {
            key.removeprefix(prefix): value
            for key, value in config.items()
            if key.startswith(prefix)
        }
        self.settings = settings
        try:
            limiter = RateLimiter(self.requests_per_second())
        except ConfigurationError:
            # `check` says so; `destroy` needs no traffic.
            limiter = RateLimiter()
        client = ImsClient(settings.credentials(), limiter=limiter)
        self.lifecycle = Lifecycle(client, settings, messages=ENGINE)
        self.loop = loop or EventLoop()
        self.row = EngineLog(sys.argv)
        self.warned: set[str] = set()
        self.previews = Previews(self.lifecycle, ENGINE)
        self.foretold: set[str] = set()
        self.unchanged: dict[str, Declared] = {}
        self.previewed: dict[str, tuple[DeclaredSet, Diagnostics]] = {}
        self._untold = iter([unread])
        self.refreshed: dict[tuple[str, str], bool] = {}

    def untold(self) -> Sequence[str]:
        """Say once, to whoever asks first, which settings are read by nobody."""
        return next(self._untold, ())

    def forget_refresh(self, resource: str) -> None:
        """Forget what a refresh found, of which not every engine asks."""
        for key in [key for key in self.refreshed if key[0] == resource]:
            self.refreshed.pop(key, None)

    def region(self, stated: object, stored: object) -> object:
        """Resolve the region; one from the environment does not move a resource.

        Raises:
            ConfigurationError: there is none anywhere.
        """
        if stated is not None and stated != "":
            return stated
        configured = self.settings.configured_region()
        if configured is None and isinstance(stored, str) and stored:
            return stored
        return self.settings.region(None)

    def configuration_problems(self, inputs: Mapping[str, Any]) -> list[Problem]:
        """Say what is wrong with the configuration that these inputs rest on."""
        region, wait = inputs["region"], inputs["wait"]
        readings: list[tuple[str, Callable[[], object]]] = [
            ("credentials", self.settings.stated_keys),
            ("configuration", self.requests_per_second),
        ]
        if isinstance(region, str):
            readings.insert(0, ("endpoint", partial(self.settings.endpoint, region)))
        if isinstance(wait, Mapping) and "timeout" not in wait:
            readings.append(("configuration", partial(self.timeout_seconds, Call())))
        problems: list[Problem] = []
        for path, read in readings:
            try:
                read()
            except ConfigurationError as error:
                problems.append(Problem(path, ENGINE.text(error)))
        return problems

    def requests_per_second(self) -> float:
        """Say how many calls all resources together may make in a second.

        Raises:
            ConfigurationError: what is configured is no such number.
        """
        configured = self.configured.get(CONFIGURED_RATE)
        if configured is None:
            return DEFAULT_REQUESTS_PER_SECOND
        try:
            return parse_rate(configured)
        except ValueError as error:
            raise ConfigurationError(
                f"{CONFIG_NAMESPACE}:{CONFIGURED_RATE}: {error}"
            ) from None

    def read_seconds(self, call: Call, props: Mapping[str, Any]) -> float:
        """Say how long one look outside a wait may take.

        Args:
            call: of the engine, which knows the limit of a resource it manages.
            props: of the resource, which has that of one that is only read.

        Raises:
            ConfigurationError: the limit is no duration.
        """
        if call.timeout_seconds is not None:
            return call.timeout_seconds
        stated = props.get(READ_TIMEOUT_KEY)
        if stated is None:
            return SINGLE_READ.total_seconds
        try:
            return parse_duration(stated)
        except ValueError as error:
            raise ConfigurationError(f"custom_timeouts.read: {error}") from None

    def timeout_seconds(self, call: Call) -> float:
        """Say how long a wait may take that names no timeout of its own.

        Raises:
            ConfigurationError: the configured one is no duration.
        """
        if call.timeout_seconds is not None:
            return call.timeout_seconds
        configured = self.configured.get(CONFIGURED_TIMEOUT)
        if configured is None:
            return DEFAULTS.timeout
        try:
            return parse_duration(configured)
        except ValueError as error:
            raise ConfigurationError(
                f"{CONFIG_NAMESPACE}:{CONFIGURED_TIMEOUT}: {error}"
            ) from None
