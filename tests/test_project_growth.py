"""A change costs what it touches, and a question what it asks for, whatever the project's shape.

Counted is what is read, asked or compared, never time.
"""

import random
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest
from lsprotocol.types import Position
from msgspec.structs import replace

from datasette_ost.view.excerpt import around
from ost.answers import chains, queries
from ost.compile.compiled import EMPTY, Text
from ost.compile.engine import Touched, update
from ost.compile.inputs import Inputs
from ost.edit.content_folder import ContentFolder
from ost.edit.format import formatted
from ost.exchange.agenda.agenda import agenda
from ost.judge.check import all_rules, configure
from ost.lsp import projects
from ost.lsp.navigation import references
from ost.lsp.positions import Positions
from ost.lsp.projects import File, OpenProject
from ost.mcp import statements
from ost.notation import Notation
from ost.project.live import Live
from ost.project.root import project_of
from ost.read.document import Document, Reading
from ost.read.parse import parse
from ost.read.place import Place
from ost.tree import fields
from ost.tree.build import build
from ost.tree.claims import claims_of
from ost.tree.facts import Facts
from ost.tree.index import PARTS, FactsChange, Index
from ost.tree.model import Moment, Node, NodeId, Opportunity
from ost.tree.moments import relations
from ost.tree.sections import SECTIONS
from ost.tree.tree import Edge

DAY = date(2026, 11, 1)
RULES = configure(all_rules())
MANY = 120


class Counted(Mapping[Any, Any]):
    """Values by name; counts how often one is asked for."""

    def __init__(self, values: Mapping[Any, Any]) -> None:
        """Holds them."""
        self._values, self.asked = values, 0

    def __getitem__(self, key: Any) -> Any:
        self.asked += 1
        return self._values[key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def test_common_parts_of_changes_are_grouped() -> None:
    """Many interviews that mention one opportunity change at once: it is renamed."""

    def linked(target: str) -> Facts:
        return Facts("interview", None, (), (NodeId(target),), (), None, (), None)

    ids = [NodeId(f"talk-{number}") for number in range(MANY)]
    before: dict[str, Any] = {name: Counted({}) for name in PARTS}
    before["sources"] = Counted({"old": tuple(sorted(ids))})
    changes = {each: FactsChange(linked("old"), linked("new")) for each in ids}
    index = Index({each: linked("new") for each in ids}, before, changes)
    assert index.changed["sources"] == {"old": (), "new": tuple(sorted(ids))}
    assert before["sources"].asked <= 2


@pytest.mark.parametrize(
    "query", [queries.CONCERNED, queries.BELOW, queries.MENTIONED, chains.BELOW, statements.ABOUT]
)
def test_question_reads_only_what_it_asks_for(folder: Callable[[str], Path], query: str) -> None:
    """SQLite makes no filter and no index of its own from all edges there are, and no list again
    for each row.
    """
    below = "".join(
        f"-- need-{number}.md --\n---\nkind: opportunity\nparent: need-{number - 1}\n"
        f"---\n# I cannot do thing {number}\n\nSee [[top]] and [[need-0]].\n"
        for number in range(1, 12)
    )
    root = folder(
        "-- top.md --\n---\nkind: outcome\n---\n# More\n"
        "-- need-0.md --\n---\nkind: opportunity\nparent: top\nstatus: target\n---\n# I cannot\n"
        + below
    )
    project = project_of(root, DAY)
    project.refresh()
    with closing(project.connect()) as state:
        asked = ("need-0",) * (1 if "?1" in query else query.count("?"))
        plan = [row[3] for row in state.execute(f"explain query plan {query}", asked)]
    assert plan
    costly = ("BLOOM", "AUTOMATIC", "CORRELATED LIST")
    assert not [step for step in plan if any(each in step for each in costly)]


def need(parent: str, title: str, body: str = "", field: str = "") -> str:
    above = f"parent: {parent}\n" if parent else ""
    return f"---\nkind: opportunity\n{above}{field}---\n# {title}\n\n{body}\n"


class Texts:
    """Texts compiled in memory."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Compiles them."""
        self._documents: dict[str, Document] = {}
        self.compiled = EMPTY
        self.take(texts)

    def take(self, texts: Mapping[str, str]) -> Touched:
        """Takes changed texts."""
        self._documents |= {path: Document(path, parse(text)) for path, text in texts.items()}
        changes = {
            path: Text(str(hash(text)), claims_of(self._documents[path]))
            for path, text in texts.items()
        }
        self.read = Counted(self._documents)
        inputs = Inputs(
            document=self.read.__getitem__,
            transcripts={},
            synonyms=SECTIONS,
            rules=RULES,
            as_of=DAY,
        )
        self.compiled, touched = update(self.compiled, changes, inputs)
        return touched


def messages(touched: Touched) -> list[str]:
    return [each.message for judged in touched.judged.values() for each in judged.diagnostics]


def test_new_name_is_compared_only_with_those_that_share_letters() -> None:
    """Whatever many links lead nowhere, a file that comes is like few of them."""
    texts = {
        f"need-{number}.md": need("", f"I cannot {number}", f"See [[zebra-{number}-crossing]].")
        for number in range(MANY)
    }
    project = Texts({**texts, "top.md": "---\nkind: outcome\n---\n# More\n"})
    assert len(project.take({"holiday.md": need("", "I cannot go away")}).built) == 1
    touched = project.take({"zebra-17-crossings.md": need("", "I cannot walk")})
    assert "need-17" in touched.built
    assert any("did you mean 'zebra-17-crossings'?" in each for each in messages(touched))


def test_list_of_many_names_is_shortened() -> None:
    project = Texts(
        {
            f"need-{number:03}.md": need("", f"I cannot {number}", field="aliases: [same]\n")
            for number in range(MANY)
        }
    )
    touched = project.take({"link.md": need("", "I cannot", "See [[same]].")})
    assert "'same' could be 'need-000', 'need-001', 'need-002' or 117 more" in messages(touched)


def test_formatter_reads_a_file_for_itself_alone() -> None:
    documents = [
        Document(f"need-{number}.md", parse(need("top", f"I cannot {number}", "See [[top]]. ")))
        for number in range(MANY)
    ]
    folder = ContentFolder(documents, lambda path: need("TOP", "I cannot", " "), as_of=DAY)
    folder.documents = counted = Counted(folder.documents)
    formatted(folder, [each.path for each in documents])
    assert counted.asked < 10 * MANY


def test_edit_reads_what_it_touches() -> None:
    """An outcome is judged again with the titles of all that is below it, which are known."""
    texts = {f"need-{number}.md": need("top", f"I cannot {number}") for number in range(MANY)}
    project = Texts({**texts, "top.md": "---\nkind: outcome\n---\n# More\n"})
    for title in ("I am lost", "I am found"):
        touched = project.take({"need-17.md": need("top", title)})
        assert "top" in touched.judged
        assert project.read.asked < 10


def test_edit_of_a_tree_in_one_file_builds_what_it_touches() -> None:
    below = "".join(f"- Opportunity: I cannot {number} ^need-{number}\n" for number in range(MANY))
    text = f"---\nkind: tree\n---\n# Outcome: More ^top\n\n{below}"
    project = Texts({"tree.md": text})
    touched = project.take({"tree.md": text.replace("cannot 17 ", "cannot wait ")})
    assert set(touched.built) == {"need-17"}
    assert len(touched.judged) < 5


def test_moments_of_an_interview_are_sorted_once() -> None:
    """What an interview says of each node is looked up, not looked through."""
    lines = "".join(f"- [[need-{number % 10}]] I said {number}\n" for number in range(MANY))
    text = f"---\nkind: interview\n---\n# P1\n\n## Opportunities\n\n{lines}"
    needs = {f"need-{number}.md": need("top", f"I cannot {number}") for number in range(10)}
    project = Texts({**needs, "talk.md": text})
    meaning = project.compiled.meanings[NodeId("talk")]
    about = [meaning.about(NodeId(f"need-{number}")) for number in range(10)]
    assert sorted(map(len, about)) == [MANY // 10] * 10
    assert meaning.about(NodeId("need-3")) is about[3]


def test_link_inside_any_moment_about_its_node_is_evidence() -> None:
    """Also after a moment within a moment, and between two of them."""
    chance = random.Random(5)
    field = parse(need("top", "I cannot", "See [[top]].")).entries[0].links[-1]
    for _ in range(60):
        spans = [_span(chance, chance.choice((0, 9))) for _ in range(chance.randrange(6))]
        heard = [
            Moment(source=TALK, node=TOP, words="", against=False, seconds=(), quotes=(), at=each)
            for each in spans
        ]
        links = [replace(field, at=_span(chance, 0)) for _ in range(8)]
        expected = [
            "evidence" if any(_contains(span, each.at) for span in spans) else "mentions"
            for each in links
        ]
        assert relations([Edge(TALK, TOP, each) for each in links], heard) == expected


TALK, TOP = NodeId("talk"), NodeId("top")


def _span(chance: random.Random, longest: int) -> Place:
    line, column = chance.randrange(20), chance.randrange(4)
    return Place(line, column, line + chance.randint(0, longest), column + 3)


def _contains(span: Place, at: Place) -> bool:
    start = (at.line, at.column)
    return (span.line, span.column) <= start <= (span.end_line, span.end_column)


def test_places_of_a_file_are_counted_once(
    folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often a file names a node: an editor is told each place."""
    root = folder(
        f"-- here.md --\n{need('', 'I am here')}-- a.md --\n"
        + need("here", "I cannot", "[[here]] " * MANY)
    )
    opened = OpenProject(Live(project_of(root, DAY)))
    counted: list[str] = []

    def count(text: str) -> Positions:
        counted.append(text)
        return Positions(text)

    monkeypatch.setattr(projects, "Positions", count)
    found = references(File(opened, "here.md"), Position(3, 3), declared=True)
    assert found is not None
    assert len(found) == MANY + 2
    assert {each.range.start.line for each in found} >= {3, 6}
    assert len(counted) <= 2
    opened.typed["a.md"] = "\n\n" + opened.text("a.md")
    assert opened.positions("a.md").lines.text.startswith("\n\n")
    assert len(counted) == 3


def test_excerpt_of_a_long_list_reads_the_lines_around() -> None:
    items = "".join(f"- [[need]] I said {number}\n" for number in range(3_000))
    body = f"# A\n\n## Opportunities\n\n{items}\n"
    near, _ = around(body, Notation(), {"1777"})
    assert "- [[need]] I said 1777\n- [[need]] I said 1778\n" in near
    assert near.startswith("- [[need]]")
    assert len(near) < 2_000


def test_agenda_goes_through_the_interviews_once_for_all_targets() -> None:
    talk = "---\nkind: interview\nsegment: teams\nparticipant: P1\n---\n# P1\n"
    texts = {f"talk-{number}.md": talk for number in range(30)}
    texts |= {
        f"need-{number}.md": need("top", f"I cannot {number}", field="status: target\n")
        for number in range(30)
    }
    texts["top.md"] = "---\nkind: outcome\n---\n# More\n"
    tree = build([Document(path, parse(text)) for path, text in texts.items()], as_of=DAY)
    counted = Counted(tree.by_id)
    made = agenda(replace(tree, by_id=counted))
    assert len([task for task in made.tasks if "segment 'teams'" in task.words]) == 30
    asked_of_few = counted.asked
    texts |= {f"more-{number}.md": talk for number in range(30)}
    tree = build([Document(path, parse(text)) for path, text in texts.items()], as_of=DAY)
    counted = Counted(tree.by_id)
    agenda(replace(tree, by_id=counted))
    assert counted.asked - asked_of_few < 30 * 10


def test_question_about_the_whole_tree_opens_the_cache_once(
    folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cache that another process throws away is opened again."""
    root = folder("".join(f"-- need-{n}.md --\n{need('', f'I cannot {n}')}" for n in range(20)))
    live = Live(project_of(root, DAY))
    opened: list[object] = []

    def connect(*arguments: Any, **options: Any) -> Any:
        opened.append(arguments)
        return connected(*arguments, **options)

    connected = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", connect)
    assert len([each.entry.title for each in live.tree.nodes(Node)]) == 20
    assert len(opened) == 1
    for file in live.project.folder.glob("cache.db*"):
        file.write_bytes(b"no database")
    live._kept.cache_clear()
    live.look()
    assert live.document("need-7.md").reading.entries
    assert live.document("need-8.md").reading.entries


def test_list_of_drafts_reads_drafts(
    folder: Callable[[str], Path], run: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    drafted = "generated: {by: bot, at: 2026-10-01}\n"
    texts = [need("", f"I cannot {n}", field=drafted if n == 7 else "") for n in range(20)]
    folder("".join(f"-- need-{n}.md --\n{text}" for n, text in enumerate(texts)))
    assert run("ost check").exit_code in {0, 1}
    read: list[str] = []
    whole = Live._read

    def count(live: Live, path: str, name: str) -> Reading:
        read.append(path)
        return whole(live, path, name)

    monkeypatch.setattr(Live, "_read", count)
    assert run("ost verify").output.startswith("need-7 ")
    assert set(read) == {"need-7.md"}


class Passed(tuple[Any, ...]):
    """Values in order; counts how often someone goes through them."""

    __slots__ = ()
    times: ClassVar[int] = 0

    def __iter__(self) -> Iterator[Any]:
        type(self).times += 1
        return super().__iter__()


def test_unknown_keys_are_compared_with_one_list_of_fields() -> None:
    text = need("top", "I cannot", field="".join(f"kay{n}: v\n" for n in range(MANY)))
    entry = parse(text).entries[0]
    found: list[str] = []
    fields.read(
        replace(entry, fields=Passed(entry.fields)),
        Opportunity,
        lambda code, at, message, fix=None, **_: found.append(message),
    )
    assert len(found) == MANY
    assert Passed.times < 10


def test_people_are_in_one_order_however_many_nodes_they_speak_of(
    folder: Callable[[str], Path],
) -> None:
    below = "".join(f"  - Opportunity: I cannot {n} ^need-{n}\n" for n in range(600))
    text = f"# Outcome: More ^top\n\n- Opportunity: I cannot ^need\n{below}"
    talks = "".join(
        f"-- {name}.md --\n---\nkind: interview\nparticipant: {name}\n---\n# {name}\n\n"
        f"## Opportunities\n\n- [[{about}]] I wait\n"
        for name, about in (("P1", "need-599"), ("P2", "need-1"), ("P3", "need-598"))
    )
    project = project_of(folder(f"-- tree.md --\n---\nkind: tree\n---\n{text}{talks}"), DAY)
    project.refresh()
    with closing(project.connect()) as state:
        chain = chains.chain_of(state, "need")
    assert [each.participant for each in chain.voices] == ["P1", "P2", "P3"]
