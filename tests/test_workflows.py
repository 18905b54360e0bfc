"""What runs at GitHub: the same scripts, few rights, actions that cannot move."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".github" / "workflows"
FILES = sorted(FOLDER.glob("*.y*ml"))
WORKFLOW = YAML(typ="safe").load(FOLDER / "ci.yml")
JOBS = WORKFLOW["jobs"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# An action, the hash of a commit, and the version that a person reads.
PINNED = re.compile(r"[\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def steps_of(job: str) -> list[dict[str, object]]:
    """Return the steps of a job."""
    steps: list[dict[str, object]] = JOBS[job]["steps"]
    return steps


def runs_of(job: str) -> list[str]:
    """Return the commands of a job."""
    return [str(step["run"]) for step in steps_of(job) if "run" in step]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_action_is_pinned_by_the_hash_of_a_commit(file):
    """A tag can be moved to other code, a hash cannot; beside it stands its version."""
    used = re.findall(r"^[ -]*uses: *(.*)$", file.read_text("utf-8"), re.MULTILINE)

    assert used
    assert [one for one in used if not PINNED.fullmatch(one)] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_is_allowed_but_what_a_job_states(file):
    """The workflow has no rights; each job states its own: to read, or to publish."""
    workflow = YAML(typ="safe").load(file)

    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        wanted = {"id-token": "write"} if name == "publish" else {"contents": "read"}
        assert job["permissions"] == wanted, name


def test_no_checkout_leaves_its_key_behind():
    """What a test or a dependency does cannot push."""
    checkouts = [
        step
        for job in JOBS
        for step in steps_of(job)
        if str(step.get("uses", "")).startswith("actions/checkout@")
    ]

    assert checkouts
    for step in checkouts:
        assert step["with"] == {"persist-credentials": False}


def test_only_a_tag_publishes_and_only_what_all_others_have_passed():
    """By the trust of the index in this workflow, with no key that could leak."""
    job = JOBS["publish"]

    assert job["if"] == (
        "github.event_name == 'push' && startsWith(github.ref, 'refs/tags/v')"
    )
    assert {*job["needs"]} == JOBS.keys() - {"publish"}
    assert job["environment"]
    assert not any("secrets." in file.read_text("utf-8") for file in FILES)


def test_a_tag_that_is_not_the_version_publishes_nothing():
    """The step before the publishing one fails without a wheel of that name."""
    *_, guard, _ = steps_of("publish")

    name = (
        f"{PROJECT['name'].replace('-', '_')}-${{GITHUB_REF_NAME#v}}-py3-none-any.whl"
    )
    assert guard["run"] == f'test -e "dist/{name}"'


def test_no_text_of_a_stranger_becomes_a_command():
    """A title or a branch name cannot be run: nothing is put into a script."""
    assert not [line for job in JOBS for line in runs_of(job) if "${{" in line]


def test_the_index_gets_wheel_and_sdist_alone():
    """An index refuses other files; the plugin and the SDKs are for the release."""
    steps = [step["with"] for step in JOBS["build"]["steps"] if "with" in step]
    kept = {step["name"]: step["path"].split() for step in steps if "name" in step}
    [taken] = [step["with"] for step in JOBS["publish"]["steps"] if "with" in step]

    assert kept == {
        "dist": [f"dist/{PROJECT['name'].replace('-', '_')}-*"],
        "plugin": ["dist/pulumi-resource-mediaconvert-*", "dist/sdk"],
    }
    assert taken["name"] == "dist"
