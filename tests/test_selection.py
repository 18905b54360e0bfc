"""Which outputs and groups an expectation is about."""

from __future__ import annotations

import pytest

from jobs import Wire, make_job, make_output
from reports import report_on, texts_on

WIDE, NARROW = {"Width": 1280}, {"Width": 640}


def sides(single: Wire | None, **groups: Wire) -> Wire:
    """Make a job with one file everywhere of the name `a`, of different widths."""
    outputs = [] if single is None else [make_output("a", **single)]
    members = {name: [make_output("a", **file)] for name, file in groups.items()}
    return make_job(*outputs, groups=members)


@pytest.mark.parametrize(
    ("name", "answer", "said"),
    [
        ("a", sides(NARROW, hls=WIDE), 'output "a": width: expected 1280, got 640'),
        ("a", sides(None, hls=NARROW), 'output "hls/a": width: expected 1280, got 640'),
        (
            "hls/a",
            sides(WIDE, hls=NARROW),
            'output "hls/a": width: expected 1280, got 640',
        ),
        (
            "hls/a",
            make_job(
                make_output("hls/a", Width=640),
                groups={"hls": [make_output("a", Width=1280)]},
            ),
            'output "hls/a": width: expected 1280, got 640',
        ),
        (" a ", sides(NARROW), 'output "a": width: expected 1280, got 640'),
        (
            "a",
            sides(None, hls=WIDE, dash=WIDE),
            'output "a": expected one output, got several: "dash/a", "hls/a"',
        ),
        (
            "b",
            sides(WIDE, hls=WIDE),
            'output "b": expected to be delivered, got none (there are: "a", "hls/a")',
        ),
        (
            "b",
            make_job(*(make_output(f"v{index}") for index in range(10))),
            (
                'output "b": expected to be delivered, got none (there are: '
                + ", ".join(f'"v{index}"' for index in range(10))
                + ")"
            ),
        ),
        (
            "dash/a",
            sides(WIDE, hls=WIDE),
            (
                'output "dash/a": expected to be delivered, got none'
                ' (there are: "a", "hls/a")'
            ),
        ),
    ],
    ids=[
        "ungrouped first",
        "the only grouped one",
        "by group and name",
        "a name that reads like a grouped one",
        "trimmed",
        "several",
        "none",
        "none of ten",
        "none in that group",
    ],
)
def test_a_name_selects_one_output(name, answer, said):
    """By name: the ungrouped one, else the only grouped one, else a miss."""
    expect = {"outputs": [{"name": name, "width": 1280}]}

    assert texts_on(answer, expect) == [said]
    assert report_on(answer, expect).verdict == "failed"


def test_two_ungrouped_outputs_of_one_name_are_a_miss():
    """Which of two outputs is meant, nothing says."""
    answer = make_job(make_output("a"), make_output("a"))

    report = report_on(answer, {"outputs": [{"name": "a"}]})

    said = 'output "a": expected one output, got several: "a", "a"'
    [several] = [one for one in report.mismatches if one.text == said]
    assert (several.verdict, several.actual) == ("missed", '"a", "a"')


def test_ten_names_at_most_are_listed():
    """A job of many outputs does not fill the screen."""
    answer = make_job(*(make_output(f"v{index:02}") for index in range(12)))

    [said] = texts_on(answer, {"outputs": [{"name": "b"}]})

    assert said.endswith('"v08", "v09" and 2 more)')


def test_names_are_printed_plainly():
    """A name is foreign text: nothing in it reaches the terminal."""
    answer = make_job(make_output("a\x1b[31m"))

    [said] = texts_on(answer, {"outputs": [{"name": "b"}]})

    assert said.endswith('(there are: "a\ufffd[31m")')


LADDER = make_job(
    make_output("low", Width=640, url="http://h/low.mp4"),
    make_output("mid", Width=1280, url="http://h/mid.mp4"),
    make_output("list", Width=640, url="http://h/list.m3u8", FormatName="hls"),
)


def test_all_that_where_selects_must_pass():
    """Of those selected by facts each one is tested, the others are not."""
    where = {"extension": "mp4", "format": ["mp4", "hls"]}

    said = texts_on(LADDER, {"outputs": [{"where": where, "width": {"min": 1920}}]})

    assert said == [
        'output "low": width: expected at least 1920, got 640',
        'output "mid": width: expected at least 1920, got 1280',
    ]


def test_where_selects_by_a_grouped_name_too():
    """`name` in `where` is that of the output, with or without its group."""
    answer = sides(NARROW, hls=NARROW)

    said = texts_on(answer, {"outputs": [{"where": {"name": "hls/a"}, "width": 1}]})

    assert said == ['output "hls/a": width: expected 1, got 640']


def test_where_that_selects_none_is_a_miss():
    """An expectation that is about nothing is not met by that."""
    report = report_on(LADDER, {"outputs": [{"where": {"width": 1, "type": "OSS"}}]})

    assert report.verdict == "failed"
    [mismatch] = report.mismatches
    assert mismatch.text == (
        "outputs where width is 1, type is OSS: expected to be delivered, got none"
        ' (there are: "list", "low", "mid")'
    )
    assert (mismatch.path, mismatch.actual) == ("outputs[0]", "none")


@pytest.mark.parametrize(
    ("group", "selected"),
    [
        ("hls", ["hls/b"]),
        ({"present": False}, ["a"]),
        ({"not": "hls"}, ["a", "dash/c"]),
        (["dash", "hls"], ["dash/c", "hls/b"]),
    ],
    ids=repr,
)
def test_where_knows_that_an_output_has_no_group(group, selected):
    """That an output stands beside the groups is a fact like any other."""
    answer = make_job(
        make_output("a"), groups={"hls": [make_output("b")], "dash": [make_output("c")]}
    )
    expect = {"outputs": [{"where": {"group": group}, "audio_count": 9}]}

    report = report_on(answer, expect)

    assert {one.path for one in report.mismatches} == {
        f'outputs["{name}"].audio_count' for name in selected
    }
    assert report.verdict == "failed"


def test_where_that_cannot_be_decided_is_inconclusive():
    """What may be selected is neither delivered for certain, nor missed."""
    answer = make_job(make_output("a", Width=640, Height=None))
    expect = {"outputs": [{"where": {"height": 720}, "width": 1280}]}

    report = report_on(answer, expect)

    assert report.verdict == "inconclusive"
    assert [(one.path, one.text) for one in report.mismatches] == [
        (
            "outputs[0]",
            (
                "outputs where height is 720: expected to be delivered, but too little "
                'is reported to tell (it may be: "a")'
            ),
        ),
        (
            'outputs["a"].width',
            'output "a": width: expected 1280, got 640, if it is selected at all',
        ),
    ]


def test_what_is_not_known_of_what_may_be_selected_is_told_as_such():
    """Doubts of one that may be selected stay as they are; a miss becomes a doubt."""
    answer = make_job(make_output("a", Width=640, Height=None))
    constraints = {"width": 1280, "file_size_bytes": {"min": 1}}

    report = report_on(answer, {"outputs": [{"where": {"height": 720}, **constraints}]})

    assert report.mismatches[0].actual == "not known"
    assert [(one.path, one.verdict) for one in report.mismatches] == [
        ("outputs[0]", "inconclusive"),
        ('outputs["a"].file_size_bytes', "inconclusive"),
        ('outputs["a"].width', "inconclusive"),
    ]
    assert [one.text for one in report.mismatches[1:]] == [
        (
            'output "a": file_size_bytes: expected at least 1, '
            "but the API did not report it"
        ),
        'output "a": width: expected 1280, got 640, if it is selected at all',
    ]


def test_what_may_be_selected_counts_only_if_it_is_wrong():
    """Beside one that is surely selected, one that may be and fits does no harm."""
    answer = make_job(
        make_output("a", Width=1280, Height=720),
        make_output("b", Width=1280),
    )

    expect = {"outputs": [{"where": {"height": 720}, "width": 1280}]}

    assert report_on(answer, expect).verdict == "passed"


def test_an_output_without_a_name_may_be_the_one():
    """A name that is not reported is as any other fact: inconclusive."""
    answer = make_job(make_output("a"), make_output("b", Width=640))
    del answer["OutputDetails"][1]["Name"]
    expect = {"outputs": [{"name": "a"}, {"name": "b", "width": 1}]}

    report = report_on(answer, expect | {"other_outputs": "forbid"})

    assert report.verdict == "inconclusive"
    assert [one.path for one in report.mismatches] == [
        'outputs["b"]',
        'outputs["(unnamed)"].width',
        'outputs["(unnamed)"]',
    ]
    assert report_on(answer, {"outputs": [{"name": "hls/b"}]}).verdict == "failed"


@pytest.mark.parametrize("name", ["und", "N/A"])
def test_any_word_may_be_a_name(name):
    """What stands for an unknown language may be what a track is called."""
    single = make_job(make_output(name))
    grouped = make_job(groups={name: [make_output(name)]})
    group = {"name": name, "outputs": [{"name": name, "video": {"width": 1280}}]}

    assert texts_on(single, {"outputs": [{"name": name, "audio": {}}]}) == []
    assert texts_on(grouped, {"output_groups": [group]}) == []


def test_a_group_without_a_name_may_be_the_one():
    """As for outputs, so for groups."""
    answer = make_job(groups={"hls": [make_output("a")]})
    del answer["OutputGroupDetails"][0]["Name"]

    report = report_on(answer, {"output_groups": [{"name": "hls"}]})

    assert report.verdict == "inconclusive"
