"""A tree in one file, as it is, under front matter that says so."""

import re
from pathlib import PurePosixPath

from msgspec import Struct

import ost.tree.model  # noqa: F401 - the kinds that a text may name
from ost.read.document import Source
from ost.read.letters import fold
from ost.read.parse import parse
from ost.read.place import unified

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_TYPE = re.compile(r"^(?:type|kind)[ \t]*:[^\n]*\n?", re.MULTILINE)


class Taken(Struct, frozen=True):
    """The tree's file, and how many nodes it holds."""

    source: Source
    nodes: int


def read(text: str, *, name: str) -> Taken:
    """The text as a file of `kind: tree`; front matter that it has stays as a comment."""
    text = unified(text)
    front = _FRONT.match(text)
    body = text[front.end() :] if front else text.removeprefix("\ufeff")
    kept = _TYPE.sub("", front[1]).strip().replace("-->", "- ->") if front else ""
    comment = f"<!--\n{kept}\n-->\n" if kept else ""
    made = f"---\nkind: tree\n---\n{comment}{body}"
    stem = PurePosixPath(name.replace("\\", "/")).stem
    identity = "-".join(re.findall(r"\w+", fold(stem))) or "tree"
    identity = identity if identity.endswith("tree") else f"{identity}-tree"
    return Taken(Source(f"{identity}.md", made), len(parse(made).entries))
