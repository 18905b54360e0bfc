"""What of the provider itself gets into the state, and what must not."""

from __future__ import annotations

import base64
import pickle
import warnings

import pytest
from pulumi.dynamic.dynamic import serialize_provider

from hosts import STORED, provider_with
from jobs import JOB_ID
from pulumi_alicloud_mediaconvert.provider import MediaConvertJobProvider


def test_the_provider_in_the_state_is_its_import_path():
    """No code stands in the state: under 100 bytes name a class that must not move."""
    stored = serialize_provider(MediaConvertJobProvider())

    content = base64.b64decode(stored)
    assert len(content) < 100
    assert b"pulumi_alicloud_mediaconvert.provider" in content
    assert b"MediaConvertJobProvider" in content
    assert type(pickle.loads(content)) is MediaConvertJobProvider  # noqa: S301  # our own


def test_the_provider_in_the_state_is_the_same_with_credentials_about(monkeypatch):
    """No key gets into the state, nor does a new one change it."""
    before = serialize_provider(MediaConvertJobProvider())
    monkeypatch.setenv("ALIBABA_CLOUD_ACCESS_KEY_ID", "MARKEDSECRETid")
    monkeypatch.setenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "MARKEDSECRETsecret")

    after = serialize_provider(MediaConvertJobProvider())

    assert before == after
    assert b"MARKEDSECRET" not in base64.b64decode(after)


def test_a_configured_provider_cannot_leak_into_the_state():
    """Pickled after `configure` it refuses, rather than take the keys along."""
    with warnings.catch_warnings():
        # Python 3.12 and 3.13 foretell that iterators will not be pickled either.
        warnings.simplefilter("ignore", DeprecationWarning)
        # Deep in what it holds, it may be the depth that stops it.
        with pytest.raises(Exception, match=r"pickle|recursion"):
            serialize_provider(provider_with())


def test_the_provider_is_no_secret():
    """A secret would be stored as ciphertext that changes with every `up`."""
    assert MediaConvertJobProvider.serialize_as_secret_always is False


def test_configuring_never_fails():
    """`destroy` configures the provider too, whatever stands in the settings."""
    provider = provider_with(
        mediaconvert_region="no region",
        mediaconvert_endpoint="ftp://nowhere",
        mediaconvert_waitTimeout="soon",
        mediaconvert_secretKey="",
    )

    provider.delete(JOB_ID, STORED)
