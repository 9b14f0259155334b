"""Whole trees of several trades: a healthy one gets few findings, a sick one gets all of its
faults.
"""

import re
from datetime import date
from pathlib import Path

import pytest

from ost.judge.check import all_rules, check, configure
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.document import Document
from ost.read.parse import parse
from ost.tree.build import build

TREES = Path(__file__).parent / "data/trees"
HEALTHY = sorted(path.stem for path in TREES.glob("healthy-*.txt"))
MOST = 5
"""So many findings a healthy tree may show: what its next step is."""


def judged(name: str) -> tuple[Diagnostic, ...]:
    """What all rules say of a tree."""
    _, *found = re.split(r"(?m)^-- (.+?) --\n", (TREES / f"{name}.txt").read_text("utf-8"))
    documents = (
        Document(path, parse(text)) for path, text in zip(found[::2], found[1::2], strict=True)
    )
    return check(build(documents, as_of=date(2026, 11, 30)), configure(all_rules()))


@pytest.mark.parametrize("name", HEALTHY)
def test_healthy_tree_shows_few_findings_and_none_about_wording(name: str) -> None:
    found = judged(name)
    assert len(found) <= MOST, [each.message for each in found]
    wording = [each for each in found if each.code[3] in "46" and each.code != "OST408"]
    assert not [each.message for each in wording]
    assert not [each.message for each in found if each.severity is Severity.ERROR]
    assert len({(each.node, each.code) for each in found}) == len(found)


def test_tree_without_interviews_gets_one_finding() -> None:
    found = [each for each in judged("healthy-sketch") if each.code[3] in "25"]
    assert [(each.code, each.node) for each in found] == [("OST512", "routes")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "sick-areas",
            {
                ("OST212", "t"),
                ("OST213", "maria-gonzalez"),
                ("OST310", "t"),
                ("OST319", "lt"),
                ("OST323", "t"),
                ("OST403", "improve"),
                ("OST405", "churn"),
                ("OST412", "onboarding"),
                ("OST412", "search"),
                ("OST604", "maria-gonzalez"),
            },
        ),
        (
            "sick-quotes-of-opinion",
            {
                ("OST212", "t"),
                ("OST301", "t"),
                ("OST315", "s1"),
                ("OST316", "t1"),
                ("OST410", "a1"),
            },
        ),
    ],
)
def test_unhealthy_tree_gets_its_findings(name: str, expected: set[tuple[str, str]]) -> None:
    assert {(each.code, each.node) for each in judged(name)} >= expected
