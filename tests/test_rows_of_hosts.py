"""What a row says last, in the processes that an engine starts for its resources."""

from __future__ import annotations

import sys

import pytest
from google.protobuf.struct_pb2 import Struct
from pulumi.dynamic.dynamic import serialize_provider
from pulumi.runtime.proto import provider_pb2

from jobs import REGION
from loopback import HUNG_SECONDS
from plugin import JOB, Plugin, started, urn_of
from pulumi_alicloud_mediaconvert.emulator import scripts
from pulumi_alicloud_mediaconvert.hosts.native.property_values import to_struct
from pulumi_alicloud_mediaconvert.provider import MediaConvertJobProvider

JOB_IDS = [f"{number:032x}" for number in range(40)]
DYNAMIC = (sys.executable, "-u", "-m", "pulumi.dynamic")


def natively(api):
    """Start the native plugin; create all jobs."""
    settings = {key.partition(":")[2]: value for key, value in api.config().items()}
    with started(**settings) as plugin:
        inputs = [
            to_struct(plugin.checked({"jobId": job_id, "region": REGION}, name=job_id))
            for job_id in JOB_IDS
        ]
        yield from created(plugin, inputs)


def in_python(api):
    """Start the SDK's plugin for dynamic providers; create all jobs."""
    with Plugin(DYNAMIC) as plugin:
        plugin.call(
            "Configure", provider_pb2.ConfigureRequest(args=to_struct(api.config()))
        )
        serialized = serialize_provider(MediaConvertJobProvider())
        inputs = []
        for job_id in JOB_IDS:
            news = Struct()
            news.update({"job_id": job_id, "region": REGION, "__provider": serialized})
            request = provider_pb2.CheckRequest(urn=urn_of(job_id), news=news)
            checked = plugin.call("Check", request)
            assert not checked.failures
            inputs.append(checked.inputs)
        yield from created(plugin, inputs)


def created(plugin, inputs):
    """Create all jobs side by side; give the last line of each as it is answered."""
    calls = [
        plugin.stub.Create.future(
            provider_pb2.CreateRequest(urn=urn_of(name), type=JOB, properties=props),
            timeout=HUNG_SECONDS,
        )
        for name, props in zip(JOB_IDS, inputs, strict=True)
    ]
    for name, call in zip(JOB_IDS, calls, strict=True):
        call.result()
        yield [line.text for line in plugin.engine.lines if line.name == name][-1]


@pytest.mark.parametrize("last_lines", [natively, in_python])
def test_the_verdict_of_each_job_is_on_its_row_when_it_is_done(api, last_lines):
    """Of many jobs that end together, no row stays at an earlier line."""
    for job_id in JOB_IDS:
        api.add_job(job_id, scripts.succeeds_slowly(reads=2))

    lines = [*last_lines(api)]

    assert len(lines) == len(JOB_IDS)
    assert {line.partition(" · ")[0] for line in lines} == {"Success"}
    assert all(line.endswith(" checks met") for line in lines), lines
