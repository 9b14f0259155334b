"""Front matter into fields: every form people write, and what does not fit."""

from datetime import date
from typing import Any

import pytest

from ost.tree.model import NodeId, Outcome, Test
from ost.tree.values import day_of
from tests.test_tree import node, remarks, tree_of


@pytest.mark.parametrize(
    ("kind", "front", "name", "expected"),
    [
        ("outcome", "target: 12", "target", 12.0),
        ("outcome", "target: 1_200.5", "target", 1200.5),
        ("outcome", "by: 2026-12-31", "by", date(2026, 12, 31)),
        ("outcome", "by: '2026-12-31'", "by", date(2026, 12, 31)),
        ("outcome", "by: 2026-12-31T10:00:00", "by", date(2026, 12, 31)),
        ("outcome", "by:", "by", None),
        ("outcome", "learning_goal: yes", "learning_goal", True),
        ("outcome", "learning_goal: what a streak is", "learning_goal", "what a streak is"),
        ("outcome", "metric: 2026", "metric", "2026"),
        ("opportunity", "status: Target", "status", "target"),
        ("opportunity", "other_ways: one way", "other_ways", ("one way",)),
        ("opportunity", "other_ways: [a, b]", "other_ways", ("a", "b")),
        ("decision", "revisit: 2027-01-01", "revisit", date(2027, 1, 1)),
        ("decision", "revisit: when churn moves", "revisit", "when churn moves"),
        ("decision", "door: two way", "door", "two-way"),
        ("interview", "participant: P07", "participant", "P07"),
        ("interview", "participant: 7", "participant", "7"),
        ("interview", "recording: '[[sound/p01.mp3]]'", "recording", "sound/p01.mp3"),
        ("interview", "date: '[[2026-10-01]]'", "date", date(2026, 10, 1)),
        ("interview", "created: 2026-10-01\ncssclasses: [wide]", "date", None),
        ("solution", "illustrative: true", "illustrative", True),
        ("solution", "tags: [x, y]", "tags", ("x", "y")),
    ],
)
def test_a_field_is_read_in_every_form_people_write(
    kind: str, front: str, name: str, expected: object
) -> None:
    tree = tree_of("-- a.md --\n" + node(front, kind=kind))
    assert remarks(tree) == []
    assert getattr(tree.by_id[NodeId("a")], name) == expected


@pytest.mark.parametrize(
    ("kind", "front", "expected"),
    [
        ("outcome", "target: 12%", "a.md:3:9 OST008 a number belongs here, not '12%'"),
        ("outcome", "target: .inf", "a.md:3:9 OST008 a number belongs here, not '.inf'"),
        ("outcome", "target: [1]", "a.md:3:9 OST008 a number belongs here, not a list"),
        (
            "outcome",
            "by: soon",
            "a.md:3:5 OST008 a day such as 2026-11-03 belongs here, not 'soon'",
        ),
        (
            "outcome",
            "by: 2026-02-30",
            "a.md:3:5 OST008 there is no such day: '2026-02-30'",
        ),
        ("outcome", "metric: {a: b}", "a.md:3:9 OST008 words belong here, not keys and values"),
        (
            "outcome",
            "illustrative: perhaps",
            "a.md:3:15 OST008 true or false belongs here, not 'perhaps'",
        ),
        (
            "outcome",
            "measurements: 12",
            "a.md:3:15 OST008 days with values belong here, not '12'",
        ),
        (
            "opportunity",
            "status: targte",
            (
                "a.md:3:9 OST008 'targte' is not one of open, target, addressed, parked; "
                "did you mean 'target'?"
            ),
        ),
        (
            "opportunity",
            "lenses: {size: big, effort: 3}",
            "a.md:3:21 OST007 there is no 'effort' among size, market, company, customer",
        ),
        (
            "opportunity",
            "lenses: big",
            "a.md:3:9 OST008 size, market, company, customer belong here as keys, not 'big'",
        ),
        (
            "opportunity",
            "otherways: x",
            "a.md:3:1 OST007 an opportunity has no field 'otherways'; did you mean 'other_ways'?",
        ),
        ("opportunity", "parent: {a: b}", "a.md:3:9 OST008 ids belong here, not keys and values"),
        (
            "opportunity",
            "allow: [{rule: x, becuase: y}]",
            "a.md:3:19 OST007 a waiver has no 'becuase'; did you mean 'because'?",
        ),
        ("opportunity", "allow: [{because: y}]", "a.md:3:9 OST008 a waiver names no rule"),
    ],
)
def test_wrong_value_is_one_diagnostic_and_the_node_stays(
    kind: str, front: str, expected: str
) -> None:
    tree = tree_of("-- a.md --\n" + node(front, kind=kind))
    assert remarks(tree) == [expected]
    assert tree.by_id[NodeId("a")].title == "A title"


def test_nested_fields_keep_what_fits() -> None:
    tree = tree_of(
        "-- t.md --\n"
        + node(
            "criterion: {measure: finish, at_least: seven, of: 10}\nresult: {measure: 4}",
            kind="test",
        )
    )
    test = tree.by_id[NodeId("t")]
    assert isinstance(test, Test)
    assert test.criterion is not None
    assert test.result is not None
    assert (test.criterion.measure, test.criterion.at_least, test.criterion.of) == (
        "finish",
        None,
        10,
    )
    assert (test.result.measure, test.result.of) == (4, None)
    assert remarks(tree) == ["t.md:3:40 OST008 a number belongs here, not 'seven'"]


def test_waivers_and_measurements() -> None:
    tree = tree_of(
        "-- o.md --\n"
        + node(
            "measurements:\n  2026-02-01: 5\n  2026-01-01: 4\n"
            "allow:\n  - rule: orphan\n    because: new\n    until: 2027-03-01\n  - cycle",
            kind="outcome",
        )
    )
    outcome = tree.by_id[NodeId("o")]
    assert isinstance(outcome, Outcome)
    assert [(each.on.month, each.value) for each in outcome.measurements] == [(1, 4.0), (2, 5.0)]
    assert [(each.rule, each.because, each.until) for each in outcome.waivers] == [
        ("orphan", "new", date(2027, 3, 1)),
        ("cycle", "", None),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2026-1-2", date(2026, 1, 2)), ("2026-13-01", None), ("03/11/2026", None), ("", None)],
)
def test_days_are_read_in_every_form(text: str, expected: Any) -> None:
    assert day_of(text) == expected
