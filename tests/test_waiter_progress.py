import pytest

from pulumi_alicloud_mediaconvert.waiting.waiter import Progress
from waits import wait


def test_progress_is_told_after_each_look():
    """Each look, also one that misses the job, is one progress."""
    told: list[Progress] = []

    wait("missing, Running 10, missing, Running 30, Success", progress=told.append)

    percents = [progress.job and progress.job.percent for progress in told]
    assert percents == [None, 10, 10, 30, None]
    assert [progress.elapsed for progress in told] == [0, 3, 6, 9, 12]
    assert [progress.polls for progress in told] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("script", "estimates"),
    [
        ("Running 10, Running 40, Success", [None, 6, None]),
        (
            "Running 10, Running 40, Running 40, Running 40, Running 40, Success",
            [None, 6, 3, 6, 9, None],
        ),
        ("Running 10, Running 5, Running 10, Success", [None, None, 54, None]),
        ("Running, Running 10, Running 110, Success", [None, None, None, None]),
        ("Inited 0, Running 50, Success", [None, None, None]),
    ],
    ids=["steady", "stalling", "going back", "above a hundred", "queued"],
)
def test_remaining_time_follows_the_pace(script, estimates):
    """The pace since the job was first seen running tells when it will have ended."""
    told: list[Progress] = []

    wait(script, progress=told.append)

    assert [progress.remaining_estimate for progress in told] == estimates


def test_progress_that_breaks_does_not_break_the_wait():
    """Whatever the row raises, the job is waited for."""

    def broken(_progress):
        raise RuntimeError

    job, _ = wait("Running 10, Success", progress=broken)

    assert job.state == "Success"
