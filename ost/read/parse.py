"""Parses a text into a reading."""

import re

from msgspec.structs import replace

from ost.expression import expression
from ost.read import frontmatter, markdown
from ost.read.comments import hide_comments
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.document import UNTITLED, Entry, Field, Reading
from ost.read.extent import extent
from ost.read.fixes import rename
from ost.read.frontmatter import FrontMatter
from ost.read.kinds import KINDS, TREE, unknown_kind
from ost.read.likeness import likeness
from ost.read.links import links
from ost.read.name_match import certain_match
from ost.read.place import START, Lines, Place
from ost.read.speakers import interviewer_quote, speakers
from ost.read.template import is_template
from ost.read.timestamp import impossible_time
from ost.read.value import Scalar
from ost.read.vocabulary import Vocabulary, fold_words, vocabulary
from ost.words import nearest

CONFLICT = "OST004"
FOREIGN = "OST005"
UNKNOWN_KIND = "OST006"
EMPTY = "OST018"
UNCLOSED_COMMENT = "OST040"
TEMPLATE = "OST044"
CONTROL = "OST046"

_TEMPLATE = "a template: its front matter holds placeholders, so it is not a node"

_CONTROLS = [chr(sign) for sign in (*range(9), *range(14, 32), 127)]
_CONTROL = expression(f"[{''.join(_CONTROLS)}]")
_CONFLICT = expression(
    r"^<{7}(?: .*)?$(?:(?:\n(?!<{7}).*)*?\n>{7}(?: .*)?$|(?:\n(?![<=]{7}).*)*\n={7}$)?"
    r"|^(?:={7}$(?:\n(?![<=>]{7}).*)*\n)?>{7}(?: .*)?$",
    re.MULTILINE,
)
"""A conflict, or what is left of one: its first two markers, its last two, or one."""
_MARKER = expression(r"^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?$", re.MULTILINE)


def parse(text: str, words: Vocabulary | None = None) -> Reading:
    """What a text says. It never raises. `words` are the names for kinds."""
    words = words or vocabulary()
    if not text.strip("\ufeff \t\r\n"):
        return Reading((), (_diagnostic(EMPTY, START, "the file is empty", Severity.NOTE),))
    lines = Lines(text)
    conflicts = _conflicts(lines)
    front = frontmatter.read(lines)
    if front is not None and is_template(lines.text[: front.body]):
        return Reading((), (_diagnostic(TEMPLATE, front.at, _TEMPLATE, Severity.NOTE),))
    if front is not None and words.ignored:
        kept = tuple(each for each in front.fields if each.name not in words.ignored)
        front = replace(front, fields=kept)
    kind = _kind_field(front.fields, words) if front else None
    if front is None or kind is None:
        return Reading((), _sorted([*conflicts, *_foreign(lines, front, words)]))
    diagnostics = [
        *conflicts,
        *(_beyond_conflicts(conflicts, front) if conflicts else front.diagnostics),
    ]
    diagnostics += _controls(lines, front.body)
    diagnostics += _hide_comments(lines, front.body)
    named = _kind_value(kind.value, words) if isinstance(kind.value, Scalar) else None
    if named is not None and named.text == TREE:
        return _tree(lines, front, words, diagnostics)
    if named is None or named.text not in KINDS:
        diagnostics.append(_unknown_kind(kind, named))
    entry, more = _entry(lines, front, named)
    return Reading((entry,), _sorted([*diagnostics, *more]))


def declared(text: str) -> Entry | None:
    """The first node of a text, as its front matter declares it; what is below it is read only
    where nodes are.
    """
    head = extent(text)
    entry = None
    if head is not None and not _MARKER.search(text):
        entry = _first(parse(text[: head.body]))
    return entry or _first(parse(text))


def _first(reading: Reading) -> Entry | None:
    return next((each for each in reading.entries if each.kind), None)


def _conflicts(lines: Lines) -> list[Diagnostic]:
    """Reports unresolved merge conflicts. Both sides are read, and no character moves."""
    text = lines.text
    if ("<" not in text or "<<<<<<<" not in text) and ">>>>>>>" not in text:
        return []
    message = "a merge conflict was left here unresolved"
    places = [lines.place(found.start(), found.start() + 7) for found in _CONFLICT.finditer(text)]
    lines.text = _CONFLICT.sub(_blank_markers, text)
    return [_diagnostic(CONFLICT, at, message) for at in places]


def _controls(lines: Lines, start: int) -> list[Diagnostic]:
    """Warns about the first control character below the front matter."""
    if not any(map(lines.text.__contains__, _CONTROLS)):  # four times as fast as the search
        return []
    found = _CONTROL.search(lines.text, start)
    if found is None:
        return []
    what = "a NUL byte" if found[0] == "\0" else f"a control character (0x{ord(found[0]):02x})"
    count = len(_CONTROL.findall(lines.text, start))
    more = f", and {count - 1:,} more below" if count > 1 else ""
    message = f"there is {what} here{more}; remove it"
    return [_diagnostic(CONTROL, lines.place(*found.span()), message, Severity.WARNING)]


def _hide_comments(lines: Lines, start: int) -> list[Diagnostic]:
    """Replaces comments below the front matter with spaces, and warns about one that never ends."""
    shown = hide_comments(lines.text[start:])
    lines.text = lines.text[:start] + shown.text
    if shown.unclosed is None:
        return []
    at = lines.place(start + shown.unclosed, start + shown.unclosed + 2)
    message = "the comment that starts here never ends, so nothing below it is read"
    return [_diagnostic(UNCLOSED_COMMENT, at, message, Severity.WARNING)]


def _tree(
    lines: Lines, front: FrontMatter, words: Vocabulary, diagnostics: list[Diagnostic]
) -> Reading:
    from ost.read import pictures, trees

    line = lines.number(front.body)
    entries, more = trees.read(lines, front.body, line, words)
    if not entries and not more:
        message = "this tree has no nodes: no heading or item begins with a kind and a colon"
        if pictures.is_language(lines.text[front.body :].split("\n")):
            message += "; `ost import` converts a Mermaid diagram to files"
        diagnostics.append(_diagnostic(EMPTY, front.at, message, Severity.NOTE))
    return Reading(entries, _sorted([*diagnostics, *more]))


def _unknown_kind(kind: Field, named: Scalar | None) -> Diagnostic:
    message = unknown_kind(named.text) if named else "a kind is one word"
    near = certain_match(named.text, (*KINDS, TREE)) if named else ""
    fix = rename(kind.value.at, named.text, near) if named and near else None
    return replace(_diagnostic(UNKNOWN_KIND, kind.value.at, message), fix=fix)


def _entry(
    lines: Lines, front: FrontMatter, named: Scalar | None
) -> tuple[Entry, list[Diagnostic]]:
    """The file's own node, and the diagnostics of its text."""
    line = lines.number(front.body)
    shown = lines.text[front.body :]
    body = markdown.read(shown, line, speakers=speakers(front.fields))
    diagnostics = [impossible_time(*each) for each in body.wrong]
    if named is not None and named.text in KINDS and KINDS[named.text].speaks:
        diagnostics += [interviewer_quote(each.at) for each in body.interviewer_quotes]
    if body.title is None and not any(each.name == "title" for each in front.fields):
        message = "no `# heading` gives it a title"
        diagnostics.append(_diagnostic(UNTITLED, front.at, message, Severity.WARNING))
    entry = Entry(
        id="",
        kind=named,
        title=body.title,
        at=body.title.at if body.title else front.at,
        parent="",
        fields=front.fields,
        sections=body.sections,
        links=links(front.fields, body, lines),
        body=shown,
        body_line=line,
        interviewer_quotes=body.interviewer_quotes,
        silent=body.silent,
        unseen=body.unseen,
    )
    return entry, diagnostics


def _diagnostic(
    code: str, at: Place, message: str, severity: Severity = Severity.ERROR
) -> Diagnostic:
    return Diagnostic(path="", at=at, code=code, message=message, severity=severity)


def _sorted(diagnostics: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(diagnostics, key=lambda each: each.order)) if diagnostics else ()


def _blank_markers(conflict: re.Match[str]) -> str:
    return _MARKER.sub(lambda found: " " * len(found[0]), conflict[0])


def _beyond_conflicts(conflicts: list[Diagnostic], front: FrontMatter) -> list[Diagnostic]:
    """The diagnostics of front matter without the repeated keys that a conflict causes."""
    first = min(each.at.line for each in conflicts)
    return [
        each
        for each in front.diagnostics
        if each.code != frontmatter.DUPLICATE_KEY or each.at.line < first
    ]


def _kind_field(fields: tuple[Field, ...], words: Vocabulary) -> Field | None:
    """The field with the kind: `kind`, or else a `type` whose value is one of our kinds."""
    for folded in (False, True):
        for field in fields:
            if (field.name.casefold() if folded else field.name) == "kind":
                return field
    for field in fields:
        if field.name.casefold() == "type" and isinstance(field.value, Scalar):
            written = fold_words(field.value.text)
            if written in _TYPES | words.names | words.extra or written in TREES:
                return field
    return None


def _kind_value(value: Scalar, words: Vocabulary) -> Scalar:
    """The value as the name of a kind if it means one, otherwise unchanged."""
    if value.text in KINDS:
        return value
    folded = fold_words(value.text)
    guess = TREE if folded in TREES else words.kind(value.text)
    return Scalar(guess, value.type, value.at) if guess else value


TREES = (TREE, "ost", "opportunity solution tree", "space on a page", "ost on a page")
_TYPES = frozenset(
    ("assumption test", "assumptiontest", "experiment", "desired outcome", "sub-opportunity")
)
"""Values of `type` that are ours in addition to the names of kinds. Other words, such as `feature`,
may belong to another program.
"""


def _foreign(lines: Lines, front: FrontMatter | None, words: Vocabulary) -> list[Diagnostic]:
    """The diagnostics of a text that is not a node. Front matter of other programs follows their
    own rules.
    """
    if front is None:
        at, guess, diagnostics = _first_line(lines), "", []
    else:
        at, guess = front.at, _misspelt_kind(front.fields)
        written = lines.text[: front.body]
        has_kind = re.search(r"^kind\b", written, re.MULTILINE | re.IGNORECASE)
        diagnostics = list(front.diagnostics) if has_kind else []
    if not guess:
        fields, body = (front.fields, front.body) if front else ((), 0)
        guess = likeness(fields, hide_comments(lines.text[body:]).text, words)
    message = f"no `kind` in front matter: not a node{guess}"
    if front is not None and not front.fields and not diagnostics:
        diagnostics = _not_a_mapping(lines, front)
    return [*diagnostics, _diagnostic(FOREIGN, at, message, Severity.NOTE)]


def _not_a_mapping(lines: Lines, front: FrontMatter) -> list[Diagnostic]:
    """A note if front matter is a list or plain words, unless its end is missing."""
    marks = lines.text[: front.body].strip().split("\n")
    inside = [(at, each) for at, each in enumerate(marks[1:-1], 1) if each.strip()]
    inside = [(at, each) for at, each in inside if not each.lstrip().startswith("#")]
    if not inside or not set(marks[-1].strip()) <= set("-."):
        return []
    row, first = inside[0]
    what = "this is a list" if first.lstrip().startswith("- ") else "these are words"
    at = Place(front.at.line + row, 0, front.at.line + row, len(first.rstrip()))
    message = f"{what}; front matter is keys and values, such as `kind: outcome`"
    return [_diagnostic(frontmatter.UNREADABLE, at, message, Severity.NOTE)]


def _first_line(lines: Lines) -> Place:
    """The first line with text."""
    text = lines.text
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    line = lines.place(start, start).line
    return lines.place(start, lines.starts[line] + len(lines.line(line).rstrip()))


def _misspelt_kind(fields: tuple[Field, ...]) -> str:
    for field in fields:
        says = field.value.text if isinstance(field.value, Scalar) else ""
        if says in (*KINDS, TREE) and (field.name == "type" or nearest(field.name, ["kind"])):
            return f"; did you mean 'kind' by {field.name!r}?"
    return ""
