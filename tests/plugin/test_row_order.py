"""No answer depends on the order in which rows were written: an update writes them in another order
than a clean build.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from datasette_ost.file.questions import QUESTIONS
from datasette_ost.file.rows import rows
from datasette_ost.page import PageRequest, every_page
from ost.mcp.search import search
from ost.mcp.statements import statements
from ost.project.history import publish
from ost.project.root import project_of
from ost.publish.schema import TABLES
from tests.conftest import DAY
from tests.scratch import Scratch

if TYPE_CHECKING:
    from click.testing import Result

TWINS = ("b", "a")
"""Nodes are alike in all but these ends of their ids."""

ALIKE = {
    "aim": "kind: outcome\nteam: film\nmeasurements: {2026-09-01: 1, 2026-10-01: 2}",
    "need": "kind: opportunity\nparent: [aim-a, aim-b]\nstatus: target",
    "loose": "kind: opportunity",
    "idea": """kind: solution
parent: [need-a, need-b]
status: shipped
bet: {by: 2026-12-01, confidence: high}
result: {on: 2026-10-30, verdict: won}""",
    "alone": "kind: solution\nparent: loose-AT\nstatus: testing",
    "belief": "kind: assumption\nparent: [idea-a, idea-b, alone-a, alone-b]\nimportance: high",
    "leap": "kind: assumption\nparent: [alone-a, alone-b]\nimportance: high",
    "try": "kind: test\nparent: [belief-a, belief-b]\nverdict: refuted\nended: 2026-10-20",
    "choice": "kind: decision\nparent: need-a\nchose: idea-a\nover: idea-b\non: 2026-10-21",
    "talk": "kind: interview\nSPOKEN",
    "note": "kind: signal\nSPOKEN",
    "quiet": "kind: interview\ndate: 2026-10-01\nparticipant: P1 & P2",
    "way": "kind: guide",
}
SPOKEN = """date: 2026-10-01
participant: P1
segment: sAT
allow: [{rule: orphan, because: so}, {rule: odd, because: so}]"""

WORDS = "\nWords of [[need-a]], [[idea-a]] and [[nowhere]].\n"
SAID = """
## Story

1. [01:10] words happened

## Opportunities

- [[need-a]] said [12:41]
  > In words. [13:05]
- against [[need-b]] said [12:41]
  > In words. [13:05]
- [[need-a]] said again
"""
QUIET = "\n## Quotes\n\n> In words. [13:05]\n\n> In other words.\n"
BODIES = {"talk": SAID, "note": SAID, "quiet": QUIET}


def written(turn: int) -> str:
    """All files, as one text."""
    made = ""
    for name, fields in ALIKE.items():
        for at in TWINS:
            known = fields.replace("SPOKEN", SPOKEN).replace("AT", at)
            body = BODIES.get(name, WORDS) + "More.\n" * turn
            made += f"-- {name}-{at}.md --\n---\n{known}\n---\n# Words said here\n{body}"
    return made


def turn_rows(file: Path) -> None:
    """Writes all rows again, the last one first."""
    with closing(sqlite3.connect(file)) as db:
        for table in TABLES:
            found = db.execute(f'select * from "{table.name}" order by rowid desc').fetchall()
            marks = ", ".join("?" * len(table.columns))
            db.execute(f'delete from "{table.name}"')
            db.executemany(f'insert into "{table.name}" values ({marks})', found)
            if table.search:
                fts = f"{table.name}_fts"
                db.execute(f"insert into {fts} ({fts}) values ('rebuild')")
        db.commit()


def answers(file: Path) -> Iterator[tuple[str, object]]:
    """What pages, searches and questions say of a file."""
    with closing(sqlite3.connect(file)) as db:
        for name, page in every_page().items():
            asked = [
                PageRequest(each.id, each.args, today="2026-11-01") for each in page.copies(db)
            ]
            asked += [PageRequest(args=given, today="2026-11-01") for given in GIVEN.get(name, ())]
            for each in asked:
                made = page.read(db, each)
                yield f"{name} {each.id} {each.args}", msgspec.json.encode(made)
        for question in QUESTIONS:
            given = {
                each: {"node": "need-a", "participant": "P1"}[each] for each in question.parameters
            }
            yield question.name, rows(db, question.sql, given)
        db.row_factory = sqlite3.Row
        for words in SEARCHED:
            yield f"search {words}", search(db, words, "", 5)
        yield "statements", statements(db, "need-a", "", date(2026, 11, 1))


SEARCHED = ("words", "said", "in wo", "here")
GIVEN: Mapping[str, list[dict[str, str]]] = {
    "search": [
        *({"q": words, "kind": kind} for words in SEARCHED for kind in ("", "solution")),
        *({"kind": kind} for kind in ("solution", "interview", "guide")),
    ],
    "digest": [{"since": "2026-09-01"}],
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with some history."""
    scratch = Scratch(tmp_path_factory.mktemp("twins") / "repository")
    scratch.commit("-- ost.toml --\n" + written(0))
    scratch.commit(written(0).replace("status: target", "status: parked"))
    scratch.commit(written(1))
    return scratch.folder


def test_answers_do_not_depend_on_the_order_of_rows(home: Path, tmp_path: Path) -> None:
    project = project_of(home, date(2026, 11, 1))
    project.refresh()
    file = publish(project, tmp_path / "ost.db")[0].path
    before = dict(answers(file))
    turn_rows(file)
    differing = [name for name, answer in answers(file) if answer != before[name]]
    assert not differing


COMMANDS = (
    *("tree --format json", "check --format json", "next", "why need-a", "compare need-a"),
    *(f"show {each} --format json" for each in ("need-a", "idea-a", "talk-a")),
)


def test_commands_do_not_depend_on_the_order_of_rows(
    folder: Callable[[str], Path], run: Callable[[str], "Result"]
) -> None:
    home = folder("-- ost.toml --\n" + written(0))
    before = {each: run(f"ost {each}").output for each in COMMANDS}
    project = project_of(home, DAY)
    known, folders = project.known, project.folders
    turn_rows(project.folder / "state.db")
    project.remember(known, folders)
    for each in COMMANDS:
        assert run(f"ost {each}").output == before[each], each
    ids = [row[0] for row in project.connect().execute("select id from node order by rowid")]
    assert ids != sorted(ids), "a command rebuilt the state"
