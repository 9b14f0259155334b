"""Every rule's docstring is its page and its tests; here they run, through the whole pipeline."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from ost.judge.check import all_rules, check, configure
from ost.judge.page import FAMILIES, Example, page
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic
from ost.read.document import Document
from ost.read.parse import parse
from ost.read.transcripts import read
from ost.tree.build import build

ROOT = Path(__file__).parent.parent
RULES = all_rules()
BY_CODE = {each.code: each for each in RULES}
IN_WORDS = {"OST002", "OST003", "OST013", "OST020", "OST021", "OST034", "OST035"}
"""Reported by the reading of files and settings; their examples no content can show. See
`test_judge_files.py`, `test_settings.py` and `test_baseline.py`.
"""

MARK = re.compile(r"(?:<!--|#) ((?:OST\d{3} ?)+)(?:-->)?$")
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.name()}-{number}-{example.verdict.lower()}")
    for rule in RULES
    for number, example in enumerate(page(rule).examples)
    if rule.code not in IN_WORDS
]


def judged(rule: type[Rule], example: Example) -> tuple[Diagnostic, ...]:
    """What the rule, the reading family and the rules that the example names say of it."""
    files = {path: text for path, text, _ in example.files()}
    spoken = {path: text for path, text in files.items() if path.endswith((".vtt", ".srt", ".txt"))}
    documents = [Document(path, parse(text)) for path, text in files.items() if path not in spoken]
    transcripts = {path: read(text, path[-4:]) for path, text in spoken.items()}
    named = {
        each
        for each in RULES
        if not each.kinds
        or each is rule
        or re.search(rf"\b({each.name()}|{each.code})\b", example.text)
    }
    options = {rule.name(): tomllib.loads(example.options)} if example.options else {}
    rules = configure((each for each in RULES if each in named), options, calendar=True)
    tree = build(documents, as_of=date(2026, 11, 30), transcripts=transcripts)
    return check(tree, rules)


def marked(example: Example) -> set[tuple[str, int, str]]:
    """What the marks say: path, line and code."""
    marks = set()
    for path, text, behind in example.files():
        marks |= {(path, 1, code) for code in behind.split()}
        for number, line in enumerate(text.split("\n"), 1):
            if found := MARK.search(line):
                alone = found.start() == 0
                marks |= {(path, number + alone, code) for code in found[1].split()}
    return marks


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_examples_are_judged_as_marked(rule: type[Rule], example: Example) -> None:
    said = judged(rule, example)
    assert {(each.path, each.at.line + 1, each.code) for each in said} == marked(example)
    own = [code for *_, code in marked(example) if code == rule.code]
    assert bool(own) == (example.verdict == "Bad")


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_messages_say_what_is_so(rule: type[Rule], example: Example) -> None:
    for each in judged(rule, example):
        assert not each.message.endswith("."), each.message
        assert not re.search(r"\b(please|should|must|try)\b", each.message.casefold()), each.message
        assert "\n" not in each.message
        if not BY_CODE[each.code].kinds:
            assert each.severity == BY_CODE[each.code].severity, each


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


def test_names_codes_and_files_hold_together() -> None:
    for rule in RULES:
        assert rule.__module__ == f"ost.judge.rules.{rule.name().replace('-', '_')}"
        assert re.fullmatch(r"OST\d{3}", rule.code)
        assert rule.code[3] in FAMILIES
        assert not rule.name().startswith("no-")
    assert len({each.code for each in RULES}) == len({each.name() for each in RULES}) == len(RULES)
    files = {path.stem for path in (ROOT / "ost/judge/rules").glob("[a-z]*.py")}
    assert files == {each.name().replace("-", "_") for each in RULES}


def test_every_code_that_is_raised_has_a_rule() -> None:
    raised = {
        code
        for path in (ROOT / "ost").rglob("*.py")
        if "rules" not in path.relative_to(ROOT).parts
        for code in re.findall(r'"(OST\d{3})"', path.read_text("utf-8"))
    }
    reading = {each.code for each in RULES if not each.kinds}
    assert raised == reading
