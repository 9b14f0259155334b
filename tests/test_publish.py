"""The published file: its content, its descriptions, and that it is always whole."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from ost.project import Project
from ost.publish.columns import VERSION
from ost.publish.schema import TABLES
from ost.publish.views import views
from ost.settings.config import Settings
from ost.tree.model import Assumption
from tests.conftest import files

TODAY = date(2026, 11, 23)

CONTENT = files("""\
-- more.md --
---
kind: outcome
measurements: {2026-01-01: 3, 2026-02-01: 4.5}
---
# More film nights
-- agree.md --
---
kind: opportunity
parent: more
status: target
lenses: {size: many}
---
# We never agree
-- kids.md --
---
kind: opportunity
parent: [agree, more]
---
# The kids drift off
-- vote.md --
---
kind: solution
parent: agree
bet: {expect: 5, by: 2026-12-01}
---
# Everybody votes
-- quick.md --
---
kind: assumption
parent: vote
---
# Voting is quick
-- try.md --
---
kind: test
parent: quick
ended: 2026-03-01
verdict: refuted
---
# Five families
-- p07.md --
---
kind: interview
date: 2026-01-03
participant: P07
segment: families
recording: https://youtu.be/9RFaz9ZBXpk
---
# P07

## Memorable quote

> We choose longer than we watch. [12:41]

## Story

1. [03:10] Friday, on the sofa
2. scrolls

## Opportunities

- [[agree]] three vetoes [12:41]
  > By then somebody has gone to bed. [13:05]
- [[kids]] phones
- against [[kids]] they stay
-- p08.md --
---
kind: interview
date: 2026-02-03
---
# P08

## Opportunities

- [[kids]] phones too
-- ticket.md --
---
kind: signal
date: 2026-02-04
---
# A ticket

[[kids]] again.
-- notes/page.md --
Only words about films.
""")


def project(folder: Path, content: Mapping[str, str] = CONTENT) -> Project:
    for name, text in content.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "ost.toml").write_text("")
    return Project(folder, Settings(content="content"), TODAY)


Ask = Callable[..., list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Asks the published file a question."""
    folder = tmp_path_factory.mktemp("project")
    made = project(folder)
    made.refresh()
    path = made.publish(folder / "out.db").path
    with closing(sqlite3.connect(path)) as db:
        yield lambda query, *values: db.execute(query, values).fetchall()


@pytest.mark.parametrize(
    ("node", "place"),
    [
        ("more", ("more", None, 0, 1, 5)),
        ("agree", ("more", "more", 1, 2, 4)),
        ("kids", ("more", "agree", 2, 0, 0)),
        ("vote", ("more", "agree", 2, 1, 2)),
        ("quick", ("more", "vote", 3, 1, 1)),
        ("try", ("more", "quick", 4, 0, 0)),
        ("p07", (None, None, None, 0, 0)),
    ],
)
def test_nodes_have_places_in_the_tree(ask: Ask, node: str, place: tuple[object, ...]) -> None:
    query = "select outcome, parent, depth, children, descendants from node where id = ?"
    assert ask(query, node) == [place]


def test_nested_set_covers_descendants(ask: Ask) -> None:
    inside = (
        "select below.id from node above join node below on below.lft > above.lft "
        "and below.rgt < above.rgt where above.id = 'agree' order by below.lft"
    )
    assert ask(inside) == [("kids",), ("vote",), ("quick",), ("try",)]


@pytest.mark.parametrize(
    ("node", "counts"),
    [
        ("kids", (2, 2, 2, 1, 1, "2026-01-03", "2026-02-03")),
        ("agree", (2, 2, 3, 1, 1, "2026-01-03", "2026-02-03")),
        ("more", (2, 2, 3, 1, 1, "2026-01-03", "2026-02-03")),
        ("vote", (0, 0, 0, 0, 0, None, None)),
    ],
)
def test_evidence_counts_people_once(ask: Ask, node: str, counts: tuple[object, ...]) -> None:
    columns = "participants, interviews, moments, against, signals, first_heard, last_heard"
    assert ask(f"select {columns} from node where id = ?", node) == [counts]


def test_interview_without_participant_is_one_person(ask: Ask) -> None:
    assert ask("select * from evidence where node = 'agree'") == [
        ("agree", "P07", 2),
        ("agree", "unknown", 1),
    ]
    assert ask("select id, interviews from participant") == [("P07", 1), ("unknown", 1)]


def test_status_is_derived(ask: Ask) -> None:
    assert ask("select id, status from node where id in ('quick', 'try', 'more') order by id") == [
        ("more", "active"),
        ("quick", "refuted"),
        ("try", "refuted"),
    ]


@pytest.mark.parametrize(
    ("tests", "status"),
    [
        ([], "untested"),
        (["planned", "planned"], "untested"),
        (["planned", "running"], "testing"),
        (["ended"], "testing"),
        (["planned", "supported"], "supported"),
        (["supported", "refuted"], "unclear"),
    ],
)
def test_planned_tests_leave_an_assumption_untested(tests: list[str], status: str) -> None:
    assert Assumption.derived(tests) == status


def test_quotes_belong_to_their_moments(ask: Ask) -> None:
    query = (
        "select quote.second, quote.url, moment.words from quote "
        "left join moment on moment.id = quote.moment order by quote.position"
    )
    assert ask(query) == [
        (761, "https://youtu.be/9RFaz9ZBXpk?t=761s", None),
        (785, "https://youtu.be/9RFaz9ZBXpk?t=785s", "three vetoes"),
    ]


def test_links_that_make_moments_are_evidence(ask: Ask) -> None:
    query = "select target, relation from edge where source = 'p07' order by position"
    assert ask(query) == [("agree", "evidence"), ("kids", "evidence"), ("kids", "evidence")]
    query = "select source, relation from edge where target = 'kids' order by source"
    assert ("ticket", "evidence") in ask(query)


def test_steps_of_the_story(ask: Ask) -> None:
    assert ask("select position, text, second from story_step order by position") == [
        (1, "Friday, on the sofa", 190),
        (2, "scrolls", None),
    ]


def test_fields_are_typed_json(ask: Ask) -> None:
    (fields,) = ask("select fields from node where id = 'vote'")[0]
    assert json.loads(str(fields)) == {
        "parent": ["agree"],
        "bet": {"expect": 5, "by": "2026-12-01"},
    }
    assert ask("select bet_expect, bet_by from solution") == [(5, "2026-12-01")]
    assert ask("select date, value from measurement order by date") == [
        ("2026-01-01", 3.0),
        ("2026-02-01", 4.5),
    ]


@pytest.mark.parametrize(
    ("table", "words", "found"),
    [
        ("node", "film", ["more"]),
        ("node", "votes", ["quick", "vote"]),
        ("quote", "watching", ["We choose longer than we watch."]),
        ("moment", "phone", ["phones", "phones too"]),
    ],
)
def test_search_finds_words(ask: Ask, table: str, words: str, found: list[str]) -> None:
    label = {"node": "id", "quote": "text", "moment": "words"}[table]
    query = (
        f"select {label} from {table} where rowid in "
        f"(select rowid from {table}_fts where {table}_fts match ?) order by 1"
    )
    assert [row[0] for row in ask(query, words)] == found


def test_everything_is_described(ask: Ask) -> None:
    described = set(ask("select table_name, column_name from description where text != ''"))
    there = {
        (str(name), column)
        for (name,) in ask(
            "select name from sqlite_master where type in ('table', 'view') "
            "and name not like '%\\_fts%' escape '\\' and name not like 'sqlite%'"
        )
        for column in ("", *(str(row[1]) for row in ask(f"pragma table_info({name})")))
    }
    assert described == there


def test_every_view_can_be_read(ask: Ask) -> None:
    for view in views():
        assert (
            len(ask(f"select * from {view.name}"))
            == ask("select count(*) from node where kind = ?", view.name)[0][0]
        )


def test_keys_move_to_a_node(ask: Ask) -> None:
    assert ask("pragma foreign_key_check") == []
    assert ask("pragma integrity_check") == [("ok",)]
    assert ask("pragma user_version") == [(VERSION,)]


def test_the_schema_number_goes_by_the_schema(tmp_path: Path) -> None:
    numbers = []
    for name, content in (
        ("a", CONTENT),
        ("b", {"other.md": "---\nkind: outcome\n---\n# Other\n"}),
    ):
        made = project(tmp_path / name, content)
        made.refresh()
        with closing(sqlite3.connect(made.publish(tmp_path / f"{name}.db").path)) as db:
            numbers.append(db.execute("pragma schema_version").fetchone())
    assert numbers[0] == numbers[1]


def test_the_file_as_sql(tmp_path: Path, golden: Callable[[Path, str], None]) -> None:
    """The definition of every table and view, and the rows of the small tree under one rule."""
    made = project(tmp_path)
    made.settings = Settings(content="content", select=("dangling-link",))
    made.refresh()
    lines = []
    with closing(made.connect()) as db:
        for (sql,) in db.execute(
            "select sql from sqlite_master where sql != '' order by type, name"
        ):
            if "_fts_" not in sql:
                lines.append(f"{sql};")
        for table in TABLES:
            if table.name not in {"rule", "description", "meta"}:
                for row in db.execute(
                    f"select * from {table.name} order by {', '.join(table.key)}"
                ):
                    lines.append(f"{table.name}: {json.dumps(tuple(row), ensure_ascii=False)}")
    golden(Path(__file__).parent / "golden" / "ost.sql", "\n".join(lines) + "\n")
