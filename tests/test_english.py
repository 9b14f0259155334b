"""The project's own text reads as English: the phrases and names that must not come back.

`LEFT` counts what is still there, per folder. A count may only fall: lower it when you fix some.
"""

import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

BANNED = {
    "anew, afresh": r"\b(anew|afresh)\b",
    "nobody": r"\bnobody\b",
    "told of": r"\b(told|tells|tell) of\b",
    "is no": r"(?<!there )\b(?:is|are|was) no (?!longer\b|one\b|more than\b|different\b|matter\b)",
    "none is": r"\bnone (is|was) (?!ever\b)",
    "mend": r"\b(mend|mends|mended|mending)\b",
    "a talk": r"\b(a|the|each|every|of) talks?\b(?! about\b)",
    "lately": r"\blately\b",
    "called wrongly": r"\bcalled wrongly\b",
    "asks little": r"\basks little\b",
    "who speaks for": r"\bspeaks? for (it|a node|the node|them)\b",
    "rivals": r"\brivals?\b",
    "of several": r"(^|[.;:,] )of (several|those that|what)\b",
    "stands": r"\b(?:it|that|which|what|who) stands? (?:in|on|at|below|under|beside|there|by)\b",
    "stands elsewhere": r"\bstands? (?:here|elsewhere|beside|behind|together)\b",
    "set aside": r"\brules? set aside\b",
    "takes away": r"\b(takes|taken|take) away\b",
    "whole database": r"\bis no whole\b",
    "a line a": r"\bone (line|file|entry) a (line|node|rule|command|finding)\b",
}
"""Phrases that read as translated, by a name for each."""

LEFT: dict[str, int] = {}
"""Phrases still in a folder's text, at most."""

EACH: dict[str, int] = {}
"""The maximum of loops `for each in …:` in a folder's code: a loop variable names its content."""

UNLIKE_NOUNS = re.compile(r"(\w+(ing|ed)|a(new|fresh|head|side)|heard|spoken|taken)")
NOUNS = frozenset(
    {
        "compiled",
        "matching",
        "drawing",
        "encoding",
        "listing",
        "recording",
        "reference",
        "nesting",
        "wording",
        "building",
        "feed",
        "standing",
        "opening",
        "missing",
        "bearing",
        "finding",
        # As in `numpy.testing`: the name of a module for other packages' tests.
        "testing",
    }
)
"""Nouns that end like participles."""

EXAMPLES = re.compile(r"```.*?^\s*```|`[^`\n]*`", re.DOTALL | re.MULTILINE)
SKIPPED = re.compile(
    r"^(docs/reference/(rules|pages|commands|content|database|json|settings)\.md"  # from the code
    r"|docs/example/|content/|benchmarks/|tests/|changelog\.d/|CHANGELOG\.md)"
)
"""Text that is not prose of the project: generated pages, examples, people's words, data."""


def folder(path: str) -> str:
    """The folder whose count a file belongs to: at most two levels."""
    parts = path.split("/")
    return "/".join(parts[: min(len(parts) - 1, 2)]) or "."


@cache
def files(pattern: str) -> tuple[str, ...]:
    """The project's files that match a pattern, relative to its root."""
    folders = ("ost", "plugins", "docs")
    found = [*ROOT.glob(pattern), *(p for each in folders for p in (ROOT / each).rglob(pattern))]
    return tuple(sorted({path.relative_to(ROOT).as_posix() for path in found}))


def prose(path: str) -> Iterator[tuple[int, str]]:
    """The prose of a file with the line on which each part starts."""
    text = (ROOT / path).read_text("utf-8")
    if not path.endswith(".py"):
        plain = EXAMPLES.sub(lambda found: "\n" * found[0].count("\n"), text)
        yield from enumerate(plain.split("\n"), 1)
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            yield node.lineno, EXAMPLES.sub("", node.value)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def phrases() -> Iterator[tuple[str, str]]:
    """The folder and the place of every banned phrase."""
    for pattern in ("*.py", "*.md", "Makefile", "*.html", "*.toml", "*.code-snippets"):
        for path in files(pattern):
            if SKIPPED.search(path):
                continue
            for line, text in prose(path):
                for name, banned in BANNED.items():
                    for found in re.finditer(banned, " ".join(text.split()), re.IGNORECASE):
                        yield folder(path), f"{path}:{line} {name}: {found[0]}"


def loops() -> Iterator[tuple[str, str]]:
    """The folder and the place of every loop over `each` that is more than one line."""
    for path in files("*.py"):
        for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
            if isinstance(node, ast.For) and _named_each(node.target):
                yield folder(path), f"{path}:{node.lineno} for each in …"


def _named_each(target: ast.expr) -> bool:
    return any(isinstance(node, ast.Name) and node.id == "each" for node in ast.walk(target))


def excess(found: Iterator[tuple[str, str]], left: dict[str, int]) -> list[str]:
    """The places in folders with more than are left there."""
    places = list(found)
    counts = Counter(folder for folder, _ in places)
    return [place for folder, place in places if counts[folder] > left.get(folder, 0)]


def test_text_has_no_banned_phrases() -> None:
    assert excess(phrases(), LEFT) == []


def test_loop_variables_have_names() -> None:
    assert excess(loops(), EACH) == []


def test_modules_are_nouns() -> None:
    verbal = {
        Path(path).stem
        for path in files("*.py")
        if not path.startswith("ost/judge/rules/")  # a rule's name says what is wrong
        and UNLIKE_NOUNS.fullmatch(Path(path).stem)
        and Path(path).stem not in NOUNS
    }
    assert verbal == set(), "name the module by a noun of the field"


def test_readme_says_first_what_a_tree_is() -> None:
    title, what, tool = [line for line in (ROOT / "README.md").read_text().split("\n") if line][:3]
    assert title.startswith("# ost")
    assert what.startswith("An opportunity solution tree ")
    assert tool.startswith("`ost` ")


@pytest.mark.parametrize(
    ("text", "banned"),
    [
        ("Nobody told of this yet", {"nobody", "told of"}),
        ("One solution is no choice", {"is no"}),
        ("This is no longer so, and there is no one", set()),
        ("There is no release yet", set()),
        ("It was mended afresh", {"mend", "anew, afresh"}),
        ("A recommendation, amended", set()),
        ("Who speaks for it", {"who speaks for"}),
        ("What stands there", {"stands"}),
        ("The word stands elsewhere", {"stands elsewhere"}),
        ("Of several parents the first counts", {"of several"}),
        ("Who of several parents", set()),
        ("No words of a talk are lost", {"a talk"}),
        ("Talk to a customer", set()),
        ("Arrivals and rivals", {"rivals"}),
    ],
)
def test_phrases_are_found(text: str, banned: set[str]) -> None:
    assert {name for name, each in BANNED.items() if re.search(each, text, re.IGNORECASE)} == banned
