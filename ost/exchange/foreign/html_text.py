"""Converts HTML in cells and outlines to Markdown. Only text, links and lists remain."""

import re
from html.parser import HTMLParser

_TAG = re.compile(
    r"</?(?:p|div|br|ul|ol|li|b|strong|i|em|u|s|a|span|h[1-6]|blockquote|code)\b[^<>]*>",
    re.IGNORECASE,
)
_STRAY = re.compile(r"<(?!/?[a-zA-Z][^<>]*>)")
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
_SILENT = frozenset(("script", "style", "head", "title"))


def markdown(text: str) -> str:
    """A text with HTML tags as Markdown; other text unchanged."""
    if not _TAG.search(text):
        return text
    reading = _Reading()
    reading.feed(_STRAY.sub("&lt;", text))
    reading.close()
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", "".join(reading.made))).strip()


class _Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.made: list[str] = []
        self._lists: list[str] = []
        self._addresses: list[str] = []
        self._silent = 0

    def _add(self, text: str) -> None:
        if text:
            self.made.append(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag in ("ul", "ol"):
            self._lists.append("1." if tag == "ol" else "-")
        elif tag == "li":
            mark = self._lists[-1] if self._lists else "-"
            self._add(f"\n{'   ' * (min(len(self._lists), 9) - 1)}{mark} ")
        elif tag == "a":
            address = dict(attrs).get("href") or ""
            self._addresses.append(address if address.startswith(("http://", "https://")) else "")
            self._add("[" if self._addresses[-1] else "")
        elif re.fullmatch("h[1-6]", tag):
            self._add(f"\n\n{'#' * max(2, int(tag[1]))} ")
        elif tag == "blockquote":
            self._add("\n\n> ")
        elif tag in ("p", "div") and (
            not self.made or self.made[-1][-2:] not in ("- ", ". ", "> ")
        ):
            self._add("\n\n")
        self._add("\n" if tag == "br" else _MARKS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            self._add("\n\n" if not self._lists else "")
        elif tag == "a" and self._addresses:
            address = self._addresses.pop()
            self._add(f"]({address})" if address else "")
        elif tag in ("p", "div", "blockquote") or re.fullmatch("h[1-6]", tag):
            self._add("\n\n")
        self._add(_MARKS.get(tag, ""))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._add(re.sub(r"[ \t]*\n[ \t]*", " " if self.made else "", data))
