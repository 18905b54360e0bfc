"""Run the tests against the oldest, a middle and the newest supported Pulumi SDK.

`oldest` installs the lower bounds of pyproject.toml, `newest` the newest versions it
allows. Both run on the oldest and on the newest Python that can be had. The
environments are made from lock files, in the cache folder of scripts/bootstrap.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from environments.pythons import Python, find_pythons, found_and_missing

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
FOLDER = CACHE / "pulumi-mediaconvert" / "versions"
# One of the locked packages comes as source only; its build has to use what is locked.
BUILD_LOCK = ROOT / "scripts" / "locks" / "setuptools.lock"
LOCKS = {
    "oldest": ROOT / "scripts" / "locks" / "oldest.lock",
    "middle": ROOT / "scripts" / "locks" / "middle.lock",
    "newest": ROOT / "requirements.lock",
}
# It runs scripts/demo, which takes .venv whatever environment asks for it.
ELSEWHERE = TESTS / "engine" / "test_demo.py"
# What a test file imports that touches the SDK.
TOUCHES_SDK = re.compile(
    r"^(from|import) (pulumi|provider_calls|rpc_servers)\b", re.MULTILINE
)
# These would send Python's search, or pip's work, to another environment.
FOREIGN = ("PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX")


@dataclass(frozen=True)
class Choice:
    """One environment: which SDK on which Python, and whether all tests run in it."""

    sdk: str
    minor: str
    is_extreme: bool = False


@dataclass(frozen=True)
class Result:
    """How the tests went in one environment; `tests` is 0 where there were none."""

    sdk: str
    python: str
    tests: int = 0
    failed: int = 0
    seconds: float = 0.0
    note: str = ""

    @property
    def is_good(self) -> bool:
        """Whether there were tests, and all passed to the end."""
        return self.tests > 0 and self.failed == 0 and not self.note


def say(text: str) -> None:
    """Tell the person what is going on."""
    print(f"versions: {text}", flush=True)


def choices(minors: Sequence[str]) -> list[Choice]:
    """Choose the environments: the corners, and one in the middle.

    Args:
        minors: of the Pythons that were found, oldest first; at least one.
    """
    oldest, middle, newest = minors[0], minors[len(minors) // 2], minors[-1]
    chosen = [
        Choice("oldest", oldest, is_extreme=True),
        Choice("oldest", newest),
        Choice("middle", middle),
        Choice("newest", oldest),
        Choice("newest", newest, is_extreme=True),
    ]
    # With a single Python two corners are one.
    unique = {(one.sdk, one.minor): one for one in chosen if not one.is_extreme}
    unique |= {(one.sdk, one.minor): one for one in chosen if one.is_extreme}
    return sorted(unique.values(), key=chosen.index)


def tests_of(choice: Choice, *, is_quick: bool) -> list[Path]:
    """Name what runs in an environment.

    Everything at the extremes; the engine tests and whatever else touches the SDK
    between them; without the engine tests where it has to be quick.
    """
    touching = [
        path
        for path in sorted(TESTS.glob("test_*.py"))
        if TOUCHES_SDK.search(path.read_text("utf-8"))
    ]
    if is_quick:
        return touching
    return [TESTS] if choice.is_extreme else [*touching, TESTS / "engine"]


def read_counts(junit: str) -> tuple[int, int]:
    """Read how many tests ran, and how many failed, from a report in JUnit XML."""
    suites = ET.fromstring(junit).iter("testsuite")  # noqa: S314  # pytest's own
    tests = failed = 0
    for suite in suites:
        tests += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    return tests, failed


def table(results: Sequence[Result]) -> str:
    """Write the results, one line an environment."""
    head = ("SDK", "Python", "passed", "failed", "seconds", "")
    rows = [
        (
            one.sdk,
            one.python,
            str(one.tests - one.failed),
            str(one.failed),
            f"{one.seconds:.0f}",
            one.note or ("" if one.is_good else "FAILED"),
        )
        for one in results
    ]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in [head, *rows]
    ]
    return "\n".join(line.rstrip() for line in lines)


def clean_environment(folder: Path | None = None) -> dict[str, str]:
    """Build the environment of a command, with these programs first."""
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    if folder is not None:
        kept["PATH"] = f"{folder / 'bin'}{os.pathsep}{kept['PATH']}"
        kept["VIRTUAL_ENV"] = str(folder)
    return kept


def prepare(sdk: str, python: Python) -> Path:
    """Make an environment, or find it in the cache; this checkout is put into it.

    Raises:
        subprocess.CalledProcessError: it cannot be installed; the output says why.
    """
    lock = LOCKS[sdk]
    folder = FOLDER / f"{sdk}-{python.version}"
    stamp = folder / "stamp"
    locked = hashlib.sha256(lock.read_bytes() + BUILD_LOCK.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text("utf-8") != locked:
        name = lock.relative_to(ROOT)
        say(f"making an environment from {name}, Python {python.version} (1 minute)")
        _run(python.path, "-m", "venv", "--clear", folder)
        _pip(folder, "--require-hashes", "-r", BUILD_LOCK)
        _pip(folder, "--require-hashes", "--no-build-isolation", "-r", lock)
        stamp.write_text(locked, "utf-8")
    # The cache serves every checkout; the one that runs has it to itself.
    _pip(folder, "--no-deps", "--no-build-isolation", "-e", ROOT)
    return folder


def _pip(folder: Path, *arguments: str | Path) -> None:
    _run(folder / "bin" / "python", "-m", "pip", "install", *arguments)


def _run(*command: str | Path) -> str:
    done = subprocess.run(
        command,
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )
    return done.stdout


def run_tests(
    choice: Choice, python: Python, *, is_quick: bool, workers: str
) -> Result:
    """Run the tests in one environment."""
    try:
        folder = prepare(choice.sdk, python)
    except subprocess.CalledProcessError as error:
        print(error.stdout, file=sys.stderr)
        return Result(choice.sdk, python.version, note="CANNOT BE INSTALLED")
    ask = "from importlib.metadata import version; print(version('pulumi'))"
    sdk = f"{choice.sdk} {_run(folder / 'bin' / 'python', '-c', ask).strip()}"
    say(f"SDK {sdk}, Python {python.version}")
    report = folder / "report.xml"
    report.unlink(missing_ok=True)
    began = time.monotonic()
    spread = ["-n", workers, "--maxschedchunk", "2"]
    options = ["-q", *spread, "-p", "no:cacheprovider", f"--junitxml={report}"]
    chosen = [f"--ignore={ELSEWHERE}", *map(str, tests_of(choice, is_quick=is_quick))]
    code = subprocess.run(
        [folder / "bin" / "python", "-m", "pytest", *options, *chosen],
        cwd=ROOT,
        env=clean_environment(folder),
        stdin=subprocess.DEVNULL,
        check=False,
    ).returncode
    seconds = time.monotonic() - began
    tests, failed = (
        read_counts(report.read_text("utf-8")) if report.exists() else (0, 0)
    )
    # pytest also fails where nothing was collected, or where it was stopped.
    note = f"pytest ended with {code}" if code and not failed else ""
    return Result(sdk, python.version, tests, failed, seconds, note)


def read_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="scripts/versions", description=__doc__)
    parser.add_argument(
        "sdk", nargs="*", metavar="SDK", help=f"{', '.join(LOCKS)}; all without any"
    )
    parser.add_argument("--python", help="only on this one, as 3.13")
    parser.add_argument(
        "--quick", action="store_true", help="without the engine tests (1 minute each)"
    )
    parser.add_argument("-n", default="4", help="tests at a time (4)")
    arguments = parser.parse_args()
    if unknown := sorted({*arguments.sdk} - {*LOCKS}):
        parser.error(f"no SDK is called {unknown[0]}: {', '.join(LOCKS)}")
    return arguments


def main() -> int:
    """Run the tests in the chosen environments; 1 if any of them failed."""
    arguments = read_arguments()
    path = [Path(folder) for folder in os.environ["PATH"].split(os.pathsep)]
    pythons = find_pythons(path, Path.home() / ".pyenv" / "versions")
    for line in found_and_missing(pythons):
        say(line)
    wanted = arguments.sdk or LOCKS
    chosen = [
        one
        for one in choices([*pythons])
        if one.sdk in wanted and arguments.python in (None, one.minor)
    ]
    if not chosen:
        say(f"no environment has Python {arguments.python}: see above, and --help")
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        results = [
            run_tests(
                one,
                pythons[one.minor],
                is_quick=arguments.quick,
                workers=arguments.n,
            )
            for one in chosen
        ]
    print(f"\n{table(results)}\n")
    for line in found_and_missing(pythons):
        say(line)
    return 0 if all(one.is_good for one in results) else 1


if __name__ == "__main__":
    sys.exit(main())
