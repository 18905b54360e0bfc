"""Make the archive of the plugin from a wheel: PyInstaller's folder, as a tar.

What is bundled are the locked packages that users get with the wheel, from an
environment of their own, which is made once and kept in the cache of this machine. The
same wheel makes the same bytes, whenever and in whatever folder.
"""

from __future__ import annotations

import argparse
import fcntl
import gzip
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import venv
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from distribution.licences import Environment, NoLicenceError
from distribution.platforms import (
    UnknownPlatformError,
    needed_glibc,
    this_platform,
)

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LOCKS = ROOT / "scripts" / "locks"
NAME = "pulumi-resource-mediaconvert"
THIRD_PARTIES = "THIRD-PARTY-LICENSES.txt"
# One of the locked packages comes as source only; its build has to use what is locked.
INSTALLS = (
    ("setuptools.lock",),
    ("bundle.lock", "--no-build-isolation"),
)
# What would lead pip, Python or PyInstaller to other packages, or make other bytes.
FOREIGN = (
    "PYTHONHOME",
    "PYTHONPATH",
    "PIP_USER",
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_REQUIRE_VIRTUALENV",
    "PYTHONOPTIMIZE",
    "PYTHONDONTWRITEBYTECODE",
)
# The day does not matter, but a zip file knows none before 1980.
FIXED = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "315619200"}
LAST_LINES = 15
# What the bundler runs, by the system's name; of Linux they come with binutils.
TOOLS = {"Linux": ("objcopy", "objdump", "strip"), "Darwin": ("strip",)}


class BuildError(Exception):
    """A step failed; the text is for the person at the terminal."""


def make(wheel: Path, folder: Path) -> Path:
    """Bundle a wheel.

    Args:
        wheel: of this package.
        folder: to put the archive into.

    Returns:
        The archive, `pulumi-resource-mediaconvert-v<version>-<os>-<arch>.tar.gz`.

    Raises:
        BuildError: if a step failed, or a tool for it is missing.
        NoLicenceError: if something would be bundled whose licence is not known.
        UnknownPlatformError: if the engine knows no archive for this machine.
    """
    version = wheel.name.split("-")[1]
    archive = folder / f"{NAME}-v{version}-{this_platform()}.tar.gz"
    missing = [one for one in TOOLS[platform.system()] if shutil.which(one) is None]
    if missing:
        raise BuildError(f"found no {', '.join(missing)} on PATH: install binutils")
    with tempfile.TemporaryDirectory(prefix="bundle.") as scratch:
        bundled = _bundle(wheel, Path(scratch).resolve())
        if glibc := needed_glibc(bundled):
            _say(f"the archive needs glibc {glibc} or newer")
        pack(bundled, archive)
    return archive


def pack(folder: Path, archive: Path) -> None:
    """Write the files of a folder as a tar, which says nothing of when and who."""
    with (
        archive.open("wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for path in sorted(folder.rglob("*")):
            tar.add(path, path.relative_to(folder), recursive=False, filter=_plain)


def _plain(one: tarfile.TarInfo) -> tarfile.TarInfo:
    is_open = one.isdir() or bool(one.mode & 0o100)
    one.mode = 0o755 if is_open else 0o644
    one.uid = one.gid = one.mtime = 0
    one.uname = one.gname = ""
    return one


def _bundle(wheel: Path, scratch: Path) -> Path:
    own, sources = scratch / "wheel", scratch / "sources.json"
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(own)  # noqa: S202  # it is ours
    python = environment()
    command = [str(python), "-m", "PyInstaller", "--noconfirm"]
    folders = ["--distpath", f"{scratch}/out", "--workpath", f"{scratch}/work"]
    _run(
        "bundling the plugin",
        [*command, *folders, str(HERE / "plugin.spec")],
        {
            **FIXED,
            "ENTRY": str(HERE / "entry.py"),
            "WHEEL": str(own),
            "SOURCES": str(sources),
            # The bundler asks Python where the package is, and what it requires.
            "PYTHONPATH": str(own),
            "PYINSTALLER_CONFIG_DIR": str(scratch / "cache"),
        },
    )
    made = scratch / "out" / NAME
    [site] = python.parents[1].glob("lib/python*/site-packages")
    known = Environment(site, own, Path(sysconfig.get_path("stdlib")), scratch / "work")
    text = known.third_parties(json.loads(sources.read_text("utf-8")))
    (made / THIRD_PARTIES).write_text(text, "utf-8")
    [licence] = own.glob("*.dist-info/licenses/LICENSE")
    shutil.copyfile(licence, made / "LICENSE")
    return made


def environment() -> Path:
    """Return the Python of the environment that is bundled; make it if there is none.

    Raises:
        BuildError: if a package cannot be installed.
    """
    locks = [LOCKS / name for name, *_ in INSTALLS]
    content = b"".join(lock.read_bytes() for lock in locks)
    key = hashlib.sha256(content + f"{sys.version}{sys.base_prefix}".encode())
    folder = _cache() / "bundle" / key.hexdigest()[:16]
    python = folder / "bin" / "python"
    with _alone(folder.with_suffix(".lock")):
        is_whole = folder / "whole"
        if not is_whole.exists():
            _say("installing what is bundled (about 20 seconds; once for this machine)")
            venv.create(folder, clear=True, symlinks=True, with_pip=True)
            for name, *options in INSTALLS:
                pip = [
                    str(python),
                    "-m",
                    "pip",
                    "install",
                    "--require-hashes",
                    *options,
                ]
                _run(f"installing {name}", [*pip, "-r", str(LOCKS / name)], {})
            is_whole.touch()
    return python


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "pulumi-mediaconvert"


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield


def _run(what: str, command: Sequence[str], variables: Mapping[str, str]) -> None:
    clean = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    done = subprocess.run(
        command,
        env={**clean, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        last = "\n".join(done.stdout.splitlines()[-LAST_LINES:])
        raise BuildError(f"failed: {what}. The last lines of it:\n{last}")


def _say(text: str) -> None:
    print(f"build: {text}", file=sys.stderr)


def main() -> int:
    """Make the archive of a wheel; prints its path."""
    parser = argparse.ArgumentParser(prog="archive", description=__doc__)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args()
    try:
        print(make(chosen.wheel, chosen.folder))
    except (BuildError, NoLicenceError, UnknownPlatformError) as error:
        _say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
