"""The judge: phases, waivers, options, and rules that fail."""

from collections.abc import Iterator
from datetime import date

import pytest

from ost.errors import Misuse
from ost.judge.catalog import choose
from ost.judge.check import Ruleset, all_rules, check, check_node, configure, judge
from ost.judge.rule import Rule
from ost.judge.rules import single_solution
from ost.judge.rules.single_solution import SingleSolution
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.document import Document
from ost.read.parse import parse
from ost.tree.build import build
from ost.tree.model import Node, NodeId, Opportunity
from ost.tree.tree import Tree

DAY = date(2026, 11, 30)
RULES = configure(all_rules())


def node(name: str, kind: str, front: str = "", body: str = "") -> str:
    """A file of a txtar text."""
    lines = "".join(f"{each}\n" for each in front.split("; ") if each)
    return f"-- {name}.md --\n---\nkind: {kind}\n{lines}---\n# The {name}\n{body}\n"


def tree_of(*files: str) -> Tree:
    documents = []
    for block in "".join(files).split("-- ")[1:]:
        path, _, text = block.partition(" --\n")
        documents.append(Document(path, parse(text)))
    return build(documents, as_of=DAY)


def messages(tree: Tree, rules: tuple[Rule, ...] = RULES, *codes: str) -> list[str]:
    """One line for each diagnostic of these codes (of all codes if none is given)."""
    return [
        f"{each.path}:{each.at.line + 1} {each.code} {each.severity}: {each.message}"
        for each in check(tree, rules)
        if not codes or each.code in codes
    ]


OUTCOME = node("goal", "outcome")
HEARD = node(
    "p1", "interview", "participant: P1", "## Opportunities\n- [[need]] she waits [1:00]\n"
)


def waived(*lines: str) -> str:
    """An opportunity with one solution and these lines of waivers."""
    allow = "".join(f"{each}; " for each in ("allow:", *lines))
    return node("need", "opportunity", f"parent: goal; {allow}") + node(
        "s", "solution", "parent: need"
    )


@pytest.mark.parametrize(
    ("opportunity", "solutions", "scope", "expected"),
    [
        ("", (), "phase", None),
        ("", ("",), "phase", "warning"),
        ("status: open", ("status: idea",), "phase", "warning"),
        ("status: parked", ("status: candidate",), "phase", "warning"),
        ("status: target", ("",), "phase", "error"),
        ("", ("status: testing",), "phase", "error"),
        ("", ("status: building",), "phase", "error"),
        ("", ("status: shipped",), "phase", "error"),
        ("status: addressed", ("status: shipped",), "phase", "error"),
        ("status: target", ("status: dropped",), "phase", None),
        ("status: target", ("", "status: dropped"), "phase", "error"),
        ("status: target", ("", ""), "phase", None),
        ("", ("",), "all", "error"),
        ("", ("", "status: dropped"), "all", "error"),
        ("", ("", ""), "all", None),
    ],
)
def test_single_solution_has_severity_by_phase(
    opportunity: str, solutions: tuple[str, ...], scope: str, expected: str | None
) -> None:
    tree = tree_of(
        node("need", "opportunity", opportunity),
        *(node(f"s{n}", "solution", f"parent: need; {each}") for n, each in enumerate(solutions)),
    )
    rules = configure([SingleSolution], {"single-solution": {"scope": scope}})
    message = "opportunity 'need' has one live solution, 's0'; add alternatives"
    line = 4 + bool(opportunity)
    assert messages(tree, rules) == (
        [f"need.md:{line} OST301 {expected}: {message}"] if expected else []
    )


@pytest.mark.parametrize(
    ("front", "moments", "expected"),
    [
        ("", "", ["OST201 warning"]),
        ("status: parked", "", ["OST201 note"]),
        ("status: target", "", ["OST202 error"]),
        ("", "- [[need]] she waits", []),
        ("status: target", "- [[need]] she waits", ["OST203 warning"]),
        ("status: target", "- [[leaf]] she waits", ["OST203 warning"]),
        ("status: target", "- against [[need]] nobody waits", ["OST202 error"]),
        ("", "- against [[need]] nobody waits", ["OST201 warning"]),
    ],
)
def test_evidence_rules_have_severity_by_phase(
    front: str, moments: str, expected: list[str]
) -> None:
    tree = tree_of(
        node("need", "opportunity", front),
        node("leaf", "solution", "parent: need"),
        node(
            "p1",
            "interview",
            "participant: P1; illustrative: true",
            f"## Opportunities\n{moments}\n",
        ),
        node("ticket", "signal", "", "[[need]]"),
        *(node(f"other{number}", "interview") for number in range(2)),
    )
    found = messages(tree, RULES, "OST201", "OST202", "OST203")
    assert [" ".join(each.split(":")[1].split()[1:]) for each in found] == expected


def test_signals_alone_are_named() -> None:
    tree = tree_of(
        node("need", "opportunity", "status: target"), node("t", "signal", "", "[[need]]")
    )
    (line,) = messages(tree, RULES, "OST202")
    assert line.startswith(
        "need.md:3 OST202 error: no customer has mentioned target 'need', only 1 signal"
    )


def test_one_participant_twice_is_one_voice_and_two_are_two() -> None:
    again = HEARD.replace("p1.md", "p2.md")
    need = node("need", "opportunity", "status: target")
    assert messages(tree_of(need, HEARD, again), RULES, "OST203") == [
        "need.md:5 OST203 warning: only 'P1' mentions target 'need', in 2 moments; interview others"
    ]
    assert messages(tree_of(need, HEARD, again.replace("P1", "P2")), RULES, "OST203") == []
    unnamed = again.replace("participant: P1\n", "")
    assert messages(tree_of(need, HEARD, unnamed), RULES, "OST203") == []


@pytest.mark.parametrize(
    ("front", "kind", "expected"),
    [
        ("", "opportunity", "warning"),
        ("status: target", "opportunity", "error"),
        ("status: parked", "opportunity", None),
        ("", "solution", "error"),
        ("status: dropped", "solution", None),
        ("", "assumption", "error"),
        ("", "test", "error"),
        ("", "decision", "warning"),
        ("", "outcome", None),
        ("", "interview", None),
        ("parent: nothing", "solution", None),
        ("parent: {a: b}", "solution", None),
    ],
)
def test_orphans_have_severity_by_kind_and_phase(
    front: str, kind: str, expected: str | None
) -> None:
    found = [
        each for each in check(tree_of(node("x", kind, front)), RULES) if each.code == "OST101"
    ]
    assert [each.severity for each in found] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("parents", "expected"),
    [
        ("a>a", ["a: opportunity 'a' is its own ancestor; change its parent"]),
        ("a>b b>a", ["a: opportunity 'a' is its own ancestor through 'b'; change its parent"]),
        (
            ("a>b b>c c>a"),
            ["a: opportunity 'a' is its own ancestor through 'b' and 'c'; change its parent"],
        ),
        (
            "a>b b>a,c c>b",
            [
                "a: opportunity 'a' is its own ancestor through 'b'; change its parent",
                "b: opportunity 'b' is its own ancestor through 'c'; change its parent",
            ],
        ),
        ("a>c c>b b>c", ["b: opportunity 'b' is its own ancestor through 'c'; change its parent"]),
        (
            "a>b b>c c>d d>e e>a",
            [
                (
                    "a: opportunity 'a' is its own ancestor through 'b', 'c', "
                    "'d' and 1 more; change its parent"
                )
            ],
        ),
    ],
)
def test_each_circle_is_reported_once(parents: str, expected: list[str]) -> None:
    written = dict(each.split(">") for each in parents.split())
    tree = tree_of(*(node(a, "opportunity", f"parent: [{b}]") for a, b in written.items()))
    found = [each for each in check(tree, RULES) if each.code == "OST102"]
    assert [f"{each.node}: {each.message}" for each in found] == expected
    assert all(each.at.line == 2 for each in found)


def test_targets_count_for_the_nearest_outcome() -> None:
    above = {"a": "goal", "b": "sub", "c": "sub", "d": "c"}
    tree = tree_of(
        OUTCOME,
        node("sub", "outcome", "parent: goal"),
        *(node(a, "opportunity", f"parent: {b}; status: target") for a, b in above.items()),
    )
    assert messages(tree, RULES, "OST106") == [
        "sub.md:5 OST106 warning: outcome 'sub' has 3 targets, 'b', 'c' and 'd'; choose one"
    ]


@pytest.mark.parametrize(
    ("lines", "expected", "state"),
    [
        (("- rule: single-solution", "  because: x"), [], "active"),
        (("- rule: OST301", "  because: x"), [], "active"),
        (("- rule: ost301", "  because: x"), [], "active"),
        (("- rule: Single-Solution", "  because: x", "  until: 2026-11-30"), [], "active"),
        (
            ("- rule: single-solution", "  because: x", "  until: 2026-11-29"),
            ["OST030", "OST301"],
            "expired",
        ),
        (("- rule: single-solution",), ["OST032", "OST301"], "unused"),
        (("- single-solution",), ["OST032", "OST301"], "unused"),
        (("- rule: single-solutoin", "  because: x"), ["OST033", "OST301"], "unused"),
        (("- rule: cycle", "  because: x"), ["OST031", "OST301"], "unused"),
    ],
)
def test_a_waiver_acts_with_a_reason_until_its_day(
    lines: tuple[str, ...], expected: list[str], state: str
) -> None:
    tree = tree_of(OUTCOME, waived(*lines))
    judgement = judge(tree, RULES)
    codes = {"OST030", "OST031", "OST032", "OST033", "OST301"}
    assert [each.code for each in judgement.diagnostics if each.code in codes] == expected
    (found,) = judgement.waivers[NodeId("need")]
    assert found.state == state
    assert [each.code for each in found.silenced] == ["OST301"] * (state == "active")
    assert list(judgement.waivers) == ["need"]


def test_waiver_covers_only_its_own_node() -> None:
    tree = tree_of(
        OUTCOME,
        waived("- rule: single-solution", "  because: x"),
        node("twin", "opportunity", "parent: goal"),
        node("t", "solution", "parent: twin"),
    )
    assert [each.split()[0] for each in messages(tree, RULES, "OST301")] == ["twin.md:5"]


def test_waiver_silences_build_diagnostics_of_its_node() -> None:
    front = "colour: red; allow:; - rule: unknown-field; {because: x}".replace(
        "; {because: x}", ";   because: the vault keeps colours here"
    )
    tree = tree_of(node("goal", "outcome", front))
    assert [each.code for each in tree.diagnostics] == ["OST007"]
    assert messages(tree) == []


def test_the_second_waiver_of_one_rule_is_unused() -> None:
    line = ("- rule: single-solution", "  because: x")
    (first, second) = judge(tree_of(OUTCOME, waived(*line, *line)), RULES).waivers[NodeId("need")]
    assert (first.state, second.state) == ("active", "unused")


def test_waiver_of_an_unapplied_rule_is_not_reported() -> None:
    tree = tree_of(OUTCOME, waived("- rule: single-solution", "  because: x"))
    rules = configure(all_rules(), ignore=["single-solution"])
    assert messages(tree, rules, "OST031", "OST033") == []


def test_unselected_rules_are_silent() -> None:
    tree = tree_of(node("need", "opportunity", "parent: nothing; colour: red; effort: 3"))
    codes = {each.split()[1] for each in messages(tree)}
    assert codes == {"OST010", "OST007", "OST306", "OST407"}
    assert messages(tree, configure(all_rules(), select=["OST2"])) == []
    rules = configure(all_rules(), ignore=["OST0", "OST4"])
    assert [each.split()[1] for each in messages(tree, rules)] == ["OST306"]


def test_options_of_the_project_reach_the_rules_that_have_them() -> None:
    rules, _ = choose(all_rules(), shared={"glossary": ("FilmFinder",)})
    tree = tree_of("-- need.md --\n---\nkind: opportunity\n---\n# FilmFinder is empty\n")
    assert messages(tree, RULES, "OST409") == []
    (found,) = messages(tree, rules, "OST409")
    assert "'FilmFinder' is a product name" in found


class Failing(Rule, frozen=True):
    """A rule of another package that fails half way."""

    code = "X901"
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        yield self.about(node, node.at, "the first")
        raise KeyError(node.id)


class Repeating(Rule, frozen=True):
    """A rule of another package that says all twice."""

    code = "X902"
    severity = Severity.NOTE
    kinds = (Opportunity,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        yield from [self.about(node, node.at, "again"), self.about(node, node.at, "again")]


def test_a_rule_that_raises_is_reported_as_itself_and_stops_nothing() -> None:
    tree = tree_of(node("need", "opportunity"))
    assert messages(tree, (Failing(), Repeating())) == [
        "need.md:4 X901 error: the first",
        "need.md:4 X901 error: the rule failing failed on 'need': KeyError: 'need'",
        "need.md:4 X902 note: again",
    ]


def test_rules_of_other_packages_are_rules() -> None:
    known = all_rules([Failing, single_solution])
    assert known[-1] is Failing
    assert set(known) == {*all_rules(), Failing}
    assert [each.name() for each in configure(known, select=["failing"])] == ["failing"]


class Cycle(Rule, frozen=True):
    """A rule whose name is taken."""

    code = "X903"


@pytest.mark.parametrize(
    ("further", "expected"),
    [
        ([Cycle], "two rules are called cycle: in ost.judge.rules.cycle and test_judge_check"),
        ([Node], "<class 'ost.tree.node.Node'> is neither a rule nor a module of rules"),
    ],
)
def test_rules_of_other_packages_must_be_rules_with_names_of_their_own(
    further: list[object], expected: str
) -> None:
    with pytest.raises(Misuse) as raised:
        all_rules(further)
    assert expected in str(raised.value)


def test_judging_each_node_equals_judging_the_tree() -> None:
    tree = tree_of(OUTCOME, waived("- rule: cycle", "  because: x"), HEARD, "-- n.md --\n# N\n")
    whole = judge(tree, RULES)
    about = {each.node for each in tree.diagnostics}
    alone = [each for each in tree.diagnostics if not each.node]
    for each in tree.by_id.values():
        own = [found for found in tree.diagnostics if found.node == each.id]
        alone += check_node(each, tree, Ruleset(RULES), own).diagnostics
    assert about
    assert tuple(sorted(alone, key=lambda each: each.order)) == whole.diagnostics


def test_diagnostics_come_in_reading_order() -> None:
    tree = tree_of(
        HEARD, node("need", "opportunity", "parent: nothing"), node("b", "test", "verdict: x")
    )
    found = check(tree, RULES)
    assert len(found) > 4
    assert list(found) == sorted(found, key=lambda each: each.order)
