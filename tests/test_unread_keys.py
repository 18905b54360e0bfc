"""Keys of the configuration that nobody reads: each is told, with the nearest one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.schema.inputs import CONFIGURATION_KEYS
from pulumi_alicloud_mediaconvert.schema.unknown_keys import KNOWN, unread_keys

MEANT = {
    "waitTimout": "waitTimeout",
    "wait-timeout": "waitTimeout",
    "Region": "region",
    "accesKey": "accessKey",
    "accessKeyId": "accessKey",
    "accessKeySecret": "secretKey",
    "securityTokn": "securityToken",
    "maxRequests": "maxRequestsPerSecond",
    "maxRequestPerSecond": "maxRequestsPerSecond",
    "pollMin": "waitPollMin",
    "poll_max": "waitPollMax",
    "stallTimeout": "waitStallTimeout",
    "timeout": "waitTimeout",
    "wait": "waitTimeout",
    "regionId": "region",
    "enforcement": "enforcementLevel",
    "on_preview": "onPreview",
    "Profile": "profile",
}
NAMESPACES = [
    "mediaconvert",
    "mediaConvert",
    "MediaConvert",
    "media-convert",
    "mediaconver",
    "alicloud-mediaconvert",
    "alicloudMediaconvert",
    "aliyun-mediaconvert",
    "pulumi-alicloud-mediaconvert",
    "pulumi_alicloud_mediaconvert",
]


@pytest.mark.parametrize("namespace", NAMESPACES)
@pytest.mark.parametrize(("key", "meant"), MEANT.items())
def test_a_key_that_nobody_reads_is_told_with_the_nearest_one(namespace, key, meant):
    """A setting that looks like ours must not look like one that holds."""
    [line] = unread_keys(["mediaconvert:region", f"{namespace}:{key}"], "gate")

    assert f'"{namespace}:{key}"' in line
    assert f"`mediaconvert:{meant}`" in line


@pytest.mark.parametrize("namespace", NAMESPACES[1:])
@pytest.mark.parametrize("key", KNOWN)
def test_a_known_key_of_another_namespace_is_not_read(namespace, key):
    """Only `mediaconvert` is ours, as it is written."""
    [line] = unread_keys([f"{namespace}:{key}"], "gate")

    assert f"`mediaconvert:{key}`" in line


@given(st.text(min_size=1).filter(lambda key: key not in KNOWN))
def test_every_key_of_our_namespace_that_nobody_reads_is_told(key):
    """There is no list of mistakes: what is not known is told, and in one line."""
    [line] = unread_keys([f"mediaconvert:{key}"], "gate")

    assert line.isprintable()


@pytest.mark.parametrize("key", ["jobId", "retries", "zz", "on", "a", "-"])
def test_a_key_that_resembles_no_known_one_lists_them(key):
    """A guess at random would mislead."""
    [line] = unread_keys([f"mediaconvert:{key}"], "gate")

    assert "did you mean" not in line
    assert all(known in line for known in KNOWN)


def test_other_configuration_is_left_alone():
    """Of other packages, of the project, of the engine."""
    names = [
        *CONFIGURATION_KEYS,
        *("gate:waitTimout", "alicloud:profle", "aws:region", "pulumi:tags"),
        *("mediaconnect:region", "mediaconvert-demo:jobId", "version", ""),
    ]

    assert unread_keys(names, "mediaconvert-demo") == []


def test_a_project_of_our_name_has_settings_of_its_own():
    """There, what is spelt alike is told, and nothing else."""
    names = ["mediaconvert:jobId", "mediaconvert:wait", "mediaconvert:waitTimout"]

    [line] = unread_keys(names, "mediaconvert")

    assert "waitTimout" in line
    assert unread_keys(["alicloud-mediaconvert:x"], "alicloud-mediaconvert") == []
