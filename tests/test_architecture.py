"""The claims of ARCHITECTURE.md about the shape of the code."""

import ast
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
MIDDLE = ("read", "tree", "coach", "judge", "exchange", "edit", "history")
HEAVY = {
    *("networkx", "sqlite_utils", "datasette", "markdown_it", "yaml", "watchfiles", "pydantic"),
    "sentencex",
}

CODE = sorted(
    path
    for folder in ("ost", "plugins", "benchmarks", "docs", "tests")
    for path in (ROOT / folder).rglob("*.py")
    if not {".ost", "build"} & set(path.parts)
)
SCRIPTS = sorted((ROOT / "plugins").rglob("static/*.js"))
SHIPPED = [path for path in CODE if path.relative_to(ROOT).parts[0] in {"ost", "plugins"}]
PURE = [path for path in SHIPPED if set(path.relative_to(ROOT).parts[1:2]) & set(MIDDLE)]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").split("\n")


def run(*command: object, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    arguments = [str(each) for each in command]
    return subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=False)


def imported_by(*arguments: object, folder: Path) -> set[str]:
    """The top-level modules in memory when `ost` has ended."""
    program = (
        "import sys; from ost.cli import main\n"
        "try: main(standalone_mode=False)\n"
        "finally: print('\\n', ' '.join({each.split('.')[0] for each in sys.modules}))"
    )
    ended = run(sys.executable, "-c", program, *arguments, folder=folder)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return set(ended.stdout.split("\n")[-2].split())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project that was built and checked once."""
    (tmp_path / "ost.toml").write_text("")
    (tmp_path / "retention.md").write_text("---\nkind: outcome\n---\n# More teams stay\n")
    (tmp_path / "slow.md").write_text(
        "---\nkind: opportunity\nparent: retention\n---\n# Search is slow\n\nSee [[retention]].\n"
    )
    for command in ("check", "build"):
        ended = run(sys.executable, "-c", "from ost.__main__ import run; run()", command, tmp_path)
        assert ended.returncode == 0, ended.stdout + ended.stderr
    return tmp_path


def test_layers_and_doors() -> None:
    ended = run(Path(sys.executable).with_name("lint-imports"), "--no-cache")
    assert ended.returncode == 0, ended.stdout


# Of all files at once: a test for each of two thousand files took longer than to look at it.


def test_files_are_short() -> None:
    """250 lines make you think, 400 are too many."""
    assert not [name(path) for path in [*CODE, *SCRIPTS] if len(lines(path)) > 400]


def test_files_say_what_they_are_for() -> None:
    def silent(path: Path) -> bool:
        code = (line for line in lines(path) if line.strip() and not line.startswith("#"))
        return not next(code, '"""').startswith(('"""', 'r"""'))

    assert not [name(path) for path in CODE if silent(path)]


def test_the_middle_neither_prints_nor_asks_the_world() -> None:
    banned = {"splitlines", "today", "now", "getcwd", "print", "open", "read_text", "input"}
    assert not [
        f"{name(path)}:{each.lineno}: {word}"
        for path in PURE
        for each in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute | ast.Name)
        for word in [each.func.attr if isinstance(each.func, ast.Attribute) else each.func.id]
        if word in banned
    ]


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    assert not imported_by("--help", folder=tmp_path) & HEAVY


@pytest.mark.parametrize("command", ["check", "build"])
def test_unchanged_content_imports_nothing_heavy(project: Path, command: str) -> None:
    assert not imported_by(command, ".", folder=project) & HEAVY


def test_a_changed_text_imports_nothing_heavy(project: Path) -> None:
    with (project / "slow.md").open("a") as file:
        file.write("\nA text that *changed*, [12:41].\n")
    assert not imported_by("build", ".", folder=project) & HEAVY


def test_no_module_of_a_build_compiles_an_expression_when_imported() -> None:
    program = (
        "import re, sys; compiled, real = set(), re.compile\n"
        "def noted(*given, **flags):\n"
        "    compiled.add(sys._getframe(1).f_globals['__name__'])\n"
        "    return real(*given, **flags)\n"
        "re.compile = noted\n"
        "import ost.cli.commands.build, ost.project.compilation, ost.publish.release\n"
        "from ost.judge.check import all_rules; all_rules()\n"
        "print(sorted(each for each in compiled if each.startswith('ost')))"
    )
    ended = run(sys.executable, "-c", program)
    assert (ended.stdout, ended.stderr) == ("[]\n", "")


def test_imports_are_not_searched_for_garbage() -> None:
    program = (
        "import gc, ost.__main__; before = gc.get_stats()[0]['collections']\n"
        "import ost.cli.commands.build, ost.project.compilation, ost.publish.release\n"
        "from ost.judge.check import all_rules; all_rules()\n"
        "print(gc.get_stats()[0]['collections'] - before)"
    )
    ended = run(sys.executable, "-c", program)
    assert (ended.stdout, ended.stderr) == ("0\n", "")


def test_imports_are_declared_dependencies() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project = settings["project"]
    declared = {Requirement(each).name.lower() for each in project["dependencies"]}
    extras = sum(project["optional-dependencies"].values(), list[str]())
    optional = {Requirement(each).name.lower() for each in extras}
    imported = {
        module.split(".")[0]
        for path in SHIPPED
        for each in ast.walk(ast.parse(path.read_text("utf-8")))
        for module in (
            [alias.name for alias in each.names]
            if isinstance(each, ast.Import)
            else [each.module or ""]
            if isinstance(each, ast.ImportFrom) and not each.level
            else []
        )
    }
    foreign = imported - set(sys.stdlib_module_names) - {"ost", "datasette_ost", "ost_plugin"}
    owners = packages_distributions()
    needed = {owners[module][0].lower() for module in foreign}
    assert declared <= needed <= declared | optional


def test_every_package_is_shipped() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packages = settings["tool"]["setuptools"]["packages"]
    listed = {
        each
        for each in packages
        if not {"static", "templates"} & set(each.split(".")) and not each.startswith("ost.pages")
    }
    folders = {path.parent for path in SHIPPED if path.name == "__init__.py"}
    there = {name(folder).removeprefix("plugins/").replace("/", ".") for folder in folders}
    assert listed == there
    assert {path.parent for path in SHIPPED} - folders <= {ROOT / "plugins"}


def test_architecture_is_a_short_read() -> None:
    assert len(lines(ROOT / "ARCHITECTURE.md")) < 150


def test_architecture_names_what_exists() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    named = {word.strip("`,.;()") for word in text.split() if "`" in word}
    paths = {
        word.split("::")[0] for word in named if word.startswith(("ost/", "tests/", "plugins/"))
    }
    assert paths
    assert not {each for each in paths if not (ROOT / each).exists()}


def test_every_folder_of_the_code_is_on_the_map() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    parts = {path.parent for path in SHIPPED} | {
        path for path in SHIPPED if path.parent.name == "ost"
    }
    missing = {name(part) for part in parts if part.name != "__init__.py" and part.name not in text}
    assert not missing
