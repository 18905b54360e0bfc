"""The corpus of `tests/conformance`: answers, what is expected, and the right verdict.

A row has `name`, `job`, `expect` as a user states it, and `verdict`: one of the
package's, or `refused` where `expect` cannot be demanded. `findings` lists
`[path, outcome]` of every mismatch in order; what is refused has none.
Rows of one `rule` share what stands beside their list.

`job` is the value of `Job` on the wire. Its keys in lower case are short forms:

- `outputs`, `groups`: by name (or as a list, where names repeat or are missing);
- `requested`: the names that `Config` requests, `outputs` and `groups`, where these are
  others than those that are reported;
- of an output: `base`, one of `bases.yaml`; `file`, `video`, `audio`, which patch the
  base (`null` takes a fact away) or are sent as they stand; `url`; `output_file`;
  `request`, what its request says. A base alone stands for an output that is like it;
- of a group: `outputs`.

`fields.yaml` has a form of its own: for each field a constraint and what was sent, for
each way that it may go.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

FOLDER = Path(__file__).parents[1] / "conformance"
REFUSED = "refused"
# Rows of these files differ by facts alone, which the engine hands over as any other:
# they go through `verify`, the command line and the stored state, not through an `up`,
# which takes a tenth of a second for each.
FACTS_ALONE = frozenset({"fields", "media_facts", "unreported_facts", "cover_art"})
WIRE = {
    "file": "FileBasicInfo",
    "video": "VideoStreamInfoList",
    "audio": "AudioStreamInfoList",
}
Wire = dict[str, Any]


class Row(NamedTuple):
    """One answer and its verdict."""

    name: str
    job: Wire
    expect: Any
    verdict: str
    findings: Sequence[list[str]] = ()

    @property
    def is_refused(self) -> bool:
        """Whether `expect` cannot be demanded."""
        return self.verdict == REFUSED

    def answer(self, job_id: str) -> Wire:
        """Return the body of the API about a job of that ID."""
        return {"RequestId": "5F2C", "Job": {"JobId": job_id, **self.job}}


def read(name: str) -> Any:
    """Read a file of the corpus; what is returned is the caller's own."""
    return copy.deepcopy(_parsed(name))


@functools.cache
def _parsed(name: str) -> Any:
    # A second for all files; five test modules read them, in each worker of a run.
    text = (FOLDER / f"{name}.yaml").read_text("utf-8")
    return YAML(typ="safe", pure=True).load(text)


BASES: Wire = read("bases")


@functools.cache
def rows() -> dict[str, Row]:
    """Read all rows, by the name of the file and their own; those of fields as well."""
    cases = field_cases().items()
    found = {
        f"fields: {name}": case.row for name, case in cases if case.part != "select"
    }
    for file in sorted(FOLDER.glob("*.yaml")):
        if file.stem in {"bases", "fields"}:
            continue
        for entry in _entries(read(file.stem)):
            row = Row(**entry | {"job": wire_of(entry["job"])})
            name = f"{file.stem}: {row.name}"
            assert name not in found, name
            found[name] = row
    return found


def _entries(read: list[Wire]) -> Iterator[Wire]:
    for entry in read:
        rule, listed = entry.pop("rule", None), entry.pop("rows", None)
        if listed is None:
            yield entry
        else:
            for row in listed:
                yield {**entry, **row, "name": f"{rule}: {row['name']}"}


def wire_of(job: Wire) -> Wire:
    """Write the short form of a job out, as the API sends it."""
    short = {key: value for key, value in job.items() if key.islower()}
    if not short:
        return job
    single = [*_named(short.get("outputs", {}))]
    groups = [*_named(short.get("groups", {}))]
    members = [[*_named(group.pop("outputs", {}))] for group in groups]
    asked = short.get("requested", {"outputs": None, "groups": None})
    return {
        "State": "Success",
        "Config": {
            "Outputs": _requests(asked.get("outputs", []), single),
            "OutputGroups": [
                {"Name": name, "GroupConfig": {"Type": "Hls"}, "Outputs": outputs}
                for name, outputs in _group_requests(asked, groups, members)
            ],
        },
        "OutputDetails": [_output_of(one) for one in single],
        "OutputGroupDetails": [
            {"Status": "Success", **group, "Outputs": [_output_of(one) for one in of]}
            for group, of in zip(groups, members, strict=True)
        ],
        **{key: value for key, value in job.items() if key not in short},
    }


def _named(parts: Any) -> Iterator[Wire]:
    if isinstance(parts, list):
        yield from copy.deepcopy(parts)
        return
    for name, part in parts.items():
        stated = {"base": part} if isinstance(part, str) else copy.deepcopy(part or {})
        yield {"Name": name, **stated}


def _requests(names: list[str] | None, reported: list[Wire]) -> list[Wire]:
    if names is not None:
        return [{"Name": name} for name in names]
    return [{"Name": one.get("Name"), **_request_of(one)} for one in reported]


def _request_of(output: Wire) -> Wire:
    base = BASES.get(output.get("base", ""), {})
    request: Wire = output.get("request", base.get("request", {}))
    return request


def _group_requests(
    asked: Wire, groups: list[Wire], members: list[list[Wire]]
) -> Iterator[tuple[Any, list[Wire]]]:
    names = asked.get("groups", {})
    if names is None:
        for group, outputs in zip(groups, members, strict=True):
            yield group.get("Name"), _requests(None, outputs)
        return
    listed = names if isinstance(names, list) else [names]
    for name, outputs in (item for one in listed for item in one.items()):
        yield name, _requests(outputs, [])


def _output_of(output: Wire) -> Wire:
    short = {key: value for key, value in output.items() if key.islower()}
    wire = {key: value for key, value in output.items() if key not in short}
    base = BASES[short["base"]] if "base" in short else None
    parts = {key: short[key] for key in WIRE.keys() & short.keys()}
    if base is not None:
        parts = {key: _patched(base[key], parts.get(key, {})) for key in WIRE}
    place = short.get("output_file", base["output_file"] if base else {})
    if "url" in short:
        place = {**place, "Url": short["url"]}
    result = {
        "OutputFile": place,
        "OutFileMeta": {WIRE[key]: part for key, part in parts.items()},
    }
    has_result = bool(parts or place)
    return {"Status": "Success", **({"Result": result} if has_result else {}), **wire}


def _patched(base: Any, patch: Any) -> Any:
    if isinstance(patch, list):
        return [_patched(base[0], one) for one in patch]
    if isinstance(base, list):
        return [_patched(base[0], patch)]
    merged = {**base, **patch}
    return {key: value for key, value in merged.items() if value is not None}


# Of a field, what each way that it may go comes to.
OUTCOMES: Mapping[str, str] = {
    "met": "met",
    "just_met": "met",
    "just_missed": "missed",
    "missing": "inconclusive",
    "malformed": "inconclusive",
}
VERDICTS = {"met": "passed", "missed": "failed", "inconclusive": "inconclusive"}
OUTPUT_NAME = "video"


class FieldCase(NamedTuple):
    """A constraint on one field, and an output that meets it or does not."""

    part: str
    field: str
    outcome: str
    constraint: Any
    output: Wire

    @property
    def row(self) -> Row:
        """What it is as a row: the output is selected by its name."""
        stated = {self.field: self.constraint}
        asked = stated if self.part == "file" else {self.part: stated}
        at = self.field if self.part == "file" else f"{self.part}.{self.field}"
        path = f'outputs["{OUTPUT_NAME}"].{at}'
        return Row(
            name=path,
            job=wire_of({"outputs": [{"Name": OUTPUT_NAME, **self.output}]}),
            expect={"outputs": [{"name": OUTPUT_NAME, **asked}]},
            verdict=VERDICTS[self.outcome],
            findings=[] if self.outcome == "met" else [[path, self.outcome]],
        )


@functools.cache
def field_cases() -> dict[str, FieldCase]:
    """Read the cases of all fields, by part, field and case."""
    return {
        f"{part}.{field}: {case}": FieldCase(part, field, OUTCOMES[case], *stated)
        for part, fields in read("fields").items()
        for field, cases in fields.items()
        for case, stated in cases.items()
        if case in OUTCOMES
    }
