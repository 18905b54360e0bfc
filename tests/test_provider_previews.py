"""What `check` and `diff` answer: a change, and what a preview foresees of it."""

from __future__ import annotations

import pytest
from pulumi.output import Unknown

from hosts import INPUTS, STORED, provider_with, reasons_of
from jobs import JOB_ID, REGION
from pulumi_alicloud_mediaconvert.emulator import scripts
from pulumi_alicloud_mediaconvert.hosts.dynamic.engine import EngineError
from pulumi_alicloud_mediaconvert.hosts.hidden_keys import PREVIEW_KEY


@pytest.mark.parametrize(
    ("olds", "news", "changes", "replaces"),
    [
        pytest.param({}, {}, False, [], id="nothing"),
        pytest.param({}, {"__provider": "other"}, False, [], id="upgrade"),
        pytest.param({}, {"wait": False}, False, [], id="wait"),
        pytest.param({}, {"on_preview": "off"}, False, [], id="preview"),
        pytest.param({}, {"job_id": "other"}, True, ["job_id"], id="job ID"),
        pytest.param({}, {"region": "cn-beijing"}, True, ["region"], id="region"),
        pytest.param(
            {},
            {"job_id": "other", "region": "cn-beijing"},
            True,
            ["job_id", "region"],
            id="both",
        ),
        pytest.param({}, {"triggers": [1]}, True, [], id="trigger"),
        pytest.param({}, {"enforcement_level": "advisory"}, True, [], id="level"),
        pytest.param({}, {"on_inconclusive": "warn"}, True, [], id="doubt"),
        pytest.param({"verdict": "failed"}, {}, True, [], id="failed"),
        pytest.param({"verdict": "pending"}, {}, True, [], id="pending"),
        pytest.param({"verdict": "inconclusive"}, {}, True, [], id="inconclusive"),
        pytest.param({"verdict": "unverified"}, {}, True, [], id="unverified"),
        pytest.param({"verdict": None}, {}, True, [], id="no verdict"),
        pytest.param({"stale": True}, {}, False, [], id="record gone"),
    ],
)
def test_diff_sees_what_matters(olds, news, changes, replaces):
    """A change that matters, or a verdict that is not accepted, is a change."""
    result = provider_with().diff(JOB_ID, STORED | olds, STORED | news)

    assert (result.changes, result.replaces) == (changes, replaces)
    assert not result.delete_before_replace


@pytest.mark.parametrize(
    ("verdict", "level", "changes"),
    [
        ("failed", "advisory", False),
        ("inconclusive", "advisory", False),
        ("pending", "advisory", True),
        ("unverified", "disabled", False),
        ("pending", "disabled", True),
    ],
)
def test_diff_leaves_an_accepted_verdict_alone(verdict, level, changes):
    """What only warned before does not run again; what is pending does."""
    stored = {**STORED, "enforcement_level": level, "verdict": verdict}

    result = provider_with().diff(JOB_ID, stored, stored)

    assert (result.changes, result.replaces) == (changes, [])


def previewed(provider, olds=None, **stated):
    """Check in a preview; return the lines that stop it."""
    return reasons_of(provider, INPUTS | {PREVIEW_KEY: True} | stated, olds)


def test_a_preview_that_fails_has_one_problem_a_line(api, provider):
    """`on_preview="fail"` stops in `check`, before anything is half changed."""
    api.add_job(JOB_ID, scripts.one_output_fails())

    head, line = previewed(provider, on_preview="fail")

    assert head == f"job {JOB_ID} ({REGION}) ended Success, but 1 check failed."
    assert line.startswith('output "audio-m4a": status: expected Success, got Failed')
    assert previewed(provider, on_preview="fail") == [head, line]
    assert len(api.requests) == 1


def test_a_preview_that_warns_passes(api, provider):
    """`on_preview="warn"` says what it has to say on the row alone."""
    api.add_job(JOB_ID, scripts.fails())

    assert previewed(provider) == []
    assert len(api.requests) == 1


@pytest.mark.parametrize(
    "stated",
    [
        pytest.param({"job_id": Unknown()}, id="job ID"),
        pytest.param({"region": Unknown()}, id="region"),
        pytest.param({"enforcement_level": Unknown()}, id="level"),
        pytest.param({"expect": Unknown()}, id="expectations"),
        pytest.param({"expect": {"output_count": Unknown()}}, id="one matcher"),
        pytest.param(
            {"expect": {"outputs": [{"name": "a", "video": {"width": Unknown()}}]}},
            id="one field",
        ),
    ],
)
def test_a_preview_does_not_judge_what_it_does_not_know(api, provider, stated):
    """With an unknown demand there is no verdict, so there is no look."""
    assert previewed(provider, on_preview="fail", **stated) == []
    assert api.requests == ()


@pytest.mark.parametrize("stated", [{"triggers": [Unknown()]}, {"wait": Unknown()}])
def test_a_preview_judges_without_what_does_not_matter(api, provider, stated):
    """Neither triggers nor the limits of waiting are part of a verdict."""
    api.add_job(JOB_ID, scripts.fails())

    assert previewed(provider, on_preview="fail", **stated)


def test_an_up_does_not_preview(api, provider):
    """`on_preview="fail"` fails the preview, and never the `up` itself."""
    assert reasons_of(provider, INPUTS | {"on_preview": "fail"}) == []
    assert api.requests == ()


@pytest.mark.parametrize(
    ("verdict", "looks"),
    [("passed", 0), ("failed", 1), ("pending", 1), ("inconclusive", 1)],
)
def test_a_preview_looks_only_where_an_up_would(api, provider, verdict, looks):
    """Unchanged, a job that passed is not verified again; any other one is."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    stored = STORED | {"verdict": verdict}

    assert previewed(provider, olds=INPUTS) == []
    assert api.requests == ()
    result = provider.diff(JOB_ID, stored, STORED)

    assert result.changes is bool(looks)
    assert len(api.requests) == looks


def test_a_preview_of_a_kept_failure_fails_where_the_verdict_is_known(api, provider):
    """Inputs that did not change are judged in `diff`, which knows the verdict."""
    api.add_job(JOB_ID, scripts.one_output_fails())
    inputs = INPUTS | {"on_preview": "fail"}

    assert previewed(provider, olds=inputs, on_preview="fail") == []
    with pytest.raises(EngineError) as error:
        provider.diff(JOB_ID, STORED | {"verdict": "failed"}, STORED)

    assert str(error.value).startswith(f"job {JOB_ID} ({REGION}) ended Success, but 1")


def test_a_changed_resource_is_previewed_whatever_is_stored(api, provider):
    """What an `up` verifies anew, a preview looks at."""
    api.add_job(JOB_ID, scripts.one_output_fails())

    assert previewed(provider, olds=INPUTS, on_preview="fail", triggers=[1])


@pytest.mark.parametrize("is_changed", [True, False], ids=["changed", "unchanged"])
def test_the_diff_of_a_refresh_tells_what_the_refresh_found(api, provider, is_changed):
    """The engine shows a change of facts only where `diff` reports one: once."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    outs = provider.create(INPUTS).outs
    stored = outs | ({"percent": 7} if is_changed else {})

    provider.read(JOB_ID, stored)

    assert provider.diff(JOB_ID, outs, INPUTS).changes is is_changed
    assert provider.diff(JOB_ID, outs, INPUTS).changes is False


def test_a_refresh_says_nothing_about_the_up_that_follows(api, provider):
    """An engine that does not ask what a refresh found must not get it later."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    outs = provider.create(INPUTS).outs
    provider.read(JOB_ID, outs)

    provider.check(INPUTS, INPUTS)

    changed = provider.diff(JOB_ID, outs, INPUTS | {"triggers": [1]})
    assert changed.changes is True
