"""One name means one thing, one thing is done in one place, and no two modules need each other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHIPPED = sorted(path for folder in ("ost", "plugins") for path in (ROOT / folder).rglob("*.py"))

ONCE = {
    "what a mistyped name is like": (r"get_close_matches", {"ost/words.py"}),
    "did you mean, with a name": (r"; did you mean \{", {"ost/words.py"}),
    "one and several": (r"""else ['"]s['"]|or one \+ ['"]s['"]""", {"ost/words.py"}),
    "a list in words": (r"join\(\w+\[:-1\]", {"ost/words.py"}),
    "accents in one sign": (r'"NF[CD]"', {"ost/read/letters.py"}),
    "the bytes of a text": (r'"utf-8-sig", "replace"', {"ost/read/place.py"}),
    "a line's end": (r"\.splitlines\(|\"\\r\\n\", \"\\n\"", {"ost/read/place.py"}),
    # Plain YAML and plain lines have their own, which property tests hold to the full grammar; and
    # what is half typed is in no reading.
    "a wikilink's target": (
        r"\\\[\\\[\(|\\\[\(\?P<target>",
        {
            "ost/read/inline.py",
            "ost/read/plain_inline.py",
            "ost/read/plain_yaml.py",
            "ost/lsp/prefix.py",
        },
    ),
}
"""Things that are done in one place: the pattern of each, and its place."""


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def types(module: ast.Module) -> Iterator[str]:
    """The public names of types that a module defines."""
    for statement in module.body:
        match statement:
            case ast.ClassDef(name=name):
                found = name
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                found = "" if name.isupper() else name
            case _:
                found = ""
        if found[:1].isupper():
            yield found


def test_a_types_name_means_one_thing() -> None:
    places: dict[str, set[str]] = {}
    for path in SHIPPED:
        for name in types(parsed(path)):
            places.setdefault(name, set()).add(path.relative_to(ROOT).as_posix())
    twice = {name: sorted(paths) for name, paths in places.items() if len(paths) > 1}
    assert twice == {}


def modules() -> dict[str, Path]:
    found = {}
    for path in SHIPPED:
        parts = path.relative_to(ROOT if path.is_relative_to(ROOT / "ost") else ROOT / "plugins")
        name = ".".join(parts.with_suffix("").parts).removesuffix(".__init__")
        found[name] = path
    return found


def imports(module: ast.Module, known: set[str]) -> set[str]:
    """The modules that this one needs, wherever it imports them; types alone do not count."""
    skipped = {
        id(inner)
        for each in ast.walk(module)
        if isinstance(each, ast.If) and ast.unparse(each.test) == "TYPE_CHECKING"
        for inner in ast.walk(each)
    }
    found: set[str] = set()
    for each in ast.walk(module):
        if id(each) in skipped:
            continue
        if isinstance(each, ast.Import):
            found |= {alias.name for alias in each.names}
        elif isinstance(each, ast.ImportFrom) and each.module:
            whole = {f"{each.module}.{alias.name}" for alias in each.names}
            inside = whole & known
            found |= inside | ({each.module} if len(inside) < len(whole) else set())
    return found & known


def circles(graph: dict[str, set[str]]) -> set[frozenset[str]]:
    """Sets of modules that can all reach each other."""

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        left = list(graph[start])
        while left:
            each = left.pop()
            if each not in seen:
                seen.add(each)
                left += graph[each]
        return seen

    below = {name: reached(name) for name in graph}
    return {
        frozenset(other for other in below[name] if name in below[other])
        for name in graph
        if name in below[name]
    }


def test_no_two_modules_need_each_other() -> None:
    known = modules()
    graph = {name: imports(parsed(path), set(known)) - {name} for name, path in known.items()}
    assert circles(graph) == set()


def test_circles_are_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == {frozenset("abc")}


@pytest.mark.parametrize("name", ONCE)
def test_one_thing_is_done_in_one_place(name: str) -> None:
    sign, places = ONCE[name]
    found = {
        path.relative_to(ROOT).as_posix()
        for path in SHIPPED
        if re.search(sign, path.read_text("utf-8"))
    }
    assert found == places
