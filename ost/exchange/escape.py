"""Escapes content for output, with one function for each place where text could act as a command.

Names, ids, words and rule names may contain anything. Each function keeps the text and disarms the
commands in it. Where the text must not change, the function writes its characters in an equivalent
form.
"""

import re
from functools import cache
from unicodedata import category

from ost.expression import expression

JOINERS = frozenset("\u200b\u200c\u200d\ufe0e\ufe0f")
"""Harmless zero-width characters that join or separate letters."""

_PARTING = "\u200b"
_COLOUR = r"\033\[[\d;]*m"
# Control characters, direction marks, odd line ends, halves of characters.
_WILD = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufeff\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_STRAY = expression(f"({_COLOUR})|[{_WILD}]")
_IN_JSON = expression(f"[{_WILD}]|##(?=\\[|vso\\[|teamcity\\[)")
_COMMAND = expression(rf"^((?:\s|{_COLOUR})*)(?=::.*::)", re.MULTILINE)
_ANYWHERE = expression(r"##(?=\[|vso\[|teamcity\[)")


def terminal(text: str) -> str:
    """The text on one line, without control characters."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(each) for each in text)


def _shown(character: str) -> str:
    kind = category(character)
    if character in "\t\n" or kind[0] == "Z":
        return " "
    return "\N{REPLACEMENT CHARACTER}" if kind[0] == "C" and character not in JOINERS else character


def log(text: str, ours: str = "") -> str:
    """Lines that people and a CI server read, without commands for the server (`::name::` at the
    start of a line, `##[name]` anywhere) or for a terminal. Our own colours stay, and so do links
    with the mark `ours`, which content cannot know.
    """
    stray = _STRAY if not ours else _stray(ours)
    text = stray.sub(lambda found: found[1] or "\N{REPLACEMENT CHARACTER}", text)
    if "::" in text:
        text = _COMMAND.sub(rf"\g<1>{_PARTING}", text)
    return _ANYWHERE.sub(f"##{_PARTING}", text) if "##" in text else text


def link(uri: str, text: str, ours: str) -> str:
    """A link in a terminal (OSC 8), if its address has only plain characters."""
    if not ours or not _ADDRESS.fullmatch(uri):
        return text
    return f"\033]8;id={ours};{uri}\033\\{text}\033]8;;\033\\"


_ADDRESS = expression(r"[!#-:=?-Z_a-z~]+")


@cache
def _stray(ours: str) -> re.Pattern[str]:
    """The characters to remove, except links with this mark and their ends."""
    links = rf"\033\]8;(?:id={re.escape(ours)};{_ADDRESS.pattern}|;)\033\\"
    return re.compile(f"({_COLOUR}|{links})|[{_WILD}]")


def json(text: str) -> str:
    """JSON with the same values, without commands for a terminal or a CI server."""
    return _IN_JSON.sub(_as_json, text)


def _as_json(found: re.Match[str]) -> str:
    if found[0] == "##":
        return r"#\u0023"
    data = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{data[at : at + 4]}" for at in range(0, len(data), 4))


def xml(text: str) -> str:
    """One line for XML, in an element or in double quotes, that does not begin with a command."""
    text = terminal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = text.replace('"', "&quot;").replace("##", "#&#35;")
    return re.sub(r"^(\s*)::", r"\1&#58;:", text)


def workflow(text: str) -> str:
    """The message of a GitHub workflow command."""
    text = terminal(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return _ANYWHERE.sub(f"##{_PARTING}", text)


def workflow_property(text: str) -> str:
    """A property of a GitHub workflow command."""
    return workflow(text).replace(":", "%3A").replace(",", "%2C")


def markdown(text: str) -> str:
    """Text inside a line of Markdown, without markup, links, pictures or mentions. Backslashes
    would not be enough: hosts also find `@name` and `#1` in the rendered text.
    """
    text = re.sub(r"([\\|`*_<>\[\]&~$]|(?<=\w):(?=//)|(?<=www)\.)", r"\\\1", terminal(text))
    return re.sub(r"([@#])(?=\w)", rf"\1{_PARTING}", text)
