"""Run the programs of the pages by the mocks that users have: their jobs are real."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from provider_calls import KEY, REGION
from pulumi_alicloud_mediaconvert.testing import GateMocks

PROJECT = "project"


class PageMocks(GateMocks):
    """Has every other stack export the same.

    Args:
        endpoint: of the API.
        exported: by every other stack.
        config: of the program's own project.
    """

    def __init__(self, endpoint: str, exported: Mapping[str, Any], **config: str):
        ours = {**KEY, "mediaconvert:region": REGION, "mediaconvert:endpoint": endpoint}
        own = {f"{PROJECT}:{key}": value for key, value in config.items()}
        super().__init__(ours | own, PROJECT)
        self._exported = exported

    def new_resource(self, args):
        """Create a resource, or refer to another stack."""
        if args.typ == "pulumi:pulumi:StackReference":
            return args.name, {"name": args.name, "outputs": self._exported}
        return super().new_resource(args)


def run_programs(mocks: GateMocks, program: Callable[[dict[str, Any]], None]) -> None:
    """Run what shares its names as one program, to the end of all that it declares."""
    names: dict[str, Any] = {}
    exec("import pulumi", names)  # noqa: S102  # as every program begins
    mocks.run(lambda: program(names))
