"""Puts values into words for people: days, numbers, and front matter."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from datasette_ost.file.nodes import LinkedNode, Mention
from ost import words
from ost.days import read_day
from ost.words import MONTHS, amount, counted

RELATIONS = {
    "chose": "chose",
    "over": "chose over",
    "guide": "uses the guide",
    "mentions": "mentions",
}
BACKWARDS = {
    "chose": "chosen in",
    "over": "passed over in",
    "guide": "guide of",
    "mentions": "mentioned in",
}

_ELSEWHERE = {
    "parent",
    "status",
    "illustrative",
    "allow",
    "measurements",
    "baseline",
    "target",
    "unit",
    "chose",
    "over",
    "guide",
}


class Fact(Struct, frozen=True):
    """A field of front matter in words. For a list, `values` has several parts."""

    label: str
    values: tuple[str, ...]


day = words.day


def month(text: str) -> str:
    """`Oct 2026` for `2026-10`."""
    year, _, number = text.partition("-")
    known = number.isdigit() and 1 <= int(number) <= 12
    return f"{MONTHS[int(number) - 1]} {year}" if known else text


def ago(day: str | None, today: str) -> str:
    """The time since a day: `5 weeks ago`; "" if it is not a day."""
    then, now = read_day(day), read_day(today)
    if then is None or now is None:
        return ""
    age = (now - then).days
    if age < 2:
        return "today" if age < 1 else "yesterday"
    for size, unit in ((365, "year"), (30, "month"), (7, "week")):
        if age >= 2 * size:
            return f"{counted(age // size, unit)} ago"
    return f"{age} days ago"


def number(value: object) -> str:
    """A number without superfluous zeros; anything else as text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return amount(value) if isinstance(value, int | float) else str(value)


count = counted
"""The name by which templates call it."""


def facts(fields: Mapping[str, Any], labels: Mapping[str, str]) -> list[Fact]:
    """A node's front matter in words, except the fields that its page shows elsewhere."""
    found = [Fact("Metric, from and to", (goal(fields),))] if goal(fields) else []
    for name, value in fields.items():
        if name in _ELSEWHERE or value in (None, "", [], {}):
            continue
        label = labels.get(name, name.replace("_", " ").capitalize())
        found += _facts(name, value, label)
    return found


def _facts(name: str, value: object, label: str) -> Iterator[Fact]:
    if name == "interviewers" and isinstance(value, Mapping):
        yield Fact("Interviewed by", tuple(f"{who} ({role})" for role, who in value.items()))
    elif name == "criterion" and isinstance(value, Mapping):
        yield Fact("Criterion", (criterion(value),))
    elif name == "result" and isinstance(value, Mapping) and "verdict" not in value:
        yield Fact("Result", (result(value),))
    elif isinstance(value, Mapping):
        for part, inner in value.items():
            fact = str(part).replace("_", " ")
            words = f"{fact.capitalize()} (lens)" if name == "lenses" else f"{label}: {fact}"
            yield Fact(words, _values(inner))
    else:
        yield Fact(label, _values(value))


def _values(value: object) -> tuple[str, ...]:
    return tuple(map(_said, value)) if isinstance(value, list) else (_said(value),)


def _said(value: object) -> str:
    if isinstance(value, Mapping | list):
        parts = value.values() if isinstance(value, Mapping) else value
        return ", ".join(map(_said, parts))
    return day(value) if isinstance(value, str) else number(value)


def goal(fields: Mapping[str, Any]) -> str:
    """An outcome's numbers: `1.1 → 1.6 evenings by 31 Mar 2027`."""
    baseline, target = fields.get("baseline"), fields.get("target")
    if baseline is None and target is None:
        return ""
    ends = [number(each) for each in (baseline, target) if each is not None]
    text = " → ".join(ends) if len(ends) == 2 else ("from " if target is None else "to ") + ends[0]
    unit = fields.get("unit")
    return text + (f" {unit}" if unit else "")


def criterion(given: Mapping[str, Any]) -> str:
    """A test's criterion: `at least 7 of 10: families in which all vote`, `at most 40 seconds`."""
    text = ""
    if given.get("at_least") is not None:
        text = f"at least {number(given['at_least'])}"
    elif given.get("at_most") is not None:
        text = f"at most {number(given['at_most'])}"
    if given.get("of") is not None:
        text += f" of {number(given['of'])}"
    if text and given.get("unit"):
        text += f" {given['unit']}"
    measure = str(given.get("measure") or "")
    return f"{text.strip()}: {measure}" if text and measure else text.strip() or measure


def result(given: Mapping[str, Any]) -> str:
    """A test's result: `4 of 10`."""
    measure, of = given.get("measure"), given.get("of")
    text = number(measure) if measure is not None else ""
    return f"{text} of {number(of)}" if of is not None else text


def by_relation(found: Iterable[LinkedNode], named: dict[str, str]) -> dict[str, list[Mention]]:
    """Linked nodes by relation, in words, each once. A link in a field counts as a mention."""
    made: dict[str, dict[str, Mention]] = {}
    for linked in found:
        label = named.get(linked.relation, named["mentions"])
        made.setdefault(label, {})[linked.node.id] = linked.node
    return {label: list(nodes.values()) for label, nodes in made.items()}
