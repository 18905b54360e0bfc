"""Several accounts and regions in one stack, on the real engine."""

from __future__ import annotations

import json

import pytest
from languages import gate
from programs import JOB_ID
from terminal import error_lines

from credentials import OIDC_PROVIDER_ARN, ROLE_ARN, TokenServices
from loopback import TlsProxy
from pulumi_alicloud_mediaconvert.emulator import scripts

OTHER_ID = "f" * 32
SECOND = "LTAIsecondaccount"
KEY_VARIABLES = ("ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET")

TWO_ACCOUNTS = f"""
from pulumi_alicloud_mediaconvert import MediaConvertProvider

config = pulumi.Config("second")
second = MediaConvertProvider(
    "second",
    region="cn-beijing",
    access_key=config.require("accessKey"),
    secret_key=config.require("secretKey"),
)
MediaConvertJob("trailer", job_id="{JOB_ID}")
job = MediaConvertJob(
    "other", job_id="{OTHER_ID}", opts=pulumi.ResourceOptions(provider=second)
)
pulumi.export("region", job.region)
"""


def add_jobs(emulator, **regions):
    """Make the two jobs known, each where it was submitted."""
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly(), region=regions.get("first"))
    emulator.add_job(OTHER_ID, scripts.succeeds_cleanly(), region=regions.get("second"))


def test_two_accounts_serve_one_stack(stack, emulator, key_material):
    """A job that is given a provider is read by its account, in its region.

    Its keys are ciphertext in the state, and a rotation changes the provider alone.
    """
    secret = key_material["token"]
    emulator.add_credentials(SECOND, secret)
    add_jobs(emulator)
    stack.configure("second:accessKey", SECOND, secret=True)
    stack.configure("second:secretKey", secret, secret=True)
    stack.program(TWO_ACCOUNTS)

    run = stack.up(previews=True)

    assert run.code == 0, run.text
    asked = {request.job_id: request.access_key_id for request in emulator.requests}
    assert asked == {JOB_ID: key_material["id"], OTHER_ID: SECOND}
    assert stack.outputs()["region"] == "cn-beijing"
    state = json.dumps(stack.export())
    assert SECOND not in state
    assert secret not in state

    emulator.add_credentials(SECOND, key_material["secret"][::-1])
    stack.configure("second:secretKey", key_material["secret"][::-1], secret=True)
    run = stack.up()

    assert run.code == 0, run.text
    changed = {name for name, step in run.operations().items() if step != "same"}
    assert "second" in changed
    assert not changed & {"trailer", "other"}
    run = stack.refresh()
    assert run.code == 0, run.text


def test_rotated_keys_are_seen_by_an_up_and_not_by_a_plain_refresh(
    host_stack, emulator, key_material
):
    """A plain refresh with rotated keys fails in one line that names the cure."""
    stack = host_stack
    for name in KEY_VARIABLES:
        stack.variables.pop(name)
    emulator.add_job(JOB_ID, scripts.succeeds_cleanly())
    stack.configure("mediaconvert:accessKey", key_material["id"], secret=True)
    stack.configure("mediaconvert:secretKey", key_material["secret"], secret=True)
    stack.program(
        {
            "python": f'MediaConvertJob("trailer", job_id="{JOB_ID}")',
            "yaml": gate(jobId=JOB_ID),
        }
    )
    run = stack.up()
    assert run.code == 0, run.text
    before = stack.resources()["trailer"]["outputs"]

    emulator.add_credentials(key_material["id"], key_material["token"])
    stack.configure("mediaconvert:secretKey", key_material["token"], secret=True)
    run = stack.refresh()

    assert run.code != 0
    assert "Traceback" not in run.text
    [line] = {line for line in error_lines(run.text) if JOB_ID in line}
    assert "SignatureDoesNotMatch" in line
    assert "run `pulumi up` or `pulumi refresh --run-program`" in line
    assert stack.resources()["trailer"]["outputs"] == before

    run = stack.refresh("--run-program")
    assert run.code == 0, run.text

    run = stack.up()
    assert run.code == 0, run.text
    run = stack.refresh()
    assert run.code == 0, run.text


TWO_REGIONS = f"""
from pulumi_alicloud_mediaconvert import get_media_convert_job

MediaConvertJob("trailer", job_id="{JOB_ID}")
MediaConvertJob("other", job_id="{OTHER_ID}", region="cn-beijing")
pulumi.export("state", get_media_convert_job("{OTHER_ID}", region="cn-beijing").state)
"""


@pytest.fixture
def services(emulator):
    """STS on loopback, whose keys the emulator knows."""
    with TokenServices(emulator.add_credentials) as served:
        yield served


@pytest.fixture
def hosts(tmp_path, emulator, services):
    """The vendor's own host names, on loopback."""
    folder = tmp_path / "proxy"
    folder.mkdir()
    port = int(emulator.url.rpartition(":")[2])
    regional = dict.fromkeys(
        ("ice.cn-shanghai.aliyuncs.com", "ice.cn-beijing.aliyuncs.com"), port
    )
    with TlsProxy(folder, {**regional, "sts.aliyuncs.com": services.port}) as proxy:
        yield proxy


def test_two_regions_serve_one_stack_with_a_token_of_oidc(
    stack, emulator, services, hosts, tmp_path
):
    """Each job is asked for at its region's own host; no key is set up anywhere.

    The program's own look goes by the same rules. It all is what a stack has in CI:
    a token of OIDC, a proxy, and certificates of its own.
    """
    add_jobs(emulator, first="cn-shanghai", second="cn-beijing")
    for name in KEY_VARIABLES:
        stack.variables.pop(name)
    done = stack.run("config", "rm", "mediaconvert:endpoint")
    assert done.code == 0, done.text
    token = tmp_path / "oidc-token"
    token.write_text(services.oidc_token)
    stack.variables |= {
        "HOME": str(stack.folder),
        "ALIBABA_CLOUD_ROLE_ARN": ROLE_ARN,
        "ALIBABA_CLOUD_OIDC_PROVIDER_ARN": OIDC_PROVIDER_ARN,
        "ALIBABA_CLOUD_OIDC_TOKEN_FILE": str(token),
        **hosts.variables(),
    }
    stack.program(TWO_REGIONS)

    run = stack.up("--logtostderr", "--logflow", "-v=9", "--debug")

    assert run.code == 0, run.text[-3000:]
    assert stack.outputs() == {"state": "Success"}
    asked = {request.job_id: request.headers["host"] for request in emulator.requests}
    assert asked == {
        JOB_ID: "ice.cn-shanghai.aliyuncs.com",
        OTHER_ID: "ice.cn-beijing.aliyuncs.com",
    }
    assert {one.has_security_token for one in emulator.requests} == {True}
    # Once in the plugin, once in the program.
    assert services.answers == ["AssumeRoleWithOIDC"] * 2
    told = run.text + json.dumps([stack.export(), run.events])
    assert not [one for one in (*services.secrets, services.oidc_token) if one in told]
