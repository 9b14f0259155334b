"""Generates the reference of the command line from the commands and their output types."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import click
import msgspec

from ost.answers.records import Branch, BuildResult, Card, Comparison, ImportRecord, RuleLine
from ost.cli.commands.blame import Set
from ost.cli.commands.history import HistoryEntry
from ost.exchange.differences.difference import Difference
from ost.exchange.reports.finding import Finding
from ost.exchange.why.chain import Chain

FORMATS: Mapping[str, tuple[Any, str]] = {
    "ost check --format json": (list[Finding], "A list of findings, in reading order."),
    "ost build --format json": (BuildResult, "The result."),
    "ost tree --format json": (list[Branch], "A list of trees, by their top nodes."),
    "ost show ID --format json": (Card, "One node."),
    "ost compare ID --format json": (Comparison, "An opportunity with its solutions."),
    "ost diff --format json": (Difference, "What changed between two trees."),
    "ost history --format json": (list[HistoryEntry], "A list of commits, newest first."),
    "ost blame ID --format json": (list[Set], "A list of fields, by name."),
    "ost why THING --format json": (list[Chain], "A list of chains, one for each node found."),
    "ost import FILE --format json": (ImportRecord, "The files that are or would be written."),
    "ost rule --format json": (list[RuleLine], "A list of rules, by code."),
}
"""The output of each command with `--format json`, by its command line."""


def commands(group: click.Group) -> str:
    """Every command's help, as the terminal shows it, as Markdown."""
    return "\n\n".join(_command(group, "ost")) + "\n"


def formats() -> str:
    """The output of `--format json`, as Markdown: each command's type, then each type's keys."""
    called, parts = _schemas()
    sections = [_command_format(each, called[each]) for each in FORMATS]
    return "\n\n".join([*sections, keys(parts)]) + "\n"


def keys(parts: Mapping[str, Any]) -> str:
    """The keys of each type among a JSON Schema's components, as Markdown."""
    return "\n\n".join(_part(name, parts[name]) for name in parts)


def schema(called: str) -> str:
    """The JSON Schema of a command's output, by its command line."""
    kind, _ = FORMATS[called]
    return json.dumps(msgspec.json.schema(kind), indent=2, ensure_ascii=False) + "\n"


def _command(
    command: click.Command, name: str, above: click.Context | None = None
) -> Iterator[str]:
    context = click.Context(command, above, name, **command.context_settings)
    yield f"## {context.command_path}\n\n```text\n{command.get_help(context).strip()}\n```"
    if isinstance(command, click.Group):
        for verb in command.list_commands(context):
            inner = command.get_command(context, verb)
            if inner is not None:
                yield from _command(inner, verb, context)


def _schemas() -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    kinds = [kind for kind, _ in FORMATS.values()]
    called, parts = msgspec.json.schema_components(kinds, ref_template="{name}")
    return dict(zip(FORMATS, called, strict=True)), parts


def _command_format(called: str, found: Mapping[str, Any]) -> str:
    return f"## {called}\n\n{FORMATS[called][1]} {_first_up(_holds(found))}."


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]


def _part(name: str, found: Mapping[str, Any]) -> str:
    if "enum" in found:
        choices = ", ".join(f"`{each}`" for each in found["enum"])
        return f"### {name}\n\n{_whole(found)}\n\nOne of {choices}."
    if "prefixItems" in found:
        parts = ", ".join(_holds(each) for each in found["prefixItems"])
        return f"### {name}\n\n{_whole(found)}\n\nA list: {parts}."
    described = any("description" in each for each in found["properties"].values())
    rows = [
        (f"`{key}`", _holds(value), *([value.get("description", "")] if described else []))
        for key, value in found["properties"].items()
    ]
    heads = ("key", "holds", "meaning") if described else ("key", "holds")
    lines = (heads, tuple("---" for _ in heads), *rows)
    table = "\n".join(f"| {' | '.join(each)} |" for each in lines)
    return f"### {name}\n\n{_whole(found)}\n\n{table}"


def _whole(found: Mapping[str, Any]) -> str:
    """A description without its line breaks."""
    return " ".join(str(found.get("description", "")).split())


def _holds(found: Mapping[str, Any]) -> str:
    """A JSON type in words."""
    if "anyOf" in found:
        return " or ".join(_holds(each) for each in found["anyOf"])
    if "$ref" in found:
        name = found["$ref"]
        return f"[{name}](#{name.lower()})"
    if found.get("type") == "array":
        return f"list of {_holds(found['items'])}"
    if found.get("additionalProperties"):
        return f"{_holds(found['additionalProperties'])} by name"
    return _WORDS[found["type"]] if "type" in found else "any value"


_WORDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "null": "null",
    "object": "object",
}
