"""Types of `expect` and `wait`, for editors and type checkers.

`scripts/generate` writes their keys from the models.

Every value may be a `pulumi.Output`, also nested ones. The models state the rules that
a type cannot express.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Required, TypedDict, TypeVar

import pulumi

from pulumi_alicloud_mediaconvert.input_names import ExpectationLevel, OtherOutputs

_Constraint = TypeVar("_Constraint")
# A class cannot declare a key named like a keyword of Python, and editors show a
# docstring for declared keys only. So the type of `not` says what the key means.
AnythingBut = pulumi.Input[_Constraint]
_NotNumber = TypedDict(
    "_NotNumber", {"not": "AnythingBut[NumberConstraint]"}, total=False
)
_NotAngle = TypedDict("_NotAngle", {"not": "AnythingBut[AngleConstraint]"}, total=False)
_NotMeasure = TypedDict(
    "_NotMeasure", {"not": "AnythingBut[MeasureConstraint]"}, total=False
)
_NotRate = TypedDict("_NotRate", {"not": "AnythingBut[RateConstraint]"}, total=False)
_NotText = TypedDict("_NotText", {"not": "AnythingBut[TextConstraint]"}, total=False)
_NotPlain = TypedDict("_NotPlain", {"not": "AnythingBut[PlainConstraint]"}, total=False)


class NumberMatcherArgs(_NotNumber, total=False):
    """A matcher of a number, in exactly one of its forms."""

    # written by scripts/generate: NumberMatcherArgs
    min: pulumi.Input[float]
    """At least this."""
    max: pulumi.Input[float]
    """At most this."""
    near: pulumi.Input[float]
    """This, within a tolerance."""
    tolerance: pulumi.Input[float]
    """Largest distance from `near`."""
    tolerance_percent: pulumi.Input[float]
    """Largest distance from `near`, in percent of it."""
    any_of: pulumi.Input[Sequence[pulumi.Input[NumberConstraint]]]
    """What at least one of these matches."""
    present: pulumi.Input[bool]
    """Whether the API reports the fact at all."""
    message: pulumi.Input[str]
    """Text that is shown with the mismatch."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """`advisory`: its miss does not count for the verdict."""
    # end


class AngleMatcherArgs(_NotAngle, total=False):
    """A matcher of a rotation, in exactly one of its forms: degrees have no order."""

    # written by scripts/generate: AngleMatcherArgs
    any_of: pulumi.Input[Sequence[pulumi.Input[AngleConstraint]]]
    """What at least one of these matches."""
    present: pulumi.Input[bool]
    """Whether the API reports the fact at all."""
    message: pulumi.Input[str]
    """Text that is shown with the mismatch."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """`advisory`: its miss does not count for the verdict."""
    # end


class MeasureMatcherArgs(_NotMeasure, total=False):
    """A matcher of a duration or a bit rate: a plain number is not accepted."""

    # written by scripts/generate: MeasureMatcherArgs
    min: pulumi.Input[float]
    """At least this."""
    max: pulumi.Input[float]
    """At most this."""
    near: pulumi.Input[float]
    """This, within a tolerance."""
    tolerance: pulumi.Input[float]
    """Largest distance from `near`."""
    tolerance_percent: pulumi.Input[float]
    """Largest distance from `near`, in percent of it."""
    any_of: pulumi.Input[Sequence[pulumi.Input[MeasureConstraint]]]
    """What at least one of these matches."""
    present: pulumi.Input[bool]
    """Whether the API reports the fact at all."""
    message: pulumi.Input[str]
    """Text that is shown with the mismatch."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """`advisory`: its miss does not count for the verdict."""
    # end


class RateMatcherArgs(_NotRate, total=False):
    """A matcher of a rate, a ratio or a level: numbers, or text such as `16:9`."""

    # written by scripts/generate: RateMatcherArgs
    min: pulumi.Input[float | str]
    """At least this."""
    max: pulumi.Input[float | str]
    """At most this."""
    near: pulumi.Input[float | str]
    """This, within a tolerance."""
    tolerance: pulumi.Input[float]
    """Largest distance from `near`."""
    tolerance_percent: pulumi.Input[float]
    """Largest distance from `near`, in percent of it."""
    any_of: pulumi.Input[Sequence[pulumi.Input[RateConstraint]]]
    """What at least one of these matches."""
    present: pulumi.Input[bool]
    """Whether the API reports the fact at all."""
    message: pulumi.Input[str]
    """Text that is shown with the mismatch."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """`advisory`: its miss does not count for the verdict."""
    # end


class TextMatcherArgs(_NotText, total=False):
    """A matcher of text, in exactly one of its forms."""

    # written by scripts/generate: TextMatcherArgs
    any_of: pulumi.Input[Sequence[pulumi.Input[TextConstraint]]]
    """What at least one of these matches."""
    matches: pulumi.Input[str]
    """A regular expression (RE2) for the whole text."""
    present: pulumi.Input[bool]
    """Whether the API reports the fact at all."""
    message: pulumi.Input[str]
    """Text that is shown with the mismatch."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """`advisory`: its miss does not count for the verdict."""
    # end


class PlainMatcherArgs(_NotPlain, total=False):
    """A matcher of the result of a query: text, a number or a boolean."""

    # written by scripts/generate: PlainMatcherArgs
    min: pulumi.Input[float]
    """At least this."""
    max: pulumi.Input[float]
    """At most this."""
    near: pulumi.Input[float]
    """This, within a tolerance."""
    tolerance: pulumi.Input[float]
    """Largest distance from `near`."""
    tolerance_percent: pulumi.Input[float]
    """Largest distance from `near`, in percent of it."""
    any_of: pulumi.Input[Sequence[pulumi.Input[PlainConstraint]]]
    """What at least one of these matches."""
    matches: pulumi.Input[str]
    """A regular expression (RE2) for the whole text."""
    present: pulumi.Input[bool]
    """Whether the API reports the fact at all."""
    message: pulumi.Input[str]
    """Text that is shown with the mismatch."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """`advisory`: its miss does not count for the verdict."""
    # end


NumberConstraint = (
    float | NumberMatcherArgs | Sequence[pulumi.Input[float | NumberMatcherArgs]]
)
AngleConstraint = (
    float | AngleMatcherArgs | Sequence[pulumi.Input[float | AngleMatcherArgs]]
)
MeasureConstraint = MeasureMatcherArgs | Sequence[pulumi.Input[MeasureMatcherArgs]]
RateConstraint = (
    float
    | str
    | RateMatcherArgs
    | Sequence[pulumi.Input[float | str | RateMatcherArgs]]
)
TextConstraint = str | TextMatcherArgs | Sequence[pulumi.Input[str | TextMatcherArgs]]
PlainConstraint = (
    float
    | str
    | bool
    | PlainMatcherArgs
    | Sequence[pulumi.Input[float | str | bool | PlainMatcherArgs]]
)


class VideoExpectationArgs(TypedDict, total=False):
    """Expectations of a video stream."""

    # written by scripts/generate: VideoExpectationArgs
    codec: pulumi.Input[TextConstraint]
    """Codec, by any common name: `H.264`, `avc` and `h264` are one."""
    codec_tag: pulumi.Input[TextConstraint]
    """Codec tag, by its letters or digits: tells `hvc1` from `hev1`."""
    bitrate_kbps: pulumi.Input[MeasureConstraint]
    """Bit rate in kbit/s."""
    duration_seconds: pulumi.Input[MeasureConstraint]
    """Duration in seconds."""
    start_seconds: pulumi.Input[NumberConstraint]
    """Start time in seconds."""
    lang: pulumi.Input[TextConstraint]
    """Language by ISO 639: `zh`, `zho`, `chi` are one."""
    profile: pulumi.Input[TextConstraint]
    """Profile, without regard to case; `baseline` meets Constrained Baseline."""
    level: pulumi.Input[RateConstraint]
    """Level, as 3.1, or without a point in the codec's own count: of AV1 5.0 is a
    level, and 5 a count.
    """
    width: pulumi.Input[NumberConstraint]
    """Width in pixels, before rotation."""
    height: pulumi.Input[NumberConstraint]
    """Height in pixels, before rotation."""
    long_edge: pulumi.Input[NumberConstraint]
    """The longer of width and height, in pixels."""
    short_edge: pulumi.Input[NumberConstraint]
    """The shorter of width and height, in pixels."""
    display_width: pulumi.Input[NumberConstraint]
    """Width in pixels as a viewer sees it; not known if `rotate` is no quarter turn."""
    display_height: pulumi.Input[NumberConstraint]
    """Height in pixels as a viewer sees it; not known if `rotate` is no quarter turn.
    """
    fps: pulumi.Input[RateConstraint]
    """Frames per second: 29.97 is 30000/1001, but not 30."""
    avg_fps: pulumi.Input[RateConstraint]
    """Average frames per second."""
    pix_fmt: pulumi.Input[TextConstraint]
    """Pixel format, such as `yuv420p`."""
    dar: pulumi.Input[RateConstraint]
    """Display aspect ratio, such as `16:9`."""
    sar: pulumi.Input[RateConstraint]
    """Sample aspect ratio, such as `1:1`."""
    rotate: pulumi.Input[AngleConstraint]
    """Rotation in degrees; -90 and 270 are one."""
    num_frames: pulumi.Input[NumberConstraint]
    """Number of frames."""
    message: pulumi.Input[str]
    """Text that is shown with its mismatches."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """`advisory`: its misses are listed and warned about, and do not count for the
    verdict. By default that of the expectation around it.
    """
    # end


class AudioExpectationArgs(TypedDict, total=False):
    """Expectations of an audio stream."""

    # written by scripts/generate: AudioExpectationArgs
    codec: pulumi.Input[TextConstraint]
    """Codec, by any common name: `H.264`, `avc` and `h264` are one."""
    codec_tag: pulumi.Input[TextConstraint]
    """Codec tag, by its letters or digits: tells `hvc1` from `hev1`."""
    bitrate_kbps: pulumi.Input[MeasureConstraint]
    """Bit rate in kbit/s."""
    duration_seconds: pulumi.Input[MeasureConstraint]
    """Duration in seconds."""
    start_seconds: pulumi.Input[NumberConstraint]
    """Start time in seconds."""
    lang: pulumi.Input[TextConstraint]
    """Language by ISO 639: `zh`, `zho`, `chi` are one."""
    channels: pulumi.Input[NumberConstraint]
    """Number of channels."""
    channel_layout: pulumi.Input[TextConstraint]
    """Channel layout, such as `stereo`; `5.1` and `5.1(side)` are one."""
    sample_rate_hz: pulumi.Input[NumberConstraint]
    """Sample rate in Hz."""
    message: pulumi.Input[str]
    """Text that is shown with its mismatches."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """`advisory`: its misses are listed and warned about, and do not count for the
    verdict. By default that of the expectation around it.
    """
    # end


class SelectorArgs(TypedDict, total=False):
    """Selects outputs by their facts."""

    # written by scripts/generate: SelectorArgs
    name: pulumi.Input[TextConstraint]
    """Name, as `720P-ts` or `hls-group/720P-ts`."""
    status: pulumi.Input[TextConstraint]
    """Status; any by default."""
    url: pulumi.Input[TextConstraint]
    """Address of the file."""
    template_id: pulumi.Input[TextConstraint]
    """Template that was requested."""
    extension: pulumi.Input[TextConstraint]
    """Extension of the file's name: tells mp4 from mov."""
    format: pulumi.Input[TextConstraint]
    """Container format: any of the API's names, by any common name."""
    file_size_bytes: pulumi.Input[NumberConstraint]
    """Size in bytes; not of a manifest."""
    duration_seconds: pulumi.Input[MeasureConstraint]
    """Duration in seconds."""
    bitrate_kbps: pulumi.Input[MeasureConstraint]
    """Bit rate in kbit/s; not of a manifest."""
    average_kbps: pulumi.Input[MeasureConstraint]
    """Size by duration in kbit/s; not of a manifest."""
    width: pulumi.Input[NumberConstraint]
    """Width in pixels."""
    height: pulumi.Input[NumberConstraint]
    """Height in pixels."""
    av_drift_seconds: pulumi.Input[MeasureConstraint]
    """Largest difference between the durations of its streams."""
    video_count: pulumi.Input[NumberConstraint]
    """Number of video streams, cover art aside."""
    audio_count: pulumi.Input[NumberConstraint]
    """Number of audio streams."""
    group: pulumi.Input[TextConstraint]
    """Name of its group."""
    type: pulumi.Input[TextConstraint]
    """Type: `OSS` or `Media`."""
    # end


VideoConstraint = VideoExpectationArgs | Sequence[pulumi.Input[VideoExpectationArgs]]
AudioConstraint = AudioExpectationArgs | Sequence[pulumi.Input[AudioExpectationArgs]]


class EveryOutputExpectationArgs(TypedDict, total=False):
    """Expectations of every output."""

    # written by scripts/generate: EveryOutputExpectationArgs
    status: pulumi.Input[TextConstraint]
    """Status; `"Success"` by default. `["Success", "Skipped"]` tolerates a skip, of
    which nothing else is then demanded.
    """
    url: pulumi.Input[TextConstraint]
    """Address of the file."""
    template_id: pulumi.Input[TextConstraint]
    """Template that was requested."""
    extension: pulumi.Input[TextConstraint]
    """Extension of the file's name: tells mp4 from mov."""
    format: pulumi.Input[TextConstraint]
    """Container format: any of the API's names, by any common name."""
    file_size_bytes: pulumi.Input[NumberConstraint]
    """Size in bytes; not of a manifest."""
    duration_seconds: pulumi.Input[MeasureConstraint]
    """Duration in seconds."""
    bitrate_kbps: pulumi.Input[MeasureConstraint]
    """Bit rate in kbit/s; not of a manifest."""
    average_kbps: pulumi.Input[MeasureConstraint]
    """Size by duration in kbit/s; not of a manifest."""
    width: pulumi.Input[NumberConstraint]
    """Width in pixels."""
    height: pulumi.Input[NumberConstraint]
    """Height in pixels."""
    av_drift_seconds: pulumi.Input[MeasureConstraint]
    """Largest difference between the durations of its streams."""
    video_count: pulumi.Input[NumberConstraint]
    """Number of video streams, cover art aside."""
    audio_count: pulumi.Input[NumberConstraint]
    """Number of audio streams."""
    video: pulumi.Input[VideoConstraint]
    """A video stream, or a list of them, each met by one of its own; `[]`: none."""
    audio: pulumi.Input[AudioConstraint]
    """An audio stream, or a list of them, each met by one of its own; `[]`: none."""
    message: pulumi.Input[str]
    """Text that is shown with its mismatches."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """`advisory`: its misses are listed and warned about, and do not count for the
    verdict. By default that of the expectation around it.
    """
    # end


class OutputExpectationArgs(TypedDict, total=False):
    """Expectations of one output, or of every output that `where` selects."""

    # written by scripts/generate: OutputExpectationArgs
    name: pulumi.Input[str]
    """The ungrouped output of that name, else the only grouped one; or `group/name`."""
    where: pulumi.Input[SelectorArgs]
    """Selects by facts instead; all that match must pass, and there must be one."""
    status: pulumi.Input[TextConstraint]
    """Status; `"Success"` by default. `["Success", "Skipped"]` tolerates a skip, of
    which nothing else is then demanded.
    """
    url: pulumi.Input[TextConstraint]
    """Address of the file."""
    template_id: pulumi.Input[TextConstraint]
    """Template that was requested."""
    extension: pulumi.Input[TextConstraint]
    """Extension of the file's name: tells mp4 from mov."""
    format: pulumi.Input[TextConstraint]
    """Container format: any of the API's names, by any common name."""
    file_size_bytes: pulumi.Input[NumberConstraint]
    """Size in bytes; not of a manifest."""
    duration_seconds: pulumi.Input[MeasureConstraint]
    """Duration in seconds."""
    bitrate_kbps: pulumi.Input[MeasureConstraint]
    """Bit rate in kbit/s; not of a manifest."""
    average_kbps: pulumi.Input[MeasureConstraint]
    """Size by duration in kbit/s; not of a manifest."""
    width: pulumi.Input[NumberConstraint]
    """Width in pixels."""
    height: pulumi.Input[NumberConstraint]
    """Height in pixels."""
    av_drift_seconds: pulumi.Input[MeasureConstraint]
    """Largest difference between the durations of its streams."""
    video_count: pulumi.Input[NumberConstraint]
    """Number of video streams, cover art aside."""
    audio_count: pulumi.Input[NumberConstraint]
    """Number of audio streams."""
    video: pulumi.Input[VideoConstraint]
    """A video stream, or a list of them, each met by one of its own; `[]`: none."""
    audio: pulumi.Input[AudioConstraint]
    """An audio stream, or a list of them, each met by one of its own; `[]`: none."""
    message: pulumi.Input[str]
    """Text that is shown with its mismatches."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """`advisory`: its misses are listed and warned about, and do not count for the
    verdict. By default that of the expectation around it.
    """
    # end


class GroupExpectationArgs(TypedDict, total=False):
    """Expectations of one output group."""

    # written by scripts/generate: GroupExpectationArgs
    name: Required[pulumi.Input[str]]
    """Name of the group."""
    type: pulumi.Input[TextConstraint]
    """Type: `File`, `Hls` or `Dash`."""
    status: pulumi.Input[TextConstraint]
    """Status; `"Success"` by default."""
    output_count: pulumi.Input[NumberConstraint]
    """Number of its outputs."""
    outputs: pulumi.Input[Sequence[pulumi.Input[OutputExpectationArgs]]]
    """Its outputs, each by its name within the group."""
    message: pulumi.Input[str]
    """Text that is shown with its mismatches."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """`advisory`: its misses are listed and warned about, and do not count for the
    verdict. By default that of the expectation around it.
    """
    # end


class ConsistentArgs(TypedDict, total=False):
    """Largest differences among the outputs."""

    # written by scripts/generate: ConsistentArgs
    duration_seconds: Required[pulumi.Input[float]]
    """Largest difference between their durations, in seconds."""
    message: pulumi.Input[str]
    """Text that is shown with its mismatches."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """`advisory`: its misses are listed and warned about, and do not count for the
    verdict. By default that of the expectation around it.
    """
    # end


class RuleArgs(TypedDict, total=False):
    """A JMESPath query and the result that it must have."""

    # written by scripts/generate: RuleArgs
    query: Required[pulumi.Input[str]]
    """JMESPath over the facts of the job, whose names are in snake_case, and `raw`, the
    job as the API sent it.
    """
    must_be: pulumi.Input[PlainConstraint]
    """What the query must give: a plain value or a matcher. Default: `True`."""
    message: pulumi.Input[str]
    """Text that is shown with its mismatches."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """`advisory`: its misses are listed and warned about, and do not count for the
    verdict. By default that of the expectation around it.
    """
    # end


class ExpectationsArgs(TypedDict, total=False):
    """Expectations of a job, in addition to the success of all its parts."""

    # written by scripts/generate: ExpectationsArgs
    every_output: pulumi.Input[EveryOutputExpectationArgs]
    """Defaults for each output: an expectation below that names or selects an output
    and states the same key replaces that key for it.
    """
    outputs: pulumi.Input[Sequence[pulumi.Input[OutputExpectationArgs]]]
    """Each must be met by the output it names."""
    output_groups: pulumi.Input[Sequence[pulumi.Input[GroupExpectationArgs]]]
    """Each must be met by the group it names."""
    output_count: pulumi.Input[NumberConstraint]
    """Number of all outputs, grouped ones included."""
    other_outputs: pulumi.Input[OtherOutputs | str]
    """Outputs that no expectation names: `allow`, `forbid`. Default: `allow`."""
    consistent: pulumi.Input[ConsistentArgs]
    """Largest differences among the outputs."""
    rules: pulumi.Input[Sequence[pulumi.Input[RuleArgs]]]
    """JMESPath queries, for what has no field."""
    as_requested: pulumi.Input[bool]
    """Also demand what the job's own request states. Default: `False`."""
    # end


Expect = ExpectationsArgs | Literal["as-requested"]
"""Type of `expect`: a mapping, or `"as-requested"` (what the job's own request states).
`load_expectations` returns it.
"""


class WaitArgs(TypedDict, total=False):
    """Limits of the wait: durations such as `"90s"` or `"1h30m"`, or seconds."""

    # written by scripts/generate: WaitArgs
    timeout: pulumi.Input[str | float]
    """Longest time of the whole wait; `"30m"` if nothing else sets it."""
    queue_timeout: pulumi.Input[str | float]
    """Longest time in the state `Inited`; unlimited by default."""
    stall_timeout: pulumi.Input[str | float]
    """Longest time in the state `Running` without a change of percent; unlimited by
    default.
    """
    not_found_grace: pulumi.Input[str | float]
    """How long the API may not know the job after the first poll. Default: 60 seconds.
    """
    poll_min: pulumi.Input[str | float]
    """Shortest interval between polls. Default: 3 seconds."""
    poll_max: pulumi.Input[str | float]
    """Longest interval between polls. Default: 20 seconds."""
    # end
