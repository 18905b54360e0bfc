"""The native provider's inputs: the stack's configuration, or a program's own."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi.runtime.proto import provider_pb2

from failed_calls import CallFailed
from jobs import JOB_ID, REGION
from plugin import PROVIDER, Plugin, started, urn_of
from pulumi_alicloud_mediaconvert.emulator import scripts
from pulumi_alicloud_mediaconvert.hosts.native.property_values import to_struct
from pulumi_alicloud_mediaconvert.schema.inputs import CONFIGURATION_KEYS
from pulumi_alicloud_mediaconvert.schema.values import UNKNOWN, Secret

INPUTS = {"jobId": JOB_ID, "region": REGION}
KEYS = {"accessKey": "testid", "secretKey": "testsecret"}
# What no setting of that name can be.
NONSENSE = {
    "region": "nowhere at all",
    "endpoint": "ftp://",
    "accessKey": "alone",
    "maxRequestsPerSecond": "many",
    "waitTimeout": "soon",
    "network": {"nested": [1, None]},
    "waitPollMin": True,
}


@pytest.fixture
def plugin():
    """A plugin that is not configured yet."""
    with Plugin() as plugin:
        plugin.handshake()
        yield plugin


def test_both_answers_accept_secrets(plugin):
    """That of `Configure` counts for engines without a handshake; they must agree."""
    assert plugin.handshake().accept_secrets
    configured = plugin.configure()
    assert configured.acceptSecrets
    assert configured.supportsPreview


def test_keys_are_stored_as_secrets_however_they_are_stated(plugin):
    """The engine keeps marks that it finds, and sends none to `CheckConfig`."""
    stated = {**KEYS, "securityToken": "token", "region": REGION, "version": "0.1.0"}

    inputs, reasons = plugin.check_config(**stated)

    secrets = {"accessKey", "secretKey", "securityToken"}
    assert reasons == []
    assert inputs == {
        name: Secret(value) if name in secrets else value
        for name, value in stated.items()
    }


def test_the_engines_own_key_is_not_given_back(plugin):
    """It keeps that one itself, and warns of providers that touch it."""
    inputs, _ = plugin.check_config(region=REGION, __internal={"name": "mediaconvert"})

    assert inputs == {"region": REGION}


def test_settings_that_nobody_reads_are_named_with_the_nearest(plugin):
    """On the row of the provider, by the key that a person has set."""
    plugin.check_config(regoin=REGION, waitTimeout="1h", version="0.1.0")

    assert plugin.engine.warnings("default") == [
        (
            '"mediaconvert:regoin" in the configuration is not a known key:'
            " did you mean `mediaconvert:region`?"
        )
    ]


def test_inputs_of_an_explicit_provider_are_named_as_the_program_states_them(plugin):
    """They are no keys of the stack's configuration."""
    plugin.check_config("mine", regoin=REGION)

    assert plugin.engine.warnings("mine") == [
        '"regoin" is not a known input of the provider: did you mean `region`?'
    ]


@pytest.mark.parametrize(
    ("stated", "reason"),
    [
        ({"accessKey": "a"}, "accessKey without secretKey; set both"),
        ({**KEYS, "profile": "p"}, "profile and accessKey both set credentials"),
        ({"profile": " "}, "profile: must not be empty"),
    ],
)
def test_an_explicit_provider_states_credentials_once_and_whole(plugin, stated, reason):
    """Else it would quietly use others than were meant."""
    _, reasons = plugin.check_config("mine", **stated)
    _, of_the_stack = plugin.check_config(**stated)

    assert [one.startswith(reason) for one in reasons] == [True]
    assert of_the_stack == []


def test_an_explicit_provider_may_wait_for_another_resource(plugin):
    """What is unknown in a preview is stated all the same, and stays unknown."""
    inputs, reasons = plugin.check_config("mine", **{**KEYS, "secretKey": UNKNOWN})

    assert reasons == []
    assert inputs["secretKey"] == Secret(UNKNOWN)


def test_another_configuration_replaces_no_provider(plugin):
    """A resource whose own region follows from it is replaced by itself."""
    olds = to_struct({"region": "cn-beijing", "endpoint": "a", "version": "0.1.0"})
    news = to_struct({"region": REGION, "endpoint": "a", "version": "0.2.0"})
    request = provider_pb2.DiffRequest(urn=urn_of(type_=PROVIDER), news=news, olds=olds)

    response = plugin.call("DiffConfig", request)

    assert response.changes == response.DIFF_SOME
    assert [*response.diffs] == ["region"]
    assert not response.replaces

    request.old_inputs.CopyFrom(news)
    same = plugin.call("DiffConfig", request)
    assert same.changes == same.DIFF_NONE


def test_no_configuration_fails_before_it_is_used(plugin):
    """`destroy` uses none: what is wrong is said where a resource needs it."""
    plugin.configure(**NONSENSE)

    plugin.call("Delete")
    _, of_region = plugin.check({"jobId": JOB_ID})
    _, of_others = plugin.check(INPUTS)

    assert "nowhere at all" in of_region[0]
    assert of_others[0].startswith("wait.pollMin (from mediaconvert:waitPollMin):")


def test_settings_may_be_other_plain_values_than_text(api):
    """A program states a number as one; the stack's configuration is text."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    settings = {**KEYS, "endpoint": api.url, "maxRequestsPerSecond": 50}
    with started(**settings, enforcementLevel="advisory") as plugin:
        inputs = plugin.checked(INPUTS)

    assert inputs["enforcementLevel"] == "advisory"


def test_secret_settings_are_used_and_never_printed(api):
    """Keys arrive with their marks."""
    api.add_credentials("other", "hidden-secret", actions=())
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    key = {"accessKey": Secret("other"), "secretKey": Secret("hidden-secret")}
    settings: dict[str, Any] = {**key, "endpoint": api.url}
    with started(**settings) as plugin:
        inputs = plugin.checked(INPUTS)
        with pytest.raises(CallFailed) as failed:
            plugin.create(inputs)

    assert api.requests
    assert "hidden-secret" not in failed.value.failure.text


@pytest.mark.parametrize("value", ["S3cret mark!", "http://s3cret.example", "98765"])
def test_no_line_quotes_a_secret_setting(plugin, api, value):
    """Whichever setting it is, and wherever it is refused."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    prefix, lines = "mediaconvert:", []

    for key in (one for one in CONFIGURATION_KEYS if one.startswith(prefix)):
        marked = {key.removeprefix(prefix): Secret(value)}
        plugin.configure(**{**KEYS, "endpoint": api.url, **marked})
        inputs, reasons = plugin.check({"jobId": JOB_ID})
        if not reasons:
            try:
                plugin.create({**inputs, **INPUTS})
            except CallFailed as failed:
                reasons = [failed.failure.text]
        lines += reasons
    api.take_unexpected()

    assert lines
    assert [one for one in lines if "3cret" in one or "98765" in one] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("region", "cn-shangai"),
        ("maxRequestsPerSecond", "many"),
        ("waitTimeout", "soon"),
        ("waitPollMin", "never"),
        ("network", "intranet"),
        ("onPreview", "perhaps"),
    ],
)
def test_a_secret_setting_that_is_refused_is_not_quoted(plugin, name, value):
    """Nor does a hint say what it nearly is: the line names the key alone."""
    plugin.configure(**{**KEYS, name: Secret(value)})
    inputs = {"jobId": JOB_ID} if name == "region" else INPUTS

    _, [reason] = plugin.check(inputs)

    assert f"mediaconvert:{name} is refused; its value may be secret" in reason
    assert value not in reason
    assert "cn-shanghai" not in reason


def test_a_plugin_that_was_never_configured_answers_all_the_same(plugin, api):
    """No engine asks it for a resource then; what it says is one line."""
    _, reasons = plugin.check({"jobId": JOB_ID})

    assert len(reasons) == 1
    assert "no region" in reasons[0]
    assert not api.requests
