"""Which stream serves which expectation: as many as can be are served."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.verification.streams import assign


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
