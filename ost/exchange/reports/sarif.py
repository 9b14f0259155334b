"""Findings as SARIF 2.1.0, which code scanning and editors read."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote

from ost.exchange.reports import json
from ost.exchange.reports.finding import Finding
from ost.judge.page import RulePage, markdown
from ost.read.diagnostic import Fix

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(
    found: Sequence[Finding],
    place: Callable[[str], str],
    version: str,
    pages: Mapping[str, RulePage] = {},
    fixes: Mapping[Finding, Fix] = {},
) -> str:
    """One run. `place` turns a path into one relative to the repository's root; `pages` are the
    pages of rules, by code.
    """
    names = {each.code: each.name for each in found}
    codes = sorted(names)
    seen: Counter[str] = Counter()
    results = []
    for diagnostic in found:
        # A finding keeps its identity when lines above it change.
        key = f"{diagnostic.code}/{diagnostic.node or diagnostic.path}"
        seen[key] += 1
        result: dict[str, object] = {
            "ruleId": diagnostic.code,
            "ruleIndex": codes.index(diagnostic.code),
            "level": diagnostic.severity.value,
            "message": {"text": diagnostic.message},
            "locations": [{"physicalLocation": _location(diagnostic, place(diagnostic.path))}],
            "partialFingerprints": {"ruleAndNode/v1": f"{key}/{seen[key]}"},
        }
        if diagnostic in fixes:
            result["fixes"] = [_fix(fixes[diagnostic], diagnostic.path, place)]
        results.append(result)
    rules = [_rule(code, names[code], pages.get(code)) for code in codes]
    driver = {"name": "ost", "semanticVersion": version, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json.render({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str, name: str, page: RulePage | None) -> dict[str, object]:
    if page is None:
        return {"id": code, "name": name or code}
    return {
        "id": code,
        "name": name,
        "shortDescription": {"text": page.summary},
        "fullDescription": {"text": page.why or page.summary},
        "help": {"text": f"{page.why}\n\n{page.source}", "markdown": markdown(page)},
        "defaultConfiguration": {"level": page.severity},
        "properties": {"tags": [page.family]},
    }


def _location(each: Finding, path: str) -> dict[str, object]:
    region = (each.line, each.column, each.end_line, each.end_column)
    return {"artifactLocation": _artifact(path), "region": _region(region)}


def _fix(fix: Fix, path: str, place: Callable[[str], str]) -> dict[str, object]:
    """A fix as edits of files."""
    changed: dict[str, list[dict[str, object]]] = {}
    for edit in fix.edits:
        replaced = {
            "deletedRegion": _region(edit.span.place.shown()),
            "insertedContent": {"text": edit.text},
        }
        changed.setdefault(edit.span.path or path, []).append(replaced)
    return {
        "description": {"text": fix.title},
        "artifactChanges": [
            {"artifactLocation": _artifact(place(file)), "replacements": replacements}
            for file, replacements in changed.items()
        ],
    }


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path), "uriBaseId": "%SRCROOT%"}


def _region(shown: tuple[int, int, int, int]) -> dict[str, int]:
    return dict(zip(("startLine", "startColumn", "endLine", "endColumn"), shown, strict=True))
