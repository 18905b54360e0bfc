"""Where `pulumi-resource-mediaconvert` begins.

The engine starts the plugin for a schema alone, too: what only resources need is
imported when the engine configures the provider.
"""

from __future__ import annotations

import sys

from pulumi_alicloud_mediaconvert.hosts.native.sdk_stand_in import leave_out_sdk
from pulumi_alicloud_mediaconvert.hosts.native.version import PACKAGE, plugin_version

USAGE = f"""\
pulumi-resource-mediaconvert {{version}}: the Pulumi plugin of {PACKAGE}.
The Pulumi engine starts it. To use it, install it:
  pulumi plugin install resource mediaconvert {{version}} --file ARCHIVE
"""


def main() -> None:
    """Serve the engine until it ends, or say what this program is."""
    arguments = sys.argv[1:]
    if "--version" in arguments:
        sys.stdout.write(f"{plugin_version()}\n")
        return
    if "--help" in arguments or (not arguments and sys.stdin and sys.stdin.isatty()):
        sys.stdout.write(USAGE.format(version=plugin_version()))
        return
    leave_out_sdk()
    from pulumi_alicloud_mediaconvert.hosts.native.server import run  # noqa: PLC0415  # without the SDK

    run(engine_address(arguments))


def engine_address(arguments: list[str]) -> str | None:
    """Return the address that an engine starts a plugin with, if there is one.

    It comes last, after flags such as `--tracing URL`. `Handshake` repeats it.
    Source: `pkg/resource/plugin/plugin.go`, `buildPluginArguments`.
    """
    last = arguments[-1] if arguments else ""
    return last if ":" in last and "/" not in last else None
