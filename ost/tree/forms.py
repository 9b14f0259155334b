"""The forms of a kind's fields, from the model, for editors, forms and schemas."""

import types
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct
from msgspec.structs import fields as struct_fields
from msgspec.structs import replace

from ost.read.kinds import TREE
from ost.read.place import Place
from ost.tree.fields import readers
from ost.tree.model import Day, Node, Reference, References, Waiver
from ost.tree.node import FILE


class FieldForm(Struct, frozen=True):
    """One field. `label` is its name on pages, if that differs from its own; `choices` are the
    words that it may hold, each with its meaning; `parts` are the keys of a field that is a
    mapping; `list` says that it may hold several values, `file` that it may name a file.
    """

    name: str
    meaning: str = ""
    label: str = ""
    choices: Mapping[str, str] = {}
    parts: Mapping[str, "FieldForm"] = {}
    type: Literal["text", "number", "day", "truth", "node", "parts"] = "text"
    list: bool = False
    file: bool = False


@cache
def forms(kind: type[Node]) -> Mapping[str, FieldForm]:
    """The fields of a kind by name, in the order of the model; those of every kind at the end."""
    hints = get_type_hints(kind, include_extras=True)
    common = get_type_hints(Node, include_extras=True)
    found = [_form(name, hints[name]) for name in readers(kind)]
    meanings = {each.name: each.meaning for each in kind.statuses}
    for number, form in enumerate(found):
        if form.name == "status" and form.choices:
            chosen = {name: meanings.get(name, "") for name in form.choices}
            found[number] = replace(form, choices=chosen)
    own = [each for each in found if each.name not in common]
    shared = [each for each in found if each.name in common]
    placed = [FieldForm("parent", "Its parents: the nodes above it.", type="node", list=True)]
    waived = [_form("allow", Annotated[tuple[Waiver, ...], _ALLOW])]
    several = [*(placed if kind.under else []), *own, *shared, *waived]
    return {each.name: each for each in several}


_ALLOW = Meta(description="Rules that do not apply to the node, each with a reason and an end.")


def _form(name: str, hint: Any) -> FieldForm:
    """The form of a field, by its annotation."""
    about = Meta()
    if get_origin(hint) is Annotated:
        hint, about = get_args(hint)[:2]
    form = FieldForm(name, about.description or "", about.title or "", file=about.extra == FILE)
    if hint == References:
        return replace(form, type="node", list=True)
    inner = [each for each in _alternatives(hint) if each is not type(None)]
    several = any(get_origin(each) is tuple for each in inner)
    plain = [get_args(each)[0] if get_origin(each) is tuple else each for each in inner]
    struct = next((each for each in plain if isinstance(each, type) and _has_parts(each)), None)
    if struct is not None:
        written = get_type_hints(struct, include_extras=True)
        keys = [each.name for each in struct_fields(struct)]
        parts = {key: _form(key, written[key]) for key in keys if written[key] is not Place}
        return replace(form, parts=parts, type="parts", list=several)
    choices = {str(word): "" for each in plain for word in _choices(each)}
    types_ = (called for type_, called in _TYPES.items() if type_ in plain and str not in plain)
    return replace(form, choices=choices, type=next(types_, "text"), list=several)


_TYPES: Mapping[Any, Literal["number", "day", "truth"]] = {
    bool: "truth",
    Day: "day",
    int: "number",
    float: "number",
}


def _alternatives(hint: Any) -> Iterable[Any]:
    return get_args(hint) if get_origin(hint) in {Union, types.UnionType} else (hint,)


def _choices(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) is Literal else ()


def _has_parts(hint: type) -> bool:
    return issubclass(hint, Struct) and hint is not Reference


def front_matter_schema(kinds: Iterable[type[Node]]) -> dict[str, Any]:
    """A JSON Schema of front matter, for editors of YAML: the fields of each kind, with what they
    mean and which words they may hold. It is wider than the judge, which reads more spellings.
    """
    known = tuple(kinds)
    called = {each.kind: each.summary() for each in known}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of an opportunity solution tree",
        "type": "object",
        "properties": {"kind": {"enum": [*called, TREE], "description": "The kind of node."}},
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": each.kind}}, "required": ["kind"]},
                "then": {
                    "description": called[each.kind],
                    "properties": {form.name: _schema(form) for form in forms(each).values()},
                },
            }
            for each in known
        ],
    }


def _schema(form: FieldForm) -> dict[str, Any]:
    one: dict[str, Any] = dict(_JSON[form.type])
    if form.choices:
        one = {"enum": list(form.choices)}
    if form.parts and not form.list:
        one["properties"] = {name: _schema(part) for name, part in form.parts.items()}
    several = {"anyOf": [one, {"type": "array"}, {"type": "object"}]} if form.list else one
    return {"description": form.meaning, **several} if form.meaning else several


_JSON: Mapping[str, dict[str, Any]] = {
    "text": {"type": ["string", "number", "boolean", "null"]},
    "number": {"type": ["number", "null"]},
    "day": {"type": ["string", "null"], "format": "date"},
    "truth": {"type": ["boolean", "string", "null"]},
    "node": {"type": ["string", "null"]},
    "parts": {"type": ["object", "null"]},
}
