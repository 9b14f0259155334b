"""A rule's page, read from its docstring, for the terminal, the docs and the browser.

The docstring is a sentence, then blocks that begin with a word and a colon: `Why:`, `Source:`, and
any number of `Bad:`, `Fixed:` (the bad one after its fixes) and `Good:`. An example is several
files, each below a line `-- path --`. Marks say what must be reported: `# OST301` in front matter
and `<!-- OST301 -->` in Markdown at the end of a line; alone on a line they apply to the next one;
behind a file's path, to its first line. `Options:` holds settings for the examples below it. An
example that no text can show is described on the line of its `Bad:` or `Good:`.
"""

import datetime
import re
import types
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import lru_cache
from inspect import cleandoc
from textwrap import dedent
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from ost.judge.rule import Rule

FAMILIES = {
    "0": "reading",
    "1": "shape",
    "2": "evidence",
    "3": "solutions",
    "4": "wording",
    "5": "practice",
    "6": "privacy",
}
"""The family of a rule by the first digit of its code."""

_BLOCK = re.compile(r"^(Why|Source|Options|Bad|Fixed|Good):", re.MULTILINE)
_FILE = re.compile(r"^-- (.+?) --(.*)\n", re.MULTILINE)
_TYPES = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    datetime.date: "day",
}
_SETS = (set, frozenset)
_LISTS = (tuple, list, *_SETS)


class Option(Struct, frozen=True):
    """One option of a rule: what it holds, its default as TOML writes it, and what it means."""

    name: str
    holds: str
    default: str
    meaning: str


class Example(Struct, frozen=True):
    """Files, written as one text, or `words` for what no text can show.

    `verdict` is Bad, Fixed (the one before, after `ost check --fix`) or Good; `options` are TOML.
    """

    verdict: str
    text: str
    words: str = ""
    options: str = ""

    def files(self) -> Iterator[tuple[str, str, str]]:
        """Each file's path, its text, and the mark behind its path."""
        _, *found = _FILE.split(self.text)
        for path, behind, text in zip(found[::3], found[1::3], found[2::3], strict=True):
            yield path, text, behind.strip()


class RulePage(Struct, frozen=True):
    """Everything to read about a rule."""

    code: str
    name: str
    family: str
    severity: str
    summary: str
    why: str
    source: str
    options: tuple[Option, ...]
    examples: tuple[Example, ...]


@lru_cache(maxsize=512)
def page(rule: type[Rule]) -> RulePage:
    """The page of a rule."""
    summary, _, rest = cleandoc(rule.__doc__ or "").partition("\n")
    _, *found = _BLOCK.split(rest)
    texts = {"Why": "", "Source": ""}
    examples: list[Example] = []
    options = ""
    for word, block in zip(found[::2], found[1::2], strict=True):
        if word in texts:
            texts[word] = dedent(block).strip()
        elif word == "Options":
            options = dedent(block).strip()
        else:
            alone = not block.partition("\n")[0].strip()
            words, _, text = block.partition("\n" if alone else "\n\n")
            text = dedent(text).strip("\n")
            examples.append(Example(word, text + "\n" * bool(text), words.strip(), options))
    return RulePage(
        code=rule.code,
        name=rule.name(),
        family=family(rule.code),
        severity=str(rule.severity),
        summary=summary.strip(),
        why=texts["Why"],
        source=" ".join(texts["Source"].split()),
        options=tuple(_options(rule)),
        examples=tuple(examples),
    )


def family(code: str) -> str:
    """The family of a code; codes of other packages' rules have one, too."""
    return FAMILIES.get(re.sub(r"\D", "", code)[:1], "further")


def markdown(page: RulePage, level: int = 1) -> str:
    """The page as Markdown, its title at this level."""
    return "\n\n".join(_parts(page, level)) + "\n"


def reference(rules: Iterable[type[Rule]]) -> str:
    """All pages in one: a table of the rules, then each page."""
    pages = [page(each) for each in rules]
    table = _table(
        ("code", "name", "family", "severity", "what is wrong"),
        (
            (each.code, f"[{each.name}](#{each.name})", each.family, each.severity, each.summary)
            for each in pages
        ),
    )
    return "\n\n".join([table, *(markdown(each, 2).strip() for each in pages)]) + "\n"


def _parts(page: RulePage, level: int) -> Iterator[str]:
    yield f"{'#' * level} {page.name}"
    yield f"`{page.code}` · {page.family} · {page.severity}"
    yield from filter(None, (page.summary, page.why[:1].upper() + page.why[1:]))
    if page.source:
        yield f"Source: {page.source}"
    if page.options:
        rows = (
            (f"`{each.name}`", each.holds, f"`{each.default}`", each.meaning)
            for each in page.options
        )
        yield _table(("option", "holds", "default", "meaning"), rows)
    options = ""
    for example in page.examples:
        if example.options != options:
            options = example.options
            yield f"With these settings:\n\n```toml\n[rules.{page.name}]\n{options}\n```"
        yield f"{example.verdict}:" + f" {example.words}" * bool(example.words)
        if example.text:
            yield f"```text\n{example.text}```"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _options(rule: type[Rule]) -> Iterator[Option]:
    hints = get_type_hints(rule, include_extras=True)
    for field in fields(rule):
        if field.name == "severities":
            continue
        default = field.default
        if default is NODEFAULT and field.default_factory is not NODEFAULT:
            default = field.default_factory()
        described = getattr(hints[field.name], "__metadata__", ())
        meaning = next((found.description or "" for found in described), "")
        yield Option(field.name, _holds(hints[field.name]), _toml(default), meaning)


def _holds(hint: Any) -> str:
    """A type in words."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _holds(arguments[0])
    if origin is Literal:
        return " or ".join(f"`{each}`" for each in arguments)
    if origin in {Union, types.UnionType}:
        return " or ".join(_holds(each) for each in arguments if each is not types.NoneType)
    if origin in _LISTS:
        return f"list of {_holds(arguments[0])}s"
    if origin is dict:
        return f"table of {_holds(arguments[1])}"
    if isinstance(hint, type) and issubclass(hint, Enum):
        return " or ".join(f"`{each.value}`" for each in hint)
    return _TYPES.get(hint, str(getattr(hint, "__name__", hint)))


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Enum):
        return _toml(value.value)
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, _LISTS):
        written = map(_toml, value)
        return f"[{', '.join(sorted(written) if isinstance(value, _SETS) else written)}]"
    return "none" if value is None else "{}" if isinstance(value, dict) else str(value)
