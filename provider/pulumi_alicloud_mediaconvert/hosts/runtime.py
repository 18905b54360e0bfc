"""What all resources of a process share: settings, one client, limits and defaults."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from pulumi_alicloud_mediaconvert.access.settings import CONFIG_NAMESPACE, read_settings
from pulumi_alicloud_mediaconvert.api.httpx_alone import import_httpx_alone
from pulumi_alicloud_mediaconvert.api.rate_limiter import (
    DEFAULT_REQUESTS_PER_SECOND,
    RateLimiter,
    parse_rate,
)
from pulumi_alicloud_mediaconvert.error_renderer import ErrorRenderer
from pulumi_alicloud_mediaconvert.errors import ConfigurationError
from pulumi_alicloud_mediaconvert.expect.validation_messages import Problem
from pulumi_alicloud_mediaconvert.hosts.engine_messages import ENGINE
from pulumi_alicloud_mediaconvert.schema.check import CheckContext
from pulumi_alicloud_mediaconvert.schema.inputs import (
    CONFIGURED_RATE,
    CONFIGURED_TIMEOUT,
    parse_duration,
)
from pulumi_alicloud_mediaconvert.waiting.wait_limits import DEFAULTS

if TYPE_CHECKING:
    from pulumi_alicloud_mediaconvert.hosts.lifecycles import Lifecycles


class Runtime:
    """The one of a process, for all resources of a stack.

    Args:
        config: of the stack, keys with their namespaces.
        messages: put errors into the words of the host.
        is_secret: whether a setting may be secret, by its key. Its value is quoted in
            no line.

    Attributes:
        messages: put errors into the words of the host.
        settings: of the stack and the environment.
        configured: `mediaconvert:` configuration, keys without the prefix.
    """

    def __init__(
        self,
        config: Mapping[str, str],
        messages: ErrorRenderer = ENGINE,
        is_secret: Callable[[str], bool] = lambda _key: False,
    ) -> None:
        self.messages = replace(messages, is_secret=is_secret)
        self.settings = read_settings(config, os.environ)
        prefix = CONFIG_NAMESPACE + ":"
        self.configured = {
            key.removeprefix(prefix): value
            for key, value in config.items()
            if key.startswith(prefix)
        }

    @cached_property
    def lifecycles(self) -> Lifecycles:
        """What reads the jobs of the stack."""
        import_httpx_alone()
        from pulumi_alicloud_mediaconvert.hosts.lifecycles import (  # noqa: PLC0415  # see there
            Lifecycles,
        )

        try:
            limiter = RateLimiter(self.requests_per_second())
        except ConfigurationError:
            # `check` says so; `destroy` makes no requests.
            limiter = RateLimiter()
        return Lifecycles(self.settings, limiter, self.messages)

    async def aclose(self) -> None:
        """Close all connections, if there ever was one."""
        if "lifecycles" in vars(self):
            await self.lifecycles.client.aclose()

    def check_context(self, stored_region: object = None) -> CheckContext:
        """Return where the defaults of inputs come from.

        Args:
            stored_region: of a resource that is deployed already.
        """
        return CheckContext(
            self.configured,
            partial(self._region, stored_region),
            self.messages.spelling,
            self.messages.is_secret,
        )

    def _region(self, stored: object) -> str:
        """Return the default region; one from the environment moves no resource.

        Raises:
            ValueError: there is none anywhere.
        """
        configured = self.settings.configured_region()
        if configured is None and isinstance(stored, str) and stored:
            return stored
        try:
            return self.settings.region(None)
        except ConfigurationError as error:
            raise ValueError(self.messages.text(error)) from None

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
            readings.append(("configuration", self.timeout_seconds))
        problems: list[Problem] = []
        for path, read in readings:
            try:
                read()
            except ConfigurationError as error:
                problems.append(Problem(path, self.messages.text(error)))
        return problems

    def requests_per_second(self) -> float:
        """Say how many calls all resources together may make in a second.

        Raises:
            ConfigurationError: what is configured is no such number.
        """
        configured = self.configured.get(CONFIGURED_RATE)
        if configured is None:
            return DEFAULT_REQUESTS_PER_SECOND
        return self._parsed(parse_rate, configured, CONFIGURED_RATE)

    def timeout_seconds(self, custom: float | None = None) -> float:
        """Say how long a wait may take that names no timeout of its own.

        Args:
            custom: timeout of the operation, from the resource's options.

        Raises:
            ConfigurationError: the configured one is no duration.
        """
        if custom is not None:
            return custom
        configured = self.configured.get(CONFIGURED_TIMEOUT)
        if configured is None:
            return DEFAULTS.timeout
        return self._parsed(parse_duration, configured, CONFIGURED_TIMEOUT)

    def _parsed(self, parse: Callable[[str], float], text: str, key: str) -> float:
        try:
            return parse(text)
        except ValueError as error:
            wrong = self.messages.spelling.text(error.args[0])
        raise ConfigurationError(wrong, setting=f"{CONFIG_NAMESPACE}:{key}")
