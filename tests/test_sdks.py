"""The SDKs for Node.js and Go: made of the schema, by Pulumi's own generators."""

from __future__ import annotations

import filecmp
import json
import subprocess
import tarfile
from importlib.metadata import version
from pathlib import Path

import pytest

from installed import ROOT, SCHEMA, generate_sdks

pytestmark = pytest.mark.slow

GENERATOR = ROOT / ".venv" / "hosts" / "sdk-generator"
VERSION = version("pulumi-alicloud-mediaconvert")
URL = "https://example.com/plugins"


def generate(*arguments: Path) -> subprocess.CompletedProcess[str]:
    """Run the generator alone: with a schema it binds it, with a folder it writes."""
    assert GENERATOR.exists(), "no generator: run this by scripts/test"
    return subprocess.run(
        [GENERATOR, *arguments], capture_output=True, text=True, check=False
    )


@pytest.fixture
def put_schema(tmp_path):
    """Write the schema with changes."""

    def put(**changes: object) -> Path:
        changed: Path = tmp_path / "schema.json"
        changed.write_text(json.dumps(json.loads(SCHEMA.read_bytes()) | changes))
        return changed

    return put


def test_schema_is_one_that_pulumi_binds():
    """Pulumi's own binder finds no error and nothing to warn of."""
    done = generate(SCHEMA)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({"respectSchema": True}, "respectSchema", id="unknown key"),
        pytest.param(
            {"provider": {"inputProperties": {"a": {"$ref": "#/types/x:index:Y"}}}},
            "x:index:Y",
            id="reference to nothing",
        ),
        pytest.param(
            {"provider": {"inputProperties": {"a": {"type": "text"}}}},
            "provider/inputProperties/a",
            id="unknown type",
        ),
    ],
)
def test_schema_that_pulumi_does_not_bind_is_refused(put_schema, changes, reason):
    """What is wrong is named, and nothing is generated."""
    schema = put_schema(**changes)
    out = schema.parent / "out"

    done = generate(schema, out)

    assert done.returncode == 1
    assert reason in done.stderr
    assert not out.exists()


def test_sdks_are_the_same_bytes_each_time(deliveries, tmp_path):
    """A release can be built again, and compared."""
    again = tmp_path / "again"

    generate_sdks(again)

    compared = filecmp.dircmp(deliveries.sdks() / "nodejs", again / "nodejs")
    assert compared.common_files == [f"pulumi-mediaconvert-{VERSION}.tgz"]
    assert_same(compared)
    assert_same(filecmp.dircmp(deliveries.sdks() / "go", again / "go"))


def assert_same(compared: filecmp.dircmp[str]) -> None:
    """Assert that two folders have the same files with the same content."""
    assert not compared.left_only + compared.right_only
    folders = (compared.left, compared.right)
    _, different, broken = filecmp.cmpfiles(
        *folders, compared.common_files, shallow=False
    )
    assert not different + broken
    for below in compared.subdirs.values():
        assert_same(below)


def test_package_of_nodejs_is_whole(deliveries):
    """It can be imported, says what it is, and asks for the plugin of its version."""
    [archive] = (deliveries.sdks() / "nodejs").glob("*.tgz")
    with tarfile.open(archive) as packed:
        names = {member.name.removeprefix("package/") for member in packed}
        file = packed.extractfile("package/package.json")
        assert file is not None
        package = json.load(file)

    assert {"LICENSE", "README.md", "index.js", "index.d.ts", "utilities.js"} <= names
    assert {"job.js", "jobSet.js", "getJob.js", "provider.js"} <= names
    assert (package["name"], package["version"]) == ("pulumi-mediaconvert", VERSION)
    assert package["pulumi"] == {
        "name": "mediaconvert",
        "resource": True,
        "version": VERSION,
    }


def test_module_of_go_is_whole(deliveries):
    """It is a module of its own, and asks for the plugin of its version."""
    folder = deliveries.sdks() / "go" / "mediaconvert"

    names = {path.name for path in folder.iterdir()}
    assert {"LICENSE", "README.md", "go.mod", "go.sum"} <= names
    module = "pulumi-alicloud-mediaconvert/sdk/go/mediaconvert"
    assert (folder / "go.mod").read_text().startswith(f"module {module}\n")
    plugin = json.loads((folder / "pulumi-plugin.json").read_text())
    assert plugin == {"name": "mediaconvert", "resource": True, "version": VERSION}


def test_examples_use_the_sdks_of_this_version(deliveries):
    """They name the files that scripts/build writes into dist/."""
    examples, sdks = ROOT / "examples", deliveries.sdks()
    [archive] = (sdks / "nodejs").glob("*.tgz")

    package = json.loads((examples / "typescript-gate/package.json").read_text())
    named = package["dependencies"]["pulumi-mediaconvert"]
    assert named == f"file:../../dist/sdk/nodejs/{archive.name}"
    module = (examples / "go-gate/go.mod").read_text()
    # Versions of Go's modules have no such mark.
    released = VERSION.partition("+")[0]
    assert f"sdk/go/mediaconvert v{released}\n" in module
    assert "=> ../../dist/sdk/go/mediaconvert\n" in module


def test_url_of_the_plugin_is_in_both_sdks(put_schema, tmp_path):
    """The engine can fetch the plugin from where a build says that it is."""
    schema = put_schema(pluginDownloadURL=URL)

    done = generate(schema, tmp_path / "out")

    assert done.returncode == 0, done.stderr
    package = json.loads((tmp_path / "out/nodejs/package.json").read_text())
    assert package["pulumi"]["server"] == URL
    plugin = tmp_path / "out/go/mediaconvert/pulumi-plugin.json"
    assert json.loads(plugin.read_text())["server"] == URL
