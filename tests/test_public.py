"""The public profile: the tree and its counts, without people's words or names."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ost.excerpt.part import part
from ost.excerpt.public import KEPT as COLUMNS
from ost.project import Project
from ost.project.public import public_copy
from ost.publish.schema import TABLES
from ost.settings import config
from ost.tree.model import KINDS
from ost.tree.sections import SECTIONS
from tests.public_sample import KEPT, SECRETS, leaks, project, published, rows


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return project(tmp_path_factory.mktemp("public"))


@pytest.fixture(scope="module")
def team_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The team's published file, with history."""
    folder = tmp_path_factory.mktemp("team")
    return published(project(folder / "repo", ""), folder / "team.db", history=True)


def test_team_publishes_every_secret(team_file: Path) -> None:
    with closing(sqlite3.connect(team_file)) as connection:
        said = "\n".join(connection.iterdump()).encode()
    assert sorted(leaks(said)) == sorted(SECRETS)


@pytest.mark.parametrize("history", [False, True])
def test_file_names_no_one(made: Project, tmp_path: Path, *, history: bool) -> None:
    file = published(made, tmp_path / "ost.db", history=history)
    assert leaks(file.read_bytes()) == []
    with closing(sqlite3.connect(file)) as connection:
        said = "\n".join(connection.iterdump())
    assert leaks(said.encode()) == []
    assert [each for each in KEPT if each not in said] == []
    assert bool(rows(file, "select * from revision")) == history


def test_counts_stay_those_of_the_team(made: Project, team_file: Path, tmp_path: Path) -> None:
    file = published(made, tmp_path / "ost.db", history=True)
    for sql in (
        "select id, status, lft, participants, interviews, against, signals from node where lft",
        "select node, stance, kind, date from moment order by 1, 2, 3, 4",
        "select node, count(*), sum(moments) from evidence group by 1",
        "select count(*), sum(interviews) from participant",
        "select node, since, until, participants from evidence_history order by 1, 2",
        "select kind, since, until, status from version order by 1, 2, 3, 4",
        "select interviews, participants, opportunities from week",
        "select * from measurement",
    ):
        assert rows(file, sql) == rows(team_file, sql), sql


def test_people_and_interviews_have_numbers(made: Project, tmp_path: Path) -> None:
    file = published(made, tmp_path / "ost.db")
    assert rows(file, "select id, title from node where kind in ('interview', 'signal')") == [
        ("interview-1", "Interview 1"),
        ("signal-1", "Signal 1"),
    ]
    assert rows(file, "select id from participant order by id") == [("Person 1",), ("Person 2",)]
    (fields,) = rows(file, "select fields from node where id = 'interview-1'")[0]
    assert json.loads(str(fields)) == {
        "interviewers": {"pm": "pm", "designer": "designer"},
        "recruited": "sales",
    }
    (differs,) = rows(file, "select fields ->> 'differs' from node where id = 'vote'")[0]
    assert differs == "everybody votes, see Interview 1 and Interview 1"
    (title,) = rows(file, "select title from node where id = 'agree'")[0]
    assert str(title).startswith("We cannot agree, says Person ")
    assert rows(file, "select value from meta where key = 'profile'") == [("public",)]


def test_findings_say_only_what_their_rule_says(made: Project, tmp_path: Path) -> None:
    file = published(made, tmp_path / "ost.db")
    found = rows(
        file,
        "select diagnostic.message = rule.summary, node.kind from diagnostic "
        "join rule using (code) join node on node.id = diagnostic.node",
    )
    assert found
    assert {same for same, _ in found} == {1}
    assert not {"interview", "signal"} & {kind for _, kind in found}


def test_search_finds_what_stays_and_nothing_else(made: Project, tmp_path: Path) -> None:
    file = published(made, tmp_path / "ost.db")
    for word, found in (("agree", 1), ("zelda", 0), ("whispered", 0), ("overheard", 0)):
        for table in ("node", "moment", "quote"):
            sql = f"select count(*) from {table}_fts where {table}_fts match '{word}'"
            assert rows(file, sql) == [(found if table == "node" else 0,)], (word, table)
    assert rows(file, "pragma integrity_check") == [("ok",)]


def test_a_part_is_public_too(made: Project) -> None:
    with closing(made.connect()) as state, closing(part(state, ["agree", "zelda-talk"])) as some:
        public = public_copy(some)
    said = "\n".join(public.iterdump())
    assert leaks(said.encode()) == []
    assert [row[0] for row in public.execute("select id from node")] == ["agree", "interview-1"]


def test_every_column_is_decided_on() -> None:
    """A new column is empty in public until someone adds it to `KEPT`."""
    known = {table.name: {column.name for column in table.columns} for table in TABLES}
    for table, columns in COLUMNS.items():
        assert columns.keys() <= known[table], table


def test_same_state_is_published_once(made: Project, tmp_path: Path) -> None:
    first = made.publish(tmp_path / "site")
    again = made.publish(tmp_path / "site")
    assert (first.written, again.written, again.path) == (True, False, first.path)


def test_same_build_has_the_same_rows_whatever_was_between(tmp_path: Path) -> None:
    made = project(tmp_path / "repo")
    needs = [tmp_path / "repo/content" / f"need{number}.md" for number in range(3)]
    for need in needs:
        need.write_text("---\nkind: opportunity\n---\n# [[nothing]]\n")
    said = []
    for more in ("", "\n[[nothing-else]]\n", ""):
        needs[0].write_text(f"---\nkind: opportunity\n---\n# [[nothing]]\n{more}")
        made.refresh()
        file = published(made, tmp_path / "ost.db")
        said.append([set(rows(file, f"select * from {table.name}")) for table in TABLES])
    assert said[0] != said[1]
    assert said[0] == said[2]


def test_file_is_made_again_when_what_makes_it_public_changes(
    made: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made.publish(tmp_path / "site")
    monkeypatch.setattr("ost.project.public.compiler", lambda *stages: f"other {stages}")
    again = made.publish(tmp_path / "site")
    assert again.written
    assert again.build != first.build


@pytest.mark.parametrize(
    "said",
    ['[publish]\nprofile = "pubic"\n', "[publish]\nprofil = 1\n", "publish = true\n"],
)
def test_mistake_publishes_less_and_never_more(tmp_path: Path, said: str) -> None:
    (tmp_path / "ost.toml").write_text(said)
    found = config.load(tmp_path)[1]
    assert (found.publish.profile, found.publish.authors) == ("public", False)
    assert config.mistakes(found, KINDS, SECTIONS)


def test_team_is_the_default(tmp_path: Path) -> None:
    assert config.load(tmp_path)[1].publish.profile == "team"
