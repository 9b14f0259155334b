"""The fixtures of all tests: trees from text, the command line in its own folder, `--update`."""

import gc
import os
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from importlib import import_module
from itertools import count
from pathlib import Path
from pkgutil import walk_packages
from typing import TYPE_CHECKING

import pytest

import ost.judge
import ost.read
import ost.tree.model  # reading knows the kinds of node by it

if TYPE_CHECKING:
    from click.testing import Result

    from ost.tree.tree import Tree
    from tests.scratch import Scratch


# Other plugins that are installed here would be loaded as well, and say much (datasette-mcp).
os.environ["DATASETTE_LOAD_PLUGINS"] = "datasette-ost"

gc.disable()  # until every test is known: nothing that is loaded before is garbage

DAY = date(2026, 11, 1)
WIDTH = "100"
GARBAGE = 50_000
"""After so many new objects, Python looks for garbage, as it does in `ost`."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="Write down what comes out now as what should."
    )


UNMEASURED = frozenset(
    """
    test_architecture test_check_output test_ci test_ci_files test_cli test_cli_transcripts
    test_cms test_damage test_diff_command test_diff_words test_docs test_engine test_english
    test_escape test_exported_folders test_exports test_folder_names test_former_folder
    test_growth test_history test_hostile test_import test_incremental test_judge_properties
    test_kept_identities test_library test_live test_lsp test_lsp_refactorings test_material
    test_mcp test_memory test_merge_driver test_names test_outward test_own_rules test_package
    test_paranoid test_paranoid_history test_past test_past_growth test_past_settings
    test_pre_commit test_project_growth test_propose test_publish_release
    test_refactoring_commands test_refactorings test_reports test_revision_links
    test_revision_names test_revisions test_selectors_of_commands test_serve_history
    test_serve_safely test_since test_stranger test_stranger_commands test_submodules test_walk
    test_why test_working_tree
    """.split()  # noqa: SIM905 - a list of names is read more easily
)
"""Tests that run without coverage: it makes them slower, up to several times, and the tests of
reading, the tree and judging run the same code. Page tests are not measured either.
"""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Measures coverage if that is quick. The measured modules are loaded first: a module that an
    unmeasured test loads would look as if no test ran it.
    """
    if config.pluginmanager.hasplugin("_cov"):
        for package in (ost.read, ost.tree, ost.judge):
            for module in walk_packages(package.__path__, f"{package.__name__}."):
                import_module(module.name)
    for item in items:
        if item.path.parent.name == "plugin" or item.path.stem in UNMEASURED:
            item.add_marker(pytest.mark.no_cover)
        if isinstance(item, pytest.Function) and shares_with_its_module(item):
            item.add_marker(pytest.mark.xdist_group(item.module.__name__))


def shares_with_its_module(item: pytest.Function) -> bool:
    """Whether a test needs what is made once for a module: two workers would make it twice."""
    if item.get_closest_marker("xdist_group"):
        return False
    needed = item._fixtureinfo.name2fixturedefs.values()
    return any(each[-1].scope == "module" for each in needed)


def pytest_collection_finish() -> None:
    """Nothing that is loaded by now is searched for garbage again: half a million objects."""
    if "hypothesis" in sys.modules:  # to load it later asks who refers to something of before
        gc.collect()
        gc.freeze()
    gc.set_threshold(GARBAGE)
    gc.enable()


def files(text: str) -> Mapping[str, str]:
    """The files of a txtar text: each below a line `-- path --`."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.split("\n"):
        if line.startswith("-- ") and line.endswith(" --"):
            lines = found.setdefault(line[3:-3], [])
        else:
            lines.append(line)
    return {path: "\n".join(body).rstrip("\n") + "\n" for path, body in found.items()}


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares a text with a file, or writes it there."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        assert path.exists(), f"{path.name} is missing: pytest --update"
        assert text == path.read_text("utf-8")

    return compare


@pytest.fixture
def tree() -> Callable[[str], "Tree"]:
    """Builds a tree from a txtar text, as of a fixed day."""
    from ost.read.document import Document
    from ost.read.parse import parse
    from ost.tree.build import build

    def built(text: str) -> "Tree":
        documents = (Document(path, parse(body)) for path, body in files(text).items())
        return build(documents, as_of=DAY)

    return built


@pytest.fixture(autouse=True, scope="session")
def no_waiting_for_disks() -> Iterator[None]:
    """No test turns the power off, so none waits until a disk has what was written. What processes
    send each other stays in memory: deleting a file on a busy disk takes longer than most builds.
    """
    from ost.project import fork

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        patch.setattr(fork, "_file", fork._memory)
        yield


@pytest.fixture(scope="session")
def every_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders for caches, one for every test: `ost` makes them when it needs them."""
    return map(tmp_path_factory.mktemp("caches").joinpath, map(str, count()))


@pytest.fixture(autouse=True)
def caches(every_cache: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps the state of folders without a project in a place of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(next(every_cache)))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Writes the files of a txtar text into a new folder, and goes there."""
    home = tmp_path / "tree"
    home.mkdir()
    monkeypatch.chdir(home)

    def written(text: str) -> Path:
        for path, body in files(text).items():
            (home / path).parent.mkdir(parents=True, exist_ok=True)
            (home / path).write_text(body, "utf-8")
        return home

    return written


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], "Result"]:
    """Runs `ost ...` here, as in a plain terminal of 100 columns."""
    from click.testing import CliRunner

    from ost.cli import main

    monkeypatch.setenv("COLUMNS", WIDTH)
    monkeypatch.setenv("NO_COLOR", "1")

    def ran(line: str) -> "Result":
        program, *arguments = shlex.split(line)
        assert program == "ost"
        ended = CliRunner().invoke(main, arguments)
        failed = ended.exception
        if failed is not None and not isinstance(failed, SystemExit):
            raise failed
        return ended

    return ran


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Scratch":
    """An empty git repository, and goes there; git's settings on this machine do not count."""
    from tests.scratch import QUIET, Scratch

    for name, value in QUIET.items():
        monkeypatch.setenv(name, value)
    made = Scratch(tmp_path / "repository")
    monkeypatch.chdir(made.folder)
    return made
