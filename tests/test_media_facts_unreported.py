"""What the API did not report: no fact, no stream."""

from __future__ import annotations

import pytest

from reports import deliver, outcome_of, text_of

AUDIO = {"CodecName": "aac", "Duration": 8}
# As the API and ffprobe say that there is nothing to say.
ABSENT = [None, "", " \n", "N/A", "n/a"]
UNREPORTED = [
    *(
        (name, sent)
        for name in ("Codec_name", "Lang", "Width", "Fps")
        for sent in ABSENT
    ),
    ("Bit_rate", 0),
    ("Bit_rate", "0"),
    ("Bit_rate", "0.f"),
    ("Fps", "0.f"),
    ("Fps", "0/0"),
    ("Width", "0.f"),
    ("Lang", "und"),
    ("Lang", "UND"),
    ("Level", -99),
    ("Level", "-99"),
    ("Width", -1),
    ("Fps", "-25"),
    ("Bit_rate", "-1"),
    ("Level", -1),
    ("Sar", "0:1"),
    ("Dar", "0:1"),
    ("Sar", "0:0"),
]
DEMANDS = {
    "Codec_name": {"codec": "h264"},
    "Lang": {"lang": "zh"},
    "Width": {"width": {"not": 1}},
    "Fps": {"fps": {"min": 0}},
    "Bit_rate": {"bitrate_kbps": {"min": 0}},
    "Level": {"level": {"max": "5.1"}},
    "Sar": {"sar": {"not": "1:1"}},
    "Dar": {"dar": "16:9"},
}


@pytest.mark.parametrize(("name", "sent"), UNREPORTED, ids=repr)
def test_a_fact_that_was_not_reported_is_inconclusive(name, sent):
    """Absent, empty, zero, below that or unknown: not even `not` decides anything."""
    report = deliver({"video": DEMANDS[name]}, video=[{name: sent}])

    assert report.verdict == "inconclusive"


def test_an_unreported_fact_is_told_as_such():
    """The person is told that nobody knows, not that it is wrong."""
    report = deliver({"audio": {"bitrate_kbps": {"max": 128}}}, audio=[AUDIO])

    assert text_of(report) == (
        'output "video": audio bitrate_kbps: expected at most 128, '
        "but the API did not report it"
    )


@pytest.mark.parametrize("nothing", [{}, {"video": []}, {"video": None}], ids=repr)
def test_a_list_that_is_missing_is_empty_if_the_other_one_is_not(nothing):
    """A file of sound alone has no video, whether the API says so or leaves it out."""
    report = deliver({"video": [], "video_count": 0}, audio=[AUDIO], **nothing)

    assert report.verdict == "passed"
    assert deliver({"video": {}}, audio=[AUDIO], **nothing).verdict == "failed"


@pytest.mark.parametrize(
    "nothing",
    [{}, {"video": [], "audio": []}, {"video": None}, {"audio": []}],
    ids=repr,
)
@pytest.mark.parametrize(
    "expected",
    [{"video": []}, {"audio": {}}, {"video_count": 0}, {"audio_count": {"min": 0}}],
    ids=repr,
)
def test_where_both_lists_are_missing_nothing_is_known(nothing, expected):
    """No stream at all is no delivery that could be judged."""
    report = deliver(expected, **nothing)

    assert outcome_of(report) == "inconclusive"
    assert text_of(report).endswith("but the API reported no streams at all")
