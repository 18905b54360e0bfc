"""What becomes of every fault, whenever it comes and however long it lasts.

In memory and on simulated time; on the real engine each fault has its run in
`engine/test_fault_runs.py`.
"""

from __future__ import annotations

import inspect

import pytest

from faults import FAULTS, TIMES, cells
from jobs import JOB_ID, REGION
from lifecycles import MOMENTS
from pulumi_alicloud_mediaconvert.emulator import faults

CASES = [
    pytest.param(fault, moment, times, sign, id=f"{fault}-{moment}-{often}")
    for fault, moment, signs in cells()
    for (often, times), sign in zip(TIMES.items(), signs, strict=True)
]


def test_the_table_is_whole():
    """Each fault of the emulator has its row, and each row all its moments."""
    makers = {
        name
        for name, maker in inspect.getmembers(faults, inspect.isfunction)
        if not name.startswith("_") and maker.__module__ == faults.__name__
    }
    used = {make(1).name.partition("(")[0] for make in FAULTS.values()}

    assert makers <= used
    assert [cell[:2] for cell in cells()] == [
        (fault, moment) for fault in FAULTS for moment in MOMENTS
    ]


@pytest.mark.parametrize(("fault", "moment", "times", "sign"), CASES)
def test_a_fault_ends_as_the_table_says(fault, moment, times, sign):
    """A fault costs time, or ends in one line with the state kept; never a verdict."""
    met = MOMENTS[moment]

    ending = met.end(FAULTS[fault](times))

    assert met.sign_of(ending) == sign
    assert ending.seconds <= met.budget
    if sign == "=":
        assert ending.seconds >= met.undisturbed().seconds
    else:
        [line] = ending.lines
        assert line.isprintable()
        assert JOB_ID in line
        assert REGION in line
        assert line.endswith(".")
        assert (ending.verdict, ending.state) == (met.kept_verdict, met.kept_state)
