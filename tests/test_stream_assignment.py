"""Which stream serves which expectation: as many as can be are served."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs import Wire, make_audio, make_job, make_output
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.verification.report import Report
from pulumi_alicloud_mediaconvert.verification.streams import assign
from pulumi_alicloud_mediaconvert.verification.verifier import verify


def test_all_have_a_stream_if_all_surely_can():
    """What is mandatory gives way where it can, and takes what surely fits it."""
    assert assign([[0, 1], [0, None]], [True, False]) == [1, 0]
    assert assign([[0, None], [0, 2]], [False, True]) == [None, 0]


ranks = st.lists(
    st.lists(st.sampled_from([None, 0, 1, 2]), min_size=3, max_size=3),
    min_size=1,
    max_size=4,
)


@given(ranks=ranks, data=st.data())
def test_no_other_assignment_serves_more(ranks, data):
    """Held against all assignments there are: the mandatory ones first."""
    size = len(ranks)
    mandatory = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))

    assigned = assign(ranks, mandatory)

    def served(columns: tuple[int | None, ...], worst: int, *, first: bool) -> int:
        return sum(
            column is not None
            and (rank := ranks[row][column]) is not None
            and rank <= worst
            and (mandatory[row] or not first)
            for row, column in enumerate(columns)
        )

    taken = [column for column in assigned if column is not None]
    assert len(taken) == len(set(taken))
    every = [
        columns
        for columns in itertools.product([None, 0, 1, 2], repeat=size)
        if len(set(columns) - {None}) == size - columns.count(None)
    ]
    best = max(served(columns, 2, first=True) for columns in every)
    assert served(tuple(assigned), 2, first=True) == best
    sure = max(served(columns, 1, first=True) for columns in every)
    if sure == sum(mandatory):
        assert served(tuple(assigned), 1, first=True) == sure


AAC = make_audio(CodecName="aac", Channels=2, Lang="zh")
SURROUND = make_audio(CodecName="ac3", Channels=6, Lang="zh")
ENGLISH = make_audio(CodecName="aac", Channels=2, Lang="en")


def report_on_streams(output: Wire, **expect: object) -> Report:
    """Verify the streams of one output."""
    expectations = Expectations.model_validate({"every_output": expect})
    return verify(job_from_answer(make_job(output)), expectations)


def audio_of(*streams: Wire) -> Wire:
    """Make an output with such audio, in this order within the file."""
    numbered = [{**stream, "Index": at} for at, stream in enumerate(streams, 1)]
    return make_output(audio=numbered)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_a_location_is_found_for_all_wherever_there_is_one(order):
    """First come first served would leave the demanding one without a stream."""
    streams = [(AAC, ENGLISH, SURROUND)[at] for at in order]
    expected = [{"channels": {"min": 1}}, {"codec": "aac"}, {"lang": "en"}]

    for audio in itertools.permutations(expected):
        assert report_on_streams(audio_of(*streams), audio=[*audio]).verdict == "passed"


def test_streams_beyond_number_are_not_compared():
    """A hostile answer does not hang a deployment, and does not pass."""
    output = audio_of(*([AAC] * 2000))

    assert (
        report_on_streams(audio_of(*[AAC] * 100), audio=[{}] * 10).verdict == "passed"
    )
    report = report_on_streams(output, audio=[{"codec": "mp3"}] * 6)

    assert report.verdict == "inconclusive"
    assert report.mismatches[0].text == (
        'output "video": audio: expected 6 streams, '
        "but 2000 streams are too many to compare"
    )
