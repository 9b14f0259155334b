"""A page of the documentation for a terminal: plain text, wrapped to its width."""

import re
from collections.abc import Callable, Iterator

from ost.exchange.reports.paint import Paint, safe, width, wrapped

WIDEST = 100
"""Longer lines are hard to read."""

_ITEM = re.compile(r"(?P<indent>\s*)(?P<mark>[-*+]|\d{1,3}[.)])\s+(?P<words>.*)")
_RULE = re.compile(r"\|?[\s:|-]+\|[\s:|-]*")
_LINK = re.compile(r"!?\[(?P<words>[^\]]*)\]\((?P<target>[^)\s]*)\)")
_CODE = re.compile(r"`([^`]+)`")
_STRONG = re.compile(r"\*\*([^*]+)\*\*")
_NAMED = re.compile(r'title="([^"]*)"')
_CELL = re.compile(r"(?<!\\)\|")


def rendered(page: str, paint: Paint, columns: int, topic: Callable[[str], str]) -> str:
    """The page. `topic` names the topic that a link's file leads to; "" for none."""
    wide = min(columns, WIDEST)
    lines = list(_lines(page, paint, wide, topic))
    kept = [each for at, each in enumerate(lines) if each or (at and lines[at - 1])]
    return "\n".join(kept).strip("\n") + "\n"


def _lines(page: str, paint: Paint, wide: int, topic: Callable[[str], str]) -> Iterator[str]:
    fenced, rows = "", list[str]()
    block = list[str]()
    for line in [*page.rstrip("\n").split("\n"), ""]:
        fence = re.match(r"\s*(`{3,}|~{3,})(.*)", line)
        if not fenced and not fence and line.startswith("|"):
            yield from _paragraph(block, paint, wide, topic)
            rows.append(line)
            continue
        yield from _table(rows, paint, wide, topic)
        if fence and (not fenced or fence[1].startswith(fenced)):
            yield from _paragraph(block, paint, wide, topic)
            named = _NAMED.search(fence[2])
            if named and not fenced:
                yield f"    {paint('dim', safe(named[1]))}"
            fenced = "" if fenced else fence[1]
        elif fenced:
            yield f"    {safe(line)}".rstrip()
        elif line.startswith("<!--") and line.endswith("-->"):
            continue
        elif line.startswith("#"):
            yield from _paragraph(block, paint, wide, topic)
            words = _words(line.lstrip("# "), _plain, topic)
            yield from (paint("bold", each) for each in wrapped(words, wide))
        elif not line.strip() or _ITEM.fullmatch(line):
            yield from _paragraph(block, paint, wide, topic)
            block += [line] if line.strip() else []
            if not line.strip():
                yield ""
        else:
            block.append(line)


def _paragraph(
    block: list[str], paint: Paint, wide: int, topic: Callable[[str], str]
) -> Iterator[str]:
    """The lines gathered so far as one paragraph or item; they are taken from the list."""
    if not block:
        return
    first, rest = block[0], block[1:]
    block.clear()
    item = _ITEM.fullmatch(first)
    indent = width(item["indent"] + item["mark"]) + 1 if item else 0
    text = " ".join(each.strip() for each in (item["words"] if item else first, *rest))
    shown = _words(text, paint, topic)
    for at, line in enumerate(wrapped(shown, max(wide - indent, 20))):
        lead = f"{item['indent']}{item['mark']} " if item and at == 0 else " " * indent
        yield lead + line


def _table(rows: list[str], paint: Paint, wide: int, topic: Callable[[str], str]) -> Iterator[str]:
    """The rows gathered so far: the first cell, and the others below it."""
    if not rows:
        return
    cells = [
        [each.strip().replace("\\|", "|") for each in _CELL.split(row.strip().strip("|"))]
        for row in rows
        if not _RULE.fullmatch(row)
    ]
    rows.clear()
    names, *body = cells
    several = len(names) > 2
    for row in body:
        for line in wrapped(_words(row[0], paint, topic), max(wide - 2, 20)):
            yield f"  {line}"
        for name, cell in zip(names[1:], row[1:], strict=False):
            label = f"{name}: " if several and name and cell else ""
            for line in wrapped(_words(f"{label}{cell}", paint, topic), max(wide - 6, 20)):
                if line:
                    yield f"      {line}"


def _words(text: str, paint: Paint, topic: Callable[[str], str]) -> str:
    """Text with links as their words, followed by the command or address to go to."""
    text = _LINK.sub(lambda found: _linked(found["words"], found["target"], topic), safe(text))
    text = _STRONG.sub(lambda found: paint("bold", found[1]), text)
    colour = paint("cyan", "x") != "x"
    return _CODE.sub(lambda found: paint("cyan", found[1]) if colour else found[0], text)


def _linked(words: str, target: str, topic: Callable[[str], str]) -> str:
    if ":" in target:
        return words if words == target else f"{words} ({target})"
    meant = topic(target.partition("#")[0])
    return f"{words} (`ost help {meant}`)" if meant else words


def _plain(style: str, text: str) -> str:
    return text
