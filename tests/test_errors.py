"""No error shows a key: each is built around marked ones, and searched for them."""

from __future__ import annotations

import logging
import pickle
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from clock import FakeClock
from jobs import JOB_ID, make_answer
from pulumi_alicloud_mediaconvert import errors
from pulumi_alicloud_mediaconvert.access.settings import Settings, read_settings
from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.api.retrying import CallLimits
from pulumi_alicloud_mediaconvert.emulator import Emulator, Fault, faults
from pulumi_alicloud_mediaconvert.errors import (
    Advice,
    ApiConnectionError,
    ApiError,
    ApiResponseError,
    ApiStatusError,
    ApiTimeoutError,
    AuthenticationError,
    ConfigurationError,
    JobNotFoundError,
    NextStep,
    ProviderError,
    ThrottledError,
)
from pulumi_alicloud_mediaconvert.waiting.wait_errors import WaitError

REGION = "cn-shanghai"
MARK = "MARKEDSECRET"
ID, SECRET, TOKEN = f"{MARK}id", f"{MARK}secret", f"{MARK}token"
IMPATIENT = CallLimits(connect_seconds=0, read_seconds=0.05, retries=False)
REPEATED = f"Key {ID}, secret {SECRET} and token {TOKEN} may not do this."


@dataclass(frozen=True)
class Case:
    """How a call goes wrong, and what that is to the user.

    Attributes:
        error: the class that is raised.
        known: secret, token and end of the token as the API knows them.
        fault: laid over every answer.
        key: the ID that is asked with.
    """

    error: type[ApiError]
    known: tuple[str, str | None, float | None] = (SECRET, TOKEN, None)
    fault: Fault | None = None
    key: str = ID
    limits: CallLimits = field(default_factory=CallLimits)


def refused(code: str) -> Fault:
    """Refuse with a message that repeats all that was sent."""
    return faults.vendor_error(code, REPEATED, times=None)


CASES = {
    "wrong secret": Case(AuthenticationError, known=("other", TOKEN, None)),
    "unknown key": Case(AuthenticationError, key=f"{ID}2"),
    "expired token": Case(AuthenticationError, known=(SECRET, TOKEN, 1.0)),
    "other token": Case(AuthenticationError, known=(SECRET, "other", None)),
    "token of a plain key": Case(AuthenticationError, known=(SECRET, None, None)),
    "unknown job": Case(JobNotFoundError),
    "no permission": Case(AuthenticationError, fault=refused("Forbidden.RAM")),
    "signature of another kind": Case(
        AuthenticationError,
        # Nothing is quoted about a signature, whatever it may repeat.
        fault=faults.vendor_error(
            "InvalidSignatureMethod", f"Expected {MARK}signature.", times=None
        ),
    ),
    "bad parameter": Case(ApiStatusError, fault=refused("InvalidParameter")),
    "unknown code": Case(ApiStatusError, fault=refused("Unheard.Of")),
    "throttled": Case(ThrottledError, fault=refused("Throttling.User")),
    "fault of the API": Case(ApiStatusError, fault=refused("InternalError")),
    "text that was signed": Case(
        ApiStatusError,
        fault=faults.vendor_error(
            "Unheard.Of", f"server canonical request is [{MARK}signature]", times=None
        ),
    ),
    "clock": Case(AuthenticationError, fault=faults.clock_skew(times=None)),
    "page of a proxy": Case(ApiStatusError, fault=faults.status(403, body=REPEATED)),
    "redirect": Case(
        ApiStatusError, fault=faults.redirect(f"https://h.example/?k={SECRET}")
    ),
    "not JSON": Case(ApiResponseError, fault=faults.not_json(times=None)),
    "other job": Case(ApiResponseError, fault=faults.other_job(times=None)),
    "huge": Case(ApiResponseError, fault=faults.huge_body(9, times=None)),
    "cut": Case(ApiConnectionError, fault=faults.cut_connection(times=None)),
    "silence": Case(
        ApiTimeoutError,
        fault=faults.hang(times=None),
        limits=IMPATIENT,
    ),
}


async def failure_of(case: Case) -> ApiError:
    """Ask the emulator in memory, with marked keys, and return the error."""
    api = Emulator()
    secret, token, expires_at = case.known
    api.add_credentials(ID, secret, token, expires_at)
    if case.fault is not None:
        api.faults.add(case.fault)
    config = {
        "alicloud:accessKey": case.key,
        "alicloud:secretKey": SECRET,
        "alicloud:securityToken": TOKEN,
    }
    settings = read_settings(config, {})
    client = ImsClient(
        settings.credentials(),
        clock=FakeClock(),
        transport=httpx.ASGITransport(app=api.app),
    )
    with pytest.raises(ApiError) as caught:
        await client.get_media_convert_job(
            JOB_ID,
            region=REGION,
            endpoint=settings.endpoint(REGION),
            limits=case.limits,
        )
    return caught.value


def chain_of(error: BaseException) -> Iterator[BaseException]:
    """Give an error and all that it came from, shown or not."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


def shown_by(error: BaseException) -> str:
    """Write everything that a terminal, a log or a pickle shows of an error."""
    parts: list[Any] = [*traceback.format_exception(error)]
    for one in chain_of(error):
        parts += [str(one), repr(one), one.args, vars(one)]
    return f"{parts} {pickle.dumps(error)!r}"


@pytest.mark.anyio
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_no_error_of_the_api_shows_a_key(case, caplog):
    """Neither text, repr, arguments, causes, pickles nor logs hold what signed."""
    caplog.set_level(logging.DEBUG)

    error = await failure_of(case)

    assert type(error) is case.error
    assert MARK not in shown_by(error)
    assert MARK not in caplog.text


@pytest.mark.anyio
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_every_error_of_the_api_is_one_line_about_the_job(case):
    """Whoever reads it knows which job, where, and that the sentence is whole."""
    error = await failure_of(case)

    assert (error.job_id, error.region) == (JOB_ID, REGION)
    assert error.next_steps
    line = str(error)
    assert JOB_ID in line
    assert REGION in line
    assert line.isprintable()
    assert line.endswith(".")


def test_every_error_of_the_api_is_among_the_cases():
    """A new class of error is searched, too."""
    classes = {
        value
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, ApiError)
    }

    assert {case.error for case in CASES.values()} == classes - {ApiError}


SETTINGS = {
    "half a pair": {"alicloud:accessKey": ID},
    "secret alone": {"alicloud:secretKey": SECRET, "alicloud:securityToken": TOKEN},
    "blank within": {"alicloud:accessKey": ID, "alicloud:secretKey": f"{SECRET} x"},
    "quotes of a word processor": {
        "alicloud:accessKey": f"“{ID}”",
        "alicloud:secretKey": SECRET,
    },
}


@pytest.mark.anyio
@pytest.mark.parametrize("config", SETTINGS.values(), ids=SETTINGS)
async def test_no_error_of_the_configuration_shows_a_key(config):
    """Credentials that cannot be used are named by their places alone."""
    with pytest.raises(ConfigurationError) as caught:
        await read_settings(config, {}).credentials().get()

    assert MARK not in shown_by(caught.value)


@pytest.mark.parametrize(
    "endpoint",
    [f"https://user:{SECRET}@h.example", f"https://h.example/?key={SECRET}"],
    ids=["password", "query"],
)
def test_no_error_of_the_endpoint_shows_a_key(endpoint):
    """An address that is refused is not repeated."""
    settings = read_settings({"mediaconvert:endpoint": endpoint}, {})

    with pytest.raises(ConfigurationError) as caught:
        settings.endpoint(REGION)

    assert MARK not in shown_by(caught.value)


@pytest.fixture
def settings() -> Settings:
    """Settings with a key, a secret and a token."""
    config = {
        "alicloud:accessKey": ID,
        "alicloud:secretKey": SECRET,
        "alicloud:securityToken": TOKEN,
    }
    return read_settings(config, {"ALIBABA_CLOUD_ACCESS_KEY_SECRET": SECRET})


def test_what_holds_keys_does_not_show_them(settings):
    """Printing settings or credentials, in a debugger or a log, shows no key."""
    keys = settings.stated_keys()

    assert MARK not in f"{settings!r} {settings} {keys!r} {keys}"


def test_what_holds_keys_is_not_pickled(settings):
    """A pickle ends up in a state file, so there is none."""
    for holder in (settings, settings.stated_keys()):
        with pytest.raises(TypeError, match="not pickled"):
            pickle.dumps(holder)


@pytest.mark.parametrize(
    ("make", "attribute"),
    [
        pytest.param(lambda: ApiError("x", request_id="R"), "request_id", id="call"),
        pytest.param(
            lambda: ApiStatusError("x", code="C", status_code=400), "code", id="status"
        ),
        pytest.param(
            lambda: WaitError("x", job=job_from_answer(make_answer()), next_steps=()),
            "job",
            id="wait",
        ),
    ],
)
def test_an_error_carries_what_a_program_needs(make, attribute):
    """What the text says in words can be read as a value, below one root."""
    error = make()

    assert isinstance(error, ProviderError)
    assert getattr(error, attribute) is not None
    assert str(error) == "x"


def test_an_error_comes_out_of_a_pickle_as_it_went_in():
    """An error that crosses a process keeps its message and its facts."""
    error = ThrottledError(
        "asked too often",
        code="Throttling.User",
        status_code=400,
        request_id="R1",
        next_steps=[Advice(NextStep.RETRY_LATER)],
    )

    restored = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own

    assert type(restored) is ThrottledError
    assert (str(restored), vars(restored)) == (str(error), vars(error))
