"""The vendor's error codes: what each means, and what the user can do about it.

One table. The code decides and the HTTP status does not: a throttle may come as 403,
an unknown access key as 404.

Sources: the vendor's error table of IMS, and the codes of the API gateway.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """What sort of refusal a code is."""

    THROTTLE = auto()
    SERVER = auto()
    REPLAY = auto()
    EXPIRED = auto()
    KEY = auto()
    PERMISSION = auto()
    CLOCK = auto()
    JOB = auto()
    REQUEST = auto()


RETRIED = frozenset({Kind.THROTTLE, Kind.SERVER, Kind.REPLAY})
AUTHENTICATION = frozenset({Kind.EXPIRED, Kind.KEY, Kind.PERMISSION, Kind.CLOCK})

POLICY = (
    'add a policy with {"Effect": "Allow", "Action": "ice:GetMediaConvertJob", '
    '"Resource": "*"}'
)


@dataclass(frozen=True)
class Refusal:
    """What a code means.

    Attributes:
        kind: decides on a retry and on the class of the error.
        meaning: what happened, without a full stop.
        cure: what to do next, one sentence; empty if waiting is all there is.
        echoes: whether the vendor's message repeats signed text, which is then
            neither shown nor kept.
    """

    kind: Kind
    meaning: str
    cure: str = ""
    echoes: bool = False


THROTTLED = Refusal(
    Kind.THROTTLE,
    "the API is asked too often",
    "Ask for a higher quota, or run fewer deployments at once.",
)
BROKEN = Refusal(Kind.SERVER, "the service is not available", "Try again later.")
BAD_SIGNATURE = Refusal(
    Kind.KEY,
    "the signature was refused",
    "Check that the secret belongs to the access key.",
    echoes=True,
)
FORBIDDEN = Refusal(
    Kind.PERMISSION,
    "the permission ice:GetMediaConvertJob is missing",
    f"For the RAM user or role {POLICY}.",
)
BAD_TOKEN = Refusal(
    Kind.KEY,
    "the security token was refused",
    "Check that it belongs to the access key, and is whole.",
)
WRONG_CLOCK = Refusal(
    Kind.CLOCK, "the clock of this machine is wrong", "Set it by NTP and try again."
)
WRONG_PLACE = Refusal(
    Kind.REQUEST,
    "this endpoint does not know the API",
    "Check the region and mediaconvert:endpoint.",
)
BAD_PARAMETER = Refusal(
    Kind.REQUEST, "the request was refused", "Check the job ID and the region."
)

# A name that ends in `.*` stands for all codes below it, itself included.
REFUSALS = {
    "RequestsTooFrequent": THROTTLED,
    "Throttling.*": THROTTLED,
    "InternalError": BROKEN,
    "ServiceUnAvailable": BROKEN,
    "ServiceUnavailable": BROKEN,
    "SignatureNonceUsed": Refusal(
        Kind.REPLAY, "the request came twice", "Try again later."
    ),
    "InvalidTimeStamp.*": WRONG_CLOCK,
    "InvalidAccessKeyId.NotFound": Refusal(
        Kind.KEY,
        "the access key is not known",
        "Check its ID and that it was not deleted.",
    ),
    "InvalidAccessKeyId.Inactive": Refusal(
        Kind.KEY, "the access key is disabled", "Enable it or use another one."
    ),
    "InvalidAccessKeyId.*": Refusal(
        Kind.KEY, "the access key was refused", "Check its ID."
    ),
    "SignatureDoesNotMatch": BAD_SIGNATURE,
    "IncompleteSignature": BAD_SIGNATURE,
    "InvalidSignatureMethod": BAD_SIGNATURE,
    "InvalidSecurityToken.Expired": Refusal(
        Kind.EXPIRED,
        "the security token has expired",
        "Get a new one; a token in the configuration is never renewed.",
    ),
    "InvalidSecurityToken.*": BAD_TOKEN,
    "MissingSecurityToken": Refusal(
        Kind.KEY,
        "the access key is a temporary one, and its security token is missing",
        "Set the token beside it.",
    ),
    "Forbidden.AccessKeyDisabled": Refusal(
        Kind.KEY, "the access key is disabled", "Enable it or use another one."
    ),
    "Forbidden.RiskControl": Refusal(
        Kind.PERMISSION,
        "the account is under risk control",
        "See the console of the account.",
    ),
    "Forbidden.*": FORBIDDEN,
    "NoPermission.*": FORBIDDEN,
    "OperationDenied.Suspended": Refusal(
        Kind.PERMISSION,
        "the account is suspended because of an overdue payment",
        "Settle it in the console.",
    ),
    "OperationDenied.*": Refusal(
        Kind.PERMISSION,
        "Intelligent Media Services is not activated for the account",
        "Activate it in the console.",
    ),
    "ResourceNotFound": Refusal(Kind.JOB, "no such job"),
    "InvalidApi.*": WRONG_PLACE,
    "InvalidAction.*": WRONG_PLACE,
    "InvalidProduct.*": WRONG_PLACE,
    "InvalidVersion": WRONG_PLACE,
    "InvalidProtocol.NeedSsl": Refusal(
        Kind.REQUEST,
        "the endpoint wants https",
        "Let mediaconvert:endpoint begin with https://.",
    ),
    "ProjectNotFound": WRONG_PLACE,
    "MissingParameter.*": BAD_PARAMETER,
    "InvalidParameter.*": BAD_PARAMETER,
}
TOO_MANY_REQUESTS = 429
SERVER_ERRORS = 500


def refusal_of(
    code: str | None, status_code: int, *, asks_to_wait: bool = False
) -> Refusal:
    """Say what a refused call means.

    Args:
        code: the vendor's; `None` where the answer was not the vendor's.
        status_code: of HTTP; counts only where the table does not know the code.
        asks_to_wait: whether the answer says when to come back.
    """
    if code is not None:
        if code in REFUSALS:
            return REFUSALS[code]
        parts = code.split(".")
        for length in range(len(parts), 0, -1):
            family = ".".join(parts[:length]) + ".*"
            if family in REFUSALS:
                return REFUSALS[family]
    if asks_to_wait or status_code == TOO_MANY_REQUESTS:
        return THROTTLED
    if status_code >= SERVER_ERRORS:
        return BROKEN
    return Refusal(Kind.REQUEST, "the API refused the call")
