"""Import a tree of discovereasy.

It is YAML in which each key is a node with `desc`, `parent` and `kind`. The first line of `desc` is
the title. A node without a kind is an opportunity; one under `root` has no parent. Priority,
risk, evidence and focus are left out.
"""

from collections.abc import Iterator

from ost.exchange.foreign.imports import ForeignTree, Here, Material, Sureness, Terms
from ost.exchange.foreign.nodes import BODY, PARENT, ForeignNodes, ToolWords, UnplacedNode
from ost.exchange.foreign.page import texts
from ost.exchange.foreign.places import tree
from ost.read import frontmatter
from ost.read.document import Field
from ost.read.letters import fold
from ost.read.place import Lines
from ost.read.value import Mapping, Value

EXAMPLE = "tree.yaml"
SIGNS = "YAML in which each key has a `desc`"

_ROOT = "root"
_WORDS = ToolWords(
    fields={
        "desc": BODY,
        **dict.fromkeys(("prio", "priority", "focus", "risk", "evidence", "okness"), ""),
    }
)


def recognise(material: Material) -> Sureness:
    """By whether it is YAML in which every value has a `desc`."""
    found = [
        _value(field.value, "desc") is not None
        for _, text in _files(material)
        for field in frontmatter.inline(Lines(text), 0, len(text))[0]
    ]
    alone = len(list(_files(material))) == len(material.files)
    return 3 if found and all(found) and alone else 1 if any(found) else 0


def read(material: Material, terms: Terms, here: Here) -> ForeignTree:
    """The nodes of each file."""
    del here
    nodes = ForeignNodes(terms, _WORDS)
    for path, text in _files(material):
        lines = Lines(text)
        front, wrong = frontmatter.inline(lines, 0, len(text))
        for remark in wrong:
            line = remark.at.line
            nodes.tell(path, line + 1, lines.line(line), remark.message)
        for field in front:
            _node(nodes, path, lines, field)
    return tree(nodes)


def _files(material: Material) -> Iterator[tuple[str, str]]:
    for path, text in material.files.items():
        if path.casefold().endswith((".yaml", ".yml")):
            yield path, text


def _value(value: Value, name: str) -> Value | None:
    """A mapping's value for a key."""
    pairs = value.pairs if isinstance(value, Mapping) else ()
    return next((inner for key, inner in pairs if fold(key.text) == name), None)


def _text(value: Value, name: str) -> str:
    inner = _value(value, name)
    found = texts(inner) if inner is not None else ()
    return found[0] if len(found) == 1 else ""


def _node(nodes: ForeignNodes, path: str, lines: Lines, field: Field) -> None:
    line = field.key_at.line
    words = _text(field.value, "desc")
    if not isinstance(field.value, Mapping):
        why = "not a node; write keys with values, such as `desc:`"
        nodes.tell(path, line + 1, lines.line(line), why)
        return
    title, _, rest = words.partition("\n")
    node = UnplacedNode(key=field.name, title=title.strip() or field.name, path=path, line=line + 1)
    kind = next((key for key, _ in field.value.pairs if fold(key.text) == "kind"), None)
    at = kind.at.line if kind is not None else line
    nodes.add(node, _text(field.value, "kind") or "opportunity", lines.line(at))
    node.body = rest.strip("\n")
    for key, inner in field.value.pairs:
        name = fold(key.text)
        if name == PARENT and _text(field.value, name) == _ROOT:
            continue
        if name not in ("desc", "kind"):
            nodes.take(node, key.text, inner, key.at.line + 1, lines.line(key.at.line))
