"""Every fault on the real engine: what the table in `fault_table` says of it.

Many jobs in one run, each with a fault of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from stack import Run, Stack

from faults import FAULTS, TIMES, NetworkFault, cells
from loopback import closed_port, listening, stranger
from pulumi_alicloud_mediaconvert.emulator import Step, after_reads, scripts

SIDE_BY_SIDE = ("--parallel", "128")
GOING_ON = (*SIDE_BY_SIDE, "--continue-on-error")
# Those of the emulator; what keeps a connection from coming about has its own test.
NAMES = [name for name in FAULTS if not isinstance(FAULTS[name](1), NetworkFault)]
SIGNS = {
    (fault, moment): dict(zip(TIMES, signs, strict=True))
    for fault, moment, signs in cells()
}
# Resources by name: moment, fault, job ID.
JOBS = {
    f"{moment} {fault}".replace(" ", "-"): (moment, fault, f"{number:032x}")
    for number, (moment, fault) in enumerate(
        (moment, fault) for moment in ("first", "waiting") for fault in NAMES
    )
}


@pytest.fixture
def lay(emulator):
    """Lay each fault over its job; a job that is waited for runs for one look."""

    def laid(often: str) -> None:
        emulator.faults.clear()
        for moment, fault, job_id in JOBS.values():
            script = scripts.succeeds_cleanly().steps
            looks = int(moment == "waiting")
            if looks:
                script = (Step("Running", percent=40, leave=after_reads(1)), *script)
            emulator.add_job(job_id, script)
            emulator.faults.add(FAULTS[fault](TIMES[often]), job_id=job_id, skip=looks)

    return laid


def program(trigger: int, timeout: str) -> str:
    """Declare all jobs; another trigger verifies them anew."""
    jobs = {name: job_id for name, (_, _, job_id) in JOBS.items()}
    return f"""
for name, job_id in {jobs}.items():
    MediaConvertJob(name, job_id=job_id, triggers=[{trigger}],
                    wait={{"timeout": "{timeout}"}})
"""


def rows(run: Run, often: str) -> Iterator[tuple[str, str, str, list[str]]]:
    """Give each resource with its moment, its sign in the table and its errors."""
    for name, (moment, fault, _) in JOBS.items():
        yield name, moment, SIGNS[fault, moment][often], run.on_row(name, "error")


def assert_one_line(name: str, errors: list[str], *, is_kept: bool) -> None:
    """The engine says one thing of a resource, in one line."""
    _, _, job_id = JOBS[name]
    [error] = errors
    head, _, bullet = error.rpartition("* ")
    assert head.strip() == ("1 error occurred:" if is_kept else "")
    assert bullet.isprintable()
    assert bullet.startswith(f"cannot read job {job_id} in cn-shanghai: ")
    assert bullet.endswith(".")


def test_a_fault_costs_time_or_ends_in_one_line(stack, lay):
    """Once, for good, and in a refresh: what the table says, and the state is kept."""
    lay("once")
    stack.program(program(1, "60s"))

    once = stack.up(*GOING_ON)

    assert "Traceback" not in once.text
    passed = stored_in(stack)
    for name, moment, sign, errors in rows(once, "once"):
        if sign == "=":
            assert errors == []
            assert passed[name]["verdict"] == "passed"
        else:
            assert_no_verdict(name, moment, errors, passed, {})

    lay("for good")
    stack.program(program(2, "5s"))

    lasting = stack.up(*GOING_ON)

    assert "Traceback" not in lasting.text
    kept = stored_in(stack)
    for name, moment, sign, errors in rows(lasting, "for good"):
        if sign == "=":
            assert errors == []
            assert kept[name]["verdict"] == "passed"
        else:
            assert_no_verdict(name, moment, errors, kept, passed)

    lay("for good")

    refreshed = stack.refresh(*SIDE_BY_SIDE)

    assert "Traceback" not in refreshed.text
    after = stored_in(stack)
    for name, moment, _, errors in rows(refreshed, "for good"):
        # Of those that are waited for, the first look is the only one here.
        is_spoilt = SIGNS[JOBS[name][1], "refresh"]["for good"] != "="
        if moment == "first" and name in kept and is_spoilt:
            assert_no_verdict(name, moment, errors, after, kept)


def stored_in(stack: Stack) -> dict[str, dict[str, Any]]:
    """Read what is stored of each resource."""
    return {name: one.get("outputs", {}) for name, one in stack.resources().items()}


def assert_no_verdict(
    name: str,
    moment: str,
    errors: list[str],
    stored: dict[str, dict[str, Any]],
    before: dict[str, dict[str, Any]],
) -> None:
    """A fault is one line; what was stored stays, or what was seen is pending."""
    is_kept = moment == "waiting"
    assert_one_line(name, errors, is_kept=is_kept)
    if is_kept:
        verdict, state = stored[name]["verdict"], stored[name]["state"]
        assert (verdict, state) == ("pending", "Running")
    else:
        assert stored.get(name) == before.get(name)


# In a preview nobody else is asked after two that did not answer at all, and the engine
# asks in an order of its own: only one of these resets.
SLOW = ("first", "drip", "hang", "reset in")
QUICK = [name for name in NAMES if not name.startswith(SLOW)]


def test_a_preview_does_not_retry_and_judges_nothing(stack, emulator):
    """One look, one note: no warning of a bad end comes of a fault."""
    ids = {name: f"{number:032x}" for number, name in enumerate(QUICK)}
    for name, job_id in ids.items():
        emulator.add_job(job_id, scripts.fails())
        emulator.faults.add(FAULTS[name](None), job_id=job_id)
    stack.program(
        f"for name, job_id in {ids}.items():\n"
        "    MediaConvertJob(name, job_id=job_id)\n"
    )
    judged = [name for name in QUICK if SIGNS[name, "preview"]["for good"] == "="]

    run = stack.preview()

    assert run.code == 0, run.text
    assert "Traceback" not in run.text
    for name in set(QUICK) - set(judged):
        [note] = run.on_row(name, "info")
        assert "not read in this preview: " in note.lower()
        assert note.count(ids[name]) == 1
        assert run.on_row(name, "warning") == run.on_row(name, "error") == []
    looked = [request.query["JobId"] for request in emulator.requests]
    # An expired token is replaced, and a date that was too old, here too.
    again = [name for name in QUICK if SIGNS[name, "preview"]["once"] == "="]
    assert len(looked) == len(set(looked)) + len({*again} - {*judged})
    assert judged == ["wrong content type"]
    assert run.on_row(judged[0], "warning")


FUNCTIONS = """
from pulumi_alicloud_mediaconvert import (
    get_media_convert_job, get_media_convert_job_output)

for name, job_id in {retried}.items():
    pulumi.export(name, get_media_convert_job_output(job_id).state)
for name, job_id in {refused}.items():
    try:
        pulumi.export(name, get_media_convert_job(job_id).state)
    except pulumi.RunError as error:
        pulumi.export(name, str(error))
"""


def test_a_look_from_the_program_retries_or_ends_in_one_line(stack, emulator):
    """A program gets what it asked for in spite of a fault, or one line."""
    ids: dict[str, dict[str, str]] = {"=": {}, "!": {}}
    for number, name in enumerate(NAMES):
        job_id = f"{number:032x}"
        emulator.add_job(job_id, scripts.succeeds_cleanly())
        emulator.faults.add(FAULTS[name](1), job_id=job_id)
        ids[SIGNS[name, "function"]["once"]][name] = job_id
    stack.program(FUNCTIONS.format(retried=ids["="], refused=ids["!"]))

    run = stack.up(*SIDE_BY_SIDE)

    assert run.code == 0, run.text
    found = stack.outputs()
    assert {name: found[name] for name in ids["="]} == dict.fromkeys(
        ids["="], "Success"
    )
    for name, job_id in ids["!"].items():
        assert found[name].startswith(
            f"get_media_convert_job: cannot read job {job_id} in cn-shanghai: "
        )
        assert found[name].isprintable()


def test_what_lets_no_connection_come_about_is_one_line(stack, emulator):
    """No name, no TLS, no trust, nobody there: each is said as what it is."""
    port = emulator.url.rpartition(":")[2]
    with listening(stranger) as strangers:
        endpoints = {
            # Reserved by RFC 6761: nobody is ever asked for it outside.
            "DNS": "https://nobody.invalid",
            "TLS": f"https://127.0.0.1:{port}",
            "certificate": f"https://{strangers}",
            "refused": f"https://{closed_port()}",
        }
        stack.program(
            f"""
for name, endpoint in {endpoints}.items():
    config = {{"mediaconvert:endpoint": endpoint, "mediaconvert:region": "cn-shanghai"}}
    own = pulumi.ProviderResource("pulumi-python", f"at-{{name}}", config)
    MediaConvertJob(name, job_id="{0:032x}", wait={{"timeout": 1}},
                    opts=pulumi.ResourceOptions(provider=own))
"""
        )

        run = stack.up(*GOING_ON)

    assert "Traceback" not in run.text
    said = {name: run.on_row(name, "error") for name in endpoints}
    assert all(len(errors) == 1 for errors in said.values()), run.text
    assert ": cannot resolve the host name " in said["DNS"][0]
    assert ": TLS failed (" in said["TLS"][0]
    assert " is not trusted (" in said["certificate"][0]
    assert ": connection refused (" in said["refused"][0]
    assert not set(endpoints) & set(stack.resources())
