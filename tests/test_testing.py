"""Programs run with mocks whose jobs are real: the gate closes without an engine."""

from __future__ import annotations

import contextvars
import sys
from pathlib import Path
from typing import Any

import pulumi
import pytest

from jobs import JOB_ID
from pulumi_alicloud_mediaconvert import MediaConvertJob, MediaConvertJobSet
from pulumi_alicloud_mediaconvert.emulator import scripts
from pulumi_alicloud_mediaconvert.testing import GateMocks, event_loop

EXPECT: Any = {"outputs": [{"name": "720P", "video": {"width": 1280}}]}


class Page(pulumi.CustomResource):
    """A resource of another provider."""

    url: pulumi.Output[str]

    def __init__(self, name, url):
        super().__init__("site:index:Page", name, {"url": url})


@pytest.fixture
def mocks(ims_emulator):
    """Mocks of a stack that asks the emulator."""
    return GateMocks({**ims_emulator.config(), "site:jobId": JOB_ID}, "site")


def program():
    """Publish what a job delivered, and something else."""
    job_id = pulumi.Config().require("jobId")
    job = MediaConvertJob("trailer", job_id=job_id, expect=EXPECT)
    Page("page", job.output("720P").url)
    Page("imprint", "about")
    return job.verdict


def test_a_good_job_is_waited_for_and_published(mocks, ims_emulator):
    """The program gets what the job delivered, as in `pulumi up`."""
    ims_emulator.add_job(JOB_ID, scripts.succeeds_slowly(reads=1), expect=EXPECT)

    assert mocks.run(program) == "passed"

    assert mocks.registered.keys() == {"trailer", "page", "imprint"}
    assert mocks.registered["page"].inputs["url"].endswith("/720P.mp4")
    assert len(ims_emulator.requests) == 2


def test_a_bad_job_stops_what_depends_on_it_and_nothing_else(mocks, ims_emulator):
    """What depends is not registered; the lines are those of an `up`."""
    other = {"outputs": [{"name": "720P", "video": {"width": 848}}]}
    ims_emulator.add_job(JOB_ID, expect=other)

    with pytest.raises(pulumi.RunError) as error:
        mocks.run(program)

    assert str(error.value).splitlines() == [
        f"job {JOB_ID} (cn-shanghai) ended Success, but 1 check failed.",
        'output "720P": video width: expected 1280, got 848',
    ]
    assert mocks.registered.keys() == {"imprint"}


def test_a_preview_asks_for_no_outputs_and_waits_for_nothing(mocks, ims_emulator):
    """A preview looks once; what a job delivers is not known in it."""
    ims_emulator.add_job(JOB_ID, scripts.stalls(), expect=EXPECT)

    assert mocks.run(program, preview=True) is None
    assert len(ims_emulator.requests) == 1


def test_refused_inputs_are_told_like_in_a_deployment(mocks, ims_emulator):
    """A slip in an expectation stops the program before anybody is asked."""
    slip: Any = {"widht": 1}

    with pytest.raises(pulumi.RunError, match=r"expect\.widht: unknown key"):
        mocks.run(lambda: MediaConvertJob("a", job_id=JOB_ID, expect=slip).id)

    assert not ims_emulator.requests


def test_a_set_of_jobs_is_a_gate_too(mocks, ims_emulator):
    """Sets are verified like single jobs."""
    ims_emulator.add_job("a" * 32)

    verdict = mocks.run(lambda: MediaConvertJobSet("all", job_ids=["a" * 32]).verdict)

    assert verdict == "passed"


def test_a_program_runs_in_its_folder_each_time_anew(mocks, ims_emulator, tmp_path):
    """Its files are found, and its own modules declare their resources every time."""
    ims_emulator.add_job(JOB_ID)
    (tmp_path / "jobid.txt").write_text(JOB_ID)
    (tmp_path / "__main__.py").write_text("import media\n")
    (tmp_path / "media.py").write_text(
        "from pathlib import Path\n"
        "from pulumi_alicloud_mediaconvert import MediaConvertJob\n"
        "MediaConvertJob('trailer', job_id=Path('jobid.txt').read_text())\n"
    )
    before, locations = Path.cwd(), [*sys.path]

    for folder in (tmp_path, str(tmp_path)):
        mocks.registered.clear()
        mocks.run(folder)
        assert mocks.registered.keys() == {"trailer"}

    assert (Path.cwd(), sys.path) == (before, locations)
    assert pulumi.Config("mediaconvert").get("endpoint") is None
    assert "media" not in sys.modules


def test_a_folder_gives_what_it_exports(mocks, ims_emulator, tmp_path):
    """Exports of a program and outputs of its resources can be asserted on."""
    ims_emulator.add_job(JOB_ID, expect=EXPECT)
    (tmp_path / "__main__.py").write_text(
        "import pulumi\n"
        "from pulumi_alicloud_mediaconvert import MediaConvertJob\n"
        "job = MediaConvertJob('trailer', job_id=pulumi.Config().require('jobId'))\n"
        "pulumi.export('url', job.output('720P').url)\n"
        "pulumi.export('about', 'a trailer')\n"
    )

    exported = mocks.run(tmp_path)

    assert exported["url"].endswith("/720P.mp4")
    assert exported["about"] == "a trailer"
    assert mocks.outputs["trailer"]["verdict"] == "passed"
    assert mocks.run(tmp_path, preview=True) == {"url": None, "about": "a trailer"}


def test_mocks_of_other_tests_leave_nothing_in_the_exports(
    mocks, ims_emulator, tmp_path
):
    """A module that sets Pulumi's own mocks, as its page on tests shows."""
    ims_emulator.add_job(JOB_ID, expect=EXPECT)
    (tmp_path / "__main__.py").write_text("import pulumi\npulumi.export('own', 1)\n")

    def run():
        with event_loop():
            pulumi.runtime.set_mocks(GateMocks({}))
            pulumi.runtime.test(lambda: pulumi.export("foreign", 2))()
        return mocks.run(tmp_path)

    assert contextvars.copy_context().run(run) == {"own": 1}


def test_an_unknown_job_fails_within_a_second(mocks, ims_emulator):
    """A test of a wrong ID does not wait for the minute that users have."""
    with pytest.raises(pulumi.RunError, match="no job"):
        mocks.run(program)

    # A tenth of a second, at least, lies between two of them.
    assert 1 < len(ims_emulator.requests) <= 10


def test_a_job_of_another_region_is_unknown(ims_emulator):
    """A stack that asks the wrong region is found out by its test."""
    ims_emulator.add_job(JOB_ID, region="cn-beijing")

    def verdict(region, host="127.0.0.1"):
        config = ims_emulator.config(region)
        address = config["mediaconvert:endpoint"].replace("127.0.0.1", host)
        mocks = GateMocks({**config, "mediaconvert:endpoint": address})
        return mocks.run(lambda: MediaConvertJob("a", job_id=JOB_ID).verdict)

    assert verdict("cn-beijing") == "passed"
    with pytest.raises(pulumi.RunError, match=r"no job \w+ in cn-hangzhou"):
        verdict("cn-hangzhou")
    with pytest.raises(pulumi.RunError, match=r"no job \w+ in cn-hangzhou"):
        verdict("cn-hangzhou", host="localhost")
