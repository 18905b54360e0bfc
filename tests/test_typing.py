"""What mypy and pyright say of a user's program, with the wheel installed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pulumi
import pytest

from installed import BUILDER, ROOT, Installed
from pages import BLOCKS, TESTING_PAGE, name_of, write_out
from pulumi_alicloud_mediaconvert.schema import lifted, outputs

pytestmark = pytest.mark.slow

# Each line that is to be found fault with ends with `# wrong`, each type is named.
PROGRAM = """\
from typing import Literal

import pulumi
from pulumi_alicloud_mediaconvert import (
    Expect,
    ExpectationsArgs,
    MediaConvertJob,
    MediaConvertJobSet,
    get_media_convert_job,
    get_media_convert_job_output,
    load_expectations,
)

width: pulumi.Output[int] = pulumi.Output.from_input(1280)
good: list[pulumi.Input[Expect]] = [
    {
        "outputs": [
            {
                "name": "720P-mp4",
                "duration_seconds": {"near": 403, "tolerance": 0.5},
                "video": {"codec": ["h264", "hevc"], "width": width, "level": "3.1"},
                "audio": [{"channels": {"not": {"min": 3}}}],
            }
        ],
        "output_groups": [{"name": "hls", "output_count": 2}],
        "rules": [{"query": "percent", "must_be": 100}],
    },
    "as-requested",
    load_expectations("expect.yaml"),
]
job = MediaConvertJob(
    "a",
    job_id="a",
    region=pulumi.Config().require("region"),
    expect={"outputs": [{"name": "a", "video": {"width": width}}], "output_count": 2},
    wait={"timeout": "2h", "stall_timeout": 900},
    enforcement_level="advisory",
)
library = MediaConvertJobSet(
    "b",
    job_ids={"intro": "a", "outro": width.apply(str)},
    expect=load_expectations("expect.yaml"),
    expect_by_name={"outro": {"output_count": 1}},
)
each: dict[str, Expect] = {name: load_expectations(f"{name}.yaml") for name in "ab"}
films = MediaConvertJobSet("films", job_ids={"a": "1"}, expect_by_name=each)
seen = get_media_convert_job("a")
later = get_media_convert_job_output(library.jobs["intro"].job_id)
level: str = pulumi.Config().require("level")
stated = MediaConvertJob(
    "c",
    job_id="a",
    enforcement_level=level,
    on_inconclusive=level,
    on_preview=level,
    expect={"other_outputs": level, "consistent": {"duration_seconds": 1}},
)
page: pulumi.Input[str] = job.urls["720P-mp4"]
player: pulumi.Input[str] = job.manifest_urls["hls-group"]
verdict: pulumi.Output[
    Literal["passed", "failed", "inconclusive", "pending", "unverified"]
] = job.verdict
streams = job.output("a").apply(lambda output: output.video_streams)

reveal_type(job.percent)  # Output[int | None]
reveal_type(job.facts)  # Output[Mapping[str, Any]]
reveal_type(job.output("a").url)  # Output[str | None]
reveal_type(job.urls["a"])  # Output[str]
reveal_type(job.output("a").file.width)  # Output[int | None]
reveal_type(job.output("a").video_streams[0].codec)  # Output[str | None]
reveal_type(streams)  # Output[Sequence[JobVideoStream] | None]
reveal_type(job.outputs[0].status)  # Output[str | None]
reveal_type(job.output_groups[0].manifest_url)  # Output[str | None]
reveal_type(job.mismatches[0].path)  # Output[str]
reveal_type(library.mismatches[0].job_id)  # Output[str]
reveal_type(library.counts.ended)  # Output[int]
reveal_type(library.jobs["intro"].output_urls)  # Output[Mapping[str, str]]
reveal_type(seen.output("a").url)  # str | None
reveal_type(later.percent)  # Output[int | None]
reveal_type(later.outputs[0].file.width)  # Output[int | None]

MediaConvertJob("a", job_id="a", expect={"outptus": []})  # wrong
MediaConvertJob("a", job_id="a", expect="as requested")  # wrong
MediaConvertJob("a", job_id="a", expect={"outputs": [{"name": 1}]})  # wrong
MediaConvertJob("a", job_id="a", expect={"outputs": [{"name": "a", "w": 1}]})  # wrong
MediaConvertJob("a", job_id="a", enforcement_level=1)  # wrong
MediaConvertJob("a", job_id="a", wait={"timeuot": "2h"})  # wrong
MediaConvertJob("a", job_id="a", wait=True)  # wrong
MediaConvertJob("a", job_id=1)  # wrong
MediaConvertJob("a", jobId="a")  # wrong
MediaConvertJobSet("a", job_ids=["a"], expect_by_name={"a": {"b": 1}})  # wrong
bad1: ExpectationsArgs = {"outputs": [{"video": {"widht": 1}}]}  # wrong
bad2: ExpectationsArgs = {"output": []}  # wrong
bad3: ExpectationsArgs = {"outputs": [{"duration_seconds": 403}]}  # wrong
bad4: ExpectationsArgs = {"rules": [{"must_be": 1}]}  # wrong
"""
LINES = PROGRAM.splitlines()
WRONG = {number for number, line in enumerate(LINES, 1) if line.endswith("# wrong")}
TYPES = {
    number: line.partition("  # ")[2]
    for number, line in enumerate(LINES, 1)
    if line.startswith("reveal_type")
}
MIN_WRONG, MIN_TYPES = 14, 15
OWN = "program.py"
# Of what mypy has read of the SDK.
CACHE = ROOT / ".mypy_cache" / "user"


class Said(NamedTuple):
    """What a type checker says of a line."""

    file: str
    line: int
    kind: str
    text: str


def mypy(bare: Installed, folder: Path) -> Iterator[Said]:
    """Ask mypy."""
    python = f"--python-executable={bare.programs / 'python'}"
    options = ["--strict", "--config-file=", f"--cache-dir={CACHE}", python, OWN]
    for line in run("mypy", folder, *options).splitlines():
        if found := re.match(r"(\S+\.py):(\d+): (\w+): (.*)", line):
            yield Said(found[1], int(found[2]), found[3], found[4])


def pyright(bare: Installed, folder: Path) -> Iterator[Said]:
    """Ask pyright, as editors do, also of the examples and the pages."""
    write_programs(folder)
    # Programs also import what the package does not require.
    apart = [BUILDER.parents[1] / name for name in ("beside", "policy")]
    site = Path(str(pulumi.__file__)).parents[1]
    settings = {"extraPaths": [str(path) for path in (site, *apart)]}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    python = f"--pythonpath={bare.programs / 'python'}"
    said = json.loads(run("pyright", folder, python, "--outputjson"))
    for one in said["generalDiagnostics"]:
        file = str(Path(one["file"]).relative_to(folder))
        line = one["range"]["start"]["line"] + 1
        yield Said(file, line, one["severity"], one["message"])


def write_programs(folder: Path) -> None:
    """Write out the Python programs of the examples and of the pages."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    blocks = [block for block in BLOCKS if block.language == "python"]
    for page, of_page in groupby(blocks, key=lambda block: block.page):
        written = folder / "pages" / page
        written.mkdir(parents=True)
        if page == name_of(TESTING_PAGE):
            write_out(written)
            continue
        # What is no file of its own goes on with the names of the block before it.
        joined = ["import pulumi"]
        for block in of_page:
            if name := block.marks.get("file"):
                # Of two with one name, the second replaces the first.
                (written / name.replace("__main__", f"main_{block.line}")).write_text(
                    block.text
                )
            else:
                joined.append(block.text)
        (written / "joined.py").write_text("\n".join(joined))


def run(checker: str, folder: Path, *options: str) -> str:
    """Run a type checker of this checkout in a folder."""
    done = subprocess.run(
        [BUILDER.parent / checker, *options],
        cwd=folder,
        # No settings of a person, and nothing to tell who asks for a newer version.
        env={"PATH": os.environ["PATH"], "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


def short(text: str) -> str:
    """Leave the type of what a checker reveals, without the names of modules."""
    [name] = re.findall(r'^(?:Revealed type is|Type of ".*" is) "(.*)"$', text)
    return re.sub(r"\b[\w.]+\.", "", name)


@pytest.mark.parametrize("checker", [mypy, pyright])
def test_a_type_checker_helps_who_installs_the_wheel(
    deliveries, tmp_path, checker: Callable[[Installed, Path], Iterator[Said]]
):
    """A right program passes, every wrong line is found, and outputs have types.

    No example, and no program of a page, is found fault with.
    """
    (tmp_path / OWN).write_text(PROGRAM)

    said = [*checker(deliveries.installed(), tmp_path)]

    errors = [one for one in said if one.kind == "error"]
    own = [one for one in said if one.file == OWN]
    types = {
        one.line: short(one.text)
        for one in own
        if one.kind in {"note", "information"} and one.line in TYPES
    }
    assert {one.line for one in errors if one.file == OWN} == WRONG, own
    assert not [one for one in errors if one.file != OWN]
    assert types == TYPES
    assert len(WRONG) >= MIN_WRONG
    assert len(TYPES) >= MIN_TYPES


def lifted_classes() -> dict[str, dict[str, str]]:
    """Read the declarations that only type checkers see, by class."""
    path = Path(str(lifted.__file__))
    found = re.split(r"^    class ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]
    field = re.compile(r"^        (\w+): (pulumi\.Output\[[^#\n]*\]|\w+)", re.MULTILINE)
    base = re.compile(r"(\w+)\(pulumi\.Output\[(.*)\]\)")
    heads = [(match, text) for text in found if (match := base.match(text))]
    of = {match[1]: match[2] for match, _ in heads}
    return {
        match[2].removesuffix(" | None"): {
            name: of.get(type_) or type_.removeprefix("pulumi.Output[")[:-1]
            for name, type_ in field.findall(text)
        }
        for match, text in heads
        if "[" not in match[2]
    }


@pytest.mark.parametrize("name", lifted_classes())
def test_lifted_fields_have_the_types_of_the_class(name):
    """What type checkers see is what the class declares, and all of it."""
    declared = getattr(outputs, name).__annotations__

    assert lifted_classes()[name] == declared


@pytest.mark.parametrize("name", lifted_classes())
def test_the_sdk_keeps_no_field_to_itself(name):
    """A field whose name an output has already could not be lifted."""
    kept = set(dir(pulumi.Output)) - {"format"}  # which `lifting` takes back

    assert not set(lifted_classes()[name]) & kept


def test_the_package_says_that_it_is_typed():
    """Without the mark a type checker would take everything for `Any`."""
    assert (ROOT / "provider" / "pulumi_alicloud_mediaconvert" / "py.typed").is_file()
