"""The plugin's process ends with its engine, whatever the SDK's threads wait for."""

from __future__ import annotations

import os
from collections.abc import Sequence

from pulumi_alicloud_mediaconvert.hosts.dynamic.engine import (
    engine_address,
    is_plugin_process,
)
from pulumi_alicloud_mediaconvert.hosts.engine_watchdog import watch


def end_with_engine(arguments: Sequence[str]) -> None:
    """Let this process end once its engine has gone, if it is a plugin's process.

    Args:
        arguments: of the process.
    """
    address = engine_address(arguments)
    if address and is_plugin_process():
        watch(address, _end)


def _end() -> None:
    # Nothing is left to say, and nobody to say it to. Threads that wait for the API,
    # and the SDK's main thread, would keep an orderly exit waiting.
    os._exit(1)
