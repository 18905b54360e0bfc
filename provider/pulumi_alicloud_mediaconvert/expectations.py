"""What a user demands of a job: strict, frozen, plain data in and out.

These models are the one source of the language: its JSON Schema, the reference in
the README and the texts of what is refused follow from them.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self, TypeVar

import jmespath
from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    StrictBool,
    StrictStr,
    Tag,
    field_validator,
    model_serializer,
    model_validator,
)

from pulumi_alicloud_mediaconvert import kinds
from pulumi_alicloud_mediaconvert.kinds import Kind
from pulumi_alicloud_mediaconvert.matchers import (
    NOTES,
    TAG,
    Demand,
    EnforcementLevel,
    Location,
    OfKind,
    Strict,
    Wrong,
    all_at_once,
    stated_keys,
)
from pulumi_alicloud_mediaconvert.quoting import plain, shown

AS_REQUESTED = "as-requested"
# More streams than any file of this service has.
MOST_STREAMS = 64
# Of the library; it repeats what our own words say.
JMESPATH_PREFIX = "Invalid jmespath expression: "

Number = Annotated[Demand | None, OfKind(kinds.NUMBER)]
Measure = Annotated[Demand | None, OfKind(kinds.MEASURE)]
Angle = Annotated[Demand | None, OfKind(kinds.ANGLE)]
Rate = Annotated[Demand | None, OfKind(kinds.RATE)]
Ratio = Annotated[Demand | None, OfKind(kinds.RATIO)]
Level = Annotated[Demand | None, OfKind(kinds.LEVEL)]
Text = Annotated[Demand | None, OfKind(kinds.TEXT)]
Word = Annotated[Demand | None, OfKind(kinds.WORD)]
Codec = Annotated[Demand | None, OfKind(kinds.CODEC)]
Profile = Annotated[Demand | None, OfKind(kinds.PROFILE)]
Format = Annotated[Demand | None, OfKind(kinds.FORMAT)]
Language = Annotated[Demand | None, OfKind(kinds.LANGUAGE)]
Status = Annotated[Demand | None, OfKind(kinds.STATUS)]
Extension = Annotated[Demand | None, OfKind(kinds.EXTENSION)]


def says(description: str) -> Any:  # noqa: ANN401  # as pydantic's Field
    """Declare what may be left out, and what it means."""
    return Field(default=None, description=description)


def _name(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        raise ValueError("must not be empty")
    return value.strip() if isinstance(value, str) else value


Name = Annotated[StrictStr, BeforeValidator(_name)]


class Demands(Strict):
    """Fields of which some are demands on a fact."""

    @functools.cached_property
    def demands(self) -> tuple[tuple[str, Any, Kind], ...]:
        """Each field that is demanded: its name, the demand, its kind."""
        stated = (
            (name, getattr(self, name), kind)
            for name, kind in kinds_of(type(self)).items()
        )
        return tuple(one for one in stated if one[1] is not None)

    @classmethod
    def wrongs_of(cls, _stated: Mapping[Any, Any]) -> Iterator[Wrong]:
        """Say what is wrong with the whole, its fields aside."""
        yield from ()

    @model_validator(mode="wrap")
    @classmethod
    def _at_once(
        cls,
        value: Any,  # noqa: ANN401  # any input
        handler: ModelWrapValidatorHandler[Self],
    ) -> Self:
        wrongs = cls.wrongs_of(value) if isinstance(value, Mapping) else ()
        made: Self = all_at_once(handler, value, wrongs)
        return made


class Expectation(Demands):
    """What every expectation may carry."""

    message: StrictStr | None = says("Shown with its mismatches.")
    enforcement_level: EnforcementLevel | None = says(
        "`advisory`: its misses are listed and warned about, and do not count for "
        "the verdict. By default that of the expectation around it."
    )


_KINDS: dict[type[Strict], dict[str, Kind]] = {}


def kinds_of(model: type[Strict]) -> dict[str, Kind]:
    """Return the fields of an expectation that are demands on a fact, with kinds."""
    if model not in _KINDS:
        _KINDS[model] = {
            name: mark.kind
            for name, field in model.model_fields.items()
            for mark in field.metadata
            if isinstance(mark, OfKind)
        }
    return _KINDS[model]


class StreamExpectation(Expectation):
    """What is demanded of any stream."""

    codec: Codec = says("Codec, by any common name: `H.264`, `avc` and `h264` are one.")
    codec_tag: Word = says("Codec tag: tells `hvc1` from `hev1`.")
    bitrate_kbps: Measure = says("Bit rate in kbit/s.")
    duration_seconds: Measure = says("Duration in seconds.")
    start_seconds: Number = says("Start time in seconds.")
    lang: Language = says("Language by ISO 639: `zh`, `zho`, `chi` are one.")


class VideoExpectation(StreamExpectation):
    """What is demanded of a video stream."""

    profile: Profile = says(
        "Profile, without regard to case; `baseline` meets Constrained Baseline."
    )
    level: Level = says(
        'Level, as `"3.1"` or in the codec\'s own count; of AV1 write `"5.0"`, since '
        "5 is its count."
    )
    width: Number = says("Width in pixels, before rotation.")
    height: Number = says("Height in pixels, before rotation.")
    long_edge: Number = says("The longer of width and height, in pixels.")
    short_edge: Number = says("The shorter of width and height, in pixels.")
    display_width: Number = says("Width in pixels as a viewer sees it.")
    display_height: Number = says("Height in pixels as a viewer sees it.")
    fps: Rate = says("Frames per second: 29.97 is 30000/1001, but not 30.")
    avg_fps: Rate = says("Average frames per second.")
    pix_fmt: Word = says("Pixel format, such as `yuv420p`.")
    dar: Ratio = says("Display aspect ratio, such as `16:9`.")
    sar: Ratio = says("Sample aspect ratio, such as `1:1`.")
    rotate: Angle = says("Rotation in degrees; -90 and 270 are one.")
    num_frames: Number = says("Number of frames.")


class AudioExpectation(StreamExpectation):
    """What is demanded of an audio stream."""

    channels: Number = says("Number of channels.")
    channel_layout: Word = says("Channel layout, such as `stereo`.")
    sample_rate_hz: Number = says("Sample rate in Hz.")


StreamModel = TypeVar("StreamModel", bound=StreamExpectation)


def _stream_form(value: object) -> str:
    return TAG + ("list" if isinstance(value, list | tuple) else "one")


OneOrMore = Annotated[
    Annotated[StreamModel, Tag(TAG + "one")]
    | Annotated[list[StreamModel], Field(max_length=MOST_STREAMS), Tag(TAG + "list")],
    Discriminator(_stream_form),
]


class FileExpectation(Expectation):
    """What is demanded of a delivered file as a whole."""

    status: Status = says(
        'Status; `"Success"` by default. `["Success", "Skipped"]` tolerates a skip, '
        "of which nothing else is then demanded."
    )
    url: Text = says("Address.")
    extension: Extension = says("Extension of the file's name: tells mp4 from mov.")
    format: Format = says(
        "Container format: any of the API's names, by any common name."
    )
    template_id: Text = says("Template that was requested.")
    file_size_bytes: Number = says("Size in bytes; not of a manifest.")
    duration_seconds: Measure = says("Duration in seconds.")
    bitrate_kbps: Measure = says("Bit rate in kbit/s; not of a manifest.")
    average_kbps: Measure = says("Size by duration in kbit/s; not of a manifest.")
    width: Number = says("Width in pixels.")
    height: Number = says("Height in pixels.")
    av_drift_seconds: Measure = says(
        "Largest difference between the durations of its streams."
    )
    video_count: Number = says("Number of video streams, cover art aside.")
    audio_count: Number = says("Number of audio streams.")


class Selector(FileExpectation):
    """Selects outputs by their facts."""

    name: Text = says("Name, as `720P-ts` or `hls-group/720P-ts`.")
    group: Text = says("Name of its group.")
    type: Word = says("`OSS` or `Media`.")
    status: Status = says("Status; any by default.")

    @classmethod
    def wrongs_of(cls, stated: Mapping[Any, Any]) -> Iterator[Wrong]:
        """Refuse what only an expectation has."""
        text = "has no place in where, which only selects"
        for key in sorted(stated_keys(stated) & NOTES):
            yield Wrong((key,), text)
        for name, demand in stated.items():
            keys = stated_keys(demand) if isinstance(demand, Mapping) else set()
            for key in sorted(keys & NOTES):
                yield Wrong((name, key), text)
        if not stated_keys(stated):
            yield Wrong((), "must select by at least one fact")


class EveryOutputExpectation(FileExpectation):
    """What is demanded of each output."""

    video: OneOrMore[VideoExpectation] | None = says(
        "A video stream, or a list of them, each met by one of its own; `[]`: none."
    )
    audio: OneOrMore[AudioExpectation] | None = says(
        "An audio stream, or a list of them, each met by one of its own; `[]`: none."
    )


class OutputExpectation(EveryOutputExpectation):
    """What is demanded of one output, or of those that `where` selects."""

    name: Name | None = says(
        "The ungrouped output of that name, else the only grouped one; or `group/name`."
    )
    where: Selector | None = says(
        "Selects by facts instead; all that match must pass, and there must be one."
    )

    @classmethod
    def wrongs_of(cls, stated: Mapping[Any, Any]) -> Iterator[Wrong]:
        """Refuse what selects no output, or in two ways."""
        ways = stated_keys(stated) & {"name", "where"}
        if len(ways) != 1:
            yield Wrong((), "needs either name or where")


class GroupExpectation(Expectation):
    """What is demanded of one output group."""

    name: Name = Field(description="Name of the group.")
    type: Word = says("`File`, `Hls` or `Dash`.")
    status: Status = says('Status; `"Success"` by default.')
    output_count: Number = says("Number of its outputs.")
    outputs: list[OutputExpectation] | None = says(
        "Its outputs, each by its name within the group."
    )


class ConsistentExpectation(Expectation):
    """What the outputs must have in common."""

    duration_seconds: float = Field(
        description="Largest difference between their durations, in seconds."
    )

    @field_validator("duration_seconds", mode="before")
    @classmethod
    def _is_difference(cls, value: object) -> object:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not 0 <= value < float("inf"):  # type: ignore[operator]  # a number
            raise ValueError(f"must be a number of seconds from 0, got {shown(value)}")
        return value


class Rule(Expectation):
    """A JMESPath query over the job's facts, and what it must give."""

    query: StrictStr = Field(
        max_length=2000,
        description="JMESPath over what `job.facts` has of the job, and `raw`, the "
        "job as the API sent it.",
    )
    must_be: Annotated[Demand, OfKind(kinds.PLAIN)] = Field(
        default=True,
        description="What the query must give: a plain value or a matcher.",
    )

    @field_validator("must_be", mode="before")
    @classmethod
    def _is_stated(cls, demand: object) -> object:
        if demand is None:
            raise ValueError(
                "must be a plain value or a matcher; leave it out for true"
            )
        return demand

    @field_validator("query")
    @classmethod
    def _is_query(cls, query: str) -> str:
        try:
            jmespath.compile(query)
        except (jmespath.exceptions.JMESPathError, RecursionError) as error:
            first, *_ = str(error).removeprefix(JMESPATH_PREFIX).partition("\n")
            said = plain(first).rstrip(":")
            raise ValueError(f"is no JMESPath query: {said}") from None
        return query


class Expectations(Demands):
    """What is demanded of a job beyond the success of all its parts."""

    every_output: EveryOutputExpectation | None = says(
        "Holds for each output that no expectation below names."
    )
    outputs: list[OutputExpectation] | None = says(
        "Each must be met by the output it names."
    )
    output_groups: list[GroupExpectation] | None = says(
        "Each must be met by the group it names."
    )
    output_count: Number = says("Number of all outputs, grouped ones included.")
    other_outputs: Literal["allow", "forbid"] = Field(
        "allow", description="Outputs that no expectation names: `allow`, `forbid`."
    )
    consistent: ConsistentExpectation | None = says(
        "Largest differences among the outputs."
    )
    rules: list[Rule] | None = says("JMESPath queries, for what has no field.")
    as_requested: StrictBool = Field(
        default=False, description="Also demand what the job's own request states."
    )

    _stated: Any = PrivateAttr(default=None)

    @model_validator(mode="wrap")
    @classmethod
    def _remember(
        cls,
        value: Any,  # noqa: ANN401  # any input
        handler: ModelWrapValidatorHandler[Self],
    ) -> Self:
        read = {"as_requested": True} if value == AS_REQUESTED else value
        expectations = handler(read)
        expectations._stated = value  # noqa: SLF001  # its own
        return expectations

    @model_serializer(mode="plain")
    def _as_stated(self) -> Any:  # noqa: ANN401  # what the user wrote
        # What is stored is what was stated, so that a later version, which may know
        # more fields, sees no change.
        return self._stated

    @classmethod
    def wrongs_of(cls, stated: Mapping[Any, Any]) -> Iterator[Wrong]:
        """Refuse what is named twice."""
        seen: set[str] = set()
        for location, name in _names(stated, ()):
            if name in seen:
                yield Wrong(location, f"{name} is named twice")
            seen.add(name)


def _names(
    stated: Mapping[Any, Any], at: Location, group: str = ""
) -> Iterator[tuple[Location, str]]:
    """Yield every output and group that is named, whatever else is wrong."""
    for index, output in _entries(stated, "outputs"):
        name = group + _trimmed(output)
        yield (*at, "outputs", index, "name"), f'output "{name}"'
    for index, entry in _entries(stated, "output_groups"):
        where: Location = (*at, "output_groups", index)
        name = _trimmed(entry)
        yield (*where, "name"), f'group "{name}"'
        yield from _names({"outputs": entry.get("outputs")}, where, f"{name}/")


def _entries(
    stated: Mapping[Any, Any], key: str
) -> Iterator[tuple[int, Mapping[Any, Any]]]:
    entries = stated.get(key)
    for index, entry in enumerate(entries if isinstance(entries, list | tuple) else []):
        if isinstance(entry, Mapping) and isinstance(entry.get("name"), str):
            yield index, entry


def _trimmed(entry: Mapping[Any, Any]) -> str:
    return str(entry["name"]).strip()
