"""Where `pulumi-resource-mediaconvert` begins.

The engine starts the plugin for a schema alone, too: what only resources need is
imported when the engine configures the provider.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from importlib import metadata
from types import ModuleType

PACKAGE = "pulumi-alicloud-mediaconvert"
# Holds the values of the stack's configuration, secrets in clear.
CONFIG_VARIABLE = "PULUMI_CONFIG"
# PyInstaller's starter points it into the bundle, and keeps what it was.
LIBRARIES = "LD_LIBRARY_PATH"
PROTOCOL = ("engine_pb2_grpc", "plugin_pb2", "provider_pb2", "status_pb2")
USAGE = f"""\
{{name}} {{version}}: the Pulumi plugin of {PACKAGE}.
The Pulumi engine starts it. To use it, install it:
  pulumi plugin install resource mediaconvert {{version}} --file ARCHIVE
"""


def main() -> None:
    """Serve the engine until it ends, or say what this program is."""
    arguments = sys.argv[1:]
    version = metadata.version(PACKAGE)
    if "--version" in arguments:
        sys.stdout.write(f"{version}\n")
        return
    if "--help" in arguments or (not arguments and sys.stdin.isatty()):
        sys.stdout.write(
            USAGE.format(name="pulumi-resource-mediaconvert", version=version)
        )
        return
    clean_environment()
    import_protocol()
    from pulumi_alicloud_mediaconvert.hosts.native.server import run  # noqa: PLC0415  # after the protocol

    run(engine_address(arguments), version)


def engine_address(arguments: list[str]) -> str | None:
    """Return the address that an engine starts a plugin with, if there is one.

    It comes last, after flags such as `--tracing URL`. `Handshake` repeats it.
    Source: `pkg/resource/plugin/plugin.go`, `buildPluginArguments`.
    """
    last = arguments[-1] if arguments else ""
    return last if ":" in last and "/" not in last else None


def clean_environment() -> None:
    """Take out what no child of this process may get, such as a profile's command."""
    os.environ.pop(CONFIG_VARIABLE, None)
    earlier = os.environ.pop(f"{LIBRARIES}_ORIG", None)
    if earlier is not None:
        os.environ[LIBRARIES] = earlier
    elif getattr(sys, "frozen", False):
        os.environ.pop(LIBRARIES, None)


def import_protocol() -> None:
    """Import the protocol's classes without the SDK around them.

    `import pulumi` takes longer than all the rest of the start. Where its package
    cannot be found this way, the SDK is imported with them as ever.
    """
    if "pulumi" in sys.modules:
        return
    spec = importlib.util.find_spec("pulumi")
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        return
    paths = {"pulumi": folders[0], "pulumi.runtime": f"{folders[0]}{os.sep}runtime"}
    for name, path in paths.items():
        module = ModuleType(name)
        module.__path__ = [path]
        sys.modules[name] = module
    try:
        for name in PROTOCOL:
            importlib.import_module(f"pulumi.runtime.proto.{name}")
    finally:
        # Who needs the SDK itself gets it.
        for name in paths:
            del sys.modules[name]
