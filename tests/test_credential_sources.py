"""Each place of credentials, read through the official library on loopback.

Every case is a process of its own, as a plugin is one. OIDC and STS speak https to
fixed hosts, which a proxy plays (`tls_proxy`); the metadata of ECS has a fixed address,
which a proxy is asked for; files lie in a home of their own; a URI is what it is.
"""

import json
import os
import subprocess
import sys

import pytest

from credentials import OIDC_PROVIDER_ARN, ROLE_ARN, URI_PATH, TokenServices
from jobs import JOB_ID
from loopback import TlsProxy
from pulumi_alicloud_mediaconvert.emulator import scripts

MARK = "MARKEDSECRET"
LOOK = f"""
import asyncio, json, os, sys, threading
from pulumi_alicloud_mediaconvert.api.client import ImsClient
from pulumi_alicloud_mediaconvert.errors import ProviderError
from pulumi_alicloud_mediaconvert.access.settings import read_settings

async def look():
    settings = read_settings(json.loads(sys.argv[1]), os.environ)
    async with ImsClient(settings.credentials()) as client:
        where = settings.endpoint("cn-shanghai")
        return await client.get_media_convert_job(
            "{JOB_ID}", region="cn-shanghai", endpoint=where
        )

try:
    print(asyncio.run(look()).state)
except ProviderError as error:
    print(error)
print(*(thread.name for thread in threading.enumerate()))
"""


@pytest.fixture
def services(api):
    """STS, metadata and a URI, whose keys the emulator knows."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    with TokenServices(api.add_credentials) as served:
        yield served


@pytest.fixture
def proxy(tmp_path, services):
    """The host of STS, on loopback."""
    folder = tmp_path / "proxy"
    folder.mkdir()
    ports = {
        "sts.aliyuncs.com": services.port,
        "sts.cn-beijing.aliyuncs.com": services.port,
    }
    with TlsProxy(folder, ports) as served:
        yield served


@pytest.fixture
def look(tmp_path, api, proxy):
    """Look at the job in a process of its own; give what it prints."""

    def looked(environ=None, config=None, files=None, **more):
        home = tmp_path / "home"
        for path, content in (files or {}).items():
            file = home / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content)
        variables = proxy.variables()
        paths = [variables.pop("PYTHONPATH"), *sys.path]
        stated = {"mediaconvert:endpoint": api.url, **(config or {})}
        return subprocess.run(  # our own words
            [sys.executable, "-c", LOOK, json.dumps(stated)],
            env={
                "HOME": str(home),
                "PATH": os.environ["PATH"],
                "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true",
                **variables,
                "PYTHONPATH": os.pathsep.join(paths),
                **(environ or {}),
            },
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
            **more,
        )

    return looked


def oidc(services, folder):
    """Give what makes a process trade a token of OIDC."""
    token = folder / "oidc-token"
    token.write_text(services.oidc_token)
    return {
        "ALIBABA_CLOUD_ROLE_ARN": ROLE_ARN,
        "ALIBABA_CLOUD_OIDC_PROVIDER_ARN": OIDC_PROVIDER_ARN,
        "ALIBABA_CLOUD_OIDC_TOKEN_FILE": str(token),
    }


def profiles(*stated, current="default"):
    """Write profiles of the aliyun CLI."""
    return {".aliyun/config.json": json.dumps({"current": current, "profiles": stated})}


AK = {"mode": "AK", "access_key_id": "testid", "access_key_secret": "testsecret"}
ROLE = {"mode": "RamRoleArn", "ram_role_arn": ROLE_ARN, "sts_region": "cn-beijing"}
ECS = {"ALIBABA_CLOUD_ECS_METADATA_DISABLED": "false"}


def assert_passed(run, api, key_id):
    """The job was read with that key, quietly, and no thread of the library is left."""
    state, threads = run.stdout.splitlines()
    assert (state, run.stderr) == ("Success", "")
    assert "APScheduler" not in threads
    [request] = api.requests
    assert request.access_key_id == key_id


def test_a_token_of_oidc_is_traded(look, api, services, proxy, tmp_path):
    """In CI a token of OIDC is traded at STS for a temporary key."""
    run = look(oidc(services, tmp_path))

    assert_passed(run, api, "STS.AssumeRoleWithOIDC1")
    assert proxy.hosts == ["sts.aliyuncs.com"]


def test_the_region_of_sts_can_be_chosen(look, api, services, proxy, tmp_path):
    """Where only one region is near, STS is asked there."""
    run = look({**oidc(services, tmp_path), "ALIBABA_CLOUD_STS_REGION": "cn-beijing"})

    assert_passed(run, api, "STS.AssumeRoleWithOIDC1")
    assert proxy.hosts == ["sts.cn-beijing.aliyuncs.com"]


PLAIN = {
    "current profile": profiles({"name": "default", **AK}),
    "ini file": {
        ".alibabacloud/credentials.ini": "[default]\ntype = access_key\n"
        "access_key_id = testid\naccess_key_secret = testsecret\n"
    },
}


@pytest.mark.parametrize("files", PLAIN.values(), ids=PLAIN)
def test_a_key_in_a_file_is_used(look, api, files):
    """The CLI's current profile and the file of credentials need no setting."""
    assert_passed(look(files=files), api, "testid")


def test_a_file_of_credentials_may_lie_elsewhere(look, api, tmp_path):
    """File and section are named by the environment."""
    file = tmp_path / "elsewhere.ini"
    file.write_text(
        "[ci]\ntype=access_key\naccess_key_id=testid\naccess_key_secret=testsecret\n"
    )
    names = {
        "ALIBABA_CLOUD_CREDENTIALS_FILE": str(file),
        "ALIBABA_CLOUD_PROFILE": "ci",
    }

    assert_passed(look(names), api, "testid")


STATED = {
    "assumes a role": ({"name": "ci", **AK, **ROLE}, "STS.AssumeRole1"),
    "chains a role": (
        {
            "name": "ci",
            **ROLE,
            "mode": "ChainableRamRoleArn",
            "source_profile": "default",
        },
        "STS.AssumeRole1",
    ),
    "runs a program": (
        {
            "name": "ci",
            "mode": "External",
            "process_command": f"{sys.executable} -c \"print('"
            '{\\"mode\\":\\"AK\\",\\"access_key_id\\":\\"testid\\",'
            '\\"access_key_secret\\":\\"testsecret\\"}'
            "')\"",
        },
        "testid",
    ),
}


@pytest.mark.parametrize(("profile", "key_id"), STATED.values(), ids=STATED)
def test_the_profile_that_a_stack_names_is_used(look, api, profile, key_id):
    """`alicloud:profile` names one of any mode, whatever the environment has."""
    files = profiles({"name": "default", **AK}, profile)
    other = {
        "ALIBABA_CLOUD_ACCESS_KEY_ID": "other",
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET": MARK,
    }

    run = look(other, {"alicloud:profile": "ci"}, files)

    assert_passed(run, api, key_id)


INSTANCE = {
    "by itself": ({}, {}, {}),
    "by a profile": (
        {"ALIBABA_CLOUD_IMDSV1_DISABLED": "true"},
        {"alicloud:profile": "ci"},
        profiles({"name": "ci", "mode": "EcsRamRole"}),
    ),
    "by a section": (
        {},
        {},
        {".alibabacloud/credentials.ini": "[default]\ntype = ecs_ram_role\n"},
    ),
}


@pytest.mark.parametrize(
    ("environ", "config", "files"), INSTANCE.values(), ids=INSTANCE
)
def test_an_instance_of_ecs_lends_its_role(  # noqa: PLR0913, PLR0917  # a table
    look, api, services, environ, config, files
):
    """On ECS the metadata service hands out keys, and no thread stays to renew them."""
    run = look({**ECS, **environ, "HTTP_PROXY": services.url}, config, files)

    assert_passed(run, api, "STS.metadata1")


def test_a_uri_hands_out_keys(look, api, services):
    """A service of one's own is the last place."""
    run = look({"ALIBABA_CLOUD_CREDENTIALS_URI": services.url + URI_PATH})

    assert_passed(run, api, "STS.uri1")


def test_a_certificate_that_is_not_trusted_is_named(look, api, services, tmp_path):
    """Behind a proxy the library trusts `certifi` alone: the line says what failed."""
    own_certifi = {"PYTHONPATH": os.pathsep.join(sys.path)}

    run = look({**oidc(services, tmp_path), **own_certifi})

    assert "OIDC (its certificate is not trusted)" in run.stdout
    assert run.stderr == ""
    assert not api.requests
