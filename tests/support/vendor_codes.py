"""The codes that the vendor documents for a refused call, and what becomes of each.

Source: the service's table and the gateway's, as `codes` names them. What they say of
the status of HTTP differs; codes decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pulumi_alicloud_mediaconvert.error_codes import ErrorKind, meaning_of

# Status, code, kind, attempts (once, twice with a new token or date, or again).
TABLE = """
400  MissingParameter                            request        once
400  InvalidParameter                            request        once
400  InvalidParameter.JobId                      request        once
403  OperationDenied                             permission     once
403  OperationDenied.Suspended                   permission     once
404  ProjectNotFound                             request        once
404  ResourceNotFound                            not found      once
403  RequestsTooFrequent                         throttle       again
403  Forbidden                                   permission     once
500  InternalError                               server         again
503  ServiceUnAvailable                          server         again
400  Throttling                                  throttle       again
400  Throttling.User                             throttle       again
400  Throttling.Api                              throttle       again
429  Throttling.Api.Risk                         throttle       again
503  ServiceUnavailable                          server         again
400  SignatureNonceUsed                          replay         again
400  InvalidTimeStamp.Expired                    clock          twice
400  InvalidTimeStamp.Format                     request        once
404  InvalidAccessKeyId.NotFound                 key            once
400  InvalidAccessKeyId.Inactive                 key            once
400  SignatureDoesNotMatch                       key            once
400  IncompleteSignature                         key            once
400  InvalidSignatureMethod                      key            once
400  InvalidSecurityToken.Expired                expired token  twice
400  InvalidSecurityToken.Malformed              key            once
400  InvalidSecurityToken.MismatchWithAccessKey  key            once
400  MissingSecurityToken                        key            once
403  Forbidden.RAM                               permission     once
403  NoPermission                                permission     once
403  Forbidden.RiskControl                       permission     once
403  Forbidden.AccessKeyDisabled                 key            once
404  InvalidApi.NotFound                         request        once
404  InvalidAction.NotFound                      request        once
404  InvalidProduct.NotFound                     request        once
400  InvalidVersion                              request        once
400  InvalidProtocol.NeedSsl                     request        once
"""
# Of these the vendor's message may repeat what was signed: it is never shown or kept.
SILENT = {ErrorKind.KEY, ErrorKind.EXPIRED_TOKEN, ErrorKind.CLOCK}


@dataclass(frozen=True)
class VendorCode:
    """A row of the table.

    Attributes:
        status: of HTTP, as documented.
        code: the vendor's.
        kind: of the refusal.
        attempts: `once`, `twice` or `again`.
    """

    status: int
    code: str
    kind: ErrorKind
    attempts: str


def _rows() -> list[VendorCode]:
    lines = [line.split("  ") for line in TABLE.strip().splitlines()]
    cells = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    return [
        VendorCode(int(status), code, ErrorKind(kind), attempts)
        for status, code, kind, attempts in cells
    ]


VENDOR_CODES = _rows()


def said_of(
    code: str, job_id: str, *, words: str, request_id: str, times: str = ""
) -> str:
    """Write the line that a person gets, by the row of the code in `codes`.

    Args:
        code: the vendor's.
        job_id: of the job that was asked for.
        words: of the vendor; not shown where they may repeat what was signed.
        request_id: of the call.
        times: of both sides, where the clock is off.
    """
    meaning = meaning_of(code)
    assert meaning is not None
    job, facts = f"job {job_id} in cn-shanghai", f"({code}, request {request_id})"
    if meaning.kind is ErrorKind.NOT_FOUND:
        return f"no {job}; is it another region or account? {facts}"
    quoted = "" if meaning.kind in SILENT else f': "{words}"'
    said = f"cannot read {job}: {meaning.what}{times}{quoted} {facts}."
    return f"{said} {meaning.advice}"


def without_attempts(line: str) -> str:
    """Return a line without how often and how long a call was tried."""
    return re.sub(r", \d+ attempts in \d+ s\)", ")", line)
