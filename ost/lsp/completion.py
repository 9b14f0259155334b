"""Completions: nodes by title, keys and values with their meaning, headings, quotes and timestamps
of the transcript.
"""

from collections.abc import Iterable, Iterator, Mapping

from lsprotocol import types

from ost.lsp.card import card, place
from ost.lsp.fuzzy import NodeSearch, folded
from ost.lsp.prefix import Prefix, prefix_at, written_kind
from ost.lsp.projects import File
from ost.read.transcript import Transcript, Turn
from ost.recording import clock
from ost.tree.forms import FieldForm, forms
from ost.tree.model import KINDS, Interview, NodeId
from ost.tree.sections import SECTIONS

MOST = 60
"""How many completions are offered at once; more letters find the rest."""

LONGEST = 240
"""Letters that are shown of a turn offered as a quote."""

TRIGGERS = ("[", ":", " ", "#", ">", "{", ",")
"""Characters after which an editor asks for completions."""


Offers = Iterator[types.CompletionItem]


def completions(file: File, position: types.Position) -> types.CompletionList:
    """The completions at a place."""
    line, column = file.positions.point(position)
    begun = prefix_at(file, line, column)
    start = file.positions.position(line, column - len(begun.begun))
    at = types.Range(start, file.positions.position(line, column))
    kind = written_kind(file, line)
    found = list(_OFFERS[begun.where](file, line, begun, kind, at))
    for number, item in enumerate(found):
        item.sort_text = f"{number:04}"
    return types.CompletionList(is_incomplete=len(found) >= MOST, items=found)


def documented(file: File, item: types.CompletionItem) -> types.CompletionItem:
    """An offered node with its card."""
    node = file.live.tree.get(str(item.data["node"])) if isinstance(item.data, dict) else None
    if node is not None:
        item.documentation = _markdown(card(node, file.live))
    return item


def _links(file: File, line: int, begun: Prefix, kind: str, at: types.Range) -> Offers:
    close = "" if begun.closed else "]]"
    for item in _nodes(file, begun.begun, _above(kind, begun.field), at):
        if item.text_edit is not None:
            item.text_edit.new_text += close
        yield item


def _keys(file: File, line: int, begun: Prefix, kind: str, at: types.Range) -> Offers:
    known = _forms(kind)
    if begun.field:
        form = known.get(begun.field)
        known = form.parts if form else {}
    entry = file.entry(line)
    there = {each.name for each in entry.fields} if entry and not begun.field else set()
    if not begun.field and "kind" not in there:
        known = {"kind": FieldForm("kind", "The kind of node."), **known}
    for form in known.values():
        if form.name not in there or form.name == begun.begun:
            yield types.CompletionItem(
                label=form.name,
                kind=types.CompletionItemKind.Property,
                documentation=_markdown(_explained(form)),
                text_edit=types.TextEdit(at, f"{form.name}: "),
            )


def _values(file: File, line: int, begun: Prefix, kind: str, at: types.Range) -> Offers:
    name, _, part = begun.field.partition(".")
    form = _forms(kind).get(name)
    if name == "kind":
        for kind_name, known in KINDS.items():
            yield _value(kind_name, known.summary(), at)
        return
    if form is not None and part:
        form = form.parts.get(part)
    if form is None:
        return
    if form.type == "node":
        yield from _nodes(file, begun.begun, _above(kind, name), at)
    elif form.choices:
        yield from (_value(each, meaning, at) for each, meaning in form.choices.items())
    elif form.type == "truth":
        yield from (_value(each, "", at) for each in ("true", "false"))
    elif form.type == "day":
        yield _value(file.live.project.today.isoformat(), "Today", at)
    elif name in _REPEATED:
        yield from (_value(each, "", at) for each in _used(file, name))


_REPEATED = ("participant", "segment")
"""Fields whose values recur from interview to interview."""


def _used(file: File, name: str) -> list[str]:
    people = (each for facts in file.live.compiled.facts.values() for each in facts.people)
    found = (each.id if name == "participant" else each.segment for each in people)
    return sorted({each for each in found if each})[:MOST]


def _headings(file: File, line: int, begun: Prefix, kind: str, at: types.Range) -> Offers:
    if not KINDS.get(kind, Interview).speaks:
        return
    entry = file.entry(line)
    there = {each.title.casefold() for each in entry.sections} if entry else set()
    for name, others in SECTIONS.items():
        if name not in there:
            words = f"Also: {', '.join(others)}"
            yield _value(name[:1].upper() + name[1:], words, at, types.CompletionItemKind.Module)


def _stamps(file: File, line: int, begun: Prefix, kind: str, at: types.Range) -> Offers:
    close = "" if begun.closed else "]"
    for turn in _turns(file, line):
        if turn.start is not None:
            when = clock(int(turn.start))
            if when.startswith(begun.begun):
                yield _turn(f"{when} {turn.text}", f"{when}{close}", at, f"[{when}")


def _quotes(file: File, line: int, begun: Prefix, kind: str, at: types.Range) -> Offers:
    words = folded(begun.begun).split()
    offered = 0
    for turn in _turns(file, line):
        text = " ".join(turn.text.split())
        name = folded(text)
        if all(f" {word}" in f" {name}" for word in words):
            offered += 1
            when = f" [{clock(int(turn.start))}]" if turn.start is not None else ""
            short = text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0]
            yield _turn(text, f"{short}{when}", at, begun.begun or text)
        if offered == MOST:
            return


def _nothing(file: File, line: int, begun: Prefix, kind: str, at: types.Range) -> Offers:
    return iter(())


_OFFERS = {
    "link": _links,
    "key": _keys,
    "value": _values,
    "heading": _headings,
    "stamp": _stamps,
    "quote": _quotes,
    "": _nothing,
}


def _nodes(file: File, begun: str, kinds: tuple[str, ...], at: types.Range) -> Offers:
    facts = file.live.compiled.facts
    own = {file.id(each) for each in file.entries}
    for node_id in NodeSearch(file.live, kinds).found(begun, MOST):
        if node_id in own:
            continue
        known = facts[node_id]
        above = place(node_id, file.live)
        yield types.CompletionItem(
            label=_title(file, node_id),
            label_details=types.CompletionItemLabelDetails(
                description=f"{known.kind}{f' · {above}' if above else ''}"
            ),
            detail=f"{known.kind} {node_id}",
            kind=types.CompletionItemKind.Reference,
            filter_text=f"{begun} {node_id}",
            text_edit=types.TextEdit(at, node_id),
            data={"node": node_id, "uri": file.uri},
        )


def _title(file: File, node_id: NodeId) -> str:
    claims = file.live.compiled.texts[file.live.files[node_id]].claims
    return claims.titles[claims.ids.index(node_id)] if claims else node_id


def _above(kind: str, field: str) -> tuple[str, ...]:
    """The kinds that a field may name; all, if that is unknown."""
    return KINDS[kind].under if kind in KINDS and field == "parent" else ()


def _forms(kind: str) -> Mapping[str, FieldForm]:
    return forms(KINDS[kind]) if kind in KINDS else {}


def _turns(file: File, line: int) -> Iterable[Turn]:
    entry = file.entry(line)
    node = file.live.tree.get(file.id(entry)) if entry else None
    found = file.live.tree.transcript(node) if isinstance(node, Interview) else None
    return (found or Transcript(())).turns


def _value(
    word: str,
    meaning: str,
    at: types.Range,
    kind: types.CompletionItemKind = types.CompletionItemKind.EnumMember,
) -> types.CompletionItem:
    return types.CompletionItem(
        label=word,
        kind=kind,
        documentation=_markdown(meaning) if meaning else None,
        text_edit=types.TextEdit(at, word),
    )


def _turn(label: str, text: str, at: types.Range, begun: str) -> types.CompletionItem:
    return types.CompletionItem(
        label=label[:LONGEST],
        kind=types.CompletionItemKind.Text,
        filter_text=begun,
        text_edit=types.TextEdit(at, text),
    )


def _explained(form: FieldForm) -> str:
    lines = [form.meaning]
    lines += [f"- `{each}` {meaning}".rstrip() for each, meaning in form.choices.items()]
    lines += [f"- `{each.name}` {each.meaning}".rstrip() for each in form.parts.values()]
    return "\n".join(lines)


def _markdown(text: str) -> types.MarkupContent:
    return types.MarkupContent(types.MarkupKind.Markdown, text)
