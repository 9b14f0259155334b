"""The page of the Python API: public signatures and docstrings, from the code."""

import ast
import inspect
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

import ost
from ost import errors, export, testing
from ost.publish.schema import TABLES
from ost.read.transcript import Transcript, Turn
from ost.tree import graph
from ost.tree import node as words
from ost.tree.model import Moment, SpokenWords
from ost.tree.node import Node, Status
from ost.tree.tree import Edge, Tree

W = TypeVar("W", ast.FunctionDef, ast.ClassDef)

CLASSES = (ost.LoadedProject,)
DATA = {"node": graph.NodeData, "edge": graph.EdgeData, "moment": graph.EvidenceData}
"""The graph's data types, by the published table with the same data."""
COLUMNS = {"people": "participants"}
"""The columns of keys that have another name."""
INTERNAL = {
    *("below", "worked_out", "transcript_paths", "written_status"),
    *("article", "summary", "derived"),
}
"""Members of a tree and a node that only the engine and kinds use."""
BAR = "\\|"
FUNCTIONS = (testing.check_examples, testing.check_example, testing.examples, testing.judged)
ERRORS = (errors.OstError, errors.Misuse, errors.Trouble)


def python() -> str:
    """Everything that `import ost`, `ost.testing` and `ost.errors` promise."""
    parts = ["## Load", *_function("ost", ost.load)]
    for kind in CLASSES:
        parts += [f"### ost.{kind.__name__}", str(inspect.getdoc(kind)), _members(kind)]
    parts += ["## The graph", str(inspect.getdoc(graph.of))]
    for table, data in DATA.items():
        parts += [f"### {data.__name__}", str(inspect.getdoc(data)), _keys(data, table)]
    parts += ["## Kinds", "A kind is a class below `ost.tree.node.Node`. Its class variables:"]
    parts += [_variables(Node), "A `Status` of a kind:", _variables(Status)]
    parts += _asked()
    parts += ["## Tests of rules"]
    for function in FUNCTIONS:
        parts += _function("ost.testing", function)
    parts += _exporters()
    parts += ["## Errors"]
    for error in ERRORS:
        parts += [f"### ost.errors.{error.__name__}", str(inspect.getdoc(error))]
    return "\n\n".join(parts)


def _asked() -> Iterator[str]:
    """What a rule may ask a tree and a node, without what only the engine and kinds use."""
    yield "## What a rule may ask"
    yield "A rule gets a node and the tree. Nodes of a kind also have that kind's fields."
    for kind, name in ((Tree, "tree"), (Node, "node")):
        yield f"### The {name}"
        rows = [*_member_rows(kind), *_described(kind)]
        yield _table("name", [row for row in rows if row[0].partition("(")[0] not in INTERNAL])
    for part in (Moment, SpokenWords, Edge, Transcript, Turn):
        yield f"### {part.__name__}"
        yield f"{inspect.getdoc(part)}\n\n{_parts(part)}"


def _exporters() -> Iterator[str]:
    """What an exporter of another package gets and returns."""
    call = _written(export.Exporter, ast.ClassDef).body[-1]
    if not isinstance(call, ast.FunctionDef):
        raise TypeError(call)
    arguments = ", ".join(map(ast.unparse, call.args.args[1:]))
    yield "## Exporters"
    yield str(inspect.getdoc(export))
    yield f"```py\ndef NAME(\n    {arguments}\n) -> Saved: ...\n```"
    yield str(inspect.getdoc(export.Exporter))
    yield "`report` may be given the current step, how much of it is done, and how much there is."
    for part in (export.Saved, export.ForeignError):
        yield f"### ost.export.{part.__name__}"
        yield str(inspect.getdoc(part))


def _described(kind: type) -> Iterator[tuple[str, str, str]]:
    """A class's fields that say what they are, with their types."""
    hints = get_type_hints(kind, include_extras=True)
    for name, annotation, text in _annotated(kind):
        if annotation.startswith("ClassVar["):
            continue
        if get_origin(hints[name]) is Annotated:
            yield name, ast.unparse(_inner(annotation)), get_args(hints[name])[1].description
        elif text:
            yield name, annotation, text


def _inner(annotation: str) -> ast.expr:
    """The type in `Annotated[type, ...]`."""
    written = ast.parse(annotation, mode="eval").body
    if isinstance(written, ast.Subscript) and isinstance(written.slice, ast.Tuple):
        return written.slice.elts[0]
    raise TypeError(annotation)


def _parts(kind: type) -> str:
    """A class's fields with their types, in a line."""
    fields = [f"`{name}: {annotation}`" for name, annotation, _ in _annotated(kind)]
    return f"Its fields: {', '.join(fields)}."


def _function(module: str, function: object) -> Iterator[str]:
    written = _written(function, ast.FunctionDef)
    name = f"{module}.{written.name}"
    yield f"### {name}"
    yield f"```py\n{name}({ast.unparse(written.args)}) -> {_type(written.returns)}\n```"
    yield str(inspect.getdoc(function))


def _members(kind: type) -> str:
    """A class's properties and methods with their types and descriptions."""
    return _table("name", _member_rows(kind))


def _member_rows(kind: type) -> Iterator[tuple[str, str, str]]:
    for node in _written(kind, ast.ClassDef).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            meaning = " ".join((ast.get_docstring(node) or "").split())
            arguments = ", ".join(map(ast.unparse, node.args.args[1:]))
            name = node.name if node.decorator_list else f"{node.name}({arguments})"
            yield name, _type(node.returns), meaning


def _keys(data: type, table: str) -> str:
    """A class's keys with their types and descriptions: its own, else the column's."""
    (published,) = (each for each in TABLES if each.name == table)
    meanings = {each.name: each.description for each in published.columns}
    rows = [
        (key, kind, text or meanings.get(COLUMNS.get(key, key), "").replace("1 if", "True if"))
        for key, kind, text in _annotated(data)
    ]
    return _table("key", rows)


def _variables(kind: type) -> str:
    """A kind's class variables, or a status's fields."""
    rows = []
    of_class = kind is Node
    for name, annotation, text in _annotated(kind):
        type_ = annotation.removeprefix("ClassVar[").removesuffix("]" * of_class)
        if annotation.startswith("ClassVar[") == of_class:
            one_of = ", ".join(
                f"`{each}`" for each in get_args(getattr(words, type_, None)) if each
            )
            rows.append((name, type_, f"{text} One of {one_of}.".strip() if one_of else text))
    return _table("name", rows)


def _annotated(kind: type) -> Iterator[tuple[str, str, str]]:
    """A class's annotations: names, types, and the docstrings below them."""
    body = _written(kind, ast.ClassDef).body
    for node, below in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.AnnAssign):
            text = below.value if isinstance(below, ast.Expr) else None
            meaning = " ".join(str(text.value).split()) if isinstance(text, ast.Constant) else ""
            yield ast.unparse(node.target), _type(node.annotation), meaning


def _table(first: str, rows: Iterable[tuple[str, str, str]]) -> str:
    lines = [
        f"| `{name}` | `{kind.replace(' | ', f' {BAR} ')}` | {text} |" for name, kind, text in rows
    ]
    return "\n".join([f"| {first} | type | what it is |", "| --- | --- | --- |", *lines])


def _written(thing: Any, kind: type[W]) -> W:
    """The source code of a class or a function."""
    (found,) = ast.parse(inspect.getsource(thing)).body
    if not isinstance(found, kind):
        raise TypeError(thing)
    return found


def _type(annotation: ast.expr | None) -> str:
    """A type as in the source, without quotes."""
    if isinstance(annotation, ast.Constant) and annotation.value:
        return str(annotation.value)
    return ast.unparse(annotation) if annotation else ""
