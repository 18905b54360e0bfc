"""A state that any earlier version has stored is read by this one."""

from __future__ import annotations

import base64
import json
import pickle
from collections.abc import Sequence
from typing import Any

import pytest
from pulumi.dynamic import Config, ConfigureRequest

from credentials import CONFIG_KEYS
from pulumi_alicloud_mediaconvert.hosts.dynamic.engine import EngineError
from pulumi_alicloud_mediaconvert.provider import MediaConvertJobProvider
from pulumi_alicloud_mediaconvert.schema import typed_outputs
from pulumi_alicloud_mediaconvert.set_provider import MediaConvertJobSetProvider
from real_engine import OPEN, SETTLED, VERSIONS, add_jobs, resources

# Of the resources, those of one job.
SINGLE = [name for name in SETTLED if name != "library"]
# How the engine marks a secret.
SECRET = "4dabf18193072939515e22adb298388d"


def cases(names: Sequence[str]) -> list[Any]:
    """Return the resources of these names, as each version has stored them."""
    return [
        pytest.param(resources(version)[name], id=f"{version} {name}")
        for version in VERSIONS
        for name in names
    ]


def clear(value: Any) -> Any:
    """Return properties as the engine hands them over: secrets in clear."""
    if isinstance(value, dict):
        if SECRET in value:
            # The one is how the state has it, the other how a provider answers.
            text = value.get("plaintext")
            return json.loads(text) if text else value["value"]
        return {key: clear(entry) for key, entry in value.items()}
    return [clear(one) for one in value] if isinstance(value, list) else value


@pytest.fixture
def served(api):
    """Take providers out of the state, as the plugin process does; close them."""
    made: list[MediaConvertJobProvider] = []

    def serve(resource: dict[str, Any]) -> MediaConvertJobProvider:
        name = base64.b64decode(clear(resource["outputs"]["__provider"]))
        provider: MediaConvertJobProvider = pickle.loads(name)  # noqa: S301  # ours
        config = CONFIG_KEYS | {
            "mediaconvert:endpoint": api.url,
            "mediaconvert:region": "cn-x",
        }
        provider.configure(ConfigureRequest(Config(config, "gate")))
        made.append(provider)
        return provider

    yield serve

    for one in made:
        one.host.close()


def test_there_is_a_state_of_the_first_version():
    """Versions whose states are not kept are not promised anything."""
    assert VERSIONS[0] == "0.1.0"


@pytest.mark.parametrize("resource", cases((*SETTLED, *OPEN)))
def test_the_stored_name_of_the_provider_leads_to_it(resource, served):
    """A module or class that moves would leave every stack without its provider."""
    provider = served(resource)

    is_set = resource["type"].endswith(":MediaConvertJobSet")
    kind = MediaConvertJobSetProvider if is_set else MediaConvertJobProvider
    assert type(provider) is kind


def differs(resource, served) -> bool:
    """Say what the engine makes of the resource, with its program unchanged."""
    provider = served(resource)
    inputs, known = clear(resource["inputs"]), clear(resource["outputs"])
    checked = provider.check(inputs, inputs)
    assert checked.failures == []
    changes = provider.diff(resource["id"], known, checked.inputs)
    assert not changes.replaces
    return bool(changes.changes)


@pytest.mark.parametrize("resource", cases(SETTLED))
def test_an_upgrade_alone_shows_no_change(resource, api, served):
    """Inputs that were stored mean what they meant, and a verdict goes on to stand."""
    assert not differs(resource, served)
    assert not api.requests


@pytest.mark.parametrize("resource", cases(OPEN))
def test_what_was_open_stays_open(resource, served):
    """A verdict that let nothing pass does not begin to by an upgrade."""
    assert differs(resource, served)


@pytest.mark.parametrize("resource", cases(SETTLED))
def test_a_refresh_comes_to_the_same_verdict(resource, api, served):
    """The same answers, verified by the constraints as they were stored."""
    add_jobs(api)
    provider, known = served(resource), clear(resource["outputs"])

    read = provider.read(resource["id"], known)

    assert read.outs is not None
    assert clear(read.outs)["verdict"] == known["verdict"]
    assert clear(read.outs)["mismatches"] == known["mismatches"]


@pytest.mark.parametrize("resource", cases(SINGLE))
def test_a_job_whose_record_has_gone_is_verified_by_facts_of_then(resource, served):
    """What was stored of a job is enough to come to its verdict again."""
    provider, known = served(resource), clear(resource["outputs"])
    news = clear(resource["inputs"]) | {"triggers": ["again"]}

    updated = provider.update(resource["id"], known, news)

    assert updated.outs is not None
    assert clear(updated.outs)["verdict"] == known["verdict"]
    assert updated.outs["stale"] is True


def test_a_failure_of_then_fails_again_when_its_record_has_gone(served):
    """Nothing passes by an upgrade, whatever the API still knows."""
    resource = resources(VERSIONS[0])["failed"]
    provider, known = served(resource), clear(resource["outputs"])

    with pytest.raises(EngineError, match="ended Failed: InvalidParameter"):
        provider.update(resource["id"], known, clear(resource["inputs"]))


def test_the_typed_outputs_take_what_was_stored():
    """A program reads what an earlier version has stored by the names of today."""
    known = clear(resources(VERSIONS[0])["sample"]["outputs"])

    typed = [typed_outputs.typed_output(one) for one in known["outputs"]]
    groups = [typed_outputs.typed_group(one) for one in known["output_groups"]]

    assert typed[0].url == known["outputs"][0]["url"]
    assert typed[0].video_streams is not None
    assert typed[0].video_streams[0].width == 848
    assert groups[0].manifest_url == known["output_groups"][0]["manifest_url"]
