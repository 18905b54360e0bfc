"""Each code of the vendor: what it means, whether to ask again, what is said."""

from __future__ import annotations

import httpx
import pytest

from api import Lasting, read_job, refusal
from clock import FakeClock
from faults import VENDOR_CODES, said_of, without_attempts
from jobs import JOB_ID
from pulumi_alicloud_mediaconvert.error_codes import MEANINGS, ErrorKind, meaning_of
from pulumi_alicloud_mediaconvert.errors import (
    Advice,
    ApiStatusError,
    AuthenticationError,
    JobNotFoundError,
    NextStep,
    ThrottledError,
)
from pulumi_alicloud_mediaconvert.hosts.engine_messages import ENGINE

ERRORS = {
    ErrorKind.THROTTLE: ThrottledError,
    ErrorKind.SERVER: ApiStatusError,
    ErrorKind.REPLAY: ApiStatusError,
    ErrorKind.KEY: AuthenticationError,
    ErrorKind.EXPIRED_TOKEN: AuthenticationError,
    ErrorKind.CLOCK: AuthenticationError,
    ErrorKind.PERMISSION: AuthenticationError,
    ErrorKind.NOT_FOUND: JobNotFoundError,
    ErrorKind.REQUEST: ApiStatusError,
}
WORDS = "what the vendor says"
DATE = "Fri, 02 Jan 2026 04:04:05 GMT"
BOTH_TIMES = ": it says 2026-01-02T03:04:05Z, the API says 2026-01-02T04:04:05Z"
all_codes = pytest.mark.parametrize(
    "row", VENDOR_CODES, ids=[row.code for row in VENDOR_CODES]
)


@all_codes
def test_documented_code_has_its_kind(row):
    """Every code of the vendor's lists is understood, in any spelling of case."""
    meanings = {meaning_of(row.code), meaning_of(row.code.upper())}

    assert {meaning.kind if meaning else None for meaning in meanings} == {row.kind}


@pytest.mark.anyio
@all_codes
@pytest.mark.parametrize("status", [None, 200, 400, 403, 404, 429, 500, 503])
async def test_the_code_decides_what_is_done_and_said(row, status):
    """Whatever the status of HTTP: retried or not, class and words go by the code."""
    api = Lasting(
        lambda: refusal(status or row.status, row.code, WORDS, headers={"date": DATE})
    )
    clock = FakeClock(start=0)

    with pytest.raises(ApiStatusError) as caught:
        await read_job(api, clock=clock)

    attempts = {"once": 1, "twice": 2}.get(row.attempts)
    assert len(api.requests) == attempts if attempts else len(api.requests) > 5
    assert (clock.now() > 0) is (row.attempts == "again")
    assert type(caught.value) is ERRORS[row.kind]
    assert caught.value.code == row.code
    times = BOTH_TIMES if row.kind is ErrorKind.CLOCK else ""
    assert without_attempts(ENGINE.text(caught.value)) == said_of(
        row.code, JOB_ID, words=WORDS, request_id="REQ-1", times=times
    )


@pytest.mark.parametrize("code", ["", "Unheard", "XThrottling", "ThrottlingX"])
def test_unknown_code_has_no_meaning(code):
    """What the table does not say is not guessed."""
    assert meaning_of(code) is None


@pytest.mark.parametrize("code", MEANINGS)
def test_every_row_says_what_to_do(code):
    """Every row has a next step, beside a clause of what was seen."""
    meaning = MEANINGS[code]

    assert meaning.next_steps
    assert not meaning.what.endswith(".")


GRANT_PERMISSION, REMOVE_DENIAL = NextStep.GRANT_PERMISSION, NextStep.REMOVE_DENIAL
READ = "ice:GetMediaConvertJob"
LIST = "ice:ListMediaConvertJobs"
DENIALS = [
    pytest.param({}, GRANT_PERMISSION, {"action": READ}, id="nothing said"),
    pytest.param(
        {"AuthAction": LIST, "NoPermissionType": "ImplicitDeny"},
        GRANT_PERMISSION,
        {"action": LIST},
        id="another action",
    ),
    pytest.param(
        {"AuthAction": 'ice:x","Resource', "PolicyType": "x"},
        GRANT_PERMISSION,
        {"action": READ},
        id="action that is none",
    ),
    pytest.param(
        {"NoPermissionType": "ExplicitDeny", "PolicyType": "ControlPolicy"},
        REMOVE_DENIAL,
        {"action": READ, "policy_type": "ControlPolicy"},
        id="denied by a policy",
    ),
    pytest.param(
        {"NoPermissionType": "ExplicitDeny", "PolicyType": "\x1b[31m"},
        REMOVE_DENIAL,
        {"action": READ},
        id="policy type that is none",
    ),
    pytest.param([], GRANT_PERMISSION, {"action": READ}, id="other shape"),
]


@pytest.mark.anyio
@pytest.mark.parametrize(("detail", "step", "details"), DENIALS)
@pytest.mark.parametrize("as_text", [False, True], ids=["object", "text"])
async def test_a_missing_permission_names_action_and_policy(
    detail, step, details, as_text
):
    """What to allow is known; a policy that denies is not outweighed by one."""
    stated = httpx.Response(200, json=detail).text if as_text else detail
    answer = refusal(403, "Forbidden.RAM", WORDS, AccessDeniedDetail=stated)

    with pytest.raises(AuthenticationError) as caught:
        await read_job(Lasting(lambda: answer))

    assert caught.value.next_steps == (Advice(step, details),)


@pytest.mark.anyio
@pytest.mark.parametrize("detail", ["{", "[" * 100_000, "null", 7])
async def test_a_denial_that_cannot_be_read_is_no_other_error(detail):
    """A detail that is broken leaves the advice that always fits."""
    answer = refusal(403, "NoPermission", WORDS, AccessDeniedDetail=detail)

    with pytest.raises(AuthenticationError) as caught:
        await read_job(Lasting(lambda: answer))

    assert caught.value.next_steps == (Advice(GRANT_PERMISSION, {"action": READ}),)
