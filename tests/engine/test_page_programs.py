"""The programs that pages show in YAML, TypeScript and Go, with the native plugin.

Those in YAML run, as a reader runs them. Those in TypeScript and Go are compiled, all
of a language at once; `test_native_languages.py` runs programs in all three.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import subprocess

import pytest
from languages import EXAMPLES, Go, TypeScript, Yaml, put_project
from programs import JOB_ID

from page_sessions import add_jobs
from pages import BLOCKS, Block, is_program


def shown_in(language: str) -> list[Block]:
    """List the programs that pages show in a language."""
    found = [one for one in BLOCKS if one.language == language and one.is_run]
    return [one for one in found if language != "yaml" or is_program(one)]


def name_of(block: Block) -> str:
    """Name a file after a block, so that an error says where it stands."""
    return re.sub(r"\W+", "-", str(block))


@pytest.fixture
def second_account(tmp_path_factory, emulator):
    """A home with the profile of another account, whose key the API knows."""
    key, secret = f"LTAI{secrets.token_hex(8)}", secrets.token_hex(15)
    emulator.add_credentials(key, secret)
    profile = {
        "name": "second-account",
        "mode": "AK",
        "access_key_id": key,
        "access_key_secret": secret,
    }
    home = tmp_path_factory.mktemp("account")
    (home / ".aliyun").mkdir()
    (home / ".aliyun" / "config.json").write_text(json.dumps({"profiles": [profile]}))
    return home


@pytest.mark.parametrize("block", shown_in("yaml"), ids=str)
def test_a_yaml_program_of_a_page_does_what_the_page_says(
    make_stack, yaml: Yaml, emulator, second_account, block: Block
):
    """The plugin takes every name that is shown; each job passes, or is stopped."""
    add_jobs(emulator, block.text)
    emulator.add_job(JOB_ID)
    name, runtime, body = block.text.split("\n", 2)
    assert runtime == "runtime: yaml"
    stack = make_stack(project=name.removeprefix("name: "), language=yaml)
    # An explicit provider does not have the configuration of the stack.
    stack.variables["ALIBABA_CLOUD_ICE_ENDPOINT"] = emulator.url
    stack.variables["HOME"] = str(second_account)
    stack.program(body)
    stack.configure("jobId", JOB_ID)

    run = stack.up()

    stops = block.marks.get("stops")
    assert bool(run.code) is bool(stops), run.text
    assert (stops or "") in run.text


def test_the_typescript_programs_of_pages_compile(tmp_path, typescript: TypeScript):
    """The SDK for Node.js has every name and type that a page shows."""
    (tmp_path / "node_modules").symlink_to(typescript.packages)
    files = [f"{name_of(one)}.ts" for one in shown_in("typescript")]
    for file, block in zip(files, shown_in("typescript"), strict=True):
        (tmp_path / file).write_text(block.text)
    settings = {
        "extends": str(EXAMPLES / "typescript-gate" / "tsconfig.json"),
        "compilerOptions": {"noEmit": True, "typeRoots": ["node_modules/@types"]},
        "files": files,
    }
    (tmp_path / "tsconfig.json").write_text(json.dumps(settings))

    done = subprocess.run(
        ["node", "node_modules/typescript/bin/tsc", "--project", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout
    assert files


def test_the_go_programs_of_pages_compile(tmp_path, go: Go):
    """The SDK for Go has every name and type that a page shows."""
    put_project(tmp_path, "pages", "go")
    for name in ("go.mod", "go.sum"):
        shutil.copy(EXAMPLES / "go-gate" / name, tmp_path)
    go.prepare(tmp_path)
    for block in shown_in("go"):
        folder = tmp_path / name_of(block)
        folder.mkdir()
        # As a library it is compiled alike, and nothing is linked.
        assert block.text.startswith("package main\n")
        (folder / "main.go").write_text(block.text.replace("main", "shown", 1))

    done = subprocess.run(
        ["go", "build", "./..."],
        cwd=tmp_path,
        env={**os.environ, **go.variables},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert shown_in("go")
