"""`ost export`: its messages, and the files that it leaves alone."""

import tomllib
from collections.abc import Callable
from importlib import invalidate_caches
from pathlib import Path

import pytest
from click.testing import Result

from docs.transcript import FENCE
from tests.test_cli import OPPORTUNITY, OUTCOME

ROOT = Path(__file__).parent.parent
Written = Callable[[str], Path]
Run = Callable[[str], Result]


def test_export_says_what_it_wrote(folder: Written, run: Run) -> None:
    home = folder(OUTCOME + OPPORTUNITY)
    first = run("ost export html site")
    assert first.exit_code == 0
    assert first.output.startswith("wrote site/index.html\n")
    assert (home / "site/node/cant-agree.html").is_file()
    again = run("ost export html site")
    assert again.output.startswith("unchanged: site/index.html\n")
    (home / "cant-agree.md").unlink()
    assert ", 1 removed" not in again.output
    gone = run("ost export html site")
    assert " removed" in gone.output
    assert not (home / "site/node/cant-agree.html").exists()


def test_export_leaves_other_peoples_folders_alone(folder: Written, run: Run) -> None:
    home = folder(OUTCOME + "-- thesis/part.tex --\nx\n-- notes.txt --\nx\n")
    refused = run("ost export html thesis")
    assert refused.exit_code == 2
    assert "thesis holds files that no export wrote" in refused.stderr
    assert [each.name for each in (home / "thesis").iterdir()] == ["part.tex"]
    assert run("ost export html notes.txt").exit_code == 2
    assert run("ost export html").exit_code == 2


def test_an_exporter_that_cannot_be_loaded_stops_no_other(
    folder: Written, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = folder(OUTCOME)
    about = home / "site-packages/boom-1.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: boom\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[ost.exporters]\nboom = not_there:export\n")
    monkeypatch.syspath_prepend(about.parent)
    invalidate_caches()
    listed = run("ost export --help").stdout
    assert "'not_there:export' cannot be loaded" in listed
    assert "opml" in listed
    ended = run("ost export boom out --at HEAD")
    assert ended.exit_code == 2
    assert "the exporter 'not_there:export' cannot be loaded: ModuleNotFoundError" in ended.stderr


def test_exporter_of_the_how_to_saves_a_board(
    folder: Written, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = folder(
        "-- one.md --\n---\nkind: opportunity\n---\n# I wait\n"
        "-- two.md --\n---\nkind: opportunity\nstatus: parked\n---\n# I forget\n"
    )
    about = home / "site-packages/evening_board-1.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: evening_board\nVersion: 1\n")
    page = (ROOT / "docs/how-to/export.md").read_text("utf-8")
    found = {title: body for _, title, body in FENCE.findall(page)}
    (about.parent / "evening_board.py").write_text(found["evening-board/evening_board.py"])
    points = tomllib.loads(found["evening-board/pyproject.toml"])["project"]["entry-points"]
    ((group, named),) = points.items()
    ((name, value),) = named.items()
    (about / "entry_points.txt").write_text(f"[{group}]\n{name} = {value}\n")
    monkeypatch.syspath_prepend(about.parent)
    invalidate_caches()
    assert "for the board in the kitchen" in run("ost export board --help").stdout
    assert "1 file, 1 of them written" in run("ost export board kitchen").stdout
    assert (home / "kitchen/board.txt").read_text() == "[ ] I wait\n"
    assert "unchanged: kitchen/board.txt" in run("ost export board kitchen").stdout
    assert "holds files that no export wrote" in run("ost export board site-packages").stderr
