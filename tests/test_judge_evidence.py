"""The rules on evidence, solutions, tests and consent: what they report and what they ignore."""

import pytest

from tests.test_judge_rules import node, rule_findings


@pytest.mark.parametrize(
    ("measure", "asked"),
    [
        ("people who say they would use it", True),
        ("customers who said they'd switch", True),
        ("how likely they are to recommend us, 9 or 10", True),
        ("people who would pay ten euros", True),
        ("people who find it useful", True),
        ("people who pick a time", False),
        ("people who said what they did last Friday", False),
        ("customers likely to renew who open the letter", False),
        ("people interested in music who sign up", False),
        ("people who say how it ended", False),
        ("Personen, die es nutzen würden", False),
    ],
)
def test_measures_of_what_people_would_do_are_reported(measure: str, *, asked: bool) -> None:
    text = node("test", f"criterion: {{measure: '{measure.replace(chr(39), chr(39) * 2)}'}}")
    assert bool(rule_findings("OST319", text)) == asked


@pytest.mark.parametrize(
    ("criterion", "percentage"),
    [
        ("measure: share of families in percent, at_least: 70", True),
        ("measure: 70 % of families vote, at_least: 7, of: 10", False),
        ("measure: percent of families who vote, at_least: 70, of: 10", True),
        ("measure: 70 % of families vote", True),
        ("measure: estimates within 20 % of the real duration on 9 of 10 evenings", False),
        ("measure: estimates within 20 % of the real duration, at_least: 9, of: 10", False),
        ("measure: 20 % cheaper than today on most orders", False),
        ("measure: error rate in %, at_most: 2", False),
        ("measure: cost per letter in euros, at_most: 0.8", False),
        ("measure: cost per letter in euros, at_least: 0.8", False),
        ("measure: six out of ten families vote", False),
        ("measure: families, at_least: 0.7, of: 10", True),
        ("measure: percent of visits, at_least: 2, of: 4000", False),
        ("measure: families who all vote, at_least: 7, of: 10", False),
        ("measure: families who all vote, at_least: 1, of: 10", False),
    ],
)
def test_percentages_of_few(criterion: str, *, percentage: bool) -> None:
    assert bool(rule_findings("OST316", node("test", f"criterion: {{{criterion}}}"))) == percentage


@pytest.mark.parametrize(
    ("consent", "withdrawn"),
    [
        ("withdrawn", True),
        ("Withdrawn on 2026-11-20", True),
        ("none", True),
        ("no", True),
        ("revoked by mail", True),
        ("research", False),
        ("no names, research only", False),
        ("no recording", False),
        ("public recording", False),
        ("not asked for video", False),
        ("normal form", False),
    ],
)
def test_consent_in_words(consent: str, *, withdrawn: bool) -> None:
    body = "# P07\n\n## Memorable quote\n> We choose. [0:41]"
    assert (
        bool(rule_findings("OST602", node("interview", f"consent: '{consent}'", body))) == withdrawn
    )


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("effort: small", "OST306"),
        ("RICE: 12", "OST306"),
        ("priority: 1", "OST306"),
        ("priority: high", "OST007"),
        ("impact: large", "OST007"),
        ("lenses: {market: 4/5}", "OST306"),
        ("lenses: {size: 6 of 8}", ""),
        ("lenses: {market: 2 rivals}", ""),
    ],
)
def test_scores_are_reported_once(field: str, code: str) -> None:
    text = node("opportunity", field)
    assert [each for each in ("OST306", "OST007") if rule_findings(each, text)] == [code] * bool(
        code
    )


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("A weekly letter with three titles", "A weekly letter with seven titles", True),
        ("Backend for shared lists", "Frontend for shared lists", True),
        ("Step 1: lists", "Step 2: votes", True),
        ("Everybody vetoes on their phone", "Everybody vetoes on paper", False),
        ("One person chooses", "One person vetoes", False),
        ("Step back and wait", "Step aside for the youngest", False),
        ("Filter for mixed ages", "Filter", False),
    ],
)
def test_variants_of_one_idea(first: str, second: str, *, alike: bool) -> None:
    need = node("opportunity")
    ideas = (node("solution", "parent: a", f"# {each}") for each in (first, second))
    assert bool(rule_findings("OST310", need, *ideas)) == alike


def test_solutions_that_say_how_they_differ_are_not_variants() -> None:
    title = "# A weekly letter with three titles"
    ideas = [
        node("solution", f"parent: a; differs: {each}", title) for each in ("by mail", "on paper")
    ]
    assert not rule_findings("OST310", node("opportunity"), *ideas)
    assert rule_findings("OST310", node("opportunity"), ideas[0], ideas[0])


@pytest.mark.parametrize(
    ("tests", "weight"),
    [
        ([], "error"),
        (["planned: 2026-11-01"], "error"),
        (["verdict: refuted"], "error"),
        (["verdict: unclear"], "warning"),
        (["verdict: refuted", "verdict: unclear"], "warning"),
        (["verdict: refuted", "verdict: supported"], ""),
        (["verdict: supported"], ""),
    ],
)
def test_untested_leaps_are_reported(tests: list[str], weight: str) -> None:
    idea = node("solution", "status: building")
    belief = node("assumption", "parent: a; importance: high")
    found = rule_findings(
        "OST311", idea, belief, *(node("test", f"parent: b; {each}") for each in tests)
    )
    assert [each.split()[1] for each in found] == [weight] * bool(weight)


def test_shipped_solution_with_a_result_is_not_a_leap() -> None:
    idea = node("solution", "status: shipped; result: {verdict: met}")
    assert not rule_findings("OST311", idea, node("assumption", "parent: a; importance: high"))


def test_past_decisions_may_compare_nodes_moved_since() -> None:
    top, other = node("opportunity"), node("opportunity")
    aside = node("opportunity", "parent: b")
    choice = node("decision", "chose: e; over: c")
    for status, remarks in (("target", 1), ("addressed", 0)):
        chosen = node("opportunity", f"parent: a; status: {status}")
        assert len(rule_findings("OST307", top, other, aside, choice, chosen)) == remarks
