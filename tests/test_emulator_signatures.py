"""The emulator lets exactly those requests pass that the vendor's gateway would."""

import json
import pathlib
from datetime import datetime
from urllib.parse import urlsplit

import httpx
import pytest

from api import GET_JOB, SignedCall, ask
from pulumi_alicloud_mediaconvert.emulator import Emulator, scripts
from pulumi_alicloud_mediaconvert.emulator.accounts import Account, Accounts
from pulumi_alicloud_mediaconvert.emulator.signatures import SignedRequest
from pulumi_alicloud_mediaconvert.emulator.vendor_errors import VendorError

DATA = pathlib.Path(__file__).parent / "data"
VECTORS = json.loads((DATA / "acs3-vectors.json").read_text("utf-8"))
NOW = 1_767_322_800.0


def vector_request(vector, *, query=None, authorization=None, headers=None):
    """Build the request of a vector, with what a test wants to be different."""
    sent = {**vector["headers"], **(headers or {})}
    sent["authorization"] = authorization or vector["authorization"]
    return SignedRequest(
        method=vector["method"],
        path=vector["pathname"],
        query=vector["canonical_query"] if query is None else query,
        headers=tuple(sent.items()),
        body=vector["body"].encode(),
    )


def acquire(vector, request):
    """Hold a request to the account and the date of its vector."""
    accounts = Accounts()
    accounts.add(
        Account(
            vector["access_key_id"],
            vector["access_key_secret"],
            vector["security_token"],
        )
    )
    now = datetime.fromisoformat(vector["headers"]["x-acs-date"]).timestamp()
    accounts.acquire(request, now)


def flipped(text):
    """Return the text with another last character."""
    return text[:-1] + ("0" if text[-1:] != "0" else "1")


@pytest.fixture
def api():
    """An emulator with a good job."""
    emulator = Emulator(clock=lambda: NOW)
    emulator.add_job("job", scripts.succeeds_cleanly())
    yield emulator
    assert emulator.unexpected == ()


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_official_vector_is_admitted(vector):
    """Every request that the official code or document signed is let in."""
    acquire(vector, vector_request(vector))


@pytest.mark.parametrize(
    "vector",
    [v for v in VECTORS if "url_as_sent_by_sdk" in v],
    ids=lambda vector: vector["name"],
)
def test_query_as_the_sdk_spells_it_is_admitted(vector):
    """A blank sent as a plus sign is signed as %20."""
    query = urlsplit(vector["url_as_sent_by_sdk"]).query

    acquire(vector, vector_request(vector, query=query))


@pytest.mark.parametrize(
    "vector",
    [v for v in VECTORS if "documented_header_subset" in v],
    ids=lambda vector: vector["name"],
)
def test_documented_subset_of_headers_is_enough(vector):
    """Headers like accept and user-agent need not be signed."""
    authorization = vector["documented_header_subset"]["authorization"]

    acquire(vector, vector_request(vector, authorization=authorization))


@pytest.mark.parametrize("part", ["query", "signature", "secret", "body"])
@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_one_changed_byte_is_refused(vector, part):
    """A vector with one byte changed anywhere does not pass."""
    request = {
        "query": vector_request(vector, query=flipped(vector["canonical_query"])),
        "signature": vector_request(
            vector, authorization=flipped(vector["authorization"])
        ),
        "secret": vector_request(vector),
        "body": SignedRequest(
            **{**vars(vector_request(vector)), "body": vector["body"].encode() + b"x"}
        ),
    }[part]
    secret = vector["access_key_secret"] + ("x" if part == "secret" else "")

    with pytest.raises(VendorError, match="SignatureDoesNotMatch"):
        acquire({**vector, "access_key_secret": secret}, request)


@pytest.mark.parametrize(
    ("vector", "name"),
    [
        pytest.param(vector, name, id=f"{vector['name']}-{name}")
        for vector in VECTORS
        for name in vector["headers"]
        if name not in {"x-acs-date", "x-acs-security-token"}
    ],
)
def test_one_changed_header_is_refused(vector, name):
    """Every header that was signed is held to its value."""
    changed = {name: flipped(vector["headers"][name])}

    with pytest.raises(VendorError, match="SignatureDoesNotMatch"):
        acquire(vector, vector_request(vector, headers=changed))


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("signing", "status", "code"),
    [
        pytest.param(
            {"key_id": "other"}, 404, "InvalidAccessKeyId.NotFound", id="unknown key"
        ),
        pytest.param(
            {"secret": "wrong"}, 400, "SignatureDoesNotMatch", id="wrong secret"
        ),
        pytest.param(
            {"token": "any"},
            400,
            "InvalidSecurityToken.MismatchWithAccessKey",
            id="token for a plain key",
        ),
        pytest.param(
            {"key_id": "sts"}, 400, "MissingSecurityToken", id="token missing"
        ),
        pytest.param(
            {"key_id": "sts", "token": "nobody's"},
            400,
            "InvalidSecurityToken.Malformed",
            id="token of nobody",
        ),
        pytest.param(
            {"key_id": "sts", "token": "token/2"},
            400,
            "InvalidSecurityToken.MismatchWithAccessKey",
            id="token of another key",
        ),
        pytest.param(
            {"key_id": "old", "token": "token/2"},
            400,
            "InvalidSecurityToken.Expired",
            id="token expired",
        ),
    ],
)
async def test_wrong_credentials_get_the_vendors_refusal(api, signing, status, code):
    """Each way to be the wrong caller has the vendor's code and HTTP code."""
    api.add_credentials("sts", "testsecret", "token/1")
    api.add_credentials("old", "testsecret", "token/2", expires_at=NOW)

    answer = await ask(api, "job", lambda: NOW, **signing)

    assert (answer.status_code, answer.json()["Code"]) == (status, code)
    assert set(answer.json()) == {"RequestId", "HostId", "Code", "Message", "Recommend"}


@pytest.mark.anyio
async def test_token_that_has_not_expired_is_admitted(api):
    """A security token passes until its last second."""
    api.add_credentials("sts", "secret", "token/+=", expires_at=NOW + 1)

    answer = await ask(
        api, "job", lambda: NOW, key_id="sts", secret="secret", token="token/+="
    )

    assert answer.status_code == 200


@pytest.mark.anyio
async def test_signature_refusal_echoes_what_was_signed(api):
    """As with the real one, a refused signature's message holds the token."""
    api.add_credentials("sts", "secret", "token/1")

    answer = await ask(api, "job", lambda: NOW, key_id="sts", token="token/1")

    assert "x-acs-security-token:token/1" in answer.json()["Message"]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("seconds", "status"),
    [(900, 200), (-900, 200), (901, 400), (-901, 400)],
    ids=["15 min ahead", "15 min behind", "a second more", "a second less"],
)
async def test_clock_may_be_a_quarter_of_an_hour_off(api, seconds, status):
    """Dates up to 15 minutes off pass, later and earlier ones do not."""
    answer = await ask(api, "job", lambda: NOW + seconds)

    assert answer.status_code == status
    assert answer.json().get("Code") in {None, "InvalidTimeStamp.Expired"}


@pytest.mark.anyio
async def test_nonce_is_spent_by_its_first_use(api):
    """A second request with the same nonce is refused and recorded."""
    first = await ask(api, "job", lambda: NOW, nonce="once")
    second = await ask(api, "job", lambda: NOW, nonce="once")

    assert (first.status_code, second.json()["Code"]) == (200, "SignatureNonceUsed")
    assert len(api.take_unexpected()) == 1


@pytest.mark.anyio
@pytest.mark.parametrize(("minutes", "status"), [(29, 400), (30, 200)])
async def test_nonce_is_remembered_as_long_as_its_date_could_pass(minutes, status):
    """A nonce can be used again only when no date signed with it would still pass."""
    times = [NOW]
    api = Emulator(clock=lambda: times[-1])
    api.add_job("job", scripts.succeeds_cleanly())
    await ask(api, "job", lambda: times[-1], nonce="once")
    times.append(NOW + minutes * 60)

    answer = await ask(api, "job", lambda: times[-1], nonce="once")

    assert answer.status_code == status


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        pytest.param(
            {"x-acs-version": "2014-06-18"}, 400, "InvalidVersion", id="version"
        ),
        pytest.param(
            {"x-acs-action": "SubmitMediaConvertJob"},
            404,
            "InvalidAction.NotFound",
            id="action",
        ),
        pytest.param(
            {"x-acs-content-sha256": "0" * 64},
            400,
            "SignatureDoesNotMatch",
            id="body hash",
        ),
        pytest.param(
            {"x-acs-date": "yesterday"}, 400, "InvalidTimeStamp.Format", id="date"
        ),
    ],
)
async def test_malformed_request_is_refused_and_recorded(api, changes, status, code):
    """What no correct client sends gets the vendor's code and is loud."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=api.app), base_url="http://testserver"
    ) as client:
        answer = await client.post(
            "/?JobId=job",
            headers={**GET_JOB, **changes},
            auth=SignedCall(lambda: NOW),
        )

    assert (answer.status_code, answer.json()["Code"]) == (status, code)
    assert [u.reason.partition(":")[0] for u in api.take_unexpected()] == [code]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("authorization", "code"),
    [
        pytest.param("", "InvalidAccessKeyId.NotFound", id="none"),
        pytest.param("Bearer x", "InvalidSignatureMethod", id="another method"),
        pytest.param(
            "ACS3-HMAC-SHA256 Credential=testid,Signature=00",
            "IncompleteSignature",
            id="parts missing",
        ),
        pytest.param(
            "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host,Signature="
            + "0" * 64,
            "IncompleteSignature",
            id="headers unsigned",
        ),
    ],
)
async def test_authorization_without_its_parts_is_refused(api, authorization, code):
    """A request must say who signed what, and sign every header that counts."""
    headers = {**GET_JOB, **({"authorization": authorization} if authorization else {})}
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=api.app), base_url="http://testserver"
    ) as client:
        answer = await client.post("/?JobId=job", headers=headers)

    assert answer.json()["Code"] == code
    assert len(api.take_unexpected()) == 1


def test_account_does_not_show_its_secrets():
    """The representation of an account has neither its secret nor its token."""
    account = Account("testid", "top-secret", "top-token")

    assert "top-" not in repr(account)
