"""Authentication: access keys, security tokens, dates and nonces."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pulumi_alicloud_mediaconvert.emulator.signatures import (
    Authorization,
    SignedRequest,
    check_body_hash,
    check_signature,
    check_signed_headers,
    parse_authorization,
)
from pulumi_alicloud_mediaconvert.emulator.vendor_errors import VendorError

# Largest difference of the two clocks. Source: the vendor's page on V3 signatures.
MAX_SKEW_SECONDS = 15 * 60
# A date may be off in both directions, so a nonce can return this late.
NONCE_LIFETIME_SECONDS = 2 * MAX_SKEW_SECONDS


@dataclass(frozen=True)
class Account:
    """One access key.

    Attributes:
        access_key_id: ID of the access key.
        access_key_secret: Its secret.
        security_token: Security token that requests must contain, if any.
        expires_at: Expiry of the token, in seconds since the epoch.
        actions: Actions that its policy allows; `None`: all.
    """

    access_key_id: str
    access_key_secret: str = field(repr=False)
    security_token: str | None = field(default=None, repr=False)
    expires_at: float | None = None
    actions: frozenset[str] | None = None


class Accounts:
    """The existing access keys and the used nonces."""

    def __init__(self) -> None:
        self._accounts: dict[str, Account] = {}
        self._nonces: dict[tuple[str, str], float] = {}

    def add(self, account: Account) -> None:
        """Add an access key, or replace the one with the same ID."""
        self._accounts[account.access_key_id] = account

    def acquire(self, request: SignedRequest, now: float) -> None:
        """Accept a request, or refuse it as the vendor's gateway does.

        Raises:
            VendorError: The first check that fails, in this order: form, date, key,
                token, body, signature, nonce, policy.
        """
        text = request.header("authorization")
        if text is None:
            raise VendorError(
                "InvalidAccessKeyId.NotFound",
                "Specified access key is not found: no Authorization header.",
                is_malformed=True,
            )
        authorization = parse_authorization(text)
        check_signed_headers(request, authorization.signed_headers)
        _check_date(request.header("x-acs-date") or "", now)
        account = self._account(authorization)
        self._check_token(account, request.header("x-acs-security-token"), now)
        check_body_hash(request)
        check_signature(request, authorization, account.access_key_secret)
        self._spend_nonce(account, request, now)
        action = request.header("x-acs-action")
        if account.actions is not None and action not in account.actions:
            raise VendorError(
                "Forbidden.RAM", f"User not authorized to operate ice:{action}."
            )

    def _account(self, authorization: Authorization) -> Account:
        account = self._accounts.get(authorization.access_key_id)
        if account is None:
            raise VendorError(
                "InvalidAccessKeyId.NotFound", "Specified access key is not found."
            )
        return account

    def _check_token(self, account: Account, token: str | None, now: float) -> None:
        expected = account.security_token
        if token is None:
            if expected is not None:
                raise VendorError(
                    "MissingSecurityToken", "SecurityToken is mandatory for this key."
                )
            return
        if expected is None or not _same(token, expected):
            issued = [a.security_token for a in self._accounts.values()]
            is_of_another = any(t is not None and _same(token, t) for t in issued)
            raise VendorError(
                "InvalidSecurityToken.MismatchWithAccessKey"
                if is_of_another or expected is None
                else "InvalidSecurityToken.Malformed",
                "Specified SecurityToken is malformed or of another access key.",
            )
        if account.expires_at is not None and account.expires_at <= now:
            raise VendorError(
                "InvalidSecurityToken.Expired", "Specified SecurityToken is expired."
            )

    def _spend_nonce(
        self, account: Account, request: SignedRequest, now: float
    ) -> None:
        self._forget_old_nonces(now)
        nonce = (
            account.access_key_id,
            request.header("x-acs-signature-nonce") or "",
        )
        if nonce in self._nonces:
            raise VendorError(
                "SignatureNonceUsed",
                "Specified signature nonce was used already.",
                is_malformed=True,
            )
        self._nonces[nonce] = now

    def _forget_old_nonces(self, now: float) -> None:
        # In the order of insertion the oldest come first, so this stops early.
        while self._nonces:
            oldest = next(iter(self._nonces))
            if self._nonces[oldest] + NONCE_LIFETIME_SECONDS > now:
                return
            del self._nonces[oldest]


def _check_date(text: str, now: float) -> None:
    try:
        date = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise VendorError(
            "InvalidTimeStamp.Format",
            "x-acs-date must look like 2026-01-02T03:04:05Z.",
            is_malformed=True,
        ) from None
    if abs(date.timestamp() - now) > MAX_SKEW_SECONDS:
        raise VendorError(
            "InvalidTimeStamp.Expired",
            "Specified time stamp or date value is expired.",
        )


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
