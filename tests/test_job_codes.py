"""What is said of the code that a job ends with, and of which codes nothing is."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.verification.job_codes import (
    JOB_CODES,
    JobCode,
    Origin,
    job_code,
)

MAX_TEXT = 200
ROWS = list(JOB_CODES.items())
each_row = pytest.mark.parametrize(("code", "hint"), ROWS, ids=[row[0] for row in ROWS])


@each_row
def test_every_hint_names_its_cause_as_the_beginning_of_a_sentence(code, hint):
    """A cause can stand alone in a cell, and open the sentence."""
    assert re.fullmatch(r"[A-Z][^\r\n;]*[^\s.;]", hint.cause), code


@each_row
def test_every_hint_names_whose_the_cause_is(code, hint):
    """An origin is one of the four words that reports know."""
    assert hint.origin in get_args(Origin), code


@each_row
def test_every_hint_names_a_next_step_as_the_rest_of_the_sentence(code, hint):
    """A next step begins with a verb and leaves the full stop to the text."""
    assert re.fullmatch(r"[a-z][^\r\n;]*[^\s.;]", hint.next_step), code


@each_row
def test_every_text_is_one_short_sentence_in_one_line(code, hint):
    """A hint fits behind the vendor's words, on a line of the engine."""
    assert len(hint.text) < MAX_TEXT, code
    assert hint.text.isprintable()
    assert hint.text == " ".join(hint.text.split())
    assert re.search(r"\w$", hint.text)


def test_text_is_cause_and_next_step():
    """The sentence has both halves, and no word of the origin."""
    hint = JobCode("The file is cut off", "input file", "send the rest")

    assert hint.text == "The file is cut off; send the rest"
    assert hint.clause == "the file is cut off; send the rest"


def test_bad_content_reads_as_promised():
    """The sentence that the README shows stays as it is."""
    hint = job_code("InvalidParameter.ResourceContentBad")

    assert hint == JOB_CODES["InvalidParameter.ResourceContentBad"]
    assert hint.text == "The input file cannot be decoded; check that it is complete"


@pytest.mark.parametrize(
    ("code", "origin"),
    [
        ("InvalidParameter.ResourceContentBad", "input file"),
        ("InvalidParameter.ResourceNotFound", "input file"),
        ("InvalidParameter.ResourceDeleted", "input file"),
        ("InvalidParameter.ResourceNotSupported", "input file"),
        ("InvalidParameter.NoAudioStream", "input file"),
        ("InvalidParameter.MergeFileNoVideoOrAudio", "input file"),
        ("PermissionDenied.ResourceAccess", "permission"),
        ("PermissionDenied.ResourceQuotaExceed", "permission"),
        ("InvalidIdentity.ServiceDisabled", "permission"),
        ("InternalError", "service"),
        ("InvalidParameter", "configuration"),
        ("InvalidParameter.NullValue", "configuration"),
        ("InvalidParameter.EmptyValue", "configuration"),
        ("InvalidParameter.NotSupported", "configuration"),
        ("Parameters.NotSupported", "configuration"),
        ("InvalidParameter.OutOfRange", "configuration"),
        ("InvalidParameter.Format", "configuration"),
        ("InvalidParameter.NumberFormatInvalid", "configuration"),
        ("ParameterNotBoolean", "configuration"),
        ("InvalidParameter.JsonFormatInvalid", "configuration"),
        ("InvalidParameter.JsonObjectFormatInvalid", "configuration"),
        ("InvalidParameter.JsonArrayFormatInvalid", "configuration"),
        ("InvalidParameter.UUIDFormatInvalid", "configuration"),
        ("InvalidParameter.InvalidBase64Format", "configuration"),
        ("InvalidParameter.ListSizeExceed", "configuration"),
        ("InvalidParameter.BucketNameInvalid", "configuration"),
        ("InvalidParameter.LocationInvalid", "configuration"),
        ("InvalidParameter.ObjectKeyInvalid", "configuration"),
        ("InvalidParameter.ServiceNotSupportRegion", "configuration"),
        ("InvalidParameter.TemplateNotFound", "configuration"),
        ("InvalidParameter.TemplateNotSupported", "configuration"),
        ("InvalidParameter.WaterMarkFileFormatNotSupported", "configuration"),
        ("InvalidParameter.DigiWatermark", "configuration"),
        ("InvalidParameter.InvalidDigitalWaterMarkType", "configuration"),
        ("DataEncryption.ContainerFormatNotSupported", "configuration"),
        ("DataEncryption.CiphertextNotExist", "configuration"),
        ("NotSupportedJob.SystemTemplateJobNotSupported", "configuration"),
        ("NotSupportedJob.ContainerFormatNotSupported", "configuration"),
        ("NotSupportedJob.DurationIsLessThanHalfAnHour", "configuration"),
    ],
)
def test_documented_code_has_its_origin(code, origin):
    """Each code of the vendor's lists that can end a job says whose the cause is."""
    hint = job_code(code)

    assert hint is not None
    assert hint.origin == origin


@pytest.mark.parametrize("spell", [str.upper, str.lower, str.swapcase])
@each_row
def test_code_is_read_without_regard_to_case(code, hint, spell):
    """The vendor's spelling varies, its meaning does not."""
    assert job_code(spell(code)) is hint


@pytest.mark.parametrize(
    "code",
    [
        None,
        "",
        "InvalidParameter.",
        "InvalidParameter.Whatever",
        "InvalidParameter.ResourceContentBad.Whatever",
        "ResourceContentBad",
        "PermissionDenied",
        "PermissionDenied.JobInComplete",
        "Throttling",
        "AccessDenied",
    ],
)
def test_other_code_has_no_hint(code):
    """What the vendor does not document of a job is not guessed, not by its family."""
    assert job_code(code) is None


@given(code=st.sampled_from(sorted(JOB_CODES)), tail=st.text(min_size=1))
def test_code_that_only_begins_like_a_row_has_no_hint(code, tail):
    """Whatever the API may send, a row speaks for its own code alone."""
    longer = f"{code}.{tail}"
    assume(longer.casefold() not in {row.casefold() for row in JOB_CODES})

    assert job_code(longer) is None
