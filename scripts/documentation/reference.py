"""Write what follows from the code; `--check` only compares.

That is the tables in `docs/reference`, and the JSON Schema of `expect`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from documentation import (
    error_tables,
    expect_tables,
    fact_tables,
    input_tables,
    package_tables,
    request_table,
    signatures,
)
from documentation.attributes import attributes_in
from documentation.blocks import filled, keep, names_in
from documentation.python_types import output_type_text
from documentation.tables import markdown
from pulumi_alicloud_mediaconvert.expect.expectations import (
    ConsistentExpectation,
    Expectations,
    GroupExpectation,
    OutputExpectation,
    Rule,
    Selector,
)
from pulumi_alicloud_mediaconvert.expect.expected_media import (
    AudioExpectation,
    FileExpectation,
    VideoExpectation,
)
from pulumi_alicloud_mediaconvert.expect.json_schema import expectation_schema
from pulumi_alicloud_mediaconvert.functions import (
    GetMediaConvertJobResult,
    get_media_convert_job,
    load_expectations,
)
from pulumi_alicloud_mediaconvert.input_names import INPUT_NAMES, SET_INPUT_NAMES
from pulumi_alicloud_mediaconvert.resource import (
    OUTPUT_NAMES,
    MediaConvertJob,
)
from pulumi_alicloud_mediaconvert.schema.inputs import (
    GateInputs,
    JobInputs,
    WaitInputs,
)
from pulumi_alicloud_mediaconvert.schema.outputs import (
    JobAudioStream,
    JobFile,
    JobMismatch,
    JobOutput,
    JobOutputGroup,
    JobSetCounts,
    JobSetEntry,
    JobSetMismatch,
    JobVideoStream,
)
from pulumi_alicloud_mediaconvert.schema.set_inputs import JobSetInputs
from pulumi_alicloud_mediaconvert.set_resource import (
    SET_OUTPUT_NAMES,
    MediaConvertJobSet,
)

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs" / "reference").glob("*.md"))
SCHEMA = ROOT / "provider" / "pulumi_alicloud_mediaconvert" / "expectations.schema.json"


def outputs() -> str:
    """Write the outputs of the resource: name, type, meaning."""
    rows = _typed(MediaConvertJob, OUTPUT_NAMES)
    applied = ", ".join(f"`{name}`" for name in INPUT_NAMES)
    rows.insert(0, (applied, "as the input", "As applied."))
    return markdown((("output", "type", "meaning"), rows))


def fields(typed: type) -> str:
    """Write the fields of a typed output: name, type, meaning."""
    return markdown((("field", "type", "meaning"), _typed(typed)))


def set_outputs() -> str:
    """Write the outputs of a set: name, type, meaning."""
    rows = _typed(MediaConvertJobSet, SET_OUTPUT_NAMES)
    return markdown((("output", "type", "meaning"), rows))


def _typed(described: type, names: Iterable[str] = ()) -> list[tuple[str, str, str]]:
    found = {one.name: one for one in attributes_in(described)}
    chosen = [found[name] for name in names] if names else [*found.values()]
    return [
        (f"`{one.name}`", output_type_text(one.annotation), one.meaning)
        for one in chosen
    ]


def schema_text() -> str:
    """Write the JSON Schema of `expect`."""
    return json.dumps(expectation_schema(), indent=2, ensure_ascii=False) + "\n"


JOB_TYPES = input_tables.declared_by(MediaConvertJob)
SET_TYPES = input_tables.declared_by(MediaConvertJobSet)
WAIT_TYPES = dict.fromkeys(WaitInputs.model_fields, "Duration")
# The others are those of a single job.
SET_OWN_INPUTS = [
    name for name in SET_INPUT_NAMES if name not in GateInputs.model_fields
]

SECTIONS = {
    "inputs": lambda: markdown(input_tables.inputs(JobInputs, JOB_TYPES, INPUT_NAMES)),
    "set inputs": lambda: markdown(
        input_tables.inputs(JobSetInputs, SET_TYPES, SET_OWN_INPUTS)
    ),
    "set outputs": set_outputs,
    "wait": lambda: markdown(input_tables.inputs(WaitInputs, WAIT_TYPES)),
    "read job": lambda: markdown(signatures.parameters(get_media_convert_job)),
    "read job result": lambda: fields(GetMediaConvertJobResult),
    "read job errors": lambda: markdown(signatures.raises(get_media_convert_job)),
    "get": lambda: markdown(signatures.parameters(MediaConvertJob.get)),
    "get errors": lambda: markdown(signatures.raises(MediaConvertJob.get)),
    "load": lambda: markdown(signatures.parameters(load_expectations)),
    "load errors": lambda: markdown(signatures.raises(load_expectations)),
    "configuration": lambda: markdown(input_tables.configuration()),
    "expect": lambda: markdown(expect_tables.keys(Expectations)),
    "output expectation": lambda: markdown(expect_tables.keys(OutputExpectation)),
    "video expectation": lambda: markdown(expect_tables.keys(VideoExpectation)),
    "audio expectation": lambda: markdown(expect_tables.keys(AudioExpectation)),
    "group expectation": lambda: markdown(expect_tables.keys(GroupExpectation)),
    "where": lambda: markdown(expect_tables.keys(Selector, but=FileExpectation)),
    "consistent": lambda: markdown(expect_tables.keys(ConsistentExpectation)),
    "rule": lambda: markdown(expect_tables.keys(Rule)),
    "notes": lambda: markdown(expect_tables.notes()),
    "matchers": lambda: markdown(expect_tables.matchers()),
    "kinds": lambda: markdown(expect_tables.equality()),
    "unreported": lambda: markdown(expect_tables.unreported()),
    "unreported facts": lambda: markdown(fact_tables.unreported()),
    "outputs": outputs,
    "output": lambda: fields(JobOutput),
    "file": lambda: fields(JobFile),
    "video": lambda: fields(JobVideoStream),
    "audio": lambda: fields(JobAudioStream),
    "group": lambda: fields(JobOutputGroup),
    "mismatch": lambda: fields(JobMismatch),
    "set counts": lambda: fields(JobSetCounts),
    "set entry": lambda: fields(JobSetEntry),
    "set mismatch": lambda: fields(JobSetMismatch),
    "native job inputs": lambda: markdown(package_tables.inputs("Job")),
    "native job outputs": lambda: markdown(package_tables.outputs("Job")),
    "native set inputs": lambda: markdown(package_tables.inputs("JobSet")),
    "native set outputs": lambda: markdown(package_tables.outputs("JobSet")),
    "native function": lambda: markdown(package_tables.results("getJob")),
    "native provider": lambda: markdown(package_tables.provider()),
    "native types": package_tables.types,
    "as requested": lambda: markdown(request_table.rules()),
    "commands": lambda: markdown(error_tables.commands()),
    "options": lambda: markdown(error_tables.options()),
    "exit codes": lambda: markdown(error_tables.exit_codes()),
    "exceptions": lambda: markdown(error_tables.exceptions()),
    "API codes": lambda: markdown(error_tables.api_codes()),
    "job codes": lambda: markdown(error_tables.job_codes()),
}


def main(arguments: list[str]) -> int:
    """Write the pages and the schema, or say whether they would change."""
    pages = {page: page.read_text("utf-8") for page in PAGES}
    named = {page: names_in(text, "reference") for page, text in pages.items()}
    all_named = [name for names in named.values() for name in names]
    if sorted(all_named) != sorted(SECTIONS):
        unlike = {*all_named} ^ {*SECTIONS}
        sys.exit(f"docs/reference: {unlike or 'one section twice'}")
    after = {
        page: filled(
            text, "reference", {name: SECTIONS[name]() for name in named[page]}
        )
        for page, text in pages.items()
    }
    return keep(
        {**after, SCHEMA: schema_text()},
        check=arguments == ["--check"],
        source="the code",
        command="scripts/reference",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
