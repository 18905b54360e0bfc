import asyncio

from hypothesis import given
from hypothesis import strategies as st

from clock import FakeClock
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.errors import ProviderError
from pulumi_alicloud_mediaconvert.waiting.wait_limits import WaitLimits
from pulumi_alicloud_mediaconvert.waiting.waiter import LAST_POLL_SECONDS, wait_for_job
from waits import ScriptedLook, is_api_error

STEPS = [
    *("Inited", "Running", "Running 10", "Running 50", "Paused"),
    *("Success", "Failed lagging", "Cancelled", "Success lagging"),
    *("missing", "broken", "refused", "unconfigured"),
]
UNDER_WAY = [*STEPS[:5], "missing"]
# Mostly under way: a script that ends at once tries little.
SCRIPTS = st.builds(
    lambda wait_state, end: ", ".join([*wait_state, end]),
    st.lists(st.sampled_from(UNDER_WAY), max_size=40),
    st.sampled_from(STEPS),
)
SECONDS = st.floats(0, 300)
LIMITS = st.builds(
    WaitLimits,
    timeout=SECONDS,
    queue_timeout=st.none() | SECONDS,
    stall_timeout=st.none() | SECONDS,
    not_found_grace=SECONDS,
    poll_min=st.floats(1, 10),
    poll_max=st.floats(1, 30),
)
DICE = st.floats(0, 1, exclude_max=True)
LOOK_SECONDS = st.sampled_from([0.0, 0.3, 7.0, 40.0])


def waited(script, limits, dice, seconds=0.0):
    """Wait through a script; return how it ended, its looks and its clock."""
    clock = FakeClock()
    look = ScriptedLook(script, clock, seconds=seconds)
    waiting = wait_for_job(look, limits, clock=clock, random=lambda: dice)
    try:
        end: Job | ProviderError = asyncio.run(waiting)
    except ProviderError as error:
        end = error
    return end, look, clock


@given(SCRIPTS, LIMITS, DICE, LOOK_SECONDS)
def test_every_wait_ends_in_time(script, limits, dice, seconds):
    """Whatever is seen, the wait is over at the deadline and one last look."""
    _, look, clock = waited(script, limits, dice, seconds)

    assert clock.now() - 1000 <= limits.timeout + LAST_POLL_SECONDS + 0.01
    assert look.at[-1] <= limits.timeout + 0.01


@given(SCRIPTS, LIMITS, DICE)
def test_no_wait_returns_a_job_under_way(script, limits, dice):
    """What is returned has ended, and was seen so."""
    end, look, _ = waited(script, limits, dice)

    if isinstance(end, Job):
        assert end.has_ended
        assert script.split(", ")[-1].split()[0] == end.state
    else:
        steps = script.split(", ")
        seen = steps[: len(look.at)]
        assert not any(step.startswith(("Success", "Failed", "Canc")) for step in seen)


@given(SCRIPTS, LIMITS, DICE)
def test_looks_keep_their_distance(script, limits, dice):
    """Looks are `poll_min` apart, save where a limit has to be noticed."""
    end, look, clock = waited(script, limits, dice)

    cuts = [pause for pause in clock.slept if pause < limits.poll_min]
    # A cut pause is followed by the end, or by another state with a limit of its own.
    changes = len(script.split(","))
    assert len(cuts) <= changes + 1
    assert all(pause > 0 for pause in clock.slept)
    assert len(look.at) <= limits.timeout / limits.poll_min + changes + 3
    assert end is not None


@given(SCRIPTS, LIMITS, DICE)
def test_every_fault_is_told(script, limits, dice):
    """A look that failed for good before the job ended never ends in a job."""
    end, look, _ = waited(script, limits, dice)

    steps = script.split(", ")
    reached = steps[min(len(look.at), len(steps)) - 1]
    if is_api_error(reached) or reached == "unconfigured":
        assert isinstance(end, ProviderError)
