"""Jobs and faults of the emulator from a YAML file."""

from __future__ import annotations

import json

import pytest

from api import post_get_job
from jobs import JOB_ID, make_answer
from pulumi_alicloud_mediaconvert.emulator.files import FORMAT, load_file


@pytest.fixture
def load(api, tmp_path):
    """Load a text into the emulator; the regions that it names come back."""
    file = tmp_path / "jobs.yaml"

    def load_text(text):
        file.write_text(text, "utf-8")
        return load_file(file, api)

    return load_text


def state_of(client, job_id):
    """Return the state that the API tells."""
    return post_get_job(client, job_id).json()["Job"]["State"]


def test_the_file_that_help_shows_is_one(api, client, load, tmp_path):
    """Every way to state a job or a fault works as it is shown."""
    folder = tmp_path / "stored"
    folder.mkdir()
    answer = {"RequestId": "1", "Job": make_answer("Cancelled")}
    (folder / "answer.json").write_text(json.dumps(answer))

    (tmp_path / "expectations.yaml").write_text("outputs: [{name: a, width: 9}]")

    assert load(FORMAT) == ["cn-beijing"]

    assert post_get_job(client).status_code == 400
    assert state_of(client, JOB_ID) == "Inited"
    assert state_of(client, "2222") == "Cancelled"
    assert state_of(client, "3333") == "Running"
    [made] = post_get_job(client, "4444").json()["Job"]["OutputDetails"]
    assert made["Result"]["OutFileMeta"]["FileBasicInfo"]["Width"] == 9
    assert state_of(client, "5555") == "Failed"
    assert state_of(client, "1111") == "Inited"
    assert [post_get_job(client, "1111").status_code for _ in range(3)] == [
        503,
        503,
        200,
    ]
    assert api.faults.pending == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("jobs: [", "line", id="no YAML"),
        pytest.param("[]", "must be a mapping", id="list"),
        pytest.param("jobs: !x {}", "!x", id="tag"),
        pytest.param("jobs: {a: !!bool x}", "does not match its tag", id="odd tag"),
        pytest.param("jobs: !!timestamp x", "timestamp", id="odd date"),
        pytest.param("jobs: " + "[" * 800, "nested too deeply", id="deep"),
        pytest.param("job: {}", "unknown key 'job'; known: jobs, faults", id="key"),
        pytest.param("jobs: {007: fails}", "quotes", id="number"),
        pytest.param("jobs: {a: fail}", "jobs.a: script 'fail' is not one", id="name"),
        pytest.param("jobs: {a: {}}", "jobs.a: needs one of", id="nothing"),
        pytest.param(
            "jobs: {a: {script: stalls, percnt: 4}}", "jobs.a: unknown", id="argument"
        ),
        pytest.param("jobs: {a: {steps: [{}, {}]}}", "jobs.a: step 1", id="never left"),
        pytest.param("jobs: {a: {answer: no.json}}", "jobs.a: No such", id="no answer"),
        pytest.param(
            "jobs: {a: {expect: {widht: 1}}}", "jobs.a: expect.widht: ", id="expect"
        ),
        pytest.param("jobs: {a: {expect: no.yaml}}", "no.yaml: cannot", id="no file"),
        pytest.param(
            "jobs: {a: {script: fails, region: Peking}}",
            "jobs.a: region: expected one such as cn-beijing, got 'Peking'",
            id="region",
        ),
        pytest.param("faults: [trottle]", "faults[0]: fault 'trottle'", id="fault"),
        pytest.param("faults: [redirect]", "faults[0]: ", id="lacks an argument"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(load, text, said):
    """The file, the place in it, and what is allowed there."""
    with pytest.raises(ValueError, match=r"jobs\.yaml: ") as error:
        load(text)

    assert said in str(error.value)
    assert len(str(error.value).splitlines()) == 1


def test_the_sample_is_refused_for_an_id_that_it_does_not_fit(load):
    """Clients would take it for the answer about another job, and wait in vain."""
    with pytest.raises(ValueError, match=r"jobs\.trailer.*script succeeds-cleanly"):
        load("jobs: {trailer: succeeds}")


def test_a_step_is_left_after_its_reads(client, load):
    """`reads` counts the looks that a step answers; `known: false` hides the job."""
    load("jobs: {a: {steps: [{known: false, reads: 1}, {state: Success}]}}")

    assert post_get_job(client, "a").status_code == 404
    assert state_of(client, "a") == "Success"


def test_any_output_can_be_skipped_by_its_expected_status(client, load):
    """The job succeeds and delivers the others, as a template with conditions does."""
    load("jobs: {a: {expect: {outputs: [{name: x, status: Skipped}, {name: y}]}}}")

    job = post_get_job(client, "a").json()["Job"]

    assert job["State"] == "Success"
    assert [(one["Name"], one["Status"]) for one in job["OutputDetails"]] == [
        ("x", "Skipped"),
        ("y", "Success"),
    ]
