"""The plugin's process: how an engine starts it, and what ends it."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2

from failed_calls import CallFailed
from jobs import JOB_ID, REGION
from loopback import HUNG_SECONDS, closed_port
from plugin import COMMAND, JOB, Plugin, started, urn_of
from pulumi_alicloud_mediaconvert.emulator import scripts

INPUTS = {"jobId": JOB_ID, "region": REGION}
# Of all that only a resource needs: the largest.
HEAVY = ("pydantic", "httpx", "jmespath", "pulumi.output", "opentelemetry")


def configured(api):
    """Return the provider's inputs that lead to the emulator."""
    return {key.partition(":")[2]: value for key, value in api.config().items()}


@pytest.fixture
def waiting(api):
    """A plugin in the middle of a wait."""
    api.add_job(JOB_ID, scripts.hangs_queued())
    with started(**configured(api)) as plugin:
        inputs = plugin.checked(INPUTS)
        thread = threading.Thread(target=_fails, args=(plugin, inputs))
        thread.start()
        assert api.wait_for_requests(1)
        yield plugin
        plugin.process.kill()
        thread.join()


def _fails(plugin, inputs):
    with pytest.raises(CallFailed):
        plugin.create(inputs)


def test_a_plugin_whose_port_nobody_can_read_ends_with_one_line():
    """An engine shows what a plugin prints that does not start."""
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [COMMAND, "127.0.0.1:1"],
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=HUNG_SECONDS,
            check=False,
        )

    assert ended.returncode == 1
    assert ended.stderr.splitlines() == [
        "The plugin cannot serve an engine: [Errno 28] No space left on device"
    ]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_plugin_whatever_waits_in_it(waiting, number):
    """The engine interrupts its plugins when a run is over, and waits for them."""
    waiting.process.send_signal(number)

    assert waiting.ended() == (0, "")


def test_the_plugin_ends_with_an_engine_that_is_killed(waiting):
    """The pipe to its stdin is all that tells of it."""
    waiting.leave()

    assert waiting.ended() == (0, "")


def test_without_a_pipe_the_plugin_ends_with_the_port_of_its_engine():
    """A language host that starts a plugin gives it no stdin."""
    with socket.create_server(("127.0.0.1", 0)) as engine:
        address = f"127.0.0.1:{engine.getsockname()[1]}"
        with subprocess.Popen(
            [COMMAND, address], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
        ) as process:
            line, _ = engine.accept()
            assert process.stdout
            assert process.stdout.readline().strip().isdigit()
            assert process.poll() is None
            engine.close()
            line.close()

            assert process.wait(HUNG_SECONDS) == 0


def test_it_starts_without_what_only_resources_need():
    """The engine starts a plugin for its schema alone, too, and configures nothing."""
    command = (sys.executable, "-X", "importtime", COMMAND)
    with Plugin(command) as plugin:
        plugin.handshake()
        schema = plugin.call("GetSchema", provider_pb2.GetSchemaRequest()).schema
        plugin.leave()
        _, imported = plugin.ended()

    assert json.loads(schema)["name"] == "mediaconvert"
    names = {line.rpartition("|")[2].strip() for line in imported.splitlines()}
    assert "grpc" in names
    assert names.isdisjoint(HEAVY)


def test_a_person_who_starts_it_learns_what_it_is():
    """Its version is that of the package, and the one that the engine gets."""
    version = subprocess.check_output([COMMAND, "--version"], text=True)
    usage = subprocess.check_output([COMMAND, "--help"], text=True)

    with Plugin() as plugin:
        assert plugin.call("GetPluginInfo").version == version.strip()
    assert "pulumi plugin install" in usage


@pytest.mark.parametrize("name", ["Construct", "Call", "GetMapping", "Parameterize"])
def test_calls_that_it_does_not_serve_are_unimplemented(name):
    """The engine reads that as: this plugin cannot do it."""
    with Plugin() as plugin:
        call = getattr(plugin.stub, name)
        with pytest.raises(grpc.RpcError) as refused:
            call(_empty(name), timeout=HUNG_SECONDS)

    assert refused.value.code() is grpc.StatusCode.UNIMPLEMENTED


def _empty(name):
    method = provider_pb2.DESCRIPTOR.services_by_name["ResourceProvider"]
    return getattr(provider_pb2, method.methods_by_name[name].input_type.name)()


@pytest.mark.parametrize("call", ["Check", "Create"])
def test_a_resource_that_it_does_not_know_is_refused(call):
    """A program of a newer version may have one."""
    request = getattr(provider_pb2, f"{call}Request")(
        urn=urn_of(type_="mediaconvert:index:Template")
    )
    with Plugin() as plugin, pytest.raises(CallFailed) as refused:
        plugin.call(call, request)

    assert "no resource mediaconvert:index:Template" in refused.value.failure.text
    assert refused.value.failure.code is grpc.StatusCode.FAILED_PRECONDITION


def test_messages_may_be_as_large_as_those_of_the_engine(api):
    """GRPC's own limit is 4 MiB, and a state may be larger."""
    large = "x" * 8 * 1024 * 1024
    with started(**configured(api)) as plugin:
        inputs = plugin.checked({**INPUTS, "triggers": [large]})

    assert inputs["triggers"] == [large]


def test_an_engine_that_takes_no_lines_fails_nothing(api):
    """A line that is not shown is no reason to stop a deployment."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly(reads=2))
    with Plugin() as plugin:
        plugin.call(
            "Handshake",
            provider_pb2.ProviderHandshakeRequest(engine_address=closed_port()),
        )
        plugin.configure(**configured(api))

        _, state = plugin.create(plugin.checked(INPUTS))

    assert state["verdict"] == "passed"


def test_no_proxy_of_the_environment_keeps_lines_from_the_engine(api):
    """Whoever accepts a failure is still warned of it."""
    api.add_job(JOB_ID, scripts.fails())
    proxy = f"http://{closed_port()}"
    with started(
        environ={"http_proxy": proxy, "https_proxy": proxy}, **configured(api)
    ) as plugin:
        inputs = plugin.checked(INPUTS)
        plugin.create(inputs, preview=True)

        assert plugin.engine.warnings()


def test_the_address_of_the_engine_comes_last(api):
    """After flags that an engine which is debugged hands on; `Handshake` repeats it."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    flags = ("--logflow", "--logtostderr", "-v=9", "--tracing", "tcp://127.0.0.1:1")
    with Plugin((COMMAND, *flags)) as plugin:
        plugin.configure(**configured(api))
        plugin.create(plugin.checked(INPUTS))
        plugin.engine.wait_for("Success")


def test_the_type_is_read_from_the_urn_where_the_engine_states_none(api):
    """Older engines state the URN alone, with the types of all parents in it."""
    urn = f"urn:pulumi:test::project::my:index:Component${JOB}::gate"
    with started(**configured(api)) as plugin:
        response = plugin.call("Check", provider_pb2.CheckRequest(urn=urn))

    assert "jobId" in response.failures[0].reason


def test_an_engine_that_attaches_later_is_served_as_the_first(api):
    """`PULUMI_DEBUG_PROVIDERS`: one process serves several runs, one after another."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    with started(**configured(api)) as plugin:
        plugin.call("Cancel")
        plugin.handshake()
        plugin.configure(**configured(api))

        _, state = plugin.create(plugin.checked(INPUTS))

    assert state["verdict"] == "passed"


# What a profile's command prints, with what it was started with.
COMMAND_OF_PROFILE = """\
#!{python}
import json, os
with open({file!r}, "w") as file:
    json.dump(dict(os.environ), file)
print(json.dumps({{"mode": "AK", "access_key_id": "testid",
    "access_key_secret": "testsecret"}}))
"""


def test_a_profiles_command_does_not_get_the_configuration(api, tmp_path):
    """The engine hands `PULUMI_CONFIG` to each plugin, with secrets in clear."""
    seen, command = tmp_path / "environment.json", tmp_path / "command"
    text = COMMAND_OF_PROFILE.format(python=sys.executable, file=str(seen))
    command.write_text(text)
    command.chmod(0o755)
    profile = {"name": "mine", "mode": "External", "process_command": str(command)}
    folder = tmp_path / ".aliyun"
    folder.mkdir()
    content = {"current": "mine", "profiles": [profile]}
    (folder / "config.json").write_text(json.dumps(content))
    environ = {
        "HOME": str(tmp_path),
        "PULUMI_CONFIG": '{"mediaconvert:secretKey": "open"}',
    }
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    with started(environ=environ, endpoint=api.url, profile="mine") as plugin:
        plugin.create(plugin.checked(INPUTS))
        plugin.leave()
        assert plugin.ended() == (0, "")

    given = json.loads(seen.read_text())
    assert "PULUMI_CONFIG" not in given
    assert given["HOME"] == str(tmp_path)
