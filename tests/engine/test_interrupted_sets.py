"""Ctrl-C in a stack of several sets beside single jobs: all that was seen is kept.

Sets and jobs are served by two classes in one plugin process, and an explicit provider
has a process of its own: one Ctrl-C is heard by each of these, by some of them twice.
"""

from __future__ import annotations

import signal
import time
from collections import Counter
from typing import Any

import pytest
from native_programs import job, job_set, program
from stack import Stack

from pulumi_alicloud_mediaconvert.emulator import Emulator, scripts

UP = ("up", "--yes", "--skip-preview", "--parallel", "64")
PYTHON = """
from pulumi_alicloud_mediaconvert import MediaConvertJobSet, MediaConvertProvider

other = pulumi.ResourceOptions(provider=MediaConvertProvider("other"))
for number in range({sets}):
    opts = other if number % 2 and {mixed} else None
    job_ids = [f"{{name}}-{{number}}" for name in {names}]
    MediaConvertJobSet(f"set-{{number}}", job_ids=job_ids, opts=opts)
for number in range({singles}):
    opts = other if number % 2 and {mixed} else None
    MediaConvertJob(f"job-{{number}}", job_id=f"single-{{number}}", opts=opts)
"""
ENDED = [f"ended-{number}" for number in range(20)]
OPEN = [f"open-{number}" for number in range(20)]


# How often each open job is read until those that have ended were surely seen to.
ROUNDS = 3


def are_all_seen(emulator: Emulator, ended: set[str], going: set[str]) -> bool:
    """Wait until each job was read, and each open one again and again."""
    wanted = Counter({**dict.fromkeys(ended, 1), **dict.fromkeys(going, ROUNDS)})
    while wanted - Counter(str(request.job_id) for request in emulator.requests):
        if not emulator.wait_for_requests(len(emulator.requests) + 1):
            return False
    return True


def programs(
    names: list[str], sets: int, singles: int, *, mixed: bool, url: str
) -> dict[str, str]:
    """Write a program of sets and jobs, every other one by a provider of its own."""
    # Such a provider gets nothing of the stack's configuration.
    pauses = {"waitPollMin": "200ms", "waitPollMax": "500ms"}
    settings = {"endpoint": url, "region": "cn-shanghai", **pauses}
    provider = {"type": "pulumi:providers:mediaconvert", "properties": settings}
    resources: dict[str, Any] = {"other": provider}
    for number in range(sets):
        job_ids = [f"{name}-{number}" for name in names]
        resources[f"set-{number}"] = job_set(job_ids)
    for number in range(singles):
        resources[f"job-{number}"] = job(f"single-{number}")
    for name, declared in resources.items():
        if mixed and name.endswith(("1", "3", "5")):
            declared["options"]["provider"] = "${other}"
    python = PYTHON.format(sets=sets, singles=singles, mixed=mixed, names=names)
    return {"python": python, "yaml": program(resources)}


@pytest.mark.parametrize(
    ("sets", "singles", "mixed"),
    [
        pytest.param(4, 5, False, id="sets and jobs"),
        pytest.param(4, 1, False, id="many sets, one job"),
        pytest.param(1, 6, True, id="one set, many jobs, two processes"),
        pytest.param(6, 6, True, id="two processes"),
    ],
)
def test_all_that_was_seen_is_kept(
    host_stack: Stack, emulator: Emulator, sets: int, singles: int, *, mixed: bool
):
    """Each record stands in the state as `pending`, with what each job of a set did."""
    stack = host_stack
    ended = {f"{name}-{number}" for name in ENDED for number in range(sets)}
    going = {f"{name}-{number}" for name in OPEN for number in range(sets)}
    going |= {f"single-{number}" for number in range(singles)}
    for job_id in ended:
        emulator.add_job(job_id, scripts.succeeds_cleanly())
    for job_id in going:
        emulator.add_job(job_id, scripts.hangs_queued())
    names = [*ENDED, *OPEN]
    url = emulator.url
    stack.program(programs(names, sets, singles, mixed=mixed, url=url))

    run = stack.interrupt_when(lambda: are_all_seen(emulator, ended, going), *UP)

    assert run.code != 0
    kept = stack.resources()
    records = [f"set-{number}" for number in range(sets)]
    records += [f"job-{number}" for number in range(singles)]
    assert [name for name in records if name not in kept] == [], run.text
    assert {kept[name]["outputs"]["verdict"] for name in records} == {"pending"}
    for number in range(sets):
        jobs = kept[f"set-{number}"]["outputs"]["jobs"]
        assert {jobs[f"{name}-{number}"]["verdict"] for name in ENDED} == {"passed"}
        assert {jobs[f"{name}-{number}"]["state"] for name in OPEN} == {"Inited"}
    assert not stack.export()["deployment"].get("pending_operations")


def test_a_second_ctrl_c_at_once_leaves_what_a_refresh_clears(
    host_stack: Stack, emulator: Emulator
):
    """The engine may hear its plugins no more; the next `up` goes on all the same."""
    emulator.add_job("open-0", scripts.hangs_queued())
    emulator.add_job("ended-0", scripts.succeeds_cleanly())
    stack = host_stack
    both = {"all": job_set(["ended-0", "open-0"]), "one": job("open-0")}
    python = (
        "from pulumi_alicloud_mediaconvert import MediaConvertJobSet\n"
        'MediaConvertJobSet("all", job_ids=["ended-0", "open-0"])\n'
        'MediaConvertJob("one", job_id="open-0")\n'
    )
    stack.program({"python": python, "yaml": program(both)})
    with stack.running(*UP) as command:
        command.wait_until(lambda: emulator.wait_for_requests(6))
        command.process.send_signal(signal.SIGINT)
        # Of two signals at once a process hears one.
        time.sleep(0.05)
        command.process.send_signal(signal.SIGINT)
        command.end()
    emulator.add_job("open-0", scripts.succeeds_cleanly())

    run = stack.up()

    assert run.code == 0, run.text
    records = [stack.resources()[name]["outputs"] for name in ("all", "one")]
    assert [one["verdict"] for one in records] == ["passed", "passed"]
    assert stack.refresh("--clear-pending-creates").code == 0
    assert not stack.export()["deployment"].get("pending_operations")
