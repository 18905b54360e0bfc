"""Shared fixtures: an environment without anybody's credentials."""

import os

import pytest

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
