"""Programs of how-to pages that ask the vendor's API by the vendor's own client."""

from __future__ import annotations

import sys
from typing import Any
from unittest.mock import create_autospec

import pytest
from alibabacloud_ice20201109 import models
from alibabacloud_ice20201109.client import Client
from alibabacloud_tea_openapi.utils_models import Config

from page_sessions import BAD_JOB, SAMPLE_JOB
from pages import BLOCKS
from pulumi_alicloud_mediaconvert.emulator import scripts

JOB_ID = "0123456789abcdef0123456789abcdef"


def first_program(page: str) -> str:
    """Return the first program of a page in Python."""
    shown = [one for one in BLOCKS if one.page == page and one.language == "python"]
    return shown[0].text


@pytest.fixture
def submitting(monkeypatch):
    """The provider of the page, and the vendor's client in its place, typed."""
    for name in ("SUBMIT_ACCESS_KEY_ID", "SUBMIT_ACCESS_KEY_SECRET"):
        monkeypatch.setenv(name, "key")
    client = create_autospec(Client, instance=True)
    job = models.SubmitMediaConvertJobResponseBodyJob(job_id=JOB_ID)
    client.submit_media_convert_job.return_value = models.SubmitMediaConvertJobResponse(
        body=models.SubmitMediaConvertJobResponseBody(job=job)
    )
    names: dict[str, Any] = {}
    exec(first_program("docs/submitted-job.md"), names)  # noqa: S102  # our own page

    def made(config: Config):
        assert config.endpoint == "ice.cn-shanghai.aliyuncs.com"
        return client

    names["Client"] = made
    return names["SubmissionProvider"](), client


def test_the_resource_of_the_page_submits_once_and_keeps_no_key(submitting):
    """It sends the request with the client token; its state has the ID and no key."""
    provider, client = submitting
    props = {"config": "{}", "region": "cn-shanghai", "token": "film", "job_id": None}

    created = provider.create(props)

    [call] = client.submit_media_convert_job.call_args_list
    assert call.args[0].to_map() == {"ClientToken": "film", "Config": "{}"}
    assert created.id == JOB_ID
    assert created.outs == {**props, "job_id": JOB_ID}


@pytest.mark.parametrize("key", ["config", "region", "token"])
def test_another_request_replaces_the_submission(submitting, key):
    """Only a change of the request submits again."""
    provider, _ = submitting
    olds = {"config": "{}", "region": "cn-shanghai", "token": "a", "job_id": JOB_ID}
    news = {**olds, "job_id": None}

    assert not provider.diff(JOB_ID, olds, news).changes
    assert provider.diff(JOB_ID, olds, {**news, key: "other"}).replaces == [key]


@pytest.fixture
def script(ims_emulator, ims_environment, monkeypatch):
    """Run the polling script of the page for a job, against the emulator."""
    del ims_environment
    ims_emulator.add_job(SAMPLE_JOB)
    ims_emulator.add_job(BAD_JOB, scripts.fails())
    host = ims_emulator.endpoint.removeprefix("http://")
    program = first_program("docs/polling-script.md").replace(
        'endpoint="ice.cn-shanghai.aliyuncs.com",',
        f'endpoint="{host}", protocol="HTTP", no_proxy="127.0.0.1",',
    )
    assert host in program

    def run(job_id: str) -> None:
        monkeypatch.setattr(sys, "argv", ["wait_for_job.py", job_id])
        exec(program, {})  # noqa: S102  # our own page

    return run


@pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow")
def test_the_script_that_the_gate_replaces_does_what_the_page_says(script):
    """It ends well with a good job, and with the vendor's message for a bad one."""
    script(SAMPLE_JOB)

    with pytest.raises(SystemExit, match=f"job {BAD_JOB}: InvalidParameter"):
        script(BAD_JOB)
