"""Run the tests with the oldest, a middle and the newest supported Pulumi SDK.

`oldest` installs the lower bounds of pyproject.toml, `newest` the newest versions it
allows, each on the oldest and on the newest Python that pyproject.toml names. Arguments
behind `--` go to pytest.
"""

from __future__ import annotations

import nox

nox.options.default_venv_backend = "venv"

PYTHONS = nox.project.python_versions(nox.project.load_toml("pyproject.toml"))
OLDEST, MIDDLE, NEWEST = PYTHONS[0], PYTHONS[len(PYTHONS) // 2], PYTHONS[-1]
# One of the locked packages comes as source only; its build has to use what is locked.
BUILD_LOCK = "scripts/locks/setuptools.lock"
# What no program of an engine test may find among its packages.
BESIDE_LOCK = "scripts/locks/beside.lock"
# What asks for older versions than a lock file has.
POLICY_LOCK = "scripts/locks/policy.lock"
LOCKS = {
    "oldest": "scripts/locks/oldest.lock",
    "middle": "scripts/locks/middle.lock",
    "newest": "requirements.lock",
}
# It runs scripts/demo, which takes .venv whatever environment asks for it.
ELSEWHERE = "tests/engine/test_demo.py"


@nox.session
@nox.parametrize(
    ("python", "sdk"),
    [
        nox.param(python, sdk, id=f"{sdk}-{python}")
        for sdk, python in (
            ("oldest", OLDEST),
            ("oldest", NEWEST),
            ("middle", MIDDLE),
            ("newest", OLDEST),
            ("newest", NEWEST),
        )
    ],
)
def tests(session: nox.Session, sdk: str) -> None:
    """Install what a lock file names, and this checkout, and run the tests."""
    session.install("--require-hashes", "-r", BUILD_LOCK)
    session.install("--require-hashes", "--no-build-isolation", "-r", LOCKS[sdk])
    for folder, lock in (("beside", BESIDE_LOCK), ("policy", POLICY_LOCK)):
        apart = ("--no-deps", "--target", f"{session.virtualenv.location}/{folder}")
        session.install("--require-hashes", *apart, "-r", lock)
    session.install("--no-deps", "--no-build-isolation", "-e", ".")
    spread = ["-n", "4", "--maxschedchunk", "2"]
    chosen = [f"--ignore={ELSEWHERE}", "-p", "no:cacheprovider"]
    session.run("pytest", "-q", *chosen, *(session.posargs or spread))
