"""An in-place update of a state equals a rebuild, row for row."""

import random
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from ost.project import Project
from ost.project.memory import compiled
from ost.project.state import State
from ost.publish.schema import TABLES
from ost.settings.config import Settings

TODAY = date(2026, 11, 23)

IDS = [
    f"{kind}{number}"
    for kind in ("aim", "need", "idea", "belief", "try", "talk", "choice")
    for number in range(4)
]
KINDS = {
    "aim": "outcome",
    "need": "opportunity",
    "idea": "solution",
    "belief": "assumption",
    "try": "test",
    "talk": "interview",
    "choice": "decision",
}
SPOKEN = ["talk.vtt", "talk.srt", "odd.txt"]
ABOVE = {"need": ("aim", "need"), "idea": ("need",), "belief": ("idea",), "try": ("belief",)}


def update(project: Project, today: date = TODAY) -> dict[str, list[tuple[object, ...]]]:
    """Brings a project up to date and gives every row of every table."""
    project.today = today
    project.refresh()
    return rows(project)


def rows_of_clean_build(
    project: Project, today: date = TODAY
) -> dict[str, list[tuple[object, ...]]]:
    """Builds a project from nothing and gives every row of every table."""
    clean = Project(project.root, project.settings, today)
    clean.folder = project.root / "clean"
    shutil.rmtree(clean.folder, ignore_errors=True)
    clean.refresh()
    return rows(clean)


def rows(project: Project) -> dict[str, list[tuple[object, ...]]]:
    found = rows_of(project.folder / "state.db")
    with closing(State(project.folder).connect()) as db:
        kept = compiled(db)
    found["kept texts"] = sorted((path, repr(text)) for path, text in kept.texts.items())
    found["kept facts"] = sorted((node_id, repr(facts)) for node_id, facts in kept.facts.items())
    return found


def rows_of(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of a file, and where a word is found in it."""
    found = {}
    with closing(sqlite3.connect(file)) as db:
        for table in TABLES:
            found[table.name] = sorted(db.execute(f"select * from {table.name}"), key=repr)
            if table.search:
                fts, key = f"{table.name}_fts", table.key[0]
                db.execute(f"insert into {fts} ({fts}) values ('integrity-check')")
                db.execute(f"create virtual table temp.said using fts5vocab(main, {fts}, instance)")
                found[fts] = db.execute(
                    f'select {key}, col, "offset", term from said'
                    f" join {table.name} on {table.name}.rowid = doc order by 1, 2, 3"
                ).fetchall()
                db.execute("drop table temp.said")
    return found


def written(chance: random.Random, node_id: str) -> str:  # noqa: C901, PLR0912, PLR0915 - cases
    """Some text for a node: mostly sound, sometimes broken."""
    word = node_id.rstrip("0123456789")
    kind = KINDS[word] if chance.random() > 0.05 else chance.choice([*KINDS.values(), "solutoin"])
    lines = ["---", f"kind: {kind}"]
    above = ABOVE.get(word, ())
    if above and chance.random() > 0.1:
        parents = [
            f"{chance.choice(above)}{chance.randrange(4)}" for _ in range(chance.choice([1, 1, 2]))
        ]
        lines.append(f"parent: [{', '.join(parents)}]")
    if chance.random() < 0.15:
        lines.append(f"aliases: [old{chance.randrange(3)}, {chance.choice(IDS)}]")
    if word == "need":
        lines.append(f"status: {chance.choice(['open', 'target', 'parked', 'odd'])}")
    if word == "idea":
        lines.append(f"status: {chance.choice(['candidate', 'dropped', 'testing', 'building'])}")
    if word == "try" and chance.random() < 0.7:
        lines.append(f"verdict: {chance.choice(['supported', 'refuted', 'unclear'])}")
    if word == "belief" and chance.random() < 0.7:
        lines.append(f"importance: {chance.choice(['high', 'low'])}")
    if word == "try" and chance.random() < 0.7:
        lines.append(f"ended: 2026-10-{chance.randrange(10, 30)}")
    if word == "choice":
        lines.append(f"on: 2026-10-{chance.randrange(10, 30)}")
        lines.append(f"parent: {chance.choice(['idea', 'belief', 'try'])}{chance.randrange(4)}")
        lines.append(f"chose: {chance.choice(['need', 'idea'])}{chance.randrange(4)}")
        lines.append(f"over: {chance.choice(['need', 'idea'])}{chance.randrange(4)}")
    if word == "aim":
        lines.append(f"measurements: {{2026-01-01: {chance.randrange(9)}}}")
    if word == "talk":
        lines.append(f"date: 2026-0{chance.randrange(1, 4)}-01")
        if chance.random() < 0.8:
            lines.append(f"participant: P{chance.randrange(3)}")
        lines.append(f"segment: {chance.choice('ab')}")
        lines.append("recording: https://youtu.be/9RFaz9ZBXpk")
        if chance.random() < 0.6:
            lines.append(f"transcript: {chance.choice(['', '../b/', 'a/'])}{chance.choice(SPOKEN)}")
    if chance.random() < 0.2:
        until = chance.choice(["", f", until: 2026-1{chance.randrange(3)}-20"])
        rule = chance.choice(["single-solution", "orphan", "odd", "unheard-opportunity"])
        lines.append(f"allow: {{rule: {rule}, because: so it is{until}}}")
    if chance.random() < 0.15:
        lines.append("generated: {by: bot}")
        if chance.random() < 0.5:
            lines.append(f"verified: [{{by: {chance.choice(['bot', 'Ada'])}}}]")
    if chance.random() < 0.08:
        lines.append("odd: [unclosed")
    lines.append("---" if chance.random() > 0.03 else "")
    lines.append(f"# Word{chance.randrange(99)} of {node_id}")
    lines.append("")
    for _ in range(chance.randrange(3)):
        target = chance.choice(
            [*IDS, "old0", "old1", "Need 1", "nowhere", f"../b/{chance.choice(IDS)}.md"]
        )
        form = f"[[{target}]]" if chance.random() < 0.7 else f"[words]({target})"
        lines.append(f"Word{chance.randrange(99)} leads to {form}.")
    if word == "talk":
        lines += [
            "",
            "## Story",
            "",
            f"1. [0{chance.randrange(9)}:10] word happened",
            "",
            "## Opportunities",
            "",
        ]
        for _ in range(chance.randrange(4)):
            against = "against " if chance.random() < 0.2 else ""
            lines.append(
                f"- {against}[[need{chance.randrange(4)}]] said word{chance.randrange(3)} [12:41]"
            )
            lines.append(f"  > In words {chance.randrange(9)}. [13:05]")
    return "\n".join(lines) + "\n"


def said(chance: random.Random, suffix: str) -> str:
    """A transcript: sometimes with the words that interviews quote."""
    comma = "," if suffix == ".srt" else "."
    cues = [
        f"00:13:0{number}{comma}000 --> 00:13:0{number + 1}{comma}000\n"
        f"Ann: In words {chance.randrange(9)}."
        for number in range(8)
    ]
    return "\n\n".join(["WEBVTT", *cues] if suffix == ".vtt" else cues) + "\n"


def edit(chance: random.Random, content: Path) -> str:
    """Does something to the files, and says what."""
    files = sorted(content.rglob("*.md"))
    deed = chance.choice(
        ["write", "write", "write", "new", "new", "remove", "move", "double", "page", "back", "say"]
    )
    node_id = chance.choice(IDS)
    path = next((each for each in files if each.stem == node_id), content / "a" / f"{node_id}.md")
    if deed in {"write", "new"}:
        path.write_text(written(chance, node_id))
    elif deed == "remove" and files:
        path = chance.choice(files)
        path.unlink()
    elif deed == "move" and files:
        path = chance.choice(files)
        path.rename(content / chance.choice("ab") / f"{chance.choice(IDS)}.md")
    elif deed == "double":
        path = content / chance.choice("ab") / f"{node_id}.md"
        path.write_text(written(chance, node_id))
    elif deed == "say":
        path = content / chance.choice("ab") / chance.choice(SPOKEN)
        if path.exists() and chance.random() < 0.4:
            path.unlink()
        else:
            path.write_text(said(chance, path.suffix))
    elif deed == "page":
        path = content / "b" / f"{chance.choice(['old0', 'nowhere', 'page'])}.md"
        path.write_text("Only words.\n")
    elif files:
        path = chance.choice(files)
        path.write_text(path.read_text())
    return f"{deed} {path.relative_to(content)}"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for folder in "ab":
        (tmp_path / "content" / folder).mkdir(parents=True)
    (tmp_path / "ost.toml").write_text("")
    return Project(tmp_path, Settings(content="content"), TODAY)


@pytest.mark.parametrize("seed", range(8))
def test_random_edits_equal_a_clean_build(
    project: Project, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    if seed % 2:
        from tests.test_engine import QUESTIONS, Asking

        class Curious(Asking, frozen=True, kw_only=True):
            """Asks three things of every node."""

            asked: tuple[str, ...] = tuple(chance.sample(sorted(QUESTIONS), 3))

        monkeypatch.setattr("ost.project.compilation.package_rules", lambda: [Curious])
        monkeypatch.setattr("ost.project.rules.package_rules", lambda: [Curious])
    monkeypatch.setattr("ost.project.memory.STEPS_KEPT", 4)
    content = project.root / "content"
    for node_id in IDS:
        if chance.random() < 0.7:
            (content / chance.choice("ab") / f"{node_id}.md").write_text(written(chance, node_id))
    update(project)
    story = []
    for step in range(15):
        for _ in range(chance.choice([1, 1, 1, 2, 3])):
            story.append(edit(chance, content))
        today = (
            date(2026, 11, 23) if chance.random() < 0.8 else date(2026, chance.randrange(9, 13), 25)
        )
        if step % 3:
            project.compiled = None  # what is on the disk is as good as what is in memory
        changed, clean = update(project, today), rows_of_clean_build(project, today)
        for table in clean:
            assert changed[table] == clean[table], f"{table} after {story} at step {step}"


def test_decision_on_a_test_counts_for_its_solution(project: Project) -> None:
    content = project.root / "content" / "a"
    for name, text in {
        "idea": "kind: solution\nstatus: testing",
        "belief": "kind: assumption\nparent: idea",
        "try": "kind: test\nparent: belief\nverdict: supported",
        "choice": "kind: decision",
    }.items():
        (content / f"{name}.md").write_text(f"---\n{text}\n---\n# {name}\n")
    said = update(project)["diagnostic"]
    assert any("OST318" in row for row in said)
    (content / "choice.md").write_text("---\nkind: decision\n---\n# After [[try]]\n")
    said = update(project)["diagnostic"]
    assert not any("OST318" in row for row in said)
    assert said == rows_of_clean_build(project)["diagnostic"]


def test_new_branch_moves_the_numbers_of_its_own_tree_alone(project: Project) -> None:
    content = project.root / "content" / "a"
    for aim in ("aim0", "aim1", "aim2"):
        (content / f"{aim}.md").write_text(f"---\nkind: outcome\n---\n# {aim}\n")
        need = f"---\nkind: opportunity\nparent: {aim}\n---\n# A need\n"
        (content / f"need-{aim}.md").write_text(need)
    before = {node[0]: node[6] for node in update(project)["node"]}
    (content / "another.md").write_text("---\nkind: opportunity\nparent: aim1\n---\n# Another\n")
    after = {node[0]: node[6] for node in update(project)["node"]}
    assert after.pop("another") is not None
    moved = {node_id for node_id, left in after.items() if left != before[node_id]}
    assert moved <= {"need-aim1"}


def test_edit_right_after_a_clone_is_an_update(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files of a clone are too young to be trusted by their times alone."""
    content = project.root / "content" / "b"
    for number in range(1010):
        text = f"---\nkind: opportunity\n---\n# Need {number}\n"
        (content / f"o{number}.md").write_text(text)
    project.refresh()

    def full_build(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("ost.project.full_build.full_build", full_build)
    (content / "o7.md").write_text("---\nkind: opportunity\n---\n# Another need\n")
    assert update(project)["node"]
