"""What is said of an error to each audience: one table for each renderer."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.cli.command_messages import COMMAND_LINE, OPTIONS
from pulumi_alicloud_mediaconvert.error_codes import MEANINGS
from pulumi_alicloud_mediaconvert.error_renderer import SENTENCES
from pulumi_alicloud_mediaconvert.errors import (
    Advice,
    ApiStatusError,
    AuthenticationError,
    ConfigurationError,
    JobNotFoundError,
    NextStep,
    ProviderError,
    Tried,
)
from pulumi_alicloud_mediaconvert.hosts.engine_messages import ENGINE
from pulumi_alicloud_mediaconvert.schema.inputs import WaitInputs
from pulumi_alicloud_mediaconvert.waiting.wait_errors import (
    LastSeen,
    PollError,
    WaitInterruptedError,
    WaitTimeoutError,
    gone,
)
from pulumi_alicloud_mediaconvert.waiting.wait_limits import LimitKind

NAME = "job j-1 (cn-shanghai)"
RUNNING = Job(job_id="j-1", state="Running", percent=66)
DETAILS = {
    "action": "ice:GetMediaConvertJob",
    "limit": "wait.timeout",
    "part": "the access key",
}


def timeout(
    job: Job | None = RUNNING,
    *,
    limit: LimitKind = LimitKind.TIMEOUT,
    is_missed: bool = False,
) -> WaitTimeoutError:
    """Reach a limit of 60 s after 21 polls."""
    return WaitTimeoutError(
        NAME,
        job=job,
        limit=limit,
        limit_seconds=60,
        waited_seconds=61,
        polls=21,
        is_missed=is_missed,
    )


def redirect(step: NextStep = NextStep.CHECK_ENDPOINT) -> ApiStatusError:
    """Fail by an answer that was not the vendor's."""
    return ApiStatusError(
        "cannot read job j-1 in cn-shanghai: the response is a redirect.",
        code=None,
        status_code=302,
        next_steps=[Advice(step)],
    )


class Said(NamedTuple):
    """An error, and what is said of it: what was seen, then what to do."""

    error: ProviderError
    engine: str
    command_line: str


ERRORS = {
    "without a next step": Said(
        ConfigurationError("the access key's ID is empty"),
        "the access key's ID is empty",
        "the access key's ID is empty",
    ),
    "setting": Said(
        ConfigurationError("expected https", setting="mediaconvert:endpoint"),
        "mediaconvert:endpoint: expected https",
        "--endpoint: expected https",
    ),
    "variable": Said(
        ConfigurationError("expected https", setting="ALIBABA_CLOUD_ICE_ENDPOINT"),
        "ALIBABA_CLOUD_ICE_ENDPOINT: expected https",
        "ALIBABA_CLOUD_ICE_ENDPOINT: expected https",
    ),
    "no region": Said(
        ConfigurationError(
            "no region",
            tried=[
                Tried(
                    (
                        "region",
                        "mediaconvert:region",
                        "alicloud:region",
                        "ALICLOUD_REGION",
                    )
                )
            ],
            next_steps=[Advice(NextStep.SET_REGION)],
        ),
        "no region: tried the input `region`, mediaconvert:region, alicloud:region,"
        " ALICLOUD_REGION. Set the input `region`, or run `pulumi config set"
        " mediaconvert:region cn-shanghai`.",
        "no region: tried --region, ALICLOUD_REGION."
        " Set --region, such as --region cn-shanghai.",
    ),
    "no credentials": Said(
        ConfigurationError(
            "no credentials",
            tried=[
                Tried(("mediaconvert:accessKey", "alicloud:profile"), "not set"),
                Tried(("mediaconvert:profile",), "empty"),
                Tried(("ALIBABA_CLOUD_ACCESS_KEY_ID",), "empty"),
                Tried(("OIDC",), "no response"),
            ],
            next_steps=[Advice(NextStep.SET_CREDENTIALS)],
        ),
        "no credentials: tried mediaconvert:accessKey, alicloud:profile (not set),"
        " mediaconvert:profile (empty),"
        " ALIBABA_CLOUD_ACCESS_KEY_ID (empty), OIDC (no response)."
        " Set one of these, or run `aliyun configure`.",
        "no credentials: tried --profile (not set),"
        " ALIBABA_CLOUD_ACCESS_KEY_ID (empty), OIDC (no response)."
        " Set one of these, or run `aliyun configure`.",
    ),
    "of the API": Said(
        redirect(),
        "cannot read job j-1 in cn-shanghai: the response is a redirect."
        " Check the region, mediaconvert:endpoint and the proxy.",
        "cannot read job j-1 in cn-shanghai: the response is a redirect."
        " Check the region, --endpoint and the proxy.",
    ),
    "key that was refused": Said(
        AuthenticationError(
            "cannot read job j-1 in cn-shanghai: the signature was refused.",
            code="SignatureDoesNotMatch",
            status_code=400,
            next_steps=MEANINGS["*Signature*"].next_steps,
        ),
        "cannot read job j-1 in cn-shanghai: the signature was refused."
        " Check the access key's secret. If the key was rotated, run"
        " `pulumi up` or `pulumi refresh --run-program`: a plain refresh uses the keys"
        " stored in the state.",
        "cannot read job j-1 in cn-shanghai: the signature was refused."
        " Check the access key's secret.",
    ),
    "timeout": Said(
        timeout(),
        f"{NAME} is still Running at 66% after 61s and 21 polls: the timeout of 60s"
        " was reached. The job continues. Run `pulumi up` again to resume, or raise"
        " `wait.timeout`.",
        f"{NAME} is still Running at 66% after 61s and 21 polls: the timeout of 60s"
        " was reached. The job continues. Run the command again to resume, or raise"
        " --timeout.",
    ),
    "queue": Said(
        timeout(Job(state="Inited"), limit=LimitKind.QUEUE, is_missed=True),
        f"{NAME} is still Inited after 61s and 21 polls: the queue timeout of"
        " 60s was reached. The API did not find it at the last poll. The job continues."
        " Run `pulumi up` again to resume, or raise `wait.queue_timeout`.",
        f"{NAME} is still Inited after 61s and 21 polls: the queue timeout of"
        " 60s was reached. The API did not find it at the last poll. The job continues."
        " Run the command again to resume, or raise --queue-timeout.",
    ),
    "stall": Said(
        timeout(Job(state="Running"), limit=LimitKind.STALL),
        f"{NAME} is still Running after 61s and 21 polls: the stall timeout of"
        " 60s was reached. The job continues."
        " Run `pulumi up` again to resume, or raise `wait.stall_timeout`.",
        f"{NAME} is still Running after 61s and 21 polls: the stall timeout of"
        " 60s was reached. The job continues."
        " Run the command again to resume, or raise --stall-timeout.",
    ),
    "poll that failed": Said(
        PollError(job=RUNNING, cause=redirect(), ago_seconds=3),
        "cannot read job j-1 in cn-shanghai: the response is a redirect."
        " It was Running at 66% when it was last read, 3s ago. The job continues."
        " Check the region, mediaconvert:endpoint and the proxy."
        " Run `pulumi up` again to resume.",
        "cannot read job j-1 in cn-shanghai: the response is a redirect."
        " It was Running at 66% when it was last read, 3s ago. The job continues."
        " Check the region, --endpoint and the proxy."
        " Run the command again to resume.",
    ),
    "poll of an ended job that failed": Said(
        PollError(
            job=Job(state="Success"),
            cause=redirect(NextStep.RETRY_LATER),
            ago_seconds=3,
        ),
        "cannot read job j-1 in cn-shanghai: the response is a redirect."
        " When it was last read, 3s ago, it had ended with the state Success, but some"
        " of its outputs had not ended. Run `pulumi up` again.",
        "cannot read job j-1 in cn-shanghai: the response is a redirect."
        " When it was last read, 3s ago, it had ended with the state Success, but some"
        " of its outputs had not ended. Run the command again.",
    ),
    "interrupted": Said(
        WaitInterruptedError(
            NAME, job=RUNNING, why="the wait was interrupted", trouble="no route"
        ),
        f"{NAME}: the wait was interrupted; it was Running at 66% when it was last"
        " read, and it continues;"
        " the last call failed: no route. Run `pulumi up` again to resume.",
        f"{NAME}: the wait was interrupted; it was Running at 66% when it was last"
        " read, and it continues;"
        " the last call failed: no route. Run the command again to resume.",
    ),
    "gone": Said(
        gone(
            NAME,
            LastSeen(state="Running", percent=66, when="3s ago"),
            JobNotFoundError(
                "no", code="JobNotFound", status_code=404, request_id="R-1"
            ),
        ),
        f"The API no longer finds {NAME} (JobNotFound, request R-1)."
        " It was Running at 66% when it was last read, 3s ago."
        " If it is still needed, submit it again; a new job has a new ID.",
        f"The API no longer finds {NAME} (JobNotFound, request R-1)."
        " It was Running at 66% when it was last read, 3s ago."
        " If it is still needed, submit it again; a new job has a new ID.",
    ),
}


@pytest.mark.parametrize(
    ("error", "engine", "command_line"), ERRORS.values(), ids=ERRORS
)
def test_an_error_is_said_in_the_words_of_its_audience(
    error: ProviderError, engine: str, command_line: str
):
    """The same is seen by all; what to do and what it is called is their own."""
    assert ENGINE.text(error) == engine
    assert COMMAND_LINE.text(error) == command_line


def test_several_problems_are_a_line_each():
    """Nobody has to take a text apart to mark each of its lines."""
    error = ConfigurationError("a: is required", "b: unknown key")

    assert str(error) == "a: is required\nb: unknown key"
    assert [*COMMAND_LINE.lines(error)] == ["a: is required", "b: unknown key"]
    assert COMMAND_LINE.lines(redirect()) == [COMMAND_LINE.text(redirect())]


@pytest.mark.parametrize(
    ("seen", "line"),
    [
        (LastSeen(state="Inited"), "It was Inited when it was last read."),
        (
            LastSeen(state="Odd\n", when="at noon"),
            'It was in the unknown state "Odd" when it was last read, at noon.',
        ),
        (
            LastSeen(state=None),
            "It was in an unreported state when it was last read.",
        ),
        (
            LastSeen(state="Success", percent=100, when="at noon"),
            "It had ended with the state Success at noon.",
        ),
        (LastSeen(state="Failed"), "It had ended with the state Failed."),
    ],
)
def test_what_was_last_read_is_one_sentence(seen, line):
    """State, percent and time are said as far as they are known."""
    assert seen.line() == line


POLICY = (
    '{"Version":"1","Statement":[{"Effect":"Allow",'
    '"Action":"ice:GetMediaConvertJob","Resource":"*"}]}'
)
STEPS = {
    NextStep.GRANT_PERMISSION: (
        "Allow ice:GetMediaConvertJob: attach AliyunICEReadOnlyAccess or the policy"
        f" {POLICY}."
    ),
    NextStep.REMOVE_DENIAL: (
        "A policy denies ice:GetMediaConvertJob: remove that Deny statement."
    ),
    NextStep.CHECK_CREDENTIALS: "Check the access key.",
    NextStep.RUN_AFTER_ROTATION: (
        "If the key was rotated, run `pulumi up` or `pulumi refresh --run-program`:"
        " a plain refresh uses the keys stored in the state."
    ),
    NextStep.STORE_ANSWER: "Store the API's response and verify it.",
}


@pytest.mark.parametrize(("step", "sentence"), STEPS.items())
def test_a_next_step_is_said_with_its_data(step, sentence):
    """What has to be copied or typed is said in full."""
    assert ENGINE.next_step(Advice(step, DETAILS)) == sentence


def test_a_policy_that_denies_is_named_by_its_type():
    """Who has to change it may be somebody else."""
    details = {**DETAILS, "policy_type": "ControlPolicy"}

    assert ENGINE.next_step(Advice(NextStep.REMOVE_DENIAL, details)) == (
        "A policy (ControlPolicy) denies ice:GetMediaConvertJob: remove that Deny"
        " statement."
    )


@pytest.mark.parametrize("step", NextStep)
def test_the_command_line_never_speaks_of_pulumi(step):
    """Every step has a sentence; a shell has neither a stack nor its settings."""
    assert SENTENCES[step].endswith(".")
    sentence = COMMAND_LINE.next_step(Advice(step, DETAILS))

    assert "pulumi" not in sentence
    assert "mediaconvert:" not in sentence
    assert ENGINE.next_step(Advice(step, DETAILS)).endswith(".")


@pytest.mark.parametrize("code", MEANINGS)
def test_every_code_has_what_its_sentences_need(code):
    """No sentence about a code of the vendor has a gap."""
    for advice in MEANINGS[code].next_steps:
        assert "None" not in ENGINE.next_step(advice)


def test_every_limit_of_waiting_is_an_option():
    """What the input `wait` takes can be typed."""
    limits = {f"wait.{name}" for name in WaitInputs.model_fields}

    assert limits <= OPTIONS.keys()
    assert {one.value for one in LimitKind} <= limits
