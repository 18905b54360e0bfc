"""Fixtures for tests of gates, by which pytest finds them without any import.

`ims_emulator` is the API of GetMediaConvertJob on a port of its own. It needs the extra
`emulator`; who has neither asked for it nor installed that pays nothing for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pulumi_alicloud_mediaconvert.emulator import Emulator


@pytest.fixture
def ims_emulator() -> Iterator[Emulator]:
    """Serve the API on this machine until the test ends, with no job at first.

    `ims_emulator.add_job(job_id, expect=...)` adds jobs, `.faults.add(...)` mishaps;
    `.config()` and `.environment()` say how stacks, programs and tools find it, and
    `.requests` what it was asked. Nothing outside of it is changed. What no correct
    client asks fails the test in the end, unless `.take_unexpected()` takes it away.
    """
    # An ImportError says which extra is missing.
    from pulumi_alicloud_mediaconvert.emulator import Emulator  # noqa: PLC0415  # needs an extra

    with Emulator() as emulator:
        yield emulator
        if emulator.unexpected:
            reasons = "\n".join(one.reason for one in emulator.unexpected)
            pytest.fail(f"the emulator was asked what it should not be:\n{reasons}")


@pytest.fixture
def ims_environment(
    ims_emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """Point this process, and what it starts, at the emulator until the test ends."""
    variables = ims_emulator.environment()
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return variables
