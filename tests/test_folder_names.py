"""Every folder name that a file system allows works: checked, built, exported and served."""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from datasette.app import Datasette
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ost.cli import main
from ost.judge import catalog
from tests.servers import answer, serving

NODE = "---\nkind: outcome\n---\n# More evenings begin with a film\n"
NAMES = (
    "demo", "data", "café", "cafe\u0301", "x#y", "a%20b", "a%2fb", "a?mode=memory", "a&b=c", " ",
    "it's", 'said "so"', "new\nline", "back\\slash", "x" * 255, "é" * 127, "_internal", "_memory",
    "ost", "current.json", "file:", ":memory:", "--help", "~", "$HOME", "*", "%zz", ".hidden", "🎬",
    "\udcff\udcfe", "<b>", "\u202egnp",
)  # fmt: skip
"""Names with a special meaning in an address, a shell, SQLite, Datasette or a terminal."""


def allowed(name: str) -> bool:
    """Whether a file system does; `--output` takes what ends in `.db` for a file."""
    return name.strip(".") != "" and not name.endswith(".db") and len(os.fsencode(name)) <= 250


signs = st.one_of(
    st.sampled_from("%?#&=;:~$*'\"\\ \n\t.-_[]{}<>|`0aé"),
    st.characters(exclude_categories=["Cs"], exclude_characters="/\0"),
    st.integers(0xDC80, 0xDCFF).map(chr),  # bytes that are no text
)
names = st.text(signs, min_size=1, max_size=60).filter(allowed)


@pytest.fixture(autouse=True)
def few_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Saves the pages of three rules: the others differ only in the rule's name, and were two
    thirds of the work.
    """
    own = catalog._own()
    monkeypatch.setattr(catalog, "_own", lambda: own[:3])


def ost(*arguments: object) -> str:
    """The output of a command that succeeds."""
    ended = CliRunner().invoke(main, [os.fspath(each) for each in arguments])  # type: ignore[call-overload]
    if ended.exception is not None and not isinstance(ended.exception, SystemExit):
        raise ended.exception
    assert ended.exit_code == 0, ended.output
    return ended.output


async def served(site: Path, recordings: Path) -> None:
    """Asks the plugin for the content behind a pointer."""
    plugin = {"pointer": str(site / "current.json"), "recordings": str(recordings)}
    server = Datasette([], config={"plugins": {"datasette-ost": plugin}})
    await server.invoke_startup()
    try:
        for address in ("/-/ost/node/film.json", "/ost/node.json", "/-/databases.json"):
            found = await server.client.get(address)
            assert found.status_code == 200, (address, found.text)
        assert "More evenings" in (await server.client.get("/-/ost/node/film.json")).text
    finally:
        await server.invoke_shutdown()
        server.close()


@contextmanager
def folder_named(name: str) -> Iterator[Path]:
    """A folder of that name in a new folder, so that the state's place is below it."""
    with tempfile.TemporaryDirectory() as top:
        home = Path(top) / name
        home.mkdir()
        (home / "film.md").write_text(NODE)
        yield home


@settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(name=names, project=st.booleans())
def test_any_folder_is_checked_built_exported_and_served(name: str, *, project: bool) -> None:
    every_command(name, project=project)


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_folder_of_this_name_works(name: str) -> None:
    every_command(name, project=NAMES.index(name) % 3 == 2)


def every_command(name: str, *, project: bool) -> None:
    """A project, or notes with their state in the user's cache; the folder and the output have the
    name.
    """
    with folder_named(name) as home:
        if project:
            (home / "ost.toml").write_text("content = '.'\n")
        ost("check", home)
        out = home.parent / "out" / name
        ost("build", home, "--output", out)
        assert "unchanged" in ost("build", home, "--output", out)
        file = home.parent / f"{name[:60]}.db"
        ost("build", home, "--output", file)
        assert "unchanged" in ost("build", home, "--output", file)
        assert "More evenings" in ost("tree", home)
        ost("export", "html", "--folder", home, home.parent / "pages" / name)
        assert (home.parent / "pages" / name / "node/film.html").is_file()
        asyncio.run(served(out, home))


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["demo", "café", "x#y", "a%20b", "a?b", "new\nline", "\udcff", "_internal"], ids=ascii
)
def test_ost_serve_serves_a_folder_of_this_name(name: str) -> None:
    with folder_named(name) as home, serving(home) as (_, address):
        assert "More evenings" in answer(f"{address}/node/film")


def test_folders_keep_their_states_apart(tmp_path: Path) -> None:
    """Paths that are long and similar: a common end, or letters that look alike."""
    long = "x" * 200
    for name in (f"a/{long}", f"b/{long}", "c/d", "c%d", "c:d", "c-d"):
        home = tmp_path / name
        home.mkdir(parents=True)
        title = name.replace(long, "long")
        (home / "film.md").write_text(NODE.replace("More evenings", f"At {title}"))
        assert f"At {title} begin" in ost("tree", home)
    states = list(Path(os.environ["XDG_CACHE_HOME"], "ost").iterdir())
    assert len(states) == 6
