"""A person's signature under a draft: one line more in front matter, and no other byte changes."""

from datetime import date

from ost.edit.fix import mend
from ost.errors import Misuse
from ost.read.diagnostic import Diagnostic, Edit, Fix
from ost.read.document import Document, Entry, Field
from ost.read.parse import parse
from ost.read.place import Place, Span, unified
from ost.read.scalar import scalar
from ost.read.value import Mapping, Sequence, Value
from ost.tree.claims import entries

GENERATED, VERIFIED = "generated", "verified"
_EMPTY = ("", "~", "null")


def signed(text: str, path: str, node_id: str, by: str, on: date) -> str:
    """The text of a node's file (without a byte-order mark) with a signature. Raises Misuse where
    the edit would change anything else.
    """
    entry = _entry(text, path, node_id)
    by_hand = Misuse(
        f"{path}: its front matter cannot be signed in place; "
        f"add `{VERIFIED}: [{{by: {by}, at: {on}}}]` by hand"
    )
    verified = entry.field(VERIFIED)
    listed = verified is None or isinstance(verified.value, Sequence)
    if verified is not None and not listed and _plain(verified.value) not in _EMPTY:
        raise by_hand
    at, words = _edit(unified(text).split("\n"), entry, f"{{by: {_by(by)}, at: {on.isoformat()}}}")
    fix = Fix("sign", (Edit(Span(path, at), words),))
    made = mend(text, [Diagnostic(path=path, at=at, code="", message="", fix=fix)]).text
    if not _same_but_signed(entry, _entry(made, path, node_id)):
        raise by_hand
    return made


def _by(name: str) -> str:
    written = scalar(name)
    plain = not set(name) & set(",[]{}\"'#:") and name.strip()[:1] not in "-?!&*|>%@`"
    return (
        written if written.startswith('"') or plain else f"'{name.replace(chr(39), chr(39) * 2)}'"
    )


def _entry(text: str, path: str, node_id: str) -> Entry:
    """The node's entry in a text."""
    document = Document(path, parse(unified(text)))
    written = document.reading.entries
    found = entries(document).get(node_id) or (written[0] if len(written) == 1 else None)
    if found is None:
        raise Misuse(f"{path} changed meanwhile; run the command again")
    return found


def _edit(lines: list[str], entry: Entry, signature: str) -> tuple[Place, str]:
    """Where the signature goes, and its text."""
    generated, verified = entry.field(GENERATED), entry.field(VERIFIED)
    if verified is not None and isinstance(verified.value, Sequence) and verified.value.items:
        last = verified.value.items[-1]
        row, column = _end(last)
        if lines[verified.value.at.line][verified.value.at.column :][:1] == "[":
            return Place(row, column, row, column), f", {signature}"
        dash = verified.value.at.column
        lead = lines[verified.value.at.line][:dash]
        indent = lead if not lead.strip() else lead[: len(lead) - len(lead.lstrip())]
        end = len(lines[row])
        return Place(row, end, row, end), f"\n{indent}- {signature}"
    if verified is not None:
        row = verified.key_at.line
        colon = lines[row].index(":", verified.key_at.end_column) + 1
        whole = _end(verified.value)
        if whole[0] == row and not lines[row][colon:].strip():
            whole = (row, colon)
        return Place(row, colon, *max(whole, (row, colon))), f" [{signature}]"
    if generated is None:
        raise Misuse("only a draft can be signed")
    return _behind(lines, generated, signature)


def _behind(lines: list[str], generated: Field, signature: str) -> tuple[Place, str]:
    row, column = _end(generated.value)
    lead = lines[generated.key_at.line][: generated.key_at.column]
    if lead.strip():
        return Place(row, column, row, column), f", {VERIFIED}: [{signature}]"
    end = len(lines[row])
    return Place(row, end, row, end), f"\n{lead}{VERIFIED}: [{signature}]"


def _end(value: Value) -> tuple[int, int]:
    """Where a value's last word ends; a value in brackets ends with them."""
    inner: list[Value] = []
    if isinstance(value, Sequence):
        inner = list(value.items)
    elif isinstance(value, Mapping):
        inner = [each for _, each in value.pairs]
    ends = [_end(each) for each in inner]
    whole = (value.at.end_line, value.at.end_column)
    # A block's own end may lie behind the line ends below it.
    return max(ends) if ends and whole[1] == 0 else max([whole, *ends])


def _same_but_signed(before: Entry, after: Entry) -> bool:
    def said(entry: Entry) -> list[tuple[str, object]]:
        return [(each.name, _plain(each.value)) for each in entry.fields if each.name != VERIFIED]

    signs = after.field(VERIFIED)
    old = before.field(VERIFIED)
    return (
        said(before) == said(after)
        and before.body == after.body
        and signs is not None
        and _many(signs.value) == (_many(old.value) if old else 0) + 1
    )


def _many(value: Value) -> int:
    return len(value.items) if isinstance(value, Sequence) else 0


def _plain(value: Value) -> object:
    if isinstance(value, Sequence):
        return [_plain(each) for each in value.items]
    if isinstance(value, Mapping):
        return [(key.text, _plain(inner)) for key, inner in value.pairs]
    return value.text
