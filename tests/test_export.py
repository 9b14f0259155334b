"""`ost export`: its messages, and the files that it leaves alone."""

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from tests.test_cli import OPPORTUNITY, OUTCOME

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
