import asyncio

import pytest

from pulumi_alicloud_mediaconvert.errors import (
    AuthenticationError,
    ConfigurationError,
    JobNotFoundError,
    NextStep,
    ProviderError,
)
from pulumi_alicloud_mediaconvert.waiting.wait_errors import PollError, WaitTimeoutError
from pulumi_alicloud_mediaconvert.waiting.wait_limits import LimitKind, WaitLimits
from pulumi_alicloud_mediaconvert.waiting.waiter import LAST_POLL_SECONDS, wait_for_job
from waits import READ_ERRORS, job_at, wait


@pytest.mark.parametrize(
    ("script", "state", "looks"),
    [
        ("Success", "Success", 1),
        ("Failed", "Failed", 1),
        ("Cancelled", "Cancelled", 1),
        ("Complete", "Success", 1),
        ("Error", "Failed", 1),
        ("Inited, Running 10, Running 50, Success", "Success", 4),
        ("Running 90, Running 10, Failed", "Failed", 3),
        ("Paused, Teleporting, Success", "Success", 3),
        ("missing, missing, Inited, Success", "Success", 4),
        ("Running 10, missing, Running 20, Success", "Success", 4),
    ],
)
def test_only_an_end_state_ends_the_wait(script, state, looks):
    """The job is looked at until its state is an end state, and not once more."""
    job, look = wait(script)

    assert job.state == state
    assert len(look.at) == looks


@pytest.mark.parametrize(
    ("script", "looks"),
    [
        ("Success lagging, Success lagging, Success", 3),
        ("Running 99, Success lagging, Success", 3),
        ("Success lagging", 11),
        ("Success lagging, missing", 4),
        ("Success lagging, Running 99", 11),
    ],
)
def test_outputs_behind_their_job_get_thirty_seconds(script, looks):
    """A job that ended before its outputs is looked at for 30 s; its end stands.

    Neither an answer from before it, nor one that misses the job, takes it back.
    """
    job, look = wait(script)

    assert job.state == "Success"
    assert len(look.at) == looks


@pytest.mark.parametrize("fault", ["broken", "refused", "unconfigured"])
def test_outputs_behind_their_job_that_cannot_be_looked_at_are_told(fault):
    """What an output came to is not guessed from an answer that did not come."""
    error, look = wait(f"Success lagging, {fault}")

    assert isinstance(error, ProviderError)
    assert len(look.at) == 2


def test_outputs_behind_their_job_never_outlast_the_deadline():
    """An ended job is returned at the deadline though an output has not ended."""
    job, look = wait("Success lagging", WaitLimits(timeout=7, poll_min=3, poll_max=3))

    assert job.state == "Success"
    assert look.at == [0, 3, 6, 7]


def test_deadline_takes_one_last_look():
    """No sleep passes the deadline, and the look at it is the last one."""
    error, look = wait("Running 10", WaitLimits(timeout=7, poll_min=3, poll_max=3))

    assert isinstance(error, WaitTimeoutError)
    assert look.at == [0, 3, 6, 7]


def test_last_look_may_still_win():
    """A job that has ended at the last look has ended in time."""
    script = "Running 1, Running 2, Running 3, Success"

    job, look = wait(script, WaitLimits(timeout=7, poll_min=3, poll_max=3))

    assert job.state == "Success"
    assert look.at[-1] == 7


def test_no_time_at_all_takes_one_look():
    """A timeout of zero looks once, and that look is the last one."""
    error, look = wait("Running 10", WaitLimits(timeout=0))

    assert isinstance(error, WaitTimeoutError)
    assert look.within == [LAST_POLL_SECONDS]


def test_look_may_retry_until_the_deadline():
    """A look is given the time that is left, and never less than a last look."""
    _, look = wait("Running 10", WaitLimits(timeout=40, poll_min=20, poll_max=20))

    assert look.within == [40, 20, LAST_POLL_SECONDS]


def test_look_that_outlasts_the_deadline_is_the_last():
    """A slow look that ends after the deadline is not followed by another one."""
    limits = WaitLimits(timeout=20, poll_min=3, poll_max=3)

    error, look = wait("Running 10", limits, seconds=14)

    assert isinstance(error, WaitTimeoutError)
    assert look.at == [0, 17]


@pytest.mark.parametrize(
    ("script", "limit", "seconds"),
    [
        ("Inited", LimitKind.QUEUE, 10),
        ("missing, Inited", LimitKind.QUEUE, 13),
        ("Running 5, Inited", LimitKind.QUEUE, 13),
        ("Inited, Inited, Running 5, Inited", LimitKind.QUEUE, 19),
        ("Running 5", LimitKind.STALL, 20),
        ("Running", LimitKind.STALL, 20),
        ("Running 5, Running 6", LimitKind.STALL, 23),
        ("Inited, Running 5", LimitKind.STALL, 23),
        ("Running 6, Running 5", LimitKind.STALL, 23),
        ("Running 6, missing, Running 6", LimitKind.STALL, 20),
        ("Paused", LimitKind.TIMEOUT, 60),
        ("missing", None, 30),
    ],
)
def test_limits_are_noticed_on_time(script, limit, seconds):
    """Each limit ends the wait at its moment, counted from the first look to see it."""
    limits = WaitLimits(
        timeout=60,
        queue_timeout=10,
        stall_timeout=20,
        not_found_grace=30,
        poll_min=3,
        poll_max=3,
    )

    error, look = wait(script, limits)

    assert look.at[-1] == pytest.approx(seconds)
    assert getattr(error, "limit", None) is limit


def test_timeout_carries_what_was_seen():
    """A timeout keeps the job, and says which limit could be raised."""
    error, _ = wait("Running 66")

    assert isinstance(error, WaitTimeoutError)
    assert error.job == job_at("Running 66")
    [advice] = error.next_steps
    assert advice.step is NextStep.RAISE_LIMIT
    assert advice.details == {"limit": "wait.timeout"}


@pytest.mark.parametrize(
    ("script", "timeout", "moment"),
    [
        ("missing", 60, 30),
        ("Running 10, missing", 60, 33),
        ("missing", 9, 9),
    ],
    ids=["never seen", "vanished", "never seen until the deadline"],
)
def test_job_that_stays_unknown_is_reported_as_such(script, timeout, moment):
    """After its grace, counted from when it was missed, the API's own error is told."""
    limits = WaitLimits(timeout=timeout, not_found_grace=30, poll_min=3, poll_max=3)

    error, look = wait(script, limits)

    assert isinstance(error, JobNotFoundError)
    assert look.at[-1] == moment


def test_job_that_vanished_just_before_the_deadline_is_a_timeout():
    """An absence within its grace does not hide that the job was seen under way."""
    limits = WaitLimits(timeout=9, not_found_grace=30, poll_min=3, poll_max=3)

    error, _ = wait("Running 10, Running 20, missing", limits)

    assert isinstance(error, WaitTimeoutError)
    assert error.job == job_at("Running 20")


@pytest.mark.parametrize(
    ("script", "error_type"),
    [
        ("unconfigured", ConfigurationError),
        ("refused", AuthenticationError),
        ("Running 10, unconfigured", ConfigurationError),
        ("Running 10, refused", AuthenticationError),
        ("missing, refused", AuthenticationError),
    ],
)
def test_errors_that_time_does_not_heal_end_the_wait(script, error_type):
    """Configuration and authentication are told at once, in their own words."""
    error, look = wait(script)

    assert type(error) is error_type
    assert len(look.at) == script.count(",") + 1


def test_failing_look_before_the_job_was_seen_is_the_error():
    """An error of the API passes as it is while nothing is known of the job."""
    error, _ = wait("missing, broken")

    assert error is READ_ERRORS["broken"]


def test_failing_look_keeps_the_job_as_last_seen():
    """An error of the API after that carries the job, and both stories."""
    error, _ = wait("Running 66, broken")

    assert type(error) is PollError
    assert error.job == job_at("Running 66")
    assert error.__cause__ is READ_ERRORS["broken"]
    assert str(READ_ERRORS["broken"]) in str(error)
    assert [one.step for one in error.next_steps] == [NextStep.RESUME_WAIT]


@pytest.mark.anyio
async def test_cancelling_passes_at_once():
    """A cancelled wait takes no further look and hides nothing."""
    looks = 0

    async def look(_within):
        nonlocal looks
        looks += 1
        return job_at("Running 10")

    waiting = asyncio.create_task(wait_for_job(look, WaitLimits()))
    await asyncio.sleep(0)
    waiting.cancel()

    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert looks == 1
