"""Lines of the plugin name inputs and values as its programs write them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from credentials import CONFIG_KEYS
from hosts import INPUTS, provider_with, reasons_of
from plugin import started
from pulumi_alicloud_mediaconvert.errors import Advice, NextStep, ProviderError
from pulumi_alicloud_mediaconvert.expect.expected_media import FileExpectation
from pulumi_alicloud_mediaconvert.hosts.job_controller import JobController
from pulumi_alicloud_mediaconvert.hosts.native.messages import NATIVE
from pulumi_alicloud_mediaconvert.hosts.native.property_names import NAMES
from pulumi_alicloud_mediaconvert.hosts.runtime import Runtime
from pulumi_alicloud_mediaconvert.hosts.set_controller import JobSetController
from pulumi_alicloud_mediaconvert.schema.values import Secret
from pulumi_alicloud_mediaconvert.waiting.wait_limits import LimitKind

FILE = Path(__file__).parent / "data" / "refusals.yaml"
REFUSALS = YAML(typ="safe", pure=True).load(FILE.read_text("utf-8"))
JOB = {"job_id": "a", "region": "cn-shanghai"}
SET = {"job_ids": ["a", "b"], "region": "cn-shanghai"}
SNAKE_CASE = re.compile(r"[a-z0-9]+_[a-z0-9_]+")
PYTHONS = re.compile(r"\b(True|False|None|NoneType|float|int|str|bool|dict)\b")
# Of what a user wrote, and of JMESPath, whose functions have such names.
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|`not_null`|codec_tag = \S+")


def stated_by(row: dict[str, Any]) -> Any:
    """Return the expectations that a row of the table is about."""
    kind, stated = next(iter(row.items()))
    if kind == "video":
        stated = {"video": stated}
    return stated if kind == "expect" else {"outputs": [{"name": "a", **stated}]}


def refused(messages=NATIVE, kind=JobController, **props: Any) -> list[str]:
    """Check inputs; return a line for each problem."""
    controller = kind(Runtime(CONFIG_KEYS, messages))
    base = JOB if kind is JobController else SET
    return [one.line for one in controller.check(base | props).problems]


def in_camel_case(value: Any) -> Any:
    """State expectations as a program in TypeScript does."""
    return NAMES.job.to_native({"expect": value})["expect"]


@pytest.fixture(scope="module")
def plugin():
    """A plugin that asks nobody: all of this is refused before."""
    inputs = {key.partition(":")[2]: value for key, value in CONFIG_KEYS.items()}
    with started(**inputs) as plugin:
        yield plugin


def foreign_words(line: str) -> list[str]:
    """Name what a line has of Python's spelling, besides what the user wrote."""
    ours = QUOTED.sub("", line)
    # A key that is unknown stands in the path as it was written.
    ours = re.sub(r"[\w.\[\]]+: unknown key", "", ours)
    return [*SNAKE_CASE.findall(ours), *PYTHONS.findall(ours)]


@pytest.mark.parametrize("row", REFUSALS, ids=lambda one: str(one)[:90])
def test_no_refusal_of_the_plugin_is_spelt_as_in_python(plugin, row):
    """Whatever is refused: the path, the reason and the hint, in both spellings."""
    for expect in (stated_by(row), in_camel_case(stated_by(row))):
        _, lines = plugin.check(
            {"jobId": "a", "region": "cn-shanghai", "expect": as_plain(expect)}
        )

        assert len(lines) == len(row["lines"])
        assert [foreign_words(line) for line in lines] == [[]] * len(lines)


@pytest.mark.parametrize("row", REFUSALS, ids=lambda one: str(one)[:90])
def test_both_hosts_refuse_the_same_by_their_own_names(plugin, row):
    """What is wrong does not depend on the language of the program."""
    expect = as_plain(stated_by(row))
    stated = INPUTS | {"expect": expect}
    dynamic = reasons_of(provider_with(mediaconvert_region="cn-shanghai"), stated)
    _, native = plugin.check(
        {"jobId": "a", "region": "cn-shanghai", "expect": in_camel_case(expect)}
    )

    assert [in_snake_case(line) for line in native] == [
        in_snake_case(line) for line in dynamic
    ]


def as_plain(value: Any) -> Any:
    """Write a value as the engine hands it over, whose keys are texts."""
    if isinstance(value, dict):
        return {str(key): as_plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [*map(as_plain, value)]
    return float(value) if type(value) is int else value


def in_snake_case(line: str) -> str:
    """Write a line in one spelling, to compare what it says."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", QUOTED.sub("", line)).lower()
    return re.sub(r"\b(none|null)\b", "null", text)


@pytest.mark.parametrize(
    ("kind", "props", "line"),
    [
        (JobController, {"job_id": 5.0}, "jobId: must be text, got a number"),
        (JobController, {"job_id": None}, "jobId: is required"),
        (
            JobController,
            {"wait": True},
            "wait: must be a mapping of limits, or false, got true",
        ),
        (
            JobController,
            {"wait": {"poll_min": 30, "poll_max": 1}},
            "wait: pollMin must not exceed pollMax (30 s and 1 s)",
        ),
        (
            JobController,
            {"wait": {"not_found_grace": False}},
            (
                'wait.notFoundGrace: must be a duration such as "90s" or "1h30m",'
                " or seconds, got false"
            ),
        ),
        (
            JobController,
            {"on_inconclusive": "hard"},
            "onInconclusive: must be 'fail' or 'warn', got 'hard'",
        ),
        (
            JobController,
            {"expect": {"output_count": "as many as there are"}},
            "expect.outputCount: must be a number, got text",
        ),
        (
            JobController,
            {"expect": {"consistent": {"duration_seconds": -(10.0**300)}}},
            (
                "expect.consistent.durationSeconds: must be a number of seconds, 0 or "
                "more, got a number"
            ),
        ),
        (
            JobController,
            {"onPreveiw": "fail"},
            "onPreveiw: unknown key (did you mean `onPreview`?)",
        ),
        (
            JobSetController,
            {"expect_by_name": {"job_ids": {}}},
            "expectByName.job_ids: there is no such name in jobIds",
        ),
        (
            JobSetController,
            {"expect_by_name": {"a": {"output_count": True}}},
            "expectByName.a.outputCount: must be a number, got true",
        ),
        (
            JobSetController,
            {"expect_by_name": Secret({"zz": {}})},
            "expectByName: is refused; the value is secret, so no details are shown",
        ),
        (
            JobSetController,
            {"fail_fast": "perhaps"},
            "failFast: must be true or false, got 'perhaps'",
        ),
    ],
    ids=str,
)
def test_inputs_are_refused_by_their_names_in_programs(kind, props, line):
    """Names that the user chose stay as they are."""
    assert refused(kind=kind, **props) == [line]


def test_a_quoted_value_is_never_spelt_otherwise():
    """It is what the user wrote, though it looks like a name of ours."""
    [line] = refused(expect={"outputs": [{"name": "a", "width": "file_size"}]})

    assert line == "expect.outputs[0].width: must be a number, got 'file_size'"


def test_a_default_of_the_provider_is_named_where_it_is_refused():
    """The path is the program's, the source the key of the configuration."""
    runtime = Runtime(CONFIG_KEYS | {"mediaconvert:waitPollMin": "soon"}, NATIVE)

    [problem] = JobController(runtime).check(JOB).problems

    assert problem.path == "wait.pollMin (from mediaconvert:waitPollMin)"


def test_stored_inputs_that_are_not_understood_are_named_as_the_program_does():
    """A refresh of what a later version stored ends in one line."""
    controller = JobController(Runtime(CONFIG_KEYS, NATIVE))
    stored = JOB | {"verdict": "passed", "on_preview": "fail", "wait": {"poll_min": 0}}

    with pytest.raises(Exception, match=r"\(wait\.pollMin: must be at least 0\.1"):
        asyncio.run(controller.read("a", stored))


def words_of_everything() -> Iterator[str]:
    """Say whatever the plugin may say of settings and next steps."""
    for step in NextStep:
        for limit in LimitKind:
            yield NATIVE.next_step(Advice(step, {"limit": limit.value}))
    settings = Runtime({}, NATIVE).settings
    for ask in (lambda: settings.region(None), lambda: settings.region("nowhere")):
        try:
            ask()
        except ProviderError as error:
            yield NATIVE.text(error)
    yield NATIVE.input("fail_fast")


def test_no_line_names_what_the_plugin_never_sees():
    """Only its own namespace arrives, and no Python program runs."""
    text = "\n".join(words_of_everything())

    assert "alicloud:" not in text
    assert "`wait.stallTimeout`" in text
    assert "`failFast`" in text
    assert "fail_fast" not in text
    assert (
        "no region: tried the input `region`, mediaconvert:region,"
        " ALIBABA_CLOUD_REGION_ID"
    ) in text
    assert (
        "Set the input `region` or the provider's `region`, or run"
        " `pulumi config set mediaconvert:region cn-shanghai`."
    ) in text


def test_missing_credentials_name_what_the_plugin_looks_at(monkeypatch):
    """The provider, the environment, the profile; nothing of another provider."""
    monkeypatch.setenv("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")
    source = Runtime({}, NATIVE).settings.credentials()

    with pytest.raises(ProviderError) as caught:
        asyncio.run(source.get())

    line = NATIVE.text(caught.value)
    assert line.startswith("no credentials: tried mediaconvert:accessKey, ")
    assert "alicloud:" not in line


def test_every_key_of_an_output_is_named_in_a_hint():
    """Who writes a key that is near to none gets all, as programs write them."""
    [line] = refused(expect={"outputs": [{"name": "a", "qqqq": 1}]})

    known = {NATIVE.spelling.key(name) for name in FileExpectation.model_fields}
    assert known <= set(re.findall(r"\w+", line))
