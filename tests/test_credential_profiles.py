"""Profiles and files of credentials: which is used, and why another is not."""

import pytest

from credentials import ENVIRONMENT, MARK, PROFILES, refused, write_ini, write_profiles
from pulumi_alicloud_mediaconvert.access.credentials import Credentials
from pulumi_alicloud_mediaconvert.access.settings import read_settings


@pytest.fixture
def home(tmp_path):
    """A home with a few profiles of the aliyun CLI."""
    write_profiles(tmp_path, PROFILES)
    return tmp_path


@pytest.mark.anyio
@pytest.mark.parametrize(
    "config",
    [
        {"alicloud:profile": "temporary"},
        {"mediaconvert:profile": " temporary\n"},
        {"mediaconvert:profile": "temporary", "alicloud:profile": "default"},
        {
            "mediaconvert:profile": "temporary",
            "alicloud:accessKey": "theirs",
            "alicloud:secretKey": MARK,
        },
    ],
    ids=["alicloud", "ours", "ours before alicloud", "ours before alicloud's keys"],
)
async def test_named_profile_comes_before_the_environment(home, config):
    """The profile that the stack names is used, with its token."""
    source = read_settings(config, {**ENVIRONMENT, "HOME": str(home)}).credentials()

    found = await source.get()

    assert found == Credentials("STS.profile", MARK, "token")


@pytest.mark.anyio
@pytest.mark.parametrize("mode", ["AK", "StsToken", "RamRoleArn"])
@pytest.mark.parametrize("missing", ["access_key_id", "access_key_secret"])
async def test_half_a_pair_in_a_profile_is_not_filled_up(tmp_path, mode, missing):
    """What a profile lacks is named, and not taken from the environment's key."""
    whole = {
        "access_key_id": "profile",
        "access_key_secret": MARK,
        "sts_token": MARK,
        "ram_role_arn": "acs:ram::1:role/x",
    }
    profile = {**whole, "name": "ci", "mode": mode, missing: ""}
    write_profiles(tmp_path, {"profiles": [profile]})

    line = await refused(
        {"alicloud:profile": "ci"}, {**ENVIRONMENT, "HOME": str(tmp_path)}
    )

    assert f'(profile "ci" lacks {missing}).' in line


PROFILE_TROUBLE = {
    "absent": ({"profiles": []}, 'it has no profile "ci"'),
    "unknown mode": (
        {"profiles": [{"name": "ci", "mode": MARK}]},
        "the library does not support its mode",
    ),
    "no JSON": (f"{{{MARK}", "it is not JSON"),
    "no list": ({"profiles": 7, "secret": MARK}, "it gives no credentials"),
    "circle": (
        {
            "profiles": [
                {
                    "name": "ci",
                    "mode": "ChainableRamRoleArn",
                    "source_profile": "ci",
                    "ram_role_arn": "acs:ram::1:role/x",
                }
            ]
        },
        "it gives no credentials",
    ),
    "no file": (None, "no such file"),
    "odd key": (
        {
            "profiles": [
                {
                    "name": "ci",
                    "mode": "AK",
                    "access_key_id": f"{MARK} x",
                    "access_key_secret": MARK,
                }
            ]
        },
        "the access key's ID is empty or contains characters",
    ),
}


@pytest.mark.anyio
@pytest.mark.parametrize("key", ["alicloud:profile", "mediaconvert:profile"])
@pytest.mark.parametrize(
    ("content", "why"), PROFILE_TROUBLE.values(), ids=PROFILE_TROUBLE
)
async def test_a_profile_that_gives_nothing_says_which_where_and_why(
    tmp_path, key, content, why
):
    """One line names the setting, the profile, the file and what is wrong with it."""
    if content is not None:
        write_profiles(tmp_path, content)

    line = await refused({key: "ci"}, {"HOME": str(tmp_path)})

    file = tmp_path / ".aliyun" / "config.json"
    assert line.startswith(f'{key}: no credentials from the profile "ci": tried ')
    assert f"{file} ({why}" in line
    assert "aliyun configure list" in line


@pytest.mark.anyio
async def test_a_profile_that_is_switched_off_says_so(home):
    """The switch of the official tools for profiles counts here too."""
    off = {"HOME": str(home), "ALIBABA_CLOUD_CLI_PROFILE_DISABLED": "true"}

    line = await refused({"alicloud:profile": "default"}, off)

    assert "switched off by ALIBABA_CLOUD_CLI_PROFILE_DISABLED" in line


@pytest.mark.anyio
async def test_a_profile_that_the_environment_names_must_exist(home):
    """Both files are looked at for it, and named."""
    write_ini(home, "[default]\ntype = access_key\n")

    line = await refused({}, {"HOME": str(home), "ALIBABA_CLOUD_PROFILE": "absent"})

    assert 'config.json (it has no profile "absent")' in line
    assert "credentials.ini (it has no such section)" in line


@pytest.mark.anyio
async def test_half_a_pair_in_a_file_of_credentials_is_named(tmp_path):
    """A section without its secret is no credentials, and says what it lacks."""
    write_ini(tmp_path, "[default]\ntype = access_key\naccess_key_id = x\n")

    line = await refused({}, {"HOME": str(tmp_path)})

    assert 'credentials.ini (section "default" lacks access_key_secret)' in line
