"""Import a tree from one file, as other tools and people write it.

It copies the text below front matter with `kind: tree`.
"""

import re
from pathlib import PurePosixPath

import ost.tree.model  # noqa: F401 - the kinds that a text may name
from ost.exchange.imports import ForeignNode, ForeignTree, Here, Material, Sureness, Terms
from ost.read.letters import fold
from ost.read.likeness import TREE, likeness
from ost.read.parse import parse
from ost.read.vocabulary import vocabulary
from ost.words import counted

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_TYPE = re.compile(r"^(?:type|kind)[ \t]*:[^\n]*\n?", re.MULTILINE)


EXAMPLE = "roadmap.md"
SIGNS = "lines that begin with the names of kinds"


def looks(material: Material) -> Sureness:
    """Whether it looks like a tree."""
    if material.folder or material.suffix not in {"", ".md", ".markdown", ".txt"}:
        return 0
    return 2 if TREE in likeness((), material.text, vocabulary()) else 0


def read(material: Material, terms: Terms, here: Here) -> ForeignTree:
    """The text as a file of `kind: tree`; front matter that it has stays as a comment."""
    del terms, here
    text = material.text
    front = _FRONT.match(text)
    body = text[front.end() :] if front else text
    kept = _TYPE.sub("", front[1]).strip().replace("-->", "- ->") if front else ""
    comment = f"<!--\n{kept}\n-->\n" if kept else ""
    made = f"---\nkind: tree\n---\n{comment}{body}"
    stem = PurePosixPath(material.name).stem
    identity = "-".join(re.findall(r"\w+", fold(stem))) or "tree"
    identity = identity if identity.endswith("tree") else f"{identity}-tree"
    node = ForeignNode(
        key=identity, kind="tree", title=stem, path=material.name, line=1, whole=made
    )
    return ForeignTree(nodes=(node,), notes=(counted(len(parse(made).entries), "node"),))
