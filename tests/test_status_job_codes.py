"""What is told of the code of an output or group that did not end well."""

from __future__ import annotations

import pytest

from jobs import make_bare_output, make_job, make_output
from reports import texts_on

NO_AUDIO = {"Code": "InvalidParameter.NoAudioStream", "Message": "No audio"}
HINT = ": the input file has no audio stream; add one, or request outputs without audio"
SAID = '(InvalidParameter.NoAudioStream, "No audio")'


def test_a_code_of_an_output_has_its_hint():
    """A job may succeed although an output failed, and then says nothing itself."""
    failed = make_bare_output("a", "Failed") | NO_AUDIO
    answer = make_job(failed, groups={"hls": [make_output("b")]}, **NO_AUDIO)
    answer["OutputGroupDetails"][0] |= {"Status": "Skipped", **NO_AUDIO}

    assert texts_on(answer) == [
        f'output "a": status: expected Success, got Failed {SAID}{HINT}',
        f'output group "hls": status: expected Success, got Skipped {SAID}{HINT}',
    ]


@pytest.mark.parametrize(
    ("code", "ending"), [(NO_AUDIO["Code"], ""), ("Other", HINT)], ids=["same", "other"]
)
def test_a_hint_is_not_repeated(code, ending):
    """What the line of a failed job tells, those of its parts need not."""
    failed = make_bare_output("a", "Failed") | NO_AUDIO
    answer = make_job(failed, groups={"hls": []}, State="Failed", Code=code)
    answer["OutputGroupDetails"][0] |= {"Status": "Failed", **NO_AUDIO}

    [_, *said] = texts_on(answer)

    assert said == [
        f'output "a": status: expected Success, got Failed {SAID}{ending}',
        f'output group "hls": status: expected Success, got Failed {SAID}{ending}',
    ]


@pytest.mark.parametrize("status", ["Success", "Running"])
def test_a_code_that_is_no_end_has_no_hint(status):
    """A success may carry a code idly, and what goes on has not failed."""
    part = make_output("a", status=status) | NO_AUDIO
    expect = {"outputs": [{"name": "a", "status": "Skipped"}]}

    [text] = texts_on(make_job(part), expect)

    assert HINT not in text
