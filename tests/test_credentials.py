import json
import os
import pickle
import subprocess
import sys

import pytest

from pulumi_alicloud_mediaconvert.credentials import Credentials
from pulumi_alicloud_mediaconvert.errors import ConfigurationError
from pulumi_alicloud_mediaconvert.settings import read_settings

MARK = "MARKEDSECRET"

PRINT_KEY_ID = """
import asyncio, os
from pulumi_alicloud_mediaconvert.errors import ConfigurationError
from pulumi_alicloud_mediaconvert.settings import read_settings
try:
    found = asyncio.run(read_settings({}, os.environ).credentials().get())
    print(found.access_key_id)
except ConfigurationError as error:
    print(error)
"""

ENVIRONMENT = {
    "ALIBABA_CLOUD_ACCESS_KEY_ID": "environment",
    "ALIBABA_CLOUD_ACCESS_KEY_SECRET": MARK,
}

PROFILES = {
    "current": "default",
    "profiles": [
        {
            "name": "default",
            "mode": "AK",
            "access_key_id": "profile",
            "access_key_secret": MARK,
        },
        {
            "name": "temporary",
            "mode": "StsToken",
            "access_key_id": "STS.profile",
            "access_key_secret": MARK,
            "sts_token": "token",
        },
        {"name": "odd", "mode": f"Unheard-of {MARK}"},
    ],
}


@pytest.fixture
def home(tmp_path):
    """A home with a few profiles of the aliyun CLI."""
    folder = tmp_path / ".aliyun"
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(PROFILES))
    return tmp_path


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
        ({}, ENVIRONMENT, "environment", None),
    ],
    ids=["mediaconvert before alicloud", "alicloud before profile", "environment"],
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


@pytest.mark.anyio
async def test_named_profile_comes_before_the_environment(home):
    """The profile that the stack names is used, with its token."""
    config = {"alicloud:profile": "temporary"}
    source = read_settings(config, {**ENVIRONMENT, "HOME": str(home)}).credentials()

    found = await source.get()

    assert found == Credentials("STS.profile", MARK, "token")


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("profile", "why"),
    [
        ("absent", 'names "absent" of .*config.json: it has no profile of that name'),
        ("odd", 'names "odd" of .*config.json: it gives no credentials'),
    ],
)
async def test_unusable_profile_says_which_and_where(home, profile, why):
    """A profile that gives nothing is named with its file, the library unquoted."""
    config = {"alicloud:profile": profile}
    source = read_settings(config, {"HOME": str(home)}).credentials()

    with pytest.raises(ConfigurationError, match=why) as caught:
        await source.get()

    assert MARK not in str(caught.value)


@pytest.mark.anyio
async def test_profile_without_a_file_says_so(tmp_path):
    """Where there is no file of profiles, the error says what makes one."""
    config = {"alicloud:profile": "default"}
    source = read_settings(config, {"HOME": str(tmp_path)}).credentials()

    with pytest.raises(ConfigurationError, match="no such file; run `aliyun configure"):
        await source.get()


def in_a_process(home):
    """Ask the official chain in a process of its own."""
    # The library reads its environment when it is imported; no metadata service.
    environ = {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true",
    }
    return subprocess.run(  # our own words
        [sys.executable, "-c", PRINT_KEY_ID],
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )


def test_official_chain_finds_the_current_profile(home):
    """Where nothing is stated, the official chain finds what the CLI would use."""
    run = in_a_process(home)

    assert (run.stdout, run.stderr) == ("profile\n", "")


def test_no_credentials_is_one_line_naming_every_place(tmp_path):
    """Without credentials there is one line with all places, and no traceback."""
    run = in_a_process(tmp_path)

    assert run.stdout.count("\n") == 1
    assert run.stderr == ""
    for place in (
        "mediaconvert:accessKey",
        "alicloud:accessKey",
        "alicloud:profile",
        "ALIBABA_CLOUD_ACCESS_KEY_ID",
        "OIDC",
        "~/.aliyun/config.json",
        "~/.alibabacloud/credentials.ini",
        "ECS",
        "ALIBABA_CLOUD_CREDENTIALS_URI",
    ):
        assert place in run.stdout
