import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.text import plain, quoted


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
