"""An emulated job goes through its script, look by look and second by second."""

import json
import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import ask
from jobs import JOB_ID
from pulumi_alicloud_mediaconvert.emulator import (
    Emulator,
    Script,
    Step,
    after_reads,
    after_seconds,
    not_found,
    raw_answer,
    scripts,
)
from pulumi_alicloud_mediaconvert.emulator.steps import Position

DATA = pathlib.Path(__file__).parent / "data"


class Time:
    """A clock that stands until it is told to go on."""

    def __init__(self, now=1_767_322_800.0):
        self.now = now

    def __call__(self):
        """Return seconds since the epoch."""
        return self.now


@pytest.fixture
def time():
    """A clock that the test owns."""
    return Time()


@pytest.fixture
def api(time):
    """An emulator that nobody asked anything odd."""
    emulator = Emulator(clock=time)
    yield emulator
    assert emulator.unexpected == ()


async def job_of(api, time):
    """Return the `Job` that one look gets."""
    answer = await ask(api, JOB_ID, time)
    return answer.json()["Job"]


async def states(api, time, count):
    """Return the states, or error codes, that so many looks get."""
    seen = []
    for _ in range(count):
        answer = await ask(api, JOB_ID, time)
        content = answer.json()
        seen.append(content["Job"]["State"] if "Job" in content else content["Code"])
    return seen


@pytest.mark.anyio
async def test_step_answers_its_number_of_reads(api, time):
    """A step left after two reads answers two, and the last step stays."""
    api.add_job(JOB_ID, [Step("Running", leave=after_reads(2)), Step("Success")])

    assert await states(api, time, 4) == ["Running", "Running", "Success", "Success"]


@pytest.mark.anyio
async def test_seconds_count_from_the_first_look(api, time):
    """Time before anybody looked does not move a job."""
    api.add_job(JOB_ID, [Step("Running", leave=after_seconds(10)), Step("Success")])
    time.now += 100

    first = await states(api, time, 1)
    time.now += 9.9
    second = await states(api, time, 1)
    time.now += 0.1
    third = await states(api, time, 1)

    assert first + second + third == ["Running", "Running", "Success"]


@pytest.mark.anyio
async def test_steps_pass_without_being_looked_at(api, time):
    """After a long pause a job is where the sum of its seconds puts it."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly(seconds=60))
    await states(api, time, 1)
    time.now += 27

    job = await job_of(api, time)

    assert (job["State"], job["Percent"]) == ("Running", 40)


@pytest.mark.anyio
async def test_finish_time_is_when_the_job_ended_and_not_when_it_was_seen(api, time):
    """Two looks at an ended job give the same times."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly(seconds=10))
    await job_of(api, time)
    time.now += 1000
    seen = [await job_of(api, time)]
    time.now += 1000
    seen.append(await job_of(api, time))

    assert seen[0] == seen[1]
    assert seen[0]["FinishTime"] == "2026-01-02T03:00:10Z"


@pytest.mark.anyio
async def test_sample_is_kept_value_for_value(api, time):
    """The script `succeeds` answers with the vendor's own sample."""
    api.add_job(JOB_ID, scripts.succeeds())

    answer = await ask(api, JOB_ID, time)

    assert answer.json() == json.loads((DATA / "vendor-example.json").read_text())


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param(
            scripts.succeeds_slowly(),
            ["Inited", "Running", "Running", "Success"],
            id="succeeds slowly",
        ),
        pytest.param(
            scripts.succeeds_slowly(reads=1, vocabulary=scripts.COMPLETE_ERROR),
            ["Inited", "Complete", "Complete", "Complete"],
            id="newer words",
        ),
        pytest.param(
            scripts.fails(reads=2),
            ["Inited", "Running", "Failed", "Failed"],
            id="fails",
        ),
        pytest.param(
            scripts.fails(vocabulary=scripts.COMPLETE_ERROR),
            ["Error"] * 4,
            id="fails in newer words",
        ),
        pytest.param(scripts.cancelled(), ["Cancelled"] * 4, id="cancelled"),
        pytest.param(scripts.hangs_queued(), ["Inited"] * 4, id="hangs queued"),
        pytest.param(
            scripts.stalls(reads=1), ["Inited"] + ["Running"] * 3, id="stalls"
        ),
        pytest.param(
            scripts.appears_late(),
            ["ResourceNotFound"] * 2 + ["Success"] * 2,
            id="appears late",
        ),
    ],
)
async def test_ready_made_script_goes_as_its_name_says(api, time, script, expected):
    """Each ready-made script gives these states to four looks."""
    api.add_job(JOB_ID, script)

    assert await states(api, time, 4) == expected


@pytest.mark.anyio
async def test_percent_grows_until_the_end(api, time):
    """A job that succeeds slowly shows its progress, and 100 in the end."""
    api.add_job(JOB_ID, scripts.succeeds_slowly(reads=4))

    seen = [(await job_of(api, time))["Percent"] for _ in range(5)]

    assert seen == [0, 25, 50, 75, 100]


@pytest.mark.anyio
async def test_stalled_job_keeps_its_percentage(api, time):
    """A stalled job stays at the percentage that it was told."""
    api.add_job(JOB_ID, scripts.stalls(percent=40, reads=2))

    seen = [(await job_of(api, time))["Percent"] for _ in range(4)]

    assert seen == [0, 20, 40, 40]


@pytest.mark.anyio
async def test_region_decides_where_the_files_are(api, time):
    """A job of another region delivers to that region."""
    api.add_job(JOB_ID, Step("Success"), region="ap-southeast-1")

    info = (await job_of(api, time))["OutputDetails"][0]["Result"]["OutFileMeta"]

    assert info["FileBasicInfo"]["Region"] == "ap-southeast-1"
    assert "oss-ap-southeast-1" in info["FileBasicInfo"]["FileUrl"]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("ice.cn-beijing.aliyuncs.com", 200),
        ("ice-vpc.cn-beijing.aliyuncs.com", 200),
        ("ice.cn-shanghai.aliyuncs.com", 404),
    ],
)
async def test_job_with_a_region_is_unknown_elsewhere(api, time, host, status):
    """Asked at another region's host name, a job is not found."""
    api.add_job(JOB_ID, Step("Success"), region="cn-beijing")

    answer = await ask(api, JOB_ID, time, host=host)

    assert answer.status_code == status


@pytest.mark.anyio
async def test_raw_bytes_are_sent_as_they_are(api, time):
    """A raw answer need not be JSON."""
    api.add_job(JOB_ID, raw_answer(b"\x00\xff{"))

    answer = await ask(api, JOB_ID, time)

    assert (answer.status_code, answer.content) == (200, b"\x00\xff{")


@pytest.mark.anyio
async def test_job_can_be_replaced(api, time):
    """A job added again starts its new script from the beginning."""
    api.add_job(JOB_ID, scripts.fails())
    before = await states(api, time, 1)
    api.add_job(JOB_ID, [not_found(after_reads(1)), Step("Success")])

    assert before + await states(api, time, 2) == [
        "Failed",
        "ResourceNotFound",
        "Success",
    ]


@given(
    lengths=st.lists(st.floats(0, 1e4), max_size=8),
    looks=st.lists(st.floats(0, 1e4), max_size=8).map(sorted),
)
def test_position_does_not_depend_on_how_often_one_looks(lengths, looks):
    """Steps that last for seconds pass alike, watched or not."""
    script = Script([*(Step(leave=after_seconds(s)) for s in lengths), Step()])
    watched = Position(script).at(0.0)
    for look in looks:
        watched = watched.at(look).after_read(look)

    assert watched.at(1e5).index == Position(script).at(0.0).at(1e5).index


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Script([]), "at least one step"),
        (lambda: Script([Step("Running"), Step("Success")]), "step 1 of 2"),
        (lambda: after_reads(0), "at least one read"),
        (lambda: after_seconds(-1), "0 seconds or more"),
        (lambda: scripts.fails(reads=1, seconds=1), "not both"),
        (
            lambda: Emulator().add_job("j", Step(outputs={"typo": "Failed"})),
            "no output or group typo",
        ),
    ],
    ids=["no step", "no way out", "no read", "negative", "both", "unknown output"],
)
def test_script_that_cannot_work_is_refused_when_it_is_written(make, message):
    """A mistake in a script is told at once and not by a wait without end."""
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.anyio
async def test_a_job_from_expectations_goes_through_any_script(api, time):
    """What is expected is delivered when the script ends well, and not before."""
    expect = {"outputs": [{"name": "1080P", "video": {"width": 1920}}]}
    api.add_job(JOB_ID, scripts.succeeds_slowly(reads=1), expect=expect)

    before, after = await job_of(api, time), await job_of(api, time)

    assert (before["State"], after["State"]) == ("Inited", "Success")
    [running], [done] = before["OutputDetails"], after["OutputDetails"]
    assert (running["Name"], running["Status"]) == ("1080P", "Init")
    assert "Result" not in running
    [stream] = done["Result"]["OutFileMeta"]["VideoStreamInfoList"]
    assert stream["Width"] == 1920
    assert after["Config"]["Outputs"][0]["Name"] == "1080P"


@pytest.mark.anyio
async def test_a_job_from_expectations_may_fail(api, time):
    """A script that ends badly delivers nothing, whatever was expected."""
    api.add_job(JOB_ID, scripts.fails(), expect={"outputs": [{"name": "a"}]})

    job = await job_of(api, time)

    assert job["State"] == "Failed"
    assert [one["Status"] for one in job["OutputDetails"]] == ["Failed"]


def test_a_step_names_the_outputs_that_are_expected(api):
    """The outputs of a job are those that its expectations name."""
    with pytest.raises(ValueError, match="has no output or group audio-m4a; it has a"):
        api.add_job(
            JOB_ID, scripts.one_output_fails(), expect={"outputs": [{"name": "a"}]}
        )


def test_expectations_and_an_answer_are_two_jobs(api):
    """Either what is expected says what is delivered, or an answer does."""
    with pytest.raises(ValueError, match="expect or base"):
        api.add_job(JOB_ID, expect={}, base={})
