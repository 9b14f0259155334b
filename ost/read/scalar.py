"""A value as YAML writes it: text on one line, quoted where it must be."""

import json
import re


def line(text: str) -> str:
    """The text on one line, without characters that YAML does not allow."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", " ", text).split())


def scalar(value: str) -> str:
    """A value that YAML reads back: flow lists and maps stay, text is quoted if needed."""
    value = line(value)
    if value[:1] in "[{" and value[-1:] in "]}":
        return value
    safe = re.fullmatch(r"[\w./(][^#\n]*", value) and not re.search(r":(\s|$)|\s$", value)
    return value if safe else json.dumps(value, ensure_ascii=False)
