"""The baseline: findings that it hides, findings that it shows, and entries no longer needed."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ost.errors import Misuse
from ost.exchange.baseline import apply_baseline, read, render
from ost.read.diagnostic import Diagnostic
from ost.read.place import Place

NAMES = {"A1": "one", "A2": "two", "OST034": "unneeded-baseline-entry"}


def found(said: str) -> list[Diagnostic]:
    """`A1 need, A2 /a.md` is two diagnostics: of a node, of a file; each on its own line."""
    return [
        Diagnostic(
            path=about.removeprefix("/") if about.startswith("/") else f"{about}.md",
            at=Place(number, 0, number, 1),
            code=code,
            message="x",
            node="" if about.startswith("/") else about,
        )
        for number, each in enumerate(filter(None, said.split(", ")))
        for code, about in [each.split()]
    ]


def formatted(diagnostics: Iterable[Diagnostic]) -> list[str]:
    return sorted(
        f"{each.code} {each.at.line}: {each.message}"
        if each.code == "OST034"
        else f"{each.code} {each.node or '/' + each.path}"
        for each in diagnostics
    )


HELD = "OST034 0: baseline hides"


@pytest.mark.parametrize(
    ("before", "now", "standing", "back"),
    [
        ("", "", [], 0),
        ("A1 need", "A1 need", [], 1),
        (
            "A1 need",
            "A2 need",
            ["A2 need", f"{HELD} 1 finding of one for 'need', but there are none now; shorten it"],
            0,
        ),
        ("A1 need", "A1 need, A1 need", ["A1 need", "A1 need"], 0),
        (
            "A1 need, A1 need",
            "A1 need",
            [f"{HELD} 2 findings of one for 'need', but there is 1 now; shorten it"],
            1,
        ),
        ("A1 need, A1 /a.md", "A1 /a.md, A1 need", [], 2),
        (
            "A1 a",
            "A1 /a",
            ["A1 /a", f"{HELD} 1 finding of one for 'a', but there are none now; shorten it"],
            0,
        ),
    ],
)
def test_baseline_hides_its_findings(before: str, now: str, standing: list[str], back: int) -> None:
    held = apply_baseline(found(now), read(render(found(before), NAMES)), NAMES, "baseline")
    told = formatted(held.standing)
    assert len(told) == len(standing)
    assert all(one.startswith(other) for one, other in zip(told, standing, strict=True))
    assert len(held.back) == back


def test_line_numbers_do_not_count() -> None:
    moved = [*found("A2 x, A2 x, A1 need")][2:]
    assert (
        formatted(apply_baseline(moved, read(render(found("A1 need"), NAMES)), NAMES, "b").standing)
        == []
    )


def test_entry_of_an_unapplied_rule_is_not_reported() -> None:
    lines = read(render(found("A1 need"), NAMES))
    assert apply_baseline([], lines, {"A2": "two", "OST034": "x"}, "baseline").standing == ()
    assert apply_baseline([], lines, {"A1": "one"}, "baseline").standing == ()


def test_entries_are_sorted_one_per_line() -> None:
    told = "A2 b, A1 b, A1 a, A1 b, A1 /c.md"
    text = render(found(told), NAMES)
    assert text == render(reversed(found(told)), NAMES)
    assert text.splitlines() == [
        '{"rule":"one","node":"a"}',
        '{"rule":"one","node":"b","count":2}',
        '{"rule":"two","node":"b"}',
        '{"rule":"one","path":"c.md"}',
    ]


def test_entries_that_are_kept_stay() -> None:
    lines = read(render(found("A1 a, A1 a"), NAMES))
    assert render(found("A2 a"), NAMES, lines).splitlines() == [
        '{"rule":"one","node":"a","count":2}',
        '{"rule":"two","node":"a"}',
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x", "1: not a baseline entry: JSON is malformed"),
        ('{"rule":"a","node":"b"}\n\n[]', "3: not a baseline entry: Expected `object`"),
        ('{"rule":"a","node":"b","count":0}', "1: not a baseline entry: Expected `int`"),
        ('{"rule":"a","node":"b","line":3}', "1: not a baseline entry: Object contains"),
        ('{"rule":"a"}', "1: an entry needs either a node or a path"),
        ('{"rule":"a","node":"b","path":"c"}', "1: an entry needs either a node or a path"),
    ],
)
def test_broken_baseline_is_a_usage_error(text: str, message: str) -> None:
    with pytest.raises(Misuse) as raised:
        read(text)
    assert str(raised.value).startswith(message)


ABOUT = st.sampled_from(["a", "b", "/a", "/b.md"])
SAID = st.lists(st.tuples(st.sampled_from(["A1", "A2"]), ABOUT).map(" ".join)).map(", ".join)


@given(SAID, SAID)
def test_written_baseline_hides_exactly_its_findings(before: str, now: str) -> None:
    lines = read(render(found(before), NAMES))
    assert apply_baseline(found(before), lines, NAMES, "b").standing == ()
    held = apply_baseline(found(now), lines, NAMES, "b")
    stand = [each for each in held.standing if each.code != "OST034"]
    assert sorted(formatted([*stand, *held.back])) == formatted(found(now))
