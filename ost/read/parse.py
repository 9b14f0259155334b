"""A text into its reading."""

import re
from difflib import get_close_matches

from ost.read import frontmatter, markdown, trees
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.document import Entry, Field, Link, Reading
from ost.read.kinds import KINDS
from ost.read.markdown import Body
from ost.read.place import Lines, Place
from ost.read.timestamp import IMPOSSIBLE
from ost.read.value import Mapping, Scalar, Sequence, Value

CONFLICT = "OST004"
FOREIGN = "OST005"
UNKNOWN_KIND = "OST006"
UNTITLED = "OST015"
EMPTY = "OST018"

_CONFLICT = re.compile(
    r"^<{7}(?= |$)(?:.*\n(?!<{7}))*?>{7}(?: .*)?$|^[<>]{7}(?: .*)?$", re.MULTILINE
)
_WIKI = re.compile(r"!?\[\[([^\[\]|#\n]*)(#[^\[\]|\n]*)?(\|[^\[\]\n]*)?\]\]")


def parse(text: str) -> Reading:
    """What a text says; never raises, whatever it is."""
    lines = Lines(text)
    remarks = [
        Diagnostic(
            path="",
            at=lines.place(found.start(), found.start() + 7),
            code=CONFLICT,
            message="a merge conflict was left here unresolved",
        )
        for found in _CONFLICT.finditer(text)
    ]
    if not text.strip():
        at = Place(0, 0, 0, 0)
        return Reading((), (_remark(EMPTY, at, "the file is empty", Severity.NOTE),))
    front = frontmatter.read(lines)
    kind = None
    fields: tuple[Field, ...] = ()
    if front is not None:
        remarks += front.diagnostics
        fields = front.fields
        kind = next((each for each in fields if each.name == "kind"), None)
    if front is None or kind is None:
        at = front.at if front else lines.place(0, max(text.find("\n"), 0) or len(text))
        message = "no `kind` in front matter: not a node"
        return Reading((), (*remarks, _remark(FOREIGN, at, message, Severity.NOTE)))
    body_line = (
        len(lines.starts) - 1
        if front.body >= len(text)
        else lines.place(front.body, front.body).line
    )
    body = markdown.read(text[lines.starts[body_line] :], body_line)
    for written, at in body.wrong:
        remarks.append(
            _remark(
                IMPOSSIBLE,
                at,
                f"{written!r} is no time: minutes and seconds end at 59",
                Severity.WARNING,
            )
        )
    named = _kind(kind)
    if named is not None and named.text == "tree":
        entries, more = trees.entries(lines, body_line)
        return Reading(entries, tuple(_sorted([*remarks, *more])))
    if named is None or named.text not in KINDS:
        remarks.append(_unknown(kind, named))
    if body.title is None and not any(each.name == "title" for each in fields):
        remarks.append(
            _remark(UNTITLED, front.at, "no `# heading` gives it a title", Severity.WARNING)
        )
    entry = Entry(
        "",
        named,
        body.title,
        body.title.at if body.title else front.at,
        "",
        fields,
        body.sections,
        _links(fields, body),
        text[front.body :],
        body_line,
    )
    return Reading((entry,), tuple(_sorted(remarks)))


def _remark(code: str, at: Place, message: str, severity: Severity = Severity.ERROR) -> Diagnostic:
    return Diagnostic(path="", at=at, code=code, message=message, severity=severity)


def _sorted(remarks: list[Diagnostic]) -> list[Diagnostic]:
    return sorted(remarks, key=lambda each: each.order)


def _kind(field: Field) -> Scalar | None:
    return field.value if isinstance(field.value, Scalar) else None


def _unknown(field: Field, named: Scalar | None) -> Diagnostic:
    if named is None:
        return _remark(UNKNOWN_KIND, field.value.at, "a kind is one word")
    near = get_close_matches(named.text.casefold(), (*KINDS, "tree"), n=1, cutoff=0.6)
    meant = f"; did you mean {near[0]!r}?" if near else f"; kinds are {', '.join(KINDS)}"
    return _remark(UNKNOWN_KIND, named.at, f"there is no kind {named.text!r}{meant}")


def _links(fields: tuple[Field, ...], body: Body) -> tuple[Link, ...]:
    links = [link for field in fields for link in _in_value(field.name, field.value)]
    links += body.title_links
    inside: list[Link] = []
    for section in body.sections:
        inside += section.links
        for quote in section.quotes:
            inside += quote.links
        for item in section.items:
            inside += item.links
            for quote in item.quotes:
                inside += quote.links
    links += sorted(inside, key=lambda each: each.at)
    return tuple(links)


def _in_value(name: str, value: Value) -> list[Link]:
    if isinstance(value, Sequence):
        return [link for each in value.items for link in _in_value(name, each)]
    if isinstance(value, Mapping):
        return [link for _, each in value.pairs for link in _in_value(name, each)]
    return [
        Link(
            found[1].strip(),
            "field",
            name,
            (found[3] or "")[1:].strip(),
            (found[2] or "")[1:].strip(),
            value.at,
            value.at,
        )
        for found in _WIKI.finditer(value.text)
    ]
