"""A kind of another package counts at once when it is installed, changed or removed; earlier
readings and findings do not. What it says of
itself holds in history, too.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import invalidate_caches
from pathlib import Path
from typing import Annotated

import pytest
from msgspec import Meta

from ost.exchange.differences.text import PLAIN
from ost.exchange.digests.digest import digest
from ost.history.change import LOOK, Verb
from ost.history.sentences import line
from ost.judge.rule import Rule
from ost.project.kind_mistakes import mistakes, unknown_kinds
from ost.project.kinds import load_kinds
from ost.project.words import words_of
from ost.read.diagnostic import Diagnostic
from ost.read.parse import parse
from ost.read.vocabulary import vocabulary
from ost.settings.config import Settings
from ost.testing import check_examples
from ost.tree.model import KINDS, Day, Node, People, References, register, unregister
from ost.tree.tree import Tree
from tests.test_diff_comment import named_difference

CODE = """
from typing import Annotated

from msgspec import Meta

from ost.tree.node import Node


class Barrier(Node, frozen=True, kw_only=True):
    kind = "barrier"
    plural = "barriers"
    glyph = "▼"
    under = ("opportunity",)

    height: Annotated[float | None, Meta(description="How high it is.")] = None
"""

FILES = {
    "ost.toml": "",
    "tree.md": "---\nkind: tree\n---\n# T\n\n- Outcome: More ^more\n  - Opportunity: Slow ^slow\n"
    "    - Barrier: A contract with one service ^wall\n",
    "high.md": "---\nkind: barrier\nparent: slow\nwidth: 3\n---\n# High\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Path]:
    """A folder for packages, which is on the path from the beginning."""
    made = tmp_path / "site-packages"
    made.mkdir()
    for path, text in FILES.items():
        (tmp_path / path).write_text(text)
    yield made
    unregister("barrier")
    load_kinds.cache_clear()
    sys.modules.pop("barriers", None)


def begin_with(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a process begins: the packages are there, and no kind of theirs is known yet."""
    monkeypatch.delitem(sys.modules, "barriers", raising=False)
    monkeypatch.syspath_prepend(site)
    invalidate_caches()
    load_kinds.cache_clear()


def install(site: Path, code: str) -> None:
    """Puts the package there."""
    about = site / "barriers-1.dist-info"
    about.mkdir(exist_ok=True)
    (site / "barriers.py").write_text(code)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: barriers\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[ost.kinds]\nbarrier = barriers:Barrier\n")


def ost(site: Path, *arguments: str) -> str:
    """The output of a command in a process of its own, which knows the packages installed at that
    time.
    """
    ended = subprocess.run(
        [sys.executable, "-m", "ost", *arguments],
        cwd=site.parent,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode in {0, 1}, ended.stderr
    return ended.stdout


def about_kinds(site: Path) -> list[str]:
    """The findings about kinds and fields."""
    found = json.loads(ost(site, "check", "--format", "json"))
    return [each["message"] for each in found if each["code"] in {"OST006", "OST007"}]


def test_a_kind_comes_changes_and_goes_with_its_package(site: Path) -> None:
    (unknown,) = about_kinds(site)
    assert unknown.startswith("there is no kind 'barrier'")
    install(site, CODE)
    assert about_kinds(site) == ["a barrier has no field 'width'"]
    assert "▼ A contract with one service" in ost(site, "tree")
    assert "<br/>barrier" in ost(site, "export", "mermaid", "-"), "made of what is kept"
    (site / "barriers.py").write_text(CODE.replace("    height:", "    width:"))
    assert about_kinds(site) == []
    (site / "barriers-1.dist-info/entry_points.txt").unlink()
    (site / "barriers-1.dist-info/METADATA").unlink()
    (site / "barriers-1.dist-info").rmdir()
    assert about_kinds(site) == [unknown]


class High(Rule, frozen=True, kw_only=True):
    """A barrier is high.

    Bad:

        -- wall.md --
        ---
        kind: barrier
        ---
        # A wall  <!-- HIGH-1 -->

    Good:

        -- need.md --
        ---
        kind: opportunity
        ---
        # I see nothing
    """

    code = "HIGH-1"
    kinds = (Node,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        if node.kind == "barrier":
            yield self.about(node, node.at, "it is high")


def test_examples_may_have_kinds_of_a_package(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(site, CODE)
    begin_with(site, monkeypatch)
    check_examples(High)


def test_failed_example_names_the_kind_that_cannot_be_loaded(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(site, CODE.replace("▼", "▼\n"))
    begin_with(site, monkeypatch)
    with pytest.raises(AssertionError, match="'barriers:Barrier' cannot be loaded: SyntaxError"):
        check_examples(High)


LEVEL = """class Level(Struct):
    of: float
"""


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('colour = "purpel"', "barrier: colour 'purpel' is not one of indigo, blue, green, yellow"),
        ('icon = "flags"', "people, question, speech, tree; did you mean 'flag'?"),
        ('day_field = "hight"', "barrier: there is no field 'hight'; did you mean 'height'?"),
        (
            'statuses = (Status("up", "It is up", stage="alive"),)',
            "barrier: status 'up': stage 'alive' is not one of waiting, live, done, aside; did you",
        ),
        ('kind = "high wall"', "high wall: a kind's name has only letters, digits and _"),
        ('kind = "Outcome"', "Outcome: another kind has this name; choose another"),
        ('kind = "tree"', "tree: another kind has this name; choose another"),
        ('kind = "Node_fts_data"', "Node_fts_data: a table of the published file has this name"),
        ('kind = "week"', "week: a table of the published file has this name"),
        ('under = "outcome"', "barrier: under is 'outcome'; use a tuple, as in ('outcome',)"),
        ('rank = "first"', "barrier: rank is 'first'; use a value of int"),
        ('under = ("outcom",)', "barrier: there is no kind 'outcom'; did you mean 'outcome'?"),
        (
            'statuses = (Status("draft", "It is new", stage="live"),)',
            "barrier: status 'draft': another status has this name",
        ),
        (
            (
                'statuses = (Status("up", "It is up", stage="live"),)\n'
                '    status: Literal["up", "down"] | None = None'
            ),
            "barrier: field 'status' may be 'down', which is not among the statuses",
        ),
        ("depth: float | None = None", "barrier: field 'depth': the name means something else"),
        ("day: Day | None = None", "barrier: field 'day': the name means something else"),
        ("tags: tuple[str, ...] = ()", "barrier: field 'tags': every node has it; choose another"),
        ("feet: float", "barrier: field 'feet': it has no default; give it one"),
        ("feet: Level | None = None", "barrier: field 'feet': 'of' of Level: it has no default"),
        ("feet: int = 0", "barrier: field 'feet': front matter cannot hold int; use str, float,"),
        ("all: tuple[float, ...] = ()", "front matter cannot hold tuple[float, ...]; use str"),
        ("level: Literal[1, 2] = 1", "front matter cannot hold typing.Literal[1, 2]; use str"),
        (
            "levels: Annotated[tuple[Level, ...], Meta()] = ()",
            "barrier: field 'levels': 'of' of Level: it has no default; give it one",
        ),
    ],
)
def test_mistake_in_a_kind_is_reported(
    site: Path, monkeypatch: pytest.MonkeyPatch, written: str, said: str
) -> None:
    code = CODE.replace("import Annotated", "import Annotated, Literal")
    code = code.replace("import Meta", "import Meta, Struct")
    code = code.replace("import Node\n", "import Day, Node, Status\n\n\n" + LEVEL)
    install(site, code.replace("    height", f"    {written}\n    height"))
    begin_with(site, monkeypatch)
    (failed,) = load_kinds()
    assert said in failed.error
    assert "barrier" not in KINDS


def test_our_kinds_have_no_mistakes() -> None:
    for kind in KINDS.values():
        assert not [*mistakes(kind), *unknown_kinds(kind)]


def test_whoever_reads_a_text_knows_them(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(site, CODE)
    begin_with(site, monkeypatch)
    words_of(Settings())
    assert "barrier" in KINDS


class Ruling(Node, frozen=True, kw_only=True):
    """What the steering group said."""

    kind = "ruling"
    plural = "rulings"
    under = ("solution", "opportunity")
    decides = True
    day_field = "given"

    given: Annotated[Day | None, Meta(description="The day.")] = None
    chose: Annotated[References, Meta(description="What it chose.")] = ()
    hurts: Annotated[References, Meta(description="Whose idea it was not.")] = ()


class Diary(Node, frozen=True, kw_only=True):
    """What a customer wrote down."""

    kind = "diary"
    plural = "diaries"
    placed = False
    speaks = "story"

    participant: Annotated[People | None, Meta(description="Who wrote.")] = None


BEFORE = {
    "slow.md": "---\nkind: opportunity\n---\n# Slow\n",
    "veto.md": "---\nkind: solution\nparent: slow\n---\n# Veto\n",
    "wheel.md": "---\nkind: solution\nparent: slow\n---\n# Wheel\n",
    "board.md": "---\nkind: ruling\nparent: slow\nchose: veto\nhurts: wheel\n---\n# Board\n",
}
RENAMED = {
    "board.md": BEFORE["board.md"].replace("wheel", "ring"),
    "ring.md": BEFORE["wheel.md"].replace("---\n#", "aliases: [wheel]\n---\n#"),
}
PAGES = "---\nkind: diary\nparticipant: P1\n---\n# Pages\n\n## Opportunities\n- [[slow]] again\n"


@pytest.fixture
def further() -> Iterator[None]:
    """Kinds that decide and speak as ours do, in other words."""
    register([Ruling, Diary])
    yield
    unregister("ruling")
    unregister("diary")


@pytest.mark.usefixtures("further")
def test_renamed_id_does_not_change_fields_that_name_it() -> None:
    after = {**BEFORE, **RENAMED}
    del after["wheel.md"]
    changes = named_difference(BEFORE, after).difference.changes
    assert [each.change for each in changes] == [Verb.RENAMED]


@pytest.mark.usefixtures("further")
def test_another_kind_decides_as_a_decision_does() -> None:
    after = {**BEFORE, "board.md": BEFORE["board.md"].replace("veto", "wheel")}
    found = named_difference(BEFORE, after)
    (change,) = digest(found.difference.changes, found.both, since="", until="").decided
    assert line(change, found.both, PLAIN).sentence() == (
        "ruling “Board” chooses: “Veto” → “Wheel”"
    )
    reworded = {**BEFORE, "veto.md": BEFORE["veto.md"].replace("# Veto", "# Each says one no")}
    suspect = {
        each.node for each in named_difference(BEFORE, reworded).difference.changes if each.after
    }
    assert "board" in suspect
    gone = {path: text for path, text in BEFORE.items() if path != "board.md"}
    (removed,) = named_difference(BEFORE, gone).difference.changes
    assert removed.weight == LOOK


@pytest.mark.usefixtures("further")
def test_another_kind_that_speaks_comes_in() -> None:
    found = named_difference(BEFORE, {**BEFORE, "d1.md": PAGES, "d2.md": PAGES})
    said = digest(found.difference.changes, found.both, since="", until="")
    assert said.headline.startswith("2 diaries came in")
    assert {"d1", "d2"} <= {each.node for each in said.heard}


class Risk(Node, frozen=True, kw_only=True):
    """What may go wrong with a solution: elsewhere, a word for an assumption."""

    kind = "risk"
    plural = "jeopardies"
    under = ("solution",)


def test_a_kind_is_called_as_it_calls_itself() -> None:
    assert vocabulary().kind("risk") == "assumption"
    register([Risk])
    try:
        for written in ("kind: risk", "kind: Jeopardies", "type: risk"):
            (entry,) = parse(f"---\n{written}\n---\n# Rain\n").entries
            assert entry.kind is not None
            assert entry.kind.text == "risk", written
    finally:
        unregister("risk")
    assert vocabulary().kind("risk") == "assumption"
    assert parse("---\ntype: jeopardies\n---\n# Rain\n").entries == ()


def test_two_kinds_of_one_name_are_refused() -> None:
    class Other(Node, frozen=True, kw_only=True):
        kind = "outcome"

    with pytest.raises(ValueError, match="two kinds are called 'outcome'"):
        register([Other])
    assert KINDS["outcome"].__name__ == "Outcome"
