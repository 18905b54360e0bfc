"""The vendor's error codes and the HTTP codes that go with them.

The codes come from the vendor's error centre and the IMS error table
(https://help.aliyun.com/document_detail/197855.html). Where products differ in the
HTTP code, the one that IMS documents is used.
"""

from __future__ import annotations

# The emulator raises some of them only as faults.
HTTP_CODES = {
    "Forbidden": 403,
    "Forbidden.AccessKeyDisabled": 403,
    "Forbidden.RAM": 403,
    "Forbidden.RiskControl": 403,
    "IncompleteSignature": 400,
    "InternalError": 500,
    "InvalidAccessKeyId.Inactive": 400,
    "InvalidAccessKeyId.NotFound": 404,
    "InvalidAction.NotFound": 404,
    "InvalidApi.NotFound": 404,
    "InvalidParameter": 400,
    "InvalidProduct.NotFound": 404,
    "InvalidProtocol.NeedSsl": 400,
    "InvalidSecurityToken.Expired": 400,
    "InvalidSecurityToken.Malformed": 400,
    "InvalidSecurityToken.MismatchWithAccessKey": 400,
    "InvalidSignatureMethod": 400,
    "InvalidTimeStamp.Expired": 400,
    "InvalidTimeStamp.Format": 400,
    "InvalidVersion": 400,
    "MissingParameter": 400,
    "MissingSecurityToken": 400,
    "NoPermission": 403,
    "OperationDenied": 403,
    "OperationDenied.Suspended": 403,
    "ProjectNotFound": 404,
    # Throttling, although 403 otherwise means a missing permission.
    "RequestsTooFrequent": 403,
    "ResourceNotFound": 404,
    "ServiceUnAvailable": 503,
    "ServiceUnavailable": 503,
    "SignatureDoesNotMatch": 400,
    "SignatureNonceUsed": 400,
    "Throttling": 400,
    "Throttling.Api": 400,
    "Throttling.User": 400,
    "UnsupportedHTTPMethod": 405,
}


class VendorError(Exception):
    """The API refuses a request.

    Attributes:
        code: Error code of the API, a key of `HTTP_CODES`.
        message: Error message of the API.
        is_malformed: A correct client never sends the request; it is logged as such.
    """

    def __init__(self, code: str, message: str, *, is_malformed: bool = False) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.is_malformed = is_malformed
