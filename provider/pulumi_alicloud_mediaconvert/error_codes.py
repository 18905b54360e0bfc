"""What each code of the vendor means: one table, for the retries and for the user.

Codes decide, the status of HTTP does not: `RequestsTooFrequent` is a throttle although
403, and a key that is not known is no unknown job although 404.

Source: the service's table (https://help.aliyun.com/document_detail/197855.html) and
the gateway's (https://developer.aliyun.com/ask/278265).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class ErrorKind(Enum):
    """What sort of refusal it is."""

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
        """Whether the vendor's message is fit to be shown.

        About a signature it repeats the text that was signed, tokens included.
        """
        return self not in {ErrorKind.KEY, ErrorKind.EXPIRED_TOKEN, ErrorKind.CLOCK}


@dataclass(frozen=True)
class ErrorMeaning:
    """What a code means.

    Attributes:
        kind: of the refusal.
        what: it says, as the middle of a sentence.
        advice: the next step, as a sentence; empty where there is none but time.
    """

    kind: ErrorKind
    what: str
    advice: str = ""


ROTATED = (
    "After a rotation run `pulumi up`, or `pulumi refresh --run-program`: a plain"
    " refresh uses the keys stored in the state."
)
READ_JOB = "ice:GetMediaConvertJob"


def allow(action: str) -> str:
    """Say how to permit an action of the API."""
    return (
        f"Allow {action}: attach AliyunICEReadOnlyAccess or the policy"
        ' {"Version":"1","Statement":[{"Effect":"Allow",'
        f'"Action":"{action}","Resource":"*"}}]}}.'
    )


def stop_denying(action: str, policy_type: str | None) -> str:
    """Say what to do where a policy denies an action: no other one outweighs that."""
    which = f" ({policy_type})" if policy_type else ""
    return f"A policy{which} denies {action}: take that Deny out of it."


CHECK_REGION = "Check the region and mediaconvert:endpoint."

THROTTLED = ErrorMeaning(
    ErrorKind.THROTTLE, "the API is throttling", "Run `pulumi up` later."
)
UNAVAILABLE = ErrorMeaning(
    ErrorKind.SERVER, "the API has a fault of its own", "Run `pulumi up` later."
)
SIGNATURE = ErrorMeaning(
    ErrorKind.KEY,
    "the signature was refused",
    f"Check the access key's secret. {ROTATED}",
)
CLOCK_OFF = ErrorMeaning(
    ErrorKind.CLOCK,
    "the clock of this machine is off",
    "Set the clock of this machine.",
)
FORBIDDEN = ErrorMeaning(
    ErrorKind.PERMISSION, "the access key may not read jobs", allow(READ_JOB)
)
TOKEN_REFUSED = ErrorMeaning(
    ErrorKind.KEY,
    "the security token was refused",
    f"Check that ID, secret and token belong together. {ROTATED}",
)
NOT_SERVED = ErrorMeaning(
    ErrorKind.REQUEST, "this endpoint does not serve the call", CHECK_REGION
)
NO_SUCH_JOB = ErrorMeaning(ErrorKind.NOT_FOUND, "no such job")

# By code without regard to case; a star stands for any ending or beginning.
MEANINGS: Mapping[str, ErrorMeaning] = {
    "RequestsTooFrequent": THROTTLED,
    "Throttling": THROTTLED,
    "Throttling.*": THROTTLED,
    "InternalError": UNAVAILABLE,
    "ServiceUnavailable": UNAVAILABLE,
    "SignatureNonceUsed": ErrorMeaning(
        ErrorKind.REPLAY, "the request arrived twice", "Run `pulumi up` again."
    ),
    "ResourceNotFound": NO_SUCH_JOB,
    "ResourceNotFound.*": NO_SUCH_JOB,
    "JobNotFound": NO_SUCH_JOB,
    "JobNotFound.*": NO_SUCH_JOB,
    "InvalidAccessKeyId.NotFound": ErrorMeaning(
        ErrorKind.KEY,
        "the access key is not known",
        f"Check the access key's ID. {ROTATED}",
    ),
    "InvalidAccessKeyId.Inactive": ErrorMeaning(
        ErrorKind.KEY,
        "the access key is disabled",
        "Enable it in the RAM console, or use another one.",
    ),
    "InvalidAccessKeyId.*": ErrorMeaning(
        ErrorKind.KEY, "the access key was refused", f"Check the access key. {ROTATED}"
    ),
    "Forbidden.AccessKeyDisabled": ErrorMeaning(
        ErrorKind.KEY,
        "the access key is disabled",
        "Enable it in the RAM console, or use another one.",
    ),
    "*Signature*": SIGNATURE,
    "InvalidTimeStamp.*": CLOCK_OFF,
    "InvalidTimeStamp.Format": ErrorMeaning(
        ErrorKind.REQUEST,
        "the date of the request was not understood",
        "Check what changes requests on the way, such as a proxy.",
    ),
    "IllegalTimestamp": CLOCK_OFF,
    "InvalidSecurityToken.Expired": ErrorMeaning(
        ErrorKind.EXPIRED_TOKEN,
        "the security token has expired",
        f"Renew it, or use credentials that renew themselves. {ROTATED}",
    ),
    "InvalidSecurityToken.*": TOKEN_REFUSED,
    "MissingSecurityToken": TOKEN_REFUSED,
    "Forbidden": FORBIDDEN,
    "Forbidden.*": FORBIDDEN,
    "NoPermission": FORBIDDEN,
    "NoPermission.*": FORBIDDEN,
    "Forbidden.RiskControl": ErrorMeaning(
        ErrorKind.PERMISSION,
        "the account is blocked by risk control",
        "Ask Alibaba Cloud's support.",
    ),
    "OperationDenied": ErrorMeaning(
        ErrorKind.PERMISSION,
        "Intelligent Media Services are not activated for this account",
        "Activate IMS in its console, in this region.",
    ),
    "OperationDenied.Suspended": ErrorMeaning(
        ErrorKind.PERMISSION, "the account is suspended", "Settle its overdue payment."
    ),
    "OperationDenied.*": ErrorMeaning(
        ErrorKind.PERMISSION,
        "the account may not do this",
        "Check the account's state.",
    ),
    "MissingParameter": ErrorMeaning(
        ErrorKind.REQUEST, "the request lacks a parameter", "Check the job ID."
    ),
    "MissingParameter.*": ErrorMeaning(
        ErrorKind.REQUEST, "the request lacks a parameter", "Check the job ID."
    ),
    "InvalidParameter": ErrorMeaning(
        ErrorKind.REQUEST, "a parameter was refused", "Check the job ID and the region."
    ),
    "InvalidParameter.*": ErrorMeaning(
        ErrorKind.REQUEST, "a parameter was refused", "Check the job ID and the region."
    ),
    "ProjectNotFound": ErrorMeaning(
        ErrorKind.REQUEST, "the API speaks of a project", CHECK_REGION
    ),
    "InvalidApi.NotFound": NOT_SERVED,
    "InvalidAction.NotFound": NOT_SERVED,
    "InvalidProduct.NotFound": NOT_SERVED,
    "InvalidVersion": NOT_SERVED,
    "InvalidVersion.*": NOT_SERVED,
    "InvalidProtocol.NeedSsl": ErrorMeaning(
        ErrorKind.REQUEST,
        "the API wants https",
        "Set mediaconvert:endpoint to an https address.",
    ),
}

_EXACT = {
    code.lower(): meaning for code, meaning in MEANINGS.items() if "*" not in code
}
# The most particular first.
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
