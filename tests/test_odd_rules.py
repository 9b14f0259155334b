"""Faulty rules of other packages: the mistake is one clear line, and nothing else stops."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from markupsafe import Markup
from msgspec.structs import replace

from ost.judge.catalog import choose, with_rules
from ost.judge.check import check
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.place import Place
from ost.testing import check_examples
from ost.tree.model import Node, Opportunity, Outcome
from ost.tree.tree import Tree
from tests.test_engine import Project
from tests.test_engine import node as written
from tests.test_judge_check import node, tree_of

if TYPE_CHECKING:
    from click.testing import Result

Yields = Callable[[Rule, Node, Tree], object]

REPORTS: list[tuple[Yields, str]] = [
    (
        lambda rule, node, tree: "a need",
        "it yields 'a need'; yield `self.about(node, node.at, message)`",
    ),
    (
        lambda rule, node, tree: rule.about(tree.by_id["aim"], node.at, "x"),  # type: ignore[index] # an id
        "it reports 'aim'; report the node that is checked",
    ),
    (
        lambda rule, node, tree: replace(rule.about(node, node.at, "x"), path="b.md"),
        "it reports 'b.md'; report the node that is checked",
    ),
    (
        lambda rule, node, tree: replace(rule.about(node, node.at, "x"), code="OST101"),
        "it reports the code 'OST101' and has the code 'X910'",
    ),
    (
        lambda rule, node, tree: rule.about(node, "title", "x"),  # type: ignore[arg-type] # the mistake
        "its place is 'title'; use `node.at` or `node.place(field)`",
    ),
    (
        lambda rule, node, tree: rule.about(node, node.at, 5),  # type: ignore[arg-type] # see above
        "its message is 5; use text",
    ),
    (
        lambda rule, node, tree: rule.about(node, Place(-1, 0, 1 << 70, 0), "x"),
        (
            f"its place is Place(line=-1, column=0, end_line={1 << 70}, end_column=0); use"
            " `node.at` or `node.place(field)`"
        ),
    ),
    (
        lambda rule, node, tree: rule.about(node, node.at, "\ud800"),
        (
            "its report cannot be written down: 'utf-8' codec can't encode character '\\ud800' in"
            " position 0: surrogates not allowed"
        ),
    ),
    (
        lambda rule, node, tree: rule.about(node, node.at, Markup("x")),
        "its report cannot be written down: Encoding objects of type Markup is unsupported",
    ),
    (
        lambda rule, node, tree: rule.about(node, node.at, "x", "grave"),  # type: ignore[arg-type] # see above
        "its report cannot be written down: Invalid enum value 'grave' - at `$.severity`",
    ),
    (
        lambda rule, node, tree: rule.about(node, node.at, "x", related=[5]),  # type: ignore[arg-type] # see above
        "its report cannot be written down: Expected `array`, got `int` - at `$.related[0]`",
    ),
    (
        lambda rule, node, tree: rule.about(node, node.at, "x", fix="do it"),  # type: ignore[arg-type] # see above
        "its report cannot be written down: Expected `object | null`, got `str` - at `$.fix`",
    ),
    (lambda rule, node, tree: Unshown(), "Speechless: it does not say why"),
]


class Speechless(Exception):  # noqa: N818 - it says nothing
    """Cannot say what is wrong."""

    def __str__(self) -> str:
        raise RuntimeError


class Unshown:
    """Cannot be shown."""

    def __repr__(self) -> str:
        raise Speechless


@pytest.mark.parametrize(("yields", "expected"), REPORTS)
def test_a_report_that_cannot_be_kept_is_a_failure_of_the_rule(
    yields: Yields, expected: str
) -> None:
    class Odd(Rule, frozen=True):
        code = "X910"
        kinds = (Opportunity,)

        def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
            yield self.about(node, node.at, "fine")
            yield yields(self, node, tree)  # type: ignore[misc] # the mistake

    class Sound(Odd, frozen=True):
        code = "X911"

        def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
            yield self.about(node, node.at, "sound")

    tree = tree_of(node("aim", "outcome"), node("need", "opportunity", "parent: aim"))
    assert [(each.node, each.message) for each in check(tree, (Odd(), Sound()))] == [
        ("need", f"the rule odd failed on 'need': {expected}"),
        ("need", "sound"),
    ]


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (SystemExit("enough"), "SystemExit: enough"),
        (GeneratorExit("enough"), "GeneratorExit: enough"),
        (Speechless(), "Speechless: it does not say why"),
        (KeyError(object()), "KeyError: <object object>"),
        (ValueError("\ud800"), "ValueError: \\ud800"),
    ],
)
def test_a_rule_that_ends_in_any_way_ends_nothing_else(
    raised: BaseException, expected: str
) -> None:
    class Odd(Rule, frozen=True):
        code = "X910"
        kinds = (Opportunity,)

        def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
            yield self.about(node, node.at, "fine")
            raise raised

    tree = tree_of(node("aim", "outcome"), node("need", "opportunity", "parent: aim"))
    assert [each.message for each in check(tree, (Odd(),))] == [
        "fine",
        f"the rule odd failed on 'need': {expected}",
    ]


def test_a_severity_that_is_written_as_text_is_that_severity() -> None:
    class Odd(Rule, frozen=True):
        code = "X910"
        kinds = (Opportunity,)

        def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
            yield self.about(node, node.at, "x", "note")  # type: ignore[arg-type] # see above

    (said,) = check(tree_of(node("need", "opportunity")), (Odd(),))
    assert said.severity is Severity.NOTE


def test_questions_that_have_no_answer_are_answered_so() -> None:
    """A rule may ask for something that a field lacks, or for a reference instead of an id."""

    class Asking(Rule, frozen=True):
        code = "X910"
        kinds = (Opportunity,)

        def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
            mappings = (tree.by_id, tree.kinds, tree.children_of, tree.incoming, tree.transcripts)
            keys: tuple[Any, ...] = (None, 5, node.parents[0], node.at)
            asked = [(key in each, each.get(key)) for each in mappings for key in keys]
            yield self.about(node, node.at, str({*asked}))

    project = Project(Asking())
    project.change({"aim.md": written("outcome"), "need.md": written("opportunity", parent="aim")})
    assert "(False, None)" in project.diagnostics()[-1].message
    project.change({"None.md": written("outcome"), "5.md": written("outcome")})
    assert project.diagnostics() == project.clean()


class Told(Rule, frozen=True):
    """A rule as it should be."""

    code = "X912"
    kinds = (Node,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        yield self.about(node, node.at, "seen")


USELESS: list[tuple[dict[str, object], str]] = [
    ({"kinds": ()}, "it names no kinds, so it would check no node; (Node,) is all kinds"),
    (
        {"kinds": [Opportunity]},
        f"its kinds are [{Opportunity!r}]; use a tuple of classes, as in (Solution,)",
    ),
    (
        {"kinds": ("solution",)},
        "its kinds are ('solution',); use a tuple of classes, as in (Solution,)",
    ),
    ({"code": 301}, "its code is 301; use letters and a number, as in TEAM301"),
    ({"code": "of ours"}, "its code is 'of ours'; use letters and a number, as in TEAM301"),
    (
        {"needs": ("participant",)},
        "it needs ('participant',); use the name of one field, such as `transcript`",
    ),
    ({"check": Rule.check}, "it has no `check`"),
]


@pytest.mark.parametrize(("said", "expected"), USELESS)
def test_a_rule_that_could_not_judge_is_not_loaded(said: dict[str, object], expected: str) -> None:
    """Otherwise its author would hear nothing, or nothing at all would be checked."""
    rule = type("Told", (Told,), said, frozen=True)
    with pytest.raises(TypeError, match=re.escape(f"rule 'told': {expected}")):
        with_rules(rule)
    with pytest.raises(AssertionError, match=re.escape(f"told: {expected}")):
        check_examples(rule)


@pytest.mark.parametrize("kinds", [(Node,), Node, (Outcome, Opportunity)])
def test_a_rule_checks_the_kinds_that_it_names(kinds: object) -> None:
    rule = type("Told", (Told,), {"kinds": kinds}, frozen=True)
    assert with_rules(rule) is rule
    tree = tree_of(node("aim", "outcome"), node("need", "opportunity", "parent: aim"))
    assert [each.node for each in check(tree, (rule(),))] == ["aim", "need"]


def test_a_rule_passes_over_nodes_that_lack_the_field_it_needs() -> None:
    rule = type("Told", (Told,), {"needs": "participant"}, frozen=True)
    project = Project(rule())
    project.change({"talk.md": written("interview"), "aim.md": written("outcome")})
    assert [each.node for each in project.diagnostics()] == ["aim"]  # outcomes have no such field
    project.change({"talk.md": written("interview", participant="P7")})
    assert [each.node for each in project.diagnostics()] == ["aim", "talk"]
    assert project.diagnostics() == project.clean()


def test_only_a_field_can_be_needed() -> None:
    rule = type("Told", (Told,), {"needs": "speaks"}, frozen=True)
    project = Project(rule())
    project.change({"talk.md": written("interview"), "aim.md": written("outcome")})
    assert [each.node for each in project.diagnostics()] == ["aim", "talk"]


def test_an_option_that_is_named_as_a_setting_of_all_rules_may_be_something_else() -> None:
    class Odd(Told, frozen=True):
        glossary: int = 3
        sections: tuple[str, ...] = ()

    (rule,), wrong = choose([Odd], shared={"glossary": ("x",), "sections": {"story": ("Tale",)}})
    assert rule == Odd()
    assert not wrong


RULE = """
from ost.judge.rule import Rule
from ost.tree.model import Guide


class CLASS(Rule, frozen=True):
    \"\"\"A guide is there.\"\"\"

    code = "CODE"
    kinds = (Guide,)

    def check(self, node, tree):
        yield self.about(node, node.at, "seen by CLASS")
"""


def installed(site: Path, name: str, points: str, files: dict[str, str]) -> None:
    """Another package, installed in a folder."""
    about = site / f"{name}-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(points)
    for path, text in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text)


GUIDE = "-- a.md --\n---\nkind: guide\n---\n# A\n"


def test_a_package_names_the_rules_of_its_modules(
    folder: Callable[[str], Path],
    run: Callable[[str], "Result"],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As one writes a package of many rules: a file each, and `__init__.py` imports them."""
    written = {
        f"many_rules/{name.lower()}.py": RULE.replace("CLASS", name).replace("CODE", code)
        for name, code in (("Left", "ODD401"), ("Right", "ODD402"))
    }
    named = "from many_rules.left import Left\nfrom many_rules.right import Right\n"
    files = {**written, "many_rules/__init__.py": named}
    installed(tmp_path / "site", "many_rules", "[ost.rules]\nmany = many_rules\n", files)
    monkeypatch.syspath_prepend(tmp_path / "site")
    folder(GUIDE)
    found = json.loads(run("ost check --format json").stdout)
    said = [each["message"] for each in found if each["code"].startswith("ODD")]
    assert said == ["seen by Left", "seen by Right"]


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (
            "[ost.rules]\nx = no_rules\n",
            "the rules 'no_rules' cannot be loaded: TypeError: it holds",
        ),
        (
            "[ost.rules]\nx = no_rules:text\n",
            "the rules 'no_rules:text' cannot be loaded: Misuse: ",
        ),
        (
            "[ost.kinds]\nx = no_rules:text\n",
            "the kind 'no_rules:text' cannot be loaded: TypeError",
        ),
    ],
)
def test_an_entry_point_without_rules_is_reported_and_stops_nothing(
    folder: Callable[[str], Path],
    tmp_path: Path,
    points: str,
    expected: str,
) -> None:
    """In a process of its own: kinds are loaded once in a process."""
    files = {"no_rules.py": "from ost.judge.rule import Rule\n\ntext = 'words'\n"}
    if "Bare" in points:
        files["no_rules.py"] += "class Bare(Rule):\n    code = 'X911'\n    limit: int\n"
    installed(tmp_path / "site", "no_rules", points, files)
    home = folder(GUIDE)
    ended = subprocess.run(
        [sys.executable, "-m", "ost", "check", "--format", "json"],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1, ended.stderr
    assert [each["message"] for each in json.loads(ended.stdout) if expected in each["message"]]
