"""Examples of more than one good job, each a whole program on the real engine."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from programs import JOB_ID

from pages import run_pytest, write_out
from pulumi_alicloud_mediaconvert.emulator import scripts
from real_engine import SETTINGS

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
# Run here, or with mocks; all others by `test_documents`.
ELSEWHERE = frozenset(
    {
        "alicloud-site",
        "many-jobs",
        "pipeline-step",
        "policy-pack",
        "publish-gate",
        "two-stacks",
    }
)
WRONG_KEY = {"ALIBABA_CLOUD_ACCESS_KEY_SECRET": "wrong"}
BAD_ID = "5d41402abc4b2a76b9719d911017c592"


@pytest.fixture
def make_example(make_stack):
    """Make stacks of the programs in examples, as a person has them."""

    def make(folder: str, name: str = "test"):
        source = EXAMPLES / folder
        project = (source / "Pulumi.yaml").read_text().split()[1]
        stack = make_stack(name, project)
        shutil.copytree(source, stack.folder, dirs_exist_ok=True)
        return stack

    return make


def set_values(stack, **values):
    """Set what a program asks for; a command for each would cost a second."""
    project = (stack.folder / "Pulumi.yaml").read_text().split()[1]
    file = stack.folder / f"Pulumi.{stack.name}.yaml"
    own = tuple(f"  {project}:{name}:" for name in values)
    lines = [one for one in file.read_text().splitlines() if not one.startswith(own)]
    lines += [f"  {project}:{name}: {json.dumps(one)}" for name, one in values.items()]
    file.write_text("\n".join(lines) + "\n")


@pytest.fixture
def jobs(emulator):
    """One good job, and one that failed."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    emulator.add_job(BAD_ID, scripts.fails())


@pytest.mark.usefixtures("jobs")
def test_nothing_is_published_of_a_bad_job(make_example, tmp_path):
    """A page is written only of a job that passed; what depends on none is written."""
    stack = make_example("publish-gate")
    pages = tmp_path / "pages"
    set_values(stack, folder=str(pages), jobId=BAD_ID)

    stopped = stack.up()

    assert stopped.code != 0
    assert f"job {BAD_ID} (cn-shanghai) ended Failed" in stopped.text
    assert sorted(page.name for page in pages.iterdir()) == ["imprint.html"]

    set_values(stack, jobId=JOB_ID)
    assert stack.up().code == 0
    published = (pages / "player.html").read_text()
    assert "/trailer/720p.mp4" in published

    set_values(stack, jobId=BAD_ID)
    assert stack.up().code != 0
    assert (pages / "player.html").read_text() == published


@pytest.mark.usefixtures("jobs")
def test_a_second_stack_is_built_from_what_the_first_one_exports(make_example):
    """Renditions and manifest cross by `StackReference`, without asking anybody."""
    media = make_example("two-stacks/media")
    set_values(media, jobId=JOB_ID)
    assert media.up().code == 0
    site = make_example("two-stacks/site")
    set_values(site, media="organization/media/test", jobId=JOB_ID)

    run = site.up()

    assert run.code == 0, run.text
    outputs = site.outputs()
    assert outputs["manifest"] == "oss://media-bucket/trailer/hls/manifest.m3u8"
    assert sorted(outputs["renditions"]) == ["480P-ts", "720P-mp4", "720P-ts"]
    assert outputs["renditions"]["720P-mp4"].startswith("720p http")

    set_values(media, jobId=BAD_ID)
    set_values(site, jobId=BAD_ID)
    failed, refused = media.up(), site.up()

    assert failed.code != 0
    assert refused.code != 0
    assert "Traceback" not in refused.text
    assert (
        f"stack organization/media/test has not accepted job {BAD_ID}" in refused.text
    )
    assert media.outputs()["jobId"] == JOB_ID


@pytest.mark.usefixtures("jobs")
def test_of_many_jobs_each_page_and_the_library_have_gates(make_example):
    """A bad title fails alone; a library of good ones passes as a whole."""
    stack = make_example("many-jobs")
    titles = {"trailer": JOB_ID, "teaser": BAD_ID}
    set_values(stack, frontPage=titles, library={"intro": JOB_ID})

    run = stack.up("--continue-on-error")

    assert run.code != 0
    verdicts = {
        name: stack_resource["outputs"]["verdict"]
        for name, stack_resource in stack.resources().items()
        if "verdict" in stack_resource.get("outputs", {})
    }
    assert verdicts == {"trailer": "passed", "teaser": "failed", "library": "passed"}


@pytest.mark.usefixtures("jobs")
def test_a_new_rule_begins_as_advice_and_becomes_binding(make_example):
    """While it is advice it warns and goes on; once it is binding it stops."""
    stack = make_example("advisory")
    set_values(stack, jobId=JOB_ID)
    rule = 'output "720P-mp4": video bitrate_kbps: expected at most 1500, got 1800.5'

    advised = stack.up()
    set_values(stack, enforceBitrate=True)
    stopped = stack.up()

    assert advised.code == 0, advised.text
    assert f"advisory: {rule}" in advised.text
    assert stopped.code != 0
    assert f"* {rule} (mobile viewers pay for every megabyte)" in stopped.text


@pytest.fixture
def run_step(make_stack, emulator):
    """Run the step of the pipeline for a job, with another key if need be."""
    stack = make_stack("step", "release")

    def run(job_id: str, key: dict[str, str]):
        return subprocess.run(
            [sys.executable, EXAMPLES / "pipeline-step" / "release.py", "step", job_id],
            env=stack.environment() | emulator.environment() | key,
            cwd=stack.folder,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.mark.parametrize(
    ("job_id", "key", "code", "told"),
    [
        pytest.param(JOB_ID, {}, 0, ("passed", 200), id="good"),
        pytest.param(BAD_ID, {}, 1, ("failed", 422), id="bad"),
        pytest.param(JOB_ID, WRONG_KEY, 4, (None, 502), id="not read"),
    ],
)
@pytest.mark.usefixtures("jobs")
def test_a_pipeline_step_ends_with_what_became_of_the_job(
    run_step, job_id, key, code, told
):
    """The Automation API runs an `up`; verdict, exit code and answer agree."""
    done = run_step(job_id, key)

    assert done.returncode == code, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["verdict"], answer["http_status"]) == told
    if code:
        first, *others = answer["problems"]
        assert job_id in first
        # Each line is about the job, whatever engine and host say of themselves.
        assert all("output" in line or job_id in line for line in others)
    else:
        assert answer["url"].endswith("/720p.mp4")


def test_every_example_is_a_project_of_its_own():
    """`pulumi up` works in each folder: there is a program, and a project around it."""
    programs = sorted(EXAMPLES.rglob("__main__.py"))

    assert {path.relative_to(EXAMPLES).parts[0] for path in programs} >= ELSEWHERE - {
        "pipeline-step"
    }
    for program in programs:
        if program.with_name("PulumiPolicy.yaml").exists():
            continue  # it is about other projects
        project = program.with_name("Pulumi.yaml").read_text()
        assert project.endswith("\nruntime: python\n")
        assert project.startswith("name: ")


def test_the_engine_test_of_the_page_on_testing_passes(tmp_path, home):
    """A person's test on the real engine, copied from docs/testing.md, is green."""
    write_out(tmp_path)
    variables = {**SETTINGS, "PULUMI_HOME": str(home)}

    printed = run_pytest(tmp_path, variables, "-q", "test_with_engine.py")

    assert "1 passed" in printed, printed
