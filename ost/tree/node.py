"""The parts of every kind of node: references, waivers, statuses, and `Node` itself.

A kind is a class below `Node`, in a module of its own in `ost.tree.kinds`. Its class variables
define everything that the rest of the program knows about the kind; its fields define front matter.
"""

import datetime
from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal, NewType

from msgspec import Meta, Struct

from ost.read.document import Entry
from ost.read.place import Place
from ost.read.value import Scalar
from ost.words import article

NodeId = NewType("NodeId", str)
Day = datetime.date
People = NewType("People", str)
"""One person or several, as `ost.tree.participants` writes them."""

FILE = {"file": True}
"""Marks a field that names a file, from the node's own folder or from the top."""

Stage = Literal["waiting", "live", "done", "aside"]
"""What a status means for the work: not begun, under way, over, or not counted (given up, or an
unsigned draft).
"""

Tone = Literal["plain", "chosen", "focus", "busy", "good", "bad", "mixed", "quiet"]
"""How a status looks, everywhere."""

Colour = Literal[
    "indigo", "blue", "green", "yellow", "magenta", "cyan", "olive", "slate", "grey", "red"
]
"""A kind's colour. Pages have all of them; a terminal shows the nearest one that it has."""

Icon = Literal[
    "",
    "bars",
    "bulb",
    "diamond",
    "flag",
    "flask",
    "lines",
    "microphone",
    "people",
    "question",
    "speech",
    "tree",
]
"""The drawing that pages show for a kind in place of its glyph; without one, they show the glyph.
`ost.css` draws them.
"""

BoxShape = Literal["card", "round", "block", "dashed", "pill", "note"]
"""The form of a kind's box in a picture of the tree."""


class Status(Struct, frozen=True):
    """A status that nodes of a kind may have. Lists do not show a `usual` one."""

    name: str
    """The word that front matter has."""
    meaning: str
    """What it says of a node, in a sentence without a full stop."""
    stage: Stage
    """What it means for the work."""
    tone: Tone = "plain"
    """How it looks."""
    usual: bool = False
    """Whether it goes without saying."""


VERDICTS = (
    Status("supported", "The results support it", stage="done", tone="good"),
    Status("refuted", "The results refute it", stage="done", tone="bad"),
    Status("unclear", "The results do not decide it", stage="done", tone="mixed"),
)
"""The verdicts of a test, and so of its assumption."""


DRAFT = Status(
    "draft", "A machine drafted it and no one has signed it", stage="aside", tone="quiet"
)
"""The status of a draft of any kind."""


class Signature(Struct, frozen=True, kw_only=True):
    """Who drafted or checked a node, and when."""

    by: str | None = None
    at: Day | None = None


class Reference(Struct, frozen=True, gc=False):
    """A node named in front matter: its id, or the text as written if no such node exists (then
    `found` is false), and its place.
    """

    id: NodeId
    at: Place
    found: bool = True


References = tuple[Reference, ...]


class Waiver(Struct, frozen=True, kw_only=True):
    """A rule that does not apply to this node, for a reason and until a day."""

    rule: str
    because: str = ""
    until: Day | None = None
    at: Place


class Node(Struct, frozen=True, kw_only=True):
    """The meaning of an entry. The first of its `parents` that exists is its primary place."""

    kind: ClassVar[str] = "node"
    """Its name, as front matter has it."""
    plural: ClassVar[str] = "nodes"
    """Its name for several."""
    rank: ClassVar[int] = 100
    """Kinds are listed by this, then by name."""
    glyph: ClassVar[str] = "?"
    """The symbol before its titles."""
    icon: ClassVar[Icon] = ""
    """The drawing that pages show in place of the glyph."""
    colour: ClassVar[Colour] = "red"
    """Its colour everywhere."""
    shape: ClassVar[BoxShape] = "round"
    """The form of its box in pictures of the tree."""
    under: ClassVar[tuple[str, ...]] = ()
    """The kinds of its parents."""
    placed: ClassVar[bool] = True
    """Whether it has a place in the tree."""
    top: ClassVar[bool] = False
    """Whether it is the top of a tree, which everything below serves."""
    rivals: ClassVar[bool] = False
    """Whether siblings are alternatives to choose from."""
    needs_evidence: ClassVar[bool] = False
    """Whether it matters that no one has mentioned it."""
    speaks: ClassVar[Literal["", "story", "signal"]] = ""
    """The type of its moments; "" if it has none."""
    decides: ClassVar[bool] = False
    """Whether its links record a decision."""
    decided_by: ClassVar[str] = ""
    """The kind of child whose statuses decide its own."""
    statuses: ClassVar[tuple[Status, ...]] = ()
    """The first is the default."""
    day_field: ClassVar[str] = ""
    """The field with the day on which it happened."""
    series: ClassVar[str] = ""
    """The field with values over time."""
    asked: ClassVar[tuple[str, ...]] = ()
    """The fields that a new file names."""
    today: ClassVar[tuple[str, ...]] = ()
    """The fields that default to today."""
    template: ClassVar[str] = ""
    """The body of a new file without a template."""

    id: NodeId
    """Its id."""
    path: str
    """Its file, relative to the content folder."""
    at: Place
    """The place for findings about the whole node, usually that of its title."""
    title: str
    """Its title."""
    entry: Entry
    """What its file says: the Markdown is `entry.body`."""
    parents: References = ()
    """What it names as parents; `found` is false where no such node exists."""
    aliases: Annotated[
        tuple[str, ...],
        Meta(title="Former ids", description="Former ids; links to them still lead here."),
    ] = ()
    waivers: tuple[Waiver, ...] = ()
    """The rules that do not apply to it."""
    illustrative: Annotated[
        bool, Meta(description="Made up to show how the method works; no one said it.")
    ] = False
    tags: Annotated[tuple[str, ...], Meta(description="Words to find nodes by.")] = ()
    generated: Annotated[
        Signature | None,
        Meta(
            description="The program that drafted it, and when: `{by, at}`. A draft counts for"
            " nothing until a person signs it."
        ),
    ] = None
    verified: Annotated[
        tuple[Signature, ...],
        Meta(description="The people who checked a draft and signed it: a list of `{by, at}`."),
    ] = ()
    order: Annotated[
        float | References | None,
        Meta(description="Its position among its siblings, or the ids of its children in order."),
    ] = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id!r}: {self.title!r}>"

    def place(self, name: str) -> Place:
        """The place of a field's value, or the node's own place when it has no such field."""
        field = self.entry.field(name)
        return self.at if field is None else field.value.at

    @property
    def day(self) -> Day | None:
        """The day on which it happened, if it has one."""
        found = getattr(self, self.day_field, None) if self.day_field else None
        return found if isinstance(found, Day) else None

    @property
    def draft(self) -> bool:
        """Whether a machine drafted it and no person has signed it since.

        `generated:` makes a draft even where its value cannot be read. A signature counts if
        someone other than the machine signed, on the day of the draft or later.
        """
        field = self.entry.field("generated")
        if field is None or (isinstance(field.value, Scalar) and field.value.text in _NOTHING):
            return False
        made = self.generated or Signature()
        return not any(_signs(each, made) for each in self.verified)

    def own_status(self) -> str | None:
        """Its status by its own fields; a draft is a draft."""
        return DRAFT.name if self.draft else self.written_status()

    def written_status(self) -> str | None:
        """Its status by its own fields, if it were not a draft."""
        written: str | None = getattr(self, "status", None)
        return written or (self.statuses[0].name if self.statuses else None)

    def transcript_paths(self) -> tuple[str, ...]:
        """Where its transcript may be, if it can have one."""
        return ()

    @classmethod
    def article(cls) -> str:
        """The kind with its article: an outcome, a test."""
        return article(cls.kind)

    @classmethod
    def summary(cls) -> str:
        """The kind in a sentence."""
        return " ".join((cls.__doc__ or "").partition("\n\n")[0].split())

    @classmethod
    def derived(cls, statuses: Iterable[str | None]) -> str | None:
        """Its status, from the statuses of the nodes below that decide it."""
        return cls.statuses[0].name if cls.statuses else None


_NOTHING = frozenset({"", "~", "null", "Null", "NULL", "false", "False", "FALSE", "no"})


def _signs(signature: Signature, made: Signature) -> bool:
    by = (signature.by or "").strip()
    if not by or by == (made.by or "").strip():
        return False
    return made.at is None or (signature.at is not None and signature.at >= made.at)
