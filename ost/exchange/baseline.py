"""The known findings of a project, so that only new ones count.

Each line is one entry, by rule and node (or file), never by line number. So moving text changes
nothing, and branches that add or remove entries merge.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Annotated

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import astuple, replace

from ost.errors import Misuse
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.place import Place
from ost.words import counted

UNNEEDED = "OST034"


class Key(Struct, frozen=True, order=True):
    """What findings are counted by. Either `node` or `path` is empty."""

    node: str
    path: str
    rule: str


class BaselineEntry(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """One line of a baseline."""

    rule: str
    node: str = ""
    path: str = ""
    count: Annotated[int, Meta(ge=1)] = 1

    @property
    def key(self) -> Key:
        """The key of its findings."""
        return Key(self.node, self.path, self.rule)


class BaselineLine(Struct, frozen=True):
    """An entry and its line number, from zero."""

    number: int
    entry: BaselineEntry
    length: int


class BaselineResult(Struct, frozen=True):
    """Diagnostics split by a baseline: those to show and those it hides."""

    standing: tuple[Diagnostic, ...]
    back: tuple[Diagnostic, ...] = ()


def read(text: str) -> tuple[BaselineLine, ...]:
    """A baseline's entries. Raises Misuse with the number of a broken line."""
    lines = []
    for number, line in enumerate(text.split("\n")):
        if not line.strip():
            continue
        try:
            entry = msgspec.json.decode(line, type=BaselineEntry)
        except msgspec.MsgspecError as error:
            raise Misuse(f"{number + 1}: not a baseline entry: {error}") from None
        if bool(entry.node) == bool(entry.path):
            raise Misuse(f"{number + 1}: an entry needs either a node or a path")
        lines.append(BaselineLine(number, entry, len(line.rstrip())))
    return tuple(lines)


def render(
    diagnostics: Iterable[Diagnostic], names: Mapping[str, str], kept: Iterable[BaselineLine] = ()
) -> str:
    """A baseline of all current findings, plus the entries in `kept`. `names` are the rules' names
    by code.
    """
    counts = Counter(_key(each, names) for each in diagnostics)
    for line in kept:
        counts[line.entry.key] = max(counts[line.entry.key], line.entry.count)
    entries = (
        BaselineEntry(rule=key.rule, node=key.node, path=key.path, count=counts[key])
        for key in sorted(counts, key=lambda each: (each.node or each.path, *astuple(each)))
    )
    return "".join(f"{msgspec.json.encode(each).decode()}\n" for each in entries)


def renamed(text: str, ids: Mapping[str, str], paths: Mapping[str, str]) -> str:
    """A baseline's text after renaming ids and paths; other lines stay unchanged."""
    lines = text.split("\n")
    for line in read(text):
        entry = line.entry
        named = replace(
            entry, node=ids.get(entry.node, entry.node), path=paths.get(entry.path, entry.path)
        )
        if named != entry:
            ending = "\r" * lines[line.number].endswith("\r")
            lines[line.number] = msgspec.json.encode(named).decode() + ending
    return "\n".join(lines)


def apply_baseline(
    diagnostics: Iterable[Diagnostic],
    lines: Iterable[BaselineLine],
    names: Mapping[str, str],
    path: str,
) -> BaselineResult:
    """Hides known findings. `names` are the names of the applied rules, by code; `path` is the path
    of the baseline.

    If a rule now has more findings about a node than before, all are shown, because no one knows
    which are new. An entry with fewer findings than before is reported.
    """
    diagnostics = tuple(diagnostics)
    found = Counter(_key(each, names) for each in diagnostics)
    allowed: Counter[Key] = Counter()
    unneeded = []
    for line in lines:
        entry = line.entry
        allowed[entry.key] = max(allowed[entry.key], entry.count)
        if found[entry.key] < entry.count and entry.rule in names.values():
            unneeded.append(_unneeded(line, found[entry.key], path))
    back = tuple(
        each for each in diagnostics if 0 < found[_key(each, names)] <= allowed[_key(each, names)]
    )
    gone = set(back)
    standing = [each for each in diagnostics if each not in gone]
    if UNNEEDED in names:
        standing += unneeded
    return BaselineResult(tuple(sorted(standing, key=lambda each: each.order)), back)


def _key(diagnostic: Diagnostic, names: Mapping[str, str]) -> Key:
    rule = names.get(diagnostic.code, diagnostic.code)
    if diagnostic.node:
        return Key(diagnostic.node, "", rule)
    return Key("", diagnostic.path, rule)


def _unneeded(line: BaselineLine, found: int, path: str) -> Diagnostic:
    entry = line.entry
    about = repr(entry.node or entry.path)
    many = f"{counted(entry.count, 'finding')} of {entry.rule}"
    now = f"there {'is' if found == 1 else 'are'} {found or 'none'} now"
    return Diagnostic(
        path=path,
        at=Place(line.number, 0, line.number, line.length),
        code=UNNEEDED,
        message=f"baseline hides {many} for {about}, but {now}; shorten it",
        severity=Severity.WARNING,
    )
