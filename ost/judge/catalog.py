"""Which rules there are, with which options, and which of them apply."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TypeGuard

import msgspec

from ost.errors import Misuse
from ost.judge import rules as package
from ost.judge.rule import Rule


def all_rules(further: Iterable[object] = ()) -> tuple[type[Rule], ...]:
    """Every rule, by code: those of the package, and those of other packages' entry points.

    `further` is what the entry points `ost.rules` led to, loaded by the door: rules, or modules
    that hold some. Two with one code or name are misuse.
    """
    found = [*_own(), *(each for thing in further for each in _inside(thing))]
    taken: dict[str, type[Rule]] = {}
    for rule in found:
        for word in (rule.code, rule.name()):
            if taken.setdefault(word, rule) is not rule:
                modules = f"{taken[word].__module__} and {rule.__module__}"
                raise Misuse(f"two rules are called {word}: in {modules}")
    return tuple(sorted(set(found), key=lambda each: each.code))


def configure(
    rules: Iterable[type[Rule]],
    options: Mapping[str, Mapping[str, object]] = {},
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    shared: Mapping[str, object] = {},
    calendar: bool = False,
) -> tuple[Rule, ...]:
    """The rules that apply, with their options; those of the calendar only when asked for.

    `options` are by the rule's name. `select` and `ignore` hold names, codes or beginnings of
    codes; nothing selected is everything. `shared` are values of the project, for every rule that
    has an option of that name.
    """
    known = tuple(rules)
    by_name = {each.name(): each for each in known}
    for name in options:
        if name not in by_name:
            raise Misuse(f"rules.{name}: no rule has this name{_meant(name, by_name)}")
    chosen = _matching(known, select, "select") or set(known)
    chosen -= _matching(known, ignore, "ignore")
    return tuple(
        _with_options(each, options.get(each.name(), {}), shared)
        for each in known
        if each in chosen and (calendar or not each.calendar)
    )


def _with_options(
    rule: type[Rule], options: Mapping[str, object], shared: Mapping[str, object]
) -> Rule:
    values = {key: value for key, value in shared.items() if key in rule.__struct_fields__}
    for key, value in options.items():
        option = key.replace("-", "_")
        if option not in rule.__struct_fields__:
            meant = _meant(option, rule.__struct_fields__)
            raise Misuse(f"rules.{rule.name()}: there is no option {key!r}{meant}")
        values[option] = value
    try:
        return msgspec.convert(values, rule)
    except msgspec.ValidationError as error:
        raise Misuse(f"rules.{rule.name()}: {error}".replace("$.", "")) from None


def _matching(rules: tuple[type[Rule], ...], words: Iterable[str], setting: str) -> set[type[Rule]]:
    found: set[type[Rule]] = set()
    for word in words:
        begins = word.strip().upper()
        matching = {
            each
            for each in rules
            if each.name() == word.strip().lower()
            or (begins.startswith("OST") and each.code.startswith(begins))
        }
        if not matching:
            meant = _meant(word, [each.name() for each in rules])
            raise Misuse(f"{setting}: no rule has the name or code {word!r}{meant}")
        found |= matching
    return found


def _meant(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word.casefold(), list(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else ""


@cache
def _own() -> tuple[type[Rule], ...]:
    modules = (
        import_module(f"{package.__name__}.{each.name}") for each in iter_modules(package.__path__)
    )
    return tuple(each for module in modules for each in _inside(module))


def _inside(thing: object) -> tuple[type[Rule], ...]:
    """The rules that a module defines, or the rule itself."""
    if isinstance(thing, ModuleType):
        named = vars(thing).values()
        return tuple(each for each in named if _is_rule(each) and each.__module__ == thing.__name__)
    if _is_rule(thing):
        return (thing,)
    raise Misuse(f"{thing!r} is neither a rule nor a module of rules")


def _is_rule(thing: object) -> TypeGuard[type[Rule]]:
    return isinstance(thing, type) and issubclass(thing, Rule) and hasattr(thing, "code")
