"""Rules about the package as a whole; who may import whom is in pyproject.toml."""

from __future__ import annotations

import functools
import inspect
import re
import subprocess
import sys

import pytest

import pulumi_alicloud_mediaconvert as package
from pulumi_alicloud_mediaconvert import errors

NAME = package.__name__


def test_all_that_is_imported_is_public_and_nothing_else_is():
    """`__all__` names exactly what the package offers, typing aside."""
    for name in package.__all__:
        assert getattr(package, name)
    offered = {
        name
        for name, value in vars(package).items()
        if not name.startswith("_") and not inspect.ismodule(value)
    }

    assert set(package.__all__) == offered - {"Any", "TYPE_CHECKING", "import_module"}


def test_the_public_errors_are_those_of_the_tree():
    """Whatever a user can meet has a public name, and nothing else has."""
    assert {*exceptions()} & {*package.__all__} == {*tree()}


def exceptions() -> dict[str, type[Exception]]:
    """Return the exception classes that `errors` defines."""
    return {
        name: value
        for name, value in inspect.getmembers(errors, inspect.isclass)
        if issubclass(value, Exception) and value.__module__ == errors.__name__
    }


def tree() -> dict[str, str | None]:
    """Read the docstring of `errors`: each class with the one it stands below."""
    parents: dict[str, str | None] = {}
    path: list[tuple[int, str]] = []
    doc = errors.__doc__ or ""
    for indent, name in re.findall(r"^( *)[*x+-] (\w+)$", doc, re.MULTILINE):
        path = [(depth, above) for depth, above in path if depth < len(indent)]
        parents[name] = path[-1][1] if path else None
        path.append((len(indent), name))
    return parents


def test_the_tree_of_errors_is_the_one_in_its_docstring():
    """Every public exception stands in the module's docstring below its base."""
    bases: dict[str, str | None] = {
        name: one.__base__.__name__ if one.__base__ else None
        for name, one in exceptions().items()
        if name in package.__all__
    }

    assert tree() == bases | {"ProviderError": None}


@pytest.mark.parametrize(
    "library",
    [
        *("starlette", "uvicorn", "alibabacloud_credentials"),
        *("alibabacloud_tea_openapi", "typer", "jinja2"),
    ],
)
def test_importing_the_package_is_cheap(library):
    """What only some need is not imported before they need it."""
    loaded = loaded_by(f"from {NAME} import *")

    assert f"{NAME}.resource" in loaded
    assert not [name for name in loaded if re.match(rf"{library}(\.|$)", name)]


DECLARES = """
import pulumi
from pulumi_alicloud_mediaconvert import MediaConvertJob, MediaConvertJobSet

class Mocks(pulumi.runtime.Mocks):
    def new_resource(self, args):
        return args.name, args.inputs
    def call(self, args):
        return {}

pulumi.runtime.set_mocks(Mocks())

async def declare():
    expect = {"outputs": [{"name": "720P-mp4", "video": {"width": 1280}}]}
    job = MediaConvertJob("job", job_id="0a1b", region="cn-shanghai", expect=expect)
    MediaConvertJobSet("jobs", job_ids=["0a1b"], region="cn-shanghai")
    assert await job.job_id.future() == "0a1b"

pulumi.runtime.test(declare)()
"""


@pytest.mark.parametrize("library", ["httpx", "pydantic", "tenacity", "ruamel", "re2"])
def test_a_program_that_declares_jobs_imports_nothing_that_checks_them(library):
    """Checking, asking and verifying are imported where the plugin serves."""
    loaded = loaded_by(DECLARES)

    assert f"{NAME}.set_resource" in loaded
    assert not [name for name in loaded if re.match(rf"{library}(\.|$)", name)]


UNCHANGED = {
    "a job": """
import gc
from pulumi.dynamic import Config, ConfigureRequest
from pulumi_alicloud_mediaconvert.provider import MediaConvertJobProvider

provider = MediaConvertJobProvider()
provider.configure(ConfigureRequest(Config({}, "gate")))
stated = {"job_id": "0a1b", "region": "cn-shanghai", "expect": "as-requested"}
news = provider.check({}, stated).inputs
stored = {**news, "verdict": "passed", "mismatches": []}
stored["skipped_checks"] = ["as-requested: 3 tested, 1 skipped", "video: no template"]
assert not provider.diff("0a1b", stored, news).changes
assert gc.isenabled()
""",
    "a set": """
from pulumi.dynamic import Config, ConfigureRequest
from pulumi_alicloud_mediaconvert.set_provider import MediaConvertJobSetProvider

provider = MediaConvertJobSetProvider()
provider.configure(ConfigureRequest(Config({}, "gate")))
news = provider.check({}, {"job_ids": ["0a1b"], "region": "cn-shanghai"}).inputs
entry = {"job_id": "0a1b", "verdict": "passed", "state": "Success"}
stored = {**news, "verdict": "passed", "counts": {"passed": 1}, "jobs": {"0a1b": entry}}
assert not provider.diff("id", stored, news).changes
""",
    "a job of the plugin": """
import asyncio
from pulumi_alicloud_mediaconvert.hosts.native.sdk_stand_in import leave_out_sdk

leave_out_sdk()
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import provider_pb2
from pulumi_alicloud_mediaconvert.hosts.native.provider import Provider

urn = "urn:pulumi:dev::gate::mediaconvert:index:Job::job"

async def unchanged():
    provider, news = Provider(None), Struct()
    news.update({"jobId": "0a1b", "region": "cn-shanghai"})
    checked = await provider.Check(provider_pb2.CheckRequest(urn=urn, news=news))
    news, stored = checked.inputs, Struct()
    stored.update({**news, "verdict": "passed"})
    asked = provider_pb2.DiffRequest(id="0a1b", urn=urn, olds=stored, news=news)
    found = await provider.Diff(asked)
    assert found.changes == provider_pb2.DiffResponse.DIFF_NONE

asyncio.run(unchanged())
""",
}
# What reads, waits and verifies, libraries first.
READING = {
    *("httpx", "tenacity"),
    *(f"{NAME}.{one}" for one in ("api.models", "waiting.waiter")),
    f"{NAME}.verification.verifier",
}


@pytest.mark.parametrize("program", UNCHANGED.values(), ids=UNCHANGED)
def test_an_unchanged_resource_loads_nothing_that_reads_a_job(program):
    """An `up` that changes nothing does not wait for what it has no use for."""
    assert loaded_by(f"import {NAME}.hosts.lifecycles") >= READING
    loaded = loaded_by(program)

    assert f"{NAME}.schema.check" in loaded
    assert not loaded & READING


READS = f"""
from {NAME}.hosts.runtime import Runtime

client = Runtime({{}}).lifecycles.client
"""


def test_the_first_read_loads_no_command_line():
    """HTTP comes without the terminal that its library has where `rich` is there."""
    loaded = loaded_by(READS)

    assert {"httpx", f"{NAME}.verification.verifier"} <= loaded
    assert not loaded & {"rich", "click", "pygments", "httpx._main"}


GATES = """
from pulumi_alicloud_mediaconvert.schema.check import check_inputs
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.schema.inputs import JobInputs
from pulumi_alicloud_mediaconvert.verification.verifier import verify

stated = {{"job_id": "0a1b", "region": "cn-shanghai", "expect": {expect}}}
inputs = check_inputs(stated, JobInputs).inputs
assert verify(Job(state="Success"), inputs.expect).verdict
print(Expectations.__pydantic_complete__)
"""


@pytest.mark.parametrize(("expect", "is_built"), [(None, "False"), ({}, "True")])
def test_a_gate_that_states_nothing_builds_no_expectations(expect, is_built):
    """Who demands success alone does not wait for a language to be built."""
    assert printed_by(GATES.format(expect=expect)) == [is_built]


@functools.cache
def loaded_by(program: str) -> frozenset[str]:
    """Run a program in a process of its own and list the modules that it loads."""
    return frozenset(printed_by(f"import sys\n{program}\nprint(*sys.modules)"))


def printed_by(program: str) -> list[str]:
    """Run a program in a process of its own and return the words that it prints."""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return done.stdout.split()
