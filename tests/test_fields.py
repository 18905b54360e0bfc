"""Every field of the corpus: where it selects an output, and what it refuses."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from corpus import OUTCOMES, field_cases, read
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.expect.expectations import Selector
from pulumi_alicloud_mediaconvert.expect.expected_media import (
    AudioExpectation,
    FileExpectation,
    VideoExpectation,
    kinds_of,
)
from pulumi_alicloud_mediaconvert.expect.matchers import Strict
from pulumi_alicloud_mediaconvert.verification.candidates import judge_selector

FIELDS = read("fields")
MODELS: dict[str, type[Strict]] = {
    "video": VideoExpectation,
    "audio": AudioExpectation,
    "file": FileExpectation,
    "select": Selector,
}
REFUSED = {
    f"{part}.{field}": (MODELS[part], field, cases["refused"])
    for part, fields in FIELDS.items()
    for field, cases in fields.items()
}
SELECTING = {
    name: case
    for name, case in field_cases().items()
    if case.part in {"file", "select"}
}


def test_every_field_has_its_cases():
    """A new field needs cases of its own; whether an output has a group is known."""
    selecting = {**FIELDS["file"], **FIELDS["select"], "group": None}

    for part in ("video", "audio", "file"):
        assert FIELDS[part].keys() == kinds_of(MODELS[part]).keys()
    assert selecting.keys() == kinds_of(Selector).keys()
    for fields in FIELDS.values():
        for cases in fields.values():
            assert cases.keys() == {*OUTCOMES, "refused"}


@pytest.mark.parametrize("case", SELECTING.values(), ids=SELECTING)
def test_where_selects_by_every_field(case):
    """A selector tells by the same facts which output is meant."""
    [output] = job_from_answer(case.row.answer("a")["Job"]).outputs

    selector = Selector.model_validate({case.field: case.constraint})

    assert judge_selector(selector, output) == case.outcome


@pytest.mark.parametrize(
    ("model", "field", "constraint"), REFUSED.values(), ids=REFUSED
)
def test_a_constraint_of_another_kind_is_refused(model, field, constraint):
    """What is no value of a field's kind is refused at its path."""
    with pytest.raises(ValidationError) as caught:
        model.model_validate({field: constraint})

    assert {error["loc"][0] for error in caught.value.errors()} == {field}
