"""ACS3-HMAC-SHA256 as the server computes it. Pure.

Written from the vendor's document, without code of the client's signing, so that a
mistake there does not repeat here:
https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote

from pulumi_alicloud_mediaconvert.emulator.vendor_errors import VendorError

ALGORITHM = "ACS3-HMAC-SHA256"
# Headers that the document requires. `content-type` only if it is sent.
REQUIRED_HEADERS = (
    "host",
    "x-acs-action",
    "x-acs-content-sha256",
    "x-acs-date",
    "x-acs-signature-nonce",
    "x-acs-version",
)
_AUTHORIZATION = re.compile(
    r"Credential=(?P<access_key_id>[^,\s]+), *"
    r"SignedHeaders=(?P<signed_headers>[^,\s]+), *"
    r"Signature=(?P<signature>[0-9a-f]{64})"
)


@dataclass(frozen=True)
class SignedRequest:
    """A request as it was received.

    Attributes:
        method: HTTP method, in upper case.
        path: Path of the URL, percent-encoded as sent.
        query: Raw query string, without the question mark.
        headers: Names in lower case, and values. A name may occur more than once.
        body: The complete body.
    """

    method: str
    path: str
    query: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""

    def values(self, name: str) -> list[str]:
        """Return every value of a header, trimmed."""
        return [value.strip() for key, value in self.headers if key == name]

    def header(self, name: str) -> str | None:
        """Return the values of a header, joined by commas; `None` if there are none."""
        return ",".join(sorted(self.values(name))) or None

    @property
    def body_hash(self) -> str:
        """SHA-256 of the body, in lower-case hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True)
class Authorization:
    """The three parts of an Authorization header."""

    access_key_id: str
    signed_headers: tuple[str, ...]
    signature: str


def parse_authorization(text: str) -> Authorization:
    """Parse an Authorization header.

    Raises:
        VendorError: InvalidSignatureMethod: another algorithm. IncompleteSignature: a
            part is missing or malformed.
    """
    algorithm, _, parts = text.partition(" ")
    if algorithm != ALGORITHM:
        raise VendorError(
            "InvalidSignatureMethod",
            f"The signature method must be {ALGORITHM}.",
            is_malformed=True,
        )
    found = _AUTHORIZATION.fullmatch(parts.strip())
    if found is None:
        raise VendorError(
            "IncompleteSignature",
            "The Authorization header needs Credential, SignedHeaders and Signature.",
            is_malformed=True,
        )
    return Authorization(
        access_key_id=found["access_key_id"],
        signed_headers=tuple(found["signed_headers"].split(";")),
        signature=found["signature"],
    )


def check_signed_headers(request: SignedRequest, signed: Sequence[str]) -> None:
    """Refuse a request that lacks a required header or leaves one unsigned.

    Raises:
        VendorError: IncompleteSignature, with the names of the headers.
    """
    present = {name for name, _ in request.headers}
    # Nobody would notice if an unsigned x-acs header changed on the way.
    required = {
        name
        for name in present
        if name.startswith("x-acs-") or name in {"host", "content-type"}
    }.union(REQUIRED_HEADERS)
    missing = sorted(required - (present & set(signed)))
    if missing:
        raise VendorError(
            "IncompleteSignature",
            f"These headers must be present and signed: {', '.join(missing)}.",
            is_malformed=True,
        )
    if list(signed) != sorted(set(signed)):
        raise VendorError(
            "IncompleteSignature",
            "SignedHeaders must be in lower case, sorted, each once.",
            is_malformed=True,
        )


def canonical_query(query: str) -> str:
    """Sort a raw query by name and encode it as the signature requires."""
    pairs = sorted(parse_qsl(query, keep_blank_values=True))
    return "&".join(f"{quote(k, safe='')}={quote(v, safe='')}" for k, v in pairs)


def canonical_request(request: SignedRequest, signed: Sequence[str]) -> str:
    """Build the text whose hash is signed, with the actual hash of the body."""
    headers = "".join(f"{name}:{request.header(name) or ''}\n" for name in signed)
    parts = (
        request.method,
        request.path,
        canonical_query(request.query),
        headers,
        ";".join(signed),
        request.body_hash,
    )
    return "\n".join(parts)


def string_to_sign(canonical: str) -> str:
    """Build the text that is signed."""
    return f"{ALGORITHM}\n{hashlib.sha256(canonical.encode()).hexdigest()}"


def sign(secret: str, text: str) -> str:
    """Compute the signature in lower-case hexadecimal."""
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def check_signature(
    request: SignedRequest, authorization: Authorization, secret: str
) -> None:
    """Refuse a request that was not signed with this secret.

    Raises:
        VendorError: SignatureDoesNotMatch. As with the vendor, its message repeats the
            signed text with the security token, so clients must not print it.
    """
    canonical = canonical_request(request, authorization.signed_headers)
    text = string_to_sign(canonical)
    if not hmac.compare_digest(sign(secret, text), authorization.signature):
        raise VendorError(
            "SignatureDoesNotMatch",
            "Specified signature does not match our calculation. "
            f"Server string to sign is: [{text}], "
            f"server canonical request is: [{canonical}].",
        )


def check_body_hash(request: SignedRequest) -> None:
    """Refuse a request whose x-acs-content-sha256 is not that of its body.

    Raises:
        VendorError: SignatureDoesNotMatch.
    """
    if request.header("x-acs-content-sha256") != request.body_hash:
        raise VendorError(
            "SignatureDoesNotMatch",
            "x-acs-content-sha256 is not the hash of the request body.",
            is_malformed=True,
        )
