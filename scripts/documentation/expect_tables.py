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
# What two values of a kind must have in common to be equal.
EQUAL = {
    value_types.NUMBER: "As decimals: 1280 and 1280.0 are one.",
    value_types.MEASURE: "No plain number is taken: no two encodes agree to the last"
    " digit.",
    value_types.ANGLE: "As degrees: -90 and 270 are one.",
    value_types.RATE: "As numbers, with 0.03 % of slack, in bounds too: `29.97` and "
    "`30000/1001` are one, 30 is another.",
    value_types.RATIO: "As exact ratios: `16:9`, `16/9` and `32:18` are one.",
    value_types.LEVEL: "With a point it is a level as people write it, `4.0` of YAML"
    " too; "
    "without, where the two differ, the codec's own count: 3.1 is H.264's 31 and "
    "HEVC's 93, and 4.0 AV1's 8.",
    value_types.TEXT: "To the letter, blanks around it aside.",
    value_types.WORD: "Without regard to case.",
    value_types.CODEC: "By any common name: `H.264`, `avc` and `h264` are one. What"
    " is a "
    "codec tag, as `hvc1`, or a codec string, as `avc1.640028`, is refused, with "
    "what to state instead.",
    value_types.PROFILE: "Without regard to case, blanks, dots and dashes; `baseline`"
    " meets "
    "Constrained Baseline.",
    value_types.FORMAT: "Any of the API's names, by any common name: `m3u8` is `hls`,"
    " `mkv` "
    "is `matroska`. Of mp4 and mov the API reports the same names: `extension` tells "
    "them apart.",
    value_types.LANGUAGE: "By ISO 639: `zh`, `zho`, `chi` and the vendor's `cn` are"
    " one. "
    "`mul`, `mis` and codes for local use may be any language: inconclusive.",
    value_types.STATUS: "Without regard to case; `Complete` is `Success`, `Error` is "
    "`Failed`, `Canceled` is `Cancelled`; other words are refused.",
    value_types.EXTENSION: "Without regard to case and a leading dot.",
    value_types.PLAIN: "By type and value: numbers as decimals; true is not 1.",
}
# Types of the keys that are no constraint on a fact, in the reader's order.
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
# Defaults that the verifier applies and no model states.
DEFAULTS = {
    ("OutputExpectation", "status"): '`"Success"`',
    ("GroupExpectation", "status"): '`"Success"`',
    ("Rule", "enforcement_level"): "that of the expectation around it",
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
        but: whose keys are left out, as they stand elsewhere.
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
    return ("key", "meaning", "of"), rows


def equality() -> Table:
    """Write what may be stated of each kind, and what it is equal to."""
    rows = [
        (
            kind.name.lower(),
            kind.wanted if kind.takes_plain else f"a matcher of {kind.wanted}",
            EQUAL[kind],
        )
        for kind in _kinds()
    ]
    return ("kind", "what may be stated", "what is equal"), rows


def _kinds() -> list[ValueType]:
    used = {
        kind
        for model in models_below(Expectations)
        for kind in kinds_of(model).values()
    }
    return sorted(used, key=list(EQUAL).index)


def notes() -> Table:
    """Write what every expectation may carry."""
    rows = [
        (f"`{key}`", TYPES[key], *_row_end(Rule, key))
        for key in Rule.model_fields
        if key in NOTES
    ]
    return HEAD, rows


def unreported() -> Table:
    """Write the keys that people try, but of which the API reports nothing."""
    rows = [
        (
            place,
            ", ".join(
                _key_and_other_way(name, key) for key in sorted(UNREPORTED[name])
            ),
        )
        for name, place in UNREPORTED_PLACES.items()
    ]
    return ("of", "not reported"), rows


def _key_and_other_way(model: str, key: str) -> str:
    instead = INSTEAD.get((model, key))
    return f"`{key}` ({instead})" if instead else f"`{key}`"
