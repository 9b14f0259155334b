"""What a guide means to be said to a participant; its goals and notes are left out."""

import re
from collections.abc import Iterator

from ost.coach.saying import Said
from ost.coach.sentences import english, sentences

_HEADING = re.compile(r"\s{0,3}(#{1,6})(.+)")
_BOLD = re.compile(r"\s*(?:\*\*|__)([^*_]{2,80}?)(?:\*\*|__)\s*+:?\s*+$")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_BULLET = re.compile(r"\s*+(?:>\s*+)*+(?:[-*+•]|\d{1,3}[.)]|[a-zA-Z][.)])\s+(?:\[[ xX]\]\s+)?")
_LABEL = re.compile(
    r"^\W*+(?:if [^:?.]{1,60}|probes?|prompts?|follow[- ]?ups?|ask|say|script|question|q|task|"
    r"scenario|intro(?:duction)?|q?\d{1,9})\s*+[.:]\W*+",
    re.IGNORECASE,
)
_UNSAID = re.compile(
    r"\b(?:goals?|objectives?|research questions?|hypothes[ei]s|assumptions|watch for|look(?:ing)? "
    r"for|notes? (?:to|for)|methodology|logistics|recruit\w*|schedule|background|purpose|timeline|"
    r"participants|(?:to )?learn|what we(?:'re| are| want)|analysis|outcomes?|references|resources|"
    r"licen[cs]e)\b",
    re.IGNORECASE,
)
_SAID = re.compile(r"(?:&|\band) questions|script|guide", re.IGNORECASE)
_QUESTIONS = re.compile(r"\bquestions?\b", re.IGNORECASE)
_ASKED_OF = re.compile(r"\b(?:participants?|prompt|interview)", re.IGNORECASE)
_ROW = re.compile(r"[\s:|-]+")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_YAML = re.compile(r"\s*[\w-]+:\s*(?:[|>][+-]?\s*)?$")
_LINK = re.compile(r"!?\[([^\[\]]*+)\]\((?:[^()\s]|\([^()\s]*+\))*+\)")
_MARK = re.compile(r"\*\*|__|`|<[^>\n]{1,80}>|(?<!\w)[*_](?=\w)|(?<=[\w.?!])[*_](?!\w)")


def said_in(text: str) -> list[Said]:
    """The sentences of a guide that are said, with the line each begins on; none if not English."""
    if not english(text):
        return []
    return [
        Said(number, sentence, context=section)
        for number, section, block in _blocks(text.split("\n"))
        for sentence in sentences(_LABEL.sub("", _plain(block)))
        if any(each.isalpha() for each in sentence)
    ]


def _blocks(lines: list[str]) -> Iterator[tuple[int, str, str]]:  # noqa: C901, PLR0912 - a case a line
    """Paragraphs, items and cells, each with its first line and the heading above it."""
    section, silent, depth, fenced = "", False, 0, False
    begun, parts = 0, list[str]()
    front = bool(lines) and lines[0].strip() == "---"
    for number, line in enumerate([*lines, ""], 1):
        if front:
            front = number == 1 or line.strip() not in ("---", "...")
            continue
        heading = _HEADING.match(line)
        bold = None if heading or "?" in line else _BOLD.match(line)
        cells = line.count("|") > 1
        fence = bool(_FENCE.match(line))
        bullet = _BULLET.match(line)
        ends = heading or bold or cells or fence or bullet or not line.strip()
        if (ends or _YAML.match(line)) and parts:
            yield begun, section, " ".join(parts)
            parts = []
        if fence:
            fenced = not fenced
        elif heading or bold:
            found = heading or bold
            level = len(heading[1]) if heading else 7
            section = _words(heading[2]) if heading else found[1] if found else ""
            if not silent or level <= depth:
                silent, depth = bool(_UNSAID.search(section)) and not _is_said(section), level
            if "?" in section:
                yield number, section, section
        elif silent or fenced or ("|" in line[1:] and _ROW.fullmatch(line)) or _YAML.match(line):
            continue
        elif cells:
            for cell in line.strip().strip("|").split("|"):
                for part in _BREAK.split(cell):
                    if part.strip():
                        bullet = _BULLET.match(part)
                        yield number, section, part[bullet.end() if bullet else 0 :]
        elif line.strip():
            if not parts:
                begun = number
            parts.append(line[bullet.end() if bullet else 0 :].strip())


def _words(heading: str) -> str:
    """A heading's words, without the marks that may close it."""
    return heading.strip().rstrip("#").rstrip()


def _is_said(section: str) -> bool:
    """Whether a heading that names goals or notes is nevertheless one of questions to ask."""
    questions = _QUESTIONS.search(section)
    asked_of = questions and _ASKED_OF.search(section, questions.end())
    return bool(asked_of or _SAID.search(section))


def _plain(text: str) -> str:
    plain = _MARK.sub("", _LINK.sub(r"\1", _BREAK.sub(" ", text)))
    return " ".join(plain.split()).strip("_* ")
