"""The command and the plugin, installed and by `--plugins-dir`."""

import json
import shutil
import subprocess
import sys
import venv
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PLUGINS = "/-/plugins.json"
PAGES = ("explanation", "how-to", "reference")

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("package")]


def run(*command: object, folder: Path = ROOT) -> str:
    arguments = [str(each) for each in command]
    ended = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"{arguments}\n{ended.stdout}{ended.stderr}"
    return ended.stdout


def required(name: str, seen: set[str]) -> set[str]:
    """The distribution's requirements, and theirs: what pip would bring with it."""
    for text in distribution(name).requires or ():
        requirement = Requirement(text)
        wanted = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if wanted and requirement.name not in seen:
            seen.add(requirement.name)
            required(requirement.name, seen)
    return seen


def link(found: Distribution, folder: Path) -> None:
    """Put an installed distribution into another environment."""
    parts = {Path(str(each)).parts[0] for each in found.files or ()}
    for part in sorted(parts - {"..", "__pycache__"}):
        target = folder / part
        if not target.exists():
            target.symlink_to(Path(str(found.locate_file(part))).resolve())


def environment(folder: Path) -> Path:
    """An environment with the declared dependencies of the package and nothing else; no network."""
    venv.create(folder, with_pip=False, symlinks=True)
    packages = next(folder.glob("lib/python*/site-packages"))
    for name in sorted(required("datasette-ost", set())):
        link(distribution(name), packages)
    return folder / "bin" / "python"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment into which the package was installed from its wheel."""
    folder = tmp_path_factory.mktemp("installed")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    source = folder / "source"
    for part in ("ost", "plugins", "docs"):
        shutil.copytree(ROOT / part, source / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / part, source / part)
    wheel = ("wheel", "--no-build-isolation", "--no-deps", "--wheel-dir", folder, source)
    run(*pip, *wheel)
    python = environment(folder / "venv")
    (built,) = folder.glob("datasette_ost-*.whl")
    run(*pip, "--python", python, "install", "--no-deps", "--no-index", built)
    run(*pip, "--python", python, "check")
    return python


def names(plugins: str) -> list[str]:
    return [each["name"] for each in json.loads(plugins)]


def test_installed_command(installed: Path, tmp_path: Path) -> None:
    ost = installed.with_name("ost")
    assert distribution("datasette-ost").version in run(ost, "--version", folder=tmp_path)
    run(ost, "init", "tree", folder=tmp_path)
    run(ost, "check", "tree", folder=tmp_path)
    run(ost, "build", "tree", "--output", "tree.db", folder=tmp_path)
    page = run(installed, "-m", "datasette", "tree.db", "--get", "/-/ost", folder=tmp_path)
    assert "<h1" in page


def test_installed_help(installed: Path, tmp_path: Path) -> None:
    ost = installed.with_name("ost")
    listed = run(ost, "help", folder=tmp_path)
    pages = sorted(each for part in PAGES for each in (ROOT / "docs" / part).glob("*.md"))
    assert len(pages) > 10
    for page in pages:
        assert f"  {page.stem} " in listed
    assert "Questions" in run(ost, "help", "questions", folder=tmp_path)


def test_installed_plugin(installed: Path, tmp_path: Path) -> None:
    found = json.loads(run(installed, "-m", "datasette", "--get", PLUGINS, folder=tmp_path))
    (ours,) = [each for each in found if each["name"] == "datasette-ost"]
    assert ours["static"]
    assert ours["templates"]


def test_installed_and_plugins_folder_load_once(installed: Path, tmp_path: Path) -> None:
    folder = ("--plugins-dir", ROOT / "plugins")
    found = run(installed, "-m", "datasette", *folder, "--get", PLUGINS, folder=tmp_path)
    assert len([each for each in names(found) if each.replace("_", "-") == "datasette-ost"]) == 1


def test_plugins_folder_alone(tmp_path: Path) -> None:
    python = environment(tmp_path / "venv")
    folder = ("--plugins-dir", ROOT / "plugins")
    found = json.loads(run(python, "-m", "datasette", *folder, "--get", PLUGINS, folder=tmp_path))
    (ours,) = [each for each in found if each["name"].replace("_", "-") == "datasette-ost"]
    assert ours["static"]
    assert ours["templates"]
