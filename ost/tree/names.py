"""Resolves written names: ids, former ids, file names and paths."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Literal, Protocol
from urllib.parse import unquote

from msgspec import Struct

from ost.expression import expression
from ost.limits import LONGEST_NAME
from ost.read.document import stem_of
from ost.read.letters import composed, fold
from ost.read.suffixes import MARKDOWN
from ost.tree.model import NodeId
from ost.words import nearest


class Destination(Struct, frozen=True, gc=False):
    """Where a name leads: to one node, to something else (`id` None: a page, a picture, an
    address), to nothing (`missing`), or to several nodes (named in `several`).
    """

    id: NodeId | None = None
    missing: bool = False
    several: tuple[str, ...] = ()


ELSEWHERE = Destination()
MISSING = Destination(missing=True)


NameQuestion = Literal["known", "called", "at", "pages", "near", "titled"]
"""The questions about names: the methods of `Names`, by name."""


class Names(Protocol):
    """The names of a project, for resolving links."""

    def known(self, node_id: str) -> bool:
        """Whether a node has this id."""

    def called(self, folded: str) -> tuple[str, ...]:
        """Ids of the nodes whose id or alias, folded, this is; sorted."""

    def at(self, path: str) -> str | None:
        """The id of the file's node; "" for a file without one; None for no such file."""

    def pages(self, stem: str) -> bool:
        """Whether there is a Markdown file with this stem, folded, that is not a node."""

    def near(self, name: str) -> str:
        """The known id most like this name, or ""."""

    def titled(self, folded: str) -> str:
        """The id of the only node with this title, folded; "" if none or several have it."""


_OTHERS = expression(
    r"\.(?=[a-z0-9]{0,9}[a-z])[a-z0-9]{1,10}$|^_?toc_?$|^\d{4}-\d\d-\d\d$", re.IGNORECASE
)
"""Targets of other programs' links: a file other than Markdown, a table of contents, a day."""


def resolve(target: str, form: str, path: str, names: Names) -> Destination:
    """Where a link in the file at `path` leads."""
    written = composed(target.strip()).replace("\\", "/")
    if form == "markdown" or written.casefold().endswith(MARKDOWN):
        return _by_path(written, path, names)
    if names.known(written):
        return Destination(NodeId(written))
    name = written.rstrip("/").rsplit("/", 1)[-1]
    if name != written and names.known(name):
        return Destination(NodeId(name))
    called = names.called(fold(name))
    if len(called) == 1:
        return Destination(NodeId(called[0]))
    if called:
        return Destination(several=called)
    if names.pages(fold(name)) or _OTHERS.search(name):
        return ELSEWHERE
    return MISSING


def _by_path(target: str, path: str, names: Names) -> Destination:
    """A path is looked up from the file's own folder, then from the content folder, then from the
    project's, so it may begin with the content folder's name.
    """
    place = composed(unquote(target.split("?", maxsplit=1)[0]))
    if ":" in place.split("/")[0] or place.startswith("#") or not place:
        return ELSEWHERE
    suffixed = place.casefold().endswith(MARKDOWN)
    if not suffixed and _OTHERS.search(place):
        return ELSEWHERE
    for candidate in _candidates(path, place):
        for suffix in ("",) if suffixed else (".md", "/index.md"):
            found = names.at(candidate + suffix)
            if found is not None:
                return Destination(NodeId(found)) if found else ELSEWHERE
    name = place.rstrip("/").rsplit("/", 1)[-1]
    stem = PurePosixPath(name).stem if suffixed else name
    if names.known(stem) and ("/" not in place or not suffixed):
        return Destination(NodeId(stem))
    if _joined(path, place) is None or not suffixed:
        return ELSEWHERE
    return MISSING


def _candidates(path: str, place: str) -> Iterator[str]:
    """The paths that a written one may mean, in the order in which to try them."""
    for from_top in (False, True):
        joined = _joined("" if from_top else path, place)
        if joined:
            yield joined
    parts = [each for each in PurePosixPath(place.lstrip("/")).parts if each not in (".", "..")]
    for start in range(1, min(len(parts), _ABOVE + 1)):
        yield "/".join(parts[start:])


_ABOVE = 3
"""The deepest content folder in a project whose links may be written from the top."""


def _joined(path: str, place: str) -> str | None:
    """`place` as seen from the file at `path`; None when it leads out of the content."""
    parts = [] if place.startswith("/") else list(PurePosixPath(path).parts[:-1])
    for part in PurePosixPath(place.lstrip("/")).parts:
        if part != "..":
            parts.append(part)
        elif parts:
            parts.pop()
        else:
            return None
    return "/".join(parts)


class Nearest:
    """Finds the id most like a name, in time that does not grow with the number of ids.

    Comparing with every id would make a folder of dangling links quadratic; so only ids that share
    rare runs of three letters are compared.
    """

    def __init__(self, ids: Iterable[str]) -> None:
        """Indexes the ids."""
        self._found: dict[str, str] = {}
        self._holding: dict[str, list[str]] = {}
        for node_id in sorted(ids):
            for run in runs(fold(node_id)):
                self._holding.setdefault(run, []).append(node_id)

    def to(self, name: str) -> str:
        """The id most like this name, or "" if there is none."""
        folded = fold(name)
        if len(folded) > LONGEST_NAME:
            return ""
        if folded not in self._found:
            self._found[folded] = self._like(folded)
        return self._found[folded]

    def _like(self, folded: str) -> str:
        shared: Counter[str] = Counter()
        for run in sorted(runs(folded)):
            holding = self._holding.get(run, ())
            if len(holding) <= _COMMON:
                shared.update(holding)
        best = sorted(shared, key=lambda each: (-shared[each], each))[:10]
        return nearest(folded, best, 0.7)


_COMMON = 500
"""Runs of letters that occur in more ids than this say too little."""


def runs(folded: str) -> set[str]:
    """The runs of three letters in a folded name. An id is only similar if it shares one."""
    padded = f"^{folded}$"
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


class KnownNames:
    """The names of a project held in memory."""

    def __init__(
        self,
        ids: Iterable[str],
        aliases: Mapping[str, Iterable[str]],
        paths: Mapping[str, str],
        titles: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """`aliases` maps an id to its former ids, `titles` to its title; `paths` a file to its
        node's id, or to "".
        """
        self.ids = frozenset(ids)
        self.paths = {composed(path): node for path, node in paths.items()}
        if len(self.paths) < len(paths):  # paths that look the same: the first of them counts
            self.paths = {composed(path): paths[path] for path in sorted(paths, reverse=True)}
        self._aliases = aliases
        self._titles = titles
        self._called: dict[str, tuple[str, ...]] = {}

    @cached_property
    def _ids_called(self) -> Mapping[str, set[str]]:
        called: dict[str, set[str]] = {}
        for node_id in self.ids:
            called.setdefault(fold(node_id), set()).add(node_id)
        for node_id, former in self._aliases.items():
            for alias in former:
                called.setdefault(fold(alias), set()).add(node_id)
        return called

    @cached_property
    def _page_stems(self) -> frozenset[str]:
        return frozenset(fold(stem_of(path)) for path, node in self.paths.items() if not node)

    @cached_property
    def _ids_titled(self) -> Mapping[str, list[str]]:
        titled: dict[str, list[str]] = {}
        for node_id, title in self._titles.items():
            titled.setdefault(fold(title), []).append(node_id)
        return titled

    @cached_property
    def _nearest(self) -> Nearest:
        return Nearest(self.ids)

    def known(self, node_id: str) -> bool:
        """Whether a node has this id."""
        return node_id in self.ids

    def called(self, folded: str) -> tuple[str, ...]:
        """Ids of the nodes whose id or alias, folded, this is; sorted."""
        if folded not in self._called:
            self._called[folded] = tuple(sorted(self._ids_called.get(folded, ())))
        return self._called[folded]

    def at(self, path: str) -> str | None:
        """The id of the node of the file at this path."""
        return self.paths.get(path)

    def pages(self, stem: str) -> bool:
        """Whether there is a Markdown file with this stem, folded, that is not a node."""
        return bool(stem) and stem in self._page_stems

    def near(self, name: str) -> str:
        """The known id most like this name, or ""."""
        return self._nearest.to(name)

    def titled(self, folded: str) -> str:
        """The id of the only node with this title, folded; "" if none or several have it."""
        found = self._ids_titled.get(folded, [])
        return found[0] if len(found) == 1 else ""
