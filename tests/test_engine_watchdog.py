"""A plugin notices that its engine has gone, on sockets that stand for the engine."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading

import pytest

from loopback import HUNG_SECONDS
from pulumi_alicloud_mediaconvert.hosts.dynamic.engine_end import end_with_engine
from pulumi_alicloud_mediaconvert.hosts.engine_watchdog import watch

PAUSE_SECONDS = 0.01


@pytest.fixture
def engine():
    """Listen as an engine does."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(HUNG_SECONDS)
        yield listener


def address_of(listener: socket.socket) -> str:
    """Return the address that a plugin is started with."""
    host, port = listener.getsockname()
    return f"{host}:{port}"


def watched(listener: socket.socket) -> threading.Semaphore:
    """Watch an engine; count how often its end was told."""
    told = threading.Semaphore(0)
    watch(address_of(listener), told.release, pause_seconds=PAUSE_SECONDS)
    return told


def test_an_engine_that_goes_is_missed_once(engine):
    """Its last connection ends and no other one is taken: that is told, once."""
    told = watched(engine)
    line, _ = engine.accept()
    assert not told.acquire(blocking=False)

    engine.close()
    line.close()

    assert told.acquire(timeout=HUNG_SECONDS)
    assert not told.acquire(blocking=False)


def test_an_engine_that_ends_a_connection_is_still_there(engine):
    """GRPC drops a connection that says nothing; another one is made, and watched."""
    told = watched(engine)

    for _ in range(3):
        line, _ = engine.accept()
        line.sendall(b"settings, pings and whatever it likes to say")
        line.close()
    line, _ = engine.accept()

    assert not told.acquire(blocking=False)
    engine.close()
    line.close()
    assert told.acquire(timeout=HUNG_SECONDS)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.1:", "\udfff:1", "::", ""])
def test_what_is_no_address_is_not_watched(address):
    """Whatever a plugin is started with, a deployment goes on."""
    threads = threading.active_count()

    watch(address, lambda: None)

    assert threading.active_count() == threads


def test_an_engine_out_of_reach_is_not_missed(engine):
    """Who never answered tells nothing by not answering."""
    address = address_of(engine)
    engine.close()
    threads = threading.active_count()

    watch(address, lambda: None)

    assert threading.active_count() == threads


@pytest.mark.parametrize("arguments", [[], ["plugin"], ["pytest", "tests"]])
def test_a_process_without_an_engine_is_not_ended(arguments):
    """No address, no watch."""
    threads = threading.active_count()

    end_with_engine(arguments)

    assert threading.active_count() == threads


def test_a_program_of_a_user_is_not_ended(engine):
    """Only a process in which the SDK serves providers ends with its engine."""
    engine.settimeout(0)

    end_with_engine(["program", address_of(engine)])

    with pytest.raises(BlockingIOError):
        engine.accept()


# As the SDK's: its main thread waits for ever, and so does one that has work to do.
PLUGIN = """\
import sys, threading
from pulumi_alicloud_mediaconvert.hosts.dynamic.engine_end import end_with_engine

class DynamicResourceProviderServicer:
    pass

end_with_engine(["plugin", sys.argv[1]])
threading.Thread(target=threading.Event().wait).start()
threading.Event().wait()
"""


def test_a_plugin_ends_with_its_engine_whatever_it_waits_for(engine):
    """Neither its main thread nor a call that waits keeps it."""
    command = [sys.executable, "-c", PLUGIN, address_of(engine)]
    with subprocess.Popen(command) as process:
        line, _ = engine.accept()
        assert process.poll() is None

        engine.close()
        line.close()

        assert process.wait(HUNG_SECONDS) == 1
