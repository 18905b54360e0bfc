"""Rows of the reference about `expect`, from the models and their kinds."""

from __future__ import annotations

import json

from documentation.tables import Table
from pulumi_alicloud_mediaconvert.expect import value_types
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations, Rule
from pulumi_alicloud_mediaconvert.expect.expected_media import kinds_of
from pulumi_alicloud_mediaconvert.expect.json_schema import (
    forms_of,
    models_below,
)
from pulumi_alicloud_mediaconvert.expect.matcher_validation import FORMS, NOTES
from pulumi_alicloud_mediaconvert.expect.matchers import Matcher, Strict
from pulumi_alicloud_mediaconvert.expect.validation_messages import (
    INSTEAD,
    UNREPORTED,
    keys_of,
)
from pulumi_alicloud_mediaconvert.expect.value_types import ValueType

HEAD = ("key", "type", "default", "meaning")
# When two values of a kind are equal.
EQUAL = {
    value_types.NUMBER: "By value: 1280 equals 1280.0.",
    value_types.MEASURE: "Use a matcher instead of a plain number: two encodes never "
    "agree to the last digit.",
    value_types.ANGLE: "As degrees: -90 equals 270.",
    value_types.RATE: "As numbers with a tolerance of 0.03 %, also for bounds: `29.97` "
    "equals `30000/1001`, but not 30.",
    value_types.RATIO: "As exact ratios: `16:9`, `16/9` and `32:18` are equal.",
    value_types.LEVEL: "A number with a decimal point is a level, such as 3.1; this "
    "includes `4.0` in YAML. A whole number may also be the codec's own number for a "
    "level: level 3.1 is 31 in H.264 and 93 in HEVC. For AV1, whole numbers up to 23 "
    "are always the codec's own: 8 is level 4.0.",
    value_types.TEXT: "Exactly the same text, except for spaces around it.",
    value_types.WORD: "Case is ignored.",
    value_types.CODEC: "By any common name: `H.264`, `avc` and `h264` are equal. A "
    "codec tag (`hvc1`) or a codec string (`avc1.640028`) is refused; the error says "
    "what to use instead.",
    value_types.PROFILE: "Case, spaces, dots, dashes and underscores are ignored. "
    "`baseline` also matches Constrained Baseline.",
    value_types.FORMAT: "By any common name: `m3u8` is `hls`, `mkv` is `matroska`. It "
    "matches any of the names that the API reports. For mp4 and mov these names are "
    "the same; use `extension` to distinguish them.",
    value_types.LANGUAGE: "By ISO 639: `zh`, `zho`, `chi` and the vendor's `cn` are "
    "equal. If the API reports `mul`, `mis` or a code for local use, the check is "
    "inconclusive: these can mean any language.",
    value_types.STATUS: "Case is ignored. `Complete` means `Success`, `Error` means "
    "`Failed`, `Canceled` means `Cancelled`. Other words are refused.",
    value_types.EXTENSION: "Case and a leading dot are ignored.",
    value_types.PLAIN: "By type and value. Numbers are compared as decimals; true is "
    "not 1.",
}
# Types of the keys that are not constraints on a fact, in the order of the tables.
TYPES = {
    "name": "text",
    "where": "[selector](#where)",
    "query": "text",
    "every_output": "[output expectation](#an-output)",
    "outputs": "list of [output expectations](#an-output)",
    "output_groups": "list of [group expectations](#an-output-group)",
    "other_outputs": '`"allow"` or `"forbid"`',
    "consistent": "[mapping](#consistent)",
    "rules": "list of [rules](#a-rule)",
    "as_requested": "boolean",
    "video": "[video stream](#a-video-stream), or a list",
    "audio": "[audio stream](#an-audio-stream), or a list",
    "duration_seconds": "number",
    "message": "text",
    "enforcement_level": '`"mandatory"` or `"advisory"`',
}
# Defaults that the verifier applies; the models do not have them.
DEFAULTS = {
    ("OutputExpectation", "status"): '`"Success"`',
    ("GroupExpectation", "status"): '`"Success"`',
    ("Rule", "enforcement_level"): "that of the enclosing expectation",
}
UNREPORTED_PLACES = {
    "VideoExpectation": "`video`",
    "AudioExpectation": "`audio`",
    "FileExpectation": "an output",
}


def keys(model: type[Strict], but: type[Strict] | None = None) -> Table:
    """Write the keys of an expectation: key, type, default, meaning.

    Args:
        model: of the expectation.
        but: a model with keys to leave out, since another table has them.
    """
    elsewhere = NOTES | set(but.model_fields if but else ())
    names = {key: name for key, name in keys_of(model).items() if key not in elsewhere}
    kinds_named = {
        name: f"[{kind.name.lower()}](#what-equal-means)"
        for name, kind in kinds_of(model).items()
    }
    structure = [name for name in TYPES if name not in kinds_named]
    in_order = sorted(
        names.items(),
        key=lambda item: structure.index(item[1]) if item[1] in structure else 99,
    )
    rows = [
        (f"`{key}`", kinds_named.get(name) or TYPES[name], *_row_end(model, name))
        for key, name in in_order
    ]
    return HEAD, rows


def _row_end(model: type[Strict], name: str) -> tuple[str, str]:
    """Write the default of a key and its meaning."""
    field = model.model_fields[name]
    default = DEFAULTS.get((model.__name__, name), "")
    if field.is_required():
        default = "required"
    elif not default and field.default is not None:
        default = f"`{json.dumps(field.default)}`"
    return default, field.description or ""


def matchers() -> Table:
    """Write the forms of a matcher: form, meaning, which kinds take it."""
    fields = Matcher.model_fields
    names = keys_of(Matcher)
    takers = _kinds()
    rows = []
    for form in FORMS:
        taking = [kind for kind in takers if form in forms_of(kind)]
        kinds_named = (
            "every kind"
            if len(taking) == len(takers)
            else ", ".join(kind.name.lower() for kind in taking)
        )
        rows += [
            (f"`{key}`", fields[names[key]].description or "", kinds_named)
            for key in form
        ]
    return ("key", "meaning", "kinds"), rows


def equality() -> Table:
    """Write the plain values of each kind, and which values are equal."""
    rows = [
        (
            kind.name.lower(),
            kind.wanted if kind.takes_plain else "not accepted",
            EQUAL[kind],
        )
        for kind in _kinds()
    ]
    return ("kind", "plain value", "equal values"), rows


def _kinds() -> list[ValueType]:
    used = {
        kind
        for model in models_below(Expectations)
        for kind in kinds_of(model).values()
    }
    return sorted(used, key=list(EQUAL).index)


def notes() -> Table:
    """Write the keys that every expectation accepts."""
    rows = [
        (f"`{key}`", TYPES[key], *_row_end(Rule, key))
        for key in Rule.model_fields
        if key in NOTES
    ]
    return HEAD, rows


def unreported() -> Table:
    """Write the keys that people try, but that the API does not report."""
    rows = [
        (
            place,
            ", ".join(
                _key_and_other_way(name, key) for key in sorted(UNREPORTED[name])
            ),
        )
        for name, place in UNREPORTED_PLACES.items()
    ]
    return ("in", "not reported"), rows


def _key_and_other_way(model: str, key: str) -> str:
    instead = INSTEAD.get((model, key))
    return f"`{key}` ({instead})" if instead else f"`{key}`"
