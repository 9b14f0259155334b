"""Tests the examples in rules' docstrings: each must be judged as marked. They may have nodes of
kinds that installed packages define.

For pytest or any other test runner:

    from ost.testing import check_examples
    from evening_rules import FilmTitle

    def test_examples() -> None:
        check_examples(FilmTitle)
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec.structs import replace

from ost.history.biography import written_in
from ost.history.change import Verb
from ost.history.diff import diff
from ost.history.sentences import ids
from ost.judge.catalog import all_rules, configure, why_useless
from ost.judge.check import check
from ost.judge.page import Example, page
from ost.judge.rule import Rule
from ost.project.kinds import load_kinds
from ost.read.diagnostic import Diagnostic
from ost.read.document import Document
from ost.read.parse import parse
from ost.read.suffixes import TRANSCRIPTS
from ost.read.transcripts import read
from ost.tree.build import build
from ost.tree.model import NodeId
from ost.tree.past import Beginning, Version
from ost.tree.tree import Tree

__all__ = ["DAY", "Example", "check_example", "check_examples", "examples", "judged", "marked"]

DAY = date(2026, 11, 30)
"""The day on which examples are judged."""

ExpectedFinding = tuple[str, int, str]
"""A diagnostic that an example expects: path, line from 1, code."""


def examples(rule: type[Rule]) -> tuple[Example, ...]:
    """The examples with files in a rule's docstring, in order."""
    return tuple(each for each in page(rule).examples if each.text)


def check_examples(rule: type[Rule], beside: Iterable[type[Rule]] = ()) -> None:
    """Raises AssertionError unless the rule has a bad and a good example, and every one of its
    examples is judged as marked. `beside` are other rules of your own that the examples may name.
    """
    if wrong := why_useless(rule):
        raise AssertionError(f"{rule.name()}: {wrong}")
    found = examples(rule)
    for verdict in ("Bad", "Good"):
        if not any(each.verdict == verdict for each in found):
            raise AssertionError(f"{rule.name()} has no example {verdict}:")
    for example in found:
        check_example(rule, example, beside)


def check_example(rule: type[Rule], example: Example, beside: Iterable[type[Rule]] = ()) -> None:
    """Raises AssertionError unless the example is judged exactly as marked, and the rule itself
    reports in bad examples only.
    """
    marks = marked(rule, example, beside)
    reported = judged(rule, example, beside)
    found = {(each.path, each.at.line + 1, each.code): each.message for each in reported}
    wrong = [
        *(f"{_shown(mark)} is marked but not reported" for mark in sorted(marks - {*found})),
        *(
            f"{_shown(mark)} is reported but not marked: {found[mark]}"
            for mark in sorted({*found} - marks)
        ),
    ]
    own = any(code == rule.code for *_, code in marks)
    if own != (example.verdict == "Bad"):
        wrong.append(f"{rule.code} is marked {'in' if own else 'nowhere in'} it")
    if wrong:
        wrong += [each.said() for each in load_kinds()]
        said_wrong = "\n  ".join(wrong)
        text = f"{rule.name()}, example {example.verdict}:\n  {said_wrong}\n\n{example.text}"
        raise AssertionError(text)


def judged(
    rule: type[Rule], example: Example, beside: Iterable[type[Rule]] = ()
) -> tuple[Diagnostic, ...]:
    """The diagnostics of the rule, of rules of the family `reading`, and of rules that the example
    names.
    """
    load_kinds()
    files = {path: text for path, text, behind in example.files() if "@" not in behind}
    tree = _with_past(_built(files), example, files)
    options = {rule.name(): tomllib.loads(example.options)} if example.options else {}
    named = (
        each
        for each in all_rules((rule, *beside))
        if not each.kinds
        or each is rule
        or re.search(rf"\b({re.escape(each.name())}|{re.escape(each.code)})\b", example.text)
    )
    return check(tree, configure(named, options, calendar=True))


def _built(files: Mapping[str, str]) -> Tree:
    spoken = {path: text for path, text in files.items() if path.endswith(TRANSCRIPTS)}
    return build(
        (Document(path, parse(text)) for path, text in files.items() if path not in spoken),
        as_of=DAY,
        transcripts={path: read(text, path[-4:]) for path, text in spoken.items()},
    )


def _with_past(tree: Tree, example: Example, now: Mapping[str, str]) -> Tree:
    """The tree with its history, where the example has former versions (`-- path -- @DAY`).

    The current files were committed on 20 November.
    """
    past: dict[str, list[tuple[str, str]]] = {}
    for path, text, behind in example.files():
        if "@" in behind:
            past.setdefault(path, []).append((behind.strip(" @"), text))
    if not past:
        return tree
    before = _built(
        {path: past[path][0][1] if path in past else now[path] for path in {**now, **past}}
    )
    versions = {
        NodeId(path.removesuffix(".md")): tuple(
            Version(day, "", written_in(next(iter(parse(text).entries), None)) if text else None)
            for day, text in (*past.get(path, ()), ("2026-11-20", now.get(path, "")))
        )
        for path in {**now, **past}
    }
    shaken = {
        NodeId(each.node): tuple(map(str, ids(each.after)))
        for each in diff(before, tree)
        if each.change is Verb.SUSPECT
    }
    return replace(tree, past=versions, began=_began(versions), shaken=shaken)


def _began(versions: Mapping[NodeId, tuple[Version, ...]]) -> dict[NodeId, Beginning]:
    """The day that brought each node, with the other nodes of its kind."""
    brought = {
        node: (str((found[0].fields or {}).get("kind")), found[0].day)
        for node, found in versions.items()
    }
    beside = Counter(brought.values())
    return {
        node: Beginning(day, beside[kind, day], day == min(on for of, on in beside if of == kind))
        for node, (kind, day) in brought.items()
    }


def marked(
    rule: type[Rule], example: Example, beside: Iterable[type[Rule]] = ()
) -> set[ExpectedFinding]:
    """The diagnostics that the marks in an example expect (see `ost.judge.page`)."""
    codes = "|".join(re.escape(each.code) for each in all_rules((rule, *beside)))
    mark = re.compile(rf"(?:<!--|#) ((?:(?:{codes}) ?)+)(?:-->)?$")
    return {each for file in example.files() if "@" not in file[2] for each in _marks(file, mark)}


def _marks(file: tuple[str, str, str], mark: re.Pattern[str]) -> Iterator[ExpectedFinding]:
    path, text, behind = file
    for code in behind.split():
        yield path, 1, code
    for number, line in enumerate(text.split("\n"), 1):
        if found := mark.search(line):
            alone = found.start() == 0
            for code in found[1].split():
                yield path, number + alone, code


def _shown(mark: ExpectedFinding) -> str:
    path, line, code = mark
    return f"{path}:{line} {code}"
