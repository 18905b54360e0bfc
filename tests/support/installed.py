"""The package as users get it: built, and installed far away from the source."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import time
import venv
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
NAME = "pulumi-alicloud-mediaconvert"
STEM = NAME.replace("-", "_")
# The Python of scripts/build, whose version of hatchling stands in the wheel.
BUILDER = ROOT / ".venv" / "bin" / "python"
# An archive of other content is of no use for longer.
CACHED_SECONDS = 7 * 24 * 3600
SCHEMA = ROOT / "provider" / STEM / "hosts" / "native" / "schema.json"
# Of this process, these would lead another Python to other packages.
FOREIGN = ("PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX")


@dataclass(frozen=True)
class Deliveries:
    """What is built and installed once, for all tests of all workers.

    Attributes:
        folder: that the workers share.
    """

    folder: Path

    def built(self) -> Built:
        """Build wheel and sdist, unless another test has."""
        folder = self.folder / "dist"
        with self._once(folder) as is_first:
            if is_first:
                build(folder)
        return Built.of(folder)

    def archive(self) -> Path:
        """Build the plugin's archive, unless one of the same content is cached."""
        wheel = self.built().wheel
        folder = _cache() / "archives" / _content(wheel)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with self._once(folder) as is_first:
            if is_first:
                _drop_unused(folder.parent)
                bundle(wheel, folder)
        [archive] = folder.glob("pulumi-resource-*.tar.gz")
        return archive

    def installed(self, extra: str = "") -> Installed:
        """Install the wheel with an extra, unless another test has."""
        folder, wheel = self.folder / f"bare-{extra}", self.built().wheel
        with self._once(folder) as is_first:
            if is_first:
                install(wheel, folder, extra)
        return Installed(folder)

    def sdks(self) -> Path:
        """Generate the SDKs of Node.js and Go, unless another test has."""
        folder = self.folder / "sdks"
        with self._once(folder) as is_first:
            if is_first:
                generate_sdks(folder)
        return folder

    @contextmanager
    def _once(self, folder: Path) -> Iterator[bool]:
        """Let one worker at a time say whether it is the first one."""
        stamp = folder.with_suffix(".done")
        with folder.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield not stamp.exists()
            stamp.touch()


@dataclass(frozen=True)
class Built:
    """What one build has made."""

    wheel: Path
    sdist: Path

    @staticmethod
    def of(folder: Path) -> Built:
        """Find what a build has made."""
        [wheel], [sdist] = folder.glob("*.whl"), folder.glob("*.tar.gz")
        return Built(wheel, sdist)


@dataclass(frozen=True)
class Installed:
    """An environment that has the wheel and what it requires, and nothing else."""

    folder: Path

    @property
    def programs(self) -> Path:
        """Where its programs are."""
        return self.folder / "bin"

    def run(
        self, program: str, *arguments: str | Path
    ) -> subprocess.CompletedProcess[str]:
        """Run one of its programs, far from the source."""
        return subprocess.run(
            [self.programs / program, *arguments],
            cwd=self.folder,
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


def clean_environment() -> dict[str, str]:
    """Return the variables of this process that lead to no packages."""
    return {name: value for name, value in os.environ.items() if name not in FOREIGN}


def build(folder: Path, *options: str) -> None:
    """Build wheel and sdist as a release does, with options of scripts/build."""
    subprocess.run(
        [ROOT / "scripts" / "build", "--python-only", *options, folder],
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )


def bundle(wheel: Path, folder: Path, **variables: str) -> None:
    """Make the plugin's archive of a wheel as a release does.

    Args:
        wheel: of this package.
        folder: for the archive; made if there is none.
        variables: of the environment, beside those of this process.
    """
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [BUILDER, "-m", "distribution.archive", wheel, folder],
        env=clean_environment() | {"PYTHONPATH": str(ROOT / "scripts")} | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "pulumi-mediaconvert"


def _drop_unused(cache: Path) -> None:
    """Remove what was put into a cache long ago: each archive has 27 MB."""
    for path in cache.iterdir():
        if time.time() - path.stat().st_mtime > CACHED_SECONDS:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _content(wheel: Path) -> str:
    """Hash what decides the bytes of an archive: the wheel and how it is made."""
    about = (BUILDER.parents[1] / "pyvenv.cfg").read_text("utf-8")
    [python] = re.findall(r"^version = .*$", about, re.MULTILINE)
    key = hashlib.sha256(python.encode())
    with zipfile.ZipFile(wheel) as opened:
        for name in sorted(opened.namelist()):
            key.update(name.encode() + opened.read(name))
    for folder in (ROOT / "scripts" / "distribution", ROOT / "scripts" / "locks"):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                key.update(file.name.encode() + file.read_bytes())
    return key.hexdigest()[:16]


def generate_sdks(folder: Path) -> None:
    """Generate the SDKs as a release does; install that of Node.js from its file."""
    subprocess.run(
        [ROOT / "scripts" / "sdk" / "generate", SCHEMA, folder],
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )
    modules = folder / "node_modules"
    modules.mkdir()
    for package in (ROOT / ".venv" / "hosts" / "node_modules").iterdir():
        (modules / package.name).symlink_to(package)
    [archive] = (folder / "nodejs").glob("*.tgz")
    with tarfile.open(archive) as packed:
        packed.extractall(modules, filter="data")
    (modules / "package").rename(modules / "pulumi-mediaconvert")


def install(wheel: Path, folder: Path, extra: str) -> None:
    """Install a wheel into a new environment, offline.

    What it requires is linked from the environment of the tests: so pip finds all of
    it there, and nothing that it does not require.
    """
    venv.create(folder, symlinks=True)
    minor = f"python{sys.version_info.major}.{sys.version_info.minor}"
    site = folder / "lib" / minor / "site-packages"
    asked = f"{wheel}[{extra}]" if extra else str(wheel)
    _link([*_required(wheel, extra), distribution("pip")], site)
    pip = ("-m", "pip", "--disable-pip-version-check", "install", "--no-index")
    done = Installed(folder).run("python", *pip, asked)
    assert done.returncode == 0, done.stdout + done.stderr


def _required(wheel: Path, extra: str) -> list[Distribution]:
    [metadata] = Distribution.discover(name=NAME, path=[str(wheel)])
    waiting = list(_asked(metadata, [extra]))
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, str]] = set()
    while waiting:
        requirement = waiting.pop()
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        found[name] = distribution(name)
        extras = {"", *requirement.extras}
        new = [one for one in extras if (name, one) not in seen]
        seen |= {(name, one) for one in extras}
        waiting += _asked(found[name], new)
    return [*found.values()]


def _asked(one: Distribution, extras: Sequence[str]) -> Iterator[Requirement]:
    for requirement in map(Requirement, one.requires or []):
        marker = requirement.marker
        if not marker or any(marker.evaluate({"extra": extra}) for extra in extras):
            yield requirement


def _link(ours: Sequence[Distribution], site: Path) -> None:
    """Link what belongs to these alone, in as few links as can be."""
    owners: dict[Path, set[str]] = defaultdict(set)
    for one in distributions():
        # It reads the metadata whenever it is asked.
        name = one.name
        for file in _files(one):
            for part in (file, *file.parents):
                owners[part].add(name)
    for one in ours:
        tops = {
            next((part for part in parts if len(owners[part]) == 1), file)
            for file in _files(one)
            if (parts := [*reversed(file.parents), file])
        }
        for top in tops:
            # A folder that several share is made, and shared here, too.
            (site / top).parent.mkdir(parents=True, exist_ok=True)
            (site / top).symlink_to(Path(str(one.locate_file(top))))


def _files(one: Distribution) -> list[Path]:
    # Programs lie elsewhere, and begin with the path of their own Python.
    return [Path(file) for file in one.files or [] if ".." not in file.parts]
