"""Lock files install what pyproject.toml promises, and nothing but it."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STATED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT, GROUPS = STATED["project"], STATED["dependency-groups"]
LOCKS = {
    "oldest": ROOT / "scripts" / "locks" / "oldest.lock",
    "middle": ROOT / "scripts" / "locks" / "middle.lock",
    "newest": ROOT / "requirements.lock",
}
BUNDLE = ROOT / "scripts" / "locks" / "bundle.lock"
APART = [ROOT / "scripts" / "locks" / f"{name}.lock" for name in ("beside", "policy")]
DEPENDENCIES = PROJECT["dependencies"]
PINNED = re.compile(r"^([a-z0-9.-]+)==(\S+)", re.MULTILINE)


def pinned(lock):
    """Read a lock file: versions by normalized name."""
    return dict(PINNED.findall(lock.read_text("utf-8")))


def numbers(version):
    """Read a version, without zeros at its end."""
    found = [int(number) for number in re.findall(r"\d+", version)]
    while found and found[-1] == 0:
        found.pop()
    return found


def lower_bounds():
    """Read the lower bound of each package that users get, by normalized name."""
    stated = [*PROJECT["dependencies"]]
    for extra in PROJECT["optional-dependencies"].values():
        stated += extra
    bounds = (re.match(r"([\w.-]+)>=([\d.]+)", one) for one in stated)
    return {one[1].replace(".", "-"): one[2] for one in bounds if one}


@pytest.mark.parametrize(("name", "bound"), lower_bounds().items())
def test_the_oldest_environment_installs_the_stated_lower_bounds(name, bound):
    """What pyproject.toml promises to work with is what is tested."""
    assert numbers(pinned(LOCKS["oldest"])[name]) == numbers(bound)


@pytest.mark.parametrize("name", ["oldest", "middle", "newest"])
def test_every_environment_has_what_the_tests_need(name):
    """A lock that is older than pyproject.toml is noticed: run scripts/lock."""
    stated = [*PROJECT["dependencies"], *GROUPS["test"]]
    for extra in PROJECT["optional-dependencies"].values():
        stated += extra
    needed = {re.split(r"[^\w.-]", one)[0].replace(".", "-") for one in stated}

    assert needed - {*pinned(LOCKS[name])} == set()


def test_the_archive_has_the_versions_that_are_tested():
    """All that users get, and what bundles it: run scripts/lock if one is missing."""
    tested, bundled = pinned(LOCKS["newest"]), pinned(BUNDLE)
    needed = {re.split(r"[^\w.-]", one)[0].replace(".", "-") for one in DEPENDENCIES}

    assert needed | {"pyinstaller"} <= bundled.keys()
    for name in bundled.keys() & tested.keys():
        assert bundled[name] == tested[name], name


@pytest.mark.parametrize(
    "lock", [*LOCKS.values(), BUNDLE, *APART], ids=lambda lock: lock.stem
)
def test_a_lock_has_hashes_and_no_address(lock):
    """Any mirror of the package index serves it, and nothing else can be put in."""
    text = lock.read_text("utf-8")

    assert "://" not in text
    assert text.count("==") <= text.count("--hash=sha256:")


def test_packages_of_nodejs_are_pinned_without_an_address():
    """Each has the hash of its content; the machine says where it comes from."""
    lock = json.loads((ROOT / "scripts/hosts/npm/package-lock.json").read_bytes())
    packages = {name: one for name, one in lock["packages"].items() if name}

    assert {name for name, one in packages.items() if "resolved" in one} == set()
    assert {name for name, one in packages.items() if "integrity" not in one} == set()
