"""Marked secrets are searched for in all that a deployment prints and leaves behind."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable

import pytest
from native_programs import job, program
from programs import JOB_ID
from stack import Stack
from terminal import bullets

from jobs import SIGNATURE_MARK, UNSIGNED_URL, signed_answer
from pulumi_alicloud_mediaconvert.emulator import Emulator, Step
from pulumi_alicloud_mediaconvert.text import HIDDEN

LOUD = ("--debug", "--logtostderr", "--logflow", "-v=9")
COUNT = 47114711
PROGRAMS = ("__main__.py", "Pulumi.yaml")
SECRET_COUNT = {"fn::secret": "COUNT"}
# How the engine itself, at that level, writes down what it sends and gets, and how
# older SDKs do.
ENGINES_OWN = re.compile(
    r'"msg":"(?:(?:Unm|M)arshaling property for RPC\['
    r"|Provider\[\w+\]\.\w+\(\S+\):? (?:executing|success)"
    r"|(?:eventSink::Debug\(<\{%reset%\}>)?"
    r"(?:register resource outputs prepared|resource registration successful): )"
    # The same of an older SDK, which writes a message over many lines.
    r'|^ +string_value: "'
)
# How the host of YAML does, which is none of ours either.
HOSTS_OWN = re.compile(
    r"\brpc\.go:\d+\] (?:Unm|M)arshaling property for RPC\["
    r"|\bcontext\.go:\d+\] RegisterResource\(\S+ \w+\): success: "
)
# What older SDKs tell of secrets with `--debug`, which the engine keeps in event logs.
SDKS_OWN = re.compile(
    r'"prefix":"debug: ","message":"'
    r"(?:register resource outputs prepared|resource registration successful): "
)
# What a request is signed with, as it travels.
SIGNATURE = re.compile(r"ACS3-HMAC|[Ss]ignature=[0-9a-f]{32}|x-acs-signature-nonce")

PYTHON = """
secret_id = pulumi.Output.secret("ID")
def demands(count):
    return {"rules": [{"query": "length(outputs)",
             "must_be": {"not": {"min": pulumi.Output.secret(count)}}}]}
job = MediaConvertJob("trailer", job_id=secret_id, expect=demands(COUNT))
pulumi.export("url", job.output("720P-mp4").url)
pulumi.export("facts", job.facts)
"""
SECRET_DEMAND = {"query": "length(outputs)", "mustBe": {"not": {"min": SECRET_COUNT}}}
YAML = program(
    {"trailer": job({"fn::secret": "ID"}, expect={"rules": [SECRET_DEMAND]})},
    job="${trailer.jobId}",
    note="${trailer.userData}",
)
DECLARED = {"python": PYTHON, "yaml": YAML.replace('"COUNT"', "COUNT")}


def written(stack: Stack, count: int) -> str:
    """Write a program about the job, which must have fewer outputs than that."""
    text = DECLARED[stack.language.name]
    return text.replace("ID", JOB_ID).replace("COUNT", str(count))


@pytest.fixture
def key() -> dict[str, str]:
    """A temporary access key that stands in the stack's configuration."""
    parts = ("accessKey", "secretKey", "securityToken")
    return {part: f"{part}{secrets.token_hex(12)}" for part in parts}


@pytest.fixture
def leaky(host_stack: Stack, emulator: Emulator, key: dict[str, str]) -> Stack:
    """A stack whose keys, job ID and demands are secret, and whose job is signed."""
    stack = host_stack
    emulator.add_credentials(key["accessKey"], key["secretKey"], key["securityToken"])
    answer = signed_answer(JobId=JOB_ID, UserData=f"made for {JOB_ID}")
    emulator.add_job(JOB_ID, Step(), base=answer)
    for name in ("ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET"):
        stack.variables.pop(name)
    pairs = [f"--secret=mediaconvert:{part}={value}" for part, value in key.items()]
    assert stack.run("config", "set-all", *pairs).code == 0
    return stack


def everything_left(stack: Stack) -> str:
    """Read all files: states and copies of them, history, event logs, the engine's."""
    folders = (stack.folder, stack.backend, stack.home)
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert {".bak", ".json"} <= {path.suffix for path in files}
    return "\n".join(
        path.read_text("utf-8", "replace")
        for path in files
        if path.name not in PROGRAMS
    )


def lines_with(words: Iterable[str], text: str) -> list[str]:
    """Return the lines in which one of these words stands."""
    marks = tuple(words)
    return [line for line in text.splitlines() if any(mark in line for mark in marks)]


def besides(lines: Iterable[str], *others: re.Pattern[str]) -> list[str]:
    """Return the lines that none of the others has written."""
    return [line for line in lines if not any(one.search(line) for one in others)]


def test_nothing_secret_is_printed_or_left_behind(leaky, key):
    """Keys, signatures, a secret job and secret demands are searched for everywhere."""
    told = (JOB_ID, str(COUNT))
    leaky.program(written(leaky, 0))
    failed = leaky.up(*LOUD, previews=True)
    assert failed.code != 0
    assert f"rules[0]: expected {HIDDEN}, got {HIDDEN}" in bullets(failed.text)
    leaky.program(written(leaky, COUNT))
    good = leaky.up(*LOUD)
    assert good.code == 0, good.text[-3000:]
    refreshed = leaky.refresh()

    printed = "\n".join(leaky.printed)
    left = everything_left(leaky)
    exported = json.dumps(leaky.export())
    assert UNSIGNED_URL in left
    assert not lines_with([SIGNATURE_MARK], printed + left + exported)
    assert not SIGNATURE.search(printed + left + exported)
    # Of a resource's ID the engine knows no secret, nor of anything at this level.
    telling = lines_with([*told, *key.values()], failed.text + good.text)
    assert besides(telling, ENGINES_OWN, HOSTS_OWN) == []
    assert not lines_with(key.values(), left + exported)
    ids = re.compile(rf'"id": ?"{JOB_ID}"')
    kept = lines_with(told, ids.sub("", left + exported))
    assert besides(kept, SDKS_OWN, HOSTS_OWN) == []
    assert not lines_with(told, refreshed.text)
    assert [*leaky.outputs().values()] == [HIDDEN, HIDDEN]
