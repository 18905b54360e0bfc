import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.text import (
    counted,
    in_brackets,
    joined,
    plain,
    quoted,
    short_duration,
)


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_quoted_text_is_short_and_printable(text, longest):
    """Whatever a server sends, what is shown of it is one short printable line."""
    shown = plain(text, longest=longest)

    assert shown.isprintable()
    assert len(shown) <= longest


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", '"plain"'),
        (" two\n lines ", '"two lines"'),
        ("\x1b[31mred", '"?[31mred"'),
        ("a\u202eb", '"a?b"'),
        ("key SECRETLONG, SECRET", '"key ***, ***"'),
    ],
    ids=["plain", "lines", "escape sequence", "bidirectional", "secrets"],
)
def test_quoted_text_is_safe(text, shown):
    """Line ends, escape sequences and secrets do not pass."""
    assert quoted(text, secrets=["SECRET", "SECRETLONG", ""]) == shown


def test_secret_at_the_cut_does_not_pass():
    """Secrets are taken out before the text is cut, so no half of one is left."""
    assert "SEC" not in plain("x" * 5 + "SECRET" * 3, secrets=["SECRET"], longest=8)


@pytest.mark.parametrize(
    ("seconds", "printed"),
    [
        (-1, "0s"),
        (0, "0s"),
        (44.6, "45s"),
        (90, "90s"),
        (119.6, "2m"),
        (185, "3m"),
        (1860, "31m"),
        (3599, "1h"),
        (5400, "1h30m"),
        (93600, "26h"),
    ],
)
def test_durations_are_printed_short(seconds, printed):
    """Two units at most, in Go's letters."""
    assert short_duration(seconds) == printed


@pytest.mark.parametrize(
    ("number", "printed"),
    [(0, "0 jobs"), (1, "1 job"), (2, "2 jobs"), (1_000, "1,000 jobs")],
)
def test_things_are_counted(number, printed):
    """One is no plural, and thousands can be read."""
    assert counted(number, "job") == printed


@pytest.mark.parametrize(
    ("words", "printed"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_joined_as_a_person_does(words, printed):
    """The last of several stands behind an "and"."""
    assert joined(words) == printed


@pytest.mark.parametrize(
    ("facts", "printed"), [([], ""), ([None, ""], ""), (["a", None, "b"], " (a, b)")]
)
def test_facts_stand_in_brackets(facts, printed):
    """Without any known fact there are no brackets."""
    assert in_brackets(*facts) == printed
