"""Inputs of a job and of every gate, checked.

The models are strict and say what is allowed; `check` turns what they refuse into
messages for the person who wrote it.
"""

from __future__ import annotations

import math
import re
from datetime import timedelta
from typing import Annotated, Any, Literal, Self

import durationpy
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    model_validator,
)

from pulumi_alicloud_mediaconvert.access.settings import (
    CONFIG_KEYS,
    CONFIG_NAMESPACE,
    check_region,
)
from pulumi_alicloud_mediaconvert.expect.expectations import StatedExpectations
from pulumi_alicloud_mediaconvert.expect.matchers import TAG
from pulumi_alicloud_mediaconvert.input_names import (
    EnforcementLevel,
    OnInconclusive,
    OnPreview,
)
from pulumi_alicloud_mediaconvert.schema.stated_levels import without_points
from pulumi_alicloud_mediaconvert.spelling import Key, Sentence, TypeOf, Value
from pulumi_alicloud_mediaconvert.text import short_duration
from pulumi_alicloud_mediaconvert.waiting.wait_limits import DEFAULTS, WaitLimits

MAX_JOB_ID = 128
# A month: a longer wait is a typing error, and a job's record may be gone by then.
MAX_WAIT_SECONDS = 30 * 24 * 3600.0
MIN_POLL_SECONDS = 0.1


def parse_duration(value: object) -> float:
    """Read a duration in seconds: Go style as in Pulumi's timeouts, or a number.

    Raises:
        ValueError: it is neither, negative, or longer than 30 days.
    """
    seconds = _seconds(value)
    if seconds is None or not math.isfinite(seconds):
        wanted = 'must be a duration such as "90s" or "1h30m", or seconds, got '
        raise ValueError(Sentence(wanted, Value(value)))
    if not 0 <= seconds <= MAX_WAIT_SECONDS:
        raise ValueError(Sentence("must be from 0 to 30 days, got ", Value(value)))
    return seconds


def _seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        # Stack configuration is always text, so a number may come as text.
        return float(value)
    except (OverflowError, ValueError):
        pass
    try:
        duration: timedelta = durationpy.from_str(str(value).strip())
    except (durationpy.DurationError, OverflowError, ValueError):
        return None
    return duration.total_seconds()


def parse_job_id(value: object) -> str:
    """Read a job ID, trimmed.

    Raises:
        ValueError: it is empty, too long, or has other than printable characters.
    """
    if not isinstance(value, str):
        raise ValueError(Sentence("must be text, got ", TypeOf(value)))  # noqa: TRY004  # pydantic collects ValueError only
    job_id = value.strip()
    if not job_id:
        raise ValueError("must not be empty")
    if len(job_id) > MAX_JOB_ID or not re.fullmatch(r"[!-~]+", job_id):
        raise ValueError("must be 1 to 128 printable ASCII characters without spaces")
    return job_id


def _region(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(Sentence("must be text, got ", TypeOf(value)))  # noqa: TRY004  # as above
    problem = check_region(value.strip())
    if problem:
        raise ValueError(problem)
    return value.strip()


Duration = Annotated[float, BeforeValidator(parse_duration)]
Region = Annotated[str, BeforeValidator(_region)]
# As they come from the engine, whose numbers do not keep a decimal point.
GivenExpectations = Annotated[StatedExpectations, BeforeValidator(without_points)]


class Strict(BaseModel):
    """Base of all inputs: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class WaitInputs(Strict):
    """Limits of waiting."""

    timeout: Duration | None = Field(
        None,
        description="Maximum duration of the wait; "
        f'`"{short_duration(DEFAULTS.timeout)}"` if nothing else sets it.',
    )
    queue_timeout: Duration | None = Field(
        None, description="Maximum time in the state `Inited`; unlimited by default."
    )
    stall_timeout: Duration | None = Field(
        None,
        description="Maximum time in the state `Running` at the same percent; "
        "unlimited by default.",
    )
    not_found_grace: Duration = Field(
        DEFAULTS.not_found_grace,
        description="How long to keep polling if the API does not find the job.",
    )
    poll_min: Annotated[Duration, Field(ge=MIN_POLL_SECONDS)] = Field(
        DEFAULTS.poll_min, description="Shortest interval between polls."
    )
    poll_max: Annotated[Duration, Field(ge=MIN_POLL_SECONDS)] = Field(
        DEFAULTS.poll_max, description="Longest interval between polls."
    )

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.poll_min > self.poll_max:
            raise ValueError(
                Sentence(
                    Key("poll_min"),
                    " must not exceed ",
                    Key("poll_max"),
                    f" ({self.poll_min:g} s and {self.poll_max:g} s)",
                )
            )
        return self


def _wait_branch(value: object) -> str:
    return TAG + ("never" if value is False else "limits")


Wait = Annotated[
    Annotated[WaitInputs, Tag(TAG + "limits")]
    | Annotated[Literal[False], Tag(TAG + "never")],
    Discriminator(_wait_branch),
]


class GateInputs(Strict):
    """Inputs of every gate, for one job or for a set of jobs; checked."""

    region: Region = Field(
        description="Region of the job. A change replaces the resource."
    )
    wait: Wait = Field(
        default_factory=WaitInputs,
        description="Limits of the wait. `False` means one read without a wait.",
    )
    enforcement_level: EnforcementLevel = Field(
        "mandatory",
        description="What a bad verdict does: `mandatory` fails the deployment, "
        "`advisory` warns. `disabled` skips the verification.",
    )
    on_inconclusive: OnInconclusive = Field(
        "fail",
        description="What `mandatory` does with an inconclusive verdict: `fail` or "
        "`warn`.",
    )
    on_preview: OnPreview = Field(
        "warn",
        description="What a preview does about a job that has ended badly: `warn` or "
        "`fail`. `off` means that a preview reads no job.",
    )
    triggers: list[Any] = Field(
        default_factory=list,
        description="Arbitrary values. A change repeats the verification.",
    )

    def limits(self, timeout_seconds: float) -> WaitLimits:
        """Return the limits of the wait.

        Args:
            timeout_seconds: of the whole wait, if `wait` does not set it.
        """
        wait = self.wait or WaitInputs()
        stated = wait.model_dump(exclude_none=True)
        return WaitLimits(**{"timeout": timeout_seconds, **stated})


class JobInputs(GateInputs):
    """Inputs of `MediaConvertJob`, checked."""

    job_id: Annotated[str, BeforeValidator(parse_job_id)] = Field(
        description="ID of the job. A change replaces the resource."
    )
    expect: GivenExpectations | None = Field(
        None,
        description='Expectations, or `"as-requested"` to check the job against its '
        "own request. Default: the job and all its outputs must have succeeded.",
    )


# Where the stack's configuration gives a default: key after `mediaconvert:`, path.
CONFIGURED_INPUTS = {
    "enforcementLevel": ("enforcement_level",),
    "onInconclusive": ("on_inconclusive",),
    "onPreview": ("on_preview",),
    "waitQueueTimeout": ("wait", "queue_timeout"),
    "waitStallTimeout": ("wait", "stall_timeout"),
    "waitNotFoundGrace": ("wait", "not_found_grace"),
    "waitPollMin": ("wait", "poll_min"),
    "waitPollMax": ("wait", "poll_max"),
}
# Not among them: custom timeouts, which only a later step knows, go before it.
CONFIGURED_TIMEOUT = "waitTimeout"
# Holds for the whole stack, not for a single resource.
CONFIGURED_RATE = "maxRequestsPerSecond"
# All of the stack's configuration that a provider reads, with its namespace.
CONFIGURATION_KEYS = (
    *CONFIG_KEYS,
    *(
        f"{CONFIG_NAMESPACE}:{key}"
        for key in (*CONFIGURED_INPUTS, CONFIGURED_TIMEOUT, CONFIGURED_RATE)
    ),
)
