"""Where `pulumi-mediaconvert` begins: says what is missing, ends quietly on Ctrl-C."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line."""
    try:
        from pulumi_alicloud_mediaconvert.cli.app import app  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"typer", "rich"}:
            raise
        sys.stderr.write(
            f"error: The command line needs {error.name}, which is not installed: "
            'pip install "pulumi-alicloud-mediaconvert[cli]"\n'
        )
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    app()
