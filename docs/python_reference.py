"""The page of the Python API: signatures and docstrings of what is public, from the code."""

import ast
import inspect
from collections.abc import Iterator
from typing import Any, TypeVar

import ost
from ost import errors, testing
from ost.publish.schema import TABLES
from ost.tree import graph

W = TypeVar("W", ast.FunctionDef, ast.ClassDef)

CLASSES = (ost.LoadedProject,)
DATA = {"node": graph.NodeData, "edge": graph.EdgeData, "moment": graph.EvidenceData}
"""What the graph holds, by the published table that holds the same."""
COLUMNS = {"people": "participants"}
"""The columns of keys that are called otherwise."""
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
    """A class's properties and methods with their types and what they are."""
    rows = []
    for node in _written(kind, ast.ClassDef).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            meaning = " ".join((ast.get_docstring(node) or "").split())
            arguments = ", ".join(map(ast.unparse, node.args.args[1:]))
            name = node.name if node.decorator_list else f"{node.name}({arguments})"
            rows.append(f"| `{name}` | `{_type(node.returns)}` | {meaning} |")
    return "\n".join(["| name | type | what it is |", "| --- | --- | --- |", *rows])


def _keys(data: type, table: str) -> str:
    """A class's keys with their types and what they are: its own words, else the column's."""
    (published,) = (each for each in TABLES if each.name == table)
    meanings = {each.name: each.description for each in published.columns}
    body = _written(data, ast.ClassDef).body
    rows = []
    for node, below in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.AnnAssign):
            key = ast.unparse(node.target)
            meaning = meanings.get(COLUMNS.get(key, key), "").replace("1 if", "True if")
            if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
                meaning = str(below.value.value)
            kind = _type(node.annotation).replace(" | ", " \\| ")
            rows.append(f"| `{key}` | `{kind}` | {meaning} |")
    return "\n".join(["| key | type | what it is |", "| --- | --- | --- |", *rows])


def _written(thing: Any, kind: type[W]) -> W:
    """The code of a class or a function, as it is written."""
    (found,) = ast.parse(inspect.getsource(thing)).body
    if not isinstance(found, kind):
        raise TypeError(thing)
    return found


def _type(annotation: ast.expr | None) -> str:
    """A type as it is written, without quotes."""
    if isinstance(annotation, ast.Constant) and annotation.value:
        return str(annotation.value)
    return ast.unparse(annotation) if annotation else ""
