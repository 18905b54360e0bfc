"""The licences of all that an archive bundles, as one text.

A distribution brings its own texts. The folder `licences/` has those of Python, of the
shared libraries of the system, and the text that a few distributions only name.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

TEXTS = Path(__file__).parent / "licences"
LICENCE = re.compile(r"(LICEN[CS]E|COPYING|NOTICE)", re.IGNORECASE)
# Their metadata says "Apache License 2.0"; the text is not in them.
UNTEXTED = {
    "alibabacloud-credentials": "apache-2.0.txt",
    "alibabacloud-credentials-api": "apache-2.0.txt",
    "alibabacloud-tea": "apache-2.0.txt",
}
# Shared libraries that Python and the distributions load, by the start of their names.
LIBRARIES = {
    "libbz2": ("bzip2", "bzip2.txt"),
    "libcrypto": ("OpenSSL", "openssl.txt"),
    "libffi": ("libffi", "libffi.txt"),
    "libgcc_s": ("GCC runtime libraries", "gcc-runtime.txt"),
    "liblzma": ("liblzma", "xz.txt"),
    "libssl": ("OpenSSL", "openssl.txt"),
    "libstdc++": ("GCC runtime libraries", "gcc-runtime.txt"),
    "libuuid": ("libuuid", "libuuid.txt"),
    "libz": ("zlib", "zlib.txt"),
}
# Its loader starts every executable that it makes.
LOADER = "pyinstaller"
HEAD = """\
Third-party software in this archive, with its licences.
The licence of pulumi-resource-mediaconvert itself is in the file LICENSE.

"""
RULE = "=" * 78


class NoLicenceError(Exception):
    """Something is bundled whose licence is not known."""


@dataclass(frozen=True, order=True)
class Bundled:
    """One piece of software, and the texts of its licence."""

    name: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Environment:
    """Where the parts of a bundle come from.

    Attributes:
        site: the packages that are installed.
        own: the unpacked wheel, whose licence is no third party's.
        base: the folder of Python's own modules.
        work: what the bundler itself has written.
    """

    site: Path
    own: Path
    base: Path
    work: Path

    def third_parties(self, sources: Iterable[str]) -> str:
        """Return the text for all that the sources belong to.

        Args:
            sources: paths of the files that are bundled.

        Raises:
            NoLicenceError: if a source belongs to nothing known, or a distribution
                has no text.
        """
        found = {_python(), _distribution(self._named(LOADER))}
        owners = self._owners()
        for source in map(Path, sources):
            if not self._is_own(source):
                found.add(self._bundled(source, owners))
        return HEAD + "".join(map(_section, sorted(found)))

    def _bundled(self, source: Path, owners: Mapping[Path, Distribution]) -> Bundled:
        if owner := owners.get(source):
            return _distribution(owner)
        if source.is_relative_to(self.site):
            raise NoLicenceError(f"{source} belongs to no installed package")
        if source.is_relative_to(self.base) or source.name.startswith("libpython"):
            return _python()
        return _library(source)

    def _is_own(self, source: Path) -> bool:
        return source.is_relative_to(self.own) or source.is_relative_to(self.work)

    def _owners(self) -> dict[Path, Distribution]:
        return {
            Path(str(one.locate_file(file))): one
            for one in distributions(path=[str(self.site)])
            for file in one.files or []
        }

    def _named(self, name: str) -> Distribution:
        [found] = Distribution.discover(name=name, path=[str(self.site)])
        return found


def _python() -> Bundled:
    version = ".".join(map(str, sys.version_info[:3]))
    return Bundled(f"Python {version}", (_kept("python.txt"),))


def _library(source: Path) -> Bundled:
    for start, (name, file) in LIBRARIES.items():
        if re.match(rf"{re.escape(start)}[-.\d]", source.name):
            return Bundled(name, (_kept(file),))
    raise NoLicenceError(
        f"{source}: its licence is not known: add its text to {TEXTS}, and a line to"
        " LIBRARIES, or exclude what loads it"
    )


def _distribution(one: Distribution) -> Bundled:
    texts = tuple(_texts(one))
    if not texts and (kept := UNTEXTED.get(one.name)):
        texts = (_kept(kept),)
    if not texts:
        raise NoLicenceError(
            f"{one.name} {one.version} has no text of its licence: add the one that its"
            f" metadata names to {TEXTS}, and a line to UNTEXTED"
        )
    return Bundled(f"{one.name} {one.version}", texts)


def _texts(one: Distribution) -> Iterator[str]:
    for file in sorted(one.files or [], key=str):
        is_about = any(part.endswith(".dist-info") for part in file.parts[:1])
        if is_about and LICENCE.match(file.name):
            yield file.read_text()


def _kept(name: str) -> str:
    return (TEXTS / name).read_text("utf-8")


def _section(one: Bundled) -> str:
    texts = "\n\n".join(text.strip("\n") for text in one.texts)
    return f"{RULE}\n{one.name}\n{RULE}\n\n{texts}\n\n"
