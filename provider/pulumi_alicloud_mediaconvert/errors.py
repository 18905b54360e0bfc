"""Exceptions that a user can catch; `ProviderError` catches all of them.

* ProviderError
  x ConfigurationError
    + ExpectationsError
  x ApiError
    + ApiConnectionError
      - ApiTimeoutError
    + ApiStatusError
      - AuthenticationError
      - JobNotFoundError
      - ThrottledError
    + ApiResponseError

An error is a value. Its message says what was seen, in words that fit every host; its
attributes have the same as data. What to do next is a `NextStep`, which the renderer of
each audience puts into words (`error_renderer`). Signals that never leave the package
stand in the module that raises them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class NextStep(StrEnum):
    """What a person can do next. `error_renderer` has the sentences."""

    # The same command again.
    RESUME_WAIT = "resume the wait"
    RAISE_LIMIT = "resume the wait or raise a limit"
    RUN_AGAIN = "run again"
    RETRY_LATER = "retry later"
    RUN_AFTER_ROTATION = "run after a rotation"
    # The network, and this machine.
    CHECK_NETWORK = "check the network"
    CHECK_HOST_NAME = "check region and network"
    CHECK_REGION = "check region and endpoint"
    CHECK_ENDPOINT = "check endpoint and proxy"
    CHECK_ENDPOINT_IF_PERSISTENT = "check endpoint and proxy if the error persists"
    CHECK_PROXY = "check the proxy"
    USE_HTTPS = "use https"
    TRUST_CERTIFICATE = "trust a certificate"
    SET_CLOCK = "set the clock"
    # Who asks.
    SET_CREDENTIALS = "set credentials"
    CHECK_PROFILE = "check the profile"
    CHECK_CREDENTIALS = "check credentials"
    RENEW_TOKEN = "renew the token"  # noqa: S105  # no token, a step
    ENABLE_KEY = "enable the key"
    GRANT_PERMISSION = "grant a permission"
    REMOVE_DENIAL = "remove a denial"
    # The account.
    ACTIVATE_SERVICE = "activate the service"
    SETTLE_PAYMENT = "settle the payment"
    CHECK_ACCOUNT = "check the account"
    CONTACT_SUPPORT = "contact support"
    FIND_CODE = "find the code"
    # What is asked for.
    SET_REGION = "set the region"
    FIX_INPUT = "fix job ID or region"
    FIND_JOB = "fix job ID, region or account"
    SUBMIT_AGAIN = "submit the job again"
    STORE_ANSWER = "store the answer"


@dataclass(frozen=True)
class Advice:
    """A next step, with the data that its sentence needs."""

    step: NextStep
    """What to do."""
    details: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Data by name, such as the `action` to allow."""


@dataclass(frozen=True)
class Tried:
    """Sources of a setting that gave no value."""

    names: tuple[str, ...]
    """Keys of the setting, or other names of the sources."""
    why: str = ""
    """The reason, as a clause; empty if the sources are just not set."""


class ProviderError(Exception):
    """Base class of all errors of this package."""

    next_steps: tuple[Advice, ...]
    """What to do next, as data."""

    def __init__(self, message: str, *, next_steps: Sequence[Advice] = ()) -> None:
        super().__init__(message)
        self.next_steps = tuple(next_steps)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the attributes with the message, which keywords alone can set.

        By the class of this module: `hosts.dynamic.program` derives others from it.
        """
        kinds = (one for one in type(self).__mro__ if one.__module__ == __name__)
        return _restored, (next(kinds), self.args, self.__dict__)


def _restored(
    kind: type[ProviderError], args: tuple[Any, ...], facts: dict[str, Any]
) -> ProviderError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(facts)
    return error


class ConfigurationError(ProviderError):
    """Credentials, region or endpoint are missing or cannot be used."""

    problems: tuple[str, ...]
    """What is wrong: a clause for each problem, usually one."""
    setting: str | None
    """Key of the setting that is wrong; `None` if there is no single one."""
    tried: tuple[Tried, ...]
    """Sources that gave no value, in the order of the search."""

    def __init__(
        self,
        *problems: str,
        setting: str | None = None,
        tried: Sequence[Tried] = (),
        next_steps: Sequence[Advice] = (),
    ) -> None:
        self.problems = problems
        self.setting = setting
        self.tried = tuple(tried)
        super().__init__(self.described(), next_steps=next_steps)

    def described(self, name_of: Callable[[str], str] = str) -> str:
        """Return what is wrong, one line for each problem.

        Args:
            name_of: returns the name of a setting or a source in this audience's
                words; empty if the audience does not have it.
        """
        head = f"{name_of(self.setting)}: " if self.setting else ""
        tried = [
            f"{names} ({one.why})" if one.why else names
            for one in self.tried
            if (names := ", ".join(filter(None, map(name_of, one.names))))
        ]
        problems = "\n".join(self.problems)
        return head + problems + (f": tried {', '.join(tried)}" if tried else "")


class ExpectationsError(ConfigurationError):
    """Expectations are not valid, or their file cannot be read.

    The message has one line for each problem: the key and what is allowed there, and
    the file and the line if they come from a file.
    """


# The API gave no usable response.


class ApiError(ProviderError):
    """The API gave no usable response about the job."""

    job_id: str | None
    """ID of the job; `None` for lists and stored responses."""
    region: str | None
    """Region of the request; `None` for stored responses."""
    request_id: str | None
    """Request ID of the failed call; `None` if the API did not send one."""

    def __init__(
        self,
        message: str,
        *,
        job_id: str | None = None,
        region: str | None = None,
        request_id: str | None = None,
        next_steps: Sequence[Advice] = (),
    ) -> None:
        super().__init__(message, next_steps=next_steps)
        self.job_id = job_id
        self.region = region
        self.request_id = request_id


class ApiConnectionError(ApiError):
    """No response: DNS, TCP or TLS failed, or the connection broke."""


class ApiTimeoutError(ApiConnectionError):
    """No response within the time limit of one attempt."""


class ApiStatusError(ApiError):
    """The API responded with an error."""

    code: str | None
    """The vendor's error code; `None` if the response has none."""
    status_code: int
    """HTTP status of the response. The provider decides by `code`, not by it."""

    def __init__(
        self,
        message: str,
        *,
        code: str | None,
        status_code: int,
        **known: Any,  # noqa: ANN401  # keywords of `ApiError`
    ) -> None:
        super().__init__(message, **known)
        self.code = code
        self.status_code = status_code


class AuthenticationError(ApiStatusError):
    """The API refused the signature, the access key, its token or its permission."""


class JobNotFoundError(ApiStatusError):
    """The region and account have no such job."""


class ThrottledError(ApiStatusError):
    """The API still throttles requests after all retries."""


class ApiResponseError(ApiError):
    """The response reports no error, but its body is not a valid response.

    `verify` raises it for stored responses, too.
    """
