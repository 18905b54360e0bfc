"""What a preview says of a job: one quick look, within its time, and never a wait."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from clock import FakeClock
from credentials import CONFIG_KEYS
from jobs import JOB_ID, NAME
from lifecycles import UNDECIDED, declared, lifecycle_on
from pulumi_alicloud_mediaconvert.access.settings import read_settings
from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.emulator import Emulator, Step, faults, scripts
from pulumi_alicloud_mediaconvert.hosts.engine_messages import ENGINE
from pulumi_alicloud_mediaconvert.lifecycle.job_wait import JobReader
from pulumi_alicloud_mediaconvert.lifecycle.preview import (
    NOT_PREVIEWED,
    Previews,
)
from pulumi_alicloud_mediaconvert.lifecycle.results import PreviewResult

# Long enough for a look in memory, short enough to be waited out.
SOON = 0.2


@pytest.fixture
def api():
    """The API in memory."""
    return Emulator()


@pytest.fixture
def previews(api):
    """The looks of one process at that API."""
    return Previews(lifecycle_on(api, FakeClock()), ENGINE)


class Hanging:
    """Credentials that never come."""

    async def get(self, *, reload: bool = False) -> Any:
        """Wait for ever."""
        del reload
        await asyncio.Event().wait()


class Mute(httpx.AsyncBaseTransport):
    """A network on which nobody answers.

    Attributes:
        asked: how many requests were made.
    """

    def __init__(self) -> None:
        self.asked = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Wait for ever."""
        del request
        self.asked += 1
        await asyncio.Event().wait()
        raise AssertionError


class Refusing(Mute):
    """A network on which every connection is refused."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Refuse."""
        self.asked += 1
        raise httpx.ConnectError("refused", request=request)


def previews_over(transport, **limits: float) -> Previews:
    """Preview over a network."""
    settings = read_settings(CONFIG_KEYS, {})
    client = ImsClient(settings.credentials(), transport=transport)
    return Previews(JobReader(client, settings), ENGINE, **limits)


def other(number: int) -> str:
    """Make the ID of another job."""
    return f"{number:032x}"


@pytest.mark.anyio
async def test_a_good_job_is_nothing_to_talk_about(api, previews):
    """What will pass is looked at once, and not mentioned."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    previewed = await previews.evaluate(declared())

    assert previewed == PreviewResult(read="ended", outputs=previewed.outputs)
    assert len(api.requests) == 1


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("script", "stated"),
    [
        (scripts.succeeds_cleanly(), {}),
        (scripts.one_output_fails(), {"enforcement_level": "advisory"}),
    ],
    ids=["passed", "tolerated"],
)
async def test_a_job_that_an_up_accepts_is_known_whole(api, previews, script, stated):
    """The outputs of a preview are those that the `up` will store."""
    api.add_job(JOB_ID, script)

    previewed = await previews.evaluate(declared(**stated))

    settled = await lifecycle_on(api, FakeClock()).read(declared(**stated))
    assert previewed.outputs == settled.outputs
    assert previewed.outputs["outputs"]


@pytest.mark.anyio
async def test_what_would_stop_the_up_is_said_in_the_same_lines(api, previews):
    """A preview verifies as an `up` does, line for line."""
    api.add_job(JOB_ID, scripts.one_output_fails())

    previewed = await previews.evaluate(declared())

    settled = await lifecycle_on(api, FakeClock()).read(declared())
    assert previewed == PreviewResult(
        read="ended", failures=settled.failures, ended=settled.ended
    )
    assert previewed.failures[0] == f"{NAME} ended Success, but 1 check failed."


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("script", "stated"),
    [
        pytest.param(
            scripts.one_output_fails(), {"enforcement_level": "advisory"}, id="advisory"
        ),
        pytest.param(
            scripts.succeeds_cleanly(),
            {
                "expect": {"rules": [{"query": "nope", "must_be": 1}]},
                "on_inconclusive": "warn",
            },
            id="tolerated doubt",
        ),
        pytest.param(
            scripts.succeeds_cleanly(),
            {"expect": {"output_count": 99}, "enforcement_level": "advisory"},
            id="missed expectation",
        ),
    ],
)
async def test_what_an_up_accepts_is_a_warning(api, previews, script, stated):
    """An `up` that would go on is not said to stop."""
    api.add_job(JOB_ID, script)

    previewed = await previews.evaluate(declared(**stated))

    assert previewed.warnings
    assert previewed.warnings[0].startswith(f"{NAME} ended Success, but 1 check")
    assert previewed.failures == previewed.notes == []


@pytest.mark.anyio
@pytest.mark.parametrize(
    "stated",
    [{"on_preview": "off"}, {"enforcement_level": "disabled"}],
    ids=["preview off", "enforcement disabled"],
)
async def test_who_wants_no_look_gets_none(api, previews, stated):
    """Where nothing would come of it the API is not asked."""
    api.add_job(JOB_ID, scripts.fails())

    assert await previews.evaluate(declared(**stated)) == PreviewResult()
    assert api.requests == ()


NOTES = {
    "running": (
        scripts.stalls(percent=66),
        {},
        f"{NAME} has not ended: Running 66%. `pulumi up` will wait for it.",
    ),
    "running, never waited for": (
        scripts.stalls(percent=66),
        {"wait": False},
        f"{NAME} has not ended: Running 66%. `pulumi up` will read it again.",
    ),
    "outputs that lag": (
        UNDECIDED,
        {},
        (
            f"{NAME} has ended, but some of its outputs have not."
            " `pulumi up` will read it again."
        ),
    ),
    "unknown": (
        None,
        {},
        f"{NAME}: the API does not find it. `pulumi up` will read it again.",
    ),
}


@pytest.mark.anyio
@pytest.mark.parametrize(("script", "stated", "line"), NOTES.values(), ids=NOTES)
async def test_what_is_not_decided_is_one_note(api, previews, script, stated, line):
    """A job under way is no news: one line, and the preview passes."""
    if script is not None:
        api.add_job(JOB_ID, script)

    previewed = await previews.evaluate(declared(**stated))

    assert previewed.read == ("unread" if script is None else "running")
    assert previewed == PreviewResult(read=previewed.read, notes=[line])


@pytest.mark.anyio
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(faults.vendor_error("Forbidden.RAM", times=None), id="permission"),
        pytest.param(faults.throttle(times=None), id="throttled"),
        pytest.param(faults.not_json(times=None), id="broken answer"),
        pytest.param(faults.redirect("http://127.0.0.1:9", times=None), id="redirect"),
    ],
)
async def test_an_answer_that_says_nothing_is_one_note(api, previews, fault):
    """Nothing is tried twice, and nothing stops the preview."""
    api.faults.add(fault)

    previewed = await previews.evaluate(declared())

    [line] = previewed.notes
    assert line.startswith(f"Not read in this preview: cannot read job {JOB_ID} in ")
    assert line.count(JOB_ID) == 1
    assert previewed == PreviewResult(notes=[line])
    assert len(api.requests) == 1


@pytest.mark.anyio
async def test_missing_credentials_are_one_note():
    """A preview without keys passes; the `up` says what is missing."""
    half = {"mediaconvert:accessKey": "testid"}
    previews = Previews(lifecycle_on(Emulator(), FakeClock(), half), ENGINE)

    [line] = (await previews.evaluate(declared())).notes

    assert "mediaconvert:secretKey" in line


@pytest.mark.anyio
async def test_a_job_is_looked_at_once_however_often_it_is_checked(api, previews):
    """The engine checks up to four times, and resources may share a job."""
    api.add_job(JOB_ID, scripts.fails())

    first = await previews.evaluate(declared())
    others = await asyncio.gather(
        previews.evaluate(declared()),
        previews.evaluate(declared(enforcement_level="advisory")),
    )

    assert len(api.requests) == 1
    assert others[0] == first
    assert others[1].warnings == first.failures


@pytest.mark.anyio
async def test_the_same_id_in_another_region_is_another_job(api, previews):
    """A look is kept for its region alone."""
    api.add_job(JOB_ID, scripts.fails())
    reader = previews._reader  # noqa: SLF001  # its settings name no endpoint
    asked = []

    class Noting(JobReader):
        async def fetch(self, inputs, *args, **options):
            asked.append(inputs.region)
            return await reader.fetch(inputs, *args, **options)

    noting = Previews(Noting(reader.client, reader.settings), ENGINE)
    await noting.evaluate(declared())
    await noting.evaluate(declared(region="cn-beijing"))

    assert asked == ["cn-shanghai", "cn-beijing"]


@pytest.mark.anyio
async def test_after_two_looks_without_an_answer_the_others_are_not_tried():
    """An API that cannot be reached costs a preview two attempts in all."""
    network = Refusing()
    previews = previews_over(network)

    found = [await previews.evaluate(declared(job_id=other(n))) for n in range(4)]

    assert network.asked == 2
    assert [len(one.notes) for one in found] == [1, 1, 0, 0]
    assert_told_once(found, "cn-shanghai")


def assert_told_once(found: list[PreviewResult], word: str) -> None:
    """One of all says why jobs are left out, and none says more of it."""
    [line] = [line for one in found for line in one.left_out]
    assert word in line
    assert NOT_PREVIEWED in line
    assert not [one for one in found if one.warnings or one.failures]


@pytest.mark.anyio
async def test_of_a_set_whose_jobs_are_not_looked_at_that_is_told_once():
    """However many members are left out, and by whichever resource."""
    network = Refusing()
    previews = previews_over(network)
    for number in range(2):
        await previews.evaluate(declared(job_id=other(number)))
    members = {f"job-{n}": declared(job_id=other(n)) for n in range(2, 9)}

    found = [await previews.evaluate_many(members) for _ in range(2)]

    assert network.asked == 2
    assert_told_once(
        [one for by_name in found for one in by_name.values()], "cn-shanghai"
    )


@pytest.mark.anyio
async def test_a_region_that_does_not_answer_leaves_out_no_job_of_another_one():
    """Whoever is asked first, each region is tried, and told by its name."""
    network = Refusing()
    previews = previews_over(network)
    regions = ["cn-shanghai", "cn-beijing", "cn-hangzhou"]

    found = [
        await previews.evaluate(declared(job_id=other(n), region=region))
        for n in range(4)
        for region in regions
    ]

    assert network.asked == 2 * len(regions)
    told = [line for one in found for line in one.left_out]
    assert len(told) == len(regions)
    assert all(sum(region in line for line in told) == 1 for region in regions)


@pytest.mark.anyio
async def test_looks_side_by_side_end_together_and_the_next_job_is_told():
    """An engine that asks for many at a time waits no longer for them all."""
    network = Mute()
    previews = previews_over(network, all_reads_seconds=SOON)
    at_once = [declared(job_id=other(n)) for n in range(4)]

    found = await asyncio.gather(*map(previews.evaluate, at_once))
    later = [await previews.evaluate(declared(job_id=other(n))) for n in range(4, 9)]

    assert network.asked == 4
    assert [len(one.notes) for one in found] == [1] * 4
    assert_told_once([*found, *later], "cn-shanghai")


@pytest.mark.anyio
@pytest.mark.parametrize("jobs", [1, 5])
async def test_all_looks_together_stay_within_their_time(jobs):
    """However many jobs hang, the preview goes on after its one time limit."""
    network = Mute()
    previews = previews_over(network, all_reads_seconds=SOON)

    found = [await previews.evaluate(declared(job_id=other(n))) for n in range(jobs)]

    assert network.asked == 1
    assert [len(one.notes) for one in found] == [1] + [0] * (jobs - 1)
    if jobs > 1:
        assert_told_once(found, "time")


@pytest.mark.anyio
async def test_credentials_that_hang_are_not_waited_for():
    """A credentials service that never answers is bound by the same limit."""
    client = ImsClient(Hanging())
    reader = JobReader(client, read_settings(CONFIG_KEYS, {}))
    previews = Previews(reader, ENGINE, all_reads_seconds=SOON)

    [line] = (await previews.evaluate(declared())).notes

    assert line == f"{NAME}: not read in this preview: no response in time."


@pytest.mark.anyio
async def test_a_cancelled_preview_leaves_no_look_behind(api, previews):
    """Whoever asks again after a cancellation gets the answer of that look."""
    api.add_job(JOB_ID, Step("Failed"))
    first = asyncio.create_task(previews.evaluate(declared()))
    await asyncio.sleep(0)
    first.cancel()

    previewed = await previews.evaluate(declared())

    assert previewed.failures
    assert len(api.requests) == 1
