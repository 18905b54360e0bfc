"""How facts are read: the types of the models' fields, each with its reader.

A fact that the API did not report is `None`.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator

from pulumi_alicloud_mediaconvert.api.coercion import (
    as_bitrate,
    as_count,
    as_frame_rate,
    as_layout,
    as_length,
    as_level,
    as_moment,
    as_name,
    as_object,
    as_optional_object,
    as_percent,
    as_ratio,
    as_rotation,
    as_said,
    as_size,
    as_state,
    as_tag,
    as_text,
    as_whole,
    as_word,
)

Text = Annotated[str | None, BeforeValidator(as_text)]
Said = Annotated[str | None, BeforeValidator(as_said)]
State = Annotated[str | None, BeforeValidator(as_state)]
Name = Annotated[str | None, BeforeValidator(as_name)]
Word = Annotated[str | None, BeforeValidator(as_word)]
Tag = Annotated[str | None, BeforeValidator(as_tag)]
Layout = Annotated[str | None, BeforeValidator(as_layout)]
Ratio = Annotated[str | None, BeforeValidator(as_ratio)]
Whole = Annotated[int | None, BeforeValidator(as_whole)]
Percent = Annotated[int | None, BeforeValidator(as_percent)]
Count = Annotated[int | None, BeforeValidator(as_count)]
Level = Annotated[int | None, BeforeValidator(as_level)]
Size = Annotated[int | None, BeforeValidator(as_size)]
Bitrate = Annotated[float | None, BeforeValidator(as_bitrate)]
FrameRate = Annotated[float | None, BeforeValidator(as_frame_rate)]
Length = Annotated[float | None, BeforeValidator(as_length)]
Moment = Annotated[float | None, BeforeValidator(as_moment)]
Rotation = Annotated[int | float | str | None, BeforeValidator(as_rotation)]
Request = Annotated[dict[str, Any] | None, BeforeValidator(as_optional_object)]
Stream = TypeVar("Stream")
Nullable = Annotated[Stream, BeforeValidator(as_object)]
