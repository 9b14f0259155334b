"""Measures how well quotes are verified: `python -m benchmarks.quotes FOLDER` with transcripts in
it. Quotes are cut from the transcripts verbatim, with and without contractions, changed by one
word, joined from several places, and made up: words of the same transcript in another order, and
sentences from another transcript.
"""

# ruff: noqa: T201, S311 - a table is what it is for; chance, not a secret
import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ost.judge.quotes import check_quotes
from ost.read.document import Quote
from ost.read.place import START
from ost.read.transcript import Transcript
from ost.read.transcripts import read

SUFFIXES = (".vtt", ".srt", ".txt", ".md")
FEWEST = 800
"""Transcripts with fewer words are left out."""


def main() -> None:
    """Prints, for each kind of quote, how it was classified."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quotes", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", type=int, default=60, help="quotes of each kind per transcript")
    given = parser.parse_args()
    transcripts = dict(_transcripts(given.folder))
    counts: Counter[tuple[str, str]] = Counter()
    took: list[float] = []
    chance = random.Random(1)
    for name, transcript in transcripts.items():
        others = [each for other, each in transcripts.items() if other != name]
        for kind, text in _quotes(transcript, others, given.each, chance):
            began = time.perf_counter()
            found = check_quotes((Quote(text, (), (), START),), transcript)
            took.append(time.perf_counter() - began)
            for each in found:
                counts[kind, each.found] += 1
    print(f"{len(transcripts)} transcripts; {sum(took) / len(took) * 1000:.0f} ms a quote alone\n")
    print(f"{'':24}{'verbatim':>10}{'altered':>10}{'nowhere':>10}")
    for kind in dict.fromkeys(kind for kind, _ in counts):
        total = sum(many for (each, _), many in counts.items() if each == kind)
        shares = (counts[kind, found] / total for found in ("verbatim", "altered", "nowhere"))
        print(f"{kind:24}{''.join(f'{each:>10.2%}' for each in shares)}{total:>8,}")


def _transcripts(folder: Path) -> Iterator[tuple[str, Transcript]]:
    for path in sorted(folder.iterdir()):
        if path.suffix in SUFFIXES:
            text = path.read_text("utf-8-sig", "replace")
            made = read(text, path.suffix if path.suffix in SUFFIXES[:2] else ".txt")
            if sum(len(each.text.split()) for each in made.turns) >= FEWEST:
                yield path.name, made


def _quotes(
    transcript: Transcript, others: list[Transcript], many: int, chance: random.Random
) -> Iterator[tuple[str, str]]:
    words = [word for turn in transcript.turns for word in turn.text.split()]
    whole = f" {_plain(' '.join(words))} "
    for _ in range(many):
        length = chance.choice((5, 6, 8, 12, 20, 35))
        start = chance.randrange(len(words) - length)
        cut = words[start : start + length]
        yield "verbatim", " ".join(cut)
        yield "verbatim, tidied up", _tidied(cut)
        at = chance.randrange(length)
        other = chance.choice(words)
        if _plain(other) not in ("", _plain(cut[at])):
            yield "one word replaced", " ".join([*cut[:at], other, *cut[at + 1 :]])
            yield "one word put in", " ".join([*cut[:at], other, *cut[at:]])
        yield from _contracted(cut)
        yield from _joined(transcript, chance)
        inside = chance.randrange(1, length - 1)
        if _plain(cut[inside]) not in (_plain(cut[inside - 1]), ""):
            yield "one word left out", " ".join([*cut[:inside], *cut[inside + 1 :]])
        yield "made up: shuffled", " ".join(chance.sample(words, length))
        foreign = [word for turn in chance.choice(others).turns for word in turn.text.split()]
        start = chance.randrange(len(foreign) - length)
        said = " ".join(foreign[start : start + length])
        if f" {_plain(said)} " not in whole:
            yield f"made up: {'short ' if length < 8 else ''}from elsewhere", said


_SHORT = (
    (" do not ", " don't "),
    (" it is ", " it's "),
    (" I am ", " I'm "),
    (" they are ", " they're "),
    (" going to ", " gonna "),
    (" that is ", " that's "),
    (" did not ", " didn't "),
    (" we have ", " we've "),
    (" you are ", " you're "),
    (" I will ", " I'll "),
    (" cannot ", " can't "),
    (" I would ", " I'd "),
    (" because ", " 'cause "),
)


def _contracted(words: list[str]) -> Iterator[tuple[str, str]]:
    """The quote with each contraction written out and each long form contracted."""
    text = f" {' '.join(words)} ".replace("\u2019", "'")
    for one, other in _SHORT[:-1]:
        for wanted, instead in ((one, other), (other, one)):
            if wanted in text:
                yield "contraction changed", text.replace(wanted, instead).strip()


def _joined(transcript: Transcript, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Two or three pieces of several words from any place, with and without a mark for the gap."""
    long = [turn.text.split() for turn in transcript.turns]
    long = [words for words in long if len(words) >= 8]
    if len(long) < 3:
        return
    pieces = []
    for words in chance.sample(long, chance.choice((2, 3))):
        start = chance.randrange(len(words) - 6)
        pieces.append(" ".join(words[start : start + chance.randint(6, 12)]))
    yield "joined with ...", " ... ".join(pieces)
    yield "joined as sentences", ". ".join(each.rstrip(".,?!").capitalize() for each in pieces)


def _tidied(words: list[str]) -> str:
    """The quote as a note taker writes it: sentence case, other punctuation, one more filler."""
    text = " ".join(words).replace(",", "").replace("'", "\u2019").rstrip(".?!")
    return f"Um, {text[:1].upper()}{text[1:]}."


def _plain(text: str) -> str:
    return " ".join("".join(each if each.isalnum() else " " for each in text.casefold()).split())


if __name__ == "__main__":
    main()
