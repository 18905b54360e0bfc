"""The vendor's own client reads jobs and lists of the emulator as of the real API."""

import pytest
from alibabacloud_ice20201109.client import Client as OfficialClient
from alibabacloud_ice20201109.models import (
    GetMediaConvertJobRequest,
    ListMediaConvertJobsRequest,
)
from alibabacloud_tea_openapi.utils_models import Config as OfficialConfig

from api import GET_JOB
from jobs import JOB_ID
from pulumi_alicloud_mediaconvert.emulator import scripts

# The vendor's client asks for the time in a way that Python 3.12 deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow")
LIST_JOBS = {**GET_JOB, "x-acs-action": "ListMediaConvertJobs"}


@pytest.fixture
def api(api):
    """The emulator, with the vendor's sample job."""
    api.add_job(JOB_ID, scripts.succeeds())
    return api


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


def test_a_key_may_be_allowed_to_do_less_than_everything(api, client):
    """A policy that allows to read jobs does not allow to list them."""
    api.add_credentials("testid", "testsecret", actions=["GetMediaConvertJob"])

    read = client.post(f"/?JobId={JOB_ID}", headers=GET_JOB)
    listed = client.post("/", headers=LIST_JOBS)

    assert read.status_code == 200
    assert (listed.status_code, listed.json()["Code"]) == (403, "Forbidden.RAM")
