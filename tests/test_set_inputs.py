"""The inputs of a set of jobs: a list or named, each with its place."""

import pytest

from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.schema.check import check_inputs
from pulumi_alicloud_mediaconvert.schema.set_inputs import MAX_JOBS, JobSetInputs
from pulumi_alicloud_mediaconvert.schema.values import UNKNOWN

REGION = "cn-shanghai"


def checked(job_ids, **stated):
    """Check the inputs of a set as the provider does."""
    props = {"job_ids": job_ids, "region": REGION, **stated}
    return check_inputs(props, JobSetInputs)


def lines_of(job_ids, **stated):
    """Tell what is wrong with inputs."""
    return [problem.line for problem in checked(job_ids, **stated).problems]


@pytest.mark.parametrize(
    ("job_ids", "jobs"),
    [
        pytest.param(["a", " b "], {"a": "a", "b": "b"}, id="list"),
        pytest.param({"x": "a", "y z": " b "}, {"x": "a", "y z": "b"}, id="names"),
        pytest.param({"x": "a", "y": "a"}, {"x": "a", "y": "a"}, id="one job twice"),
    ],
)
def test_jobs_are_listed_or_named(job_ids, jobs):
    """An ID without a name is its own."""
    result = checked(job_ids)

    assert result.problems == []
    assert result.inputs.jobs == jobs


@pytest.mark.parametrize(
    ("job_ids", "line"),
    [
        pytest.param([], "job_ids: must not be empty", id="empty"),
        pytest.param(["a", " "], "job_ids[1]: must not be empty", id="blank"),
        pytest.param(["a", 1], "job_ids[1]: must be text, got int", id="number"),
        pytest.param({"x": "a b"}, "job_ids.x: must be 1 to 128", id="blanks within"),
        pytest.param(["a", "b", "a"], 'job_ids: lists "a" 2 times', id="twice"),
        pytest.param({" x": "a"}, 'job_ids: the name " x" must have 1 to', id="name"),
        pytest.param({"": "a"}, 'job_ids: the name "" must have 1', id="no name"),
        pytest.param({"a\t": "a"}, r'job_ids: the name "a\t" must', id="tab"),
        pytest.param({"a": "x", "a ": "y"}, 'job_ids: the name "a "', id="one trimmed"),
        pytest.param({"\x1b": "a"}, "job_ids: the name ", id="unprintable name"),
        pytest.param("a", "job_ids: must be a list", id="text"),
        pytest.param(
            ["a"] * (MAX_JOBS + 1),
            f"job_ids: must have at most {MAX_JOBS}",
            id="many",
        ),
    ],
)
def test_what_is_no_set_of_jobs_is_refused_at_its_location(job_ids, line):
    """Each problem says where it is and what is allowed."""
    [found] = lines_of(job_ids)

    assert found.startswith(line)
    assert found.isprintable()


def test_expectations_for_nobody_are_refused_beside_all_else():
    """A misspelt name would else be a constraint that is never tested."""
    wrong = {"inrto": {"output_count": 1}, "otro": {}, "intro": {"output_cuont": 1}}

    first, second, third = sorted(lines_of({"intro": "a"}, expect_by_name=wrong))

    assert first == "expect_by_name.inrto: there is no such name in job_ids"
    assert second.startswith("expect_by_name.intro.output_cuont: unknown key")
    assert third == "expect_by_name.otro: there is no such name in job_ids"


@pytest.mark.parametrize(
    ("job_ids", "count"),
    [
        pytest.param({"a ": "1", "b": "", "": "2", "c": 3}, 4, id="names and IDs"),
        pytest.param(["1", "2", "1", "2", " ", 3], 4, id="a list"),
    ],
)
def test_all_problems_of_a_set_are_reported_together(job_ids, count):
    """Nobody corrects one, only to be shown the next one."""
    lines = lines_of(job_ids, expect_by_name={"gone": {}, "lost": {"output_count": {}}})

    of_ids = [line for line in lines if line.startswith("job_ids")]
    assert len(of_ids) == count
    assert "expect_by_name.gone: there is no such name in job_ids" in lines
    assert "expect_by_name.lost: there is no such name in job_ids" in lines
    assert any(line.startswith("expect_by_name.lost.output_count") for line in lines)


def test_of_job_ids_that_are_refused_no_name_is_missed():
    """One mistake is told once."""
    lines = lines_of({"intro": ""}, expect_by_name={"intro": {}})

    assert lines == ["job_ids.intro: must not be empty"]


def test_jobs_by_name_are_in_the_order_of_their_names():
    """The engine keeps no order of a mapping, and lines must not change with it."""
    stated = {"region": "cn-shanghai", "job_ids": {"b": "1", "a": "2"}}

    assert [*JobSetInputs.model_validate(stated).jobs] == ["a", "b"]


def test_expectations_are_checked_at_their_paths():
    """Those of single jobs are held to the same language."""
    [line] = lines_of({"x": "a"}, expect_by_name={"x": {"output_cuont": 1}})

    assert line.startswith("expect_by_name.x.output_cuont: unknown key")


@pytest.mark.parametrize("name", ["x", "outputs", "expect_by_name"])
def test_a_misspelt_key_of_one_job_is_told_with_the_nearest(name):
    """As for the expectation of all, whatever the job is called."""
    stated = {"output_cuont": 1, "outputs": [{"name": "a", "video": {"gop": 2}}]}

    lines = lines_of({name: "a"}, expect_by_name={name: stated})
    of_all = lines_of({name: "a"}, expect=stated)

    assert any("did you mean `output_count`?" in line for line in lines)
    assert lines == [
        line.replace("expect.", f"expect_by_name.{name}.", 1) for line in of_all
    ]


def test_a_job_of_its_own_expectation_is_held_to_that_alone():
    """What is stated by name replaces what is stated for all."""
    inputs = checked(
        {"x": "a", "y": "b"},
        expect={"output_count": 1},
        expect_by_name={"y": {"output_count": 2}},
    ).inputs

    assert inputs.member("x").expect == Expectations(output_count=1)
    assert inputs.member("y").expect == Expectations(output_count=2)
    assert inputs.member("y").job_id == "b"


@pytest.mark.parametrize(
    "job_ids",
    [UNKNOWN, ["a", UNKNOWN], {"x": UNKNOWN, "y": "b"}],
    ids=["itself", "in a list", "in a mapping"],
)
def test_what_is_known_later_is_judged_later(job_ids):
    """A preview has nothing to say of a job whose ID is still to come."""
    result = checked(job_ids, expect_by_name={"x": {"output_count": 1}})

    assert result.problems == []
    assert result.values["job_ids"] == job_ids
    assert result.values["expect_by_name"] == {"x": {"output_count": 1}}


def test_what_is_wrong_beside_the_unknown_is_found_now():
    """One unknown ID hides no other mistake."""
    assert lines_of([UNKNOWN, " "]) == ["job_ids[1]: must not be empty"]
