"""Words as a query for the full-text index.

Words found are marked by two private characters, never by HTML.
"""

from datasette_ost.datasette_api import escape_fts

BEGIN, END = "\ue000", "\ue001"

LONGEST = 200


def match(query: str) -> str:
    """The query for the index: each word as it is, the last one also as a beginning."""
    words = escape_fts(query.replace("\0", " ")[:LONGEST]).strip()
    if not any(each.isalnum() for each in words):
        return ""
    return f"{words}*" if words.endswith('"') and query[-1:].isalnum() else words
