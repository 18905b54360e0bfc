"""What all dynamic providers of a plugin process share, and remember between calls."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from pulumi_alicloud_mediaconvert.hosts.dynamic.engine_log import EngineLog
from pulumi_alicloud_mediaconvert.hosts.event_loop import EventLoop
from pulumi_alicloud_mediaconvert.hosts.run_memory import RunMemory
from pulumi_alicloud_mediaconvert.hosts.runtime import Runtime
from pulumi_alicloud_mediaconvert.lifecycle.declared import Declared, DeclaredSet


class PluginProcess:
    """The one of a process; resources are known by their names.

    Args:
        config: of the stack, keys with their namespaces.
        loop: on which all work runs.
        unread: lines about unknown settings.

    Attributes:
        runtime: of all resources.
        loop: as given.
        log: of the engine.
        memory: of the run.
        previewed: resources whose preview has said all that it has to say.
        open_previews: resources that `diff` decides whether to preview, as declared.
        open_settings: keys of settings that a program has called not secret. The engine
            hands all of them over in clear, so that any other may be secret.
    """

    def __init__(
        self, config: Mapping[str, str], loop: EventLoop, unread: Sequence[str] = ()
    ) -> None:
        self.open_settings: set[str] = set()
        self.runtime = Runtime(
            config, is_secret=lambda key: key not in self.open_settings
        )
        self.loop = loop
        self.log = EngineLog(sys.argv)
        self.memory = RunMemory(unread)
        self.previewed: set[str] = set()
        self.open_previews: dict[str, Declared | DeclaredSet] = {}
