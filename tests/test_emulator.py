"""The emulator as a thing that runs: its lifetime, log, program and clients."""

import pathlib
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from alibabacloud_ice20201109.client import Client as OfficialClient
from alibabacloud_ice20201109.models import (
    GetMediaConvertJobRequest,
    ListMediaConvertJobsRequest,
)
from alibabacloud_tea_openapi.utils_models import Config as OfficialConfig

from pulumi_alicloud_mediaconvert.emulator import Emulator, faults, scripts
from pulumi_alicloud_mediaconvert.emulator.__main__ import parse_job
from signed_calls import GET_JOB, SignedCall

JOB_ID = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
LIST_JOBS = {**GET_JOB, "x-acs-action": "ListMediaConvertJobs"}
PACKAGE = "pulumi_alicloud_mediaconvert"


@pytest.fixture
def api():
    """An emulator with the vendor's sample job."""
    with Emulator() as emulator:
        emulator.add_job(JOB_ID, scripts.succeeds())
        yield emulator
    assert emulator.unexpected == ()


@pytest.fixture
def client(api):
    """A client that signs, and that no proxy of the machine comes between."""
    with httpx.Client(
        base_url=api.url, auth=SignedCall(time.time), timeout=5, trust_env=False
    ) as http:
        yield http


def official_client(api, **credentials):
    """Point the vendor's own client at the emulator."""
    endpoint = api.url.removeprefix("http://")
    return OfficialClient(
        OfficialConfig(
            endpoint=endpoint,
            protocol="HTTP",
            region_id="cn-shanghai",
            no_proxy="127.0.0.1",
            **credentials,
        )
    )


@pytest.mark.parametrize("token", [None, "token/+="], ids=["access key", "STS token"])
def test_official_sdk_gets_the_same_job(api, token):
    """The vendor's own client is admitted and reads the job as a plain client does."""
    api.add_credentials("official", "secret", token)
    sdk = official_client(
        api,
        access_key_id="official",
        access_key_secret="secret",
        security_token=token,
    )

    body = sdk.get_media_convert_job(GetMediaConvertJobRequest(job_id=JOB_ID)).body

    assert body.job.state == "Success"
    detail = body.job.output_group_details[0].outputs[0]
    assert detail.result.out_file_meta.audio_stream_info_list[0].bitrate == "0.f"
    assert api.requests[0].has_security_token is (token is not None)


def test_official_sdk_pages_through_the_list(api):
    """The list goes from page to page, newest first, without details."""
    for number in range(4):
        api.add_job(f"job-{number}", scripts.succeeds_cleanly())
    sdk = official_client(api, access_key_id="testid", access_key_secret="testsecret")
    pages, page_token = [], None

    while page_token != "":
        request = ListMediaConvertJobsRequest(page_size=2, next_page_token=page_token)
        body = sdk.list_media_convert_jobs(request).body
        pages.append([job.job_id for job in body.jobs])
        page_token = body.next_page_token

    assert pages[0] == ["job-3", "job-2"]
    assert [len(page) for page in pages] == [2, 2, 1]


def test_list_has_no_details_and_is_no_read(api, client):
    """A list leaves scripts where they are and outputs out."""
    api.add_job(JOB_ID, scripts.succeeds_slowly(reads=1))

    rows = [
        client.get("/?PageSize=100", headers=LIST_JOBS).json()["Jobs"] for _ in "12"
    ]

    assert rows[0] == rows[1]
    assert rows[0][0]["State"] == "Inited"
    assert not {"OutputDetails", "OutputGroupDetails", "Percent"} & set(rows[0][0])


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (f"JobId={JOB_ID}", 1),
        ("JobId=other", 0),
        ("Status=Complete", 1),
        ("Status=Running", 0),
        ("StartOfCreateTime=2100-01-01T00%3A00%3A00Z", 0),
        ("EndOfCreateTime=2100-01-01T00%3A00%3A00Z", 1),
    ],
)
def test_list_is_filtered(client, query, count):
    """Each filter of the list chooses jobs."""
    answer = client.get(f"/?{query}", headers=LIST_JOBS)

    assert len(answer.json()["Jobs"]) == count


@pytest.mark.parametrize("query", ["PageSize=101", "PageSize=x", "OrderBy=Name"])
def test_list_refuses_parameters_that_are_none(client, query):
    """Page sizes over 100 and unknown orders are refused."""
    answer = client.get(f"/?{query}", headers=LIST_JOBS)

    assert (answer.status_code, answer.json()["Code"]) == (400, "InvalidParameter")


def test_unknown_job_is_not_found_and_not_unexpected(api, client):
    """To ask for a job that there is not is allowed."""
    answer = client.get("/?JobId=missing", headers=GET_JOB)

    assert (answer.status_code, answer.json()["Code"]) == (404, "ResourceNotFound")
    assert api.unexpected == ()


@pytest.mark.parametrize(
    ("question", "refusal"),
    [
        (("POST", "/"), (400, "MissingParameter")),
        (("POST", "/?JobId="), (400, "MissingParameter")),
        (("POST", "/jobs"), (404, "InvalidApi.NotFound")),
        (("PUT", "/?JobId=x"), (405, "UnsupportedHTTPMethod")),
    ],
    ids=["no parameter", "empty job ID", "path", "method"],
)
def test_what_no_client_asks_is_refused_and_loud(api, client, question, refusal):
    """A malformed question gets a vendor-like error and is kept for the teardown."""
    answer = client.request(*question, headers=GET_JOB)

    assert (answer.status_code, answer.json()["Code"]) == refusal
    assert [refusal[1] in u.reason for u in api.take_unexpected()] == [True]


@pytest.mark.parametrize(
    ("path", "body", "reason"),
    [
        (f"/?JobId={JOB_ID}&Jobid=2", b"", "'Jobid' is unknown"),
        (f"/?JobId={JOB_ID}", b"x", "has a body"),
    ],
    ids=["parameter", "body"],
)
def test_odd_request_is_answered_but_loud(api, client, path, body, reason):
    """What the real one would ignore is answered, and recorded as unexpected."""
    answer = client.post(path, headers=GET_JOB, content=body)

    assert answer.status_code == 200
    assert reason in api.take_unexpected()[0].reason


def test_log_tells_what_was_asked_and_answered(api, client):
    """Each request is logged with its caller, its fault and its answer."""
    api.faults.add(faults.throttle())
    client.post(f"/?JobId={JOB_ID}", headers=GET_JOB)
    client.get("/?JobId=missing", headers=GET_JOB)

    seen = [(r.method, r.action, r.job_id, r.status, r.code) for r in api.requests]

    assert seen == [
        ("POST", "GetMediaConvertJob", JOB_ID, 400, "Throttling.User"),
        ("GET", "GetMediaConvertJob", "missing", 404, "ResourceNotFound"),
    ]
    assert [r.fault for r in api.requests] == ["throttle", None]
    assert {r.access_key_id for r in api.requests} == {"testid"}


def test_log_keeps_nothing_secret(api, client):
    """Neither the signature nor a security token gets into the log."""
    auth = SignedCall(time.time, token="top-token")
    client.post(f"/?JobId={JOB_ID}", headers=GET_JOB, auth=auth)

    text = repr(api.requests)

    assert "top-token" not in text
    assert "Signature=" not in text


def test_requests_from_many_threads_are_all_answered(api, client):
    """Looks at the same time neither get lost nor share a step."""
    api.add_job("busy", scripts.succeeds_slowly(reads=50))

    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda _: client.post("/?JobId=busy", headers=GET_JOB), range(51))
        )

    percents = sorted(answer.json()["Job"]["Percent"] for answer in answers)
    assert percents == [100 * number // 50 for number in range(51)]


def test_request_ids_follow_from_the_seed():
    """Equal seeds give equal request IDs, and other seeds others."""
    ids = []
    for seed in (1, 1, 2):
        with Emulator(seed=seed) as api:
            ids.append(httpx.get(api.url, trust_env=False).json()["RequestId"])

    assert ids[0] == ids[1] != ids[2]


def test_emulator_ends_while_an_answer_hangs():
    """Leaving the block cuts an answer that never comes, and does not wait for it."""
    asked = threading.Event()

    def clock():
        asked.set()
        return time.time()

    with ThreadPoolExecutor() as pool:
        with Emulator(clock=clock) as api:
            api.add_job(JOB_ID, scripts.succeeds())
            api.faults.add(faults.hang())
            asked.clear()
            url = f"{api.url}/?JobId={JOB_ID}"
            auth = SignedCall(time.time)
            pending = pool.submit(
                httpx.post, url, headers=GET_JOB, auth=auth, trust_env=False, timeout=30
            )
            assert asked.wait(timeout=10)
        error = pending.exception()

    assert isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError)


def test_url_is_known_only_while_it_serves():
    """Before and after the block there is no address to ask at."""
    api = Emulator()
    with api:
        assert api.url.startswith("http://127.0.0.1:")

    with pytest.raises(RuntimeError, match="with Emulator"):
        _ = api.url


def test_sample_in_the_package_is_the_vendors():
    """The shipped sample is the vendor's page, byte for byte."""
    tests = pathlib.Path(__file__).parent
    shipped = tests.parent / "provider" / PACKAGE / "emulator" / "sample.json"

    assert shipped.read_bytes() == (tests / "data/vendor-example.json").read_bytes()


def test_emulator_imports_nothing_of_the_rest():
    """No wrong field name of ours can come from, or get into, the emulator."""
    root = pathlib.Path(__file__).parent.parent / "provider" / PACKAGE / "emulator"
    ours = [
        line
        for file in sorted(root.glob("*.py"))
        for line in file.read_text("utf-8").splitlines()
        if line.strip().startswith(("from pulumi", "import pulumi"))
    ]

    assert ours
    assert all(f"from {PACKAGE}.emulator" in line for line in ours)


def run_python(code):
    """Run code in an interpreter of its own."""
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )


def test_package_does_not_import_the_server():
    """Who only deploys does not pay for starlette and uvicorn."""
    done = run_python(
        f"import sys, {PACKAGE};"
        "sys.exit(bool({'starlette', 'uvicorn'} & set(sys.modules)))"
    )

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("missing", ["starlette", "uvicorn"])
def test_missing_extra_is_named(missing):
    """Without its libraries the emulator says what to install."""
    done = run_python(
        f"import sys; sys.modules[{missing!r}] = None; import {PACKAGE}.emulator"
    )

    assert missing in done.stderr
    assert 'pip install "pulumi-alicloud-mediaconvert[emulator]"' in done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_program_prints_its_url_and_ends_when_told(number):
    """The first line is an address that answers; both signals end it with 0."""
    command = [sys.executable, "-m", f"{PACKAGE}.emulator", "--job", f"{JOB_ID}=fails"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        answer = httpx.post(
            f"{url}/?JobId={JOB_ID}",
            headers=GET_JOB,
            auth=SignedCall(time.time),
            trust_env=False,
        )
        process.send_signal(number)
        out, err = process.communicate(timeout=20)

    assert answer.json()["Job"]["State"] == "Failed"
    assert (process.returncode, out, err) == (0, "", "")


@pytest.mark.parametrize("name", sorted(scripts.BY_NAME))
def test_every_script_can_be_named_on_the_command_line(name):
    """A job of the program goes by the name of a ready-made script."""
    fits_the_sample = "0a1b2c4579b5e748b99a27f6d63d4e5f"

    job_id, script = parse_job(f"{fits_the_sample}={name}")

    assert (job_id, len(script.steps) > 0) == (fits_the_sample, True)


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "=fails",
        "x=unknown",
        "x=fails:soon",
        "x=fails:-1",
        "x=hangs-queued:3",
        "x=succeeds",
    ],
)
def test_wrong_job_on_the_command_line_is_told(text):
    """A job that cannot be read ends the program with usage and its text."""
    command = [sys.executable, "-m", f"{PACKAGE}.emulator", "--job", text]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert repr(text) in done.stderr
