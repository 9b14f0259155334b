"""Guesses a text's encoding from its bytes."""

import codecs


def decoded(data: bytes) -> tuple[str, str]:
    """A text, and the name of its encoding if that is not UTF-8. No byte is lost silently."""
    if name := _wide(data):
        return data.decode(name, "replace"), name.upper()[:6]
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "Windows-1252"


def _wide(data: bytes) -> str:
    """The encoding if characters have more than one byte: by its mark, or because every other byte
    is zero; "" otherwise.
    """
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return name
    head = data[:_HEAD]
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = head[start::2].count(0), head[1 - start :: 2].count(0)
        if len(data) % 2 == 0 and zeros > len(head) // 4 and not others:
            return name
    return ""


_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_HEAD = 4000
"""How many bytes are searched for zeros."""
