"""Credentials of tests: keys, files in a home, and services that hand out tokens."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from loopback import LoopbackServer
from pulumi_alicloud_mediaconvert.access.settings import read_settings
from pulumi_alicloud_mediaconvert.errors import ConfigurationError
from pulumi_alicloud_mediaconvert.hosts.engine_messages import ENGINE

ENVIRONMENT_KEYS = {
    "ALIBABA_CLOUD_ACCESS_KEY_ID": "testid",
    "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "testsecret",
}
CONFIG_KEYS = {
    "mediaconvert:accessKey": "testid",
    "mediaconvert:secretKey": "testsecret",
}
MARK = "MARKEDSECRET"
ENVIRONMENT = {
    "ALIBABA_CLOUD_ACCESS_KEY_ID": "environment",
    "ALIBABA_CLOUD_ACCESS_KEY_SECRET": MARK,
}
PROFILES = {
    "current": "default",
    "profiles": [
        {
            "name": "default",
            "mode": "AK",
            "access_key_id": "profile",
            "access_key_secret": MARK,
        },
        {
            "name": "temporary",
            "mode": "StsToken",
            "access_key_id": "STS.profile",
            "access_key_secret": MARK,
            "sts_token": "token",
        },
    ],
}


def write_profiles(home, content):
    """Write profiles of the aliyun CLI, or what stands in their place."""
    file = home / ".aliyun" / "config.json"
    file.parent.mkdir()
    file.write_text(content if isinstance(content, str) else json.dumps(content))


def write_ini(home, content):
    """Write a file of credentials."""
    file = home / ".alibabacloud" / "credentials.ini"
    file.parent.mkdir()
    file.write_text(content)


def no_credentials(tried):
    """Make the error of sources that gave nothing."""
    return ConfigurationError("no credentials", tried=tried)


async def refused(config, environ):
    """Ask in vain, with no metadata service; give the one line of the error."""
    known = {"ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true", **environ}

    with pytest.raises(ConfigurationError) as caught:
        await read_settings(config, known).credentials().get()

    line = ENGINE.text(caught.value)
    assert line.isprintable()
    assert MARK not in line
    assert caught.value.__cause__ is None
    return line


METADATA = "/latest/meta-data/ram/security-credentials/"
METADATA_TOKEN = "/latest/api/token"
ROLE = "role-of-the-instance"
URI_PATH = "/credentials"
ROLE_ARN = "acs:ram::1234567890123456:role/transcoder"
OIDC_PROVIDER_ARN = "acs:ram::1234567890123456:oidc-provider/ci"
# The shortest life that STS gives a token; the library calls it old at once.
FIFTEEN_MINUTES = 15 * 60


class TokenServices(LoopbackServer):
    """Hands out a new temporary key for each answer; a context manager.

    Args:
        register: told of each key: ID, secret and token.
        lifetime_seconds: of each token, from now.

    Attributes:
        answers: to whom, in their order: `AssumeRole`, `AssumeRoleWithOIDC`,
            `metadata` or `uri`.
        refusal: an answer of STS instead of keys: status and the vendor's code.
        oidc_token: the only one that is traded.
        secrets: of the keys handed out, tokens too.
        is_away: whether the URI answers with a fault.
        sent_away: how many the URI has sent away.
    """

    def __init__(
        self,
        register: Callable[[str, str, str], object],
        *,
        lifetime_seconds: float = FIFTEEN_MINUTES,
    ) -> None:
        super().__init__(_Handler)
        self._register = register
        self._lifetime_seconds = lifetime_seconds
        self.answers: list[str] = []
        self.refusal: tuple[int, str] | None = None
        self.secrets: list[str] = []
        self.is_away = False
        self.sent_away = 0
        self.oidc_token = secrets.token_hex(20)
        self.metadata_token = secrets.token_hex(8)

    def hand_out(self, to: str) -> dict[str, str]:
        """Make a temporary key, under the names of the vendor."""
        self.answers.append(to)
        ends = time.gmtime(time.time() + self._lifetime_seconds)
        keys = {
            "AccessKeyId": f"STS.{to}{len(self.answers)}",
            "AccessKeySecret": secrets.token_hex(15),
            "SecurityToken": secrets.token_hex(30),
        }
        self._register(*keys.values())
        self.secrets += [keys["AccessKeySecret"], keys["SecurityToken"]]
        return {**keys, "Expiration": time.strftime("%Y-%m-%dT%H:%M:%SZ", ends)}


class _Handler(BaseHTTPRequestHandler):
    """Answers requests, also those of who takes it for a proxy."""

    @property
    def _services(self) -> TokenServices:
        found: TokenServices = self.server.owner  # type: ignore[attr-defined]  # of ours
        return found

    def do_PUT(self) -> None:
        if urlsplit(self.path).path == METADATA_TOKEN:
            return self._text(200, self._services.metadata_token)
        return self._text(404, "")

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        services = self._services
        if url.path == URI_PATH and services.is_away:
            services.sent_away += 1
            return self._text(503, "")
        if url.path == URI_PATH:
            return self._json(200, {"Code": "Success", **services.hand_out("uri")})
        if url.path.startswith(METADATA):
            return self._metadata(url.path.removeprefix(METADATA))
        if services.refusal:
            status, code = services.refusal
            # The vendor's answers repeat what was sent.
            return self._json(status, {"Code": code, "Message": json.dumps(query)})
        action = query.get("Action", "")
        is_asked_well = query.get("RoleArn") == ROLE_ARN and (
            "Signature" in query
            if action == "AssumeRole"
            else action == "AssumeRoleWithOIDC"
            and query.get("OIDCProviderArn") == OIDC_PROVIDER_ARN
            and query.get("OIDCToken") == services.oidc_token
        )
        if not is_asked_well:
            return self._json(400, {"Code": "InvalidParameter", "Message": ""})
        return self._json(200, {"Credentials": services.hand_out(action)})

    def _metadata(self, role: str) -> None:
        token = self.headers.get("X-aliyun-ecs-metadata-token")
        if token != self._services.metadata_token:
            return self._text(403, "")
        if not role:
            return self._text(200, ROLE)
        if role != ROLE:
            return self._text(404, "")
        keys = self._services.hand_out("metadata")
        return self._json(200, {"Code": "Success", **keys})

    def _json(self, status: int, body: dict[str, Any]) -> None:
        self._text(status, json.dumps(body))

    def _text(self, status: int, body: str) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_args: object) -> None:
        """Say nothing."""
