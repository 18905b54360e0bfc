"""What all dynamic providers of a plugin process share, and remember between calls."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from pulumi_alicloud_mediaconvert.hosts.dynamic.engine_log import EngineLog
from pulumi_alicloud_mediaconvert.hosts.event_loop import EventLoop
from pulumi_alicloud_mediaconvert.hosts.runtime import Runtime
from pulumi_alicloud_mediaconvert.lifecycle.declared import Declared, DeclaredSet


class PluginProcess:
    """The one of a process; resources are known by their names.

    Args:
        config: of the stack, keys with their namespaces.
        loop: on which all work runs.
        unread: lines about settings that nobody reads.

    Attributes:
        runtime: of all resources.
        loop: as given.
        log: of the engine.
        warned: resources whose stored warnings were repeated in this run.
        previewed: resources whose preview has said all that it has to say.
        open_previews: resources that `diff` decides whether to preview, as declared.
        refreshed: by resource and ID, whether a refresh found anything changed.
    """

    def __init__(
        self, config: Mapping[str, str], loop: EventLoop, unread: Sequence[str] = ()
    ) -> None:
        self.runtime = Runtime(config)
        self.loop = loop
        self.log = EngineLog(sys.argv)
        self.warned: set[str] = set()
        self.previewed: set[str] = set()
        self.open_previews: dict[str, Declared | DeclaredSet] = {}
        self.refreshed: dict[tuple[str, str], bool] = {}
        self._unread = iter([unread])

    def unread_once(self) -> Sequence[str]:
        """Return lines about settings that nobody reads, to the first caller only."""
        return next(self._unread, ())

    def forget_refresh(self, resource: str) -> None:
        """Forget what a refresh found: not every engine asks for it."""
        for key in [key for key in self.refreshed if key[0] == resource]:
            self.refreshed.pop(key, None)
