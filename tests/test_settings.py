"""Settings of rules: which apply, how severe they are, and where; and mistakes."""

from datetime import date
from typing import Any

import pytest

from ost.errors import Misuse
from ost.judge.catalog import Within, all_rules, choose, configure
from ost.judge.check import check
from ost.judge.rule import Rule
from ost.read.diagnostic import Severity
from ost.read.document import Document
from ost.read.parse import parse
from ost.tree.build import build

OPPORTUNITY = "---\nkind: opportunity\nstaus: target\n---\n# We cannot agree\n"


def rule_findings(rules: tuple[Rule, ...], *paths: str) -> list[str]:
    """Path, code and severity of the findings about an opportunity at each of these paths."""
    documents = [Document(path, parse(OPPORTUNITY)) for path in paths]
    talk = parse("---\nkind: interview\n---\n# A talk\n")
    documents += [Document(f"talks/{number}.md", talk) for number in range(3)]
    tree = build(documents, as_of=date(2026, 11, 30))
    found = [each for each in check(tree, rules) if each.path in paths]
    return [f"{each.path} {each.code} {each.severity}" for each in found]


WARNED = ["a.md OST007 warning", "a.md OST101 warning", "a.md OST201 warning"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, WARNED),
        ({"orphan": {"severity": "error"}}, [WARNED[0], "a.md OST101 error", WARNED[2]]),
        ({"unknown-field": {"severity": "note"}}, ["a.md OST007 note", *WARNED[1:]]),
    ],
)
def test_severity_is_set_for_rules_of_every_stage(
    options: dict[str, dict[str, object]], expected: list[str]
) -> None:
    rules = configure(all_rules(), options)
    assert [
        each for each in rule_findings(rules, "a.md") if each in {*WARNED, *expected}
    ] == expected


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        ({"ignore": ("OST2", "OST007")}, ["old/b.md OST101 warning"]),
        ({"select": ("OST2",)}, ["old/b.md OST201 warning"]),
        (
            {"severity": {"OST0": "note", "orphan": "error"}},
            ["old/b.md OST007 note", "old/b.md OST101 error", "old/b.md OST201 warning"],
        ),
    ],
)
def test_paths_have_settings_of_their_own(within: dict[str, Any], expected: list[str]) -> None:
    paths = [Within(name="old/**", path="old/.*", **within)]
    rules, _ = choose(all_rules(), select=["OST007", "OST101", "OST201"], paths=paths)
    assert rule_findings(rules, "a.md", "old/b.md") == [*WARNED, *expected]


def test_last_matching_path_wins() -> None:
    paths = [
        Within(name="1", path=".*", severity={"orphan": "error"}),
        Within(name="2", path="a.*", severity={"orphan": "note"}),
        Within(name="3", path="b.*", ignore=("orphan",)),
    ]
    rules, _ = choose(all_rules(), {"orphan": {"severity": "error"}}, paths=paths)
    found = rule_findings(rules, "a.md", "b.md", "c.md")
    assert [each for each in found if "OST101" in each] == ["a.md OST101 note", "c.md OST101 error"]


def test_waiver_of_an_unapplied_rule_is_not_unused() -> None:
    text = OPPORTUNITY.replace("staus: target", "allow: {rule: orphan, because: x}")
    tree = build([Document("a.md", parse(text))], as_of=date(2026, 11, 30))
    rules, _ = choose(all_rules(), paths=[Within(name="a", path="a.*", ignore=("orphan",))])
    assert not [each for each in check(tree, rules) if each.code in {"OST031", "OST101"}]


@pytest.mark.parametrize(
    ("options", "select", "ignore", "expected"),
    [
        ({}, ["single-soluton"], [], "select: no rule has the name or code 'single-soluton'"),
        ({}, [], ["OST9"], "ignore: no rule has the name or code 'OST9'"),
        ({"cycles": {}}, [], [], "no rule 'cycles'; did you mean 'cycle'?"),
        ({"cycle": {"x": 1}}, [], [], "rule 'cycle' has no option 'x'"),
        (
            {"single-solution": {"scop": "all"}},
            [],
            [],
            "rule 'single-solution' has no option 'scop'; did you mean 'scope'?",
        ),
        (
            {"single-solution": {"scope": "none"}},
            [],
            [],
            "rules.single-solution.scope: 'none' is not one of phase, all",
        ),
        (
            {"single-solution": {"scope": 1}},
            [],
            [],
            "rules.single-solution.scope: expected text, got a number",
        ),
    ],
)
def test_usage_error_is_reported_early(
    options: dict[str, dict[str, object]], select: list[str], ignore: list[str], expected: str
) -> None:
    with pytest.raises(Misuse) as raised:
        configure(all_rules(), options, select=select, ignore=ignore)
    assert str(raised.value).startswith(expected)


def test_mistaken_setting_is_ignored() -> None:
    rules, wrong = choose(
        all_rules(),
        {"cycles": {}, "single-solution": {"scope": "none", "severity": "off"}},
        select=["single-solution", "nonsense"],
        ignore=["nonsense"],
        paths=[Within(name="x/**", path="x/.*", ignore=("y",), severity={"z": "note"})],
    )
    assert rules == configure(all_rules(), select=["single-solution"])
    assert [(each.keys, each.of_key) for each in wrong] == [
        (("rules", "cycles"), True),
        (("select", 1), False),
        (("ignore", 0), False),
        (("paths", "x/**", "ignore", 0), False),
        (("paths", "x/**", "severity", "z"), True),
        (("rules", "single-solution", "scope"), False),
        (("rules", "single-solution", "severity"), False),
    ]


def test_unknown_selection_selects_everything() -> None:
    rules, _ = choose(all_rules(), select=["nonsense"])
    assert rules == configure(all_rules())
    assert rules[0].severity is Severity.ERROR
