"""Shared fixtures: an environment without anybody's credentials."""

import os

import pytest
from hypothesis import HealthCheck, settings

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


@pytest.fixture
def anyio_backend():
    """Async tests run on asyncio, the flavour that the provider uses."""
    return "asyncio"
