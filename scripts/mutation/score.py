"""Score the tests of a module by mutation, with mutmut.

mutmut breaks one thing a time in a copy of a function (a comparison, a number, a text,
an argument) and runs the tests that call the function, in a process where all is
imported already. Of a function that runs at import, what survives is run again in one
that imports the package anew. Left out are tables, class bodies, functions below
another decorator than `staticmethod` or `classmethod`, and the `strict` of a `zip`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = "pulumi_alicloud_mediaconvert"
# Which tests hold a module: those of its concern, without the engine.
FIELDS = "conformance fields"
EXPECTED = "verifier conformance finding_texts"
REQUESTED = (
    "as_requested_rules as_requested_skips derived requested_pairs conformance"
    " output_names"
)
LIFECYCLE = (
    "stored_state gate gate_result lifecycle_waits lifecycle_gone lifecycle_seen diff"
)
CLIENT = "client client_faults client_limits client_messages client_network errors"
CALLS = f"{CLIENT} endpoints list_responses"
KEYS = (
    "credentials credential_profiles credential_chain renewed_credentials settings"
    " errors"
)
STREAMS = "stream_assignment"
RULES = "rules rules_without_answer conformance"
TESTS: Mapping[str, str] = {
    "verification/verifier": f"report {EXPECTED} {STREAMS} {RULES} {REQUESTED}",
    "verification/totals": EXPECTED,
    "verification/work_budget": "work evaluation",
    "verification/defaults": f"defaults {EXPECTED}",
    "verification/verify_answer": "checks conformance",
    "verification/evaluation": "evaluation evaluation_logic value_types"
    f" {RULES} {FIELDS}",
    "expect/matchers": "matchers evaluation refused_expectations validation_messages"
    " json_schema",
    "expect/value_types": f"value_types matchers {RULES} {FIELDS}",
    "expect/matcher_validation": "matchers evaluation value_types refused_expectations",
    "expect/value_parsers": f"value_types matchers {FIELDS}",
    "expect/aliases": "aliases value_types",
    "verification/media_facts": f"{STREAMS} {FIELDS}",
    "verification/statuses": f"status_job_codes {EXPECTED}",
    "verification/selection": f"candidates {EXPECTED}",
    "verification/candidates": f"candidates {EXPECTED}",
    "verification/output_statuses": EXPECTED,
    "verification/streams": f"{STREAMS} {FIELDS}",
    "api/pairing": f"pairing conformance {REQUESTED}",
    "verification/locations": f"redaction {RULES} {EXPECTED}",
    "verification/findings": f"finding_texts report {RULES} {EXPECTED}",
    "verification/constraint_words": f"constraint_words report {FIELDS} {EXPECTED}",
    "verification/render": f"finding_texts redaction tables report {RULES} {EXPECTED}",
    "verification/stored_report": f"redaction secret_inputs {RULES} stored_state",
    "verification/rules": RULES,
    "expect/query_validation": f"{RULES} refused_expectations",
    "verification/jmespath_sandbox": f"jmespath_sandbox {RULES}",
    "verification/derived": REQUESTED,
    "as_requested/derive": REQUESTED,
    "as_requested/skip_reasons": REQUESTED,
    "as_requested/request": REQUESTED,
    "as_requested/rules": REQUESTED,
    "expect/expected_media": "refused_expectations json_schema validation_messages"
    f" {FIELDS}",
    "expect/expectations": "refused_expectations loader_refusals validation_messages"
    f" json_schema {RULES} {EXPECTED}",
    "verification/job_facts": "facts_digest outputs functions",
    "lifecycle/gate": "gate",
    "lifecycle/stored_state": LIFECYCLE,
    "lifecycle/gate_result": f"{LIFECYCLE} job_set provider_calls",
    "api/client": CALLS,
    "api/connection_pool": f"connection_pool {CLIENT}",
    "api/retrying": f"client_sleep {CLIENT}",
    "api/rate_limiter": f"rate_limiter {CLIENT}",
    "api/responses": f"responses {CLIENT}",
    "api/list_responses": f"list_responses {CLIENT}",
    "error_codes": f"error_codes {CLIENT}",
    "api/failures": CLIENT,
    "api/error_responses": CLIENT,
    "api/signing": f"signing emulator_signatures {CLIENT}",
    "access/settings": f"{KEYS} endpoints",
    "access/endpoints": "endpoints settings",
    "access/credentials": KEYS,
    "access/credential_resolver": KEYS,
    "access/credential_chain": f"{KEYS} credential_sources credential_reasons",
    "access/alibabacloud_chain": f"{KEYS} credential_sources short_lived_tokens",
    "access/alibabacloud_failures": "credential_reasons credential_sources",
    "access/profile_files": "credential_reasons credential_profiles",
    "access/external_command": "credential_reasons credential_sources",
    "api/proxies": "proxies client",
    "expect/yaml_nodes": "loader_refusals loader",
    "schema/unknown_keys": "unread_keys",
    "waiting/waiter": "waiter waiter_progress waiter_sleep lifecycle_waits"
    " lifecycle_seen",
    "waiting/wait_state": "wait_state waiter waiter_progress",
    "waiting/poll_interval": "poll_interval waiter",
}
# The tables are to hold the code, not the chance of a property; they are quicker, too.
# The server that workers are forked from has run no test: its caches are empty.
SETTINGS = """\
[mutmut]
source_paths=src
only_mutate=src/{package}/{module}.py
pytest_add_cli_args=
    -p
    no:cacheprovider
    -p
    mutation.plugin
    -m
    not hypothesis
pytest_add_cli_args_test_selection=
    {tests}
process_isolation=forkserver
forkserver_warmup={warmup}
preload_modules_file=preload.txt
timeout_multiplier=5
timeout_constant=10
use_git_change_detection=false
"""
# What every worker of the second run has imported: not the package, nor what brings
# a plugin of pytest, which pytest has to be the first to import.
PRELOADED = """\
jmespath
langcodes
pulumi.dynamic
pydantic.json_schema
pydantic.main
pytest
re2
ruamel.yaml
"""
# What is locked stands before what the tool brings.
MUTMUT = """\
import json, site, sys
site.addsitedir(sys.argv[1])
from mutmut.__main__ import cli
for command in json.loads(sys.argv[2]):
    cli(command, standalone_mode=False)
"""
# A test failed, pytest did, or the package could not be imported.
KILLED = {1, 3, 255}
# The tests went on for more than five times as long, and ten seconds.
HUNG = {-24, 24, 36, 152}


def lay_out(folder: Path) -> None:
    """Copy what a run needs: mutmut knows a package below `src`, ours is not there."""
    shutil.copytree(ROOT / "provider" / PACKAGE, folder / "src" / PACKAGE)
    shutil.copytree(ROOT / "tests", folder / "tests")
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "preload.txt").write_text(PRELOADED)


def configure(folder: Path, module: str, warmup: str) -> None:
    """Tell mutmut what to break, and which tests are to see it."""
    names = dict.fromkeys(TESTS[module].split())
    tests = [f"tests/test_{name}.py" for name in names]
    if missing := [test for test in tests if not (ROOT / test).is_file()]:
        sys.exit(f"mutate: no {', '.join(missing)}: correct TESTS in {__file__}")
    stated = SETTINGS.format(
        package=PACKAGE, module=module, tests="\n    ".join(tests), warmup=warmup
    )
    (folder / "setup.cfg").write_text(stated)


def mutmut(tool: str, folder: Path, *commands: Sequence[str]) -> str:
    """Run commands of mutmut in a folder and return what they printed."""
    done = subprocess.run(  # the tool that was just installed
        [sys.executable, "-c", MUTMUT, tool, json.dumps(commands)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"mutate: mutmut failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout


def fates(folder: Path, module: str) -> dict[str, int]:
    """Return the exit code of the tests for each mutant."""
    found = folder / "mutants" / "src" / PACKAGE / f"{module}.py.meta"
    codes: dict[str, int] = json.loads(found.read_text())["exit_code_by_key"]
    return codes


def alive(codes: Mapping[str, int]) -> list[str]:
    """Name the mutants that no test fails for or hangs at."""
    return [name for name, code in codes.items() if code not in KILLED | HUNG]


def function_of(mutant: str) -> str:
    """Return mutmut's name of the function that a mutant is one of."""
    return mutant.partition("__mutmut_")[0]


def at_import(folder: Path) -> set[str]:
    """Name the functions that run at import, as the plugin has found."""
    found = folder / "mutants" / "at-import.txt"
    return set(found.read_text("utf-8").split()) if found.is_file() else set()


def score(tool: str, module: str, workers: int) -> Iterator[str]:
    """Yield the lines of a module's report: the score, then every survivor."""
    started = time.monotonic()
    run = ["run", "--max-children", str(workers)]
    with tempfile.TemporaryDirectory(prefix="mutate-") as made:
        folder = Path(made)
        lay_out(folder)
        configure(folder, module, "collect")
        mutmut(tool, folder, run)
        again = [
            one
            for one in alive(fates(folder, module))
            if function_of(one) in at_import(folder)
        ]
        if again:
            configure(folder, module, "import")
            mutmut(tool, folder, [*run, *again])
        codes = fates(folder, module)
        shown = mutmut(tool, folder, *(["show", name] for name in alive(codes)))
    survivors = changes(shown)
    lasting = {name: lines for name, lines in survivors.items() if not is_idle(lines)}
    count = len(codes) - len(survivors) + len(lasting)
    killed = count - len(lasting)
    share = 100 * killed / count if count else 100
    seconds = time.monotonic() - started
    hung = sum(code in HUNG for code in codes.values())
    ends = f"{hung} by hanging, " if hung else ""
    yield f"{module}: {killed} of {count}, {share:.1f} %, {ends}{seconds:.0f} s"
    for name, lines in lasting.items():
        yield f"  {name}"
        yield from (f"    {line}" for line in lines)


def changes(shown: str) -> dict[str, list[str]]:
    """Return the lines that each mutant changes, by its name and fate."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in shown.splitlines():
        if line.startswith("# "):
            lines = found.setdefault(line.removeprefix(f"# {PACKAGE}."), [])
        elif line.startswith(("-", "+")) and not line.startswith(("---", "+++")):
            lines.append(line)
    return found


def is_idle(lines: Sequence[str]) -> bool:
    """Whether a mutant changes nothing but the `strict` of a `zip`.

    That one asserts what holds by construction, so that no test can see it go.
    """
    before, after = (
        "".join(
            re.sub(r"\s|strict=\w+", "", one[1:]) for one in lines if one[0] == sign
        )
        for sign in "-+"
    )
    return before == after


def main(arguments: Sequence[str]) -> None:
    """Print the report of each module, one after the other."""
    parser = argparse.ArgumentParser(prog="scripts/mutate", description=__doc__)
    parser.add_argument("tool", help=argparse.SUPPRESS)
    parser.add_argument("modules", nargs="*", metavar="MODULE", default=list(TESTS))
    parser.add_argument("--workers", type=int, default=1)
    stated = parser.parse_intermixed_args(arguments)
    if unknown := [name for name in stated.modules if name not in TESTS]:
        parser.error(f"no tests are named for {', '.join(unknown)}")
    for module in stated.modules:
        for line in score(stated.tool, module, stated.workers):
            print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
