"""The page of the Python API: public signatures and docstrings, from the code."""

import ast
import inspect
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar, get_args

import ost
from ost import errors, testing
from ost.publish.schema import TABLES
from ost.tree import graph
from ost.tree import node as words
from ost.tree.node import Node, Status

W = TypeVar("W", ast.FunctionDef, ast.ClassDef)

CLASSES = (ost.LoadedProject,)
DATA = {"node": graph.NodeData, "edge": graph.EdgeData, "moment": graph.EvidenceData}
"""The graph's data types, by the published table with the same data."""
COLUMNS = {"people": "participants"}
"""The columns of keys that have another name."""
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
    parts += ["## Tests of rules"]
    for function in FUNCTIONS:
        parts += _function("ost.testing", function)
    parts += ["## Errors"]
    for error in ERRORS:
        parts += [f"### ost.errors.{error.__name__}", str(inspect.getdoc(error))]
    return "\n\n".join(parts)


def _function(module: str, function: object) -> Iterator[str]:
    written = _written(function, ast.FunctionDef)
    name = f"{module}.{written.name}"
    yield f"### {name}"
    yield f"```py\n{name}({ast.unparse(written.args)}) -> {_type(written.returns)}\n```"
    yield str(inspect.getdoc(function))


def _members(kind: type) -> str:
    """A class's properties and methods with their types and descriptions."""
    rows = []
    for node in _written(kind, ast.ClassDef).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            meaning = " ".join((ast.get_docstring(node) or "").split())
            arguments = ", ".join(map(ast.unparse, node.args.args[1:]))
            name = node.name if node.decorator_list else f"{node.name}({arguments})"
            rows.append(f"| `{name}` | `{_type(node.returns)}` | {meaning} |")
    return "\n".join(["| name | type | what it is |", "| --- | --- | --- |", *rows])


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
    lines = ["| `{}` | `{}` | {} |".format(*row).replace(" | None`", " \\| None`") for row in rows]
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
