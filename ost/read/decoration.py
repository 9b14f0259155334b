"""Removes what is written around words but is not part of them.

Checkboxes, callout markers, block ids, tags, `==marks==`, a transcriber's `(laughs)`, the label of
a speaker and the attribution of a quote. Stance, words, quotes and comparisons all use what
remains.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Container
from functools import lru_cache
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from ost.expression import expression
from ost.notation import CALLOUT, normalize_bullets
from ost.read.inline import InlineText, code_spans, collapse_spaces
from ost.read.transcript import INTERVIEWER_LABELS, PARTICIPANT_LABELS

_CHECKBOX = expression(r"\[[ xX/-]\](?:[ \t\u00a0]+|$)")
_FOOTNOTE = expression(r"\[\^[\w-]+\]")
_ANCHORED = expression(r"(?:^|(?<!\s)\s++)\^[\w-]+(?=(?:\s+#[\w/-]+)*\s*$)")
_TAGS = expression(r"(?:(?:^|\s+)#(?=[\w/-]*[^\W\d])[\w/-]+)+$|^(?:#(?=[\w/-]*[^\W\d])[\w/-]+\s+)+")
_HIGHLIGHT = expression(r"(?<![\\=])(==)(?=[^\s=])[^=]+(?<=\S)(==)(?!=)")
_ON_PAGE = expression(r"(?<![\\\[])(!?\[\[#(?:[^\[\]|\\]*\\?\|(?=[^\[\]]))?)[^\[\]|]+(\]\])")
"""A link to a heading on its own page, `[[#heading]]`."""
_ASIDES = (
    r"laugh(?:s|ed|ing|ter)?|chuckl(?:es|ed|ing)|giggl(?:es|ing)|sigh(?:s|ed|ing)?"
    r"|paus(?:e|es|ed|ing)|cough(?:s|ing)?|cross[- ]?talk|inaudible|unintelligible|indistinct"
    r"|silence|silent|music|applause|overlapping|overtalk(?:ing)?|cr(?:ies|ying)|sniff(?:s|les|ing)?"
    r"|clear(?:s|ing) throat|nod(?:s|ding)?|shrug(?:s|ging)?|smil(?:es|ing)|grin(?:s|ning)"
    r"|background noise|noise|beat|gestures?|gesturing|phone rings|typing|breath(?:es|ing)?|sic"
    r"|lacht|lachen|seufzt|unverständlich|rires?|inaudible|risas|risa"
)
_BEGIN_OF_ASIDE = expression(rf"[(\[](?:[\w']+ ){{0,2}}(?:{_ASIDES})", re.IGNORECASE)
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
_PARTICIPANTS = PARTICIPANT_LABELS | {"patient", "subject", "speaker"}
_INTERVIEWERS = INTERVIEWER_LABELS | {
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
_DASH = expression("[—–―]")

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
"""Punctuation between a link and the words after it."""


def _blank_marker(found: re.Match[str]) -> str:
    """The start of a callout with spaces in place of its marker. Before a title the spaces do not
    indent.
    """
    title = found["title"]
    if title is None:
        return found[1] + " " * (found.end() - found.end(1))
    return found[1] + "\u00a0" * len(found["marker"]) + title


def normalize(text: str) -> str:
    """A body with spaces in place of callout markers, and with bullets that Markdown knows.
    Everything keeps its place.
    """
    if "!" in text and "[!" in text:  # searching for one character first is much faster
        text = CALLOUT.sub(_blank_marker, text)
    return normalize_bullets(text)


def callout_title_rows(body: str) -> frozenset[int]:
    """The rows of callout titles, which are shown but are not speech."""
    rows = enumerate(body.split("\n")) if "!" in body and "[!" in body else ()
    return frozenset(row for row, line in rows if (found := CALLOUT.match(line)) and found["title"])


def silent_places(content: str) -> list[tuple[int, int]]:
    """The places of markup in a block's text that is not shown: the block id at its end, both ends
    of `==marks==`, and what surrounds the words of a link to its own page. Code has none.
    """
    anchored = _ANCHORED.search(content) if "^" in content else None
    found = [(anchored.span(),)] if anchored else []
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


_MASK, _MASKED = "\u2e28", "\u2e29"
"""Replacement characters for hidden markup: brackets that no one writes."""
_MASK_RUN = expression(f"{_MASK}{_MASKED}+")


def mask(content: str, places: list[tuple[int, int]]) -> str:
    """A block's text with hidden markup replaced by characters that mean nothing in Markdown.
    Everything keeps its place.
    """
    pieces: list[str] = []
    done = 0
    for start, end in places:
        if done <= start:
            pieces += (content[done:start], _MASK, _MASKED * (end - start - 1))
            done = end
    return "".join((*pieces, content[done:]))


def unmask(inline: InlineText) -> InlineText:
    """An inline text without the replacement characters."""
    if _MASK not in inline.text and not any(_MASK in each.target for each in inline.links):
        return inline
    links = [
        replace(
            each,
            target=_MASK_RUN.sub("==", each.target),
            heading=_MASK_RUN.sub("==", each.heading),
            words=collapse_spaces(_MASK_RUN.sub("", each.words)),
        )
        for each in inline.links
    ]
    words = collapse_spaces(_MASK_RUN.sub("", inline.text))
    return InlineText(words, tuple(links), inline.stamps, inline.unseen)


def plain(text: str) -> str:
    """The words of a list item or quote."""
    if text[:1] == "[" and (box := _CHECKBOX.match(text)):
        text = text[box.end() :]
    if "#" in text:
        text = _TAGS.sub("", text)
    if "[^" in text:
        text = _FOOTNOTE.sub("", text)
    if ("(" in text or "[" in text) and _BEGIN_OF_ASIDE.search(text):  # a tenth of the time
        text = _ASIDE.sub("", text)
    return text.strip()


class Stance(Struct, frozen=True):
    """Whether an item speaks against what it links, whether that is certain, and its words."""

    against: bool
    certain: bool
    words: str


def stance(text: str, link_words: str) -> Stance:
    """The stance of an item towards the link in it that is shown as `link_words`."""
    symbols = _SYMBOLS.match(text)
    item = text[symbols.end() :] if symbols else text
    at = find_words(item, link_words) if link_words else -1
    before, behind = (item[:at], item[at + len(link_words) :]) if at >= 0 else ("", item)
    alone = before.strip(_BRACKETS + JOINT)
    if _ALONE.fullmatch(alone):
        return Stance(against=True, certain=True, words=behind.strip(JOINT))
    start = item.lstrip(_BRACKETS)
    if leads := _LEADS.match(start):
        words = start[leads.end() :].lstrip(JOINT + ")]*_").removeprefix(link_words)
        return Stance(against=True, certain=True, words=words.strip(JOINT))
    words = behind if not alone else item
    if not alone and (found := _BEHIND.match(behind)):
        return Stance(against=True, certain=True, words=behind[found.end() :].strip(JOINT))
    against = _AGAINST_WORD.search(before) if before else None
    doubtful = bool(against and not _CLAUSE.search(before, against.end()))
    doubtful |= bool(symbols and _NEGATIVE & set(symbols[0]))
    return Stance(against=False, certain=not doubtful, words=words.strip(JOINT))


def find_words(text: str, words: str, start: int = 0) -> int:
    """Where a link shown as `words` is in a text, or -1. Skips matches inside a word (`gain` in
    `against`) if there is another.
    """
    first = found = text.find(words, start)
    while found >= 0 and _within_a_word(text, found, found + len(words)):
        found = text.find(words, found + 1)
    return first if found < 0 else found


def _within_a_word(text: str, start: int, end: int) -> bool:
    return (start > 0 and text[start - 1 : start + 1].isalnum()) or (
        end < len(text) and text[end - 1 : end + 1].isalnum()
    )


class QuoteWords(Struct, frozen=True):
    """A quote's words. `by_interviewer` is set if the label names someone other than the
    participant.
    """

    words: str
    by_interviewer: bool = False


OPENING_MARKS = frozenset('“"„«‹「『‟')
"""The opening quotation marks."""
_OPENING_MARK = expression(f"[{''.join(sorted(OPENING_MARKS))}]")
_QUOTATION = expression(
    r"[“\"„«‹「『‟](?P<words>[^“\"„«»‹›「」『』”]+)[”\"“»›」』](?P<end>[.,!?]?)"
)


def quotation(text: str) -> str:
    """The words of a text that is wholly in quotation marks, otherwise ""."""
    if _has_no_quotes(text):
        return ""
    words = _unquote(plain(text))
    return words if " " in words or not words.isascii() else ""


def _has_no_quotes(text: str) -> bool:
    """Whether a text certainly has no quotation marks. True for nearly all, in a tenth of
    the time.
    """
    return '"' not in text and (text.isascii() or not _OPENING_MARK.search(text))


def _unquote(text: str) -> str:
    """The words in the quotation marks around a text, or "" unless it is in one pair."""
    if _has_no_quotes(text):
        return ""
    found = _QUOTATION.fullmatch(text)
    return found["words"].strip() if found else ""


def quote_words(
    text: str, interviewers: Container[str] = (), participants: Container[str] = ()
) -> QuoteWords:
    """A quote without its speaker's label and quotation marks, which pages add again.
    `interviewers` and `participants` are names from front matter, as `person_key` returns them.
    """
    text = plain(text)
    found = _LABEL.match(text) if ":" in text else None
    side = speaker_side(found["name"], interviewers, participants) if found else ""
    words = text[found.end() :].strip() if found and side else text
    return QuoteWords(_unquote(words) or words, by_interviewer=side == "interviewer")


def attribution(content: str, names: Container[str] = ()) -> int | None:
    """The start of a quote's attribution (`— P07`), on a line of its own or after the last
    sentence, or None.
    """
    if (
        "--" not in content
        and "\n" not in content
        and content.lstrip(" \t")[:1] not in _DASHES
        and (content.isascii() or not _DASH.search(content))
    ):  # nearly all texts, in a tenth of the time
        return None
    for pattern, alone in ((_OWN_LINE, True), (_ATTRIBUTION, False)):
        found = pattern.search(content)
        if found and _is_person(found["name"], names, alone=alone):
            return found.start()
    return None


def _is_person(written: str, names: Container[str], *, alone: bool) -> bool:
    """Whether the words after a dash name a person."""
    words = re.sub(r"[\[(][^\])]*[\])]|[*_]", " ", re.sub(r"\[\[|\]\]", "", written))
    first = re.split(r"[,;/|·]", words)[0].strip()
    if not first:
        return False
    if person_key(first) in names or _CODE.fullmatch(first) or first.casefold() in _PARTICIPANTS:
        return True
    parts = first.split()
    if parts[0].casefold() in _PARTICIPANTS | {"a", "an", "the"} and len(parts) <= 6:
        return alone or parts[0].casefold() in _PARTICIPANTS
    return (
        len(parts) <= 3 and all(each[0].isupper() for each in parts) and (alone or len(parts) > 1)
    )


def speaker_side(label: str, interviewers: Container[str], participants: Container[str]) -> str:
    """The side a label names: "participant", "interviewer", or "" if it may start a sentence."""
    name = label.strip()
    if person_key(name) in participants:
        return "participant"
    if person_key(name) in interviewers:
        return "interviewer"
    word = re.sub(r"[\s_-]*\d{1,3}$", "", name).casefold()
    if word in _INTERVIEWERS:
        return "interviewer"
    if word in _PARTICIPANTS or _CODE.fullmatch(name) or name in {"A", "P", "U"}:
        return "participant"
    return ""


@lru_cache(maxsize=1024)
def person_key(name: str) -> str:
    """A person's name for comparison, without case, spaces and punctuation."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(each for each in folded if each.isalnum())
