"""What the columns of a table mean: by a mapping, by the tool's own names, or by common names."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from ost.exchange.foreign.imports import Terms, term
from ost.exchange.tables.meanings import NEVER, value
from ost.exchange.tables.sheet import ForeignTable
from ost.read.letters import fold
from ost.read.vocabulary import vocabulary
from ost.tree.forms import forms
from ost.tree.model import KINDS

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "kind": (
        *("kind", "node type", "item type", "issue type", "work type", "record type"),
        *("entity type", "card type", "type", "level", "category"),
        *("art", "typ", "vorgangstyp", "tipo", "genre", "soort"),
    ),
    "title": (
        *(
            "title",
            "name",
            "summary",
            "item",
            "headline",
            "statement",
            "label",
            "text",
            "task name",
        ),
        *("feature name", "note title", "item name", "card", "task", "insight", "observation"),
        *("finding", "learning", "feedback"),
        *("titel", "bezeichnung", "zusammenfassung", "titre", "nom", "título", "nombre", "titolo"),
    ),
    "key": (
        *("key", "id", "identifier", "uuid", "record id", "item id", "number", "no", "nr", "#"),
        *("ref", "unique id", "node id", "code"),
    ),
    "parent": (
        *("parent", "parent key", "parent id", "parent item", "parent name", "parent title"),
        *("parent task", "parent node", "parents", "belongs to", "under", "child of", "part of"),
        *("übergeordnet", "gehört zu", "unter", "sous", "padre", "pertenece a", "hoort bij"),
    ),
    "children": ("sub item", "sub items", "subitem", "subitems", "child", "children"),
    "status": (
        *("status", "state", "stage", "progress"),
        *("stand", "zustand", "statut", "estado", "stato"),
    ),
    "body": (
        *("description", "body", "notes", "note", "details", "content", "comment", "comments"),
        *(
            "context",
            "more",
            "rationale",
            "explanation",
            "remarks",
            "long text",
            "long description",
        ),
        *("beschreibung", "bemerkung", "notizen", "descripción", "notas", "descrizione", "note"),
    ),
    "quote": ("quote", "quotes", "verbatim", "customer quote", "highlight", "excerpt"),
    "links": ("link", "links", "url", "urls", "website", "reference"),
    "tags": ("tags", "tag", "labels", "keywords"),
    "date": ("date", "day", "interview date", "date of interview", "interviewed on"),
    "source": ("source", "origin", "channel"),
    "segment": ("segment", "persona", "customer segment", "plan"),
    "participant": (
        *("participant", "participants", "interviewee", "respondent", "customer", "person"),
        *("people", "guest", "customer name", "user name", "participant name", "contact"),
    ),
}
"""Common names of columns by their meaning, the most likely first."""

_SEVERAL = frozenset(("title", "key", "parent", "children", "body", "tags", "links", "kind"))
_PERSON = re.compile(
    r"\b(?:assign(?:ee|ed)?|reporter|creator|owner|author|responsible|lead|watchers?|requester"
    r"|voter|e-?mail|phone|mobile|(?:created|updated|edited|modified|submitted|added|reported) by"
    r"|user|member|company|account|designer|engineer|pm|interviewers?|stakeholders?)\b",
    re.IGNORECASE,
)
_SCORE = re.compile(
    r"\b(?:rice|ice|wsjf|score|impact|reach|confidence|effort|ease|priority|rank|votes?|points?"
    r"|value|urgency|weight|importance|satisfaction|estimate|t-shirt|size)\b",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\([^()]*\)|[#:?*]|^\W+")
_ROW = re.compile(r"^(?:node|item|record|card|row)s?[\s_-]+", re.IGNORECASE)
_LINKED = re.compile(r"^(?:linked|related|associated|parent|child|our)[\s_-]+", re.IGNORECASE)
_NAMING = re.compile(r"[\s_-]*(?:\d+|statement|title|name|id|key)$", re.IGNORECASE)
_LOWEST = 1_000
_LEVEL = re.compile(r"(?:level|tier|l)[\s_-]*\d+", re.IGNORECASE)


class Columns(Struct, frozen=True):
    """What each column means: one of `HEADINGS`, a field, or `of <kind>` for nodes of that kind
    (`of part` for parts of the node above). Others are `person`, `score`, or "" if unknown.
    """

    headings: tuple[str, ...]
    holds: tuple[str, ...]

    def of(self, what: str) -> tuple[int, ...]:
        """The columns with a meaning, the most likely first."""
        return tuple(
            sorted(
                (at for at, each in enumerate(self.holds) if each == what),
                key=lambda at: _rank(what, self.headings[at]),
            )
        )

    def levels(self) -> Iterator[tuple[int, str]]:
        """The columns that hold nodes of a kind, from the top of the tree down; the kind is "" for
        a numbered level.
        """
        found = [
            (at, each.removeprefix("of").strip())
            for at, each in enumerate(self.holds)
            if each == "of" or each.startswith("of ")
        ]
        yield from sorted(found, key=_depth)

    @property
    def has_levels(self) -> bool:
        """Whether each level of the tree has a column."""
        rows = any(self.of(each) for each in ("title", "quote", "participant"))
        return not rows and any(
            each not in KINDS or KINDS[each].placed for _, each in self.levels()
        )


def _depth(level: tuple[int, str]) -> int:
    return 0 if not level[1] else KINDS[level[1]].rank if level[1] in KINDS else _LOWEST


def columns(table: ForeignTable, terms: Terms, usual: Mapping[str, str] = {}) -> Columns:
    """What the columns of a table mean. `usual` are the tool's names for them."""
    holds: list[str] = []
    for at, heading in enumerate(table.headings):
        meaning = _mapped(heading, terms, usual)
        what = _guess(table, at, holds) if meaning is None else meaning
        holds.append(what)
    return Columns(table.headings, tuple(holds))


def _mapped(heading: str, terms: Terms, usual: Mapping[str, str]) -> str | None:
    mapped = term(terms.fields, heading)
    if mapped is None:
        return term(usual, heading)
    return f"of {mapped}" if mapped in KINDS else mapped or "left out"


def _guess(table: ForeignTable, at: int, before: Sequence[str]) -> str:
    heading = table.headings[at]
    tests: tuple[Callable[[], str], ...] = (
        lambda: _common_meaning(heading),
        lambda: _field(table, at),
        lambda: "of" if _LEVEL.fullmatch(heading) else "",
        lambda: f"of {kind}" if (kind := level(heading)) else "",
        lambda: "score" if _SCORE.search(heading.replace("_", " ")) else "",
        lambda: "person" if _PERSON.search(heading.replace("_", " ")) else "",
    )
    found = next(filter(None, (test() for test in tests)), "")
    return "" if found in before and found not in _SEVERAL and found in HEADINGS else found


def _common_meaning(heading: str) -> str:
    plain = _plain(heading)
    for folded in dict.fromkeys(map(fold, (heading, plain, _NAMING.sub("", plain)))):
        for what, names in HEADINGS.items():
            if folded in map(fold, names):
                return what
    return ""


def _plain(heading: str) -> str:
    """A heading without remarks and without the word for a row: `Node title (short)` is `title`."""
    return _ROW.sub("", _REMARK.sub(" ", heading)).strip()


def _rank(what: str, heading: str) -> int:
    names = [fold(each) for each in HEADINGS.get(what, ())]
    folded = fold(heading)
    return names.index(folded) if folded in names else -1


def level(heading: str) -> str:
    """The kind that a heading names, or ""."""
    return vocabulary().kind(_NAMING.sub("", _LINKED.sub("", _plain(heading))).strip())


def _field(table: ForeignTable, at: int) -> str:
    """The field that a heading names. If the word may also mean a kind, the cells must fit the
    field.
    """
    name = table.headings[at].casefold().replace(" ", "_").replace("-", "_")
    having = [kind for kind, each in KINDS.items() if name in forms(each) and name not in NEVER]
    if not having:
        return ""
    if vocabulary().kind(name):
        sample = next(filter(None, (row.cell(at) for row in table.rows)), "")
        fit = (value(sample, name, kind) for kind in having) if sample else ()
        return name if any(isinstance(each, tuple) or each.ours for each in fit) else ""
    return name


def is_score(heading: str) -> bool:
    """Whether a heading names a score, an effort or a rank."""
    return bool(_SCORE.search(heading.replace("_", " ")))
