"""Write what follows from the list of facts; `--check` compares.

That is blocks of code, and the schema of the Pulumi package. A block stands between
`# written by scripts/generate: name` and `# end`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from documentation.blocks import filled, keep, names_in
from generation.from_facts import (
    Blocks,
    expected_blocks,
    key_blocks,
    lifted_blocks,
    lifted_job,
    model_blocks,
    output_blocks,
    resource_blocks,
)

PACKAGE = Path(__file__).parents[2] / "provider" / "pulumi_alicloud_mediaconvert"
RESULT = "GetMediaConvertJobResult"
OWNER = "written by scripts/generate"


def main(arguments: list[str]) -> int:
    """Write the blocks, or say whether they would change."""
    check = arguments == ["--check"]
    typed = dict(output_blocks())
    result = {RESULT: typed.pop(RESULT), f"Lifted{RESULT}": lifted_job()}
    outputs = _filled("schema/outputs.py", typed)
    of_facts = {
        **_filled("api/models.py", model_blocks()),
        **outputs,
        **_filled("schema/lifted.py", lifted_blocks(*outputs.values())),
        **_filled("functions.py", result),
        **_filled("emulator/orders.py", key_blocks()),
        **_filled("expect/expected_media.py", expected_blocks()),
    }
    differing = _keep(of_facts, check=check)
    # These models are what was just written.
    from generation import from_models  # noqa: PLC0415  # see above

    job, job_set = from_models.constructors()
    job_inputs, set_inputs = from_models.applied_blocks()
    of_models = {
        **_filled(
            "args.py", {**from_models.argument_blocks(), **from_models.wait_blocks()}
        ),
        **_filled(
            "resource.py",
            {
                **resource_blocks(),
                "inputs": job_inputs,
                "constructor": job,
                "get": from_models.get_block(),
            },
        ),
        **_filled("set_resource.py", {"inputs": set_inputs, "constructor": job_set}),
    }
    differing = _keep(of_models, check=check) or differing
    # So are the classes of the resources.
    from generation.package_schema import schema_text  # noqa: PLC0415  # see above

    package = {PACKAGE / "hosts" / "native" / "schema.json": schema_text()}
    return _keep(package, check=check) or differing


def _filled(path: str, blocks: Blocks) -> dict[Path, str]:
    """Return the file with its blocks as they should be.

    Raises:
        SystemExit: a block is missing in the file, or is one that nothing fills.
    """
    page = (PACKAGE / path).read_text("utf-8")
    if unlike := {*names_in(page, OWNER)} ^ {*blocks}:
        raise SystemExit(f"{path}: {', '.join(sorted(unlike))}: no such block")
    texts = {name: "\n".join(lines) for name, lines in blocks.items()}
    return {PACKAGE / path: filled(page, OWNER, texts)}


def _keep(after: Mapping[Path, str], *, check: bool) -> int:
    return keep(
        after, check=check, source="the list of facts", command="scripts/generate"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
