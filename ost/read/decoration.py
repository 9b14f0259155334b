"""What is written around words and is none of them: the one place that takes it off.

Checkboxes, heads of callouts, block ids, tags, `==marks==`, a transcriber's `(laughs)`, the label
of who speaks and the attribution behind a quote. Stance, words, quotes and comparisons all look at
what is left.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection
from functools import lru_cache
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from ost.expression import expression
from ost.notation import CALLOUT, known_signs
from ost.read.inline import InlineText, code_spans, squeezed
from ost.read.transcript import ANSWERING, ASKING

_CHECKBOX = expression(r"\[[ xX/-]\](?:[ \t\u00a0]+|$)")
_FOOTNOTE = expression(r"\[\^[\w-]+\]")
_ANCHORED = expression(r"(?:^|(?<!\s)\s++)\^[\w-]+(?=(?:\s+#[\w/-]+)*\s*$)")
_TAGS = expression(r"(?:(?:^|\s+)#(?=[\w/-]*[^\W\d])[\w/-]+)+$|^(?:#(?=[\w/-]*[^\W\d])[\w/-]+\s+)+")
_HIGHLIGHT = expression(r"(?<![\\=])(==)(?=[^\s=])[^=]+(?<=\S)(==)(?!=)")
_ON_PAGE = expression(r"(?<![\\\[])(!?\[\[#(?:[^\[\]|\\]*\\?\|(?=[^\[\]]))?)[^\[\]|]+(\]\])")
"""A link to a place on its own page, `[[#heading]]`."""
_ASIDES = (
    r"laugh(?:s|ed|ing|ter)?|chuckl(?:es|ed|ing)|giggl(?:es|ing)|sigh(?:s|ed|ing)?"
    r"|paus(?:e|es|ed|ing)|cough(?:s|ing)?|cross[- ]?talk|inaudible|unintelligible|indistinct"
    r"|silence|silent|music|applause|overlapping|overtalk(?:ing)?|cr(?:ies|ying)|sniff(?:s|les|ing)?"
    r"|clear(?:s|ing) throat|nod(?:s|ding)?|shrug(?:s|ging)?|smil(?:es|ing)|grin(?:s|ning)"
    r"|background noise|noise|beat|gestures?|gesturing|phone rings|typing|breath(?:es|ing)?|sic"
    r"|lacht|lachen|seufzt|unverständlich|rires?|inaudible|risas|risa"
)
_ASIDE = expression(
    rf"(?:(?<!\s)\s++)?(?:\((?P<round>(?:[\w']+ ){{0,2}}(?:{_ASIDES})(?: [\w':.]+){{0,3}})\)"
    rf"|\[(?P<square>(?:[\w']+ ){{0,2}}(?:{_ASIDES})(?: [\w':.]+){{0,3}})\])",
    re.IGNORECASE,
)

_LABEL = expression(
    r"(?P<strong>\*\*|__)?(?P<name>[^\W_][\w.'’ -]{0,30}?)"
    r"(?P<time>\s*[\[(][\d:.,]+[\])])?\s*(?(strong)(?::(?P=strong)|(?P=strong)\s*:)|:)(?=\s)"
)
_CODE = expression(r"[A-Za-z]{1,3}[-_ ]?\d{1,4}")
_THEIRS = ANSWERING | {"patient", "subject", "speaker"}
_OURS = ASKING | {
    *("interviewers", "q", "question", "pm", "designer", "engineer"),
    *("me", "us", "we", "ich", "wir"),
}
_ATTRIBUTION = expression(
    r"(?:(?<=[.!?…\"”’»“\])])|^)\s*(?:[—–―]|--)\s*(?P<name>(?:\[\[)?[^\W_][^.!?…\n]{0,60})\.?\s*$"
)
_OWN_LINE = expression(
    r"(?:^|\n)[ \t]*(?:[—–―]|--?|~)[ \t]*(?P<name>(?:\[\[)?[^\W_][^\n]{0,80})\s*$"
)

_DASHES = frozenset(["-", "~"])

_SYMBOLS = expression(
    r"(?:[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]\s*)+"
)
_NEGATIVE = frozenset("👎❌✖✗✘🚫⛔🙅")
_AGAINST = r"(?:speaks |argues |evidence )?against|contra|contradicts|counter-?evidence"
_AGAINST_WORD = expression(r"\bagainst\b", re.IGNORECASE)
_LEADS = expression(rf"(?:{_AGAINST})(?=$|\s*[:,;.)\]–—-])", re.IGNORECASE)
_ALONE = expression(rf"(?:{_AGAINST})", re.IGNORECASE)
_BEHIND = expression(
    r"\s*(?:[(\[]\s*against\s*[)\]]|[:–—-]\s*against\s*(?:[:.,;–—-]|$))", re.IGNORECASE
)
_CLAUSE = expression(r"[,;.]|\b(?:but|yet|though|although|however|while)\b", re.IGNORECASE)
_BRACKETS = " \t\n\u00a0()[]{}*_\"'“”"
JOINT = " \t\n\u00a0:;,.-–—|"
"""What joins a link to the words behind it."""


def _unmarked_head(found: re.Match[str]) -> str:
    """The beginning of a callout with blanks for its marker; before a title, blanks that do not
    indent.
    """
    title = found["title"] or ""
    return found[1] + ("\u00a0" if title else " ") * len(found["marker"]) + title


def shaped(text: str) -> str:
    """A body in which the markers of callouts are blank and signs are those that Markdown knows;
    whatever else it says keeps its place.
    """
    if "[!" in text:
        text = CALLOUT.sub(_unmarked_head, text)
    return known_signs(text)


def titled(body: str) -> frozenset[int]:
    """The rows in which a callout has a title: it is shown, but is not what was said."""
    rows = enumerate(body.split("\n")) if "[!" in body else ()
    return frozenset(row for row, line in rows if (found := CALLOUT.match(line)) and found["title"])


def silent(content: str) -> list[tuple[int, int]]:
    """The places of signs in a block's text that say nothing to readers: the block id at its end,
    both ends of `==marks==`, and what is around the words of a link to a place on its own page.
    Code has none.
    """
    found = [(each.span(),) for each in [_ANCHORED.search(content)] if each]
    pairs = []
    if "==" in content:
        pairs += [(each.span(1), each.span(2)) for each in _HIGHLIGHT.finditer(content)]
    if "[[#" in content:
        pairs += [(each.span(1), each.span(2)) for each in _ON_PAGE.finditer(content)]
    spans = code_spans(content) if (found or pairs) and "`" in content else []
    return sorted(
        place
        for places in (*found, *pairs)
        if not any(_within(start, spans) for start, _ in places)
        for place in places
    )


def _within(at: int, spans: list[tuple[int, int]]) -> bool:
    number = bisect_right(spans, at, key=itemgetter(0)) - 1
    return number >= 0 and at < spans[number][1]


_STANDS, _GONE = "\u2e28", "\u2e29"
"""What stands for signs that are silent: brackets, as most of them are, that no one writes."""
_SILENCED = expression(f"{_STANDS}{_GONE}+")


def silenced(content: str, places: list[tuple[int, int]]) -> str:
    """A block's text with something in these places that means nothing in Markdown; whatever else
    it says keeps its place.
    """
    pieces: list[str] = []
    done = 0
    for start, end in places:
        if done <= start:
            pieces += (content[done:start], _STANDS, _GONE * (end - start - 1))
            done = end
    return "".join((*pieces, content[done:]))


def unsigned(said: InlineText) -> InlineText:
    """What a text says without what stands for silent signs."""
    if _STANDS not in said.text and not any(_STANDS in each.target for each in said.links):
        return said
    links = [
        replace(
            each,
            target=_SILENCED.sub("==", each.target),
            heading=_SILENCED.sub("==", each.heading),
            words=squeezed(_SILENCED.sub("", each.words)),
        )
        for each in said.links
    ]
    return InlineText(squeezed(_SILENCED.sub("", said.text)), tuple(links), said.stamps)


def plain(text: str) -> str:
    """The words of a list item or a quote."""
    if text[:1] == "[" and (box := _CHECKBOX.match(text)):
        text = text[box.end() :]
    if "#" in text:
        text = _TAGS.sub("", text)
    if "[^" in text:
        text = _FOOTNOTE.sub("", text)
    if "(" in text or "[" in text:
        text = _ASIDE.sub("", text)
    return text.strip()


class Stance(Struct, frozen=True):
    """Whether an item speaks against what it links, whether that is certain, and its words."""

    against: bool
    certain: bool
    words: str


def stance(text: str, called: str) -> Stance:
    """The stance of an item's words towards the link in it that is shown as `called`."""
    symbols = _SYMBOLS.match(text)
    item = text[symbols.end() :] if symbols else text
    at = shown_at(item, called) if called else -1
    before, behind = (item[:at], item[at + len(called) :]) if at >= 0 else ("", item)
    alone = before.strip(_BRACKETS + JOINT)
    if _ALONE.fullmatch(alone):
        return Stance(against=True, certain=True, words=behind.strip(JOINT))
    start = item.lstrip(_BRACKETS)
    if leads := _LEADS.match(start):
        words = start[leads.end() :].lstrip(JOINT + ")]*_").removeprefix(called)
        return Stance(against=True, certain=True, words=words.strip(JOINT))
    words = behind if not alone else item
    if not alone and (found := _BEHIND.match(behind)):
        return Stance(against=True, certain=True, words=behind[found.end() :].strip(JOINT))
    against = _AGAINST_WORD.search(before) if before else None
    doubtful = bool(against and not _CLAUSE.search(before, against.end()))
    doubtful |= bool(symbols and _NEGATIVE & set(symbols[0]))
    return Stance(against=False, certain=not doubtful, words=words.strip(JOINT))


def shown_at(text: str, words: str, start: int = 0) -> int:
    """Where a link that is shown as `words` stands in a text, -1 if nowhere: neither `gain` nor `a`
    is in `against` where it can be a word of its own.
    """
    first = found = text.find(words, start)
    while found >= 0 and _within_a_word(text, found, found + len(words)):
        found = text.find(words, found + 1)
    return first if found < 0 else found


def _within_a_word(text: str, start: int, end: int) -> bool:
    return (start > 0 and text[start - 1 : start + 1].isalnum()) or (
        end < len(text) and text[end - 1 : end + 1].isalnum()
    )


class Quoted(Struct, frozen=True):
    """A quote's words; `asked` when the label says that it was not the participant who spoke."""

    words: str
    asked: bool = False


_QUOTATION = expression(
    r"[“\"„«‹「『‟](?P<words>[^“\"„«»‹›「」『』”]+)[”\"“»›」』](?P<end>[.,!?]?)"
)


def quotation(text: str) -> str:
    """The words of a text that is wholly in quotation marks; else ""."""
    if _has_no_marks(text):
        return ""
    words = _unmarked(plain(text))
    return words if " " in words or not words.isascii() else ""


def _has_no_marks(text: str) -> bool:
    """Whether a text certainly has no quotation marks: nearly all, in a tenth of the time."""
    return text.isascii() and '"' not in text


def _unmarked(text: str) -> str:
    """What is between the quotation marks around a text; "" where it is not in one pair of them."""
    if _has_no_marks(text):
        return ""
    found = _QUOTATION.fullmatch(text)
    return found["words"].strip() if found else ""


def quoted(text: str, ours: Collection[str] = (), theirs: Collection[str] = ()) -> Quoted:
    """A quote without the label of who speaks and without quotation marks around it, which
    whoever shows it adds. `ours` and `theirs` are names that front matter gives, as `person` has
    them.
    """
    text = plain(text)
    found = _LABEL.match(text) if ":" in text else None
    side = whose(found["name"], ours, theirs) if found else ""
    words = text[found.end() :].strip() if found and side else text
    return Quoted(_unmarked(words) or words, asked=side == "ours")


def attribution(content: str, names: Collection[str] = ()) -> int | None:
    """Where the attribution of a quote begins (`— P07`), on a line of its own or behind the last
    sentence; None when there is none.
    """
    if (
        content.isascii()
        and "--" not in content
        and "\n" not in content
        and content.lstrip(" \t")[:1] not in _DASHES
    ):  # nearly all: a tenth of the time
        return None
    for pattern, alone in ((_OWN_LINE, True), (_ATTRIBUTION, False)):
        found = pattern.search(content)
        if found and _names(found["name"], names, alone=alone):
            return found.start()
    return None


def _names(written: str, names: Collection[str], *, alone: bool) -> bool:
    """Whether the words behind a dash name somebody."""
    words = re.sub(r"[\[(][^\])]*[\])]|[*_]", " ", re.sub(r"\[\[|\]\]", "", written))
    first = re.split(r"[,;/|·]", words)[0].strip()
    if not first:
        return False
    if person(first) in names or _CODE.fullmatch(first) or first.casefold() in _THEIRS:
        return True
    parts = first.split()
    if parts[0].casefold() in _THEIRS | {"a", "an", "the"} and len(parts) <= 6:
        return alone or parts[0].casefold() in _THEIRS
    return (
        len(parts) <= 3 and all(each[0].isupper() for each in parts) and (alone or len(parts) > 1)
    )


def whose(label: str, ours: Collection[str], theirs: Collection[str]) -> str:
    """Whose label it is: "theirs", "ours", or "" when it may be the beginning of a sentence."""
    name = label.strip()
    if person(name) in theirs:
        return "theirs"
    if person(name) in ours:
        return "ours"
    word = re.sub(r"[\s_-]*\d{1,3}$", "", name).casefold()
    if word in _OURS:
        return "ours"
    if word in _THEIRS or _CODE.fullmatch(name) or name in {"A", "P", "U"}:
        return "theirs"
    return ""


@lru_cache(maxsize=1024)
def person(name: str) -> str:
    """A person's name as it is compared: without case, blanks and punctuation."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(each for each in folded if each.isalnum())
