"""Rules about the package as a whole, each held by reading its source."""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import pulumi_alicloud_mediaconvert as package
from pulumi_alicloud_mediaconvert import errors

NAME = package.__name__
FOLDER = Path(package.__file__).parent
ROOT = Path(__file__).parent.parent

# A module imports only from those above it: packages of the package in their order,
# and the modules of each in theirs.
LAYERS = [
    ("", "errors clock quoting codes input_names"),
    ("access", "credentials official chain sources endpoints settings"),
    (
        "api",
        (
            "cleaning readers models pairing answers signing failures refusals"
            " job_answers wire_log proxies connections listed_jobs traffic calls client"
        ),
    ),
    ("requested", "sections video media requests"),
    ("waiting", "course pace waiter sweeps watch"),
    (
        "expect",
        (
            "aliases readings kinds demand_checks matchers expected_media queries"
            " expectations problems expectation_schema expect_args documents"
        ),
    ),
    (
        "verification",
        (
            "facts hints report judging media places statuses among selection"
            " tolerance streams bounded_queries rules as_requested verifier"
        ),
    ),
    ("fitting", "values streams files outputs searches places jobs"),
    ("border", "wait_args schema set_schema checks outputs lifted secrecy"),
    ("reports", "facts parts tables junit markdown renderings"),
    ("lifecycle", "stored settling set_verdicts lifecycle job_set preview"),
    (
        "plugin",
        (
            "program serving_pool engine live_row lifeline loop voice plugin"
            " serving set_serving"
        ),
    ),
    (
        "",
        (
            "provider set_provider provider_resource resource set_resource"
            " functions gate_mocks pytest_plugin"
        ),
    ),
    (
        "cli",
        (
            "stored_answers starter job_tables exit_codes words jobs progress"
            " results commands options app main"
        ),
    ),
]
ORDER = [
    f"{layer}.{module}".lstrip(".")
    for layer, modules in LAYERS
    for module in modules.split()
]
# What knows of Pulumi, and what of HTTP: all else must do without.
PULUMI_MODULES = {
    "expect.expect_args",
    "border.wait_args",
    "border.outputs",
    "border.lifted",
    "plugin.engine",
    "plugin.live_row",
    "plugin.program",
    "plugin.serving",
    "plugin.set_serving",
    "provider",
    "provider_resource",
    "resource",
    "set_resource",
    "functions",
    "gate_mocks",
}
HTTP_MODULES = {
    "api.client",
    "api.connections",
    "api.proxies",
    "api.failures",
    "api.refusals",
    "api.job_answers",
    "api.signing",
    "api.wire_log",
}
# What serves the emulator: all else must do without, since it needs an extra.
EMULATOR_MODULES = {"cli.app", "pytest_plugin"}
MODULES = sorted(
    ".".join(path.relative_to(FOLDER).with_suffix("").parts)
    for path in FOLDER.rglob("*.py")
    if path.stem != "__init__" and path.parent != FOLDER / "emulator"
)
EMULATOR_FILES = sorted((FOLDER / "emulator").glob("*.py"))
# Where the emulator asks the package what a job has to deliver to pass.
DOOR = "expected"


def imports_of(path: Path, *, typing_too: bool = False) -> Iterator[str]:
    """Name what a file imports, without what only a type checker sees."""
    waiting: list[ast.AST] = [ast.parse(path.read_text("utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield str(node.module)
            # `from package import module` imports the module too.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif not typing_too and isinstance(node, ast.If) and _is_for_typing(node.test):
            waiting += node.orelse
        else:
            waiting += ast.iter_child_nodes(node)


def _is_for_typing(test: ast.expr) -> bool:
    return ast.unparse(test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}


def path_of(module: str) -> Path:
    """Return the file of a module of the package."""
    return FOLDER.joinpath(*module.split(".")).with_suffix(".py")


def neighbours_of(module: str) -> set[str]:
    """Name the modules of the package that a module imports."""
    imported = {
        name.removeprefix(f"{NAME}.")
        for name in imports_of(path_of(module))
        if name.startswith(f"{NAME}.")
    }
    if any(name.partition(".")[0] == "emulator" for name in imported):
        imported.add("emulator")
    return imported & {*MODULES, "emulator"}


def libraries_of(path: Path) -> set[str]:
    """Name the top packages that a file imports."""
    return {name.partition(".")[0] for name in imports_of(path, typing_too=True)}


def test_every_module_has_its_place_in_the_order():
    """A new module says where it stands."""
    assert sorted(ORDER) == MODULES


@pytest.mark.parametrize("module", ORDER)
def test_a_module_imports_only_from_those_above_it(module):
    """Imports go one way, so that there are no cycles."""
    above = set(ORDER[: ORDER.index(module)])
    if module in EMULATOR_MODULES:
        above.add("emulator")

    assert neighbours_of(module) <= above


@pytest.mark.parametrize("module", MODULES)
def test_only_the_border_knows_pulumi(module):
    """What a job is and what becomes of it can be used without the engine."""
    knows = libraries_of(path_of(module)) & {"pulumi", "grpc"}

    assert not knows or module in PULUMI_MODULES


@pytest.mark.parametrize("module", MODULES)
def test_only_the_client_and_what_serves_it_know_http(module):
    """Waiting, verifying and the engine see jobs and errors, never an answer."""
    knows = libraries_of(path_of(module)) & {"httpx", "tenacity"}

    assert not knows or module in HTTP_MODULES


@pytest.mark.parametrize(
    ("allowed", "libraries"),
    [
        pytest.param(PULUMI_MODULES, {"pulumi", "grpc"}, id="pulumi"),
        pytest.param(HTTP_MODULES, {"httpx", "tenacity"}, id="http"),
    ],
)
def test_whoever_may_know_a_library_needs_it(allowed, libraries):
    """The lists of this file name nobody who does not need to be there."""
    idle = {
        module for module in allowed if not libraries_of(path_of(module)) & libraries
    }

    assert not idle


@pytest.mark.parametrize("path", EMULATOR_FILES, ids=lambda path: path.stem)
def test_the_emulator_imports_nothing_of_the_rest(path):
    """A mistake of the package must not be repeated by what it is tested against."""
    ours = {name for name in imports_of(path, typing_too=True) if name.startswith(NAME)}
    foreign = {name for name in ours if not name.startswith(f"{NAME}.emulator")}

    assert bool(foreign) is (path.stem == DOOR)


def test_the_emulator_needs_nothing_of_the_rest_until_it_is_asked():
    """Who scripts jobs by hand runs none of the code that is tested against them."""
    program = (
        f"import sys; from {NAME}.emulator import Emulator; Emulator().add_job('a');"
        f"print(*(name for name in sys.modules if name.startswith('{NAME}.')))"
    )
    loaded = printed_by(program)

    assert loaded
    assert all(name.startswith(f"{NAME}.emulator") for name in loaded)


def test_the_public_names_are_sorted():
    """A reader finds a name where it belongs."""
    assert package.__all__ == sorted(package.__all__)


def test_all_that_is_imported_is_public_and_nothing_else_is():
    """`__all__` names exactly what the package offers, typing aside."""
    for name in package.__all__:
        assert getattr(package, name)
    offered = {
        name
        for name, value in vars(package).items()
        if not name.startswith("_") and not inspect.ismodule(value)
    }

    assert set(package.__all__) == offered - {"Any", "TYPE_CHECKING", "import_module"}


def test_the_public_errors_are_those_of_the_tree():
    """Whatever a user can meet has a public name, and nothing else has."""
    assert {*exceptions()} & {*package.__all__} == {*tree()}


@pytest.mark.parametrize("name", package.__all__)
def test_every_public_name_explains_itself(name):
    """What the package offers has a docstring of its own."""
    public = getattr(package, name)

    assert public.__module__.startswith(NAME)
    assert (public.__doc__ or "").strip()


def exceptions() -> dict[str, type[Exception]]:
    """Return the exception classes that `errors` defines."""
    return {
        name: value
        for name, value in inspect.getmembers(errors, inspect.isclass)
        if issubclass(value, Exception) and value.__module__ == errors.__name__
    }


def tree() -> dict[str, str | None]:
    """Read the docstring of `errors`: each class with the one it stands below."""
    parents: dict[str, str | None] = {}
    path: list[tuple[int, str]] = []
    doc = errors.__doc__ or ""
    for indent, name in re.findall(r"^( *)[*x+-] (\w+)$", doc, re.MULTILINE):
        path = [(depth, above) for depth, above in path if depth < len(indent)]
        parents[name] = path[-1][1] if path else None
        path.append((len(indent), name))
    return parents


def test_the_tree_of_errors_is_the_one_in_its_docstring():
    """Every public exception stands in the module's docstring below its base."""
    bases: dict[str, str | None] = {
        name: one.__base__.__name__ if one.__base__ else None
        for name, one in exceptions().items()
        if name in package.__all__
    }

    assert tree() == bases | {"ProviderError": None}


@pytest.mark.parametrize(
    "library",
    ["starlette", "uvicorn", "alibabacloud_credentials", "alibabacloud_tea_openapi"],
)
def test_importing_the_package_is_cheap(library):
    """What only some need is not imported before they need it."""
    loaded = loaded_by(f"from {NAME} import *")

    assert f"{NAME}.resource" in loaded
    assert not [name for name in loaded if re.match(rf"{library}(\.|$)", name)]


DECLARES = """
import pulumi
from pulumi_alicloud_mediaconvert import MediaConvertJob, MediaConvertJobSet

class Mocks(pulumi.runtime.Mocks):
    def new_resource(self, args):
        return args.name, args.inputs
    def call(self, args):
        return {}

pulumi.runtime.set_mocks(Mocks())

async def declare():
    expect = {"outputs": [{"name": "720P-mp4", "video": {"width": 1280}}]}
    job = MediaConvertJob("job", job_id="0a1b", region="cn-shanghai", expect=expect)
    MediaConvertJobSet("jobs", job_ids=["0a1b"], region="cn-shanghai")
    assert await job.job_id.future() == "0a1b"

pulumi.runtime.test(declare)()
"""


@pytest.mark.parametrize("library", ["httpx", "pydantic", "tenacity", "ruamel", "re2"])
def test_a_program_that_declares_jobs_imports_nothing_that_checks_them(library):
    """Checking, asking and verifying are imported where the plugin serves."""
    loaded = loaded_by(DECLARES)

    assert f"{NAME}.set_resource" in loaded
    assert not [name for name in loaded if re.match(rf"{library}(\.|$)", name)]


GATES = """
from pulumi_alicloud_mediaconvert.border.checks import check_inputs
from pulumi_alicloud_mediaconvert.expect.expectations import Expectations
from pulumi_alicloud_mediaconvert.api.models import Job
from pulumi_alicloud_mediaconvert.border.schema import JobInputs
from pulumi_alicloud_mediaconvert.verification.verifier import verify

stated = {{"job_id": "0a1b", "region": "cn-shanghai", "expect": {expect}}}
checked = check_inputs(stated, {{}}, lambda _: False)
inputs = JobInputs.model_validate(checked.inputs)
assert verify(Job(state="Success"), inputs.expect).verdict
print(Expectations.__pydantic_complete__)
"""


@pytest.mark.parametrize(("expect", "is_built"), [(None, "False"), ({}, "True")])
def test_a_gate_that_states_nothing_builds_no_expectations(expect, is_built):
    """Who demands success alone does not wait for a language to be built."""
    assert printed_by(GATES.format(expect=expect)) == [is_built]


@functools.cache
def loaded_by(program: str) -> frozenset[str]:
    """Run a program in a process of its own and list the modules that it loads."""
    return frozenset(printed_by(f"import sys\n{program}\nprint(*sys.modules)"))


def printed_by(program: str) -> list[str]:
    """Run a program in a process of its own and return the words that it prints."""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return done.stdout.split()


@pytest.mark.parametrize("module", MODULES)
def test_every_module_says_what_it_is_for(module):
    """A module begins with one sentence that a newcomer understands."""
    doc = importlib.import_module(f"{NAME}.{module}").__doc__ or ""

    first, *_ = doc.split("\n\n")
    assert first.strip().endswith((".", ":"))


def test_the_pages_name_every_package_in_the_order_of_imports():
    """A newcomer finds the layout in one table, in the words of the packages."""
    packages = [layer for layer, _ in LAYERS if layer]
    texts = [importlib.import_module(f"{NAME}.{one}").__doc__ for one in packages]
    rows = [f"| `{one}/` | {text} |" for one, text in zip(packages, texts, strict=True)]

    assert "\n".join(rows) in (ROOT / "docs/one-up.md").read_text("utf-8")
