"""Finds nodes by letters of their titles or ids, the best match first."""

from collections.abc import Iterator
from functools import lru_cache
from heapq import nsmallest

from ost.project.live import Live
from ost.read.letters import unaccented
from ost.tree.model import NodeId

Ranked = tuple[int, int, str]


class NodeSearch:
    """The nodes of a project, by title and id."""

    def __init__(self, live: Live, kinds: tuple[str, ...] = ()) -> None:
        """Only nodes of these kinds, if any are given."""
        self._live, self._kinds = live, kinds

    def found(self, written: str, most: int) -> list[NodeId]:
        """The best matches: every word begins a word of the name, is part of one, or has its
        letters in order.
        """
        words = folded(written).split()
        ranked = ((rank, node_id) for node_id, rank in self._ranked(words))
        return [node_id for _, node_id in nsmallest(most, ranked)]

    def _ranked(self, words: list[str]) -> Iterator[tuple[NodeId, Ranked]]:
        facts = self._live.compiled.facts
        for text in self._live.compiled.texts.values():
            if text.claims is None:
                continue
            for own, title in zip(text.claims.ids, text.claims.titles, strict=True):
                node_id = NodeId(own)
                if node_id not in facts or (self._kinds and facts[node_id].kind not in self._kinds):
                    continue
                rank = _rank(words, folded(f"{title} {own}"))
                if rank is not None:
                    yield node_id, (rank, len(title), own)


@lru_cache(1 << 16)
def folded(text: str) -> str:
    """Words for comparison: lower case, without accents, with punctuation as spaces."""
    plain = text.casefold() if text.isascii() else unaccented(text.casefold())
    return plain.translate(_BLANKS)


def _rank(words: list[str], name: str) -> int | None:
    """The rank of a match, lower is better; None without a match."""
    total = 0
    for word in words:
        if f" {word}" in f" {name}":
            continue
        if word in name:
            total += 1
        elif len(word) > 2 and _in_order(word, name):
            total += 5
        else:
            return None
    return total


def _in_order(word: str, name: str) -> bool:
    at = -1
    for letter in word:
        at = name.find(letter, at + 1)
        if at < 0:
            return False
    return True


_BLANKS = str.maketrans(dict.fromkeys("-_'’\"“”.,;:!?()/", " "))
