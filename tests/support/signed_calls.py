"""Ask the emulator as a correct client does; written apart from our own signing."""

import hashlib
import hmac
import itertools
from datetime import UTC, datetime

import httpx

GET_JOB = {
    "x-acs-action": "GetMediaConvertJob",
    "x-acs-version": "2020-11-09",
}
NONCES = itertools.count()


class SignedCall(httpx.Auth):
    """Sign by the document, with what a test wants to be different."""

    requires_request_body = True

    def __init__(
        self,
        clock,
        *,
        key_id="testid",
        secret="testsecret",  # noqa: S107  # of the emulator only
        token=None,
        nonce=None,
    ):
        self.clock = clock
        self.key_id = key_id
        self.secret = secret
        self.token = token
        self.nonce = nonce

    def auth_flow(self, request):
        """Add the headers that the document demands, then the signature."""
        date = datetime.fromtimestamp(self.clock(), UTC)
        headers = {
            "host": request.headers["host"],
            "x-acs-content-sha256": hashlib.sha256(request.content).hexdigest(),
            "x-acs-date": date.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "x-acs-signature-nonce": self.nonce or f"nonce-{next(NONCES)}",
            **({"x-acs-security-token": self.token} if self.token else {}),
        }
        headers |= {
            name: value
            for name, value in request.headers.items()
            if name.startswith("x-acs-") or name == "content-type"
        }
        request.headers.update(headers)
        request.headers["authorization"] = self._authorization(request, headers)
        yield request

    def _authorization(self, request, headers):
        names = ";".join(sorted(headers))
        lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
        canonical = "\n".join(
            [
                request.method,
                "/",
                request.url.query.decode(),
                lines,
                names,
                headers["x-acs-content-sha256"],
            ]
        )
        hashed = hashlib.sha256(canonical.encode()).hexdigest()
        text = f"ACS3-HMAC-SHA256\n{hashed}".encode()
        signature = hmac.new(self.secret.encode(), text, "sha256").hexdigest()
        return (
            f"ACS3-HMAC-SHA256 Credential={self.key_id},"
            f"SignedHeaders={names},Signature={signature}"
        )


async def ask(api, job_id, clock, *, host="testserver", **signing):
    """Ask for a job in memory; returns the answer."""
    transport = httpx.ASGITransport(app=api.app)
    async with httpx.AsyncClient(
        transport=transport, base_url=f"http://{host}"
    ) as client:
        return await client.post(
            f"/?JobId={job_id}", headers=GET_JOB, auth=SignedCall(clock, **signing)
        )
