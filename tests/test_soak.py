"""Whatever happens to the calls on the way, a verdict is that of the job."""

import pytest

from waits import soak


@pytest.mark.parametrize("seed", range(3))
def test_faults_by_chance_change_no_verdict(seed):
    """Passing faults cost time; no good job is refused, and no bad one passes."""
    soaked = soak(20, seed, longest=400)

    assert soaked.wrong == []
    assert soaked.faults.total() > 10
