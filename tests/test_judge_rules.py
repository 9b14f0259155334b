"""Single rules beyond their examples: edge cases of numbers, places and forms."""

from datetime import date

import pytest

from ost.judge.check import all_rules, check, configure
from ost.read.document import Document
from ost.read.parse import parse
from ost.tree.build import build

RULES = configure(all_rules())


def rule_findings(code: str, *texts: str) -> list[str]:
    """The findings of a rule in files a.md, b.md and so on, with file, line and column."""
    documents = [
        Document(f"{name}.md", parse(text)) for name, text in zip("abcdef", texts, strict=False)
    ]
    tree = build(documents, as_of=date(2026, 11, 30))
    return [
        f"{each.path[0]}:{each.at.line + 1}:{each.at.column + 1} {each.severity} {each.message}"
        for each in check(tree, RULES)
        if each.code == code
    ]


def node(kind: str, front: str = "", body: str = "# T") -> str:
    lines = "".join(f"{each}\n" for each in front.split("; ") if each)
    return f"---\nkind: {kind}\n{lines}---\n{body}\n"


@pytest.mark.parametrize(
    ("needed", "seen", "verdict", "contradicted"),
    [
        ("at_least: 7, of: 10", "measure: 4, of: 10", "supported", True),
        ("measure: cost in euros, at_most: 0.8", "measure: 0.6", "supported", False),
        ("measure: cost in euros, at_most: 0.8", "measure: 0.9", "supported", True),
        ("measure: cost in euros, at_most: 0.8", "measure: 0.6", "refuted", True),
        ("measure: cost in euros, at_least: 0.8", "measure: 0.6", "supported", False),
        ("measure: minutes until done, at_least: 10", "measure: 7", "supported", False),
        ("measure: errors, at_most: 2, of: 10", "measure: 1, of: 10", "supported", False),
        ("measure: errors, at_most: 2, of: 10", "measure: 2, of: 8", "supported", False),
        ("measure: errors, at_most: 2, of: 10", "measure: 4, of: 10", "supported", True),
        ("measure: at most, at_least: 2, of: 10", "measure: 1, of: 10", "supported", False),
        ("at_least: 7, of: 10", "measure: 4, of: 10", "refuted", False),
        ("at_least: 7, of: 10", "measure: 4, of: 10", "unclear", False),
        ("at_least: 7, of: 10", "measure: 7, of: 10", "supported", False),
        ("at_least: 7, of: 10", "measure: 7, of: 10", "refuted", True),
        ("at_least: 7, of: 10", "measure: 6, of: 8", "supported", False),
        ("at_least: 7, of: 10", "measure: 6, of: 8", "refuted", False),
        ("at_least: 7, of: 10", "measure: 8, of: 20", "supported", False),
        ("at_least: 7, of: 10", "measure: 3, of: 8", "supported", True),
        ("at_least: 7, of: 10", "measure: 8, of: 8", "refuted", True),
        ("at_least: 7", "measure: 4", "supported", True),
        ("at_least: 7", "measure: 4, of: 5", "supported", True),
        ("at_least: 0.5", "measure: 0.25", "supported", True),
        ("at_least: 7, of: 0", "measure: 4, of: 10", "supported", True),
        ("measure: x", "measure: 4", "supported", False),
        ("at_least: 7", "of: 10", "supported", False),
    ],
)
def test_verdicts_are_compared_with_numbers(
    needed: str, seen: str, verdict: str, *, contradicted: bool
) -> None:
    front = f"criterion: {{{needed}}}; result: {{{seen}}}; verdict: {verdict}"
    assert len(rule_findings("OST303", node("test", front))) == contradicted


@pytest.mark.parametrize(
    "front", ["", "verdict: supported", "criterion: {at_least: 7}; verdict: supported"]
)
def test_a_verdict_without_numbers_is_not_contradicted(front: str) -> None:
    assert rule_findings("OST303", node("test", front)) == []


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("planned: 2026-12-01", None),
        (
            "started: 2026-11-01",
            (
                "3:10 error test 'a' has started without a criterion; add "
                "what counts as success, such as 7 of 10"
            ),
        ),
        (
            "ended: 2026-11-01",
            (
                "3:8 error test 'a' has ended without a criterion; add what "
                "counts as success, such as 7 of 10"
            ),
        ),
        (
            "result: {measure: 4}",
            (
                "3:9 error test 'a' has a result without a criterion; add "
                "what counts as success, such as 7 of 10"
            ),
        ),
        (
            "verdict: unclear",
            (
                "3:10 error test 'a' has a verdict without a criterion; add "
                "what counts as success, such as 7 of 10"
            ),
        ),
        (
            "criterion:; verdict: unclear",
            (
                "3:11 error test 'a' has a verdict without a criterion; add "
                "what counts as success, such as 7 of 10"
            ),
        ),
        (
            "criterion: {}; verdict: unclear",
            (
                "3:12 error test 'a' has a verdict without a criterion; add "
                "what counts as success, such as 7 of 10"
            ),
        ),
        (
            "criterion: {measure: x}; verdict: unclear",
            "3:12 warning criterion of test 'a' names no number to reach; add `at_least`",
        ),
        ("criterion: {at_least: many}; verdict: unclear", None),
        ("criterion: seven of ten; verdict: unclear", None),
        ("criterion: {at_least: 7}; verdict: unclear", None),
        ("criterion: {at_least: 0}; verdict: unclear", None),
        ("started: soon", None),
    ],
)
def test_tests_need_a_criterion_once_they_start(front: str, expected: str | None) -> None:
    assert rule_findings("OST302", node("test", front)) == ([f"a:{expected}"] if expected else [])


@pytest.mark.parametrize(
    ("duration", "expected"),
    [
        ("12:40", ["a:7:9 error 12:41 is after the end of the recording, 12:40; correct it"]),
        ("12:41", []),
        ("0:12:40", ["a:7:9 error 12:41 is after the end of the recording, 0:12:40; correct it"]),
        ("1:00:00", []),
        ("90:00", []),
        ("'12:40.5'", ["a:7:9 error 12:41 is after the end of the recording, 12:40.5; correct it"]),
        ("", []),
        ("3600", ["a:3:11 warning duration '3600' is not a length; write it as 1:02:03"]),
        (
            "12:99",
            ["a:3:11 warning duration '12:99' is not a length; write it as 1:02:03"],
        ),
    ],
)
def test_timestamps_after_the_duration_are_reported(duration: str, expected: list[str]) -> None:
    text = node("interview", f"duration: {duration}", "# T\n## Story\n- later [12:41]")
    assert rule_findings("OST204", text) == expected


def test_timestamp_is_reported_once() -> None:
    places = "late [20:00]\n\n> late [20:01]\n\n- late [20:02]\n  > late [20:03]\n  - late [20:04]"
    found = rule_findings("OST204", node("interview", "duration: '1:00'", f"# T\n{places}"))
    assert [each.split()[2] for each in found] == [f"20:0{n}" for n in range(5)]


@pytest.mark.parametrize(
    ("status", "expected"),
    [("", 1), ("status: active", 1), ("status: met", 0), ("status: dropped", 0)],
)
def test_targets_of_a_finished_outcome_are_not_reported(status: str, expected: int) -> None:
    targets = [node("opportunity", "parent: a; status: target")] * 2
    assert len(rule_findings("OST106", node("outcome", status), *targets)) == expected


@pytest.mark.parametrize(
    ("kind", "front", "expected"),
    [
        ("solution", "parent: b", "3:9 error solution 'a' cannot be below outcome 'b'; "),
        ("opportunity", "parent: b", None),
        ("assumption", "parent: [c, b]", "3:13 error assumption 'a' cannot be below outcome 'b'; "),
        ("decision", "parent: b", None),
        ("decision", "parent: d", "3:9 error decision 'a' cannot be below signal 'd'; "),
        ("guide", "parent: b", "3:9 error guide 'a' cannot be below outcome 'b'; "),
        ("solution", "parent: e", None),
        ("solution", "parent: a", None),
        ("solution", "parent: nobody", None),
    ],
)
def test_parents_are_checked_by_kind(kind: str, front: str, expected: str | None) -> None:
    others = (node("outcome"), node("solution"), node("signal"), node("solutoin"))
    found = rule_findings("OST103", node(kind, front), *others)
    assert len(found) == bool(expected)
    assert not expected or found[0].startswith(f"a:{expected}")


def test_only_children_ignore_parked_and_dropped_nodes() -> None:
    top, child = node("opportunity"), node("opportunity", "parent: a")
    assert len(rule_findings("OST104", top, child)) == 1
    assert rule_findings("OST104", node("opportunity", "status: parked"), child) == []
    assert rule_findings("OST104", top, child, child) == []
    assert rule_findings("OST104", node("opportunity", "parent: a")) == []
    assert rule_findings("OST105", top, child, node("solution", "parent: a; status: dropped")) == []
    assert rule_findings("OST105", top, child, child, *[node("solution", "parent: a")] * 2) == [
        (
            "a:4:3 warning opportunity 'a' has solutions 'd' and 'e' "
            "next to opportunities 'b' and 'c'; move each solution to the opportunity it addresses"
        )
    ]


PARTS = ("Quick facts", "Memorable quote", "Story", "Opportunities", "Insights")


@pytest.mark.parametrize(
    ("left_out", "severity"),
    [("Quick facts", "warning"), ("Story", "warning"), ("Insights", "warning"),
     ("Memorable quote", "warning"), ("Opportunities", "warning")],
)  # fmt: skip
def test_parts_weigh(left_out: str, severity: str) -> None:
    body = "# T\n" + "".join(f"## {each}\nx\n" for each in PARTS if each != left_out)
    it = "it" if left_out in ("Story", "Memorable quote") else "them"
    assert rule_findings("OST205", node("interview", "", body)) == [
        f"a:4:3 {severity} interview 'a' has no {left_out.casefold()}; add {it}"
    ]
    empty = body + f"## {left_out}\n"
    assert rule_findings("OST205", node("interview", "", empty)) == [
        f"a:13:4 {severity} section {left_out!r} of interview 'a' is empty; fill it in"
    ]


def test_part_may_be_divided_and_renamed() -> None:
    headings = ("Background\n### Home", "Quotes", "Timeline", "Needs", "Notes")
    body = "# T\n" + "".join(f"## {each}\n- x\n" for each in headings)
    assert rule_findings("OST205", node("interview", "", body)) == []


def test_personal_data_is_reported_at_its_place() -> None:
    text = node(
        "interview",
        "interviewers: {pm: jo@x.org}; recording: 'https://x.org/a@b.org'",
        "# T\n\nwrite [j@x.org](mailto:j@x.org)\n\n> j@x.org, again",
    )
    assert [each.rsplit(" contains", 1)[0] for each in rule_findings("OST601", text)] == [
        "a:3:20 error field 'interviewers'",
        "a:8:8 error text of interview 'a'",
        "a:10:3 error text of interview 'a'",
    ]
    assert rule_findings("OST601", text.replace("interview\n", "guide\n")) == []


def test_personal_data_of_a_one_file_tree_too() -> None:
    text = "- interview: P1, j@x.org\n  - home\n    - call +49 151 23456789\n  - > k@x.org\n"
    found = rule_findings("OST601", f"---\nkind: tree\n---\n{text}")
    assert [each.split(":")[1] for each in found] == ["4", "6", "7"]
