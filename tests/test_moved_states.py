"""A stack with dynamic jobs goes on with the plugin: the records of both are alike."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from credentials import CONFIG_KEYS
from failed_calls import CallFailed
from plugin import JOB, JOB_SET, started
from pulumi_alicloud_mediaconvert.emulator import faults
from pulumi_alicloud_mediaconvert.hosts.native.property_names import NAMES
from pulumi_alicloud_mediaconvert.schema.values import Secret, has_secret, in_clear
from real_engine import OPEN, SETTLED, VERSIONS, add_jobs, job_id, resources

# How the engine marks a secret in a stored state.
SECRET_MARK = "4dabf18193072939515e22adb298388d"
SNAKE_CASE = re.compile(r"[a-z]+(_[a-z0-9]+)+")
# Below these, keys are the user's or the vendor's.
FOREIGN = {"config", "triggers", "jobs", "urls", "expectByName", "raw", "outputUrls"}


def cases(names: Sequence[str]) -> list[Any]:
    """Return the resources of these names, as each version has stored them."""
    return [
        pytest.param(resources(version)[name], id=f"{version} {name}")
        for version in VERSIONS
        for name in names
    ]


def as_sent(value: Any) -> Any:
    """Return stored properties as the engine sends them to a plugin."""
    if isinstance(value, dict):
        if SECRET_MARK in value:
            text = value.get("plaintext")
            return Secret(as_sent(json.loads(text) if text else value["value"]))
        return {key: as_sent(entry) for key, entry in value.items()}
    return [*map(as_sent, value)] if isinstance(value, list) else value


class Moved:
    """A stored resource, and the same one as a program of the plugin declares it."""

    def __init__(self, resource: dict[str, Any]) -> None:
        self.olds = as_sent(resource["inputs"])
        self.state = as_sent(resource["outputs"])
        is_set = resource["type"].endswith("Set")
        names = NAMES.job_set if is_set else NAMES.job
        self.about = {"type_": JOB_SET if is_set else JOB}
        secrets = in_clear(self.olds.get("__secrets", []))
        stated = {
            name: Secret(in_clear(value)) if name in secrets else value
            for name, value in self.olds.items()
            if not name.startswith("__")
        }
        self.news = names.to_native(stated)

    def checked(self, plugin, **changes):
        """Check what the program states."""
        inputs, reasons = plugin.check(self.news | changes, self.olds, **self.about)
        assert reasons == []
        return inputs


@pytest.fixture
def plugin(api):
    """A plugin that asks the emulator, which knows the jobs of the states."""
    add_jobs(api)
    inputs = {key.partition(":")[2]: value for key, value in CONFIG_KEYS.items()}
    with started(
        **inputs,
        endpoint=api.url,
        region="cn-shanghai",
        waitPollMin="100ms",
        waitPollMax="100ms",
    ) as plugin:
        yield plugin


def without_derived(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return a state without what the plugin derives of the rest."""
    return {name: value for name, value in state.items() if name != "urls"}


def keys_of(value: Any) -> set[str]:
    """Name all keys that are ours."""
    if isinstance(value, Secret):
        return keys_of(value.value)
    if isinstance(value, Mapping):
        inner = [keys_of(one) for key, one in value.items() if key not in FOREIGN]
        return {*value}.union(*inner)
    if isinstance(value, list):
        return set().union(*map(keys_of, value))
    return set()


@pytest.mark.parametrize("resource", cases(SETTLED))
def test_a_verdict_that_stands_is_written_by_new_names_without_a_request(
    plugin, api, resource
):
    """The first `up` updates, replaces nothing, and the second one has no change."""
    moved = Moved(resource)
    inputs = moved.checked(plugin)

    difference = plugin.diff(moved.state, inputs, **moved.about)
    state = plugin.update(moved.state, inputs, **moved.about)

    assert difference.changes == difference.DIFF_SOME
    assert list(difference.replaces) == []
    again = plugin.diff(state, moved.checked(plugin), **moved.about)
    assert again.changes == again.DIFF_NONE
    assert api.requests == ()
    ours = {key for key in keys_of(state) if not key.startswith("__")}
    assert [key for key in ours if SNAKE_CASE.fullmatch(key)] == []
    assert not {"__provider", "__secrets"} & state.keys()


@pytest.mark.parametrize("resource", cases((*SETTLED, *OPEN)))
def test_nothing_of_a_state_is_lost(plugin, resource):
    """By the names of the service it is what was stored, hidden properties aside."""
    moved = Moved(resource)

    try:
        state = plugin.update(moved.state, moved.checked(plugin), **moved.about)
    except CallFailed as failed:
        state = failed.failure.state

    names = NAMES.job_set if moved.about["type_"] == JOB_SET else NAMES.job
    kept, _ = names.to_service(without_derived(state))
    was = {
        name: value
        for name, value in moved.state.items()
        if name not in {"__provider", "__secrets", "__seen_at"}
    }
    assert in_clear(kept).keys() >= in_clear(was).keys()
    if resource in [param.values[0] for param in cases(SETTLED)]:
        assert in_clear(kept) == in_clear(was)


@pytest.mark.parametrize("resource", cases(SETTLED))
def test_a_preview_of_a_moved_resource_knows_its_outputs(plugin, api, resource):
    """They are stored already; nothing is read."""
    moved = Moved(resource)
    inputs = moved.checked(plugin)

    known = plugin.update(moved.state, inputs, preview=True, **moved.about)

    stored = plugin.update(moved.state, inputs, **moved.about)
    assert known == {
        name: value for name, value in stored.items() if not name.startswith("__")
    }
    assert api.requests == ()


@pytest.mark.parametrize("resource", cases(["hidden"]))
def test_what_was_named_as_secret_is_one(plugin, resource):
    """The hidden list becomes a mark on the value and on all that derives from it."""
    moved = Moved(resource)
    in_the_open = {name: in_clear(value) for name, value in moved.state.items()}

    updated = plugin.update(in_the_open, moved.checked(plugin), **moved.about)
    refreshed, _ = plugin.read(in_the_open, moved.olds, **moved.about)

    for state in (updated, refreshed):
        assert has_secret(state["expect"])
        assert has_secret(state["mismatches"])
        assert not has_secret(state["jobId"])


@pytest.mark.parametrize("resource", cases(OPEN))
def test_a_verdict_that_does_not_stand_is_verified_as_usual(plugin, api, resource):
    """One job goes on, which is read; one had failed, which stops the `up` again."""
    moved = Moved(resource)
    inputs = moved.checked(plugin)

    if resource["urn"].endswith("failed"):
        with pytest.raises(CallFailed) as caught:
            plugin.update(moved.state, inputs, **moved.about)
        state = caught.value.failure.state
        assert state["verdict"] == "failed"
    else:
        state = plugin.update(moved.state, inputs, **moved.about)
        assert state["verdict"] == "pending"

    assert "__provider" not in state
    assert len(api.requests) == 1


@pytest.mark.parametrize("resource", cases(["sample"]))
def test_a_change_with_the_move_is_one(plugin, api, resource):
    """Other demands are verified; another job replaces."""
    moved = Moved(resource)
    other = moved.checked(plugin, jobId=job_id(1))
    demands = moved.checked(plugin, expect={"outputCount": {"min": 1}})

    assert list(plugin.diff(moved.state, other).replaces) == ["jobId"]
    assert plugin.update(moved.state, demands)["verdict"] == "passed"
    assert len(api.requests) == 1


@pytest.mark.parametrize("resource", cases(["sample"]))
def test_a_record_that_has_gone_is_verified_by_the_facts_of_then(plugin, api, resource):
    """A move may come long after the job, as any other `up`."""
    moved = Moved(resource)
    api.faults.add(faults.vendor_error("ResourceNotFound", times=None))

    state = plugin.update(
        moved.state, moved.checked(plugin, expect={"outputCount": {"min": 1}})
    )

    assert (state["verdict"], state["stale"]) == ("passed", True)


@pytest.mark.parametrize("resource", cases(["sample", "hidden", "library"]))
def test_a_refresh_before_the_first_update_writes_new_names_too(plugin, resource):
    """A resource that no update has reached, as one that `--target` left out."""
    moved = Moved(resource)

    state, inputs = plugin.read(moved.state, moved.olds, **moved.about)

    assert state["verdict"] == moved.state["verdict"]
    assert not {"__provider", "__secrets"} & state.keys()
    assert inputs == {}
    plugin.diff(state, moved.olds, **moved.about)  # which shows the refresh
    again = plugin.diff(state, moved.checked(plugin), **moved.about)
    assert again.changes == again.DIFF_NONE
