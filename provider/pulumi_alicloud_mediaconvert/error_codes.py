"""What each code of the vendor means: one table, for retries and for errors.

The code decides, not the HTTP status: `RequestsTooFrequent` means throttling although
its status is 403, and an unknown key is not an unknown job although its status is 404.

Source: the service's table (https://help.aliyun.com/document_detail/197855.html) and
the gateway's (https://developer.aliyun.com/ask/278265).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from pulumi_alicloud_mediaconvert.errors import Advice, NextStep


class ErrorKind(Enum):
    """Kind of refusal."""

    THROTTLE = "throttle"
    SERVER = "server"
    REPLAY = "replay"
    KEY = "key"
    EXPIRED_TOKEN = "expired token"  # noqa: S105  # no secret, a word
    CLOCK = "clock"
    PERMISSION = "permission"
    NOT_FOUND = "not found"
    REQUEST = "request"

    @property
    def is_transient(self) -> bool:
        """Whether the same call may succeed a moment later."""
        return self in {ErrorKind.THROTTLE, ErrorKind.SERVER, ErrorKind.REPLAY}

    @property
    def is_quotable(self) -> bool:
        """Whether the vendor's message can be shown.

        About a signature it repeats the text that was signed, tokens included.
        """
        return self not in {ErrorKind.KEY, ErrorKind.EXPIRED_TOKEN, ErrorKind.CLOCK}


READ_JOB = "ice:GetMediaConvertJob"


@dataclass(frozen=True)
class ErrorMeaning:
    """What a code means.

    Attributes:
        kind: of the refusal.
        what: the cause, as the middle of a sentence.
        next_steps: what to do about it.
    """

    kind: ErrorKind
    what: str
    next_steps: tuple[Advice, ...]


def _meaning(
    kind: ErrorKind, what: str, *steps: NextStep, **details: str
) -> ErrorMeaning:
    return ErrorMeaning(kind, what, tuple(Advice(step, details) for step in steps))


def _refused(what: str, part: str) -> ErrorMeaning:
    """Return the meaning of a code that refuses a part of the credentials."""
    steps = NextStep.CHECK_CREDENTIALS, NextStep.RUN_AFTER_ROTATION
    return _meaning(ErrorKind.KEY, what, *steps, part=part)


THROTTLED = _meaning(ErrorKind.THROTTLE, "the API is throttling", NextStep.RETRY_LATER)
UNAVAILABLE = _meaning(
    ErrorKind.SERVER, "the API has an internal error", NextStep.RETRY_LATER
)
KEY_DISABLED = _meaning(
    ErrorKind.KEY, "the access key is disabled", NextStep.ENABLE_KEY
)
TOKEN_REFUSED = _refused(
    "the security token was refused", "that ID, secret and token belong together"
)
CLOCK_OFF = _meaning(
    ErrorKind.CLOCK, "the clock of this machine is wrong", NextStep.SET_CLOCK
)
FORBIDDEN = _meaning(
    ErrorKind.PERMISSION,
    "the access key is not allowed to read jobs",
    NextStep.GRANT_PERMISSION,
    action=READ_JOB,
)
LACKS_PARAMETER = _meaning(
    ErrorKind.REQUEST,
    "the request has no value for a required parameter",
    NextStep.FIX_INPUT,
)
BAD_PARAMETER = _meaning(
    ErrorKind.REQUEST, "the API refused a parameter", NextStep.FIX_INPUT
)
NOT_SERVED = _meaning(
    ErrorKind.REQUEST, "this endpoint does not support the call", NextStep.CHECK_REGION
)
NO_SUCH_JOB = _meaning(ErrorKind.NOT_FOUND, "no such job", NextStep.FIND_JOB)

# By code; case is ignored, and `*` matches any text.
MEANINGS: Mapping[str, ErrorMeaning] = {
    "RequestsTooFrequent": THROTTLED,
    "Throttling": THROTTLED,
    "Throttling.*": THROTTLED,
    "InternalError": UNAVAILABLE,
    "ServiceUnavailable": UNAVAILABLE,
    "SignatureNonceUsed": _meaning(
        ErrorKind.REPLAY, "the request arrived twice", NextStep.RUN_AGAIN
    ),
    "ResourceNotFound": NO_SUCH_JOB,
    "ResourceNotFound.*": NO_SUCH_JOB,
    "JobNotFound": NO_SUCH_JOB,
    "JobNotFound.*": NO_SUCH_JOB,
    "InvalidAccessKeyId.NotFound": _refused(
        "the access key does not exist", "the access key's ID"
    ),
    "InvalidAccessKeyId.Inactive": KEY_DISABLED,
    "InvalidAccessKeyId.*": _refused("the access key was refused", "the access key"),
    "Forbidden.AccessKeyDisabled": KEY_DISABLED,
    "*Signature*": _refused("the signature was refused", "the access key's secret"),
    "InvalidTimeStamp.*": CLOCK_OFF,
    "InvalidTimeStamp.Format": _meaning(
        ErrorKind.REQUEST,
        "the API could not read the date of the request",
        NextStep.CHECK_PROXY,
    ),
    "IllegalTimestamp": CLOCK_OFF,
    "InvalidSecurityToken.Expired": _meaning(
        ErrorKind.EXPIRED_TOKEN,
        "the security token has expired",
        NextStep.RENEW_TOKEN,
        NextStep.RUN_AFTER_ROTATION,
    ),
    "InvalidSecurityToken.*": TOKEN_REFUSED,
    "MissingSecurityToken": TOKEN_REFUSED,
    "Forbidden": FORBIDDEN,
    "Forbidden.*": FORBIDDEN,
    "NoPermission": FORBIDDEN,
    "NoPermission.*": FORBIDDEN,
    "Forbidden.RiskControl": _meaning(
        ErrorKind.PERMISSION,
        "the account is blocked by risk control",
        NextStep.CONTACT_SUPPORT,
    ),
    "OperationDenied": _meaning(
        ErrorKind.PERMISSION,
        "Intelligent Media Services is not activated for this account",
        NextStep.ACTIVATE_SERVICE,
    ),
    "OperationDenied.Suspended": _meaning(
        ErrorKind.PERMISSION, "the account is suspended", NextStep.SETTLE_PAYMENT
    ),
    "OperationDenied.*": _meaning(
        ErrorKind.PERMISSION,
        "the account is not allowed to do this",
        NextStep.CHECK_ACCOUNT,
    ),
    "MissingParameter": LACKS_PARAMETER,
    "MissingParameter.*": LACKS_PARAMETER,
    "InvalidParameter": BAD_PARAMETER,
    "InvalidParameter.*": BAD_PARAMETER,
    "ProjectNotFound": _meaning(
        ErrorKind.REQUEST, "the API reports a missing project", NextStep.CHECK_REGION
    ),
    "InvalidApi.NotFound": NOT_SERVED,
    "InvalidAction.NotFound": NOT_SERVED,
    "InvalidProduct.NotFound": NOT_SERVED,
    "InvalidVersion": NOT_SERVED,
    "InvalidVersion.*": NOT_SERVED,
    "InvalidProtocol.NeedSsl": _meaning(
        ErrorKind.REQUEST, "the API requires https", NextStep.USE_HTTPS
    ),
}

_EXACT = {
    code.lower(): meaning for code, meaning in MEANINGS.items() if "*" not in code
}
# The most specific first.
_WILDCARDS = [
    (re.compile(re.escape(code.lower()).replace(r"\*", ".*"), re.DOTALL), meaning)
    for code, meaning in sorted(
        MEANINGS.items(), key=lambda row: len(row[0]), reverse=True
    )
    if "*" in code
]


def meaning_of(code: str) -> ErrorMeaning | None:
    """Return what a code means, `None` if the table does not say."""
    asked = code.lower()
    if asked in _EXACT:
        return _EXACT[asked]
    return next(
        (meaning for pattern, meaning in _WILDCARDS if pattern.fullmatch(asked)), None
    )
