"""What may be expected of the media: streams, and files as a whole.

Strict, frozen models; `expectations` puts them together.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Self, TypeVar

from pydantic import (
    Discriminator,
    Field,
    ModelWrapValidatorHandler,
    StrictStr,
    Tag,
    model_validator,
)

from pulumi_alicloud_mediaconvert.expect import value_types
from pulumi_alicloud_mediaconvert.expect.matcher_validation import (
    Issue,
)
from pulumi_alicloud_mediaconvert.expect.matchers import (
    TAG,
    Constraint,
    OfKind,
    Strict,
    all_at_once,
)
from pulumi_alicloud_mediaconvert.expect.value_types import ValueType
from pulumi_alicloud_mediaconvert.input_names import ExpectationLevel

# More streams than any file of this service has.
MAX_STREAMS = 64
Number = Annotated[Constraint | None, OfKind(value_types.NUMBER)]
Measure = Annotated[Constraint | None, OfKind(value_types.MEASURE)]
Angle = Annotated[Constraint | None, OfKind(value_types.ANGLE)]
Rate = Annotated[Constraint | None, OfKind(value_types.RATE)]
Ratio = Annotated[Constraint | None, OfKind(value_types.RATIO)]
Level = Annotated[Constraint | None, OfKind(value_types.LEVEL)]
Text = Annotated[Constraint | None, OfKind(value_types.TEXT)]
Word = Annotated[Constraint | None, OfKind(value_types.WORD)]
Codec = Annotated[Constraint | None, OfKind(value_types.CODEC)]
Profile = Annotated[Constraint | None, OfKind(value_types.PROFILE)]
Format = Annotated[Constraint | None, OfKind(value_types.FORMAT)]
Language = Annotated[Constraint | None, OfKind(value_types.LANGUAGE)]
Status = Annotated[Constraint | None, OfKind(value_types.STATUS)]
Extension = Annotated[Constraint | None, OfKind(value_types.EXTENSION)]


def says(description: str, *known: str) -> Any:  # noqa: ANN401  # as pydantic's Field
    """Declare an optional field.

    Args:
        description: for the reference and for editors.
        known: well-known values, which editors offer; any other is accepted, too.
    """
    return Field(default=None, description=description, examples=[*known] or None)


class Constraints(Strict):
    """A model with some fields that are constraints on a fact."""

    @functools.cached_property
    def constraints(self) -> tuple[tuple[str, Any, ValueType], ...]:
        """Each constraint that is set: the name of its field, itself, its kind."""
        stated = (
            (name, getattr(self, name), kind)
            for name, kind in kinds_of(type(self)).items()
        )
        return tuple(one for one in stated if one[1] is not None)

    @classmethod
    def issues_of(cls, _stated: Mapping[Any, Any]) -> Iterator[Issue]:
        """Say what is wrong with the model as a whole, apart from its fields."""
        yield from ()

    @model_validator(mode="wrap")
    @classmethod
    def _at_once(
        cls,
        value: Any,  # noqa: ANN401  # any input
        handler: ModelWrapValidatorHandler[Self],
    ) -> Self:
        issues = cls.issues_of(value) if isinstance(value, Mapping) else ()
        made: Self = all_at_once(handler, value, issues)
        return made


class Expectation(Constraints):
    """Keys of every expectation."""

    message: StrictStr | None = says("Text to show with its mismatches.")
    enforcement_level: ExpectationLevel | None = says(
        "With `advisory`, mismatches are listed and cause a warning, but do not count "
        "for the verdict. Default: the level of the enclosing expectation."
    )


_KINDS: dict[type[Strict], dict[str, ValueType]] = {}


def kinds_of(model: type[Strict]) -> dict[str, ValueType]:
    """Return the fields of an expectation that are constraints, with their kinds."""
    if model not in _KINDS:
        _KINDS[model] = {
            name: mark.kind
            for name, field in model.model_fields.items()
            for mark in field.metadata
            if isinstance(mark, OfKind)
        }
    return _KINDS[model]


class StreamExpectation(Expectation):
    """Expectations for any stream."""

    # written by scripts/generate: stream
    codec: Codec = says(
        "Codec, by any common name: `H.264`, `avc` and `h264` are equal."
    )
    codec_tag: Word = says(
        "Codec tag, such as `hvc1` or `0x001b`. It distinguishes `hvc1` from `hev1`.",
        "avc1",
        "avc3",
        "hvc1",
        "hev1",
        "mp4a",
    )
    bitrate_kbps: Measure = says("Bit rate in kbit/s.")
    duration_seconds: Measure = says("Duration in seconds.")
    start_seconds: Number = says("Start time in seconds.")
    lang: Language = says("Language, by ISO 639: `zh`, `zho` and `chi` are equal.")
    # end


class VideoExpectation(StreamExpectation):
    """Expectations for a video stream."""

    # written by scripts/generate: video
    profile: Profile = says(
        "Profile; case is ignored. `baseline` also matches Constrained Baseline."
    )
    level: Level = says(
        "Level, such as 3.1, or the codec's own number, such as 31. For AV1, 5.0 is a "
        "level, and 5 is the codec's own number."
    )
    width: Number = says("Width in pixels, before rotation.")
    height: Number = says("Height in pixels, before rotation.")
    long_edge: Number = says("The longer of width and height, in pixels.")
    short_edge: Number = says("The shorter of width and height, in pixels.")
    display_width: Number = says(
        "Width in pixels as a viewer sees it. Unknown if `rotate` is not a multiple of "
        "90 degrees."
    )
    display_height: Number = says(
        "Height in pixels as a viewer sees it. Unknown if `rotate` is not a multiple "
        "of 90 degrees."
    )
    fps: Rate = says("Frames per second: 29.97 is 30000/1001, but not 30.")
    avg_fps: Rate = says("Average frames per second.")
    pix_fmt: Word = says(
        "Pixel format, such as `yuv420p`.",
        "yuv420p",
        "yuv422p",
        "yuv444p",
        "yuv420p10le",
        "yuv422p10le",
    )
    dar: Ratio = says(
        "Display aspect ratio, such as `16:9`.", "16:9", "9:16", "4:3", "1:1"
    )
    sar: Ratio = says("Sample aspect ratio, such as `1:1`.", "1:1")
    rotate: Angle = says("Rotation in degrees; -90 and 270 are equal.")
    num_frames: Number = says("Number of frames.")
    # end


class AudioExpectation(StreamExpectation):
    """Expectations for an audio stream."""

    # written by scripts/generate: audio
    channels: Number = says("Number of channels.")
    channel_layout: Word = says(
        "Channel layout, such as `stereo`; `5.1` and `5.1(side)` are equal.",
        "mono",
        "stereo",
        "5.1",
        "7.1",
    )
    sample_rate_hz: Number = says("Sample rate in Hz.")
    # end


StreamModel = TypeVar("StreamModel", bound=StreamExpectation)


def _stream_form(value: object) -> str:
    return TAG + ("list" if isinstance(value, list | tuple) else "one")


OneOrMore = Annotated[
    Annotated[StreamModel, Tag(TAG + "one")]
    | Annotated[list[StreamModel], Field(max_length=MAX_STREAMS), Tag(TAG + "list")],
    Discriminator(_stream_form),
]


class FileExpectation(Expectation):
    """Expectations for a delivered file as a whole."""

    # written by scripts/generate: file
    status: Status = says(
        'Status; `"Success"` by default. `["Success", "Skipped"]` also allows a '
        "skipped output; its other checks then do not apply."
    )
    url: Text = says("URL of the file.")
    template_id: Text = says("ID of the requested template.")
    extension: Extension = says(
        "Extension of the file name. It distinguishes mp4 from mov."
    )
    format: Format = says(
        "Container format, by any common name. It matches any name that the API sent."
    )
    file_size_bytes: Number = says("Size in bytes. Unknown for manifests.")
    duration_seconds: Measure = says("Duration in seconds.")
    bitrate_kbps: Measure = says("Bit rate in kbit/s. Unknown for manifests.")
    average_kbps: Measure = says(
        "Average bit rate in kbit/s: size divided by duration. Unknown for manifests."
    )
    width: Number = says("Width in pixels.")
    height: Number = says("Height in pixels.")
    av_drift_seconds: Measure = says(
        "Largest difference between the durations of all streams, in seconds."
    )
    video_count: Number = says("Number of video streams, without cover art.")
    audio_count: Number = says("Number of audio streams.")
    # end


class EveryOutputExpectation(FileExpectation):
    """Expectations for every output."""

    video: OneOrMore[VideoExpectation] | None = says(
        "Expectations for one video stream, or a list for several. Each needs a "
        "separate matching stream in the output. `[]` means no video stream."
    )
    audio: OneOrMore[AudioExpectation] | None = says(
        "Expectations for one audio stream, or a list for several. Each needs a "
        "separate matching stream in the output. `[]` means no audio stream."
    )
