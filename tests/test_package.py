"""What a build makes: the wheel, the sdist, and what they say of themselves."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tarfile
import tomllib
import zipfile
from importlib.metadata import version
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from packaging.metadata import Metadata

from installed import BUILDER, NAME, ROOT, STEM, Built, clean_environment

pytestmark = pytest.mark.slow

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")


@pytest.fixture
def built(deliveries) -> Built:
    """Give the wheel and the sdist."""
    made: Built = deliveries.built()
    return made


def names_in(archive: Path) -> set[str]:
    """Name the files of a wheel or sdist."""
    if archive.suffix == ".whl":
        return {*zipfile.ZipFile(archive).namelist()}
    with tarfile.open(archive) as opened:
        return {one.name for one in opened.getmembers() if one.isfile()}


def tracked(folder: str) -> set[str]:
    """Name the files of a folder that belong to the project, git's and new ones."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", folder]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return {name for name in done.stdout.splitlines() if (ROOT / name).exists()}


def test_the_wheel_holds_the_package_and_nothing_else(built):
    """Modules, schema, sample and the mark of types are in it; no tests, no caches."""
    own = {one.removeprefix("provider/") for one in tracked("provider")}
    about = f"{STEM}-{PROJECT['version']}.dist-info"

    names = names_in(built.wheel)

    assert names == own | {
        f"{about}/{one}" for one in ("METADATA", "WHEEL", "RECORD", "entry_points.txt")
    } | {f"{about}/licenses/LICENSE"}
    assert {f"{STEM}/py.typed", f"{STEM}/expectations.schema.json"} <= names
    assert not [name for name in names if re.search("/tests?[/_]|__pycache__", name)]


def test_the_sdist_holds_what_the_wheel_is_built_from(built):
    """The package, and what a person or a packager reads; no tests, no caches."""
    read = {"CHANGELOG.md", "LICENSE", "README.md", "hatch_build.py"}
    root = f"{STEM}-{PROJECT['version']}"

    assert names_in(built.sdist) == {
        f"{root}/{one}"
        for one in tracked("provider")
        | read
        | {"pyproject.toml", ".gitignore", "PKG-INFO"}
    }


def test_the_sdist_builds_the_same_wheel(built, tmp_path):
    """Whoever takes the source gets the package that is published, byte by byte."""
    with tarfile.open(built.sdist) as opened:
        opened.extractall(tmp_path, filter="data")
    [source] = tmp_path.iterdir()
    epoch = git("log", "-1", "--format=%ct")

    subprocess.run(
        [BUILDER, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=source,
        env=clean_environment() | {"SOURCE_DATE_EPOCH": epoch},
        capture_output=True,
        check=True,
    )

    assert (tmp_path / built.wheel.name).read_bytes() == built.wheel.read_bytes()


def links_in(text: str) -> list[str]:
    """List the addresses of links and pictures of a Markdown text."""
    tokens = [
        child
        for token in MarkdownIt("commonmark").enable("table").parse(text)
        for child in token.children or []
    ]
    found = [token.attrGet("href") or token.attrGet("src") for token in tokens]
    return [str(address) for address in found if address]


@pytest.fixture
def hatch_build():
    """Load the hook of the build."""
    spec = spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def git(*arguments: str) -> str:
    """Ask git about this checkout."""
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_a_build_depends_on_nothing_but_the_source(built, tmp_path):
    """Other times, rights and places of the files make the same wheel and sdist."""
    copy = tmp_path / "copy"
    for name in tracked("."):
        file = copy / name
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, file)
        file.chmod(0o600)
        os.utime(file, (1, 1))
    epoch = git("log", "-1", "--format=%ct")

    subprocess.run(
        [BUILDER, "-m", "hatchling", "build", "-d", tmp_path],
        cwd=copy,
        env=clean_environment() | {"SOURCE_DATE_EPOCH": epoch},
        capture_output=True,
        check=True,
    )

    for archive in (built.wheel, built.sdist):
        assert (tmp_path / archive.name).read_bytes() == archive.read_bytes()


def test_the_metadata_is_what_an_index_takes(built):
    """Every field is valid, and says licence, types, Pythons and what it is."""
    with zipfile.ZipFile(built.wheel) as opened:
        [name] = [one for one in opened.namelist() if one.endswith("/METADATA")]
        text = opened.read(name)

    stated = Metadata.from_email(text, validate=True)

    # Newer ones are refused by tools that upload.
    assert stated.metadata_version == "2.4"
    assert (stated.name, stated.license_expression) == (NAME, "Apache-2.0")
    assert stated.license_files == ["LICENSE"]
    assert stated.description_content_type == "text/markdown"
    assert "Typing :: Typed" in (stated.classifiers or [])
    assert stated.description
    assert links_in(stated.description) == [
        one for one in links_in(stated.description) if re.match("https://", one)
    ]
    assert stated.provides_extra == [*PROJECT["optional-dependencies"]]


@pytest.mark.parametrize("repository", ["", "https://github.com/a/b"])
def test_no_link_of_the_description_depends_on_the_checkout(hatch_build, repository):
    """With a repository each link leads there, at the tag; without, it is text."""
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "(docs/limits.md)" in readme

    text = hatch_build.as_description(readme, repository, "v1.2.3")

    links = links_in(text)
    assert all(one.startswith("https://") for one in links)
    limits = "https://github.com/a/b/blob/v1.2.3/docs/limits.md"
    assert (limits in links) is bool(repository)
    assert "All limits" in text


def test_a_tree_with_changes_does_not_call_itself_released():
    """The version is the newest of the changelog, marked if anything is unreleased.

    An index refuses such a local version, so nobody publishes it by mistake.
    """
    [unreleased] = re.findall(
        r"^## Unreleased$(.*?)^## ", CHANGELOG, re.MULTILINE | re.DOTALL
    )
    newest = re.findall(r"^## (\d\S*) - \d{4}-\d\d-\d\d$", CHANGELOG, re.MULTILINE)[0]

    mark = "+unreleased" if unreleased.strip() else ""
    assert PROJECT["version"] == f"{newest}{mark}"
    assert version(NAME) == PROJECT["version"]
