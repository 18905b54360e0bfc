"""Every exception that a user can meet; catch the root to catch them all.

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

Below them stand those that stay within the package, since a wait that ends badly and
a bad verdict are lines of a resource or of a report.

Each message is one finished sentence or two: what happened, then what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_alicloud_mediaconvert.api.models import Job


class ProviderError(Exception):
    """Root of everything that this package raises on purpose."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the facts beside the message, which keywords alone can set.

        By the class that stands here: `runtime.program` makes others of it.
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


class ExpectationsError(ConfigurationError):
    """A file of expectations cannot be read, or states what cannot be demanded.

    The message has one line for each problem: file, line, property, what is allowed.
    """


# The API gave no usable answer.


class ApiError(ProviderError):
    """No usable answer about the job.

    Attributes:
        request_id: of the call that failed, where the API gave one.
    """

    def __init__(self, message: str, *, request_id: str | None = None) -> None:
        super().__init__(message)
        self.request_id = request_id


class ApiConnectionError(ApiError):
    """No answer at all: DNS, TCP, TLS, or the connection broke."""


class ApiTimeoutError(ApiConnectionError):
    """No answer within the time limit of one attempt."""


class ApiStatusError(ApiError):
    """The API answered with an error.

    Attributes:
        code: the vendor's code, `None` where the answer was not the vendor's.
        status_code: of HTTP; codes decide, it does not.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str | None,
        status_code: int,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message, request_id=request_id)
        self.code = code
        self.status_code = status_code


class AuthenticationError(ApiStatusError):
    """The signature, the key, its token or its permission was refused."""


class JobNotFoundError(ApiStatusError):
    """No such job in this region and account."""


class ThrottledError(ApiStatusError):
    """Still throttled after all retries."""


class ApiResponseError(ApiError):
    """A success by HTTP, but the body is not what the API promises."""


# Within the package: whoever waits makes a verdict or a line of it.


class WaitError(ProviderError):
    """The wait ended without the end of the job.

    Attributes:
        job: as last seen; `None` if it never was.
    """

    def __init__(self, message: str, *, job: Job | None) -> None:
        super().__init__(message)
        self.job = job


class WaitTimeoutError(WaitError):
    """A limit of the wait was reached; the job itself goes on."""
