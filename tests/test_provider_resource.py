"""`MediaConvertProvider`: what it copies, what it replaces, and what stays secret."""

from __future__ import annotations

import pulumi
import pytest
from pulumi.runtime import rpc

from hosts import Monitor
from pulumi_alicloud_mediaconvert import MediaConvertJob, MediaConvertProvider
from pulumi_alicloud_mediaconvert.hosts.hidden_keys import OPEN_SETTINGS_KEY
from pulumi_alicloud_mediaconvert.testing import event_loop

MARK = "MARKEDSECRET"
STACK = {
    "mediaconvert:region": "cn-shanghai",
    "mediaconvert:endpoint": "http://127.0.0.1:8080",
    "mediaconvert:waitTimeout": "2h",
    "mediaconvert:onPreview": "off",
    "mediaconvert:securityToken": f"{MARK}1",
    "alicloud:accessKey": f"{MARK}2",
    "alicloud:secretKey": f"{MARK}3",
    "alicloud:profile": "stack",
    "gate:password": MARK,
}
CREDENTIALS = {key: value for key, value in STACK.items() if "Key" in key} | {
    "mediaconvert:securityToken": f"{MARK}1"
}


class Recorder(pulumi.runtime.Mocks):
    """An engine that keeps what is registered."""

    def __init__(self):
        self.registered = []

    def call(self, args):
        """Refuse invokes."""
        raise NotImplementedError(args.token)

    def new_resource(self, args):
        """Keep a resource."""
        self.registered.append(args)
        return f"{args.name}-id", args.inputs


def registered(**inputs):
    """Declare a provider in a stack; give what the engine is told, and the secrets.

    An input that can be called is one once the program runs.
    """
    engine = Recorder()

    def declare():
        made = {name: one() if callable(one) else one for name, one in inputs.items()}
        MediaConvertProvider("second", **made)

    with event_loop():
        pulumi.runtime.set_mocks(engine, monitor=Monitor(engine))
        pulumi.runtime.test(declare)()
    [provider] = engine.registered
    assert provider.typ == "pulumi:providers:pulumi-python"
    told = provider.inputs
    secret = {key for key, value in told.items() if rpc.is_rpc_secret(value)}
    return {key: rpc.unwrap_rpc_secret(value) for key, value in told.items()}, secret


@pytest.fixture(autouse=True)
def stack():
    """A stack with a configuration, of which one value was set as a secret."""
    pulumi.runtime.set_all_config(STACK, ["mediaconvert:onPreview"])
    yield
    pulumi.runtime.set_all_config({}, [])


def test_all_of_the_stacks_configuration_is_copied():
    """A provider that replaces nothing is like the stack's own, and no more."""
    inputs, _ = registered()

    assert inputs == {key: STACK[key] for key in STACK if key != "gate:password"}


def test_keys_and_what_was_set_as_a_secret_are_secrets_of_the_copy():
    """Keys are ciphertext in the state, though the stack may have them in clear."""
    _, secret = registered(region="cn-beijing")

    assert secret == {*CREDENTIALS, "mediaconvert:onPreview"}


REPLACED = {
    "region": ({"region": "cn-beijing"}, {"mediaconvert:region": "cn-beijing"}, ()),
    "endpoint": (
        {"endpoint": "https://ice.example.org"},
        {"mediaconvert:endpoint": "https://ice.example.org"},
        (),
    ),
    "network": (
        {"network": "vpc"},
        {"mediaconvert:network": "vpc"},
        ("mediaconvert:endpoint",),
    ),
    "profile": (
        {"profile": "second"},
        {"alicloud:profile": "second"},
        tuple(CREDENTIALS),
    ),
    "keys": (
        {"access_key": "id", "secret_key": MARK},
        {"mediaconvert:accessKey": "id", "mediaconvert:secretKey": MARK},
        (*CREDENTIALS, "alicloud:profile"),
    ),
    "temporary keys": (
        {"access_key": "id", "secret_key": MARK, "security_token": "token"},
        {
            "mediaconvert:accessKey": "id",
            "mediaconvert:secretKey": MARK,
            "mediaconvert:securityToken": "token",
        },
        (*CREDENTIALS, "alicloud:profile"),
    ),
}


@pytest.mark.parametrize(("stated", "new", "gone"), REPLACED.values(), ids=REPLACED)
def test_what_is_stated_replaces_what_is_copied(stated, new, gone):
    """Stated credentials replace all of the stack's, so that no pair is mixed."""
    inputs, secret = registered(**stated)

    kept = {key: value for key, value in STACK.items() if key not in gone}
    kept.pop("gate:password")
    assert inputs == kept | new
    assert set(new) & secret == {key for key in new if key.endswith(("Key", "Token"))}


def test_inputs_may_be_outputs():
    """A key may come from a stack's secrets, or from another resource."""
    inputs, secret = registered(
        access_key=lambda: pulumi.Output.from_input("id"),
        secret_key=lambda: pulumi.Output.secret(MARK),
    )

    assert inputs["mediaconvert:secretKey"] == MARK
    assert {"mediaconvert:accessKey", "mediaconvert:secretKey"} <= secret


UNCLEAR = {
    "no secret": ({"access_key": MARK}, "access_key without secret_key; set both"),
    "no ID": ({"secret_key": MARK}, "secret_key without access_key; set both"),
    "a token alone": (
        {"security_token": MARK},
        "security_token without access_key and secret_key; set both",
    ),
    "both ways": (
        {"profile": "p", "access_key": MARK, "secret_key": MARK},
        "profile and access_key both set credentials; set only one of them",
    ),
    "empty keys": (
        {"access_key": "", "secret_key": " "},
        "access_key and secret_key: must not be empty",
    ),
    "an empty profile": ({"profile": ""}, "profile: must not be empty"),
}


@pytest.mark.parametrize(("stated", "text"), UNCLEAR.values(), ids=UNCLEAR)
def test_credentials_that_nobody_can_mean_end_the_program_in_one_line(stated, text):
    """Half a pair or an empty value must not lead to another account's credentials."""
    with pytest.raises(pulumi.RunError) as caught:
        MediaConvertProvider("second", **stated)

    assert str(caught.value).startswith(f'MediaConvertProvider "second": {text}')
    assert MARK not in str(caught.value)


def test_a_key_of_the_stack_that_nobody_reads_is_told_once(caplog):
    """A provider of its own sees what was copied alone, so the program says it."""
    odd = {"mediaconvert:pollMin": MARK, "alicloud-mediaconvert:region": MARK}
    pulumi.runtime.set_all_config(STACK | odd, [])

    registered()
    inputs, _ = registered()

    told = caplog.text
    for key in odd:
        assert told.count(f'"{key}"') == 1
    assert MARK not in told
    assert not odd.keys() & inputs.keys()


def test_a_profile_of_ours_is_copied_and_replaced_like_the_other(caplog):
    """`mediaconvert:profile` is a setting like the rest."""
    pulumi.runtime.set_all_config({"mediaconvert:profile": "ours"}, [])

    copied, _ = registered()
    replaced, _ = registered(profile="second")

    assert copied == {"mediaconvert:profile": "ours"}
    assert replaced == {"alicloud:profile": "second"}
    assert not caplog.records


def second(**inputs):
    """Declare a provider of ours."""
    return pulumi.ResourceOptions(provider=MediaConvertProvider("second", **inputs))


def within(opts):
    """Declare a component with a provider, and a resource in it."""
    parent = pulumi.ComponentResource("a:b:C", "parent", opts=opts)
    return pulumi.ResourceOptions(parent=parent)


OF_STACK = {
    *("mediaconvert:region", "mediaconvert:endpoint", "mediaconvert:waitTimeout"),
    "alicloud:profile",
}


@pytest.mark.parametrize(
    ("options", "settings"),
    [
        (lambda: None, OF_STACK | {*CREDENTIALS}),
        (second, OF_STACK),
        (lambda: within(second()), OF_STACK),
        (
            lambda: second(region=pulumi.Output.secret(MARK)),
            OF_STACK - {"mediaconvert:region"},
        ),
        (
            lambda: within(second(endpoint=pulumi.Output.from_input(MARK))),
            OF_STACK - {"mediaconvert:endpoint"},
        ),
        (
            lambda: pulumi.ResourceOptions(
                provider=pulumi.ProviderResource("pulumi-python", "own", {})
            ),
            set(),
        ),
    ],
    ids=["none", "ours", "of a parent", "a secret", "an output", "another"],
)
def test_a_resource_says_which_settings_are_not_secret(options, settings):
    """An error may quote these alone: a plugin gets all settings in clear."""
    engine = Recorder()

    def declare():
        MediaConvertJob("trailer", job_id="1", opts=options())

    with event_loop():
        pulumi.runtime.set_mocks(engine, monitor=Monitor(engine))
        pulumi.runtime.test(declare)()

    [job] = [one for one in engine.registered if one.name == "trailer"]
    assert set(job.inputs.get(OPEN_SETTINGS_KEY) or []) == settings
