"""Types of `expect` for editors and type checkers; a test holds them to the models.

Every value may be a `pulumi.Output`, nested ones too. What the keys mean stands in the
reference and in the models, which also say what a type cannot.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Required, TypedDict

import pulumi

from pulumi_alicloud_mediaconvert.input_names import ExpectationLevel


class NotesArgs(TypedDict, total=False):
    """What every expectation, and a matcher that stands in none, may carry."""

    message: pulumi.Input[str]
    enforcement_level: pulumi.Input[ExpectationLevel]


# `not` is no name of Python's, so that it cannot stand in a class.
_NotNumber = TypedDict("_NotNumber", {"not": "pulumi.Input[NumberDemand]"}, total=False)
_NotAngle = TypedDict("_NotAngle", {"not": "pulumi.Input[AngleDemand]"}, total=False)
_NotMeasure = TypedDict(
    "_NotMeasure", {"not": "pulumi.Input[MeasureDemand]"}, total=False
)
_NotRate = TypedDict("_NotRate", {"not": "pulumi.Input[RateDemand]"}, total=False)
_NotText = TypedDict("_NotText", {"not": "pulumi.Input[TextDemand]"}, total=False)
_NotPlain = TypedDict("_NotPlain", {"not": "pulumi.Input[PlainDemand]"}, total=False)


class BoundsArgs(TypedDict, total=False):
    """Bounds of a number, and how near it must be to another."""

    min: pulumi.Input[float]
    max: pulumi.Input[float]
    near: pulumi.Input[float]
    tolerance: pulumi.Input[float]
    tolerance_percent: pulumi.Input[float]


class NumberMatcherArgs(BoundsArgs, _NotNumber, NotesArgs, total=False):
    """A matcher of a number, in exactly one of its forms."""

    any_of: pulumi.Input[Sequence[pulumi.Input[NumberDemand]]]
    present: pulumi.Input[bool]


class AngleMatcherArgs(_NotAngle, NotesArgs, total=False):
    """A matcher of a rotation, in exactly one of its forms: degrees have no order."""

    any_of: pulumi.Input[Sequence[pulumi.Input[AngleDemand]]]
    present: pulumi.Input[bool]


class MeasureMatcherArgs(BoundsArgs, _NotMeasure, NotesArgs, total=False):
    """A matcher of a duration or a bit rate, which no plain number may stand for."""

    any_of: pulumi.Input[Sequence[pulumi.Input[MeasureDemand]]]
    present: pulumi.Input[bool]


class RateMatcherArgs(_NotRate, NotesArgs, total=False):
    """A matcher of a rate, a ratio or a level: numbers, or text such as `16:9`."""

    min: pulumi.Input[float | str]
    max: pulumi.Input[float | str]
    near: pulumi.Input[float | str]
    tolerance: pulumi.Input[float]
    tolerance_percent: pulumi.Input[float]
    any_of: pulumi.Input[Sequence[pulumi.Input[RateDemand]]]
    present: pulumi.Input[bool]


class TextMatcherArgs(_NotText, NotesArgs, total=False):
    """A matcher of text, in exactly one of its forms."""

    any_of: pulumi.Input[Sequence[pulumi.Input[TextDemand]]]
    matches: pulumi.Input[str]
    present: pulumi.Input[bool]


class PlainMatcherArgs(BoundsArgs, _NotPlain, NotesArgs, total=False):
    """A matcher of what a query gives: text, a number or a boolean."""

    any_of: pulumi.Input[Sequence[pulumi.Input[PlainDemand]]]
    matches: pulumi.Input[str]
    present: pulumi.Input[bool]


NumberDemand = (
    float | NumberMatcherArgs | Sequence[pulumi.Input[float | NumberMatcherArgs]]
)
AngleDemand = (
    float | AngleMatcherArgs | Sequence[pulumi.Input[float | AngleMatcherArgs]]
)
MeasureDemand = MeasureMatcherArgs | Sequence[pulumi.Input[MeasureMatcherArgs]]
RateDemand = (
    float
    | str
    | RateMatcherArgs
    | Sequence[pulumi.Input[float | str | RateMatcherArgs]]
)
TextDemand = str | TextMatcherArgs | Sequence[pulumi.Input[str | TextMatcherArgs]]
PlainDemand = (
    float
    | str
    | bool
    | PlainMatcherArgs
    | Sequence[pulumi.Input[float | str | bool | PlainMatcherArgs]]
)


class StreamArgs(NotesArgs, total=False):
    """What may be demanded of any stream."""

    codec: pulumi.Input[TextDemand]
    codec_tag: pulumi.Input[TextDemand]
    bitrate_kbps: pulumi.Input[MeasureDemand]
    duration_seconds: pulumi.Input[MeasureDemand]
    start_seconds: pulumi.Input[NumberDemand]
    lang: pulumi.Input[TextDemand]


class VideoExpectationArgs(StreamArgs, total=False):
    """What may be demanded of a video stream."""

    profile: pulumi.Input[TextDemand]
    level: pulumi.Input[RateDemand]
    width: pulumi.Input[NumberDemand]
    height: pulumi.Input[NumberDemand]
    long_edge: pulumi.Input[NumberDemand]
    short_edge: pulumi.Input[NumberDemand]
    display_width: pulumi.Input[NumberDemand]
    display_height: pulumi.Input[NumberDemand]
    fps: pulumi.Input[RateDemand]
    avg_fps: pulumi.Input[RateDemand]
    pix_fmt: pulumi.Input[TextDemand]
    dar: pulumi.Input[RateDemand]
    sar: pulumi.Input[RateDemand]
    rotate: pulumi.Input[AngleDemand]
    num_frames: pulumi.Input[NumberDemand]


class AudioExpectationArgs(StreamArgs, total=False):
    """What may be demanded of an audio stream."""

    channels: pulumi.Input[NumberDemand]
    channel_layout: pulumi.Input[TextDemand]
    sample_rate_hz: pulumi.Input[NumberDemand]


class FileArgs(TypedDict, total=False):
    """Facts of a delivered file as a whole."""

    status: pulumi.Input[TextDemand]
    url: pulumi.Input[TextDemand]
    extension: pulumi.Input[TextDemand]
    format: pulumi.Input[TextDemand]
    template_id: pulumi.Input[TextDemand]
    file_size_bytes: pulumi.Input[NumberDemand]
    duration_seconds: pulumi.Input[MeasureDemand]
    bitrate_kbps: pulumi.Input[MeasureDemand]
    average_kbps: pulumi.Input[MeasureDemand]
    width: pulumi.Input[NumberDemand]
    height: pulumi.Input[NumberDemand]
    av_drift_seconds: pulumi.Input[MeasureDemand]
    video_count: pulumi.Input[NumberDemand]
    audio_count: pulumi.Input[NumberDemand]


class SelectorArgs(FileArgs, total=False):
    """Selects outputs by their facts; nothing in it carries a message."""

    name: pulumi.Input[TextDemand]
    group: pulumi.Input[TextDemand]
    type: pulumi.Input[TextDemand]


VideoDemand = VideoExpectationArgs | Sequence[pulumi.Input[VideoExpectationArgs]]
AudioDemand = AudioExpectationArgs | Sequence[pulumi.Input[AudioExpectationArgs]]


class EveryOutputExpectationArgs(FileArgs, NotesArgs, total=False):
    """What may be demanded of each output."""

    video: pulumi.Input[VideoDemand]
    audio: pulumi.Input[AudioDemand]


class OutputExpectationArgs(EveryOutputExpectationArgs, total=False):
    """What may be demanded of one output, or of those that `where` selects."""

    name: pulumi.Input[str]
    where: pulumi.Input[SelectorArgs]


class GroupExpectationArgs(NotesArgs, total=False):
    """What may be demanded of one output group."""

    name: Required[pulumi.Input[str]]
    type: pulumi.Input[TextDemand]
    status: pulumi.Input[TextDemand]
    output_count: pulumi.Input[NumberDemand]
    outputs: pulumi.Input[Sequence[pulumi.Input[OutputExpectationArgs]]]


class ConsistentArgs(NotesArgs, total=False):
    """What the outputs must have in common."""

    duration_seconds: Required[pulumi.Input[float]]


class RuleArgs(NotesArgs, total=False):
    """A JMESPath query, and what it must give."""

    query: Required[pulumi.Input[str]]
    must_be: pulumi.Input[PlainDemand]


class ExpectationsArgs(TypedDict, total=False):
    """What may be demanded of a job beyond the success of all its parts."""

    every_output: pulumi.Input[EveryOutputExpectationArgs]
    outputs: pulumi.Input[Sequence[pulumi.Input[OutputExpectationArgs]]]
    output_groups: pulumi.Input[Sequence[pulumi.Input[GroupExpectationArgs]]]
    output_count: pulumi.Input[NumberDemand]
    other_outputs: pulumi.Input[Literal["allow", "forbid"]]
    consistent: pulumi.Input[ConsistentArgs]
    rules: pulumi.Input[Sequence[pulumi.Input[RuleArgs]]]
    as_requested: pulumi.Input[bool]


# What `expect` takes, and what `load_expectations` returns.
Expect = ExpectationsArgs | Literal["as-requested"]
