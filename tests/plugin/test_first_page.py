"""What stands first: on the first page what `ost` has not read yet, and findings; on a node's page
a quote.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from datasette_ost.export import html
from datasette_ost.page import PageRequest
from datasette_ost.pages.node import read as read_node
from datasette_ost.pages.trees import read
from datasette_ost.view.quotations import quotations

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


def test_trees_without_an_outcome_show_their_findings(
    folder: Callable[[str], Path], run: Callable[[str], Result]
) -> None:
    lost = "-- {0}.md --\n---\nkind: opportunity\nparent: {1}\n---\n# I lose {0} on the way\n"
    home = folder(OUTCOME + lost.format("keys", "nowhere") + lost.format("time", "keys"))
    run("ost build --output t.db")
    connection = sqlite3.connect(home / "t.db")
    [found] = read(connection, PageRequest()).unplaced
    counted = connection.execute("select sum(errors), sum(warnings) from node where id <> 'o'")
    assert (found.id, found.errors, found.warnings) == ("keys", *counted.fetchone())
    assert found.errors
    assert found.warnings
    html(connection, home / "saved")
    connection.close()
    group = (home / "saved/index.html").read_text("utf-8").split("Under no outcome")[1]
    assert f'title="{found.errors} to fix"' in group


BELOW = "-- {0}.md --\n---\nkind: opportunity\nparent: need\norder: {1}\n---\n# I lose {0}\n"
TOLD = """\
-- p{0}.md --
---
kind: interview
date: 2026-11-0{0}
participant: P{0}
---
# P{0}

## Opportunities
- [[{1}]] it was late [0:05]
"""


def test_first_quote_is_of_any_branch(
    folder: Callable[[str], Path], run: Callable[[str], Result]
) -> None:
    heard = "".join(TOLD.format(each, "keys") for each in range(1, 8))
    need = "-- need.md --\n---\nkind: opportunity\n---\n# I lose things\n"
    quoted = TOLD.format(8, "time") + "  > I went back home. [0:09]\n"
    home = folder(need + BELOW.format("keys", 1) + BELOW.format("time", 2) + heard + quoted)
    run("ost build --output t.db")
    connection = sqlite3.connect(home / "t.db")
    found = read_node(connection, PageRequest("need"))
    connection.close()
    assert found is not None
    assert found.more_moments == 2
    [(first, said), *_] = quotations(found.moments, "for", "need")
    assert (first.participant, said and said.text) == ("P8", "I went back home.")
    assert [each.about.id for each in found.moments] == ["keys"] * 5 + ["time"]


def test_own_outcome_instead_of_the_first_gives_no_findings(
    folder: Callable[[str], Path], run: Callable[[str], Result]
) -> None:
    home = folder("")
    run("ost init")
    (home / "content/outcomes/first-outcome.md").unlink()
    run("ost new outcome 'More teams talk to a customer' --set learning_goal=true")
    assert "nothing found" in run("ost check").output
