"""The `Fixed:` example of each rule is the result of its fixes, and has no finding left."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise

import pytest

from ost.edit.fix import FixedFiles, settle
from ost.judge.check import all_rules, check, configure
from ost.judge.page import Example, page
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic
from ost.read.document import Document
from ost.read.parse import parse
from ost.tree.build import build

MARK = re.compile(r"[ \t]*(?:<!--|#) (?:OST\d{3} ?)+(?:-->)?$", re.MULTILINE)
FIXING = [each for each in all_rules() if each.fixes]


def unmarked(example: Example) -> dict[str, str]:
    """An example's files without its marks."""
    return {path: MARK.sub("", text) for path, text, _ in example.files()}


def fixed_files(rule: type[Rule], files: Mapping[str, str]) -> FixedFiles:
    """The files after the rule's fixes."""
    text = "".join(files.values())
    rules = configure(
        each for each in all_rules() if each is rule or not each.kinds or each.name() in text
    )

    def judged(texts: Mapping[str, str]) -> Iterable[Diagnostic]:
        now = {**files, **texts}
        documents = [Document(path, parse(text)) for path, text in now.items()]
        tree = build(documents, as_of=date(2026, 11, 30))
        return [each for each in check(tree, rules) if each.code == rule.code]

    return settle(judged, files.get)


def pairs(rule: type[Rule]) -> list[tuple[Example, Example]]:
    """Examples that are fixed, each with what becomes of it."""
    examples = page(rule).examples
    return [(before, after) for before, after in pairwise(examples) if after.verdict == "Fixed"]


@pytest.mark.parametrize("rule", FIXING, ids=lambda each: each.name())
def test_fixes_make_of_the_example_what_the_page_says(rule: type[Rule]) -> None:
    assert pairs(rule)
    for before, after in pairs(rule):
        files = unmarked(before)
        made = fixed_files(rule, files)
        assert {**files, **made.texts} == unmarked(after)
        assert made.fixed
        assert not fixed_files(rule, {**files, **made.texts}).fixed


@pytest.mark.parametrize("rule", FIXING, ids=lambda each: each.name())
def test_correct_text_is_not_fixed(rule: type[Rule]) -> None:
    for each in page(rule).examples:
        if each.verdict == "Good":
            assert not fixed_files(rule, unmarked(each)).fixed
