"""Shared fixtures: a clean environment, and the API on a socket with who asks it."""

import importlib
import os
import time
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, settings
from pulumi.dynamic import Config, ConfigureRequest

from api import SignedCall
from credentials import CONFIG_KEYS
from hosts import provider_with
from installed import Deliveries
from pulumi_alicloud_mediaconvert.set_provider import MediaConvertJobSetProvider

# How fast a machine is tells nothing about the code.
settings.register_profile(
    "suite", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")

FOREIGN_PREFIXES = ("ALIBABA_CLOUD_", "ALICLOUD_", "PULUMI_")


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    """No test sees the credentials or settings of the person who runs it."""
    for name in list(os.environ):
        if name.startswith(FOREIGN_PREFIXES):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def deliveries(tmp_path_factory):
    """What a user gets, built and installed once."""
    own = tmp_path_factory.getbasetemp()
    # Each worker of xdist has a folder of its own in that of the run.
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    return Deliveries(own.parent if is_worker else own)


@pytest.fixture(scope="module")
def script():
    """Load a module of scripts/ by its name; it is no part of the package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(Path(__file__).parents[1] / "scripts")
        yield importlib.import_module


@pytest.fixture
def anyio_backend():
    """Async tests run on asyncio, the flavour that the provider uses."""
    return "asyncio"


@pytest.fixture
def api(ims_emulator):
    """The API on a socket; anything that no correct client asks fails the test."""
    return ims_emulator


@pytest.fixture
def client(api):
    """A client that signs, and that no proxy of the machine comes between."""
    with httpx.Client(
        base_url=api.url, auth=SignedCall(time.time), timeout=5, trust_env=False
    ) as http:
        yield http


@pytest.fixture
def provider(api):
    """A provider that asks the emulator; a plugin's connections end with it."""
    configured = provider_with(mediaconvert_endpoint=api.url)
    yield configured
    configured.host.close()


@pytest.fixture
def set_provider(api):
    """A provider of sets that asks the emulator, as `provider` does."""
    config = CONFIG_KEYS | {"mediaconvert:endpoint": api.url}
    configured = MediaConvertJobSetProvider()
    configured.configure(ConfigureRequest(Config(config, "gate")))
    yield configured
    configured.host.close()
