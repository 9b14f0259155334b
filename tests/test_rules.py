"""Every rule's docstring is its page and its tests; here they run, through the whole pipeline."""

import re
from pathlib import Path

import pytest
from msgspec.structs import fields, replace

from ost.judge.check import all_rules
from ost.judge.page import FAMILIES, Example, page
from ost.judge.rule import Rule
from ost.read.diagnostic import Severity
from ost.read.document import Document
from ost.read.parse import parse
from ost.read.transcripts import read
from ost.testing import DAY, check_example, examples, judged
from ost.tree.build import build
from ost.tree.tree import Tree

ROOT = Path(__file__).parent.parent
RULES = all_rules()
BY_CODE = {each.code: each for each in RULES}
IN_WORDS = {
    "OST002",
    "OST003",
    "OST013",
    "OST020",
    "OST021",
    "OST034",
    "OST035",
    "OST045",
    "OST046",
}
"""Reported by the reading of files and settings; their examples no content can show. See
`test_judge_files.py`, `test_settings.py` and `test_baseline.py`.
"""

EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.name()}-{number}-{example.verdict.lower()}")
    for rule in RULES
    for number, example in enumerate(examples(rule))
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_examples_are_judged_as_marked(rule: type[Rule], example: Example) -> None:
    check_example(rule, example)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_messages_say_what_is_wrong(rule: type[Rule], example: Example) -> None:
    for each in judged(rule, example):
        assert not each.message.endswith("."), each.message
        assert not re.search(r"\b(please|should|must|try)\b", each.message.casefold()), each.message
        assert "\n" not in each.message
        if not BY_CODE[each.code].kinds:
            usual = list(Severity).index(BY_CODE[each.code].severity)
            assert list(Severity).index(each.severity) >= usual, each


@pytest.mark.parametrize("rule", RULES, ids=lambda each: each.name())
def test_a_rule_is_documented_in_the_notation(rule: type[Rule]) -> None:
    told = page(rule)
    assert 10 < len(told.summary) < 80
    assert told.summary.endswith(".")
    assert told.why
    assert "<https://" in told.source or told.source.startswith("our own design")
    assert {each.verdict for each in told.examples} - {"Fixed"} == {"Bad", "Good"}
    assert all(bool(each.text) != (rule.code in IN_WORDS) for each in told.examples)
    assert told.examples[0].verdict == "Bad"


def test_a_rule_says_nothing_without_the_field_that_it_needs() -> None:
    """So passing over such nodes changes nothing."""
    needing = [each for each in RULES if each.needs]
    trees = [_tree(example) for rule in needing for example in examples(rule)]
    for rule in needing:
        emptied = 0
        for tree in trees:
            for node in tree.by_id.values():
                empty = {
                    each.name: each.default for each in fields(node) if each.name == rule.needs
                }
                if empty and isinstance(node, rule.kinds):
                    emptied += getattr(node, rule.needs) != empty[rule.needs]
                    lacking = replace(node, **empty)
                    changed = replace(tree, by_id={**tree.by_id, node.id: lacking})
                    assert [*rule().check(lacking, changed)] == []
        assert emptied


def _tree(example: Example) -> Tree:
    files = {path: text for path, text, _ in example.files()}
    documents = [Document(each, parse(files[each])) for each in files if each.endswith(".md")]
    spoken = {each: read(files[each], each[-4:]) for each in files if not each.endswith(".md")}
    return build(documents, as_of=DAY, transcripts=spoken)


def test_names_codes_and_files_hold_together() -> None:
    for rule in RULES:
        assert rule.__module__ == f"ost.judge.rules.{rule.name().replace('-', '_')}"
        assert re.fullmatch(r"OST\d{3}", rule.code)
        assert rule.code[3] in FAMILIES
        assert not rule.name().startswith("no-")
    assert len({each.code for each in RULES}) == len({each.name() for each in RULES}) == len(RULES)
    files = {path.stem for path in (ROOT / "ost/judge/rules").glob("[a-z]*.py")}
    assert files == {each.name().replace("-", "_") for each in RULES}


def test_every_reported_code_has_a_rule() -> None:
    raised = {
        code
        for path in (ROOT / "ost").rglob("*.py")
        if "rules" not in path.relative_to(ROOT).parts
        for code in re.findall(r'"(OST\d{3})"', path.read_text("utf-8"))
    }
    reading = {each.code for each in RULES if not each.kinds}
    assert raised == reading
