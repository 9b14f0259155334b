"""One name means one thing, one thing is done in one place, and no two modules need each other."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHIPPED = sorted(path for folder in ("ost", "plugins") for path in (ROOT / folder).rglob("*.py"))

LIKENESS = {
    "ost/read/alike.py",
    "ost/config.py",  # lies below reading
    "ost/cli/commands/help.py",
    # They ask for the likeness of texts that are no names, or on their own.
    "ost/judge/rules/missing_transcript.py",
    "ost/judge/waivers.py",
    "ost/read/parse.py",
    "ost/read/trees.py",
    "ost/tree/names.py",
}
"""Where names are compared by likeness; the list only gets shorter."""


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
    """Sets of modules each of which can be reached from each other."""

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


def test_likeness_of_names_is_asked_in_one_place() -> None:
    asking = {
        path.relative_to(ROOT).as_posix()
        for path in SHIPPED
        if "get_close_matches" in path.read_text("utf-8")
    }
    assert asking == LIKENESS
