"""The log of httpx in a program that logs everything."""

from __future__ import annotations

import logging

import httpx
import pytest

from api import ENDPOINT, Api, read_job
from jobs import JOB_ID


@pytest.mark.anyio
async def test_a_program_that_logs_everything_logs_no_job_id(caplog):
    """Where the call went and how it ended is logged; what was asked for is not."""
    caplog.set_level(logging.DEBUG)

    await read_job(Api())

    assert f"POST {ENDPOINT}/ " in caplog.text
    assert JOB_ID not in caplog.text


@pytest.mark.anyio
async def test_the_programs_own_calls_are_logged_in_full(caplog):
    """What is cut is cut from our calls alone."""
    caplog.set_level(logging.INFO)
    await read_job(Api())
    answering = httpx.MockTransport(lambda _: httpx.Response(204))

    async with httpx.AsyncClient(transport=answering) as http:
        await http.get("https://example.org/?page=2")

    assert "https://example.org/?page=2" in caplog.text
