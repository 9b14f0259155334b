"""The mapping file of an import, in TOML: a team's or a tool's words, and what they mean here.

Its tables are those of `Terms`: `[kinds]` `Pain = "opportunity"`, `[fields]` `Owner = ""`.
"""

import json
from collections.abc import Collection, Iterator
from pathlib import Path

from msgspec.structs import asdict, fields

from ost.errors import Misuse
from ost.exchange.foreign.imports import Terms
from ost.read.name_match import did_you_mean
from ost.settings.config import parse_toml
from ost.settings.toml import Spots, Wrong
from ost.tree.fields import names
from ost.tree.model import KINDS
from ost.tree.sections import SECTIONS
from ost.words import listed

TABLES = tuple(each.name for each in fields(Terms))
FIELDS = ("kind", "title", "key", "parent", "children", "body", "quote")
"""What a column or label may mean besides a field. A kind means a column that holds nodes of it."""


def terms(text: str, name: str) -> Terms:
    """The terms in a TOML file. Raises Misuse for any other text, with the line and key of the
    first mistake.
    """
    parsed = parse_toml(Path(name), text.removeprefix("\ufeff"))
    wrong = next(_wrong(parsed), None)
    if wrong is not None:
        line = Spots(text.removeprefix("\ufeff")).of(wrong).line + 1
        raise Misuse(f"{name}:{line}: {wrong.said()}")
    return Terms(**parsed)


def _wrong(parsed: dict[str, object]) -> Iterator[Wrong]:
    for table, words in parsed.items():
        if table not in TABLES:
            meant = did_you_mean(table, TABLES) or f"; tables are {listed(TABLES)}"
            yield Wrong((table,), f"there is no table {table!r}{meant}", of_key=True)
        elif not isinstance(words, dict):
            yield Wrong((table,), "write a table: their word = our word")
        else:
            known = _known(table)
            for theirs, ours in words.items():
                if not isinstance(ours, str):
                    yield Wrong((table, theirs), f"{ours!r} is not text")
                elif ours and known and ours not in known:
                    meant = did_you_mean(ours, known) or f"; write one of: {', '.join(known)}"
                    yield Wrong((table, theirs), f"there is no {_ONE[table]} {ours!r}{meant}")


_ONE = {"kinds": "kind", "fields": "field", "status": "status", "headings": "part of a snapshot"}


def _known(table: str) -> Collection[str]:
    """The meanings that words in a table may have; empty if it may have any."""
    kinds = KINDS.values()
    match table:
        case "kinds":
            return tuple(KINDS)
        case "fields":
            every = sorted(set().union(*map(names, kinds)))
            return tuple(dict.fromkeys((*FIELDS, *every, *KINDS)))
        case "status":
            return tuple(dict.fromkeys(status.name for kind in kinds for status in kind.statuses))
        case "headings":
            return tuple(SECTIONS)
    return ()


def merged(first: Terms, second: Terms) -> Terms:
    """The words of both; where they differ, the second wins."""
    theirs = asdict(second)
    return Terms(**{name: {**words, **theirs[name]} for name, words in asdict(first).items()})


def toml(terms: Terms) -> str:
    """The mapping file with these terms; "" if there are none."""
    tables = [
        "\n".join(
            (f"[{name}]", *(f"{_text(word)} = {_text(ours)}" for word, ours in words.items()))
        )
        for name, words in asdict(terms).items()
        if words
    ]
    return "\n\n".join(tables) + "\n" * bool(tables)


def _text(word: str) -> str:
    return json.dumps(word, ensure_ascii=False).replace("\x7f", "\\u007f")
