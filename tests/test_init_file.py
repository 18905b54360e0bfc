"""Expectations to begin with: made of a good job, met by it, and by no other."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cli import run, stored
from facts import FACTS, changes_of, delivered_jobs, unknown
from jobs import make_answer, make_job, make_output, make_video
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.cli.init_file import starter
from pulumi_alicloud_mediaconvert.cli.schema_file import modeline
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.expect.loader import read_expectations
from pulumi_alicloud_mediaconvert.verification.report import Report
from pulumi_alicloud_mediaconvert.verification.verifier import verify

FILE = Path("expect.yaml")


def verified(job: Job, text: str) -> Report:
    """Verify a job by what a text states."""
    return verify(job, Expectations.model_validate(read_expectations(FILE, text)))


@given(delivered_jobs())
def test_a_job_meets_what_is_made_of_it(answer):
    """Whatever was delivered, the file can be loaded and the job passes by it."""
    job = job_from_answer(answer)
    assume(verify(job).verdict == "passed")

    report = verified(job, starter(job, "cn-shanghai"))

    assert [one.text for one in report.mismatches] == []
    assert report.verdict == "passed"


@given(st.data())
def test_another_delivery_does_not_meet_it(data):
    """A changed codec, size or number of channels is missed."""
    answer = make_job(make_output("v", video=[make_video(Width=1280)]))
    job = job_from_answer(answer)
    told = (".codec", ".width", ".height", ".channels", ".sample_rate_hz", ".fps")
    changes = [
        change
        for change in changes_of(answer)
        if change.path.endswith(told) and change.path.count(".") > 1
    ]
    change = data.draw(st.sampled_from(changes))

    report = verified(job_from_answer(change.applied_to(answer)), starter(job, None))

    assert report.verdict == "failed"
    assert change.path in {one.path for one in report.mismatches}


@given(st.text(min_size=1, max_size=20), st.text(max_size=20))
def test_any_name_and_codec_can_be_written(name, codec):
    """Names that YAML would take for something else are quoted, or left out."""
    job = job_from_answer(
        make_job(make_output(name, video=[make_video(Codec_name=codec)]))
    )
    assume(verify(job).verdict == "passed")

    assert verified(job, starter(job, None)).verdict == "passed"


@pytest.mark.parametrize("name", ["720P: #1", "no", "1280", "a/b", "- x", '"'])
def test_a_name_that_yaml_would_misread_is_quoted(name):
    """It is still the name of an output that is spoken of."""
    text = starter(job_from_answer(make_job(make_output(name))), None)

    stated: Any = read_expectations(FILE, text)
    assert [entry["name"] for entry in stated["outputs"]] == [name]


def test_what_is_made_has_tolerances_and_says_why():
    """A person sees what to loosen."""
    text = starter(
        job_from_answer(make_job(make_output(video=[make_video(Bit_rate=2500)]))), "x"
    )

    assert "duration_seconds: {near: 403.04, tolerance: 0.5} # of this title" in text
    assert "bitrate_kbps: {near: 2500, tolerance_percent: 25}" in text
    assert text.startswith("# Expectations made from job ")


def test_outputs_that_no_name_tells_apart_are_not_named():
    """Two of one name are spoken of in a remark."""
    job = job_from_answer(make_job(make_output("v"), make_output("v")))

    text = starter(job, None)

    assert text.count('# Not named here: output "v"') == 2
    assert verified(job, text).verdict == "passed"


def test_a_job_of_very_many_outputs_makes_a_file_that_can_be_loaded():
    """Beyond some hundreds it is only counted."""
    job = job_from_answer(make_job(*(make_output(f"v{n}") for n in range(320))))

    text = starter(job, None)

    assert "# … and 20 more outputs." in text
    assert len(text.encode()) < 256 * 1024
    assert verified(job, text).verdict == "passed"


def test_a_group_is_expected_with_its_outputs():
    """Its name, its type and how many outputs it has are what was delivered."""
    answer = make_job(
        make_output("a"), groups={"hls": [make_output("x"), make_output("y")]}
    )

    stated: Any = read_expectations(FILE, starter(job_from_answer(answer), None))

    assert [one["name"] for one in stated["outputs"]] == ["a"]
    [group] = stated["output_groups"]
    assert (group["name"], group["type"], group["output_count"]) == ("hls", "Hls", 2)
    assert [one["name"] for one in group["outputs"]] == ["x", "y"]
    assert all(one["video"][0]["width"] == 1280 for one in group["outputs"])


@pytest.mark.parametrize("lost", ["x", "y"])
def test_a_group_that_delivers_less_does_not_meet_it(lost):
    """A rendition that is missing is missed."""
    members = [make_output("x"), make_output("y")]
    text = starter(job_from_answer(make_job(groups={"hls": members})), None)
    rest = [one for one in members if one["Name"] != lost]

    report = verified(job_from_answer(make_job(groups={"hls": rest})), text)

    assert report.verdict == "failed"
    assert 'output_groups["hls"].output_count' in {
        one.path for one in report.mismatches
    }


def test_groups_that_no_name_tells_apart_leave_no_output_out():
    """Two of one name are not stated; the job still meets the rest."""
    answer = make_job(make_output("a"))
    groups = [
        {"Name": "g", "Status": "Success", "Outputs": [make_output(name)]}
        for name in ("x", "y")
    ]
    job = job_from_answer({**answer, "OutputGroupDetails": groups})

    text = starter(job, None)

    stated: Any = read_expectations(FILE, text)
    assert "output_groups" not in stated
    assert [one["name"] for one in stated["outputs"]] == ["a", "g/x", "g/y"]
    assert verified(job, text).verdict == "passed"


def schema_of(text: str) -> str:
    """Return where the first line of a file says that its schema is."""
    first = text.splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found, first
    return found[1]


@pytest.mark.parametrize("where", ["stdout", "elsewhere", "project", "odd folder"])
def test_an_editor_finds_the_schema_of_the_file(tmp_path, where):
    """The path exists: in a project's own environment relative, absolute elsewhere."""
    folder = tmp_path / ("odd folder #1" if where == "odd folder" else "plain")
    installed = folder / ".venv" / "expectations.schema.json"
    installed.parent.mkdir(parents=True)
    installed.write_text("{}")
    file = {"stdout": None, "project": folder / "expect.yaml"}.get(
        where, tmp_path / "other" / "expect.yaml"
    )

    shown = schema_of(modeline(file, installed))

    if where == "project":
        assert shown == ".venv/expectations.schema.json"
    elif where == "odd folder":
        assert Path(unquote(urlsplit(shown).path)) == installed
    else:
        assert Path(shown) == installed


def test_a_package_in_an_archive_says_how_to_get_the_schema():
    """There is no path to write, so that none is written."""
    line = modeline(None, None)

    assert "$schema" not in line
    assert line.startswith("# ")
    assert "pulumi-mediaconvert schema --output" in line


def test_init_writes_a_path_that_exists(tmp_path):
    """What the command prints can be completed by an editor at once."""
    done = run("verify", "--init", stored(tmp_path, make_job(make_output())))
    printed = run("schema", "--path")

    assert schema_of(done.stdout) == printed.stdout.strip()
    schema = json.loads(Path(printed.stdout.strip()).read_text("utf-8"))
    assert schema == json.loads(run("schema").stdout)


def test_init_prints_what_the_job_passes(tmp_path):
    """What `verify --init` prints is what `verify --expect` takes."""
    job = stored(tmp_path, make_job(make_output()))
    file = tmp_path / "expect.yaml"

    made = run("verify", "--init", job, "--output", file)
    done = run("verify", job, "--expect", file)

    assert (made.exit_code, made.stdout, done.exit_code) == (0, "", 0)


def test_a_bad_job_is_no_beginning(tmp_path):
    """A job that failed says nothing of what a good one is."""
    done = run("verify", "--init", stored(tmp_path, make_answer("Failed")))

    assert (done.exit_code, done.stdout) == (1, "")
    assert "--init needs a job that passes; this one did not." in done.stderr


@given(st.data())
def test_what_is_not_known_is_not_written(data):
    """A zero or `unknown` is no expectation, and the job passes by the others."""
    answer = data.draw(delivered_jobs())
    changes = [one for one in changes_of(answer) if one.keys[-1] in FACTS]
    assume(changes)
    for change in data.draw(st.lists(st.sampled_from(changes), max_size=4)):
        value = data.draw(st.sampled_from(unknown(str(change.keys[-1]))))
        answer = change._replace(value=value).applied_to(answer)
    job = job_from_answer(answer)
    assume(verify(job).verdict == "passed")

    text = starter(job, None)

    assert verified(job, text).verdict == "passed"
    assert not re.search(r": (?:0|unknown|UNKNOWN|und|90000)$", text, re.MULTILINE)
