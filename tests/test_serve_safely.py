"""`ost serve`: whom it answers, what it never reveals, and that it misses no edit."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ost.cli import log as logs
from ost.cli import server as server_of
from ost.cli.log import Log
from ost.disk import store
from tests.plugin.everywhere import addresses
from tests.servers import answer, asked, eventually, serving

Written = Callable[[str], Path]

OUTCOME = "-- more-film-nights.md --\n---\nkind: outcome\n---\n# More evenings begin with a film\n"
DATASETTES = (
    "/", "/.json", "/-/versions.json", "/-/databases.json", "/-/config.json", "/-/settings.json",
    "/-/plugins.json", "/-/actor.json", "/-/schema.json", "/-/databases", "/-/config", "/ost",
    "/ost.json", "/ost/node", "/ost/node.json", "/ost/meta.json", "/ost/diagnostic.json",
    "/ost/-/schema", "/ost/-/query.json?sql=select+1", "/ost.db", "/-/static/app.css", "/nothing",
    "/-/ost/nothing", "/-/ost/a/b/c/d", "/-/mcp", "/favicon.ico", "/%ff", "/-/threads.json",
    "/-/ost/recording/p07", "/ost/no-table.json", "/_internal.json", "/-/jump.json?q=a",
)  # fmt: skip
FOREIGN = ("evil.example", "evil.example:8001", "localhost.evil.example", "127.0.0.1.nip.io",
           "10.0.0.1", "[::2]", "[::1", "", "127.0.0.1@evil.example", "0x7f.1", "evil")  # fmt: skip


@pytest.mark.slow
def test_local_server_answers_only_its_own_names(folder: Written) -> None:
    with serving(folder(OUTCOME), "--allow-host", "tree.example") as (_, address):
        port = address.split(":")[2].split("/")[0]
        for path in (*DATASETTES, *addresses()):
            status, said = asked(address, path, Host="evil.example")
            assert (status, "does not answer to that name" in said) == (421, True), path
        for host in FOREIGN:
            assert asked(address, "/ost/node.json", Host=host)[0] == 421, host
        ours = ("localhost", "127.0.0.1", "[::1]", "tree.example", "LOCALHOST", "localhost.")
        for host in ours:
            for each in (host, f"{host}:{port}", f"{host}:443"):
                status, said = asked(address, "/ost/node.json", Host=each)
                assert (status, "More evenings" in said) == (200, True), each


@pytest.mark.slow
def test_public_server_answers_its_address_and_given_names(folder: Written) -> None:
    more = ("--host", "0.0.0.0", "--allow-host", "tree.example")  # noqa: S104 - that is tested
    with serving(folder(OUTCOME), *more) as (_, address):
        assert asked(address, "/-/ost", Host="evil.example")[0] == 421
        assert asked(address, "/-/ost", Host="127.0.0.1")[0] == 200
        assert asked(address, "/-/ost", Host="tree.example:443")[0] == 200
        reached = address.replace("127.0.0.1", "127.0.0.3")
        assert asked(reached, "/-/ost", Host="127.0.0.3")[0] == 200
        assert asked(reached, "/-/ost", Host="127.0.0.4")[0] == 421


@pytest.mark.slow
def test_no_answer_names_a_folder(folder: Written) -> None:
    home = folder(OUTCOME + "-- ost.toml --\ncontent = '.'\n-- odd.md --\n---\nkind: [\n---\n")
    secret = home / "somebodys-folder"
    secret.mkdir()
    for each in home.glob("*.*"):
        each.rename(secret / each.name)
    with serving(secret, "--host", "0.0.0.0") as (_, address):  # noqa: S104 - that is tested
        seen = 0
        for path in (*DATASETTES, *addresses()):
            status, said = asked(address, path, Host="localhost")
            seen += status == 200
            for told in ("/somebodys-folder", str(home), str(Path(server_of.__file__).parent)):
                assert told not in said.replace("\\/", "/"), (path, said)
        assert seen > 20
        pointer = store.folder(secret) / "site" / "current.json"
        pointer.chmod(0)
        pointer.unlink()
        assert "somebodys-folder/" not in asked(address, "/-/ost/check", Host="localhost")[1]


RICH = """
import sys
class Console:
    def print_exception(self, **_):
        if sys.exc_info()[0] is None:
            raise ValueError("Value for 'trace' required if not called in except: block")
        print("\u276d")
def get_console():
    return Console()
"""
"""A package that behaves as `rich` does where it matters."""


@pytest.mark.slow
@pytest.mark.parametrize("rich", [False, True])
def test_unknown_address_is_404_with_rich_installed(
    folder: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, rich: bool
) -> None:
    if rich:
        (tmp_path / "first/rich").mkdir(parents=True)
        (tmp_path / "first/rich/__init__.py").write_text(RICH)
        (tmp_path / "first/rich/traceback.py").write_text("def install(**_): pass\n")
        more = os.environ.get("PYTHONPATH", "")
        monkeypatch.setenv("PYTHONPATH", f"{tmp_path}/first{os.pathsep}{more}")
        monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    with serving(folder(OUTCOME)) as (_, address):
        for path in ("/nothing", "/-/ost/nothing", "/-/ost/a/b/c/d", "/a/b/c/d/e", "/-/x/y/z.json"):
            assert asked(address, path)[0] == 404, path


OFTEN = "from ost.cli import server\nserver.LOOK = 0.1\n"
"""Files are looked at ten times a second."""

NO_WATCHES = """
import errno, watchfiles
def watch(*_, **__):
    raise OSError(errno.ENOSPC, "no watches are left")
watchfiles.watch = watch
"""
LOST_WATCHES = """
import watchfiles
def watch(*_, **__):
    yield set()
    raise RuntimeError("error in the watcher")
watchfiles.watch = watch
"""
DEAF = """
import time, watchfiles
def watch(*_, **__):
    while True:
        time.sleep(0.2)
        yield set()
watchfiles.watch = watch
"""
POLLING = """
import os
os.environ["WATCHFILES_FORCE_POLLING"] = "1"
os.environ["WATCHFILES_POLL_DELAY_MS"] = "100000"
"""


def shown(address: str, words: str) -> bool:
    """Whether a page comes to say this."""
    return eventually(lambda: words in answer(f"{address}/node/more-film-nights.json"))


@pytest.mark.slow
@pytest.mark.parametrize("before", [NO_WATCHES, LOST_WATCHES, DEAF, POLLING])
def test_edit_is_noticed_without_a_watcher(folder: Written, before: str) -> None:
    """Even an edit that keeps the size or the time."""
    home = folder(OUTCOME)
    file = home / "more-film-nights.md"
    before_edits = file.stat()
    with serving(home, before=before + OFTEN) as (_, address):
        for number in range(10, 13):
            file.write_text(file.read_text().replace("More evenings", f"{number} evenings"))
            if number % 2:
                os.utime(file, ns=(before_edits.st_atime_ns, before_edits.st_mtime_ns))
            assert shown(address, f"{number} evenings begin")
            file.write_text(file.read_text().replace(f"{number} evenings", "More evenings"))
            assert shown(address, "More evenings begin")
        (home / "ost.toml").write_text('title = "Another name"\n')
        assert "Another name" in answer(address) or shown(address, "More evenings begin")


@pytest.mark.slow
def test_linked_folder_is_built_and_followed_alike(folder: Written) -> None:
    home = folder(
        "-- ost.toml --\ncontent = 'content'\n-- content/a.md --\n---\nkind: outcome\n---\n# A\n"
        "-- notes/more-film-nights.md --\n---\nkind: outcome\n---\n# More evenings begin\n"
    )
    (home / "content/linked").symlink_to("../notes")
    with serving(home) as (_, address):
        built = '"more-film-nights"' in answer(f"{address}.json")
        file = home / "notes/more-film-nights.md"
        file.write_text(file.read_text().replace("More", "Most"))
        (home / "content/a.md").write_text("---\nkind: outcome\n---\n# Another\n")
        assert eventually(lambda: "Another" in answer(f"{address}.json"))
        assert not built or shown(address, "Most evenings begin")


@pytest.mark.slow
def test_quick_edits_do_not_exhaust_descriptors(folder: Written) -> None:
    """After 30 builds in a row, each requested, only a few stay open."""
    home = folder(OUTCOME)
    file = home / "more-film-nights.md"
    with serving(home) as (server, address):
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children")
        if not children.exists():
            pytest.skip("only Linux tells which files a process has open")
        child = children.read_text().split()[0]

        def builds() -> int:
            opened = list(Path(f"/proc/{child}/fd").iterdir())
            return sum("/ost-" in os.path.realpath(each) for each in opened)

        for number in range(10, 40):
            file.write_text(OUTCOME.split("--\n", 1)[1].replace("More", f"{number}"))
            assert shown(address, f"{number} evenings begin")
            for path in ("/-/ost", "/ost/node", "/ost/meta"):
                answer(address.replace("/-/ost", path))
        assert eventually(lambda: builds() <= 40)


def test_log_keeps_its_end_and_no_more(tmp_path: Path) -> None:
    log = Log(tmp_path / "datasette.log")
    line = b"x" * 99 + b"\n"
    command = ["head", "-c", str(2 * logs.MOST), "/dev/zero"]
    for _ in range(3):
        subprocess.run(command, stdout=log.handle, check=True)
        os.write(log.handle, line + b"the last line\n")
        log.trim()
        assert log.path.stat().st_size <= logs.MOST
        assert log.last() == "the last line"
    log.close()


def test_log_is_not_written_through_a_link(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.write_text("precious\n")
    (tmp_path / "datasette.log").symlink_to(theirs)
    log = Log(tmp_path / "datasette.log")
    os.write(log.handle, b"ours\n")
    log.close()
    assert theirs.read_text() == "precious\n"
