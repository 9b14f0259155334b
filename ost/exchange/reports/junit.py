"""Findings as JUnit XML, which most CI servers show: one test case per rule and file."""

from collections.abc import Callable, Sequence
from itertools import groupby

from ost.exchange.escape import xml
from ost.exchange.reports.finding import Finding
from ost.read.diagnostic import Severity


def render(found: Sequence[Finding], place: Callable[[str], str]) -> str:
    """One suite. Only errors fail; warnings and notes are output of their test case."""
    ordered = sorted(found, key=lambda each: (each.path, each.code, each.line, each.column))
    groups = [list(group) for _, group in groupby(ordered, lambda each: (each.path, each.code))]
    failed = sum(_fails(each) for each in groups)
    cases = "".join(_case(each, place(each[0].path)) for each in groups) or _CLEAN
    numbers = f'tests="{max(len(groups), 1)}" failures="{failed}"'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<testsuites {numbers}>\n"
        f'<testsuite name="ost check" {numbers} errors="0">\n{cases}</testsuite>\n</testsuites>\n'
    )


_CLEAN = '<testcase classname="ost" name="nothing found"/>\n'


def _fails(group: Sequence[Finding]) -> bool:
    return any(each.severity is Severity.ERROR for each in group)


def _case(group: Sequence[Finding], path: str) -> str:
    first = group[0]
    name = xml(f"{first.code} {first.name}".rstrip())
    lines = "\n".join(xml(f"{path}:{each.line}:{each.column} {each.message}") for each in group)
    body = (
        f'<failure message="{xml(first.message)}">{lines}</failure>'
        if _fails(group)
        else f"<system-out>{lines}</system-out>"
    )
    return f'<testcase classname="{xml(path)}" name="{name}">{body}</testcase>\n'
