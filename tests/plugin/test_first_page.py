"""The first page says what `ost` has not read yet, even beside an outcome."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from datasette_ost.page import PageRequest
from datasette_ost.pages.trees import read

OUTCOME = "-- o.md --\n---\nkind: outcome\n---\n# More evenings\n"
NOTES = "# Interview\n\nInterviewer: What then?\nP07: We choose.\nP07: And choose. [12:41]\n"


@pytest.mark.parametrize(("notes", "nodes", "said"), [(3, 1, True), (1, 2, False), (0, 1, False)])
def test_material_is_shown_while_most_of_it_is_unread(
    notes: int,
    nodes: int,
    said: bool,
    folder: Callable[[str], Path],
    run: Callable[[str], Result],
) -> None:
    more = "".join(OUTCOME.replace("o.md", f"o{each}.md") for each in range(nodes - 1))
    home = folder(OUTCOME + more + "".join(f"-- n{at}.md --\n{NOTES}" for at in range(notes)))
    run("ost build --output t.db")
    connection = sqlite3.connect(home / "t.db")
    found = read(connection, PageRequest()).material
    connection.close()
    assert bool(found) is said
    assert all("ost import n0.md" in each for each in found)


def test_own_outcome_instead_of_the_first_gives_no_findings(
    folder: Callable[[str], Path], run: Callable[[str], Result]
) -> None:
    home = folder("")
    run("ost init")
    (home / "content/outcomes/first-outcome.md").unlink()
    run("ost new outcome 'More teams talk to a customer' --set learning_goal=true")
    assert "nothing found" in run("ost check").output
