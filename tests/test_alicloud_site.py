"""The example whose other resources are those of `pulumi_alicloud`, with mocks."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pulumi
import pytest

from jobs import JOB_ID
from pulumi_alicloud_mediaconvert.emulator import scripts
from pulumi_alicloud_mediaconvert.testing import GateMocks

PROGRAM = Path(__file__).parent.parent / "examples" / "alicloud-site"
PROJECT = "mediaconvert-alicloud-site"
# The package itself imports what it calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:alicloud:DeprecationWarning")


@pytest.fixture
def mocks(ims_emulator, monkeypatch):
    """Mocks of the example's stack, where its other package can be imported."""
    monkeypatch.syspath_prepend(Path(sys.prefix) / "beside")
    stated = {"jobId": JOB_ID, "siteBucket": "my-site", "domain": "media.example.org"}
    own = {f"{PROJECT}:{name}": value for name, value in stated.items()}
    return GateMocks({**ims_emulator.config(), **own}, PROJECT)


def test_a_good_job_reaches_the_bucket_and_the_cdn(mocks, ims_emulator):
    """The page names the delivered manifest; the CDN takes the delivered bucket."""
    ims_emulator.add_job(JOB_ID, scripts.succeeds_cleanly())

    mocks.run(PROGRAM)

    player = mocks.registered["player"]
    assert player.typ == "alicloud:oss/bucketObject:BucketObject"
    assert json.loads(player.inputs["content"]) == {
        "manifest": "oss://media-bucket/trailer/hls/manifest.m3u8",
        "duration": 403.04,
    }
    [source] = mocks.registered["cdn"].inputs["sources"]
    assert source["content"] == "media-bucket.oss-cn-shanghai.aliyuncs.com"


def test_a_bad_job_reaches_neither(mocks, ims_emulator):
    """The bucket is made, since it depends on no job; page and CDN are not."""
    ims_emulator.add_job(JOB_ID, scripts.fails())

    with pytest.raises(pulumi.RunError, match="ended Failed"):
        mocks.run(PROGRAM)

    assert mocks.registered.keys() == {"site"}
