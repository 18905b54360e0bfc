"""Messages for what pydantic refuses, for the person who wrote it."""

from __future__ import annotations

import difflib
import re
import typing
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from pulumi_alicloud_mediaconvert.errors import ExpectationsError
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.expect.matcher_validation import NOTES, Location
from pulumi_alicloud_mediaconvert.expect.matchers import TAG, build
from pulumi_alicloud_mediaconvert.spelling import (
    PYTHON,
    Key,
    Sentence,
    Spelling,
    Value,
    joined_sentence,
)
from pulumi_alicloud_mediaconvert.text import plain

REQUIRED = "is required"
UNKNOWN_KEY = "unknown key"
NOT_REPORTED = "the API does not report this"
TOO_DEEP = "is nested too deeply"
MAX_PROBLEMS = 100
TAGS = frozenset(
    TAG + form
    for form in ("matcher", "list", "names", "value", "one", "limits", "never")
)
MAX_KEY = 60

# Keys that people try, by model; the API does not report them.
UNREPORTED: Mapping[str, frozenset[str]] = {
    "VideoExpectation": frozenset(
        {
            *("gop", "gop_size", "keyframe_interval", "closed_gop", "bufsize"),
            *("color_transfer", "color_space", "color_primaries", "color_range"),
            *("hdr", "scan_type", "interlaced", "field_order", "bit_depth"),
            *("encryption", "drm", "crf", "maxrate"),
        }
    ),
    "AudioExpectation": frozenset(
        {
            *("profile", "level", "bit_depth", "bits_per_sample", "loudness"),
            *("volume", "encryption"),
        }
    ),
    "FileExpectation": frozenset(
        {
            *("encryption", "drm", "subtitles", "subtitle_count", "captions"),
            *("watermark", "checksum", "md5", "segment_duration", "segments"),
            *("thumbnails", "chapters", "faststart"),
        }
    ),
}
# What to use instead, by model and key.
INSTEAD: Mapping[tuple[str, str], str] = {
    ("VideoExpectation", "bit_depth"): Sentence(
        Key("pix_fmt"), " and profile show whether it is 10 or 8 bits"
    ),
    ("FileExpectation", "encryption"): "see the manifest instead",
}

# What other tools call a key, if the nearest spelling is not the key that is meant.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("frame_rate", "framerate", "frames_per_second"), ("fps",)),
    **dict.fromkeys(("resolution", "frame_size"), ("width", "height")),
    **dict.fromkeys(("size", "filesize", "bytes"), ("file_size_bytes",)),
    **dict.fromkeys(("aspect", "aspect_ratio", "display_aspect_ratio"), ("dar",)),
    **dict.fromkeys(("pixel_format", "pixfmt"), ("pix_fmt",)),
    **dict.fromkeys(("container", "format_name"), ("format",)),
    **dict.fromkeys(("length", "duration_s"), ("duration_seconds",)),
    **dict.fromkeys(
        ("sample_rate", "samplerate", "sampling_rate"), ("sample_rate_hz",)
    ),
    **dict.fromkeys(("tag", "fourcc"), ("codec_tag",)),
    **dict.fromkeys(("ext", "suffix"), ("extension",)),
    **dict.fromkeys(("ge", "gte", "minimum", "at_least", "from"), ("min",)),
    **dict.fromkeys(("le", "lte", "maximum", "at_most", "to"), ("max",)),
    **dict.fromkeys(("in", "one_of", "oneOf", "anyOf"), ("any_of",)),
    **dict.fromkeys(("regex", "regexp", "pattern"), ("matches",)),
    **dict.fromkeys(("exists", "reported"), ("present",)),
    **dict.fromkeys(("equals", "expect", "expected", "value"), ("must_be",)),
    **dict.fromkeys(("jmespath", "expression"), ("query",)),
    **dict.fromkeys(("groups", "group"), ("output_groups",)),
    **dict.fromkeys(("count", "number_of_outputs"), ("output_count",)),
    **dict.fromkeys(("all_outputs", "each_output"), ("every_output",)),
}


class Problem(NamedTuple):
    """One problem with a value that a user set, and where it is.

    Attributes:
        path: as text, such as `expect.outputs[0].name`.
        text: what is wrong.
        location: the keys and indexes of the path; empty if it is not about an input.
        is_unknown_key: whether the key itself is wrong, and not its value.
    """

    path: str
    text: str
    location: Location = ()
    is_unknown_key: bool = False

    @property
    def line(self) -> str:
        """The problem in one line, its path first."""
        return f"{self.path}: {self.text}" if self.path else self.text


def problems_of(
    error: ValidationError, model: type[BaseModel], spelling: Spelling = PYTHON
) -> list[Problem]:
    """List everything that a model refuses, each with its path.

    Args:
        error: of the model.
        model: that refuses the value; its keys are the known ones.
        spelling: of paths and texts.
    """
    details = error.errors(include_url=False)
    return [_problem(detail, model, spelling) for detail in details[:MAX_PROBLEMS]]


def stated_expectations(expect: object) -> Expectations:
    """Read a value of `expect`.

    Raises:
        ExpectationsError: it is not valid; one line for each problem, with its path
            below `expect`.
    """
    build(Expectations)
    try:
        return Expectations.model_validate(expect)
    except ValidationError as error:
        lines = [
            Problem(path_of(("expect", *one.location)), one.text).line
            for one in problems_of(error, Expectations)
        ]
        raise ExpectationsError(*lines) from None


def path_of(location: Location) -> str:
    """Write a path as a person does: `outputs[0].video.width`."""
    path = ""
    for part in location:
        if isinstance(part, int):
            path += f"[{part}]"
        else:
            name = plain(part, longest=MAX_KEY)
            path += f".{name}" if path else name
    return path


def _problem(detail: Any, model: type[BaseModel], spelling: Spelling) -> Problem:  # noqa: ANN401  # pydantic's ErrorDetails
    # Pydantic puts into the path which form of a value it took.
    location = tuple(part for part in detail["loc"] if part not in TAGS)
    kind, context = detail["type"], detail.get("ctx", {})
    is_unknown_key = kind == "extra_forbidden" and bool(location)
    if is_unknown_key:
        text = _unknown_key(location, model)
    elif kind == "model_type" and STREAM_KEYS & {*location[-1:]}:
        wanted = "must be a mapping or a list of mappings ([] for none), got "
        text = Sentence(wanted, Value(detail["input"]))
    else:
        word = WORDS.get(kind)
        text = word(detail["input"], context) if word else detail["msg"]
    path = path_of(spelling.location(location, model))
    return Problem(path, spelling.text(text), location, is_unknown_key)


# Values that are allowed instead of some mappings.
MAPPINGS: Mapping[str, str] = {
    "WaitInputs": Sentence("a mapping of limits, or ", Value(value=False)),
    "Expectations": 'a mapping or "as-requested"',
}
# Keys that accept a mapping or a list of mappings.
STREAM_KEYS = frozenset({"video", "audio"})

Words = Callable[[object, Mapping[str, Any]], str]

WORDS: Mapping[str, Words] = {
    "missing": lambda _value, _context: REQUIRED,
    "constraint": lambda _value, context: context["text"],
    "value_error": lambda _value, context: _said(context["error"]),
    "literal_error": lambda value, context: Sentence(
        f"must be {context.get('expected')}, got ", Value(value)
    ),
    "greater_than_equal": lambda value, context: Sentence(
        f"must be at least {context.get('ge')} seconds, got ", Value(value)
    ),
    "string_type": lambda value, _context: Sentence("must be text, got ", Value(value)),
    "float_type": lambda value, _context: Sentence(
        "must be a number, got ", Value(value)
    ),
    "string_too_long": lambda _value, context: (
        f"must have at most {context.get('max_length')} characters"
    ),
    **dict.fromkeys(
        ("bool_type", "bool_parsing"),
        lambda value, _context: Sentence("must be true or false, got ", Value(value)),
    ),
    "model_type": lambda value, context: Sentence(
        "must be ",
        MAPPINGS.get(context.get("class_name", ""), "a mapping"),
        ", got ",
        Value(value),
    ),
    "list_type": lambda value, _context: Sentence("must be a list, got ", Value(value)),
    "too_short": lambda _value, _context: "must not be empty",
    "too_long": lambda _value, context: (
        f"must have at most {context.get('max_length')} entries"
    ),
    "union_tag_invalid": lambda _value, _context: "must not be a nested list",
    "invalid_key": lambda _value, _context: "is not a key: keys must be text",
    "recursion_loop": lambda _value, _context: TOO_DEEP,
    "recursion_depth_exceeded": lambda _value, _context: TOO_DEEP,
}


def _said(error: Exception) -> str:
    """Return the text of an error, as a `Sentence` if it is one."""
    [text] = error.args if len(error.args) == 1 else [None]
    return text if isinstance(text, Sentence) else str(error)


def _unknown_key(location: Location, model: type[BaseModel]) -> str:
    models = _models_at(location[:-1], {model})
    stated = str(location[-1])
    # The synonyms are in snake_case.
    key = stated if stated in SYNONYMS else in_snake_case(stated)
    for base in sorted(_bases_of(models)):
        if key in UNREPORTED.get(base, ()):
            instead = INSTEAD.get((base, key))
            return Sentence(NOT_REPORTED, ": ", instead) if instead else NOT_REPORTED
    names = list(dict.fromkeys(name for one in models for name in keys_of(one)))
    meant = SYNONYMS.get(key, ())
    close = difflib.get_close_matches(key, names, n=1)
    # Hardly anybody means a key that every expectation has: those come last.
    known = sorted(names, key=lambda name: name in NOTES)
    if meant and {*meant} <= {*names}:
        close = [*meant]
    quoted = [Sentence("`", Key(name), "`") for name in close]
    hint = (
        Sentence("did you mean ", joined_sentence(quoted), "?")
        if close
        else Sentence("known keys: ", joined_sentence([*map(Key, known)], last=", "))
    )
    return Sentence(UNKNOWN_KEY, " (", hint, ")")


def in_snake_case(key: str) -> str:
    """Write a key as this language does: `gopSize` is `gop_size`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key).lower()


def _bases_of(models: set[type[BaseModel]]) -> set[str]:
    return {base.__name__ for model in models for base in model.__mro__}


def keys_of(model: type[BaseModel]) -> dict[str, str]:
    """Return the keys that a model knows, each with the name of its field."""
    return {field.alias or name: name for name, field in model.model_fields.items()}


def _models_at(
    location: Location, models: set[type[BaseModel]]
) -> set[type[BaseModel]]:
    """Find the models that may stand at a place, by the types of the fields."""
    is_named = False
    for part in location:
        if not isinstance(part, str) or is_named:
            is_named = False
            continue
        for model in models:
            # A model that has not been built yet has names instead of some types.
            build(model)
        stated = [
            model.model_fields[keys_of(model)[part]].annotation
            for model in models
            if part in keys_of(model)
        ]
        models = {found for one in stated for found in models_in(one)}
        # Below these stands a name of the user's, which is no field.
        is_named = any(typing.get_origin(one) is dict for one in stated)
    return models


def models_in(annotation: object) -> set[type[BaseModel]]:
    """Return the models that a type is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {
        model
        for argument in typing.get_args(annotation)
        for model in models_in(argument)
    }
