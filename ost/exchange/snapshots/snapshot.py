"""Writes a draft snapshot in the team's template, from a transcript and the tree."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct, field

from ost.exchange.snapshots import selection
from ost.exchange.snapshots.passages import Passages, SpokenSentence, passages, renamed
from ost.exchange.snapshots.vectors import WordVectors
from ost.read.scalar import line, scalar
from ost.read.transcript import Transcript
from ost.recording import clock
from ost.tree.sections import (
    FACTS,
    INSIGHTS,
    OPPORTUNITIES,
    QUOTE,
    SECTIONS,
    STORY,
    part,
)

BY = "ost snapshot"
"""The name under which drafts are generated."""
_STEP = 30
"""The maximum of words in a step; a longer sentence is cut."""
_TITLE = 6
"""The maximum of words in a title."""
_HEADING = re.compile(r"^##\s+(.*?)\s*#*\s*$")
_PARTS = (FACTS, QUOTE, STORY, OPPORTUNITIES, INSIGHTS)


class DraftRequest(Struct, frozen=True, kw_only=True):
    """What a draft needs besides the transcript: `fields` of front matter, who `asks` and
    `answers`, participants of other interviews (`taken`), titles and aliases of the tree's
    opportunities, the body of the template, word vectors if there are any, and how `close` in
    meaning a passage must be.
    """

    title: str
    fields: Mapping[str, str]
    today: date
    template: str
    asks: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    taken: frozenset[str] = frozenset()
    opportunities: Mapping[str, Sequence[str]] = {}
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: SECTIONS)
    vectors: WordVectors | None = None
    close: float = selection.CLOSE


class Snapshot(Struct, frozen=True, kw_only=True):
    """A draft: its text, and what is in it. `pseudonyms` are those of the speakers."""

    title: str
    text: str
    participants: tuple[str, ...]
    pseudonyms: Mapping[str, str]
    asking: tuple[str, ...]
    others: tuple[str, ...]
    steps: int
    quotes: int
    opportunities: tuple[str, ...]


def snapshot(transcript: Transcript, request: DraftRequest) -> Snapshot:
    """The draft for a transcript. Nothing in it is invented: every step and quote was said."""
    spoken = passages(transcript, request.asks, request.answers)
    names = _pseudonyms(spoken, request)
    people = tuple(names[each] for each in spoken.answering) or (_free(request, 0),)
    likely = selection.likely(
        spoken.sentences, request.opportunities, request.vectors, request.close
    )
    best = selection.memorable(spoken.sentences)
    shown = [each.sentence for each in likely] + ([best] if best else [])
    further = selection.frictions(spoken.sentences, shown)
    steps = selection.steps(spoken.sentences)
    parts = {
        QUOTE: [_quote(best)] if best else [],
        STORY: [
            f"{number}. {_stamp(each.second)}{_step(each.text, names)}"
            for number, each in enumerate(steps, 1)
        ],
        OPPORTUNITIES: [
            *(row for each in likely for row in _likely(each)),
            *(row for each in further for row in _unmapped(each)),
        ],
    }
    title = request.title or f"{', '.join(people)}: {_title_of(best, steps)}"
    return Snapshot(
        title=title,
        text=_text(title, transcript, request, people, parts),
        participants=people,
        pseudonyms=names,
        asking=spoken.asking,
        others=spoken.others,
        steps=len(steps),
        quotes=len(likely) + len(further) + bool(best),
        opportunities=tuple(each.node for each in likely),
    )


def _title_of(best: SpokenSentence | None, steps: Sequence[SpokenSentence]) -> str:
    """A title from the most telling sentence."""
    sentence = best or next((each for each in steps if not each.private), None)
    return " ".join(sentence.text.split()[:_TITLE]).strip(" .,;:!?") if sentence else "interview"


def _pseudonyms(passages: Passages, request: DraftRequest) -> dict[str, str]:
    """The pseudonym of each speaker in the draft."""
    given = request.fields.get("participant", "").strip("[] ")
    wanted = [each.strip() for each in given.split(",") if each.strip()]
    names = {}
    for number, label in enumerate(passages.answering):
        names[label] = wanted[number] if number < len(wanted) else _free(request, number)
    names.update(dict.fromkeys(passages.asking, "the interviewer"))
    names.update(dict.fromkeys(passages.others, "someone else"))
    return names


def _free(request: DraftRequest, number: int) -> str:
    """The pseudonym that many numbers after the last one taken: P12 after P11."""
    given = request.fields.get("participant", "").strip("[] ")
    if given and not number:
        return given
    last = [
        int(found[1])
        for each in request.taken
        if (found := re.fullmatch(r"p0*(\d{1,6})", each.casefold()))
    ]
    return f"P{max(last, default=0) + number + 1:02}"


def _text(
    title: str,
    transcript: Transcript,
    request: DraftRequest,
    people: Sequence[str],
    parts: Mapping[str, Sequence[str]],
) -> str:
    fields = {"kind": "interview", **request.fields}
    fields["participant"] = people[0] if len(people) == 1 else f"[{', '.join(people)}]"
    if transcript.length is not None and "duration" not in fields:
        fields["duration"] = clock(int(transcript.length))
    front = [f"{name}: {scalar(value)}".rstrip() for name, value in fields.items() if value]
    front.append(f"generated: {{by: {BY}, at: {request.today}}}")
    head = ["---", *front, "---", f"# {line(title)}", ""]
    return "\n".join([*head, *_filled(request, parts)]).rstrip("\n") + "\n"


def _filled(request: DraftRequest, parts: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The template, with contents below its headings instead of hints."""
    rows = request.template.strip("\n").split("\n")
    starts = [at for at, row in enumerate(rows) if _HEADING.match(row)]
    yield from rows[: starts[0] if starts else len(rows)]
    filled = set()
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        name = part(_HEADING.sub(r"\1", rows[start]), request.synonyms)
        found = () if name in filled else parts.get(name, ())
        filled.add(name)
        yield rows[start]
        body = "\n".join(rows[start + 1 : end])
        yield from found
        plain = re.sub(r"<!--.*?-->", "", body, flags=re.DOTALL) if found else body
        if plain.strip():
            yield plain.strip("\n")
        yield ""
    for name in _PARTS:
        if parts.get(name) and name not in filled:
            yield from (f"## {name.capitalize()}", *parts[name], "")


def _quote(each: SpokenSentence, indent: str = "") -> str:
    return f"{indent}> {_plain(each.text)}{_behind(each.second)}"


def _likely(match: selection.LikelyOpportunity) -> Iterator[str]:
    why = f"both say {', '.join(match.words)}" if match.words else "close in meaning"
    yield f"- [[{match.node}]]{_behind(match.sentence.second)} <!-- likely: {why} -->"
    yield _quote(match.sentence, indent="  ")


def _unmapped(each: SpokenSentence) -> Iterator[str]:
    yield f"- not in the tree yet?{_behind(each.second)}"
    yield _quote(each, indent="  ")


def _step(text: str, names: Mapping[str, str]) -> str:
    words = renamed(text, names).split()
    cut = " ".join(words[:_STEP]) + (" …" if len(words) > _STEP else "")
    return _plain(cut)


def _plain(text: str) -> str:
    """Words with Markdown and our own notation escaped."""
    text = re.sub(r"([\\`*_<>\[\]])", r"\\\1", line(text))
    return re.sub(r"%%|\$\$", lambda found: f"\\{found[0]}", text)


def _stamp(second: int | None) -> str:
    return "" if second is None else f"[{clock(second)}] "


def _behind(second: int | None) -> str:
    return "" if second is None else f" [{clock(second)}]"
