"""Chooses sentences for a draft: steps of the story, quotes, and passages that are probably about
opportunities of the tree.

The same transcript always leads to the same choice.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log

from msgspec import Struct

from ost.exchange.snapshots.passages import SpokenSentence
from ost.exchange.snapshots.vectors import WordVectors, likeness
from ost.exchange.snapshots.wording import friction, stems, strength, words

STEPS = 12
"""The maximum of steps in a story, because a snapshot is one page."""
QUOTES = 6
"""The maximum of sentences that show friction but match no opportunity of the tree."""
LIKELY = 6
"""The maximum of opportunities."""
_SHORTEST, _LONGEST = 5, 40
"""The length of a quote in words. A longer one is not memorable (`long-quote`)."""
_AROUND = 6
"""How many sentences on each side decide whether the topic changes."""
_SHARE, _COMMON = 0.5, 2
"""An opportunity is likely if a passage has half the weight of its title and at least two of its
words.
"""

CLOSE = 0.6
"""From this cosine on, a passage is close in meaning (after subtracting the mean of all words).
This is a choice, not a measurement: other vectors need another value.
"""


class LikelyOpportunity(Struct, frozen=True):
    """An opportunity that a passage may be about, the words they share, and the sentence."""

    node: str
    words: tuple[str, ...]
    sentence: SpokenSentence


def quotable(sentences: Iterable[SpokenSentence]) -> list[SpokenSentence]:
    """The sentences fit for quoting: neither short nor long, and without names or numbers of
    people.
    """
    return [
        each
        for each in sentences
        if not each.private and _fits(each) and not each.text.endswith("?")
    ]


def _fits(sentence: SpokenSentence) -> bool:
    signs = any(each in sentence.text for each in "[]<>|")  # a remark such as [laughs]
    return not signs and _SHORTEST <= len(sentence.text.split()) <= _LONGEST


def memorable(sentences: Sequence[SpokenSentence]) -> SpokenSentence | None:
    """The sentence that says most. Among equals, the longest wins, then the first."""
    found = quotable(sentences)
    whole = [each for each in found if len(each.text.split()) >= 2 * _SHORTEST]
    best = max(
        enumerate(whole or found),
        key=lambda each: (strength(each[1].text), min(len(each[1].text), 140), -each[0]),
        default=None,
    )
    return best[1] if best else None


def frictions(
    sentences: Sequence[SpokenSentence], without: Iterable[SpokenSentence]
) -> list[SpokenSentence]:
    """Sentences in which something got in the way, in the order spoken."""
    left_out = set(without)
    found = [each for each in quotable(sentences) if friction(each.text) and each not in left_out]
    best = sorted(found, key=lambda each: -strength(each.text))[:QUOTES]
    return [each for each in found if each in best]


def steps(sentences: Sequence[SpokenSentence]) -> list[SpokenSentence]:
    """The first sentence of each topic, and the opening one."""
    first: dict[int, int] = {}
    for number, sentence in enumerate(sentences):
        if len(sentence.text.split()) >= _SHORTEST and not sentence.text.endswith("?"):
            first.setdefault(sentence.answer, number)
    starts = list(first.values())
    if len(first) < 3:  # one long monologue: any sentence may begin a step
        starts = [n for n, each in enumerate(sentences) if len(each.text.split()) >= _SHORTEST]
    turns = {number: _turn(sentences, number) for number in starts}
    best = sorted(starts[1:], key=lambda number: (-turns[number], number))[: STEPS - 1]
    return [sentences[number] for number in sorted({*starts[:1], *best})]


def _turn(sentences: Sequence[SpokenSentence], number: int) -> float:
    """How little the next sentences have in common with the previous ones."""
    before = Counter(
        w for each in sentences[max(number - _AROUND, 0) : number] for w in stems(each.text)
    )
    after = Counter(w for each in sentences[number : number + _AROUND] for w in stems(each.text))
    common = sum((before & after).values())
    return 1 - common / max(min(before.total(), after.total()), 1)


def likely(
    sentences: Sequence[SpokenSentence],
    titles: Mapping[str, Sequence[str]],
    vectors: WordVectors | None = None,
    close: float = CLOSE,
) -> list[LikelyOpportunity]:
    """The opportunities that passages are probably about, in the order spoken, each once, at the
    sentence most like it.

    An opportunity is likely if its words occur together or, with vectors, if the meaning is `close`
    enough. `titles` gives each opportunity's title and other words for it.
    """
    known = {node: tuple(stems(each) for each in texts) for node, texts in titles.items()}
    spread = Counter(word for texts in known.values() for word in frozenset().union(*texts))
    own = [stems(each.text) for each in sentences]
    near = [_near(sentences, own, number) for number in range(len(sentences))]
    where: dict[str, list[int]] = {}
    for number, stemmed in enumerate(own):
        if not sentences[number].private and _fits(sentences[number]):
            for word in stemmed & spread.keys():
                where.setdefault(word, []).append(number)
    weight = {
        word: _rarity(many, len(known)) * _rarity(len(where.get(word, ())), len(sentences))
        for word, many in spread.items()
    }
    meant = _closeness(sentences, titles, vectors) if vectors is not None else {}
    found: list[tuple[float, int, LikelyOpportunity]] = []
    for node, texts in known.items():
        share, number = max(_best(title, where, own, near, weight) for title in texts)
        nearness, at = meant.get(node, (0.0, 0))
        if share >= _SHARE:
            shared = tuple(sorted(frozenset().union(*texts) & near[-number]))
            match = LikelyOpportunity(node, shared, sentences[-number])
            found.append((share + nearness, -number, match))
        elif nearness >= close:
            found.append((share + nearness, -at, LikelyOpportunity(node, (), sentences[-at])))
    chosen = sorted(found, key=lambda each: (-each[0], each[2].node))[:LIKELY]
    return [match for _, _, match in sorted(chosen, key=lambda each: (each[1], each[2].node))]


def _closeness(
    sentences: Sequence[SpokenSentence], titles: Mapping[str, Sequence[str]], vectors: WordVectors
) -> dict[str, tuple[float, int]]:
    """For each opportunity, how close in meaning the closest sentence is, and where it is (as a
    negative number, as in `_best`).
    """
    spoken = [
        (number, meaning)
        for number, each in enumerate(sentences)
        if not each.private and _fits(each) and (meaning := vectors.meaning(words(each.text)))
    ]
    found = {}
    for node, texts in titles.items():
        meanings = [vectors.meaning(words(each)) for each in texts]
        found[node] = max(
            (
                (round(likeness(one, other), 6), -number)
                for one in meanings
                for number, other in spoken
            ),
            default=(0.0, 0),
        )
    return found


def _rarity(many: int, of: int) -> float:
    return 1 + log((of + 1) / (many + 1))


def _best(
    title: frozenset[str],
    where: Mapping[str, Sequence[int]],
    own: Sequence[frozenset[str]],
    near: Sequence[frozenset[str]],
    weight: Mapping[str, float],
) -> tuple[float, int]:
    """The greatest share of a title's weight in a sentence and its neighbours, and where it is (as
    a negative number, so that the first of equals is the greatest).
    """
    total = sum(weight[word] for word in sorted(title))
    best = (0.0, 0)
    for number in {at for word in title for at in where.get(word, ())}:
        common = title & near[number]
        if len(common) >= _COMMON:
            share = sum(weight[word] for word in sorted(common)) / total
            best = max(best, (round(share + len(title & own[number]) / 1000, 6), -number))
    return best


def _near(
    sentences: Sequence[SpokenSentence], own: Sequence[frozenset[str]], number: int
) -> frozenset[str]:
    """The words of a sentence and of its neighbours in the same answer."""
    around = range(max(number - 1, 0), min(number + 2, len(sentences)))
    return frozenset().union(
        *(own[at] for at in around if sentences[at].answer == sentences[number].answer)
    )
