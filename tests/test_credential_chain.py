"""The places of the official tools, in their order: what is said where none helps."""

import logging
import os
import subprocess
import sys
from contextlib import ExitStack

import pytest

from credentials import (
    MARK,
    PROFILES,
    no_credentials,
    refused,
    write_ini,
    write_profiles,
)
from loopback import closed_port, http_answer, listening
from pulumi_alicloud_mediaconvert.access.credential_chain import (
    SourcesReader,
    default_chain,
)
from pulumi_alicloud_mediaconvert.errors import ConfigurationError


@pytest.fixture
def uri_that_answers():
    """Serve one answer on loopback, or listen nowhere; give the address."""
    with ExitStack() as servers:

        def served(answer):
            if answer is None:
                address = closed_port()
            else:
                address = servers.enter_context(listening(http_answer(*answer)))
            # A token in an address must not be logged.
            return f"http://{address}/?token={MARK}"

        yield served


@pytest.mark.anyio
async def test_no_credentials_is_one_line_naming_every_source(tmp_path):
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
        "no credentials: tried alicloud:accessKey, mediaconvert:profile,"
        " alicloud:profile (not set), mediaconvert:accessKey (empty),"
        " ALIBABA_CLOUD_ACCESS_KEY_ID (empty), OIDC"
        " (ALIBABA_CLOUD_OIDC_TOKEN_FILE not"
        " set; ALIBABA_CLOUD_OIDC_PROVIDER_ARN empty),"
        f" {tmp_path}/.aliyun/config.json (no such file),"
        f" {tmp_path}/.alibabacloud/credentials.ini (no such file),"
        " the role of an ECS instance (switched off by"
        " ALIBABA_CLOUD_ECS_METADATA_DISABLED), a credentials URI"
        " (ALIBABA_CLOUD_CREDENTIALS_URI not set)."
        " Set one of these, or run `aliyun configure`."
    )


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (
            (403, f'{{"Code": "NoPermission", "Message": "{MARK}"}}'),
            "refused with NoPermission",
        ),
        ((502, f"<html>{MARK}</html>"), "refused with HTTP 502"),
        ((200, MARK), "its response is not JSON"),
        (
            (200, f'{{"Code": "Success", "AccessKeyId": "{MARK}"}}'),
            "it gives no credentials",
        ),
        (None, "no response"),
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
async def test_the_source_that_gave_credentials_is_stayed_with(tmp_path):
    """The official chain remembers what it used; another account must not slip in."""
    write_profiles(tmp_path, PROFILES)
    environ = {
        "HOME": str(tmp_path),
        "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true",
    }
    reader = SourcesReader(lambda: default_chain(environ), no_credentials)

    first = reader.read()
    (tmp_path / ".aliyun" / "config.json").unlink()
    write_ini(
        tmp_path,
        "[default]\ntype = access_key\naccess_key_id = x\naccess_key_secret = y\n",
    )

    assert reader.read() == first

    reader.forget()
    with pytest.raises(
        ConfigurationError, match=r"are no longer available: .*config\.json \("
    ) as lost:
        reader.read()
    # What will not change must not keep a wait going.
    assert type(lost.value) is ConfigurationError


COMPARE_CHAINS = """
import os
from alibabacloud_credentials.provider import DefaultCredentialsProvider
from loopback import closed_port, http_answer, listening
from pulumi_alicloud_mediaconvert.access.credential_chain import default_chain

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
