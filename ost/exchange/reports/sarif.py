"""Findings as SARIF 2.1.0, which code scanning of hosts and editors read."""

from collections import Counter
from collections.abc import Callable, Sequence
from urllib.parse import quote

from ost.exchange.reports import json
from ost.exchange.reports.finding import Finding

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(found: Sequence[Finding], place: Callable[[str], str], version: str) -> str:
    """One run. `place` gives a path relative to the repository's root."""
    names = {each.code: each.name for each in found}
    codes = sorted(names)
    seen: Counter[str] = Counter()
    results = []
    for each in found:
        key = f"{each.code}/{each.node or each.path}"
        seen[key] += 1
        results.append(
            {
                "ruleId": each.code,
                "ruleIndex": codes.index(each.code),
                "level": each.severity.value,
                "message": {"text": each.message},
                "locations": [{"physicalLocation": _location(each, place(each.path))}],
                "partialFingerprints": {"ruleAndNode/v1": f"{key}/{seen[key]}"},
            }
        )
    rules = [{"id": code, "name": names[code] or code} for code in codes]
    driver = {"name": "ost", "version": version, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json.render({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _location(each: Finding, path: str) -> dict[str, object]:
    return {
        "artifactLocation": {"uri": quote(path), "uriBaseId": "%SRCROOT%"},
        "region": {
            "startLine": each.line,
            "startColumn": each.column,
            "endLine": each.end_line,
            "endColumn": each.end_column,
        },
    }
