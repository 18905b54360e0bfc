"""The YAML programs that pages show run with the native plugin."""

from __future__ import annotations

import json
import secrets

import pytest
from languages import Yaml
from programs import JOB_ID

from page_sessions import add_jobs
from pages import BLOCKS, Block, is_program


def shown_in(language: str) -> list[Block]:
    """List the programs that pages show in a language."""
    found = [one for one in BLOCKS if one.language == language and one.is_run]
    return [one for one in found if language != "yaml" or is_program(one)]


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
