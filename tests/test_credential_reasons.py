"""A place of credentials gives some or says why not; the others are asked anyway."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credentials import MARK, no_credentials, refused
from loopback import closed_port, http_answer, listening
from pulumi_alicloud_mediaconvert.access.credential_chain import (
    CLI_PROFILES,
    INI_PROFILES,
    SourcesReader,
    default_chain,
)
from pulumi_alicloud_mediaconvert.access.credentials import Credentials
from pulumi_alicloud_mediaconvert.errors import ConfigurationError

GIVEN = {
    "Code": "Success",
    "AccessKeyId": "STS.uri",
    "AccessKeySecret": "secret",
    "SecurityToken": "token",
    "Expiration": "2999-01-01T00:00:00Z",
}
NO_METADATA = {"ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true"}
FILES = (CLI_PROFILES, INI_PROFILES)


@pytest.fixture
def uri() -> Iterator[str]:
    """Serve keys at an address, the last of all places."""
    with listening(http_answer(200, json.dumps(GIVEN))) as address:
        yield f"http://{address}/"


def read(environ: dict[str, str]) -> Credentials:
    """Ask all places."""
    known = {**NO_METADATA, **environ}
    return SourcesReader(lambda: default_chain(known), no_credentials).read()


def as_folder(file: Path) -> None:
    """Make a folder of a file."""
    file.mkdir()


def as_link_to_itself(file: Path) -> None:
    """Make a link that leads nowhere."""
    file.symlink_to(file)


def holding(content: bytes):
    """Make a file of these bytes."""
    return lambda file: file.write_bytes(content)


ODD_FILES = {
    "a folder": (as_folder, "it is not a regular file"),
    "a pipe": (os.mkfifo, "it is not a regular file"),
    "a device": (lambda file: file.symlink_to("/dev/zero"), "it is not a regular file"),
    "a circle of links": (as_link_to_itself, "too many levels of symbolic links"),
    "huge": (holding(b" " * (2**20 + 1)), "it is larger than 1 MiB"),
    "binary": (holding(bytes(range(128, 256))), "it is not UTF-8 text"),
    "UTF-16": (holding('{"a": 1}'.encode("utf-16")), "it is not UTF-8 text"),
}
ODD_PROFILES = {
    "empty": (b"", "it is not JSON"),
    "nested too deeply": (b"[" * 100_000, "it is not JSON"),
    "half": (b'{"profiles": [{"name": "', "it is not JSON"),
    "a list": (b"[]", "it is JSON, but not an object"),
    "a text": (b'"AK"', "it is JSON, but not an object"),
    "nothing": (b"{}", "it names no current profile"),
    "null": (b'{"current": null, "profiles": null}', "it names no current profile"),
    "odd profiles": (b'{"current": "a", "profiles": [7, null]}', "it has no profile"),
    "odd name": (b'{"current": {}, "profiles": [{"name": 7}]}', "no current profile"),
    "a circle": (
        json.dumps(
            {
                "current": "a",
                "profiles": [
                    {
                        "name": name,
                        "mode": "ChainableRamRoleArn",
                        "source_profile": source,
                        "ram_role_arn": "acs:ram::1:role/x",
                    }
                    for name, source in (("a", "b"), ("b", "a"))
                ],
            }
        ).encode(),
        "a circle",
    ),
}
ODD_SECTIONS = {
    "no sections": (b"type = access_key\n", "it is not an INI file"),
    "twice": (b"[default]\n[default]\n", "it is not an INI file"),
    "empty": (b"", "it has no such section"),
    "half": (b"[default]\ntype = oidc_role_arn\n", 'section "default" lacks'),
    "odd per cent": (b"[default]\ntype = %(x\n", "it is not an INI file"),
}
ODD = [
    *(
        pytest.param(name, make, why, id=f"{name} {label}")
        for name in FILES
        for label, (make, why) in ODD_FILES.items()
    ),
    *(
        pytest.param(name, holding(content), why, id=f"{name} {label}")
        for name, table in zip(FILES, (ODD_PROFILES, ODD_SECTIONS), strict=True)
        for label, (content, why) in table.items()
    ),
]


@pytest.mark.anyio
@pytest.mark.parametrize(("name", "make", "why"), ODD)
async def test_a_file_that_gives_nothing_says_why_and_the_next_source_is_asked(
    tmp_path, uri, name, make, why
):
    """Whatever lies where profiles may be, it is told by its path and its trouble."""
    file = tmp_path / name
    file.parent.mkdir()
    make(file)
    home = {"HOME": str(tmp_path)}

    line = await refused({}, home)

    assert f"{file} (" in line
    assert why in line.partition(f"{file} (")[2]
    found = read({**home, "ALIBABA_CLOUD_CREDENTIALS_URI": uri})
    assert found.access_key_id == "STS.uri"


@pytest.mark.anyio
async def test_a_home_that_is_a_file_has_no_profiles(tmp_path, uri):
    """No place fails because of it."""
    home = tmp_path / "home"
    home.write_text("")

    assert "config.json (no such file)" in await refused({}, {"HOME": str(home)})
    found = read({"HOME": str(home), "ALIBABA_CLOUD_CREDENTIALS_URI": uri})
    assert found.access_key_id == "STS.uri"


@pytest.mark.anyio
async def test_a_token_of_oidc_that_is_not_there_is_named(tmp_path, uri):
    """The file that holds it is said, and the next place asked."""
    token = tmp_path / "absent-token"
    environ = {
        "HOME": str(tmp_path),
        "ALIBABA_CLOUD_ROLE_ARN": "acs:ram::1:role/x",
        "ALIBABA_CLOUD_OIDC_PROVIDER_ARN": "acs:ram::1:oidc-provider/x",
        "ALIBABA_CLOUD_OIDC_TOKEN_FILE": str(token),
    }

    line = await refused({}, environ)

    assert f"OIDC (no such file or directory: {token})" in line
    found = read({**environ, "ALIBABA_CLOUD_CREDENTIALS_URI": uri})
    assert found.access_key_id == "STS.uri"


def command(text: str) -> dict[str, object]:
    """Write a profile whose keys a command prints."""
    return {"mode": "External", "process_command": text}


def shell(script: str, *arguments: str) -> dict[str, object]:
    """Write a profile whose keys a script prints."""
    words = " ".join(f"'{one}'" for one in ("sh", "-c", script, "sh", *arguments))
    return command(words)


LOGIN = {
    "cloud_sso_sign_in_url": "https://sso.example",
    "cloud_sso_account_id": "1",
    "cloud_sso_access_config": "x",
}
FAILING = {
    "exit code": (
        shell("echo first >&2; echo no such vault >&2; exit 3"),
        'its command ended with exit code 3: "no such vault"',
    ),
    "exit code without a word": (shell("exit 4"), "its command ended with exit code 4"),
    "what it was told": (
        shell(
            'echo "cannot use $1, $2 and ${3#*=}" >&2; exit 5',
            MARK,
            "x" + MARK,
            "--key=" + MARK,
        ),
        'exit code 5: "cannot use ***, *** and ***"',
    ),
    "keys on stdout": (shell(f"echo {MARK}; exit 6"), "exit code 6"),
    "odd bytes": (shell(r"printf \\377\\033 >&2; exit 7"), "exit code 7"),
    "signal": (shell("kill -9 $$"), "its command ended with signal 9"),
    "not found": (command("/absent/program x"), "cannot be run: no such file"),
    "not a program": (command("/etc/passwd x"), "cannot be run: permission denied"),
    "an open quote": (command(f'x "{MARK}'), "a quote is not closed"),
    "blank": (command("  "), "its command cannot be run"),
    "garbage": (shell(f"echo {MARK}"), "its command printed no credentials"),
    "nothing": (shell("true"), "its command printed no credentials"),
    "other JSON": (shell("echo 7"), "its command printed no credentials"),
    "half": (
        shell('echo "{\\"access_key_id\\": \\"x\\"}"'),
        "its command printed no credentials",
    ),
    "login expired": (
        {
            "mode": "CloudSSO",
            **LOGIN,
            "access_token": MARK,
            "cloud_sso_access_token_expire": 1,
        },
        'the login of profile "ci" has expired; log in again',
    ),
    "no login": ({"mode": "CloudSSO", **LOGIN}, "log in again"),
    "odd login": (
        {
            "mode": "CloudSSO",
            **LOGIN,
            "access_token": MARK,
            "cloud_sso_access_token_expire": "soon",
        },
        "log in again",
    ),
    "half a login": (
        {"mode": "CloudSSO", "access_token": MARK},
        'profile "ci" lacks cloud_sso_sign_in_url',
    ),
    "half of OIDC": (
        {"mode": "OIDC", "ram_role_arn": "x"},
        'profile "ci" lacks oidc_provider_arn and oidc_token_file',
    ),
}


@pytest.mark.anyio
@pytest.mark.parametrize(("profile", "why"), FAILING.values(), ids=FAILING)
async def test_a_profile_that_cannot_be_used_says_what_to_do(tmp_path, profile, why):
    """A command is told by how it ended and its last line, never by its arguments."""
    file = tmp_path / CLI_PROFILES
    file.parent.mkdir()
    file.write_text(json.dumps({"profiles": [{"name": "ci", **profile}]}))

    line = await refused({"alicloud:profile": "ci"}, {"HOME": str(tmp_path)})

    assert why in line
    assert line.count("config.json") == 1


def test_a_command_leaves_the_profiles_as_they_are(tmp_path):
    """The keys that it prints are written nowhere."""
    file = tmp_path / CLI_PROFILES
    file.parent.mkdir()
    printed = json.dumps({"access_key_id": "x", "access_key_secret": "y"})
    stated = {"name": "ci", **shell(f"echo {json.dumps(printed)}")}
    before = json.dumps({"current": "ci", "profiles": [stated]})
    file.write_text(before)

    found = read({"HOME": str(tmp_path)})

    assert found == Credentials("x", "y")
    assert file.read_text() == before
    assert [*file.parent.iterdir()] == [file]


PROFILE_KEYS = st.sampled_from(
    [
        *("access_key_id", "access_key_secret", "sts_token", "ram_role_arn"),
        *("ram_role_name", "oauth_site_type", "expired_seconds"),
        *("cloud_sso_sign_in_url", "cloud_sso_account_id", "cloud_sso_access_config"),
        *("access_token", "cloud_sso_access_token_expire", "oidc_provider_arn"),
    ]
)
MODES = st.sampled_from(
    [
        *("AK", "StsToken", "RamRoleArn", "ChainableRamRoleArn", "External", "OIDC"),
        *("CloudSSO", "OAuth", "EcsRamRole", "Credentials", "RsaKeyPair"),
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", MARK, "a", "b"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(PROFILE_KEYS, inner),
    max_leaves=4,
)
# A name is no secret, and is quoted.
NAMES = st.sampled_from(["a", "b", "", None, 1, ["a"]])
PROFILE = st.builds(
    lambda stated, name, mode, source: {
        **stated,
        "name": name,
        "mode": mode,
        "source_profile": source,
    },
    st.dictionaries(PROFILE_KEYS, VALUES),
    NAMES,
    MODES | VALUES,
    NAMES,
)
CONFIG = st.fixed_dictionaries(
    {"current": NAMES},
    optional={"profiles": st.lists(PROFILE | VALUES, max_size=3) | VALUES},
)


@pytest.fixture(scope="module")
def nobody():
    """Let whatever the library asks over the network fail at once."""
    with pytest.MonkeyPatch.context() as patched:
        for name in ("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"):
            patched.setenv(name, f"http://{closed_port()}")
        yield


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    profiles=CONFIG.map(json.dumps) | st.text(max_size=20),
    sections=st.text(max_size=40) | st.just("[default]\ntype = access_key\n"),
)
def test_no_content_of_any_file_is_more_than_a_reason(
    tmp_path, nobody, profiles, sections
):
    """Whatever files hold: credentials, or one line that names every place."""
    del nobody
    for name, content in zip(FILES, (profiles, sections), strict=True):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(content, "utf-8", "replace")

    try:
        read({"HOME": str(tmp_path)})
    except ConfigurationError as error:
        line = str(error)
        assert line.isprintable()
        assert MARK not in line
        assert all(str(tmp_path / name) in line for name in FILES)


AS_A_STRANGER = """
import os, pwd
from pulumi_alicloud_mediaconvert.access import alibabacloud_chain
from pulumi_alicloud_mediaconvert.access.credential_chain import (
    SourcesReader, default_chain
)
from pulumi_alicloud_mediaconvert.errors import ConfigurationError

def refused(tried):
    return ConfigurationError("no credentials", tried=tried)

def read():
    return SourcesReader(lambda: default_chain(os.environ), refused).read()

try:
    # What the library imports late may be nothing that a stranger can read.
    read()
except Exception:
    pass
if os.geteuid() == 0:
    # Nobody's number: of no user whom the system knows.
    os.setuid(54321)
else:
    # Such a user can only be played.
    del pwd.getpwuid
try:
    print(read())
except Exception as error:
    print(type(error).__name__, error)
"""


@pytest.fixture
def shared() -> Iterator[Path]:
    """Give a folder that others than its owner may see."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def as_a_stranger(**environ: str) -> str:
    """Ask all places, as a user whom the system does not know."""
    done = subprocess.run(  # our own words
        [sys.executable, "-c", AS_A_STRANGER],
        env={
            **NO_METADATA,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "PATH": os.environ["PATH"],
            **environ,
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stderr == ""
    return done.stdout


def test_without_a_home_the_other_sources_are_asked(uri):
    """A container whose user has no entry reads no profile, and says so."""
    line = as_a_stranger()

    assert line.startswith("ConfigurationError ")
    for name in FILES:
        assert f"~/{name} (the home directory is unknown: HOME is not set)" in line
    assert as_a_stranger(ALIBABA_CLOUD_CREDENTIALS_URI=uri).startswith("Credentials(")


def test_what_may_not_be_read_is_said_to_be_so(shared, uri):
    """Neither a file nor a folder without permission is one without credentials."""
    for name in FILES:
        file = shared / name
        file.parent.mkdir()
        file.write_text("{}")
    (shared / CLI_PROFILES).chmod(0)
    (shared / INI_PROFILES).parent.chmod(0)

    line = as_a_stranger(HOME=str(shared))
    found = as_a_stranger(HOME=str(shared), ALIBABA_CLOUD_CREDENTIALS_URI=uri)

    (shared / INI_PROFILES).parent.chmod(0o700)
    for name in FILES:
        assert f"{shared / name} (permission denied)" in line
    assert found.startswith("Credentials(")
