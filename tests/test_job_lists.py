"""Lists of job IDs: one a line, or a column of a CSV file."""

from __future__ import annotations

import pytest

from jobs import JOB_ID
from pulumi_alicloud_mediaconvert.cli.job_lists import load_jobs
from pulumi_alicloud_mediaconvert.errors import ConfigurationError

OTHER_ID = "f" * 32


def loaded(folder, content):
    """Load a list of this content; return the IDs."""
    file = folder / "jobs.txt"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [job.job_id for job in load_jobs(str(file))]


def refused(folder, content):
    """Load a list that is refused; return what is wrong, without the file's name."""
    with pytest.raises(ConfigurationError) as caught:
        loaded(folder, content)
    return [
        line.removeprefix(f"{folder / 'jobs.txt'}:") for line in caught.value.problems
    ]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(f"{JOB_ID}\n{OTHER_ID}\n", id="lines"),
        pytest.param(f"{JOB_ID}\n{OTHER_ID}", id="no last line end"),
        pytest.param(
            f"# trailers\n\n  {JOB_ID}  # first\n#{JOB_ID}\n\t{OTHER_ID}\n",
            id="comments and blanks",
        ),
        pytest.param(f"\ufeff{JOB_ID}\r\n{OTHER_ID}\r\n", id="Windows"),
        pytest.param(f"job_id\n{JOB_ID}\n{OTHER_ID}\n", id="one column"),
        pytest.param(f"title,job_id\na,{JOB_ID}\nb,{OTHER_ID}\n", id="CSV"),
        pytest.param(f"JobId;title\n{JOB_ID};a\n{OTHER_ID};b\n", id="spreadsheet"),
        pytest.param(f"title\tJob ID\na\t{JOB_ID}\nb\t{OTHER_ID}\n", id="tabs"),
        pytest.param(
            f'# new\ntitle,job-id\n"a, ""b""\nc", {JOB_ID}\n\n#x,1\n,"{OTHER_ID}"\n',
            id="quoted cells",
        ),
    ],
)
def test_ids_are_read_however_a_list_is_written(tmp_path, content):
    """Plain lines with comments, or a CSV file whose header names the column."""
    assert loaded(tmp_path, content) == [JOB_ID, OTHER_ID]


def test_all_wrong_lines_are_refused_at_once(tmp_path):
    """A person repairs a list in one go, by the numbers of its lines."""
    content = f"{JOB_ID}\nno blank\n# {JOB_ID}\n{JOB_ID}\nanswers/a.json\n{'j' * 129}\n"

    rule = "must be 1 to 128 printable ASCII characters without spaces"
    no_id = f"is not a job ID: {rule}"
    assert refused(tmp_path, content) == [
        f'2: "no blank" {no_id}',
        f"4: {JOB_ID} is already on line 1",
        '5: "answers/a.json" is a file name; the list can contain only job IDs',
        f'6: "{"j" * 59}…" {no_id}',
    ]


def test_lines_of_a_csv_file_are_those_of_the_file(tmp_path):
    """Cells that are missing or wrong are found in an editor by the same number."""
    content = f'title,job_id\n"of two\nlines",{JOB_ID}\nshort\nb,a b\nc,{JOB_ID}\n'

    assert [line.partition(":")[0] for line in refused(tmp_path, content)] == [
        *("4", "5", "6"),
    ]


def test_very_many_wrong_lines_are_counted(tmp_path):
    """The wrong file does not flood a terminal."""
    [*shown, last] = refused(tmp_path, "a b\n" * 1000)

    assert len(shown) == 20
    assert "980 more lines" in last


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param("", "contains no job ID", id="empty"),
        pytest.param("# none\n", "contains no job ID", id="comments alone"),
        pytest.param("title,job_id\n", "contains no job ID", id="header alone"),
        pytest.param(f"a,{JOB_ID}\n", 'names no column "job_id"', id="no header"),
        pytest.param(
            f"title,id\na,{JOB_ID}\n", 'names no column "job_id"', id="other header"
        ),
        pytest.param(JOB_ID.encode("utf-16"), "is not UTF-8 text", id="UTF-16"),
        pytest.param("a" * (8 * 2**20 + 1), "more than 8 MiB", id="huge"),
    ],
)
def test_what_is_no_list_is_refused_in_one_line(tmp_path, content, said):
    """Nothing is asked about jobs that nobody meant."""
    [problem] = refused(tmp_path, content)

    assert said in problem


@pytest.mark.parametrize("name", ["gone.txt", "", "\0"], ids=repr)
def test_a_list_that_cannot_be_read_is_named(tmp_path, name):
    """One line says which file, and why."""
    with pytest.raises(ConfigurationError, match="cannot be read: "):
        load_jobs(str(tmp_path / name) if name != "\0" else name)
