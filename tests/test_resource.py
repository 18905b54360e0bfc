"""`MediaConvertJob`: what a program reads, and what its provider answers the engine.

What the real engine makes of these answers is in `engine/`.
"""

from __future__ import annotations

import asyncio
import base64
import pickle
from contextlib import contextmanager
from typing import Any

import pulumi
import pytest
from pulumi.dynamic import Config, ConfigureRequest
from pulumi.dynamic.dynamic import serialize_provider
from pulumi.output import Unknown
from pulumi.runtime.mocks import MockMonitor, MockResourceArgs

from made import JOB_ID
from pulumi_alicloud_mediaconvert import MediaConvertJob
from pulumi_alicloud_mediaconvert.emulator import Emulator, scripts
from pulumi_alicloud_mediaconvert.engine import Call, EngineError
from pulumi_alicloud_mediaconvert.outputs import JobOutput
from pulumi_alicloud_mediaconvert.provider import MediaConvertJobProvider
from pulumi_alicloud_mediaconvert.resource import OUTPUT_NAMES
from pulumi_alicloud_mediaconvert.schema import INPUT_NAMES
from pulumi_alicloud_mediaconvert.secrecy import HIDDEN, PREVIEW_KEY, SECRETS_KEY

REGION = "cn-shanghai"
INPUTS: dict[str, Any] = {
    "job_id": JOB_ID,
    "region": REGION,
    "wait": {"not_found_grace": 60.0, "poll_min": 3.0, "poll_max": 20.0},
    "enforcement_level": "mandatory",
    "on_inconclusive": "fail",
    "on_preview": "warn",
    "triggers": [],
}
STORED = {**INPUTS, "verdict": "passed", "__provider": "gASV"}
KEY = {"mediaconvert:accessKey": "testid", "mediaconvert:secretKey": "testsecret"}


def provider_with(**config: str) -> MediaConvertJobProvider:
    """Configure a provider as the plugin process does; `_` stands for the colon."""
    values = {key.replace("_", ":"): value for key, value in config.items()}
    provider = MediaConvertJobProvider()
    provider.configure(ConfigureRequest(Config(KEY | values, "gate")))
    return provider


@pytest.fixture
def api():
    """The API on a socket; anything that no correct client asks fails the test."""
    with Emulator() as emulator:
        yield emulator
        assert not emulator.unexpected


@pytest.fixture
def provider(api):
    """A provider that asks the emulator; a plugin's connections end with it."""
    configured = provider_with(mediaconvert_endpoint=api.url)
    yield configured
    plugin = configured.plugin
    plugin.loop.run(plugin.lifecycle.client.aclose())


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
    with pytest.raises(Exception, match=r"pickle"):
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


def reasons_of(provider, props, olds=None):
    """Check inputs; return the reasons, none of which may name a property."""
    result = provider.check(olds or {}, {**props, "__provider": "gASV"})
    assert {failure.property for failure in result.failures} <= {""}
    return [failure.reason for failure in result.failures]


def test_a_check_lists_every_problem_without_a_property_name():
    """The engine prints a named property's value, so each reason names it itself."""
    problems = reasons_of(
        provider_with(),
        {"job_id": " ", "region": "shanghai!", "wait": {"timeout": "x"}, "expct": 1},
    )

    assert [problem.partition(":")[0] for problem in problems] == [
        "job_id",
        "region",
        "wait.timeout",
        "expct",
    ]


def test_a_check_resolves_the_defaults():
    """What is applied is what is stored, configuration included."""
    provider = provider_with(
        mediaconvert_region=REGION, mediaconvert_enforcementLevel="advisory"
    )

    result = provider.check({}, {"job_id": f" {JOB_ID} ", "__provider": "gASV"})

    assert result.failures == []
    assert result.inputs == {**INPUTS, "enforcement_level": "advisory"}


def test_a_missing_region_is_one_problem_that_names_every_place():
    """Without any region there is one line, and not a second one about the input."""
    [problem] = reasons_of(provider_with(), {"job_id": JOB_ID})

    assert problem.startswith("region: no region: set the input region")
    assert "ALIBABA_CLOUD_REGION_ID" in problem


@pytest.mark.parametrize(
    ("config", "problem"),
    [
        pytest.param(
            {"mediaconvert_endpoint": "http://ims.example"}, "endpoint: ", id="endpoint"
        ),
        pytest.param({"mediaconvert_secretKey": ""}, "credentials: ", id="half a pair"),
        pytest.param(
            {"mediaconvert_waitTimeout": "soon"},
            "configuration: mediaconvert:waitTimeout: ",
            id="timeout",
        ),
    ],
)
def test_a_check_finds_what_is_wrong_with_the_configuration(config, problem):
    """What would stop the `up` anyway is told in the preview, without any value."""
    [found] = reasons_of(provider_with(**config), INPUTS)

    assert found.startswith(problem)
    assert "testid" not in found


REGIONS = [
    # Input, stack configuration, environment, stored; what is checked.
    ("cn-beijing", None, None, None, "cn-beijing"),
    ("cn-beijing", "cn-hangzhou", "cn-shenzhen", REGION, "cn-beijing"),
    (None, "cn-hangzhou", "cn-shenzhen", None, "cn-hangzhou"),
    (None, "cn-hangzhou", None, REGION, "cn-hangzhou"),
    (None, None, "cn-shenzhen", None, "cn-shenzhen"),
    (None, None, "cn-shenzhen", REGION, REGION),
    (None, None, None, REGION, REGION),
    ("", None, "cn-shenzhen", REGION, REGION),
]


@pytest.mark.parametrize(
    ("stated", "configured", "environment", "stored", "checked"),
    REGIONS,
    ids=lambda region: str(region) or "empty",
)
def test_a_region_of_the_environment_never_moves_a_resource(  # noqa: PLR0913, PLR0917  # a table
    monkeypatch, stated, configured, environment, stored, checked
):
    """The stored region stays until an input or the stack says otherwise."""
    if environment:
        monkeypatch.setenv("ALIBABA_CLOUD_REGION_ID", environment)
    config = {"mediaconvert_region": configured} if configured else {}
    olds = {"region": stored} if stored else {}
    news = {"job_id": JOB_ID, "region": stated}

    result = provider_with(**config).check(olds, news)

    assert result.failures == []
    assert result.inputs["region"] == checked


@pytest.mark.parametrize("name", ["job_id", "region"])
def test_what_is_not_known_at_preview_is_not_judged(name):
    """An ID or region that another resource gives passes the check as it is."""
    unknown = Unknown()

    result = provider_with().check({}, {**INPUTS, name: unknown})

    assert result.failures == []
    assert result.inputs[name] is unknown


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


@pytest.mark.parametrize(
    ("hidden", "kept"),
    [
        pytest.param({PREVIEW_KEY: True}, {}, id="preview"),
        pytest.param({SECRETS_KEY: ["job_id"]}, {SECRETS_KEY: ["job_id"]}, id="secret"),
        pytest.param({SECRETS_KEY: []}, {}, id="no secret"),
    ],
)
def test_a_hidden_input_is_taken_out_again(api, provider, hidden, kept):
    """No preview shows in the state, and of secrets their names alone."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    result = provider.check({}, {**INPUTS, **hidden, "__provider": "gASV"})

    assert result.failures == []
    assert result.inputs == INPUTS | kept


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


@pytest.mark.parametrize("stated", [{"region": REGION}, {}], ids=["stated", "resolved"])
def test_what_is_only_read_is_checked_by_read(api, stated):
    """The engine hands the inputs of a `get` over unchecked, and without a region."""
    provider = provider_with(
        mediaconvert_endpoint=api.url, mediaconvert_region="cn-shanghai"
    )
    api.add_job(JOB_ID, scripts.succeeds_cleanly())

    result = provider.read(JOB_ID, {"job_id": JOB_ID, "__provider": "gASV", **stated})
    provider.plugin.loop.run(provider.plugin.lifecycle.client.aclose())

    assert result.outs is not None
    assert {name: result.outs[name] for name in INPUTS} == INPUTS
    assert result.outs["verdict"] == "passed"


@pytest.mark.parametrize(
    ("stated", "line"),
    [
        pytest.param(
            {},
            f"job {JOB_ID}: its inputs are refused (region: no region: set the ",
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


def test_secret_demands_are_in_no_line(api, provider):
    """A missed secret expectation says path and fact alone, refused or verified."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    secret = INPUTS | {SECRETS_KEY: ["expect"], "expect": {"output_count": 4711}}

    with pytest.raises(EngineError) as error:
        provider.create(secret)
    [refused] = reasons_of(provider, secret | {"expect": {"output_count": "471 1"}})

    assert f"output_count: expected {HIDDEN}, got 4" in str(error.value)
    assert refused.startswith("expect.output_count")
    assert "471" not in str(error.value) + refused


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
    with pytest.raises(EngineError, match=rf"^no job {JOB_ID} in {REGION}; "):
        provider.create({**INPUTS, "wait": {**INPUTS["wait"], "not_found_grace": 0}})


def test_deleting_asks_nobody(api, provider):
    """The record is forgotten; the job is left alone."""
    provider.delete(JOB_ID, STORED)

    assert api.requests == ()


@pytest.mark.parametrize(
    ("call", "config", "seconds"),
    [
        pytest.param(Call(timeout_seconds=4620), "5m", 4620, id="custom timeouts"),
        pytest.param(Call(), "5m", 300, id="stack configuration"),
        pytest.param(Call(), None, 1800, id="nothing"),
    ],
)
def test_the_first_limit_that_is_named_counts(call, config, seconds):
    """Custom timeouts go before the stack's configuration, half an hour comes last."""
    stated = {"mediaconvert_waitTimeout": config} if config else {}

    assert provider_with(**stated).plugin.timeout_seconds(call) == seconds


def test_a_bad_limit_of_the_configuration_is_named(api):
    """A timeout that is no duration says where it stands."""
    provider = provider_with(
        mediaconvert_endpoint=api.url, mediaconvert_waitTimeout="soon"
    )

    with pytest.raises(EngineError, match=r"^mediaconvert:waitTimeout: must be a dur"):
        provider.create(INPUTS)


@contextmanager
def event_loop():
    """Lend this thread a loop: the SDK would make one and leave it open."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        yield
    finally:
        asyncio.set_event_loop(None)
        loop.close()


class Engine(pulumi.runtime.Mocks):
    """Answers for the engine with a job of a verdict.

    Attributes:
        asked: what was registered.
    """

    def __init__(self, verdict: str) -> None:
        self.asked: list[MockResourceArgs] = []
        self._verdict = verdict

    def call(self, _args):
        """Answer no invoke; this package makes none."""
        raise NotImplementedError

    def new_resource(self, args):
        """Give the job's outputs."""
        self.asked.append(args)
        stream = {"codec": "h264", "width": 1280}
        grouped = {"name": "480P-ts", "group": "hls-group"}
        single = {"name": "720P-mp4", "url": "http://f", "video_streams": [stream]}
        facts = {"verdict": self._verdict, "outputs": [single, grouped]}
        return JOB_ID, {**args.inputs, **facts}


class Monitor(MockMonitor):
    """Keeps the time limits of what is registered, which mocks do not see."""

    def __init__(self, mocks: pulumi.runtime.Mocks) -> None:
        super().__init__(mocks)
        self.timeouts: dict[str, Any] = {}

    def RegisterResource(self, request):  # noqa: N802  # as the protocol says
        """Register a resource."""
        self.timeouts[request.name] = request.customTimeouts
        with event_loop():
            return super().RegisterResource(request)


def run(program, verdict="passed", *, preview=False):
    """Run a program with mocks; return what it gave, the mocks and the monitor."""
    mocks = Engine(verdict)
    monitor = Monitor(mocks)
    given: list[Any] = []
    with event_loop():
        pulumi.runtime.set_mocks(mocks, preview=preview, monitor=monitor)
        pulumi.runtime.test(lambda: program().apply(given.append))()
    return given[0], mocks, monitor


def job(**arguments):
    """Declare the job that all programs here are about."""
    return MediaConvertJob("trailer", job_id=JOB_ID, **arguments)


def test_a_job_is_registered_under_its_type_and_inputs():
    """The type token is a contract; what is not stated is not sent."""
    _, mocks, _ = run(lambda: job(region=REGION, triggers=[pulumi.Output.secret(1)]).id)

    [asked] = mocks.asked
    assert asked.typ == "pulumi-python:dynamic/mediaconvert:MediaConvertJob"
    assert asked.name == "trailer"
    assert asked.inputs.keys() == {"job_id", "region", "triggers", "__provider"}
    assert asked.inputs["job_id"] == JOB_ID


def secret(value):
    """Make a secret."""
    return pulumi.Output.secret(value)


@pytest.mark.parametrize(
    ("declare", "names"),
    [
        pytest.param(job, None, id="none"),
        pytest.param(lambda: job(expect={"output_count": 2}), None, id="plain"),
        pytest.param(lambda: job(region=secret(REGION)), None, id="region alone"),
        pytest.param(
            lambda: MediaConvertJob("trailer", job_id=secret(JOB_ID)),
            ["job_id"],
            id="job ID",
        ),
        pytest.param(
            lambda: job(expect=secret({"output_count": 2})), ["expect"], id="whole"
        ),
        pytest.param(
            lambda: job(expect={"outputs": [{"name": "a", "width": secret(2)}]}),
            ["expect"],
            id="nested",
        ),
        pytest.param(
            lambda: MediaConvertJob(
                "trailer",
                job_id=secret(JOB_ID),
                expect={"output_count": pulumi.Output.all(secret(1)).apply(len)},
            ),
            ["job_id", "expect"],
            id="both",
        ),
    ],
)
def test_the_names_of_secret_inputs_are_handed_over(declare, names):
    """The provider gets every value in clear, so it is told which are secret."""
    _, mocks, _ = run(lambda: declare().id)

    [asked] = mocks.asked
    assert asked.inputs.get(SECRETS_KEY) == names


@pytest.mark.parametrize("is_preview", [True, False], ids=["preview", "up"])
def test_a_preview_is_handed_over(is_preview):
    """The provider's `check` cannot tell a preview from an `up` by itself."""
    _, mocks, _ = run(lambda: job().urn, preview=is_preview)

    [asked] = mocks.asked
    assert asked.inputs.get(PREVIEW_KEY) is (True if is_preview else None)


def test_an_unknown_output_of_a_secret_job_does_not_name_the_job():
    """An error of the program is printed, whatever became of its values."""
    with pytest.raises(pulumi.RunError) as error:
        run(
            lambda: MediaConvertJob("trailer", job_id=secret(JOB_ID)).output("720p"),
        )

    assert str(error.value).startswith(f'job {HIDDEN} has no output "720p"; ')


def test_outputs_lift_down_to_the_streams():
    """`job.outputs[0].video_streams[0].codec` is an output like any other."""
    codec, _, _ = run(lambda: job().outputs[0].video_streams[0].codec)

    assert codec == "h264"


@pytest.mark.parametrize("name", ["480P-ts", "hls-group/480P-ts"])
def test_an_output_is_found_by_its_name(name):
    """`job.output(name)` gives the output, grouped or not, with typed fields."""
    found, _, _ = run(lambda: job().output(name))

    assert isinstance(found, JobOutput)
    assert (found.name, found.group, found.url) == ("480P-ts", "hls-group", None)


def test_an_unknown_output_of_a_passed_job_is_an_error_with_the_names():
    """A slip of the pen ends the program with one line."""
    with pytest.raises(pulumi.RunError) as error:
        run(lambda: job().output("720p"))

    assert str(error.value) == (
        f'job {JOB_ID} has no output "720p"; there are: "720P-mp4", "hls-group/480P-ts"'
    )


@pytest.mark.parametrize("verdict", ["failed", "inconclusive", "pending", "unverified"])
def test_an_unknown_output_of_another_job_has_no_fields(verdict):
    """A program that may go on does go on."""
    found, _, _ = run(lambda: job().output("nope"), verdict)

    assert (found.name, found.url, found.video_streams) == (None, None, None)


def test_the_facts_are_all_outputs_and_no_input():
    """`job.facts` is one plain mapping to export."""
    facts, _, _ = run(lambda: job().facts)

    assert facts.keys() == set(OUTPUT_NAMES)
    assert not facts.keys() & set(INPUT_NAMES)
    assert type(facts["outputs"][0]) is dict
    assert facts["outputs"][0]["video_streams"][0]["width"] == 1280


@pytest.mark.parametrize(
    ("given", "create", "update"),
    [
        pytest.param({"create": "77m"}, "77m", "77m", id="create serves for both"),
        pytest.param({"create": "77m", "update": "5m"}, "77m", "5m", id="both stated"),
        pytest.param({"update": "5m"}, "", "5m", id="update alone"),
        pytest.param({}, "", "", id="none"),
    ],
)
def test_the_time_to_create_serves_for_updates(given, create, update):
    """A wait that is resumed is an update, and has as long as the first one."""
    limits = pulumi.CustomTimeouts(**given, delete="9m")
    opts = pulumi.ResourceOptions(custom_timeouts=limits)

    _, _, monitor = run(lambda: job(opts=opts).id)

    sent = monitor.timeouts["trailer"]
    assert (sent.create, sent.update, sent.delete) == (create, update, "9m")
    assert limits.update == given.get("update")


def test_every_property_of_the_resource_is_declared():
    """Inputs and outputs together are the attributes that an editor knows."""
    declared = set(MediaConvertJob.__annotations__)

    assert declared == {*INPUT_NAMES, *OUTPUT_NAMES}
    assert not set(INPUT_NAMES) & set(OUTPUT_NAMES)
