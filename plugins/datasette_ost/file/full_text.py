"""Turns words into a query for the full-text index. Two private-use characters mark the matches,
never HTML.
"""

import re

from datasette_ost.datasette_api import escape_fts

BEGIN, END = "\ue000", "\ue001"

LONGEST = 200

_TERMS = 5
_SHORTEST = 3
"""Shorter words occur inside too many others."""
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0002ffff]"
)
"""Scripts without spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""


def match(query: str) -> str:
    """The query for the index: each word as it is, and the last one also as a prefix."""
    words = escape_fts(query.replace("\0", " ")[:LONGEST]).strip()
    if not any(each.isalnum() for each in words):
        return ""
    return f"{words}*" if words.endswith('"') and query[-1:].isalnum() else words


def contains_words(query: str) -> tuple[str, dict[str, str]]:
    """The SQL condition that a node has each word of a query anywhere in its id or title, or in its
    text if the word's script has no spaces; "" if that adds nothing.
    """
    terms = query.replace("\0", " ")[:LONGEST].split()[:_TERMS]
    if not terms or any(len(each) < _SHORTEST and not _UNSPACED.search(each) for each in terms):
        return "", {}
    conditions, asked = [], {}
    for number, term in enumerate(terms):
        name = f"inside_{number}"
        places = ["node.id", "node.title"]
        if _UNSPACED.search(term):
            places.append("node.body")
        asked[name] = f"%{_escaped(term)}%"
        parts = (f"{each} like :{name} escape '\\'" for each in places)
        conditions.append(f"({' or '.join(parts)})")
    return " and ".join(conditions), asked


def unspaced_words(query: str) -> list[str]:
    """The words of a query, if all of them are in scripts without spaces between words."""
    terms = query.replace("\0", " ")[:LONGEST].split()[:_TERMS]
    return terms if all(_UNSPACED.search(term) for term in terms) else []


def inside(column: str, terms: list[str]) -> tuple[str, dict[str, str]]:
    """The SQL condition that a column contains each of the words."""
    parts = (f"{column} like :inside_{number} escape '\\'" for number in range(len(terms)))
    asked = {f"inside_{number}": f"%{_escaped(term)}%" for number, term in enumerate(terms)}
    return " and ".join(parts), asked


def _escaped(term: str) -> str:
    return re.sub(r"([%_\\])", r"\\\1", term)
