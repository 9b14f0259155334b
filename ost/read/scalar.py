"""Writes values as YAML on one line, quoted where YAML requires it."""

import json
import re

from ost.read.value import Mapping, Scalar, Sequence, Value

_TYPED = re.compile(r"[\d.+-].*|(?:y|n|yes|no|true|false|on|off|null|~)", re.IGNORECASE | re.DOTALL)
_BARE = re.compile(r"[^\W_](?:[\w./-]|[ ](?=[\w./-]))*")
_ESCAPED = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def line(text: str) -> str:
    """The text on one line, without characters that YAML forbids."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", " ", text).split())


def scalar(value: str) -> str:
    """Text as a YAML value: flow lists and mappings stay as they are, other text is quoted if
    needed.
    """
    value = line(value)
    if value[:1] in "[{" and value[-1:] in "]}":
        return value
    safe = re.fullmatch(r"[\w./(][^#\n]*", value) and not re.search(r":(\s|$)|\s$", value)
    return value if safe else json.dumps(value, ensure_ascii=False)


def to_yaml(value: Value) -> str:
    """A value as YAML on one line."""
    match value:
        case Scalar(type="null"):
            return ""
        case Scalar(type="str"):
            plain = _BARE.fullmatch(value.text) and not _TYPED.fullmatch(value.text)
            return value.text if plain else _quoted(value.text)
        case Scalar():
            return value.text
        case Sequence():
            return f"[{', '.join(to_yaml(each) or 'null' for each in value.items)}]"
        case Mapping():
            pairs = (f"{to_yaml(key)}: {to_yaml(inner)}" for key, inner in value.pairs)
            return f"{{{', '.join(pairs)}}}"


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
