"""`ost init` tells others to install this very `ost`, never a stranger's package."""

import json
import re
import subprocess
from importlib.metadata import Distribution
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from ost.cli import main, origin

ROOT = Path(__file__).parent.parent
COMMIT = "0123456789abcdef0123456789abcdef01234567"


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    ended = subprocess.run(
        ["git", *identity, "-C", str(folder), *arguments],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return ended.stdout.strip()


def checkout(folder: Path, remote: str, name: str = "datasette-ost") -> str:
    """A clone of a package of that name; gives its commit."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pyproject.toml").write_text(f'[project]\nname = "{name}"\n')
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "A first state")
    if remote:
        git(folder, "remote", "add", "origin", remote)
    return git(folder, "rev-parse", "HEAD")


def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: object) -> None:
    """This package as pip would install it, with pip's record of its origin."""
    info = tmp_path / "site/datasette_ost-0.1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: datasette-ost\nVersion: 0.1\n")
    if told is not None:
        (info / "direct_url.json").write_text(json.dumps(told))
    monkeypatch.setattr(origin, "distribution", lambda _: Distribution.at(info))
    monkeypatch.setattr(origin, "package", str(tmp_path / "site/ost/__init__.py"))


def git_told(address: str) -> object:
    return {"url": address, "vcs_info": {"vcs": "git", "commit_id": COMMIT}}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (git_told("https://example.org/o/ost.git"), f"git+https://example.org/o/ost.git@{COMMIT}"),
        (git_told("https://me:secret@example.org/o"), f"git+https://example.org/o@{COMMIT}"),
        (git_told("ssh://git@example.org:22/o"), f"git+ssh://git@example.org:22/o@{COMMIT}"),
        (git_told("ssh://git@github.com/o/ost"), f"git+https://github.com/o/ost@{COMMIT}"),
        (git_told("file:///srv/ost"), ""),
        (git_told("http://example.org/ost"), ""),
        (git_told('https://example.org/"; id; "'), ""),
        ({"url": "https://example.org/o", "vcs_info": {"vcs": "git", "commit_id": "main"}}, ""),
        ({"url": "https://example.org/o", "vcs_info": {"vcs": "hg", "commit_id": COMMIT}}, ""),
        (
            {"url": "https://example.org/o.whl", "archive_info": {"hashes": {"sha256": "ab"}}},
            "https://example.org/o.whl#sha256=ab",
        ),
        ({"url": "file:///tmp/o.whl", "archive_info": {"hashes": {"sha256": "ab"}}}, ""),
        ({"url": "file:///nowhere", "dir_info": {}}, ""),
        (["odd"], ""),
        (None, ""),
    ],
)
def test_installed_package_names_its_address_and_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: object, expected: str
) -> None:
    installed(tmp_path, monkeypatch, told)
    wanted = f'pip install "datasette-ost @ {expected}"' if expected else origin.PLACEHOLDER
    assert origin.command() == wanted


@pytest.mark.parametrize(
    ("remote", "expected"),
    [
        ("https://example.org/o/ost.git", "git+https://example.org/o/ost.git@"),
        ("https://token@example.org/o/ost.git", "git+https://example.org/o/ost.git@"),
        ("git@github.com:o/ost.git", "git+https://github.com/o/ost.git@"),
        ("git@example.org:o/ost.git", "git+ssh://git@example.org/o/ost.git@"),
        ("/srv/git/ost", ""),
        ("", ""),
    ],
)
def test_checkout_names_its_remote_and_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, remote: str, expected: str
) -> None:
    folder = tmp_path / "a %20 clone"
    commit = checkout(folder, remote)
    wanted = f'pip install "datasette-ost @ {expected}{commit}"' if expected else origin.PLACEHOLDER
    installed(tmp_path, monkeypatch, {"url": folder.as_uri(), "dir_info": {"editable": True}})
    assert origin.command() == wanted
    monkeypatch.setattr(origin, "_recorded", lambda: "")
    monkeypatch.setattr(origin, "package", str(folder / "ost/__init__.py"))
    assert origin.command() == wanted


def test_project_around_the_package_is_not_its_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(tmp_path, monkeypatch, None)
    checkout(tmp_path / "site", "https://example.org/somebodys/project", name="film-nights")
    assert origin.command() == origin.PLACEHOLDER


@pytest.mark.parametrize("told", [git_told("https://example.org/o/ost"), None])
def test_workflow_installs_this_version_or_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: object
) -> None:
    installed(tmp_path, monkeypatch, told)
    home = tmp_path / "tree"
    assert CliRunner().invoke(main, ["init", str(home)]).exit_code == 0
    written = (home / ".github/workflows/tree.yml").read_text()
    steps = yaml.safe_load(written)["jobs"]["check"]["steps"]
    runs = [each["run"].strip() for each in steps if "run" in each]
    assert runs[0] == origin.command()
    assert "ost check --format github" in runs
    assert origin.command() in (home / "README.md").read_text()
    if told is None:
        failed = subprocess.run(["bash", "-e", "-c", runs[0]], capture_output=True, check=False)
        assert failed.returncode != 0
        assert b"Fill in" in failed.stdout


def test_install_command_uses_no_unclaimed_name() -> None:
    """No file that we ship or show installs from an index by name alone."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, text=True, check=True
    )
    texts = {
        name: (ROOT / name).read_text("utf-8")
        for name in listed.stdout.split("\0")
        if name.endswith((".md", ".py", ".yml", ".yaml", ".toml", ".html"))
        and not name.startswith("tests/")
        and (ROOT / name).is_file()
    }
    bare = re.compile(r"(?:pip|pipx|uv|uvx)\b[^\n`]*?[\s'\"]datasette-ost(?!\s*@)[\s'\"\[=]")
    told = [name for name, text in texts.items() if bare.search(f"{text}\n")]
    assert "docs/tutorial.md" in texts
    assert not told
    assert not [name for name, text in texts.items() if "pypi.org/project/datasette-ost" in text]
