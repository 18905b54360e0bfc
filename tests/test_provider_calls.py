"""What the provider answers to `create`, `update`, `read` and `delete`.

What the real engine makes of these answers is in `engine/`.
"""

from __future__ import annotations

import pytest

from hosts import INPUTS, STORED, provider_with, reasons_of
from jobs import JOB_ID, REGION
from pulumi_alicloud_mediaconvert.emulator import scripts
from pulumi_alicloud_mediaconvert.hosts.dynamic.engine import EngineError
from pulumi_alicloud_mediaconvert.hosts.hidden_keys import SECRETS_KEY
from pulumi_alicloud_mediaconvert.input_names import INPUT_NAMES
from pulumi_alicloud_mediaconvert.resource import OUTPUT_NAMES
from pulumi_alicloud_mediaconvert.text import HIDDEN


def test_create_returns_the_facts_under_the_jobs_id(api, provider):
    """A good job is stored with its inputs and all that was delivered."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    result = provider.create({**INPUTS, "__provider": "gASV"})

    assert result.id == JOB_ID
    assert result.outs is not None
    assert result.outs["verdict"] == "passed"
    assert {name: result.outs[name] for name in INPUTS} == INPUTS
    assert set(result.outs) <= {*INPUT_NAMES, *OUTPUT_NAMES}


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(lambda provider: provider.create(INPUTS), id="create"),
        pytest.param(
            lambda provider: provider.update(JOB_ID, STORED, STORED), id="update"
        ),
        pytest.param(lambda provider: provider.read(JOB_ID, STORED), id="read"),
    ],
)
def test_a_bad_job_fails_with_its_lines(api, provider, call):
    """Without an engine that keeps them, the lines are raised."""
    api.add_job(JOB_ID, scripts.one_output_fails())

    with pytest.raises(EngineError) as error:
        call(provider)

    head, line = str(error.value).splitlines()
    assert head == f"job {JOB_ID} ({REGION}) ended Success, but 1 check failed."
    assert line.startswith('output "audio-m4a": status: expected Success, got Failed')


def test_update_verifies_anew(api, provider):
    """An update looks at the job, whatever was stored of it."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    result = provider.update(JOB_ID, {**STORED, "verdict": "failed"}, STORED)

    assert result.outs is not None
    assert result.outs["verdict"] == "passed"


def test_read_repeats_what_create_stored(api, provider):
    """A refresh of an unchanged job shows no change."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    outs = provider.create(INPUTS).outs

    result = provider.read(JOB_ID, {**outs, "__provider": "gASV"})

    assert (result.id, result.outs) == (JOB_ID, outs)


def test_read_keeps_the_verdict_of_a_record_that_is_gone(provider):
    """A job that the API has forgotten is stale, and never deleted."""
    result = provider.read(JOB_ID, STORED)

    assert result.id == JOB_ID
    assert result.outs is not None
    assert (result.outs["verdict"], result.outs["stale"]) == ("passed", True)


def test_read_does_not_open_the_gate_when_the_record_is_gone(provider):
    """A bad verdict stays bad though nobody can look again."""
    with pytest.raises(EngineError, match=f"no job {JOB_ID} .* is kept: failed"):
        provider.read(JOB_ID, {**STORED, "verdict": "failed"})


def test_an_api_error_is_one_line(provider):
    """What cannot be read fails with the client's words alone."""
    with pytest.raises(EngineError, match=rf"^no job {JOB_ID} in {REGION} \("):
        provider.create({**INPUTS, "wait": {**INPUTS["wait"], "not_found_grace": 0}})


def test_deleting_asks_nobody(api, provider):
    """The record is forgotten; the job is left alone."""
    provider.delete(JOB_ID, STORED)

    assert api.requests == ()


@pytest.mark.parametrize(
    ("custom", "config", "seconds"),
    [
        pytest.param(4620, "5m", 4620, id="custom timeouts"),
        pytest.param(None, "5m", 300, id="stack configuration"),
        pytest.param(None, None, 1800, id="nothing"),
    ],
)
def test_the_first_limit_that_is_named_counts(custom, config, seconds):
    """Custom timeouts go before the stack's configuration, half an hour comes last."""
    stated = {"mediaconvert_waitTimeout": config} if config else {}

    runtime = provider_with(**stated).host.process.runtime

    assert runtime.timeout_seconds(custom) == seconds


def test_a_bad_limit_of_the_configuration_is_named(api):
    """A timeout that is no duration says where it stands."""
    provider = provider_with(
        mediaconvert_endpoint=api.url, mediaconvert_waitTimeout="soon"
    )

    # As an `up` does: the program says which settings are not secret.
    reasons_of(provider, INPUTS)

    with pytest.raises(EngineError, match=r"^mediaconvert:waitTimeout: must be a dur"):
        provider.create(INPUTS)


def test_an_update_without_a_record_goes_by_what_is_stored(api, provider):
    """A trigger on a job that the API has forgotten verifies the stored facts."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    outs = provider.create(INPUTS).outs
    api.add_job(JOB_ID, [scripts.appears_late(reads=99).steps[0]])

    result = provider.update(JOB_ID, outs, INPUTS | {"triggers": [1]})

    assert result.outs == outs | {"triggers": [1], "stale": True}


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(lambda provider, props: provider.create(props), id="create"),
        pytest.param(
            lambda provider, props: provider.update(JOB_ID, STORED | props, props),
            id="update",
        ),
        pytest.param(
            lambda provider, props: provider.read(JOB_ID, STORED | props), id="read"
        ),
    ],
)
@pytest.mark.parametrize("script", [scripts.fails(), None], ids=["bad", "unknown"])
def test_a_secret_job_id_is_in_no_line(api, provider, call, script):
    """Headline, mismatches and errors of the API name the job as a secret."""
    if script is not None:
        api.add_job(JOB_ID, script)
    wait = INPUTS["wait"] | {"not_found_grace": 0}

    with pytest.raises(EngineError) as error:
        call(
            provider,
            INPUTS | {"wait": wait, SECRETS_KEY: ["job_id"], "verdict": "failed"},
        )

    assert HIDDEN in str(error.value)
    assert JOB_ID not in str(error.value)


def test_secret_constraints_are_in_no_line(api, provider):
    """A missed secret expectation says path and fact alone, refused or verified."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    secret = INPUTS | {SECRETS_KEY: ["expect"], "expect": {"output_count": 4711}}

    with pytest.raises(EngineError) as error:
        provider.create(secret)
    [refused] = reasons_of(provider, secret | {"expect": {"output_count": "471 1"}})

    assert f"output_count: expected {HIDDEN}, got 4" in str(error.value)
    assert refused.startswith("expect.output_count")
    assert "471" not in str(error.value) + refused


@pytest.mark.parametrize("stated", [{"region": REGION}, {}], ids=["stated", "resolved"])
def test_what_is_only_read_is_checked_by_read(api, stated):
    """The engine hands the inputs of a `get` over unchecked, and without a region."""
    provider = provider_with(
        mediaconvert_endpoint=api.url, mediaconvert_region="cn-shanghai"
    )
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    result = provider.read(JOB_ID, {"job_id": JOB_ID, "__provider": "gASV", **stated})
    provider.host.close()

    assert result.outs is not None
    assert {name: result.outs[name] for name in INPUTS} == INPUTS
    assert result.outs["verdict"] == "passed"


@pytest.mark.parametrize(
    ("stated", "line"),
    [
        pytest.param(
            {},
            f"job {JOB_ID}: its inputs are refused (region: no region: tried ",
            id="no region",
        ),
        pytest.param(
            {"region": REGION, "job_id": "two words"},
            "job two words: its inputs are refused (job_id: must be 1 to 128 ",
            id="odd ID",
        ),
        pytest.param(
            {"region": REGION, "expect": {"outputs": [{"widht": 3}]}},
            f"job {JOB_ID}: its inputs are refused (expect.outputs[0]",
            id="odd expectations",
        ),
    ],
)
def test_what_is_only_read_with_bad_inputs_is_one_line(stated, line):
    """No `check` refuses them, so `read` does, before any call."""
    with pytest.raises(EngineError) as error:
        provider_with().read(JOB_ID, {"job_id": JOB_ID, **stated})

    assert str(error.value).startswith(line)


def test_a_job_that_is_only_read_and_unknown_is_an_error(provider):
    """There is no verdict to keep of a job that nobody has seen."""
    with pytest.raises(EngineError, match=f"^no job {JOB_ID} in {REGION}"):
        provider.read(JOB_ID, {"job_id": JOB_ID, "region": REGION})
