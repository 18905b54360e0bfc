"""`scripts/versions`: which environments it takes, what they install, what it says."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STATED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT, GROUPS = STATED["project"], STATED["dependency-groups"]
PINNED = re.compile(r"^([a-z0-9.-]+)==(\S+)", re.MULTILINE)


@pytest.fixture(scope="module")
def versions(script):
    """Load what runs the tests in each environment."""
    return script("environments.versions")


@pytest.fixture(scope="module")
def pythons(script):
    """Load what finds Pythons."""
    return script("environments.pythons")


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
def test_the_oldest_environment_installs_the_stated_lower_bounds(versions, name, bound):
    """What pyproject.toml promises to work with is what is tested."""
    assert numbers(pinned(versions.LOCKS["oldest"])[name]) == numbers(bound)


def test_every_dependency_states_a_lower_bound():
    """Nothing that users get is left to chance."""
    count = len(PROJECT["dependencies"])
    count += sum(map(len, PROJECT["optional-dependencies"].values()))

    assert len(lower_bounds()) == count


@pytest.mark.parametrize("name", ["oldest", "middle", "newest"])
def test_every_environment_has_what_the_tests_need(versions, name):
    """A lock that is older than pyproject.toml is noticed: run scripts/lock."""
    stated = [*PROJECT["dependencies"], *GROUPS["test"]]
    for extra in PROJECT["optional-dependencies"].values():
        stated += extra
    needed = {re.split(r"[^\w.-]", one)[0].replace(".", "-") for one in stated}

    assert needed - {*pinned(versions.LOCKS[name])} == set()


def test_the_readme_states_the_supported_range():
    """A reader learns of it without reading pyproject.toml."""
    text = (ROOT / "README.md").read_text("utf-8")
    python = PROJECT["requires-python"].removeprefix(">=")

    assert f"- Python {python} or newer; tested on {python} to " in text
    assert f"- Pulumi's SDK {lower_bounds()['pulumi']} or newer" in text


def test_the_middle_sdk_lies_between_the_others(versions):
    """Three environments have three SDKs."""
    sdks = [numbers(pinned(lock)["pulumi"]) for lock in versions.LOCKS.values()]

    assert sdks[0] < sdks[1] < sdks[2]


def test_every_stated_python_is_looked_for(pythons):
    """From the oldest that is required to the newest that was tested, and beyond."""
    stated = [
        one.rpartition(" ")[2]
        for one in PROJECT["classifiers"]
        if one.startswith("Programming Language :: Python :: 3.")
    ]

    assert PROJECT["requires-python"] == f">={pythons.PYTHONS[0]}"
    assert [*pythons.PYTHONS][: len(stated)] == stated


@pytest.mark.parametrize("name", ["oldest", "middle", "newest"])
def test_a_lock_has_hashes_and_no_address(versions, name):
    """Any mirror of the package index serves it, and nothing else can be put in."""
    text = versions.LOCKS[name].read_text("utf-8")

    assert "://" not in text
    assert text.count("==") <= text.count("--hash=sha256:")


@pytest.mark.parametrize(
    ("minors", "chosen"),
    [
        pytest.param(
            ["3.11", "3.12", "3.13"],
            [
                ("oldest", "3.11", True),
                ("oldest", "3.13", False),
                ("middle", "3.12", False),
                ("newest", "3.11", False),
                ("newest", "3.13", True),
            ],
            id="three",
        ),
        pytest.param(
            ["3.12"],
            [
                ("oldest", "3.12", True),
                ("middle", "3.12", False),
                ("newest", "3.12", True),
            ],
            id="one",
        ),
    ],
)
def test_the_corners_and_the_middle_are_chosen(versions, minors, chosen):
    """Oldest and newest of both are met with each other; the extremes run all."""
    found = versions.choices(minors)

    assert [(one.sdk, one.minor, one.is_extreme) for one in found] == chosen


def test_a_shim_with_nothing_behind_it_is_no_python(pythons, tmp_path):
    """A Python counts if it runs and is the version that its name says."""
    for name, answer in [("python3.12", "exit 127"), ("python3.13", "echo 3.11.7 /x")]:
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{answer}\n")
        program.chmod(0o755)
    behind = tmp_path / "pyenv" / "3.12.1" / "bin"
    behind.mkdir(parents=True)
    (behind / "python").write_text("#!/bin/sh\necho 3.12.1 /real\n")
    (behind / "python").chmod(0o755)

    found = pythons.find_pythons([tmp_path], tmp_path / "pyenv")

    assert found == {"3.12": pythons.Python("3.12.1", Path("/real"))}
    lines = pythons.found_and_missing(found)
    assert lines[0] == "Python 3.12.1: /real"
    assert [line.partition(":")[0] for line in lines if "NOT TESTED" in line] == [
        "Python 3.11",
        "Python 3.13",
        "Python 3.14",
    ]


@pytest.mark.parametrize(
    ("result", "is_good"),
    [
        pytest.param({"tests": 2}, True, id="passed"),
        pytest.param({"tests": 2, "failed": 1}, False, id="failed"),
        pytest.param({"tests": 0}, False, id="nothing ran"),
        pytest.param({"tests": 2, "note": "stopped"}, False, id="stopped"),
    ],
)
def test_only_tests_that_ran_and_passed_are_good(versions, result, is_good):
    """An environment that could not be made, or ran nothing, is a failure."""
    assert versions.Result("oldest", "3.11.7", **result).is_good is is_good


def test_counts_are_read_from_the_report_of_pytest(versions):
    """Failures and errors count alike."""
    junit = '<testsuites><testsuite tests="9" failures="2" errors="1"/></testsuites>'

    assert versions.read_counts(junit) == (9, 3)


def test_the_table_names_what_failed(versions):
    """One line an environment, each with its counts."""
    results = [
        versions.Result("oldest 3.235.0", "3.11.7", 300, 0, 61.4),
        versions.Result("newest 3.272.0", "3.13.0", 300, 2, 59.6),
        versions.Result("middle", "3.12.1", note="CANNOT BE INSTALLED"),
    ]

    assert versions.table(results).splitlines() == [
        "SDK             Python  passed  failed  seconds",
        "oldest 3.235.0  3.11.7  300     0       61",
        "newest 3.272.0  3.13.0  298     2       60       FAILED",
        "middle          3.12.1  0       0       0        CANNOT BE INSTALLED",
    ]


def test_an_unknown_sdk_is_refused(versions, monkeypatch, capsys):
    """A name that does not exist runs nothing."""
    monkeypatch.setattr(sys, "argv", ["versions", "oldst"])

    with pytest.raises(SystemExit) as ended:
        versions.read_arguments()

    assert ended.value.code == 2
    assert "no SDK is called oldst: oldest, middle, newest" in capsys.readouterr().err
