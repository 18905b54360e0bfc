"""Fixtures of the engine tests: an emulator on a socket, and a stack that asks it."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from languages import (
    Go,
    Language,
    Native,
    Python,
    TypeScript,
    Yaml,
    require,
    require_plugin,
)
from stack import EmptyStacks, Stack, require_engine

from pulumi_alicloud_mediaconvert.emulator import Emulator
from pulumi_alicloud_mediaconvert.hosts.dynamic.program import reads_by_id

# Older SDKs cannot serve `MediaConvertJob.get`, newer ones do not refuse it.
collect_ignore = ["test_get_refused.py" if reads_by_id() else "test_get.py"]


@pytest.fixture(scope="session")
def home(tmp_path_factory) -> Path:
    """The engine's own folder, shared by the tests of one process."""
    require_engine()
    folder: Path = tmp_path_factory.mktemp("home")
    return folder


@pytest.fixture(scope="session")
def empty_stacks(tmp_path_factory, home) -> EmptyStacks:
    """What `pulumi stack init` has made, for the tests of one process."""
    return EmptyStacks(tmp_path_factory.mktemp("empty"), home)


@pytest.fixture
def key_material() -> dict[str, str]:
    """An access key that is like no other text, so that a search finds its leaks."""
    return {
        "id": f"LTAI{secrets.token_hex(8)}",
        "secret": secrets.token_hex(15),
        "token": secrets.token_hex(30),
    }


@pytest.fixture
def emulator(key_material) -> Iterator[Emulator]:
    """The API on a socket; anything that no correct client asks fails the test."""
    with Emulator(
        access_key_id=key_material["id"], access_key_secret=key_material["secret"]
    ) as api:
        yield api
        assert not api.unexpected


@pytest.fixture
def backend(tmp_path) -> Path:
    """The folder that holds the states of a test's stacks."""
    folder: Path = tmp_path / "backend"
    folder.mkdir()
    return folder


@pytest.fixture
def make_stack(tmp_path, empty_stacks, backend, emulator, key_material):
    """Make stacks; in the end everything they left is searched for the key."""
    made: list[Stack] = []
    home = empty_stacks.home

    def make(
        name: str = "test", project: str = "gate", language: Language | None = None
    ) -> Stack:
        folder = tmp_path / f"{project}-{name}"
        folder.mkdir()
        (folder / "Pulumi.yaml").write_text(f"name: {project}\nruntime: python\n")
        stack = Stack(
            folder,
            backend,
            home,
            name,
            {
                "ALIBABA_CLOUD_ACCESS_KEY_ID": key_material["id"],
                "ALIBABA_CLOUD_ACCESS_KEY_SECRET": key_material["secret"],
                "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true",
            },
            language=language or Python(),
        )
        empty_stacks.make(stack)
        with (folder / f"Pulumi.{name}.yaml").open("a") as config:
            config.write(
                "config:\n"
                "  mediaconvert:region: cn-shanghai\n"
                f"  mediaconvert:endpoint: {emulator.url}\n"
                '  mediaconvert:waitPollMin: "200ms"\n'
                '  mediaconvert:waitPollMax: "500ms"\n'
            )
        made.append(stack)
        return stack

    yield make

    hidden = [key_material["secret"], key_material["token"]]
    for text in (text for stack in made for text in stack.printed):
        assert not [secret for secret in hidden if secret in text]
    # Checkpoints, event logs and configuration, and what the engine itself logs.
    for path in [*tmp_path.rglob("*"), *home.rglob("*")]:
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            assert not [one for one in hidden if one.encode() in content], path


@pytest.fixture
def stack(make_stack) -> Stack:
    """One stack."""
    made: Stack = make_stack()
    return made


@pytest.fixture(scope="session")
def plugin() -> Path:
    """The folder of the native plugin, as this checkout has it."""
    return require_plugin(Path(sys.executable).parent)


@pytest.fixture(scope="session")
def yaml(plugin) -> Yaml:
    """Pulumi YAML, with the native plugin."""
    require("pulumi-language-yaml")
    return Yaml(plugin)


@pytest.fixture(scope="session")
def typescript(plugin, deliveries) -> TypeScript:
    """TypeScript, with the native plugin and its SDK."""
    require("pulumi-language-nodejs", "node")
    return TypeScript(plugin, deliveries.sdks() / "node_modules")


@pytest.fixture(scope="session")
def go(plugin, deliveries) -> Go:
    """Go, with the native plugin and its SDK."""
    require("pulumi-language-go", "go")
    return Go(plugin, deliveries.sdks() / "go" / "mediaconvert")


@pytest.fixture(params=["yaml", "typescript", "go"])
def language(request) -> Native:
    """Each language that uses the native plugin."""
    found: Native = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def yaml_stack(make_stack, yaml) -> Stack:
    """A stack of a YAML program that uses the native plugin."""
    made: Stack = make_stack(language=yaml)
    return made


@pytest.fixture(params=["dynamic", "native"])
def host_stack(request, make_stack) -> Stack:
    """A stack of each host: Python has the dynamic provider, YAML the plugin."""
    is_native = request.param == "native"
    language = request.getfixturevalue("yaml") if is_native else Python()
    made: Stack = make_stack(language=language)
    return made


@pytest.fixture
def native_stack(make_stack, language) -> Stack:
    """A stack of each language that uses the native plugin."""
    made: Stack = make_stack(language=language)
    return made
