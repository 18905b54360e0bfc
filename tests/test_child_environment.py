"""A command that prints keys runs as in the user's shell, whatever host runs it."""

from __future__ import annotations

import json
import os
import shlex
import sys

import pytest

from credentials import no_credentials
from pulumi_alicloud_mediaconvert.access.child_environment import cleaned
from pulumi_alicloud_mediaconvert.access.credential_chain import (
    CLI_PROFILES,
    SourcesReader,
    default_chain,
)

BUNDLE = "/plugins/_internal"
OF_THE_USER = {"PATH": "/usr/bin", "HOME": "/home/me", "PULUMI_HOME": "/home/me/p"}
OF_THE_ENGINE = {
    "PULUMI_CONFIG": '{"mediaconvert:secretKey": "hidden"}',
    "PULUMI_CONFIG_SECRET_KEYS": '["mediaconvert:secretKey"]',
}
OF_THE_LOADER = {
    "LD_LIBRARY_PATH": BUNDLE,
    "_PYI_ARCHIVE_FILE": "/plugins/pulumi-resource-mediaconvert",
    "_PYI_PARENT_PROCESS_LEVEL": "1",
}

CASES = {
    "from the archive": (
        OF_THE_USER | OF_THE_ENGINE | OF_THE_LOADER,
        BUNDLE,
        OF_THE_USER,
    ),
    "from the archive, with libraries of the user": (
        OF_THE_USER | OF_THE_LOADER | {"LD_LIBRARY_PATH_ORIG": "/opt/lib"},
        BUNDLE,
        OF_THE_USER | {"LD_LIBRARY_PATH": "/opt/lib"},
    ),
    "from the archive, with libraries that the user has set since": (
        OF_THE_USER | {"LD_LIBRARY_PATH": "/opt/lib"},
        BUNDLE,
        OF_THE_USER | {"LD_LIBRARY_PATH": "/opt/lib"},
    ),
    "from the archive, with an empty list of the user": (
        OF_THE_USER | OF_THE_LOADER | {"LD_LIBRARY_PATH_ORIG": ""},
        BUNDLE,
        OF_THE_USER | {"LD_LIBRARY_PATH": ""},
    ),
    # What another program has set is not ours to change.
    "by Python": (
        OF_THE_USER | OF_THE_ENGINE | OF_THE_LOADER | {"LD_LIBRARY_PATH_ORIG": "/x"},
        None,
        OF_THE_USER | OF_THE_LOADER | {"LD_LIBRARY_PATH_ORIG": "/x"},
    ),
}


@pytest.mark.parametrize(("own", "bundle", "child"), CASES.values(), ids=CASES)
def test_a_child_gets_what_the_user_has(own, bundle, child):
    """Neither the stack's configuration, nor what the archive's loader has set."""
    assert cleaned(own, bundle) == child


def test_a_command_of_a_profile_does_not_see_the_configuration(tmp_path, monkeypatch):
    """Its secrets are in clear there; the rest of the environment is as it was."""
    for name, value in (OF_THE_ENGINE | {"VAULT": "here"}).items():
        monkeypatch.setenv(name, value)
    seen = tmp_path / "seen.json"
    code = (
        "import json, os, sys; json.dump(dict(os.environ), open(sys.argv[1], 'w'));"
        'print(\'{"access_key_id": "x", "access_key_secret": "y"}\')'
    )
    command = shlex.join([sys.executable, "-c", code, str(seen)])
    file = tmp_path / CLI_PROFILES
    file.parent.mkdir()
    profile = {"name": "ci", "mode": "External", "process_command": command}
    file.write_text(json.dumps({"current": "ci", "profiles": [profile]}))
    environ = {"ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true", "HOME": str(tmp_path)}

    SourcesReader(lambda: default_chain(environ), no_credentials).read()

    got = json.loads(seen.read_text())
    assert {*os.environ} - {*got} == {*OF_THE_ENGINE}
    assert got["VAULT"] == "here"
