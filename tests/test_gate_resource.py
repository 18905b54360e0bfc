"""What jobs and sets have in common: options, subclasses, what the plugin is told."""

from __future__ import annotations

import asyncio
import gc
import warnings
from typing import Any, Generic, TypeVar

import pulumi
import pytest

from hosts import run_program
from jobs import JOB_ID
from pulumi_alicloud_mediaconvert import (
    MediaConvertJob,
    MediaConvertJobSet,
    MediaConvertProvider,
)
from pulumi_alicloud_mediaconvert.hosts.dynamic.program import reads_by_id
from pulumi_alicloud_mediaconvert.hosts.hidden_keys import READ_TIMEOUT_KEY, SECRETS_KEY
from pulumi_alicloud_mediaconvert.schema.outputs import JobOutput

Kind = TypeVar("Kind")
WRONG_OPTIONS: list[Any] = [
    {"protect": True},
    [],
    "protect",
    7,
    pulumi.InvokeOptions(),
    pulumi.ResourceOptions,
]


def job(cls=MediaConvertJob, **arguments):
    """Declare a job."""
    return cls("trailer", job_id=JOB_ID, **arguments)


def a_set(cls=MediaConvertJobSet, **arguments):
    """Declare a set of jobs."""
    return cls("library", job_ids=[JOB_ID], **arguments)


def read(**arguments):
    """Declare a job that is read."""
    return MediaConvertJob.get("trailer", JOB_ID, **arguments)


def provider(**arguments):
    """Declare an explicit provider."""
    return MediaConvertProvider("second", region="cn-beijing", **arguments)


# Older SDKs read nothing by its ID.
READING = [read] if reads_by_id() else []
DECLARING = [job, a_set, provider, *READING]
both = pytest.mark.parametrize("declare", [job, a_set])


def refusal_of(declare, **arguments) -> tuple[Exception, list[str]]:
    """Declare what is refused; return the error, and whatever Python warns of."""
    complaints: list[str] = []

    def program():
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, told: complaints.append(told["message"]))
        declare(**arguments)

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with pytest.raises((TypeError, pulumi.RunError)) as error:
            run_program(program)
        gc.collect()
    return error.value, complaints + [str(one.message) for one in caught]


@pytest.mark.parametrize("opts", WRONG_OPTIONS, ids=lambda opts: type(opts).__name__)
@pytest.mark.parametrize("declare", DECLARING)
def test_wrong_options_are_refused_in_the_words_of_the_sdk(declare, opts):
    """Nothing that was begun is left behind."""
    error, left = refusal_of(declare, opts=opts)

    assert type(error) is TypeError
    assert "ResourceOptions instance" in str(error)
    assert left == []


@both
def test_an_import_is_refused_with_what_to_write_instead(declare):
    """In one line, before anything is registered; also where a transformation asks."""
    stated = pulumi.ResourceOptions(import_=JOB_ID)

    def ask(args):
        opts = pulumi.ResourceOptions.merge(args.opts, stated)
        return pulumi.ResourceTransformationResult(args.props, opts)

    for opts in (stated, pulumi.ResourceOptions(transformations=[ask])):
        error, left = refusal_of(declare, opts=opts)
        assert isinstance(error, pulumi.RunError)
        assert "\n" not in str(error)
        assert "import_" in str(error)
        assert "job_id" in str(error)
        assert left == []


class Job(MediaConvertJob):
    """A user's own."""


class Deeper(Job):
    """One of that, with an output of its own."""

    title: pulumi.Output[str]


class Of(MediaConvertJob, Generic[Kind]):
    """A generic one."""


class OfNumbers(Of[int]):
    """One of that."""


class Set(MediaConvertJobSet):
    """A user's own set."""


@pytest.mark.parametrize("cls", [Job, Deeper, Of, OfNumbers])
def test_a_subclass_of_a_job_is_a_job(cls):
    """It has the type of its base, by which states know it, and typed outputs."""
    output, mocks, _ = run_program(lambda: job(cls).outputs[0])

    [asked] = mocks.asked
    assert asked.typ == "pulumi-python:dynamic/mediaconvert:MediaConvertJob"
    assert isinstance(output, JobOutput)


def test_a_subclass_of_a_set_is_a_set():
    """As of a job."""
    _, mocks, _ = run_program(lambda: a_set(Set).urn)

    [asked] = mocks.asked
    assert asked.typ == "pulumi-python:dynamic/mediaconvert:MediaConvertJobSet"


@pytest.mark.parametrize("kind", ["create", "read", "delete", "update"])
@both
def test_all_time_limits_reach_the_engine(declare, kind):
    """Those that are stated; `create` serves for updates, too."""
    limits = {kind: "77m"}
    opts = pulumi.ResourceOptions(custom_timeouts=limits)  # type: ignore[arg-type]  # the SDK takes it

    _, _, monitor = run_program(lambda: declare(opts=opts).urn)

    # A program of an earlier test may still register what is its own.
    sent = monitor.timeouts["trailer" if declare is job else "library"]
    expected = {"create": "", "update": "", "delete": ""} | limits
    if kind == "create":
        expected["update"] = "77m"
    for name, value in expected.items():
        # An older SDK does not send what it does not know.
        assert getattr(sent, name, value) == value
    assert limits == {kind: "77m"}


def secret(value):
    """Make a secret."""
    return pulumi.Output.secret(value)


ADDED = {
    "new": lambda args: {**args.props, "expect": {"output_count": secret(2)}},
    "in place": lambda args: args.props.update(expect=secret({})) or args.props,
    "without what we hide": lambda args: (
        {key: value for key, value in args.props.items() if key != SECRETS_KEY}
        | {"expect": secret({})}
    ),
    "one as another": lambda args: {**args.props, "expect": args.props["triggers"]},
}


@pytest.mark.parametrize("location", ["option", "parent"])
@pytest.mark.parametrize("change", ADDED.values(), ids=ADDED)
@both
def test_what_an_old_transformation_makes_secret_is_handed_over(
    declare, change, location
):
    """It runs within the constructor, after what our own has seen."""

    def transform(args):
        if "mediaconvert" not in args.type_:
            return None
        return pulumi.ResourceTransformationResult(change(args), args.opts)

    def program():
        opts = pulumi.ResourceOptions(transformations=[transform])
        if location == "parent":
            group = pulumi.ComponentResource("a:b:C", "group", {}, opts)
            opts = pulumi.ResourceOptions(parent=group)
        return declare(triggers=[secret(1)], opts=opts).urn

    _, mocks, _ = run_program(program)

    [asked] = [one for one in mocks.asked if "mediaconvert" in one.typ]
    assert {*asked.inputs[SECRETS_KEY]} == {"expect", "triggers"}


def test_what_a_transformation_takes_away_is_no_secret_any_more():
    """What is left decides."""

    def transform(args):
        props = {**args.props, "expect": {"output_count": 2}}
        return pulumi.ResourceTransformationResult(props, args.opts)

    opts = pulumi.ResourceOptions(transformations=[transform])
    _, mocks, _ = run_program(lambda: job(expect=secret({}), opts=opts).urn)

    [asked] = mocks.asked
    assert SECRETS_KEY not in asked.inputs


def test_a_child_of_a_job_is_told_nothing():
    """What is done to a job is not done to what belongs to it."""

    def program():
        child = pulumi.ResourceOptions(parent=job())
        return pulumi.CustomResource("a:b:C", "child", {"x": secret(1)}, child).urn

    _, mocks, _ = run_program(program)

    [asked] = [one for one in mocks.asked if one.name == "child"]
    assert asked.inputs.keys() == {"x"}


REFUSED = [
    ("failed", {}, True),
    ("inconclusive", {}, True),
    ("pending", {}, True),
    ("passed", {}, False),
    ("failed", {"enforcement_level": "advisory"}, False),
    ("pending", {"enforcement_level": "advisory"}, False),
    ("unverified", {"enforcement_level": "disabled"}, False),
    ("inconclusive", {"on_inconclusive": "warn"}, False),
    ("failed", {"on_inconclusive": "warn"}, True),
    ("pending", {"wait": False}, False),
    ("failed", {"wait": False}, True),
]


@pytest.mark.parametrize(("verdict", "stated", "warns"), REFUSED, ids=str)
@pytest.mark.parametrize("is_stated", [True, False], ids=["stated", "stored"])
@both
def test_a_stored_verdict_that_an_up_would_stop_at_is_warned_of(  # a table
    declare, verdict, stated, warns, is_stated
):
    """A program sees such a verdict in runs alone that leave the resource out."""
    stored = {"enforcement_level": "mandatory", "on_inconclusive": "fail"}
    facts = stored if is_stated else {**stored, **stated}

    with pytest.MonkeyPatch.context() as patch:
        told: list[str] = []
        patch.setattr(pulumi.log, "warn", lambda text, _: told.append(text))
        inputs = stated if is_stated else {}
        given, _, _ = run_program(
            lambda: declare(**inputs).verdict, verdict, facts=facts
        )

    assert given == verdict
    assert bool(told) is warns
    assert all(f"`{verdict}`" in text for text in told)


def test_the_limit_of_a_read_is_handed_over():
    """The SDK sends none for a resource that is only read."""
    limits = pulumi.ResourceOptions(custom_timeouts={"read": "4s"})  # type: ignore[arg-type]  # the SDK takes it

    for declare in READING:
        _, mocks, _ = run_program(lambda declare=declare: declare(opts=limits).urn)

        [asked] = mocks.asked
        assert asked.inputs[READ_TIMEOUT_KEY] == "4s"
