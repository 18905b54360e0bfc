"""The log of requests tells when so many have come, without anybody asking again."""

from __future__ import annotations

import threading

import pytest

from pulumi_alicloud_mediaconvert.emulator.request_log import LoggedRequest, RequestLog

REQUEST = LoggedRequest(
    time=0.0,
    method="POST",
    path="/",
    query={"JobId": "job"},
    headers={},
    access_key_id=None,
    has_security_token=False,
    status=200,
    code=None,
    fault=None,
)


@pytest.mark.parametrize(
    ("came", "awaited", "in_time"), [(0, 0, True), (0, 1, False), (2, 2, True)]
)
def test_what_has_come_is_told_at_once(came, awaited, in_time):
    """Nobody waits for what is there, nor longer than it was said."""
    log = RequestLog()
    for _ in range(came):
        log.add(REQUEST, [])

    assert log.wait(awaited, timeout_seconds=0) is in_time


def test_whoever_waits_hears_of_the_next_request():
    """A request ends the wait for it, from whatever thread it comes."""
    log = RequestLog()
    sender = threading.Thread(target=log.add, args=(REQUEST, []))
    sender.start()

    came = log.wait(1, timeout_seconds=30)

    sender.join()
    assert came
