"""A stranger's repository: none of its code runs, nothing is written through its links, and nothing
in it counts as state.
"""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from ost.cli import main
from ost.disk import store

PROGRAM = str(Path(sys.executable).with_name("ost"))
MODULE = (sys.executable, "-m", "ost")

IMPORTED = (
    *("mcp", "threading", "datasette", "datasette_mcp", "datasette_ost", "ost_plugin", "ost_rules"),
    *("sitecustomize", "usercustomize", "click", "msgspec", "jinja2", "uvicorn", "pluggy"),
    *("watchfiles", "yaml", "networkx", "sqlite_utils", "markdown_it", "sentencex", "httpx"),
)
"""What might be imported, beside all of the standard library."""

COMMANDS = (
    "--help",
    "--version",
    "check",
    "check --format sarif --select OST3 --output junit:report.xml",
    "check --fix",
    "build",
    "build --output one.db",
    "tree",
    "show aim",
    "coach content/guide.md",
    "rule",
    "export html pages",
    "new outcome Another",
    "completion bash",
)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A small repository with one error in it."""
    root = tmp_path / "repository"
    (root / ".git").mkdir(parents=True)
    (root / "content").mkdir()
    (root / "ost.toml").write_text('content = "content"\n')
    (root / "content" / "aim.md").write_text("---\nkind: outcome\n---\n# More teams stay\n")
    (root / "content" / "need.md").write_text("---\nkind: opportunity\nparent: gone\n---\n# Slow\n")
    (root / "content" / "guide.md").write_text("# Guide\n\n1. Would you use it?\n")
    return root


def run(root: Path, *arguments: str, **more: str) -> int:
    """Runs a command in this process, which takes a tenth of the time of one of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        for name, value in more.items():
            patch.setenv(name, value)
        ended = CliRunner().invoke(main, arguments)
    failed = ended.exception
    assert failed is None or isinstance(failed, SystemExit), failed
    return ended.exit_code


def start(root: Path, *arguments: str, program: tuple[str, ...] = (PROGRAM,), **more: str) -> int:
    """Runs a command in a process of its own: what Python imports is decided there."""
    ended = subprocess.run(
        [*program, *arguments],
        cwd=root,
        env={**os.environ, **more},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended.returncode


@contextmanager
def serving(root: Path, **more: str) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    server = subprocess.Popen(
        [PROGRAM, "serve", "--port", port],
        cwd=root,
        env={**os.environ, **more},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    try:
        lines = iter(server.stdout.readline, "")
        yield next(each.split()[1] for each in lines if each.startswith("serving"))
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)
        server.stdout.close()


def arm(root: Path, marker: Path) -> None:
    """Puts code under every name that could be imported: as modules, packages and plugins."""
    code = f"open({str(marker)!r}, 'a').write(__name__ + '\\n')\n"
    names = {each for each in sys.stdlib_module_names if not each.startswith("_")} | {*IMPORTED}
    for folder in (root, root / "content", root / "plugins"):
        folder.mkdir(exist_ok=True)
        for name in names:
            (folder / f"{name}.py").write_text(code)
        about = folder / "evil-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n")
        (about / "entry_points.txt").write_text(
            "[ost.rules]\nevil = ost_rules\n[datasette]\nevil = mcp\n"
        )
    (root / "pyproject.toml").write_text('[project.entry-points.datasette]\nevil = "mcp"\n')


@pytest.mark.slow
def test_code_of_the_repository_is_not_imported(repository: Path, tmp_path: Path) -> None:
    marker = tmp_path / "imported"
    arm(repository, marker)
    for command in COMMANDS:
        assert start(repository, *command.split()) in {0, 1}, command
    for command in COMMANDS[:6]:
        assert start(repository, *command.split(), program=MODULE) in {0, 1}, command
    # What a PYTHONPATH names by an empty part is the working directory; Python's own start is its
    # own, so this one holds only from a folder in which nothing is named as its modules are.
    for name in sys.stdlib_module_names:
        (repository / f"{name}.py").unlink(missing_ok=True)
    for name in ("sitecustomize", "usercustomize"):
        (repository / f"{name}.py").unlink()
    assert start(repository, "check", PYTHONPATH=os.pathsep) == 1
    with serving(repository, PYTHONPATH=os.pathsep) as address:
        assert urllib.request.urlopen(address, timeout=10).status == 200  # noqa: S310 - our own
    assert not marker.exists(), marker.read_text()


@pytest.mark.slow
def test_code_of_the_repository_is_not_imported_by_the_server(
    repository: Path, tmp_path: Path
) -> None:
    marker = tmp_path / "imported"
    arm(repository, marker)
    with serving(repository) as address:
        assert urllib.request.urlopen(address, timeout=10).status == 200  # noqa: S310 - our own
    assert not marker.exists(), marker.read_text()


@pytest.mark.parametrize("whole", [True, False], ids=["the folder", "what is in it"])
@pytest.mark.parametrize("where", [".ost", "build"])
def test_links_of_the_repository_are_not_written_through(
    repository: Path, tmp_path: Path, where: str, *, whole: bool
) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    names = [
        "lock",
        "look",
        "look.new",
        ".look",
        "state.db",
        "state.db.new",
        "cache.db",
        "part.new",
    ]
    names += [".gitignore", "current.json", ".current.json", "site", "published", "datasette.log"]
    assert run(repository, "build") == 0
    names += [each.name for each in (repository / "build").iterdir()]
    shutil.rmtree(repository / "build")
    for name in names:
        (precious / name).write_text("precious")
    if whole:
        (repository / where).symlink_to(precious)
    else:
        (repository / where).mkdir()
        for name in {*names}:
            (repository / where / name).symlink_to(precious / name)
    assert run(repository, "check") == 1
    assert run(repository, "build") == (2 if whole and where == "build" else 0)
    with serving(repository) as address:
        assert urllib.request.urlopen(address, timeout=10).status == 200  # noqa: S310 - our own
    assert {each.name: each.read_text() for each in precious.iterdir()} == dict.fromkeys(
        names, "precious"
    )


@pytest.mark.parametrize("output", ["linked/deep", "linked/a.db", "sub/linked", "sub/../linked/a"])
def test_no_output_is_written_through_a_link_of_the_repository(
    repository: Path, tmp_path: Path, output: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (repository / "sub").mkdir()
    (repository / "linked").symlink_to(outside)
    (repository / "sub" / "linked").symlink_to(outside)
    assert run(repository, "build", "--output", output) == 2
    assert not [*outside.iterdir()]


def test_typed_path_may_be_a_link_outside(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "linked").symlink_to(tmp_path / "real")
    assert run(repository, "build", "--output", str(tmp_path / "linked" / "tree.db")) == 0
    assert (tmp_path / "real" / "tree.db").exists()


def test_linked_repository_is_writable(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(repository)
    assert run(tmp_path, "build", str(tmp_path / "link")) == 0
    assert (repository / "build" / "current.json").exists()


def committed(repository: Path) -> Path:
    """Another checkout of the repository, made by copying, times and all."""
    copy = repository.with_name("checkout")
    shutil.copytree(repository, copy, symlinks=True)
    return copy


@pytest.mark.parametrize("name", [".ost", ".cache", "cache", ".cache/ost"])
def test_state_in_the_repository_is_not_trusted(
    repository: Path, tmp_path: Path, name: str
) -> None:
    """A state of sound content, made by `ost` itself, beside content that is not."""
    checkout = committed(repository)
    need = checkout / "content" / "need.md"
    text = need.read_text()
    need.write_text(text.replace("gone", "aim"))
    assert run(checkout, "check", XDG_CACHE_HOME=str(tmp_path / "attacker")) == 0
    made = next((tmp_path / "attacker" / "ost").iterdir())
    for folder in (checkout / name, checkout / name / "ost", checkout / name / made.name):
        shutil.copytree(made, folder, dirs_exist_ok=True)
    shutil.copytree(made, checkout / name / "ost" / made.name)
    need.write_text(text)
    for caches in (checkout / name, checkout / "absent", Path(name), tmp_path / "mine"):
        assert run(checkout, "check", XDG_CACHE_HOME=str(caches), HOME=str(checkout)) == 1
    assert not (checkout / "absent").exists(), "no state in the repository"


def test_a_state_in_another_users_folder_is_left_alone(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    caches = tmp_path / "caches"
    monkeypatch.setenv("XDG_CACHE_HOME", str(caches))
    assert store.folder(repository).parent == caches / "ost"
    (caches / "ost").mkdir(parents=True)
    (caches / "ost").chmod(0o777)
    assert store.folder(repository).parent != caches / "ost", "anyone could write there"
    (caches / "ost").chmod(0o700)
    assert store.folder(repository).parent == caches / "ost"
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert store.folder(repository).parent != caches / "ost"


def test_state_is_readable_by_this_user_alone(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    assert run(repository, "check") == 1
    state = store.folder(repository)
    assert [each.stat().st_mode & 0o777 for each in (state, state.parent)] == [0o700, 0o700]
    assert not (repository / ".ost").exists()


def poisoned(file: Path) -> None:
    """Makes a published file say something else, at the same size and the same time."""
    before = file.stat()
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("update node set title = 'Evil teams stay' where id = 'aim'")
    assert file.stat().st_size == before.st_size
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def title(file: Path) -> str:
    with closing(sqlite3.connect(file)) as db:
        return str(db.execute("select title from node where id = 'aim'").fetchone()[0])


@pytest.mark.parametrize("own", [True, False], ids=["after our own build", "in a fresh checkout"])
@pytest.mark.parametrize("output", ["build", "build/tree.db"])
def test_build_in_the_repository_is_not_trusted(
    repository: Path, tmp_path: Path, output: str, *, own: bool
) -> None:
    def published(root: Path) -> Path:
        folder = root / output
        if folder.suffix:
            return folder
        return folder / str(json.loads((folder / "current.json").read_text())["file"])

    assert run(repository, "build", "--output", output, XDG_CACHE_HOME=str(tmp_path / "one")) == 0
    poisoned(published(repository))
    mine = str(tmp_path / ("one" if own else "another"))
    assert run(repository, "build", "--output", output, XDG_CACHE_HOME=mine) == 0
    assert title(published(repository)) == "More teams stay"
    with serving(repository) as address:
        page = urllib.request.urlopen(address, timeout=10).read().decode()  # noqa: S310
    assert "More teams stay" in page


CACHES: list[Callable[[Path], object]] = [
    lambda caches: caches.symlink_to(caches.with_name("elsewhere")),
    lambda caches: caches.write_text("a file"),
    os.mkfifo,
]


@pytest.mark.parametrize("odd", CACHES)
def test_odd_cache_folders_stop_nothing(
    repository: Path, tmp_path: Path, odd: Callable[[Path], object]
) -> None:
    odd(tmp_path / "odd")
    assert run(repository, "check", XDG_CACHE_HOME=str(tmp_path / "odd")) == 1
