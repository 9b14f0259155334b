"""Time grows with what is there, and no faster: of every reading, pattern and hint.

Each is given a text, and one of four times the length; what takes the square of it takes sixteen
times as long. Counted is this process's own time, again and again before anything is called too
slow, and what does not end is stopped.
"""

import signal
import time
from collections.abc import Callable, Iterator
from datetime import date
from types import FrameType

import pytest
from msgspec.structs import replace

from datasette_ost.view.excerpt import excerpt
from ost import render
from ost.coach.assessment import assess
from ost.coach.guide import utterances
from ost.coach.interview import review_transcript, transcript_in_text
from ost.exchange.foreign import html_text, wiki_markup
from ost.exchange.foreign.imports import Here, Importer, Material, Terms
from ost.exchange.importers import podcast
from ost.judge import personal, quotes
from ost.judge.catalog import all_rules
from ost.judge.check import check
from ost.notation import Notation, StampMark
from ost.project.patterns import excluding
from ost.read import transcripts
from ost.read.document import Document, Quote
from ost.read.kinds import unknown_kind
from ost.read.parse import parse
from ost.read.place import START, Place
from ost.tree.build import build
from ost.tree.model import Moment, NodeId
from ost.tree.moments import relations
from ost.tree.names import Nearest
from ost.tree.tree import Edge

DAY = date(2026, 11, 1)
RULES = tuple(rule() for rule in all_rules())
LENGTH = 800
LONGEST = 4.0
"""So many seconds, and a measurement is stopped."""

QUICK = 0.03
"""A time that does not grow even with the longest text says nothing about growth."""

Door = Callable[[str], object]


class Endless(BaseException):
    """Raised wherever a measurement is that takes too long."""


@pytest.fixture(autouse=True)
def stopped() -> Iterator[None]:
    def stop(signum: int, frame: FrameType | None) -> None:
        raise Endless

    before = signal.signal(signal.SIGVTALRM, stop)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def cpu_time(work: Callable[[], object]) -> float:
    start = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
    try:
        work()
    except Endless:
        return 100 * LONGEST
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - start


def too_fast(work: Callable[[int], object], length: int) -> str:
    """How time grows from `length` to four times as much, if that is too fast."""
    longest = cpu_time(lambda: work(4 * length))
    if longest < QUICK:
        return ""
    shortest = cpu_time(lambda: work(length))
    for _ in range(3):
        if longest <= 10 * shortest + QUICK:
            return ""
        shortest = cpu_time(lambda: work(length))
        longest = min(longest, cpu_time(lambda: work(4 * length)))
    return f"{shortest:.3f} {longest:.3f}"


def node(kind: str, text: str) -> str:
    return f"---\nkind: {kind}\n---\n# A title\n\n{text}\n"


def judged(text: str) -> object:
    return check(build([Document("a.md", parse(text))], as_of=DAY), RULES)


def rendered(text: str) -> str:
    render._parsed.cache_clear()
    return render.render(text)


def marked(text: str) -> str:
    render._parsed.cache_clear()
    marks = tuple(StampMark(at, at + 1, at) for at in range(0, len(text) - 1, 4))
    return render.render(text, Notation(stamps=marks))


def compared(text: str) -> object:
    said = transcripts.read(f"P07: {text}", ".txt")
    wanted = (Quote(f"{text} never […] said {text[:200]}", (), (), START),)
    return quotes.check_quotes.__wrapped__(wanted, said)


def excluded(text: str) -> object:
    found = excluding([text[:400].replace("\n", "a")])
    return found and found("a" * 200 + "/" + text.replace("*", "a")[:2000] + "/b")


def reviewed(text: str) -> object:
    said = f"Interviewer: what did you do?\n{text}\nP07: I did this.\n"
    return review_transcript.__wrapped__(transcripts.read(said * 4, ".txt"))


def foreign(form: str, text: str) -> object:
    return Importer(form).read(Material("x.csv", {"x.csv": text}), Terms(), Here())


DOORS: dict[str, Door] = {
    "any text": parse,
    "a body": lambda text: parse(node("interview", text)),
    "a title": lambda text: judged(f"---\nkind: opportunity\n---\n# {text}\n"),
    "an outcome": lambda text: judged(f"---\nkind: outcome\n---\n# {text}\n"),
    "an item": lambda text: parse(node("interview", f"## Opportunities\n\n- {text}")),
    "front matter": lambda text: parse(f"---\nkind: opportunity\n{text}\n---\n# A\n"),
    "a value": lambda text: judged(f"---\nkind: opportunity\nparent: {text}\n---\n# A\n"),
    "a list": lambda text: parse(f"---\nkind: opportunity\nparent: [{text}]\n---\n# A\n"),
    "a tree": lambda text: parse(f"---\nkind: tree\n---\n# Outcome: x\n\n- Opportunity: a\n{text}"),
    "a heading of a tree": lambda text: parse(f"---\nkind: tree\n---\n# Outcome: {text}\n"),
    "an item of a tree": lambda text: parse(
        f"---\nkind: tree\n---\n# Outcome: x\n\n- Opportunity: {text} {{status: open}} ^id\n"
    ),
    "a snapshot": lambda text: judged(node("interview", text)),
    "a guide": lambda text: judged(node("guide", text)),
    "webvtt": lambda text: transcripts.read(
        f"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n{text}", ".vtt"
    ),
    "subrip": lambda text: transcripts.read(text, ".srt"),
    "a talk": lambda text: transcripts.read(text, ".txt"),
    "a voice": lambda text: transcripts.read(f"Anna Lee {text}", ".txt"),
    "coach, a guide": lambda text: assess(utterances(text)),
    "coach, a question": lambda text: assess(
        utterances(f"- How would you {text} when you do this?")
    ),
    "coach, a talk": reviewed,
    "coach, any text": transcript_in_text,
    "render": rendered,
    "render, many marks": marked,
    "render, its parts": lambda text: list(render.render_parts(text + " ")),
    "an excerpt": lambda text: excerpt(f"{text} more", ["more"]),
    "notes of a podcast": lambda text: podcast.draft(text, name="a.md"),
    "a table": lambda text: foreign("csv", f"kind,title,parent,body\nsolution,a,{text}\n"),
    "wiki markup": wiki_markup.markdown,
    "HTML of a cell": lambda text: html_text.markdown(f"<p>{text}"),
    "an outline": lambda text: foreign("opml", f'<opml><body><outline text="{text}'),
    "a drawing": lambda text: foreign("mermaid", f"graph TD\n A[Outcome: x] {text}"),
    "a mind map": lambda text: foreign("mermaid", f"mindmap\n a\n  {text}"),
    "persons": lambda text: list(personal.found(text, frozenset())),
    "quotes": compared,
    "excluded": excluded,
    "did you mean, an id": lambda text: Nearest([text, f"{text}x", "abc"]).to(text[:-1]),
    "did you mean, a kind": unknown_kind,
}

TOKENS = (
    *("[[", "]]", "[", "]", "![", "(", ")", "](", "[a](b) ", "[a]: b\n", "[a", "<", ">", "<!--"),
    *("-->", "%%", "<?", "<![CDATA[", "<!A", "<a data-t=1 ", '<a href="', "</a>", "<br ", "`"),
    *("``", "```\n", "*", "**", "_", "__", "~~", "&", "&a ", "*a ", "\\", "'", '"', "“", "'a' "),
    *(" ", "\t", "\n", "\r", "\u00a0", "\u2028", "\x0c", "\x00", "\ufeff", "> ", "- ", "1. ", "# "),
    *(
        "#",
        "|",
        "|-",
        "---\n",
        ":",
        ": ",
        "a: ",
        "k: v\n",
        "k: [",
        ",",
        "{",
        "}",
        "{\\",
        "! ",
        "? ",
    ),
    *("<<: ", "[12:", "[12:41]", "(12:41", "00:00:01 --> ", "00:00:01", "12 ", "1", "{t}", "<v a>"),
    *("<v ", "P07:", "P07: ", "😀", "\u0301", "\u200f", ".", "…", "...", "a", "a ", "ab cd ", "A"),
    *("=", "+", "@", "a@b.", "http://", "don't ", "tell me ", "if you ", "question ", "^", "^a "),
    *("../", "&#1", "555-", "0 ", "İ", "—"),
)


def shapes() -> Iterator[tuple[str, str]]:
    """The repeated part of a text, and its end."""
    for number, token in enumerate(TOKENS):
        yield token, "x?" if number % 2 else ""
        yield token + TOKENS[(7 * number + 13) % len(TOKENS)], ""


@pytest.mark.parametrize("door", DOORS)
def test_time_grows_no_faster_than_a_text(door: str) -> None:
    enter = DOORS[door]

    def slow(token: str, end: str) -> str:
        def work(length: int) -> None:
            enter(token * (length // len(token)) + end)

        return too_fast(work, LENGTH)

    found = {shape: said for shape in shapes() if (said := slow(*shape))}
    assert not found


def chain(many: int) -> object:
    above = ["---\nkind: outcome\n---\n# More\n"]
    below = [
        f"---\nkind: opportunity\nparent: n{number:05}\n---\n# I cannot do thing {number}\n"
        for number in range(many)
    ]
    documents = [
        Document(f"n{number:05}.md", parse(text)) for number, text in enumerate(above + below)
    ]
    return check(build(documents, as_of=DAY), RULES)


def circle(many: int) -> object:
    documents = [
        Document(
            f"n{number:05}.md",
            parse(
                f"---\nkind: opportunity\nparent: n{(number + 1) % many:05}\n---\n# A {number}\n"
            ),
        )
        for number in range(many)
    ]
    return check(build(documents, as_of=DAY), RULES)


def voices(many: int) -> object:
    text = "".join(f"P{number}: I said so a while ago.\n\n" * 2 for number in range(many))
    wanted = tuple(Quote(f"never said {number}", (), (), START) for number in range(3))
    return quotes.check_quotes.__wrapped__(wanted, transcripts.read(text, ".txt"))


def gaps(many: int) -> object:
    said = transcripts.read("P07: " + "the same words " * many, ".txt")
    wanted = " … ".join(["the same words"] * many)
    return quotes.check_quotes.__wrapped__((Quote(f"{wanted} … never", (), (), START),), said)


def mentioned(many: int) -> object:
    """An interview with so many moments about one node, each with a link to it."""
    talk, need = NodeId("talk"), NodeId("need")
    link = parse(node("interview", "See [[need]].")).entries[0].links[0]
    lines = [Place(line, 0, line, 40) for line in range(many)]
    moments = [
        Moment(source=talk, node=need, words="", against=False, seconds=(), quotes=(), at=each)
        for each in lines
    ]
    edges = [Edge(talk, need, replace(link, at=each)) for each in lines]
    assert set(relations(edges, moments)) == {"evidence"}
    return edges


MANY: dict[str, tuple[Callable[[int], object], int]] = {
    "moments about one node": (mentioned, 500),
    "a chain of parents": (chain, 300),
    "a circle of parents": (circle, 200),
    "keys": (
        lambda many: judged(
            "---\nkind: opportunity\n" + "".join(f"kay{n}: v\n" for n in range(many)) + "---\n# A\n"
        ),
        300,
    ),
    "links on lines": (lambda many: judged(node("opportunity", "[a](b.md)\n" * many)), 500),
    "blanks in a row": (
        lambda many: parse(node("interview", "a | b -\n" + "\t" * many + "|")),
        3000,
    ),
    "comments on a line": (
        lambda many: parse(node("interview", "- " * many + "%%a%%b" * many)),
        1500,
    ),
    "headings of a tree": (
        lambda many: parse("---\nkind: tree\n---\n" + "# Outcome: a\n\n" * many),
        300,
    ),
    "captions said again": (
        lambda many: transcripts.read(
            "\n".join(f"word {number}" for number in range(many)) + "\n\n" + "b\n" * many, ".vtt"
        ),
        3000,
    ),
    "speakers": (voices, 100),
    "gaps": (gaps, 150),
    "names alike": (
        lambda many: [
            Nearest(f"thing-{number}" for number in range(400)).to(f"thong-{number}")
            for number in range(many)
        ],
        5,
    ),
}


@pytest.mark.parametrize("name", MANY)
def test_time_grows_no_faster_than_what_there_is_many_of(name: str) -> None:
    work, many = MANY[name]
    assert not too_fast(work, many)


@pytest.mark.parametrize(
    "pattern",
    ["*a*a*a*a*a*b", "**a**a**a**a**b", "**/a/**/a/**/a/**/b", "**/*a*a/**/*a*a/**/*b", "*?*?*?*b"],
)
@pytest.mark.parametrize("path", ["a" * 250, "/".join("a" * 2000), "/".join(["a" * 200] * 15)])
def test_a_pattern_ends_on_every_path(pattern: str, path: str) -> None:
    found = excluding([pattern])
    assert found is not None
    assert cpu_time(lambda: found(path)) < LONGEST


@pytest.mark.parametrize(
    "text",
    [
        "&#" + "1" * 9_000 + ";",
        "&#x" + "f" * 9_000 + ";",
        "[" * 50_000,
        "\n" * 50_000,
        "x" * 50_000,
    ],
)
def test_transcript_loses_no_words(text: str) -> None:
    said = " ".join(turn.text for turn in transcripts.read(f"P07: {text}", ".txt").turns)
    assert said.endswith(" ".join(text.split()))
