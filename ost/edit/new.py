"""Drafts a new node's file: its id, path and text. Commands write it.

The kinds define front matter. A draft lists the fields worth filling in, each with its meaning, and
nothing that needs deleting.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath

from msgspec import Struct

from ost.read.diagnostic import Fix
from ost.read.letters import LONGEST, WORDS, name
from ost.read.parse import parse
from ost.read.place import Place
from ost.read.scalar import line, scalar
from ost.tree import fields
from ost.tree.forms import FieldForm, forms
from ost.tree.model import KINDS
from ost.tree.values import WRONG_TYPE

__all__ = ["LONGEST", "WORDS", "Draft", "draft", "folder", "hints", "line", "name", "scalar"]


class Draft(Struct, frozen=True):
    """A file to write: its path in the content folder and its text."""

    path: str
    text: str

    @property
    def id(self) -> str:
        """The id that the file will give its node."""
        return PurePosixPath(self.path).stem


def draft(
    kind: str,
    title: str,
    body: str,
    *,
    id: str,
    folder: str,
    parents: Sequence[str] = (),
    values: Mapping[str, str] = {},
    today: date,
) -> Draft:
    """A node's file. `body` is the text below the heading; `values` are fields as text."""
    known = KINDS[kind]
    given = {name: today.isoformat() for name in known.today} | dict(values)
    lines = ["---", f"kind: {kind}"]
    if len(parents) == 1:
        lines.append(f"parent: {scalar(parents[0])}")
    elif parents:
        lines.append(f"parent: [{', '.join(scalar(each) for each in parents)}]")
    for field in dict.fromkeys((*known.asked, *given)):
        value = given.get(field, "")
        hint = "" if value else hints(kind).get(field, "")
        lines.append(f"{field}: {scalar(value) if value else f'# {hint}'}".rstrip(" #"))
    text = "\n".join([*lines, "---", f"# {line(title)}", "", body.strip(), ""])
    return Draft(f"{folder}/{id}.md" if folder else f"{id}.md", text.rstrip("\n") + "\n")


def unfit(made: Draft) -> str:
    """The value of a draft that does not fit its field, and why; "" if all fit."""
    wrong: list[str] = []
    (entry,) = parse(made.text).entries
    named = {field.value.at.line: field.name for field in entry.fields}

    def report(code: str, at: Place, message: str, _: Fix | None = None) -> None:
        if code == WRONG_TYPE:
            wrong.append(f"{named.get(at.line, 'a field')}: {message}")

    fields.read(entry, KINDS[entry.kind.text if entry.kind else ""], report)
    return wrong[0] if wrong else ""


def folder(kind: str, paths: Sequence[str]) -> str:
    """The folder for a new file of this kind: the one with most of its kind."""
    if not paths:
        return KINDS[kind].plural
    counted = Counter(str(PurePosixPath(each).parent) for each in paths)
    best = min(counted, key=lambda each: (-counted[each], each))
    return "" if best == "." else best


def hints(kind: str) -> Mapping[str, str]:
    """A hint for each field of a kind: its choices, its parts or its meaning."""
    return {name: _hint(form) for name, form in forms(KINDS[kind]).items()}


def _hint(form: FieldForm) -> str:
    if form.choices:
        return " | ".join(form.choices)
    if form.parts and not form.list:
        return f"{{{', '.join(f'{part}: …' for part in form.parts)}}}"
    return form.meaning.rstrip(".").replace("`", "")
