"""What `check` refuses, resolves and lets pass, before anything is changed."""

from __future__ import annotations

import pytest
from pulumi.dynamic import Config, ConfigureRequest
from pulumi.output import Unknown

from credentials import CONFIG_KEYS
from hosts import INPUTS, provider_with, reasons_of
from jobs import JOB_ID, REGION
from pulumi_alicloud_mediaconvert.emulator import scripts
from pulumi_alicloud_mediaconvert.hosts.dynamic.engine import EngineError
from pulumi_alicloud_mediaconvert.hosts.dynamic.sdk_values import is_unknown
from pulumi_alicloud_mediaconvert.hosts.hidden_keys import PREVIEW_KEY, SECRETS_KEY
from pulumi_alicloud_mediaconvert.schema.inputs import CONFIGURATION_KEYS

MARK = "MARKEDSECRET"


def test_a_check_lists_every_problem_without_a_property_name():
    """The engine prints a named property's value, so each reason names it itself."""
    problems = reasons_of(
        provider_with(),
        {"job_id": " ", "region": "shanghai!", "wait": {"timeout": "x"}, "expct": 1},
    )

    assert [problem.partition(":")[0] for problem in problems] == [
        "job_id",
        "region",
        "wait.timeout",
        "expct",
    ]


def test_a_check_resolves_the_defaults():
    """What is applied is what is stored, configuration included."""
    provider = provider_with(
        mediaconvert_region=REGION, mediaconvert_enforcementLevel="advisory"
    )

    result = provider.check({}, {"job_id": f" {JOB_ID} ", "__provider": "gASV"})

    assert result.failures == []
    assert result.inputs == {**INPUTS, "enforcement_level": "advisory"}


def test_a_missing_region_is_one_problem_that_names_every_location():
    """Without any region there is one line, and not a second one about the input."""
    [problem] = reasons_of(provider_with(), {"job_id": JOB_ID})

    assert problem.startswith("region: no region: tried the input `region`, ")
    assert "ALIBABA_CLOUD_REGION_ID" in problem


def test_a_refused_resource_gets_no_unknown_value():
    """The engine would stop an `up` at that value, and show none of the problems."""
    result = provider_with().check({}, {"job_id": JOB_ID})

    assert result.failures
    assert "region" not in result.inputs


@pytest.mark.parametrize(
    ("config", "problem"),
    [
        pytest.param(
            {"mediaconvert_endpoint": "http://ims.example"}, "endpoint: ", id="endpoint"
        ),
        pytest.param({"mediaconvert_secretKey": ""}, "credentials: ", id="half a pair"),
        pytest.param(
            {"mediaconvert_waitTimeout": "soon"},
            "configuration: mediaconvert:waitTimeout: ",
            id="timeout",
        ),
        pytest.param(
            {"mediaconvert_maxRequestsPerSecond": "0"},
            "configuration: mediaconvert:maxRequestsPerSecond: must be a number of",
            id="rate",
        ),
    ],
)
def test_a_check_finds_what_is_wrong_with_the_configuration(config, problem):
    """What would stop the `up` anyway is told in the preview, without any value."""
    [found] = reasons_of(provider_with(**config), INPUTS)

    assert found.startswith(problem)
    assert "testid" not in found


# Each is refused by some settings; none is one of ours by chance.
MARKED = ["S3cret mark!", "http://s3cret-mark.example", "98765"]
MARKS = ("3cret", "98765")


@pytest.mark.parametrize("value", MARKED)
@pytest.mark.parametrize("key", CONFIGURATION_KEYS)
def test_no_line_quotes_a_setting_that_may_be_secret(provider, api, key, value):
    """The engine hands all settings over in clear; only the program knows secrets."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    endpoint = {"mediaconvert:endpoint": api.url}
    settings = Config({**CONFIG_KEYS, **endpoint, key: value}, "gate")
    provider.configure(ConfigureRequest(settings))
    others = [name for name in CONFIGURATION_KEYS if name != key]

    lines = reasons_of(provider, {"job_id": JOB_ID}, open_settings=others)
    if not lines:
        try:
            provider.create({**INPUTS, "region": REGION})
        except EngineError as error:
            lines = [str(error)]
    api.take_unexpected()

    assert [line for line in lines if any(mark in line for mark in MARKS)] == []


@pytest.mark.parametrize(
    ("open_settings", "line"),
    [
        (
            ["mediaconvert:region"],
            ': "cn-shangai" is not a known region: did you mean "cn-shanghai"?',
        ),
        ([], " is refused; its value may be secret, so no details are shown"),
    ],
    ids=["not secret", "perhaps secret"],
)
def test_a_refused_setting_is_quoted_if_the_program_calls_it_open(open_settings, line):
    """A line names the key of the setting; a hint would tell a secret, too."""
    provider = provider_with(mediaconvert_region="cn-shangai")

    [found] = reasons_of(provider, {"job_id": JOB_ID}, open_settings=open_settings)

    assert found == f"region: mediaconvert:region{line}"


REGIONS = [
    # Input, stack configuration, environment, stored; what is checked.
    ("cn-beijing", None, None, None, "cn-beijing"),
    ("cn-beijing", "cn-hangzhou", "cn-shenzhen", REGION, "cn-beijing"),
    (None, "cn-hangzhou", "cn-shenzhen", None, "cn-hangzhou"),
    (None, "cn-hangzhou", None, REGION, "cn-hangzhou"),
    (None, None, "cn-shenzhen", None, "cn-shenzhen"),
    (None, None, "cn-shenzhen", REGION, REGION),
    (None, None, None, REGION, REGION),
    ("", None, "cn-shenzhen", REGION, REGION),
]


@pytest.mark.parametrize(
    ("stated", "configured", "environment", "stored", "checked"),
    REGIONS,
    ids=lambda region: str(region) or "empty",
)
def test_a_region_of_the_environment_never_moves_a_resource(  # noqa: PLR0913, PLR0917  # a table
    monkeypatch, stated, configured, environment, stored, checked
):
    """The stored region stays until an input or the stack says otherwise."""
    if environment:
        monkeypatch.setenv("ALIBABA_CLOUD_REGION_ID", environment)
    config = {"mediaconvert_region": configured} if configured else {}
    olds = {"region": stored} if stored else {}
    news = {"job_id": JOB_ID, "region": stated}

    result = provider_with(**config).check(olds, news)

    assert result.failures == []
    assert result.inputs["region"] == checked


@pytest.mark.parametrize("name", ["job_id", "region"])
def test_what_is_not_known_at_preview_is_not_judged(name):
    """An ID or region that another resource gives passes the check as it is."""
    result = provider_with().check({}, {**INPUTS, name: Unknown()})

    assert result.failures == []
    assert is_unknown(result.inputs[name])


@pytest.mark.parametrize(
    ("hidden", "kept"),
    [
        pytest.param({PREVIEW_KEY: True}, {}, id="preview"),
        pytest.param({SECRETS_KEY: ["job_id"]}, {SECRETS_KEY: ["job_id"]}, id="secret"),
        pytest.param({SECRETS_KEY: []}, {}, id="no secret"),
    ],
)
def test_a_hidden_input_is_taken_out_again(api, provider, hidden, kept):
    """No preview shows in the state, and of secrets their names alone."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    result = provider.check({}, {**INPUTS, **hidden, "__provider": "gASV"})

    assert result.failures == []
    assert result.inputs == INPUTS | kept


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("mediaconvert:waitTimout", "2h"),
        ("mediaconvert:wait", '{"timeout": "2h"}'),
        ("mediaconvert:wait", {"timeout": "2h"}),
        ("alicloud-mediaconvert:waitTimeout", MARK),
        ("mediaConvert:waitTimeout", None),
    ],
    ids=repr,
)
def test_a_setting_that_nobody_reads_is_a_warning_of_one_resource(capsys, key, value):
    """Whatever else the run says, it says so once, and never the value."""
    provider = provider_with(**{key: value})

    refused = [reasons_of(provider, INPUTS) for _ in range(3)]

    assert refused == [[], [], []]
    told = capsys.readouterr().err
    assert told.count("mediaconvert:waitTimeout`") == 1
    assert MARK not in told


@pytest.mark.parametrize("value", [None, 7, [], {"a": 1}, {"a": [None]}, "", "[]"])
def test_no_value_of_the_configuration_keeps_a_provider_from_being_configured(value):
    """`destroy` configures it, too: what is wrong is said by a check, if at all."""
    for key in CONFIGURATION_KEYS:
        provider_with(**{key: value})
