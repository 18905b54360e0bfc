"""Files of credentials in a home of their own, and a look that finds none."""

import json

import pytest

from pulumi_alicloud_mediaconvert.access.settings import read_settings
from pulumi_alicloud_mediaconvert.errors import ConfigurationError

MARK = "MARKEDSECRET"
ENVIRONMENT = {
    "ALIBABA_CLOUD_ACCESS_KEY_ID": "environment",
    "ALIBABA_CLOUD_ACCESS_KEY_SECRET": MARK,
}
PROFILES = {
    "current": "default",
    "profiles": [
        {
            "name": "default",
            "mode": "AK",
            "access_key_id": "profile",
            "access_key_secret": MARK,
        },
        {
            "name": "temporary",
            "mode": "StsToken",
            "access_key_id": "STS.profile",
            "access_key_secret": MARK,
            "sts_token": "token",
        },
    ],
}


def write_profiles(home, content):
    """Write profiles of the aliyun CLI, or what stands in their place."""
    file = home / ".aliyun" / "config.json"
    file.parent.mkdir()
    file.write_text(content if isinstance(content, str) else json.dumps(content))


def write_ini(home, content):
    """Write a file of credentials."""
    file = home / ".alibabacloud" / "credentials.ini"
    file.parent.mkdir()
    file.write_text(content)


async def refused(config, environ):
    """Ask in vain, with no metadata service; give the one line of the error."""
    known = {"ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true", **environ}

    with pytest.raises(ConfigurationError) as caught:
        await read_settings(config, known).credentials().get()

    line = str(caught.value)
    assert line.isprintable()
    assert MARK not in line
    assert caught.value.__cause__ is None
    return line
