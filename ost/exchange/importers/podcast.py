"""Import notes with timestamps as a draft snapshot.

Every claim with a timestamp becomes a step of the story or a quote. A link to a node of this tree
becomes a moment. It works out whether 14:38:00 means hours or minutes.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from pathlib import PurePosixPath

from msgspec import Struct

from ost.exchange import clock
from ost.exchange.foreign import notes
from ost.exchange.foreign.imports import (
    ForeignNode,
    ForeignTree,
    Here,
    Material,
    Sureness,
    Terms,
    UnreadLine,
)
from ost.exchange.foreign.note_fields import DraftFrontMatter, draft_front_matter, video_id
from ost.exchange.foreign.prompts import PROMPTS
from ost.read.document import Source
from ost.read.inline import InlineLink, wikilinks
from ost.read.letters import fold
from ost.read.place import normalize_newlines
from ost.tree.sections import part


class Strange(Struct, frozen=True):
    """A line that is not in the draft because its notation is unknown, by its number from one."""

    line: int
    text: str


class DraftSnapshot(Struct, frozen=True, kw_only=True):
    """A draft snapshot, and how the notes were read. `timestamps` counts those in the text;
    `steps`, `quotes` and `moments` count those in each part of the draft. `minutes_first` says that
    `14:38:00` means minutes and seconds. `words` names the targets of wikilinks to unknown nodes,
    which became plain text.
    """

    source: Source
    title: str
    timestamps: int
    steps: int
    quotes: int
    moments: int
    minutes_first: bool
    words: tuple[str, ...]
    strange: tuple[Strange, ...]

    @property
    def lost(self) -> int:
        """How many timestamps the draft lacks. Their lines are in `strange`."""
        return self.timestamps - self.steps - self.quotes - self.moments


_TITLED = frozenset({"title", "name"})
_VIDEO = frozenset({"videoid", "video_id", "youtube_id", "youtube", "video", "url", "link"})
_VIDEO_ID = re.compile(
    r"(?:^|youtu\.be/|[?&]v=|/embed/|/live/|/shorts/)([\w-]{11})(?=$|[?&#/])", re.ASCII
)
_ADDRESS = re.compile(r"https?://(?:www\.|m\.)?(?:youtu\.be|youtube\.com)/[^\s()<>\"'\]]+")
_FROM = re.compile(r"(?:from|source|podcast|show|guest|host)\s*:\s*\S.*", re.IGNORECASE)
_QUOTATION = "\"'“”„«»‘’ "

EXAMPLE = "notes.md"
SIGNS = "timestamps without names of speakers"

_STAMPS = 3
"""A text with this many timestamps has them on purpose."""


def recognise(material: Material) -> Sureness:
    """By whether it is a text with timestamps after its claims."""
    if material.folder or material.suffix not in {"", ".md", ".markdown", ".txt"}:
        return 0
    many = sum(1 for _ in clock.STAMP.finditer(material.text))
    return 2 if many >= _STAMPS else 1 if many else 0


def read(material: Material, terms: Terms, here: Here) -> ForeignTree:
    """A draft snapshot for each text."""
    del terms  # its words say what they are
    nodes: list[ForeignNode] = []
    unread: list[UnreadLine] = []
    notes: list[str] = []
    for path, text in material.files.items():
        if not any(map(str.isalnum, text)):
            unread.append(UnreadLine(path, 1, text.partition("\n")[0], "no words in the file"))
            continue
        made = draft(text, name=path, known=tuple(here.ids.values()))
        if not made.timestamps and material.folder:
            unread.append(UnreadLine(path, 1, text.partition("\n")[0], "no timestamp in the file"))
            continue
        found = made.source
        identity = found.path.removesuffix(".md")
        nodes.append(
            ForeignNode(
                key=identity, kind="interview", title=made.title, path=path, whole=found.text
            )
        )
        unread += [UnreadLine(path, each.line, each.text) for each in made.strange]
        notes += _notes(made)
    return ForeignTree(nodes=tuple(nodes), unread=tuple(unread), notes=tuple(notes))


def _notes(made: DraftSnapshot) -> Iterator[str]:
    """How the notes were read."""
    linked = made.timestamps - made.lost
    yield (
        f"{linked} of {made.timestamps} timestamps linked: "
        f"{made.steps} in story steps, {made.quotes} in quotes, {made.moments} in moments"
    )
    if made.minutes_first:
        yield "read timestamps such as 14:38:00 as minutes and seconds"
    if made.words:
        some = ", ".join(made.words[:3]) + (", …" if len(made.words) > 3 else "")
        lead = "links lead" if len(made.words) > 1 else "link leads"
        yield f"{len(made.words)} {lead} to no node here and became text: {some}"


def draft(text: str, *, name: str, known: Collection[str] = ()) -> DraftSnapshot:
    """A draft snapshot, and how the notes were read. The id comes from `name`, the name of the
    notes' file. `known` are the ids of nodes that links may lead to.
    """
    front = notes.front(text)
    blocks = tuple(notes.blocks(front.lines))
    times = tuple(_times(front, blocks))
    stem = PurePosixPath(name.replace("\\", "/")).stem
    sorting = _Sorting(known, minutes_first=clock.minutes_first(times))
    title = next((front.fields[key] for key in sorted(_TITLED & set(front.fields))), "")
    for block in blocks:
        if block.form == "heading" and block.level == 1 and title in {"", block.text}:
            title = block.text
        else:
            sorting.add(block)
    sorting.close()
    identity = "-".join(re.findall(r"\w+", fold(stem))) or "podcast"
    title = sorting.plain(notes.bare(title)) or identity.replace("-", " ").replace("_", " ")
    recording = _recording(front, text)
    more = draft_front_matter(normalize_newlines(text.removeprefix("\ufeff")), recording)
    strange = [Strange(*each) for each in more.strange]
    snapshot = _snapshot(identity, title, recording, more, sorting)
    return DraftSnapshot(
        source=Source(f"{identity}.md", snapshot),
        title=title,
        timestamps=len(times),
        steps=sorting.linked["Story"],
        quotes=sorting.linked["Memorable quote"],
        moments=sorting.linked["Opportunities"],
        minutes_first=sorting.minutes_first,
        words=tuple(dict.fromkeys(sorting.unknown)),
        strange=(*strange, *sorting.strange),
    )


class _Sorting:
    """Sorts claims into the parts of a snapshot, in the order of the notes."""

    def __init__(self, known: Collection[str], *, minutes_first: bool) -> None:
        self.parts: dict[str, list[str]] = {name: [] for name in PROMPTS}
        self.linked = dict.fromkeys(PROMPTS, 0)
        self.minutes_first = minutes_first
        self.unknown: list[str] = []
        self.strange: list[Strange] = []
        self._known = {fold(each): each for each in sorted(known, reverse=True)}
        self._ahead: tuple[clock.Time, ...] = ()
        self._number = 0

    def add(self, block: notes.NoteBlock) -> None:
        """Puts a block's claims where they belong."""
        claims = tuple(notes.claims(block.text))
        if block.form == "strange":
            self.strange.append(Strange(block.line, block.text))
        elif block.form == "quote":
            words = " ".join(claim.words for claim in claims).strip(_QUOTATION)
            times = (*self._ahead, *(time for claim in claims for time in claim.times))
            self._ahead = ()
            self._write("Memorable quote", "> ", words or "…", self._stamps(times, block))
        elif block.form == "heading":
            self._heading(block, claims)
        elif not self.parts["Story"] and _FROM.fullmatch(block.text) and not claims[0].times:
            self._write("Quick facts", "- ", block.text)
        else:
            for claim in claims:
                self._claim(claim, block)

    def close(self) -> None:
        """Adds timestamps that never got words, as they are."""
        if self._ahead:
            self._claim(notes.Claim("…"), notes.NoteBlock("item", 0, ""))

    def plain(self, text: str) -> str:
        """The text with its wikilinks as words."""
        made, end = "", 0
        for link in wikilinks(text):
            made += text[end : link.start] + self._linked(link)[1]
            end = link.end
        return " ".join((made + text[end:]).split())

    def _heading(self, block: notes.NoteBlock, claims: tuple[notes.Claim, ...]) -> None:
        words = self.plain(notes.bare(block.text))
        if not words:
            return
        self._number = 0
        # A heading that names a part of a snapshot would end the story.
        words = f"“{words}”" if part(words) else words
        self.parts["Story"].append(f"{'#' * max(3, min(block.level + 1, 6))} {words}")
        for claim in claims:
            if claim.times:
                self._claim(claim, block)

    def _claim(self, claim: notes.Claim, block: notes.NoteBlock) -> None:
        if not claim.words:
            self._ahead += claim.times
            return
        stamps = self._stamps((*self._ahead, *claim.times), block)
        self._ahead = ()
        leads = [self._linked(each)[0] for each in wikilinks(claim.words)]
        node = next(filter(None, leads), "")
        if node:
            self._write("Opportunities", f"- [[{node}]] ", claim.words, stamps)
        elif not stamps and block.form == "text":
            self._write("Story", "", claim.words)
        else:
            self._number += 1
            mark = f"{self._number}. {stamps[0]} " if stamps else f"{self._number}. "
            self._write("Story", mark, claim.words, stamps[1:])
            self.linked["Story"] += bool(stamps)

    def _write(self, name: str, mark: str, words: str, stamps: tuple[str, ...] = ()) -> None:
        self.linked[name] += len(stamps)
        self.parts[name].append(mark + " ".join((self.plain(words), *stamps)))

    def _stamps(self, times: Iterable[clock.Time], block: notes.NoteBlock) -> tuple[str, ...]:
        seconds = [each.second(minutes_first=self.minutes_first) for each in times]
        if None in seconds:
            self.strange.append(Strange(block.line, block.text))
        return tuple(f"[{clock.written(each)}]" for each in seconds if each is not None)

    def _linked(self, link: InlineLink) -> tuple[str, str]:
        """The known node to which a wikilink leads, or "", and its words."""
        node = self._known.get(fold(link.target), "")
        if not node:
            self.unknown.append(link.target)
        return node, link.words.rpartition("|")[2].strip() or link.target.replace("_", " ")


def _tag(word: str) -> str:
    return "-".join(re.findall(r"[\w/-]+", word)) or "podcast"


def _times(front: notes.Front, blocks: Iterable[notes.NoteBlock]) -> Iterator[clock.Time]:
    found = [clock.STAMP.finditer("\n".join(line for _, line in front.lines))]
    for block in blocks:
        if block.form in notes.TIMED and (chapter := clock.CHAPTER.match(block.text)):
            found.append(iter((chapter,)))
    return filter(None, map(clock.time, chain(*found)))


def _recording(front: notes.Front, text: str) -> str:
    """The address of the recording, from front matter or anywhere in the text."""
    for key, value in front.fields.items():
        if key in _VIDEO and (video := _VIDEO_ID.search(value)):
            return f"https://youtu.be/{video[1]}"
    if named := video_id(text):
        return f"https://youtu.be/{named}"
    for address in _ADDRESS.finditer(text):
        if video := _VIDEO_ID.search(address[0]):
            return f"https://youtu.be/{video[1]}"
    return ""


def _snapshot(
    identity: str, title: str, recording: str, more: DraftFrontMatter, sorting: _Sorting
) -> str:
    """The draft's text."""
    fields = ["kind: interview", *more.lines]
    if not more.people:
        fields.append(f"participant: guest-of-{identity}")
    if recording or more.recording:
        fields.append(f"recording: {recording or more.recording}")
    tags = ", ".join(dict.fromkeys(("podcast", *map(_tag, more.tags))))
    lines = ["---", *fields, "recruited: other", f"tags: [{tags}]", "---", f"# {title}"]
    for name, written in sorting.parts.items():
        lines += ["", f"## {name}", ""]
        apart = name == "Memorable quote"
        previous = ""
        for line in written or [f"<!-- {PROMPTS[name]} -->"]:
            listed = line[:1].isdigit() and previous[:1].isdigit()
            if previous and (apart or not listed) and not line.startswith("- "):
                lines.append("")
            lines.append(line)
            previous = line
    return "\n".join(lines) + "\n"
