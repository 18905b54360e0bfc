"""The plugin's archive: what is in it, under which licences, always the same."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tarfile
import zipfile
from importlib.metadata import Distribution
from pathlib import Path

import pytest

from installed import BUILDER, ROOT, STEM, build, bundle
from jobs import JOB_ID, REGION
from plugin import started
from pulumi_alicloud_mediaconvert.emulator import scripts

NAME = "pulumi-resource-mediaconvert"
THIRD_PARTIES = "THIRD-PARTY-LICENSES.txt"
SCHEMA = f"{STEM}/hosts/native/schema.json"
URL = "https://downloads.example/plugins"
# Of the modules and shared libraries that must not be in it, a word of their names.
UNWANTED = re.compile(
    r"readline|sqlite|curses|tkinter|unittest|doctest|setuptools|(^|[./])(pip|pdb)\b"
    r"|(^|[./])tests?([./]|$)|pytest|mypy|hatchling|jinja2|markupsafe"
    rf"|(^|[./])emulator\b|{STEM}[./]cli\b"
)
LIST_MODULES = """
import json, sys
from PyInstaller.archive.readers import CArchiveReader
bundled = CArchiveReader(sys.argv[1]).open_embedded_archive("PYZ.pyz")
print(json.dumps(sorted(bundled.toc)))
"""


@pytest.fixture
def archive(deliveries) -> Path:
    """Build the archive, unless one of the same content is cached."""
    made: Path = deliveries.archive()
    return made


@pytest.fixture(scope="module")
def unpacked(deliveries, tmp_path_factory) -> Path:
    """Unpack the archive, as the engine does."""
    folder: Path = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(deliveries.archive()) as opened:
        opened.extractall(folder, filter="data")
    return folder


def bundler() -> Path:
    """Return the Python that makes archives."""
    code = "from distribution.archive import environment; print(environment())"
    done = subprocess.run(
        [BUILDER, "-c", code],
        env=os.environ | {"PYTHONPATH": str(ROOT / "scripts")},
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(done.stdout.strip())


@pytest.fixture(scope="module")
def modules(unpacked) -> list[str]:
    """Name the modules that are in the executable."""
    command = [bundler(), "-c", LIST_MODULES, unpacked / NAME]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    named: list[str] = json.loads(done.stdout)
    return named


def files_of(folder: Path) -> set[str]:
    """Name the files below a folder."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.slow
def test_an_archive_has_the_plugin_and_no_more(unpacked, modules):
    """Nothing under the GPL alone, no tests, no tool, no command line of ours."""
    names = files_of(unpacked)

    assert f"{STEM}.hosts.native.server" in modules
    assert {f"_internal/{SCHEMA}", "_internal/certifi/cacert.pem"} <= names
    assert [one for one in [*modules, *names] if UNWANTED.search(one)] == []
    assert [one for one in names if one.endswith((".pyc", ".py"))] == []


@pytest.mark.slow
def test_an_archive_has_the_licence_of_everything_in_it(unpacked, modules):
    """Ours, and one file with all others: of packages, of Python, of libraries."""
    text = (unpacked / THIRD_PARTIES).read_text("utf-8")
    headings = set(re.findall(r"^=+\n(.+)\n=+$", text, re.MULTILINE))

    assert (unpacked / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert {"OpenSSL", "zlib", "libffi", "GCC runtime libraries"} <= headings
    assert any(one.startswith("Python 3.") for one in headings)
    names = {one.partition(" ")[0] for one in headings}
    assert owners(modules) - {STEM.replace("_", "-")} <= names
    # The text itself, not its name alone.
    assert "END OF TERMS AND CONDITIONS" in text
    assert "GCC RUNTIME LIBRARY EXCEPTION" in text


def owners(modules: list[str]) -> set[str]:
    """Name the distributions of the bundling environment that have these modules."""
    [site] = bundler().parents[1].glob("lib/python*/site-packages")
    files = {one.replace(".", "/") for one in modules}
    return {
        one.name
        for one in Distribution.discover(path=[str(site)])
        for file in one.files or []
        if file.suffix == ".py"
        and (file.parent / file.stem).as_posix().removesuffix("/__init__") in files
    }


@pytest.mark.slow
def test_an_archive_says_nothing_of_who_built_it_and_when(archive):
    """Sorted, owned by nobody, without a time; the executable at its root."""
    with tarfile.open(archive) as opened:
        members = opened.getmembers()

    assert [one.name for one in members] == sorted(
        (one.name for one in members), key=lambda name: Path(name).parts
    )
    assert {(one.uid, one.gid, one.uname, one.mtime) for one in members} == {
        (0, 0, "", 0)
    }
    assert {one.mode for one in members} == {0o644, 0o755}
    [program] = [one for one in members if one.name == NAME]
    assert program.mode == 0o755


@pytest.mark.slow
def test_an_archive_is_the_same_wherever_it_is_built(archive, deliveries, tmp_path):
    """Another folder, another temporary folder, other rights: the same bytes."""
    folder, scratch = tmp_path / "else where", tmp_path / "scratch"
    scratch.mkdir()

    before = os.umask(0o077)
    try:
        bundle(deliveries.built().wheel, folder, TMPDIR=str(scratch), LANG="C")
    finally:
        os.umask(before)

    assert (folder / archive.name).read_bytes() == archive.read_bytes()


@pytest.mark.slow
def test_the_plugin_of_an_archive_loads_nothing_from_elsewhere(unpacked, api):
    """Its Python and packages are its own; of the machine it has the C library."""
    api.add_job(JOB_ID, scripts.succeeds_cleanly())
    inputs = {key.partition(":")[2]: value for key, value in api.config().items()}
    with started(command=[unpacked / NAME], **inputs) as plugin:
        gate = plugin.checked({"jobId": JOB_ID, "region": REGION})
        assert plugin.create(gate)[1]["verdict"] == "passed"
        maps = Path(f"/proc/{plugin.process.pid}/maps").read_text()

    libraries = {*re.findall(r" (/.+\.so\S*)$", maps, re.MULTILINE)}
    foreign = {one for one in libraries if not one.startswith(f"{unpacked}/")}
    assert foreign < libraries
    assert {Path(one).name.partition(".so")[0] for one in foreign} <= C_LIBRARY


C_LIBRARY = {
    *("ld-linux-x86-64", "ld-linux-aarch64", "libc", "libdl", "libm", "libpthread"),
    *("librt", "libutil", "libresolv", "libnss_files", "libnss_dns", "libcrypt"),
}


@pytest.fixture
def licences(script):
    """Load the module that gathers licences."""
    return script("distribution.licences")


@pytest.fixture
def environment(licences, tmp_path):
    """An environment with a package that has a licence and one that has none."""
    site = tmp_path / "site"
    for name, texts in {
        "good": ["LICENSE"],
        "bare": [],
        "pyinstaller": ["COPYING"],
    }.items():
        about = site / f"{name}-1.0.dist-info"
        about.mkdir(parents=True)
        (about / "METADATA").write_text(f"Name: {name}\nVersion: 1.0\n")
        (site / f"{name}.py").touch()
        for text in texts:
            (about / text).write_text(f"do what you want with {name}\n")
        files = [f"{name}.py", *(f"{about.name}/{one}" for one in ["METADATA", *texts])]
        (about / "RECORD").write_text("".join(f"{one},,\n" for one in files))
    own, base, work = (tmp_path / name for name in ("own", "python3.11", "work"))
    return licences.Environment(site, own, base, work)


def test_each_part_of_a_bundle_brings_its_licence(environment):
    """A package its own text; Python, its loader and libraries those that are kept."""
    sources = [
        environment.site / "good.py",
        environment.base / "json" / "__init__.py",
        environment.own / "ours.py",
        environment.work / "base_library.zip",
        Path("/usr/lib/libssl.so.3"),
        Path("/opt/python/lib/libpython3.11.so.1.0"),
    ]

    text = environment.third_parties(map(str, sources))

    headings = re.findall(r"^=+\n(.+)\n=+$", text, re.MULTILINE)
    assert [one.partition(" ")[0] for one in headings] == [
        "OpenSSL",
        "Python",
        "good",
        "pyinstaller",
    ]
    assert "do what you want with good" in text


@pytest.mark.parametrize(
    ("source", "why"),
    [
        pytest.param(
            "{site}/bare.py", "bare 1.0 has no text of its licence", id="none"
        ),
        pytest.param("{site}/stray.py", "belongs to no installed package", id="stray"),
        pytest.param("/usr/lib/libodd.so.1", "its licence is not known", id="library"),
        # No other library by the start of its name.
        pytest.param("/usr/lib/libzstd.so.1", "its licence is not known", id="like it"),
    ],
)
def test_what_has_no_known_licence_is_not_bundled(licences, environment, source, why):
    """The build stops, and says what to add and where."""
    with pytest.raises(licences.NoLicenceError, match=re.escape(why)):
        environment.third_parties([source.format(site=environment.site)])


@pytest.mark.parametrize(
    ("system", "machine", "name"),
    [
        ("Linux", "x86_64", "linux-amd64"),
        ("Linux", "aarch64", "linux-arm64"),
        ("Darwin", "arm64", "darwin-arm64"),
    ],
)
def test_an_archive_is_named_for_its_machine(script, system, machine, name):
    """In the words by which the engine looks for it."""
    assert script("distribution.platforms").this_platform(system, machine) == name


def test_no_archive_is_made_for_a_machine_without_a_name(script):
    """Rather than under a name by which no engine looks for it."""
    platforms = script("distribution.platforms")

    with pytest.raises(
        platforms.UnknownPlatformError, match="this is Linux with s390x"
    ):
        platforms.this_platform("Linux", "s390x")


def test_the_needed_glibc_is_the_newest_that_a_file_names(script, tmp_path):
    """By numbers, not by their spelling; without such a file there is none."""
    needed = script("distribution.platforms").needed_glibc
    (tmp_path / "text").write_text("GLIBC_2.99")
    assert needed(tmp_path) is None

    (tmp_path / "one.so").write_bytes(b"\0GLIBC_2.9\0GLIBC_2.2.5\0")
    (tmp_path / "two.so").write_bytes(b"\0GLIBC_2.17\0GLIBC_PRIVATE\0")

    assert needed(tmp_path) == "2.17"


@pytest.mark.slow
def test_a_machine_without_the_tools_is_told_what_to_install(deliveries, tmp_path):
    """One line, before anything is built."""
    wheel = deliveries.built().wheel

    done = subprocess.run(
        [BUILDER, "-m", "distribution.archive", wheel, tmp_path],
        env={"PATH": str(tmp_path), "PYTHONPATH": str(ROOT / "scripts")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert "strip on PATH: install binutils" in line
    assert [*tmp_path.iterdir()] == []


@pytest.mark.slow
def test_where_the_engine_fetches_plugins_is_a_setting_of_the_build(
    deliveries, tmp_path
):
    """The address stands in the schema of wheel and sdist; without it there is none."""
    build(tmp_path, "--plugin-download-url", URL)

    [wheel] = tmp_path.glob("*.whl")
    assert schema_in(wheel)["pluginDownloadURL"] == URL
    stated = schema_in(deliveries.built().wheel)
    assert "pluginDownloadURL" not in stated
    assert schema_in(wheel) == stated | {"pluginDownloadURL": URL}


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--fast"], "there is no option --fast"),
        (["one", "two"], "there can be one folder only"),
        (["--plugin-download-url", "downloads"], "takes an address"),
        (["--plugin-download-url"], "takes an address"),
    ],
)
def test_a_build_that_is_not_understood_builds_nothing(arguments, why, tmp_path):
    """One line says why, and the usage what there is."""
    command = [ROOT / "scripts" / "build", *arguments]

    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    line, _, usage = done.stderr.partition("\n")
    assert why in line
    assert usage.startswith("usage: scripts/build ")
    assert [*tmp_path.iterdir()] == []


def schema_in(wheel: Path) -> dict[str, object]:
    """Read the schema of a wheel."""
    with zipfile.ZipFile(wheel) as opened:
        schema: dict[str, object] = json.loads(opened.read(SCHEMA))
    return schema
