"""Put the address of the plugin's archives into the schema of a copy."""

from __future__ import annotations

import json
import sys
from pathlib import Path

SCHEMA = Path("provider/pulumi_alicloud_mediaconvert/hosts/native/schema.json")


def main() -> None:
    """Write the address `argv[2]` into the schema of the source `argv[1]`."""
    schema = Path(sys.argv[1]) / SCHEMA
    content = json.loads(schema.read_text("utf-8"))
    content["pluginDownloadURL"] = sys.argv[2]
    schema.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")


main()
