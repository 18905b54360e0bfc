"""What a host remembers from call to call of one run, by the names of resources."""

from __future__ import annotations

from collections.abc import Sequence


class RunMemory:
    """The one of a process, for all resources.

    Args:
        unread: lines about unknown settings.
    """

    def __init__(self, unread: Sequence[str] = ()) -> None:
        self._warned: set[str] = set()
        # By resource and ID, whether a refresh found anything changed.
        self._refreshed: dict[tuple[str, str], bool] = {}
        self._unread = iter([unread])

    def unread_once(self) -> Sequence[str]:
        """Return the lines about unknown settings, to the first caller only."""
        return next(self._unread, ())

    def warns_first(self, resource: str) -> bool:
        """Whether the stored warnings of a resource are still to be repeated.

        The engine compares the same resource more than once in a run.
        """
        is_first = resource not in self._warned
        self._warned.add(resource)
        return is_first

    def keep_refresh(self, resource: str, id_: str, *, has_changed: bool) -> None:
        """Keep what a refresh found, for the comparison that shows it.

        The engine asks for a comparison after it has read: of the new facts alone,
        which say nothing of the old ones.
        """
        self._refreshed[resource, id_] = has_changed

    def take_refresh(self, resource: str, id_: str) -> bool | None:
        """Return what a refresh found, once; `None` if there was none."""
        return self._refreshed.pop((resource, id_), None)

    def forget_refresh(self, resource: str) -> None:
        """Forget what a refresh found: not every engine asks for it."""
        for key in [key for key in self._refreshed if key[0] == resource]:
            self._refreshed.pop(key, None)
