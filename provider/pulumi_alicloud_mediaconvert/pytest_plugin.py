"""Fixtures for tests of gates. Pytest loads them from the installed package.

They need the extra `emulator`, which is imported only if a test uses a fixture.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pulumi_alicloud_mediaconvert.emulator import Emulator


@pytest.fixture
def ims_emulator() -> Iterator[Emulator]:
    """Emulator of the API on localhost, without jobs, until the test ends.

    `ims_emulator.add_job(job_id, expect=...)` adds a job, and `.faults.add(...)` adds
    faults. `.config()` is the configuration for stacks, `.environment()` the
    environment for programs, and `.requests` the request log. The fixture changes
    nothing outside the emulator.

    The test fails at its end if a request was one that a correct client never sends,
    unless the test calls `.take_unexpected()`.
    """
    # An ImportError says which extra is missing.
    from pulumi_alicloud_mediaconvert.emulator import Emulator  # noqa: PLC0415  # needs an extra

    with Emulator() as emulator:
        yield emulator
        if emulator.unexpected:
            reasons = "\n".join(one.reason for one in emulator.unexpected)
            pytest.fail(
                "the emulator received requests that a correct client never sends:\n"
                f"{reasons}"
            )


@pytest.fixture
def ims_environment(
    ims_emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """Environment variables of the emulator, set in this process until the test ends.

    Programs that the test starts inherit them.
    """
    variables = ims_emulator.environment()
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return variables
