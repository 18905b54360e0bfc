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
    """A matcher for a number. Use exactly one of its forms."""

    # written by scripts/generate: NumberMatcherArgs
    min: pulumi.Input[float]
    """At least this."""
    max: pulumi.Input[float]
    """At most this."""
    near: pulumi.Input[float]
    """About this value, within a tolerance."""
    tolerance: pulumi.Input[float]
    """Largest allowed difference from `near`."""
    tolerance_percent: pulumi.Input[float]
    """Largest allowed difference from `near`, in percent of `near`."""
    any_of: pulumi.Input[Sequence[pulumi.Input[NumberConstraint]]]
    """Matches if at least one of these matches."""
    present: pulumi.Input[bool]
    """Whether the API must report the fact (true) or must not (false)."""
    message: pulumi.Input[str]
    """Text to show with the mismatch."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """With `advisory`, a mismatch does not count for the verdict."""
    # end


class AngleMatcherArgs(_NotAngle, total=False):
    """A matcher for a rotation in degrees. Use exactly one of its forms."""

    # written by scripts/generate: AngleMatcherArgs
    any_of: pulumi.Input[Sequence[pulumi.Input[AngleConstraint]]]
    """Matches if at least one of these matches."""
    present: pulumi.Input[bool]
    """Whether the API must report the fact (true) or must not (false)."""
    message: pulumi.Input[str]
    """Text to show with the mismatch."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """With `advisory`, a mismatch does not count for the verdict."""
    # end


class MeasureMatcherArgs(_NotMeasure, total=False):
    """A matcher for a duration or a bit rate: a plain number is not accepted."""

    # written by scripts/generate: MeasureMatcherArgs
    min: pulumi.Input[float]
    """At least this."""
    max: pulumi.Input[float]
    """At most this."""
    near: pulumi.Input[float]
    """About this value, within a tolerance."""
    tolerance: pulumi.Input[float]
    """Largest allowed difference from `near`."""
    tolerance_percent: pulumi.Input[float]
    """Largest allowed difference from `near`, in percent of `near`."""
    any_of: pulumi.Input[Sequence[pulumi.Input[MeasureConstraint]]]
    """Matches if at least one of these matches."""
    present: pulumi.Input[bool]
    """Whether the API must report the fact (true) or must not (false)."""
    message: pulumi.Input[str]
    """Text to show with the mismatch."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """With `advisory`, a mismatch does not count for the verdict."""
    # end


class RateMatcherArgs(_NotRate, total=False):
    """A matcher for a rate, a ratio or a level: numbers, or text such as `16:9`."""

    # written by scripts/generate: RateMatcherArgs
    min: pulumi.Input[float | str]
    """At least this."""
    max: pulumi.Input[float | str]
    """At most this."""
    near: pulumi.Input[float | str]
    """About this value, within a tolerance."""
    tolerance: pulumi.Input[float]
    """Largest allowed difference from `near`."""
    tolerance_percent: pulumi.Input[float]
    """Largest allowed difference from `near`, in percent of `near`."""
    any_of: pulumi.Input[Sequence[pulumi.Input[RateConstraint]]]
    """Matches if at least one of these matches."""
    present: pulumi.Input[bool]
    """Whether the API must report the fact (true) or must not (false)."""
    message: pulumi.Input[str]
    """Text to show with the mismatch."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """With `advisory`, a mismatch does not count for the verdict."""
    # end


class TextMatcherArgs(_NotText, total=False):
    """A matcher for text. Use exactly one of its forms."""

    # written by scripts/generate: TextMatcherArgs
    any_of: pulumi.Input[Sequence[pulumi.Input[TextConstraint]]]
    """Matches if at least one of these matches."""
    matches: pulumi.Input[str]
    """A regular expression (RE2) that must match the whole text."""
    present: pulumi.Input[bool]
    """Whether the API must report the fact (true) or must not (false)."""
    message: pulumi.Input[str]
    """Text to show with the mismatch."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """With `advisory`, a mismatch does not count for the verdict."""
    # end


class PlainMatcherArgs(_NotPlain, total=False):
    """A matcher for the result of a query: text, a number or a boolean."""

    # written by scripts/generate: PlainMatcherArgs
    min: pulumi.Input[float]
    """At least this."""
    max: pulumi.Input[float]
    """At most this."""
    near: pulumi.Input[float]
    """About this value, within a tolerance."""
    tolerance: pulumi.Input[float]
    """Largest allowed difference from `near`."""
    tolerance_percent: pulumi.Input[float]
    """Largest allowed difference from `near`, in percent of `near`."""
    any_of: pulumi.Input[Sequence[pulumi.Input[PlainConstraint]]]
    """Matches if at least one of these matches."""
    matches: pulumi.Input[str]
    """A regular expression (RE2) that must match the whole text."""
    present: pulumi.Input[bool]
    """Whether the API must report the fact (true) or must not (false)."""
    message: pulumi.Input[str]
    """Text to show with the mismatch."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """With `advisory`, a mismatch does not count for the verdict."""
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
    """Expectations for a video stream."""

    # written by scripts/generate: VideoExpectationArgs
    codec: pulumi.Input[TextConstraint]
    """Codec, by any common name: `H.264`, `avc` and `h264` are equal."""
    codec_tag: pulumi.Input[TextConstraint]
    """Codec tag, such as `hvc1` or `0x001b`. It distinguishes `hvc1` from `hev1`."""
    bitrate_kbps: pulumi.Input[MeasureConstraint]
    """Bit rate in kbit/s."""
    duration_seconds: pulumi.Input[MeasureConstraint]
    """Duration in seconds."""
    start_seconds: pulumi.Input[NumberConstraint]
    """Start time in seconds."""
    lang: pulumi.Input[TextConstraint]
    """Language, by ISO 639: `zh`, `zho` and `chi` are equal."""
    profile: pulumi.Input[TextConstraint]
    """Profile; case is ignored. `baseline` also matches Constrained Baseline."""
    level: pulumi.Input[RateConstraint]
    """Level, such as 3.1, or the codec's own number, such as 31. For AV1, 5.0 is a
    level, and 5 is the codec's own number.
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
    """Width in pixels as a viewer sees it. Unknown if `rotate` is not a multiple of 90
    degrees.
    """
    display_height: pulumi.Input[NumberConstraint]
    """Height in pixels as a viewer sees it. Unknown if `rotate` is not a multiple of 90
    degrees.
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
    """Rotation in degrees; -90 and 270 are equal."""
    num_frames: pulumi.Input[NumberConstraint]
    """Number of frames."""
    message: pulumi.Input[str]
    """Text to show with its mismatches."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """With `advisory`, mismatches are listed and cause a warning, but do not count for
    the verdict. Default: the level of the enclosing expectation.
    """
    # end


class AudioExpectationArgs(TypedDict, total=False):
    """Expectations for an audio stream."""

    # written by scripts/generate: AudioExpectationArgs
    codec: pulumi.Input[TextConstraint]
    """Codec, by any common name: `H.264`, `avc` and `h264` are equal."""
    codec_tag: pulumi.Input[TextConstraint]
    """Codec tag, such as `hvc1` or `0x001b`. It distinguishes `hvc1` from `hev1`."""
    bitrate_kbps: pulumi.Input[MeasureConstraint]
    """Bit rate in kbit/s."""
    duration_seconds: pulumi.Input[MeasureConstraint]
    """Duration in seconds."""
    start_seconds: pulumi.Input[NumberConstraint]
    """Start time in seconds."""
    lang: pulumi.Input[TextConstraint]
    """Language, by ISO 639: `zh`, `zho` and `chi` are equal."""
    channels: pulumi.Input[NumberConstraint]
    """Number of channels."""
    channel_layout: pulumi.Input[TextConstraint]
    """Channel layout, such as `stereo`; `5.1` and `5.1(side)` are equal."""
    sample_rate_hz: pulumi.Input[NumberConstraint]
    """Sample rate in Hz."""
    message: pulumi.Input[str]
    """Text to show with its mismatches."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """With `advisory`, mismatches are listed and cause a warning, but do not count for
    the verdict. Default: the level of the enclosing expectation.
    """
    # end


class SelectorArgs(TypedDict, total=False):
    """Selects outputs by their facts."""

    # written by scripts/generate: SelectorArgs
    name: pulumi.Input[TextConstraint]
    """Name, such as `720P-ts` or `hls-group/720P-ts`."""
    status: pulumi.Input[TextConstraint]
    """Status. By default, every status matches."""
    url: pulumi.Input[TextConstraint]
    """URL of the file."""
    template_id: pulumi.Input[TextConstraint]
    """ID of the requested template."""
    extension: pulumi.Input[TextConstraint]
    """Extension of the file name. It distinguishes mp4 from mov."""
    format: pulumi.Input[TextConstraint]
    """Container format, by any common name. It matches any name that the API sent."""
    file_size_bytes: pulumi.Input[NumberConstraint]
    """Size in bytes. Unknown for manifests."""
    duration_seconds: pulumi.Input[MeasureConstraint]
    """Duration in seconds."""
    bitrate_kbps: pulumi.Input[MeasureConstraint]
    """Bit rate in kbit/s. Unknown for manifests."""
    average_kbps: pulumi.Input[MeasureConstraint]
    """Average bit rate in kbit/s: size divided by duration. Unknown for manifests."""
    width: pulumi.Input[NumberConstraint]
    """Width in pixels."""
    height: pulumi.Input[NumberConstraint]
    """Height in pixels."""
    av_drift_seconds: pulumi.Input[MeasureConstraint]
    """Largest difference between the durations of all streams, in seconds."""
    video_count: pulumi.Input[NumberConstraint]
    """Number of video streams, without cover art."""
    audio_count: pulumi.Input[NumberConstraint]
    """Number of audio streams."""
    group: pulumi.Input[TextConstraint]
    """Name of the output's group."""
    type: pulumi.Input[TextConstraint]
    """Type: `OSS` or `Media`."""
    # end


VideoConstraint = VideoExpectationArgs | Sequence[pulumi.Input[VideoExpectationArgs]]
AudioConstraint = AudioExpectationArgs | Sequence[pulumi.Input[AudioExpectationArgs]]


class EveryOutputExpectationArgs(TypedDict, total=False):
    """Expectations for every output."""

    # written by scripts/generate: EveryOutputExpectationArgs
    status: pulumi.Input[TextConstraint]
    """Status; `"Success"` by default. `["Success", "Skipped"]` also allows a skipped
    output; its other checks then do not apply.
    """
    url: pulumi.Input[TextConstraint]
    """URL of the file."""
    template_id: pulumi.Input[TextConstraint]
    """ID of the requested template."""
    extension: pulumi.Input[TextConstraint]
    """Extension of the file name. It distinguishes mp4 from mov."""
    format: pulumi.Input[TextConstraint]
    """Container format, by any common name. It matches any name that the API sent."""
    file_size_bytes: pulumi.Input[NumberConstraint]
    """Size in bytes. Unknown for manifests."""
    duration_seconds: pulumi.Input[MeasureConstraint]
    """Duration in seconds."""
    bitrate_kbps: pulumi.Input[MeasureConstraint]
    """Bit rate in kbit/s. Unknown for manifests."""
    average_kbps: pulumi.Input[MeasureConstraint]
    """Average bit rate in kbit/s: size divided by duration. Unknown for manifests."""
    width: pulumi.Input[NumberConstraint]
    """Width in pixels."""
    height: pulumi.Input[NumberConstraint]
    """Height in pixels."""
    av_drift_seconds: pulumi.Input[MeasureConstraint]
    """Largest difference between the durations of all streams, in seconds."""
    video_count: pulumi.Input[NumberConstraint]
    """Number of video streams, without cover art."""
    audio_count: pulumi.Input[NumberConstraint]
    """Number of audio streams."""
    video: pulumi.Input[VideoConstraint]
    """Expectations for one video stream, or a list for several. Each needs a separate
    matching stream in the output. `[]` means no video stream.
    """
    audio: pulumi.Input[AudioConstraint]
    """Expectations for one audio stream, or a list for several. Each needs a separate
    matching stream in the output. `[]` means no audio stream.
    """
    message: pulumi.Input[str]
    """Text to show with its mismatches."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """With `advisory`, mismatches are listed and cause a warning, but do not count for
    the verdict. Default: the level of the enclosing expectation.
    """
    # end


class OutputExpectationArgs(TypedDict, total=False):
    """Expectations for one output, or for every output that `where` selects."""

    # written by scripts/generate: OutputExpectationArgs
    name: pulumi.Input[str]
    """Name of the output: the ungrouped output with this name, or else the only grouped
    one. Use `group/name` for an output in a group.
    """
    where: pulumi.Input[SelectorArgs]
    """Selects outputs by their facts instead of by name. At least one output must
    match, and all that match must pass.
    """
    status: pulumi.Input[TextConstraint]
    """Status; `"Success"` by default. `["Success", "Skipped"]` also allows a skipped
    output; its other checks then do not apply.
    """
    url: pulumi.Input[TextConstraint]
    """URL of the file."""
    template_id: pulumi.Input[TextConstraint]
    """ID of the requested template."""
    extension: pulumi.Input[TextConstraint]
    """Extension of the file name. It distinguishes mp4 from mov."""
    format: pulumi.Input[TextConstraint]
    """Container format, by any common name. It matches any name that the API sent."""
    file_size_bytes: pulumi.Input[NumberConstraint]
    """Size in bytes. Unknown for manifests."""
    duration_seconds: pulumi.Input[MeasureConstraint]
    """Duration in seconds."""
    bitrate_kbps: pulumi.Input[MeasureConstraint]
    """Bit rate in kbit/s. Unknown for manifests."""
    average_kbps: pulumi.Input[MeasureConstraint]
    """Average bit rate in kbit/s: size divided by duration. Unknown for manifests."""
    width: pulumi.Input[NumberConstraint]
    """Width in pixels."""
    height: pulumi.Input[NumberConstraint]
    """Height in pixels."""
    av_drift_seconds: pulumi.Input[MeasureConstraint]
    """Largest difference between the durations of all streams, in seconds."""
    video_count: pulumi.Input[NumberConstraint]
    """Number of video streams, without cover art."""
    audio_count: pulumi.Input[NumberConstraint]
    """Number of audio streams."""
    video: pulumi.Input[VideoConstraint]
    """Expectations for one video stream, or a list for several. Each needs a separate
    matching stream in the output. `[]` means no video stream.
    """
    audio: pulumi.Input[AudioConstraint]
    """Expectations for one audio stream, or a list for several. Each needs a separate
    matching stream in the output. `[]` means no audio stream.
    """
    message: pulumi.Input[str]
    """Text to show with its mismatches."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """With `advisory`, mismatches are listed and cause a warning, but do not count for
    the verdict. Default: the level of the enclosing expectation.
    """
    # end


class GroupExpectationArgs(TypedDict, total=False):
    """Expectations for one output group."""

    # written by scripts/generate: GroupExpectationArgs
    name: Required[pulumi.Input[str]]
    """Name of the group."""
    type: pulumi.Input[TextConstraint]
    """Type: `File`, `Hls` or `Dash`."""
    status: pulumi.Input[TextConstraint]
    """Status; `"Success"` by default."""
    output_count: pulumi.Input[NumberConstraint]
    """Number of outputs in the group."""
    outputs: pulumi.Input[Sequence[pulumi.Input[OutputExpectationArgs]]]
    """Expectations for the outputs of the group; names are those within the group."""
    message: pulumi.Input[str]
    """Text to show with its mismatches."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """With `advisory`, mismatches are listed and cause a warning, but do not count for
    the verdict. Default: the level of the enclosing expectation.
    """
    # end


class ConsistentArgs(TypedDict, total=False):
    """Largest allowed differences between the outputs."""

    # written by scripts/generate: ConsistentArgs
    duration_seconds: Required[pulumi.Input[float]]
    """Largest allowed difference between the durations of the outputs, in seconds."""
    message: pulumi.Input[str]
    """Text to show with its mismatches."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """With `advisory`, mismatches are listed and cause a warning, but do not count for
    the verdict. Default: the level of the enclosing expectation.
    """
    # end


class RuleArgs(TypedDict, total=False):
    """A JMESPath query and the result that it must have."""

    # written by scripts/generate: RuleArgs
    query: Required[pulumi.Input[str]]
    """JMESPath query over the facts of the job, with names in snake_case. `raw` is the
    job as the API sent it.
    """
    must_be: pulumi.Input[PlainConstraint]
    """The result that the query must return: a plain value or a matcher. Default:
    `True`.
    """
    message: pulumi.Input[str]
    """Text to show with its mismatches."""
    enforcement_level: pulumi.Input[ExpectationLevel | str]
    """With `advisory`, mismatches are listed and cause a warning, but do not count for
    the verdict. Default: the level of the enclosing expectation.
    """
    # end


class ExpectationsArgs(TypedDict, total=False):
    """Expectations for a job, in addition to the success of all its parts."""

    # written by scripts/generate: ExpectationsArgs
    every_output: pulumi.Input[EveryOutputExpectationArgs]
    """Defaults for every output, key by key. An expectation that names or selects an
    output and sets the same key replaces that key for this output.
    """
    outputs: pulumi.Input[Sequence[pulumi.Input[OutputExpectationArgs]]]
    """Expectations for single outputs, by name or by facts."""
    output_groups: pulumi.Input[Sequence[pulumi.Input[GroupExpectationArgs]]]
    """Expectations for output groups, by name."""
    output_count: pulumi.Input[NumberConstraint]
    """Total number of outputs, including those in groups."""
    other_outputs: pulumi.Input[OtherOutputs | str]
    """Outputs that neither `outputs` nor `output_groups` covers: `allow` or `forbid`
    them. Default: `allow`.
    """
    consistent: pulumi.Input[ConsistentArgs]
    """Largest allowed differences between the outputs."""
    rules: pulumi.Input[Sequence[pulumi.Input[RuleArgs]]]
    """JMESPath queries, for facts that have no key."""
    as_requested: pulumi.Input[bool]
    """Whether to check the job against its own request, too. Default: `False`."""
    # end


Expect = ExpectationsArgs | Literal["as-requested"]
"""Type of `expect`: a mapping, or `"as-requested"` (what the job's own request states).
`load_expectations` returns it.
"""


class WaitArgs(TypedDict, total=False):
    """Limits of the wait: durations such as `"90s"` or `"1h30m"`, or seconds."""

    # written by scripts/generate: WaitArgs
    timeout: pulumi.Input[str | float]
    """Maximum duration of the wait; `"30m"` if nothing else sets it."""
    queue_timeout: pulumi.Input[str | float]
    """Maximum time in the state `Inited`; unlimited by default."""
    stall_timeout: pulumi.Input[str | float]
    """Maximum time in the state `Running` at the same percent; unlimited by default."""
    not_found_grace: pulumi.Input[str | float]
    """How long to keep polling if the API does not find the job. Default: 60 seconds.
    """
    poll_min: pulumi.Input[str | float]
    """Shortest interval between polls. Default: 3 seconds."""
    poll_max: pulumi.Input[str | float]
    """Longest interval between polls. Default: 20 seconds."""
    # end
