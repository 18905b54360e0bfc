"""README and `docs`: every block is checked, every link leads somewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from jobs import REGION
from page_sessions import (
    SAMPLE_JOB,
    add_jobs,
    is_as_shown,
    is_typed,
    needs_engine,
    play,
    put_file,
)
from pages import (
    BLOCKS,
    PAGES,
    ROOT,
    Block,
    PageMocks,
    anchors_of,
    is_program,
    links_of,
    name_of,
    run_programs,
    tried,
)
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.emulator import Emulator, scripts
from pulumi_alicloud_mediaconvert.emulator.files import load_file
from pulumi_alicloud_mediaconvert.expect.loader import read_expectations
from pulumi_alicloud_mediaconvert.schema.inputs import CONFIGURATION_KEYS

READ_ONLY = {"ice:GetMediaConvertJob", "ice:ListMediaConvertJobs"}
# Without one of them any repository's job could assume the role.
CONDITIONS = {"oidc:iss", "oidc:aud", "oidc:sub"}


def blocks(*languages: str) -> list[Any]:
    """List the blocks of some languages that are to be tried."""
    return [
        pytest.param(block, id=str(block))
        for block in BLOCKS
        if block.language in languages and block.is_run
    ]


def pages(is_chosen: Callable[[Block], bool]) -> list[Any]:
    """List the pages that have such a block."""
    chosen = {block.page for block in BLOCKS if block.is_run and is_chosen(block)}
    return [pytest.param(page, id=page) for page in sorted(chosen)]


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_every_block_can_be_checked_or_says_why_not(block):
    """A block of another kind is an error: nobody would notice what it gets wrong."""
    known = {"python", "typescript", "go", "yaml", "json", "console", "sh", "mermaid"}
    because = {*block.marks} & {"account", "machine", "engine", "test", "file"}

    assert block.language in known or because
    for mark in because:
        assert block.marks[mark], f"{mark} says nothing"
    if "test" in block.marks:
        assert (ROOT / block.marks["test"]).is_file()


def is_for_commands(block: Block) -> bool:
    """Whether it is a file that the page's own commands run."""
    return "file" in block.marks and any(map(is_typed, tried(block.page)))


@pytest.mark.parametrize("page", pages(lambda block: block.language == "python"))
def test_the_programs_of_a_page_run(page, tmp_path, monkeypatch):
    """Each is checked, waited for and verified by our providers, and passes."""
    monkeypatch.chdir(tmp_path)
    text = (ROOT / page).read_text("utf-8")
    facts = {"trailer": {"verdict": "passed", "outputs": [{"url": "http://f"}]}}

    def program(names: dict[str, Any]) -> None:
        for block in tried(page):
            if "file" in block.marks:
                put_file(block, tmp_path)
            if block.language == "python" and not is_for_commands(block):
                exec(block.text, names)  # noqa: S102  # our own pages

    with Emulator() as emulator:
        add_jobs(emulator, f"{text}\n{SAMPLE_JOB}")
        run_programs(PageMocks(emulator.url, facts, jobId=SAMPLE_JOB), program)


@pytest.mark.parametrize(
    "page",
    pages(lambda block: is_typed(block) and not needs_engine(block.page)),
)
def test_the_commands_of_a_page_print_what_it_shows(page, tmp_path):
    """One shell takes them in their order, beside an emulator with their jobs."""
    folder = tmp_path / "page"
    folder.mkdir()
    for name in ("examples", "scripts"):
        (folder / name).symlink_to(ROOT / name)
    with Emulator() as emulator:
        own = {SAMPLE_JOB: scripts.succeeds()}
        add_jobs(emulator, (ROOT / page).read_text("utf-8"), own)
        account = {
            "ALIBABA_CLOUD_ACCESS_KEY_ID": "testid",
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "testsecret",
            "ALIBABA_CLOUD_REGION_ID": REGION,
            "ALIBABA_CLOUD_ICE_ENDPOINT": emulator.url,
        }

        play(tried(page), folder, account)


def jobs_file(text: str, folder: Path) -> None:
    """Read jobs and faults of the emulator."""
    file = folder / "jobs.yaml"
    file.write_text(text, "utf-8")
    load_file(file, Emulator())


def stack_settings(stated: Mapping[str, Any]) -> None:
    """Look for configuration of ours that there is none of."""
    ours = [key for key in stated["config"] if key.startswith("mediaconvert:")]
    assert set(ours) <= {*CONFIGURATION_KEYS}


@pytest.mark.parametrize("block", blocks("yaml"))
def test_every_yaml_is_what_it_matches_to_be(block, tmp_path):
    """Expectations, jobs of the emulator, or a file of Pulumi's."""
    stated = YAML(typ="safe", pure=True).load(block.text)

    if is_program(block):
        assert stated.keys() >= {"name", "runtime"}  # tests/engine run it
    elif "jobs" in stated or "faults" in stated:
        jobs_file(block.text, tmp_path)
    elif "config" in stated:
        stack_settings(stated)
    elif "runtime" in stated:
        assert stated.keys() >= {"name", "runtime"}
    else:
        assert read_expectations(Path("expect.yaml"), block.text)


@pytest.mark.parametrize("block", blocks("json"))
def test_every_json_is_what_it_matches_to_be(block):
    """A policy as narrow as it can be, an answer, or expectations."""
    stated = json.loads(block.text)

    if "Statement" in stated:
        for statement in stated["Statement"]:
            actions = statement["Action"]
            actions = [actions] if isinstance(actions, str) else actions
            if "Principal" in statement:
                assert actions == ["sts:AssumeRoleWithOIDC"]
                assert statement["Condition"]["StringEquals"].keys() == CONDITIONS
            else:
                assert set(actions) <= READ_ONLY
    elif "Job" in stated:
        assert job_from_answer(stated["Job"]).state
    else:
        assert read_expectations(Path("expect.json"), block.text)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page):
    """Files and headings exist, so that a forge shows no dead link."""
    for link in links_of(page):
        if re.match(r"\w+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        if anchor:
            assert anchor in anchors_of(target), link


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_file_of_the_checkout_that_is_named_exists(page):
    """No sentence leads nowhere."""
    text = page.read_text("utf-8")
    named = set(re.findall(r"(?<![\w/])((?:scripts|examples|tests)/[\w./-]*\w)", text))

    assert {name for name in named if not (ROOT / name).exists()} == set()


@pytest.mark.parametrize(
    ("shown", "is_met"),
    [
        ("a\nb\n", True),
        ("a\n", False),
        ("…\nb\n", True),
        ("a\n…\n", True),
        ("…\nc\n", False),
        ("a\n…\nb\n", True),
        ("…a\nb\n", True),
        ("b\n", False),
        ("", False),
    ],
)
def test_what_is_left_out_is_all_that_may_differ(shown, is_met):
    """The comparison itself can fail: only `…` stands for what is not shown."""
    assert is_as_shown("a\nb  \n", shown) is is_met
