"""A fault lies over the requests it was told to, and then is over."""

import pytest

from api import RUNS_ONCE, post_get_job
from jobs import JOB_ID
from pulumi_alicloud_mediaconvert.emulator import FaultQueue, faults, scripts


@pytest.fixture
def api(api):
    """The emulator, with a job that runs for one read."""
    api.add_job(JOB_ID, RUNS_ONCE)
    return api


@pytest.mark.parametrize(
    "fault",
    [
        faults.throttle(),
        faults.truncated_json(),
        faults.no_job(),
        faults.wrong_content_type(),
        faults.huge_body(1),
    ],
    ids=lambda fault: fault.name,
)
def test_spoiled_answer_is_not_a_read(api, client, fault):
    """A script goes on only when its answer arrived."""
    api.faults.add(fault)
    post_get_job(client)

    assert post_get_job(client).json()["Job"]["State"] == "Running"


@pytest.mark.parametrize(
    ("times", "codes"),
    [(1, [503, 200, 200]), (2, [503, 503, 200]), (None, [503, 503, 503])],
    ids=["once", "twice", "for good"],
)
def test_fault_lasts_as_long_as_told(api, client, times, codes):
    """A fault is over after its number of requests, or never."""
    api.faults.add(faults.status(503, times=times))

    assert [post_get_job(client).status_code for _ in range(3)] == codes


def test_faults_come_in_the_order_they_were_added(api, client):
    """The queue is worked off from its front."""
    api.faults.add(faults.status(500))
    api.faults.add(faults.status(503))

    assert [post_get_job(client).status_code for _ in range(3)] == [500, 503, 200]


def test_fault_can_lie_over_a_later_look(api, client):
    """Skipped requests count whether or not another fault lay over them."""
    api.faults.add(faults.status(500))
    api.faults.add(faults.status(503), skip=2)

    assert [post_get_job(client).status_code for _ in range(4)] == [500, 200, 503, 200]


def test_fault_can_lie_over_one_job(api, client):
    """A fault for one job leaves the others alone."""
    api.add_job("other", scripts.succeeds_cleanly())
    api.faults.add(faults.status(503), job_id="other")

    assert post_get_job(client).status_code == 200
    assert post_get_job(client, "other").status_code == 503


def test_pending_faults_can_be_seen_and_taken_away(api, client):
    """What has not happened yet is known, and can be called off."""
    api.faults.add(faults.status(503, times=None))
    pending = [fault.name for fault in api.faults.pending]

    api.faults.clear()

    assert pending == ["status(503)"]
    assert (post_get_job(client).status_code, api.faults.pending) == (200, ())


def test_unknown_job_can_be_spoiled_too(api, client):
    """A fault lies over the answer that there is no such job."""
    api.faults.add(faults.status(503))

    assert [post_get_job(client, "x").status_code for _ in range(2)] == [503, 404]


def test_fault_of_no_request_is_refused():
    """A fault lasts at least one request."""
    with pytest.raises(ValueError, match="at least one request"):
        faults.throttle(times=0)


def test_a_fault_may_lie_over_one_action_alone():
    """What is wrong with the list is not wrong with the job."""
    queue = FaultQueue()
    queue.add(faults.throttle(), action="ListMediaConvertJobs")

    assert queue.take(JOB_ID, "GetMediaConvertJob") is None
    assert queue.take(None, "ListMediaConvertJobs") is not None
