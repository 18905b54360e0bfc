"""A secret expectation shows in no line, and a stored path leads back to its steps."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from pydantic import ValidationError

from jobs import JOB_ID, make_answer, make_job, make_output
from pulumi_alicloud_mediaconvert.api.job_parser import job_from_answer
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.hosts.lines import MAX_LINES, safe_line, safe_lines
from pulumi_alicloud_mediaconvert.lifecycle.stored_state import stored_lines
from pulumi_alicloud_mediaconvert.schema.secrets import OPEN, Secrecy
from pulumi_alicloud_mediaconvert.text import HIDDEN
from pulumi_alicloud_mediaconvert.verification.locations import Named, path_of
from pulumi_alicloud_mediaconvert.verification.report import lines_of
from pulumi_alicloud_mediaconvert.verification.report_facts import report_facts
from pulumi_alicloud_mediaconvert.verification.stored_report import steps_of
from pulumi_alicloud_mediaconvert.verification.verifier import verify

SECRET = "s3cret"
JOBS = [
    make_job(make_output("a"), make_output("b", Duration=8)),
    make_job(make_output("a")) | {"OutputGroupDetails": [{"Name": "g"}]},
    make_answer("Success", {"a": "Failed"}, Message="bad"),
    make_answer("Failed", {"a": "Failed"}, Code="Odd", Message="bad"),
]
# Whatever a user writes has the secret in it, but for keys and numbers.
words = st.sampled_from(
    [
        SECRET,
        f"g/{SECRET}",
        f'{SECRET}"].video.width',
        f'x"].{SECRET}["a',
        f"x\n{SECRET}",
    ]
)
leaves = words | st.sampled_from([1280, 5.5])
texts = st.one_of(
    words,
    st.lists(words, min_size=1, max_size=2),
    words.map(lambda one: {"matches": re.escape(one)}),
    words.map(lambda one: {"not": one}),
    st.fixed_dictionaries({"any_of": st.lists(words, min_size=1), "message": words}),
    st.just({"present": False, "message": SECRET}),
)
numbers = st.sampled_from(
    [1, {"min": 10**6, "message": SECRET}, {"max": 0, "enforcement_level": "advisory"}]
)
notes = {"message": words, "enforcement_level": st.sampled_from(["advisory", None])}
streams = st.fixed_dictionaries(
    {}, optional={"codec": texts, "codec_tag": texts, **notes}
)
facts: dict[str, st.SearchStrategy[Any]] = {
    "url": texts,
    "width": numbers,
    "video_count": numbers,
    "video": streams,
    "audio": st.lists(streams, max_size=2),
    **notes,
}
named = st.fixed_dictionaries({"name": words | st.sampled_from("ab")}, optional=facts)
selected = st.fixed_dictionaries(
    {"where": st.fixed_dictionaries({"url": texts})}, optional=facts
)
outputs = st.lists(
    named | selected,
    max_size=3,
    unique_by=lambda one: str(one.get("name") or one),
)
queries = st.sampled_from(
    [
        "state",
        f"'{SECRET}'",
        f"outputs[0].{SECRET}",
        f"abs('{SECRET}')",
        "outputs[].name",
    ]
)
demanding = st.fixed_dictionaries(
    {},
    optional={
        "outputs": outputs,
        "output_groups": st.lists(
            st.fixed_dictionaries(
                {"name": words | st.just("g")},
                optional={"outputs": outputs, "output_count": numbers, **notes},
            ),
            max_size=2,
            unique_by=lambda one: one["name"],
        ),
        "every_output": st.fixed_dictionaries({}, optional=facts),
        "output_count": numbers,
        "other_outputs": st.just("forbid"),
        "rules": st.lists(
            st.fixed_dictionaries(
                {"query": queries, "must_be": leaves}, optional=notes
            ),
            max_size=3,
        ),
    },
)


@st.composite
def expectations(draw):
    """Draw expectations; by a function, whose name is shorter than all of this."""
    return draw(demanding)


@given(expectations(), st.sampled_from(JOBS))
def test_no_line_tells_what_a_secret_expectation_says(expect, answer):
    """Neither now nor when it is said again from the state; fact and place stay."""
    try:
        report = verify(job_from_answer(answer), Expectations.model_validate(expect))
    except ValidationError:
        reject()  # one output that is named twice
    known = json.loads(json.dumps(report_facts(report))) | {"job_id": "j"}

    now = lines_of(report, hides_expect=True)
    again = stored_lines(known, Secrecy(hides_expect=True))

    assert SECRET not in "\n".join(now)
    assert SECRET not in "\n".join(again)
    # What differs in the expectation alone is not to be told apart.
    assert 1 <= len(now) <= len(lines_of(report))
    # A name that looks like a path is hidden with all that follows it.
    hidden = f"{HIDDEN}: expected {HIDDEN}, got {HIDDEN}"
    assert hidden in again or again[1:] in ([], now[1:])


ANYTHING = {
    "outputs": [
        {"name": "gone", "url": "x"},
        {"where": {"url": {"matches": ".*"}}, "url": "other", "audio_count": 9},
    ],
    "rules": [
        {"query": query, "must_be": {"present": False}}
        for query in ("outputs[].url", "outputs[0].url", "outputs[0]", "message")
    ],
}


@given(st.integers(0, 320), st.integers(0, 320))
def test_a_secret_id_shows_in_no_line_wherever_it_is_cut(before, after):
    """The vendor repeats it in names, addresses and words, of which some are long."""
    long = f"{'x' * before}{JOB_ID}{'y' * after}"
    output = make_output(long)
    output["Result"]["OutputFile"]["Url"] = f"http://b/{long}"
    answer = make_job(output) | {"Message": long, "JobId": JOB_ID}
    job = job_from_answer(answer)

    lines = lines_of(verify(job, Expectations.model_validate(ANYTHING)))

    secrecy = Secrecy(job_id=JOB_ID)
    shown = "\n".join(safe_line(line, secrecy) for line in lines)
    assert len(lines) > len(ANYTHING)
    parts = {JOB_ID[at : at + 6] for at in range(len(JOB_ID) - 5)}
    assert not [part for part in parts if part in shown]


identifiers = st.from_regex(r"[a-z_]+", fullmatch=True)
printable = st.text(st.characters(codec="ascii", min_codepoint=33), min_size=1)
names = printable.filter(
    lambda one: one.isprintable() and '"]' not in one and "<{%" not in one
)
heads = st.one_of(
    st.tuples(st.sampled_from(["outputs", "output_groups"]), st.builds(Named, names)),
    st.tuples(identifiers),
)
rests = st.lists(identifiers | st.integers(0, 10**6), max_size=3).map(tuple)


@given(st.builds(lambda head, rest: head + rest, heads, rests))
def test_a_path_leads_back_to_its_steps(steps):
    """What is stored of a location is enough to know it again."""
    assert steps_of(path_of(steps)) == steps


@given(st.text(), st.lists(identifiers, max_size=2))
def test_no_part_of_a_name_is_read_as_a_step(name, fields):
    """A name that looks like a path is read as a name, or not at all."""
    steps = ("outputs", Named(name), *fields)

    assert steps_of(path_of(steps)) in {
        ("outputs", Named(Named(name).shown), *fields),
        (),
    }


@pytest.mark.parametrize(
    "path",
    ["", ".", "outputs[", 'outputs["a"', 'a.b["c"]', "outputs[-1]", "a b", "a\n"],
)
def test_what_is_no_path_has_no_steps(path):
    """Nothing is guessed of what another version has stored."""
    assert steps_of(path) == ()


def test_lines_beyond_a_hundred_are_counted_with_a_command_that_prints_them():
    """The engine shows no more of one resource; the command can be pasted."""
    lines = [f"line {number}" for number in range(MAX_LINES + 21)]

    *shown, last = safe_lines(lines, OPEN)

    assert shown == lines[:MAX_LINES]
    assert last.startswith("21 more lines. ")
    assert last.endswith(": pulumi stack export | grep '\"text\":'")
    assert safe_lines(lines[:MAX_LINES], OPEN) == lines[:MAX_LINES]
