"""Converts Jira's wiki markup to Markdown: headings, lists, links, quotes, code and tables."""

import re
from collections.abc import Iterator

_BLOCK = re.compile(
    r"(?<!\{)\{(?P<name>code|noformat)(?::(?P<option>[^}\n]*))?\}(?!\})(?P<text>.*?)"
    r"(?:(?<!\{)\{(?P=name)\}|\Z)",
    re.DOTALL,
)
_HEADING = re.compile(r"h([1-6])\.\s+(.*)")
_ITEM = re.compile(r"([*#-]{1,10})\s+(.*)")
_MACRO = re.compile(
    r"\{(?:color|panel|section|column|info|note|tip|warning|expand|anchor)(?::[^}\n]*)?\}"
)
_LINK = re.compile(
    r"\[(?:([^\[\]|\n]*)\|)?((?:https?://|mailto:|#|~|\^)?[^\[\]|\n]+)(?:\|[^\[\]\n]*)?\]"
)
_IMAGE = re.compile(r"!([^\s!|][^!|\n]*\.\w{2,5})(?:\|[^!\n]*)?!")
_INLINE = (
    (re.compile(r"\{\{([^{}\n]+)\}\}"), r"`\1`"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), r"**\1**"),
    (re.compile(r"(?<![\w-])-(?=[^\s-])([^-\n]+?)(?<=\S)-(?![\w-])"), r"~~\1~~"),
    (re.compile(r"(?<![\w+])\+(?=\S)([^+\n]+?)(?<=\S)\+(?![\w+])"), r"\1"),
    (re.compile(r"\?\?(.+?)\?\?"), r"\1"),
)


def markdown(text: str) -> str:
    """The text as Markdown, with code unchanged."""
    made, end = [], 0
    for block in _BLOCK.finditer(text):
        made.append("\n".join(_lines(text[end : block.start()])))
        code = block["text"].strip("\n")
        if block["name"] == "code" and "\n" not in block["text"]:
            made.append(f"`{code.strip()}`")
        else:
            language = re.match(r"\w*(?!=)", block["option"] or "")
            made.append(f"\n```{language[0] if language else ''}\n{code}\n```\n")
        end = block.end()
    made.append("\n".join(_lines(text[end:])))
    return "".join(made)


def _lines(text: str) -> Iterator[str]:
    quoted = False
    table = False
    for line in text.split("\n"):
        if line.strip() == "{quote}":
            quoted = not quoted
            yield ""
            continue
        begins = line.lstrip().startswith("{quote}") and not quoted
        quoted = quoted or begins
        inner = line.replace("{quote}", "")
        cells = inner.strip().startswith("|")
        rows = list(_row(inner.strip(), first=not table)) if cells else [_line(inner)]
        if cells and not table:
            yield ""
        table = cells
        yield from (f"> {each}" if quoted and each else each for each in rows)
        quoted = quoted and line.count("{quote}") < 1 + begins


def _line(line: str) -> str:
    heading = _HEADING.fullmatch(line.strip())
    if heading:
        return f"{'#' * max(2, int(heading[1]))} {_inline(heading[2])}"
    item = _ITEM.fullmatch(line.strip())
    if item and line.strip("- "):
        mark = "1." if item[1][-1] == "#" else "-"
        return f"{'   ' * (len(item[1]) - 1)}{mark} {_inline(item[2])}"
    if line.strip().startswith("bq. "):
        return f"> {_inline(line.strip()[4:])}"
    return _inline(line)


def _row(line: str, *, first: bool) -> Iterator[str]:
    heads = line.startswith("||")
    cells = [each.strip() for each in re.split(r"\|\|?(?![^\[\n]*\])", line.strip("|"))]
    yield f"| {' | '.join(map(_inline, cells))} |"
    if first or heads:
        yield f"|{' --- |' * len(cells)}"


def _inline(text: str) -> str:
    text = _IMAGE.sub(r"(\1)", _MACRO.sub("", text))
    parts, end = [], 0
    for link in _LINK.finditer(text):
        parts += [_marked(text[end : link.start()]), _linked(link)]
        end = link.end()
    return "".join((*parts, _marked(text[end:])))


def _linked(link: re.Match[str]) -> str:
    words, target = (link[1] or "").strip(), link[2].strip()
    if target.startswith("~"):
        return words or "…"
    if not target.startswith(("http://", "https://")):
        return words or link[0]
    return f"[{words}]({target})" if words and words != target else f"<{target}>"


def _marked(text: str) -> str:
    for pattern, made in _INLINE:
        text = pattern.sub(made, text)
    return text
