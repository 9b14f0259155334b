"""The public names of people and interviews, and texts without their real names."""

import json
import sqlite3
from collections.abc import Container, Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from ost.expression import expression
from ost.judge.person_names import in_text
from ost.notation import FieldMark, notation, replace_links
from ost.read.inline import InlineLink, wikilinks
from ost.tree.participants import AND, UNKNOWN, called, people

SIGNED = frozenset({"generated", "verified"})
"""Fields of any node that name who made it."""

SPEAKING = "(select name from kind where speaks is not null)"
"""The kinds in which people speak."""

_SOURCES = f"""
select id, kind
from (
  select id, kind, date, 0 as gone
  from node
  union
  select version.node, version.kind, null, 1
  from version
  where version.node not in (select id from node)
)
where kind in {SPEAKING}
order by gone, date is null, date, id
"""
"""The people who speak, in the order of their numbers; last those that only history has."""

_PEOPLE = """
select name
from (
  select id as name, coalesce(first, '~') as day
  from participant
  union all
  select participant, '~'
  from moment
  union all
  select person.value, '~~'
  from change, json_each(change.people) as person
)
where name is not null
order by day, name
"""

_LEAST_PART = 3
"""A shorter part of a name, such as `de`, is also a common word."""

_WORD = expression(r"\w+")
_CODE = expression(r"(?<!\w)[A-Za-z]{1,4}[\s._-]*\d{1,5}[a-z]?(?!\w)")


class PublicNames:
    """The public names of interviews, signals and people: their numbers."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Numbers everyone in a file."""
        self._speaking = frozenset(name for (name,) in db.execute(f"select * from {SPEAKING}"))
        self._titles = dict(db.execute("select id, title from node"))
        speaking = [(node, f"{kind}-") for node, kind in db.execute(_SOURCES)]
        self._ids = _numbered(speaking, self._titles)
        several = (people(names) for (names,) in db.execute(_PEOPLE))
        found = [(name, "Person ") for names in several for name in names if name != UNKNOWN]
        self._people = _numbered(found, dict(found))
        self._written = {**_parts(self._people), **self._people}
        self._begins: dict[str, list[str]] = {}
        for name in sorted(self._written, key=len, reverse=True):
            if first := _WORD.match(name):
                self._begins.setdefault(first[0], []).append(name)

    def id(self, node: str | None) -> str | None:
        """A node's id; a number for who speaks."""
        return self._ids.get(node or "", node)

    def title(self, node: str, title: str) -> str:
        """A node's title; of an interview, its number."""
        if node in self._ids:
            kind, _, number = self._ids[node].rpartition("-")
            return f"{kind.capitalize()} {number}"
        return self.text(title) or ""

    def people(self, names: str | None) -> str | None:
        """Everybody in a text of participants."""
        return names and AND.join(self._people.get(name, name) for name in people(names))

    def text(self, text: str | None) -> str | None:
        """A text of the team, with numbers for participants and without interviews' ids."""
        if not text:
            return text
        for link in reversed(wikilinks(text)):
            text = text[: link.start] + self._linked(link, text) + text[link.end :]
        return _CODE.sub(lambda code: self._people.get(called(code[0]), code[0]), self._named(text))

    def fields(self, kind: str, given: str | None, marks: str | None) -> str:
        """A node's fields as JSON."""
        fields = json.loads(given or "{}")
        if kind in self._speaking:
            named = fields.get("interviewers")
            roles = {role: role for role in named} if isinstance(named, dict) else {}
            some = {"interviewers": roles, "recruited": fields.get("recruited")}
            return json.dumps({name: value for name, value in some.items() if value})
        replace_links(fields, map(self._worded, notation(marks).fields))
        kept = {name: value for name, value in fields.items() if name not in SIGNED}
        return json.dumps(self._inside(kept), ensure_ascii=False)

    def _worded(self, mark: FieldMark) -> FieldMark:
        """A link in a field with its public words."""
        if mark.node is None or mark.node in self._ids:
            words = self.title(mark.node, "") if mark.node else "…"
        else:
            words = mark.words or f"“{self._titles.get(mark.node, mark.node)}”"
        return replace(mark, words=words)

    def _linked(self, link: InlineLink, text: str) -> str:
        """A link as it may be read: what leads to no node of the tree may lead to an interview."""
        if link.target in self._ids:
            return self.title(link.target, "")
        return text[link.start : link.end] if link.target in self._titles else "…"

    def _named(self, text: str) -> str:
        """The text with numbers in place of names."""
        made, done = [], 0
        for word in _WORD.finditer(text):
            start = word.start()
            for name in self._begins.get(word[0], ()) if start >= done else ():
                end = start + len(name)
                if text.startswith(name, start) and not text[end : end + 1].isalnum():
                    made += [text[done:start], self._written[name]]
                    done = end
                    break
        return "".join([*made, text[done:]])

    def _inside(self, value: Any) -> Any:
        """A value with every text in it made public."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self._inside(each) for each in value]
        if isinstance(value, dict):
            return {name: self._inside(each) for name, each in value.items()}
        return value


def _parts(numbers: Mapping[str, str]) -> dict[str, str]:
    """First and last names, alone and with an `s` behind them, with their person's number; `…` if
    several people have one.
    """
    made: dict[str, str] = {}
    for name, number in numbers.items():
        if in_text(name) != "full":
            continue
        for part in name.split():
            for written in (part, f"{part}s") if len(part) >= _LEAST_PART else ():
                made[written] = number if made.get(written, number) == number else "…"
    return made


def _numbered(found: Iterable[tuple[str, str]], taken: Container[str]) -> dict[str, str]:
    """A name made of a word and a number for each, in order, skipping names in use."""
    made: dict[str, str] = {}
    counts: dict[str, int] = {}
    for name, word in found:
        if name in made:
            continue
        number = counts.get(word, 0) + 1
        while f"{word}{number}" in taken:
            number += 1
        counts[word] = number
        made[name] = f"{word}{number}"
    return made
