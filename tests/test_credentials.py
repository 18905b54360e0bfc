"""What credentials there are, in which order, and what is said where there are none."""

import json
import logging
import os
import pickle
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pulumi_alicloud_mediaconvert.access.chain import PlacesReader, default_chain
from pulumi_alicloud_mediaconvert.access.credentials import Credentials
from pulumi_alicloud_mediaconvert.access.settings import read_settings
from pulumi_alicloud_mediaconvert.errors import ConfigurationError

MARK = "MARKEDSECRET"

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
    ],
}


def write_profiles(home, content):
    """Write profiles of the aliyun CLI, or what stands in their place."""
    file = home / ".aliyun" / "config.json"
    file.parent.mkdir()
    file.write_text(content if isinstance(content, str) else json.dumps(content))


def write_ini(home, content):
    """Write a file of credentials."""
    file = home / ".alibabacloud" / "credentials.ini"
    file.parent.mkdir()
    file.write_text(content)


@pytest.fixture
def home(tmp_path):
    """A home with a few profiles of the aliyun CLI."""
    write_profiles(tmp_path, PROFILES)
    return tmp_path


@pytest.fixture
def uri_that_answers():
    """Serve one answer on loopback; give the address."""
    servers = []

    def served(answer):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                status, body = answer
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_args):
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        # A token in an address must not be logged.
        address = f"http://127.0.0.1:{server.server_port}/?token={MARK}"
        if answer is None:
            server.server_close()
            return address
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return address

    yield served
    for server in servers:
        server.shutdown()
        server.server_close()


async def refused(config, environ):
    """Ask in vain, with no metadata service; give the one line of the error."""
    known = {"ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true", **environ}

    with pytest.raises(ConfigurationError) as caught:
        await read_settings(config, known).credentials().get()

    line = str(caught.value)
    assert line.isprintable()
    assert MARK not in line
    assert caught.value.__cause__ is None
    return line


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
        "the library does not know its mode",
    ),
    "no JSON": (f"{{{MARK}", "it is no JSON"),
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
        "the access key's ID is empty or holds characters",
    ),
}


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("content", "why"), PROFILE_TROUBLE.values(), ids=PROFILE_TROUBLE
)
async def test_a_profile_that_gives_nothing_says_which_where_and_why(
    tmp_path, content, why
):
    """One line names the setting, the profile, the file and what is wrong with it."""
    if content is not None:
        write_profiles(tmp_path, content)

    line = await refused({"alicloud:profile": "ci"}, {"HOME": str(tmp_path)})

    file = tmp_path / ".aliyun" / "config.json"
    assert line.startswith('no credentials: alicloud:profile names "ci", looked at ')
    assert f"{file} ({why}" in line
    assert "aliyun configure list" in line


@pytest.mark.anyio
async def test_a_profile_that_is_switched_off_says_so(home):
    """The switch of the official tools for profiles counts here too."""
    off = {"HOME": str(home), "ALIBABA_CLOUD_CLI_PROFILE_DISABLED": "true"}

    line = await refused({"alicloud:profile": "default"}, off)

    assert "switched off by ALIBABA_CLOUD_CLI_PROFILE_DISABLED" in line


@pytest.mark.anyio
async def test_no_credentials_is_one_line_naming_every_place(tmp_path):
    """Without credentials one line says of every place why it gave none."""
    line = await refused(
        {"mediaconvert:accessKey": " "},
        {
            "HOME": str(tmp_path),
            "ALIBABA_CLOUD_ACCESS_KEY_ID": "",
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "",
            "ALIBABA_CLOUD_ROLE_ARN": "acs:ram::1:role/x",
            "ALIBABA_CLOUD_OIDC_PROVIDER_ARN": "",
        },
    )

    assert line == (
        "no credentials: looked at configuration (alicloud:accessKey,"
        " alicloud:profile not set; mediaconvert:accessKey empty), environment"
        " (ALIBABA_CLOUD_ACCESS_KEY_ID empty), OIDC (ALIBABA_CLOUD_OIDC_TOKEN_FILE not"
        " set; ALIBABA_CLOUD_OIDC_PROVIDER_ARN empty),"
        f" {tmp_path}/.aliyun/config.json (no such file),"
        f" {tmp_path}/.alibabacloud/credentials.ini (no such file),"
        " the role of an ECS instance (switched off by"
        " ALIBABA_CLOUD_ECS_METADATA_DISABLED), a credentials URI"
        " (ALIBABA_CLOUD_CREDENTIALS_URI not set)."
        " Set one of these, or run `aliyun configure`."
    )


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


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (
            (403, f'{{"Code": "NoPermission", "Message": "{MARK}"}}'),
            "refused with NoPermission",
        ),
        ((502, f"<html>{MARK}</html>"), "refused with HTTP 502"),
        ((200, MARK), "its answer is no JSON"),
        (
            (200, f'{{"Code": "Success", "AccessKeyId": "{MARK}"}}'),
            "it gives no credentials",
        ),
        (None, "no answer"),
    ],
    ids=["vendor's code", "status", "no JSON", "a part", "nobody there"],
)
async def test_a_service_that_refuses_is_named_without_its_words(  # noqa: PLR0913, PLR0917  # a table
    tmp_path, uri_that_answers, caplog, capfd, answer, why
):
    """Answers of services may repeat keys: only a code or a status is shown."""
    caplog.set_level(logging.DEBUG)
    address = uri_that_answers(answer)

    line = await refused(
        {}, {"HOME": str(tmp_path), "ALIBABA_CLOUD_CREDENTIALS_URI": address}
    )

    assert f"a credentials URI ({why})" in line
    assert MARK not in caplog.text + "".join(capfd.readouterr())


@pytest.mark.anyio
async def test_the_library_is_quiet_for_our_looks_alone(tmp_path, caplog, capfd):
    """What a program itself does with the library is logged as ever."""
    await refused({}, {"HOME": str(tmp_path)})
    assert not caplog.text
    capfd.readouterr()

    logging.getLogger("credentials").warning("the program's own")

    assert "the program's own" in caplog.text


@pytest.mark.anyio
async def test_the_place_that_gave_credentials_is_stayed_with(home):
    """The official chain remembers what it used; another account must not slip in."""
    environ = {
        "HOME": str(home),
        "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true",
    }
    reader = PlacesReader(lambda: default_chain(environ), "looked at", "")

    first = reader.read()
    (home / ".aliyun" / "config.json").unlink()
    write_ini(
        home,
        "[default]\ntype = access_key\naccess_key_id = x\naccess_key_secret = y\n",
    )

    assert reader.read() == first

    reader.forget()
    with pytest.raises(
        ConfigurationError, match=r"any more: .*config\.json \("
    ) as lost:
        reader.read()
    # What will not change must not keep a wait going.
    assert type(lost.value) is ConfigurationError


COMPARE_CHAINS = """
import os
from alibabacloud_credentials.provider import DefaultCredentialsProvider
from pulumi_alicloud_mediaconvert.access.chain import default_chain

def kind(provider):
    return next(
        one.__name__
        for one in type(provider).__mro__
        if one.__module__.startswith("alibabacloud_credentials")
    )

theirs = vars(DefaultCredentialsProvider())
[chain] = [value for name, value in theirs.items() if name.endswith("providers_chain")]
print(*map(kind, chain))
print(*(kind(place.make()) for place in default_chain(os.environ)))
"""


def test_the_chain_is_the_official_one(tmp_path):
    """The library's own chain has the same places in the same order."""
    run = subprocess.run(  # our own words
        [sys.executable, "-c", COMPARE_CHAINS],
        env={
            "HOME": str(tmp_path),
            "PYTHONPATH": os.pathsep.join(sys.path),
            "ALIBABA_CLOUD_ROLE_ARN": "a",
            "ALIBABA_CLOUD_OIDC_PROVIDER_ARN": "b",
            "ALIBABA_CLOUD_OIDC_TOKEN_FILE": "c",
            "ALIBABA_CLOUD_CREDENTIALS_URI": "http://127.0.0.1:1",
        },
        capture_output=True,
        text=True,
        check=True,
    )

    theirs, ours = run.stdout.splitlines()
    assert theirs == f"EnvironmentVariableCredentialsProvider {ours}"
