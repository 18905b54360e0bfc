"""Keys in configuration and environment: which are used, and that nobody sees them."""

import pickle

import pytest

from credentials import ENVIRONMENT, MARK
from pulumi_alicloud_mediaconvert.access.credentials import Credentials
from pulumi_alicloud_mediaconvert.access.settings import read_settings
from pulumi_alicloud_mediaconvert.errors import ConfigurationError


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("config", "environ", "key_id", "token"),
    [
        (
            {
                "mediaconvert:accessKey": "ours",
                "mediaconvert:secretKey": MARK,
                "mediaconvert:securityToken": "token",
                "alicloud:accessKey": "theirs",
                "alicloud:secretKey": MARK,
            },
            ENVIRONMENT,
            "ours",
            "token",
        ),
        (
            {
                "mediaconvert:accessKey": " ",
                "alicloud:accessKey": " theirs\n",
                "alicloud:secretKey": MARK,
                "alicloud:profile": "default",
            },
            ENVIRONMENT,
            "theirs",
            None,
        ),
        (
            {
                "mediaconvert:accessKey": "ours",
                "mediaconvert:secretKey": MARK,
                "mediaconvert:profile": "default",
            },
            ENVIRONMENT,
            "ours",
            None,
        ),
        ({}, ENVIRONMENT, "environment", None),
    ],
    ids=[
        "mediaconvert before alicloud",
        "alicloud before profile",
        "mediaconvert before its profile",
        "environment",
    ],
)
async def test_first_set_of_keys_wins(config, environ, key_id, token):
    """Each set of keys stands for itself; the first with anything in it counts."""
    found = await read_settings(config, environ).credentials().get()

    assert found == Credentials(key_id, MARK, token)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("config", "environ", "missing"),
    [
        ({"mediaconvert:accessKey": "id"}, ENVIRONMENT, "mediaconvert:secretKey"),
        ({"mediaconvert:secretKey": MARK}, {}, "mediaconvert:accessKey"),
        (
            {"alicloud:accessKey": "id", "alicloud:secretKey": " "},
            ENVIRONMENT,
            "alicloud:secretKey",
        ),
        (
            {"alicloud:securityToken": MARK},
            ENVIRONMENT,
            "alicloud:accessKey and alicloud:secretKey",
        ),
        (
            {},
            {"ALIBABA_CLOUD_ACCESS_KEY_ID": "id"},
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        ),
        (
            {},
            {"ALIBABA_CLOUD_ACCESS_KEY_SECRET": MARK},
            "ALIBABA_CLOUD_ACCESS_KEY_ID",
        ),
    ],
    ids=[
        "no secret",
        "no ID",
        "empty secret",
        "token alone",
        "no secret in the environment",
        "no ID in the environment",
    ],
)
async def test_half_a_key_pair_is_an_error_at_once(config, environ, missing):
    """Half a pair names its missing half instead of a look further on."""
    source = read_settings(config, environ).credentials()

    with pytest.raises(
        ConfigurationError, match=f"is set without {missing}:"
    ) as caught:
        await source.get()

    assert MARK not in str(caught.value)


@pytest.mark.parametrize("part", [f"{MARK} x", f"{MARK}\nx", f"„{MARK}“", ""])
def test_key_that_cannot_be_sent_is_refused_unseen(part):
    """A key with blanks or odd characters is refused, and not quoted."""
    with pytest.raises(ConfigurationError, match="access key's ID") as caught:
        Credentials(part, "secret")

    assert MARK not in str(caught.value)


def test_credentials_are_not_shown_and_not_pickled():
    """Neither a log nor a state file gets to see a key."""
    credentials = Credentials(f"{MARK}1", f"{MARK}2", f"{MARK}3")

    assert MARK not in f"{credentials!r} {credentials}"
    with pytest.raises(TypeError):
        pickle.dumps(credentials)
