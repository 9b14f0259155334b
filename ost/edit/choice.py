"""Finds the node that a person means by a number, an id, a title, or the start of either."""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from ost.read.letters import fold

OFFERED = 15
"""How many nodes are listed at a time; words make the list shorter."""


class Candidate(Struct, frozen=True):
    """A node to choose: its title, and the titles above it."""

    title: str
    place: str = ""


Candidates = Mapping[str, Candidate]


def matches(written: str, candidates: Candidates) -> tuple[str, ...]:
    """The nodes that words may mean, by the most exact match: the id, the title, the start of
    either, or all words within title, place and id.
    """
    words = written.strip().strip("[]").strip()
    if words in candidates:
        return (words,)
    folded = fold(words)
    plain = " ".join(words.casefold().split())
    if not plain:
        return tuple(candidates)
    ways: tuple[Callable[[str, Candidate], bool], ...] = (
        lambda node, each: fold(node) == folded or _plain(each.title) == plain,
        lambda node, each: fold(node).startswith(folded) or _plain(each.title).startswith(plain),
        lambda node, each: all(
            word in _plain(f"{each.title} {each.place} {node}") for word in plain.split()
        ),
    )
    for fits in ways:
        found = tuple(node for node, each in candidates.items() if fits(node, each))
        if found:
            return found
    return ()


def choose(
    candidates: Candidates, answer: Callable[[], str], show: Callable[[Sequence[str], str], None]
) -> str:
    """Lets a person choose a node. `show` lists nodes, numbered from one, below a remark. An answer
    that matches several nodes shortens the list; if it matches none, the question is repeated.
    """
    listed = tuple(candidates)
    show(listed[:OFFERED], _more(listed))
    while True:
        written = answer().strip()
        if written.isdecimal() and written not in candidates:
            number = int(written) if len(written) < 6 else 0
            if 0 < number <= len(listed[:OFFERED]):
                return listed[number - 1]
            show(listed[:OFFERED], f"no number {written}")
            continue
        found = matches(written, candidates)
        if len(found) == 1:
            return found[0]
        if not found:
            show(listed[:OFFERED], f"nothing fits {written!r}")
            continue
        listed = found
        show(listed[:OFFERED], _more(listed))


def _more(listed: Sequence[str]) -> str:
    left = len(listed) - OFFERED
    return f"and {left:,} more; type words of the title to list fewer" if left > 0 else ""


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
