"""Sign requests of httpx by ACS3-HMAC-SHA256.

Source: the vendor's page, held to the vectors in `tests/data/acs3-vectors.json`:
https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

import httpx

from pulumi_alicloud_mediaconvert.access.credentials import Credentials
from pulumi_alicloud_mediaconvert.errors import ConfigurationError
from pulumi_alicloud_mediaconvert.text import quoted

ALGORITHM = "ACS3-HMAC-SHA256"
HEADERS = httpx.Headers(
    {
        "accept": "application/json",
        "accept-encoding": "identity",
        "connection": "keep-alive",
        "user-agent": "pulumi-alicloud-mediaconvert",
    }
)


def utc_now() -> datetime:
    """Return the date and time of the machine, in UTC."""
    return datetime.now(UTC)


def make_nonce() -> str:
    """Return what makes a request the only one of its kind: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def canonical_query(query: Mapping[str, str]) -> str:
    """Return the query string as it is signed, and must be sent."""
    return "&".join(
        f"{_encoded(name)}={_encoded(value)}" for name, value in sorted(query.items())
    )


def signable_request(
    endpoint: str, query: Mapping[str, str], timeout: httpx.Timeout
) -> httpx.Request:
    """Build a request that is sent as it is signed.

    Raises:
        ConfigurationError: the endpoint's host is none.
    """
    try:
        # As text: httpx would encode a blank in its own way, unlike what is signed.
        return httpx.Request(
            "POST",
            f"{endpoint}/?{canonical_query(query)}",
            headers=HEADERS,
            extensions={"timeout": timeout.as_dict()},
        )
    except (httpx.InvalidURL, UnicodeError):
        # Such as a name in `xn--` that stands for nothing.
        raise ConfigurationError(
            f"cannot use the endpoint {quoted(endpoint)}: its host is not a valid name"
        ) from None


@dataclass(frozen=True)
class Signable:
    """A request as the signature sees it.

    Attributes:
        method: upper case.
        path: as sent.
        query: as sent, see `canonical_query`.
        headers: those to be signed.
        body: all of it.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def signed_headers(self) -> str:
        """The names of the headers, as the Authorization header lists them."""
        return ";".join(sorted(name.lower() for name in self.headers))

    @property
    def canonical_request(self) -> str:
        """The text that both sides must agree on."""
        values = {name.lower(): value.strip() for name, value in self.headers.items()}
        lines = "".join(f"{name}:{value}\n" for name, value in sorted(values.items()))
        return "\n".join(
            [
                self.method,
                self.path,
                self.query,
                lines,
                self.signed_headers,
                hashlib.sha256(self.body).hexdigest(),
            ]
        )

    @property
    def string_to_sign(self) -> str:
        """The text that is signed."""
        digest = hashlib.sha256(self.canonical_request.encode()).hexdigest()
        return f"{ALGORITHM}\n{digest}"

    def authorization(self, credentials: Credentials) -> str:
        """Return the value of the Authorization header."""
        signature = hmac.new(
            credentials.access_key_secret.encode(),
            self.string_to_sign.encode(),
            hashlib.sha256,
        ).hexdigest()
        return (
            f"{ALGORITHM} Credential={credentials.access_key_id},"
            f"SignedHeaders={self.signed_headers},Signature={signature}"
        )


def sign(  # noqa: PLR0913  # the last two have a default
    request: httpx.Request,
    credentials: Credentials,
    *,
    action: str,
    version: str,
    sent_at: datetime | None = None,
    nonce: str | None = None,
) -> None:
    """Add the signature's headers to a request, whose query is canonical already.

    Signed are `host`, every `x-acs-*` and, with a body, `content-type`: others may be
    changed by proxies on the way.

    Args:
        request: to be sent once; another attempt is another request.
        credentials: to sign with.
        action: of the API.
        version: of the API.
        sent_at: the date of the request, with its time zone; by default now.
        nonce: what no other request has; by default one of chance.
    """
    body = request.content
    request.headers.update(
        {
            "x-acs-action": action,
            "x-acs-version": version,
            "x-acs-date": (sent_at or utc_now())
            .astimezone(UTC)
            .strftime("%Y-%m-%dT%H:%M:%SZ"),
            "x-acs-signature-nonce": nonce or make_nonce(),
            "x-acs-content-sha256": hashlib.sha256(body).hexdigest(),
        }
    )
    if credentials.security_token:
        # As the official SDK does for temporary keys.
        request.headers["x-acs-accesskey-id"] = credentials.access_key_id
        request.headers["x-acs-security-token"] = credentials.security_token
    signed = {
        name: value
        for name, value in request.headers.items()
        if name == "host"
        or name.startswith("x-acs-")
        or (name == "content-type" and body)
    }
    path, _, query = request.url.raw_path.decode("ascii").partition("?")
    signable = Signable(request.method, path, query, signed, body)
    request.headers["authorization"] = signable.authorization(credentials)


def _encoded(text: str) -> str:
    return quote(text, safe="-_.~")
