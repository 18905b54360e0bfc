"""Run the programs of the pages: Pulumi's mocks, with our provider behind them.

So what a program states is checked, waited for and verified as in the engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pulumi
from pulumi.dynamic import Config, ConfigureRequest

from mocked_programs import Monitor
from provider_calls import KEY, REGION
from pulumi_alicloud_mediaconvert.gate_mocks import event_loop
from pulumi_alicloud_mediaconvert.provider import MediaConvertJobProvider
from pulumi_alicloud_mediaconvert.set_provider import MediaConvertJobSetProvider

TYPES = "pulumi-python:dynamic/mediaconvert:"
PROJECT = "project"  # what the SDK takes where nothing names one


class Mocks(pulumi.runtime.Mocks):
    """Answers for the engine with what our providers make of the inputs.

    Attributes:
        created: the outputs of what was created, by type and name.
    """

    def __init__(self, config: Mapping[str, str], exported: dict[str, Any]) -> None:
        self._providers = [MediaConvertJobProvider(), MediaConvertJobSetProvider()]
        for provider in self._providers:
            provider.configure(ConfigureRequest(Config({**config}, PROJECT)))
        self._exported = exported
        self.created: dict[str, Any] = {}

    def call(self, _args):
        """Answer no invoke; this package makes none."""
        raise NotImplementedError

    def new_resource(self, args):
        """Create what is ours, and let all else be as it is stated."""
        if args.typ == "pulumi:pulumi:StackReference":
            return args.name, {"name": args.name, "outputs": self._exported}
        if not args.typ.startswith(TYPES):
            return args.name, args.inputs
        provider = self._providers[args.typ.endswith("Set")]
        checked = provider.check({}, args.inputs)
        assert [failure.reason for failure in checked.failures] == []
        created = provider.create(checked.inputs)
        self.created[args.name] = created.outs
        return created.id, created.outs

    def close(self) -> None:
        """Close the connections, which a plugin's end closes."""
        for provider in self._providers:
            plugin = provider.serving.plugin
            plugin.loop.run(plugin.lifecycle.client.aclose())


@contextmanager
def mocked(endpoint: str, exported: dict[str, Any], **config: str) -> Iterator[Mocks]:
    """Let programs run in this process.

    Args:
        endpoint: of the API.
        exported: what every other stack exports.
        config: of the stack, of the program's own project.
    """
    ours = {**KEY, "mediaconvert:region": REGION, "mediaconvert:endpoint": endpoint}
    own = {f"{PROJECT}:{key}": value for key, value in config.items()}
    mocks = Mocks(ours, exported)
    with event_loop():
        pulumi.runtime.set_mocks(mocks, preview=False, monitor=Monitor(mocks))
        pulumi.runtime.set_all_config({**ours, **own})
        try:
            yield mocks
        finally:
            pulumi.runtime.set_all_config({})
            mocks.close()


def run_program(text: str, names: dict[str, Any]) -> None:
    """Run a program to the end of all that it declares."""
    pulumi.runtime.test(lambda: exec(text, names))()  # noqa: S102  # our own pages
