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


class Kind(Enum):
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
    def is_passing(self) -> bool:
        """Whether the same call may succeed a moment later."""
        return self in {Kind.THROTTLE, Kind.SERVER, Kind.REPLAY}

    @property
    def is_quotable(self) -> bool:
        """Whether the vendor's message is fit to be shown.

        About a signature it repeats the text that was signed, tokens included.
        """
        return self not in {Kind.KEY, Kind.EXPIRED_TOKEN, Kind.CLOCK}


@dataclass(frozen=True)
class Meaning:
    """What a code means.

    Attributes:
        kind: of the refusal.
        what: it says, as the middle of a sentence.
        advice: the next step, as a sentence; empty where there is none but time.
    """

    kind: Kind
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

THROTTLED = Meaning(Kind.THROTTLE, "the API is throttling", "Run `pulumi up` later.")
UNAVAILABLE = Meaning(
    Kind.SERVER, "the API has a fault of its own", "Run `pulumi up` later."
)
SIGNATURE = Meaning(
    Kind.KEY,
    "the signature was refused",
    f"Check the access key's secret. {ROTATED}",
)
CLOCK_OFF = Meaning(
    Kind.CLOCK, "the clock of this machine is off", "Set the clock of this machine."
)
FORBIDDEN = Meaning(
    Kind.PERMISSION, "the access key may not read jobs", allow(READ_JOB)
)
TOKEN_REFUSED = Meaning(
    Kind.KEY,
    "the security token was refused",
    f"Check that ID, secret and token belong together. {ROTATED}",
)
NOT_SERVED = Meaning(
    Kind.REQUEST, "this endpoint does not serve the call", CHECK_REGION
)
NO_SUCH_JOB = Meaning(Kind.NOT_FOUND, "no such job")

# By code without regard to case; a star stands for any ending or beginning.
MEANINGS: Mapping[str, Meaning] = {
    "RequestsTooFrequent": THROTTLED,
    "Throttling": THROTTLED,
    "Throttling.*": THROTTLED,
    "InternalError": UNAVAILABLE,
    "ServiceUnavailable": UNAVAILABLE,
    "SignatureNonceUsed": Meaning(
        Kind.REPLAY, "the request arrived twice", "Run `pulumi up` again."
    ),
    "ResourceNotFound": NO_SUCH_JOB,
    "ResourceNotFound.*": NO_SUCH_JOB,
    "JobNotFound": NO_SUCH_JOB,
    "JobNotFound.*": NO_SUCH_JOB,
    "InvalidAccessKeyId.NotFound": Meaning(
        Kind.KEY,
        "the access key is not known",
        f"Check the access key's ID. {ROTATED}",
    ),
    "InvalidAccessKeyId.Inactive": Meaning(
        Kind.KEY,
        "the access key is disabled",
        "Enable it in the RAM console, or use another one.",
    ),
    "InvalidAccessKeyId.*": Meaning(
        Kind.KEY, "the access key was refused", f"Check the access key. {ROTATED}"
    ),
    "Forbidden.AccessKeyDisabled": Meaning(
        Kind.KEY,
        "the access key is disabled",
        "Enable it in the RAM console, or use another one.",
    ),
    "*Signature*": SIGNATURE,
    "InvalidTimeStamp.*": CLOCK_OFF,
    "InvalidTimeStamp.Format": Meaning(
        Kind.REQUEST,
        "the date of the request was not understood",
        "Check what changes requests on the way, such as a proxy.",
    ),
    "IllegalTimestamp": CLOCK_OFF,
    "InvalidSecurityToken.Expired": Meaning(
        Kind.EXPIRED_TOKEN,
        "the security token has expired",
        f"Renew it, or use credentials that renew themselves. {ROTATED}",
    ),
    "InvalidSecurityToken.*": TOKEN_REFUSED,
    "MissingSecurityToken": TOKEN_REFUSED,
    "Forbidden": FORBIDDEN,
    "Forbidden.*": FORBIDDEN,
    "NoPermission": FORBIDDEN,
    "NoPermission.*": FORBIDDEN,
    "Forbidden.RiskControl": Meaning(
        Kind.PERMISSION,
        "the account is blocked by risk control",
        "Ask Alibaba Cloud's support.",
    ),
    "OperationDenied": Meaning(
        Kind.PERMISSION,
        "Intelligent Media Services are not activated for this account",
        "Activate IMS in its console, in this region.",
    ),
    "OperationDenied.Suspended": Meaning(
        Kind.PERMISSION, "the account is suspended", "Settle its overdue payment."
    ),
    "OperationDenied.*": Meaning(
        Kind.PERMISSION, "the account may not do this", "Check the account's state."
    ),
    "MissingParameter": Meaning(
        Kind.REQUEST, "the request lacks a parameter", "Check the job ID."
    ),
    "MissingParameter.*": Meaning(
        Kind.REQUEST, "the request lacks a parameter", "Check the job ID."
    ),
    "InvalidParameter": Meaning(
        Kind.REQUEST, "a parameter was refused", "Check the job ID and the region."
    ),
    "InvalidParameter.*": Meaning(
        Kind.REQUEST, "a parameter was refused", "Check the job ID and the region."
    ),
    "ProjectNotFound": Meaning(
        Kind.REQUEST, "the API speaks of a project", CHECK_REGION
    ),
    "InvalidApi.NotFound": NOT_SERVED,
    "InvalidAction.NotFound": NOT_SERVED,
    "InvalidProduct.NotFound": NOT_SERVED,
    "InvalidVersion": NOT_SERVED,
    "InvalidVersion.*": NOT_SERVED,
    "InvalidProtocol.NeedSsl": Meaning(
        Kind.REQUEST,
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


def meaning_of(code: str) -> Meaning | None:
    """Return what a code means, `None` if the table does not say."""
    asked = code.lower()
    if asked in _EXACT:
        return _EXACT[asked]
    return next(
        (meaning for pattern, meaning in _WILDCARDS if pattern.fullmatch(asked)), None
    )
