"""The rules that exist, their options, and the rules that apply."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TypeGuard, get_args, get_type_hints

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ost.errors import Misuse
from ost.judge import rules as package
from ost.judge.rule import Rule
from ost.judge.severities import USUAL, Severities
from ost.read.diagnostic import Severity
from ost.read.name_match import did_you_mean
from ost.settings.conversion import mistyped
from ost.settings.toml import Keys, Wrong
from ost.tree.model import Node


class Within(Struct, frozen=True, kw_only=True):
    """Settings for the files whose path matches the regular expression `path`; `name` is the
    pattern as written.
    """

    name: str
    path: str
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = {}


class Unloadable(Struct, frozen=True):
    """Rules or a kind of another package that could not be loaded, and the reason."""

    name: str
    error: str
    what: str = "rules"

    def said(self) -> str:
        """Says it in a sentence."""
        return f"the {self.what} {self.name!r} cannot be loaded: {self.error}"


def all_rules(further: Iterable[object] = ()) -> tuple[type[Rule], ...]:
    """Every rule, by code: our own and those of other packages' entry points.

    `further` holds the loaded entry points `ost.rules`: rules, or modules with rules. Two rules
    with the same code or name are misuse.
    """
    found = [
        *_own(),
        *(
            each
            for thing in further
            if not isinstance(thing, Unloadable)
            for each in _inside(thing)
        ),
    ]
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
    calendar: bool = False,
) -> tuple[Rule, ...]:
    """The rules that `choose` returns. Raises Misuse for mistakes."""
    chosen, wrong = choose(rules, options, select=select, ignore=ignore, calendar=calendar)
    for remark in wrong:
        raise Misuse(remark.said())
    return chosen


def choose(
    rules: Iterable[type[Rule]],
    options: Mapping[str, Mapping[str, object]] = {},
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    paths: Iterable[Within] = (),
    shared: Mapping[str, object] = {},
    calendar: bool = False,
) -> tuple[tuple[Rule, ...], tuple[Wrong, ...]]:
    """The rules that apply, with their options, and the mistakes in the request.

    `options` are by rule name; besides its own, every rule has `severity`. `select` and `ignore`
    hold names, codes or prefixes of codes; an empty `select` means all rules. `paths` holds
    settings for some files. `shared` holds the project's values for every rule with an option of
    that name. Rules of the calendar apply only on request.
    """
    known = tuple(rules)
    by_name = {each.name(): each for each in known}
    wrong: list[Wrong] = []
    for name in options:
        if name not in by_name:
            message = f"no rule {name!r}{did_you_mean(name, by_name)}"
            wrong.append(Wrong(("rules", name), message, of_key=True))
    selected = tuple(select)
    chosen = _matching(known, selected, ("select",), wrong) if selected else set(known)
    if not chosen and wrong:
        chosen = set(known)
    chosen -= _matching(known, ignore, ("ignore",), wrong)
    weights, silent = _by_path(known, paths, wrong)
    applying = []
    for rule in known:
        if rule in chosen and (calendar or not rule.calendar):
            made, severity = _with_options(rule, options.get(rule.name(), {}), shared, wrong)
            severities = Severities(severity, tuple(weights[rule]), tuple(silent[rule]))
            applying.append(made if severities == USUAL else replace(made, severities=severities))
    return tuple(applying), tuple(wrong)


def _with_options(
    rule: type[Rule],
    options: Mapping[str, object],
    shared: Mapping[str, object],
    wrong: list[Wrong],
) -> tuple[Rule, Severity | None]:
    """The rule with its valid options, and its severity."""
    known = [each for each in rule.__struct_fields__ if each != "severities"]
    values = {
        key: value for key, value in shared.items() if key in known and _fits(rule, key, value)
    }
    severity = None
    for key, value in options.items():
        keys = ("rules", rule.name(), key)
        option = key.replace("-", "_")
        if option == "severity":
            try:
                severity = msgspec.convert(value, Severity)
            except msgspec.ValidationError as error:
                wrong.append(mistyped(keys, str(error), Severity))
        elif option not in known:
            meant = did_you_mean(option, [*known, "severity"])
            message = f"rule {rule.name()!r} has no option {key!r}{meant}"
            wrong.append(Wrong(keys, message, of_key=True))
        else:
            try:
                msgspec.convert({option: value}, rule)
                values[option] = value
            except msgspec.ValidationError as error:
                wrong.append(mistyped(keys[:2], str(error), _choices(rule, option)))
    return msgspec.convert(values, rule), severity


def _fits(rule: type[Rule], option: str, value: object) -> bool:
    """Whether a value that the project has for all rules can be this option: in rules of other
    packages, an option of that name may be something else.
    """
    try:
        msgspec.convert({option: value}, rule)
    except msgspec.ValidationError:
        return False
    return True


def _choices(rule: type[Rule], option: str) -> tuple[object, ...]:
    return get_args(get_type_hints(rule)[option])


def _by_path(
    known: tuple[type[Rule], ...], paths: Iterable[Within], wrong: list[Wrong]
) -> tuple[dict[type[Rule], list[tuple[str, Severity]]], dict[type[Rule], list[str]]]:
    """Each rule's severity by file, and the files in which it is off."""
    weights: dict[type[Rule], list[tuple[str, Severity]]] = {each: [] for each in known}
    silent: dict[type[Rule], list[str]] = {each: [] for each in known}
    for within in paths:
        keys: Keys = ("paths", within.name)
        selected = _matching(known, within.select, (*keys, "select"), wrong)
        ignored = _matching(known, within.ignore, (*keys, "ignore"), wrong)
        for rule in known:
            if rule in ignored or (selected and rule not in selected):
                silent[rule].append(within.path)
        for word, severity in within.severity.items():
            matching = _rules_named(known, word)
            if not matching:
                message = f"no rule has the name or code {word!r}{_similar_rule(word, known)}"
                wrong.append(Wrong((*keys, "severity", word), message, of_key=True))
            for rule in matching:
                weights[rule].append((within.path, Severity(severity)))
    return weights, silent


def _matching(
    rules: tuple[type[Rule], ...], words: Iterable[str], keys: Keys, wrong: list[Wrong]
) -> set[type[Rule]]:
    found: set[type[Rule]] = set()
    for number, word in enumerate(words):
        matching = _rules_named(rules, word)
        if not matching:
            message = f"no rule has the name or code {word!r}{_similar_rule(word, rules)}"
            wrong.append(Wrong((*keys, number), message))
        found |= matching
    return found


def _rules_named(rules: tuple[type[Rule], ...], word: str) -> set[type[Rule]]:
    """The rules with this name, or whose code begins with this."""
    name, begins = word.strip().lower(), word.strip().upper()
    return {
        each
        for each in rules
        if each.name() == name or (begins and _begins(each.code.upper(), begins))
    }


def _begins(code: str, begins: str) -> bool:
    """Whether a code begins with this, letters included: `OST3`, not `O`."""
    return code.startswith(begins) and begins.startswith(code.rstrip("0123456789"))


def _similar_rule(word: str, rules: tuple[type[Rule], ...]) -> str:
    return did_you_mean(word, [each.name() for each in rules])


@cache
def _own() -> tuple[type[Rule], ...]:
    modules = (
        import_module(f"{package.__name__}.{each.name}") for each in iter_modules(package.__path__)
    )
    return tuple(each for module in modules for each in _inside(module))


def is_ours(rule: Rule) -> bool:
    """Whether a rule is not another package's."""
    return type(rule).__module__.startswith(f"{package.__name__}.")


def with_rules(thing: object) -> object:
    """The rules of an entry point. An error if there are none, or if one could not judge."""
    found = _inside(thing)
    if not found:
        raise TypeError("it holds no rule: a class below ost.judge.rule.Rule with a code")
    for rule in found:
        if wrong := why_useless(rule):
            raise TypeError(f"rule {rule.name()!r}: {wrong}")
        try:
            rule()
        except TypeError as error:
            raise TypeError(f"rule {rule.name()!r}: {error}; give each option a default") from None
    return thing


def why_useless(rule: type[Rule]) -> str:
    """Why a rule cannot judge any node; "" if it can."""
    code: object = rule.code
    kinds: object = rule.kinds
    if not isinstance(code, str) or not re.fullmatch(r"\S+", code):
        return f"its code is {code!r}; use letters and a number, as in TEAM301"
    if not all(map(_is_kind, kinds if isinstance(kinds, tuple) else (kinds,))):
        return f"its kinds are {kinds!r}; use a tuple of classes, as in (Solution,)"
    if not isinstance(rule.needs, str):
        return f"it needs {rule.needs!r}; use the name of one field, such as `transcript`"
    if not kinds:
        return "it names no kinds, so it would check no node; (Node,) is all kinds"
    if rule.check is Rule.check:
        return "it has no `check`"
    return ""


def _is_kind(thing: object) -> bool:
    return isinstance(thing, type) and issubclass(thing, Node)


def _inside(thing: object) -> tuple[type[Rule], ...]:
    """The rules that a module defines, those that a package exports, or the rule itself."""
    if isinstance(thing, ModuleType):
        name = thing.__name__
        rules = (each for each in vars(thing).values() if _is_rule(each))
        return tuple(each for each in rules if f"{each.__module__}.".startswith(f"{name}."))
    if _is_rule(thing):
        return (thing,)
    raise Misuse(f"{thing!r} is neither a rule nor a module of rules")


def _is_rule(thing: object) -> TypeGuard[type[Rule]]:
    return isinstance(thing, type) and issubclass(thing, Rule) and hasattr(thing, "code")
