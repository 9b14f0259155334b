"""Days as people write them in several languages; ambiguous ones do not count."""

import re
from datetime import date

_MONTHS = (
    "jan january januar janvier janv enero ene gennaio janeiro januari",
    "feb february februar février fevrier févr febrero febbraio fevereiro februari",
    "mar march märz maerz mrz mars marzo março maart",
    "apr april avril avr abril abr aprile",
    "may mai mayo maggio maio mei",
    "jun june juni juin junio giugno junho",
    "jul july juli juillet juil julio luglio julho",
    "aug august août aout agosto augustus",
    "sep sept september septembre septiembre settembre setembro",
    "oct october okt oktober octobre octubre ottobre outubro",
    "nov november novembre noviembre novembro",
    "dec december dez dezember décembre decembre déc dic diciembre dicembre dezembro",
)
_NUMBER = {word: at for at, words in enumerate(_MONTHS, 1) for word in words.split()}
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})(?!\d)")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.|º)?(?: (?:of"
    r"|de))? ([^\W\d_]{3,10})\.?,?(?: de)? (\d{4})(?!\d)"
)
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")


def day(written: str) -> str:
    """The first day in a text, as `2026-11-03`, or ""."""
    text = " ".join(written.casefold().replace("\u2011", "-").split())
    if found := _ISO.search(text):
        return _day(found[1], found[2], found[3])
    if found := _DOTTED.search(text):
        return _day(found[3], found[2], found[1])
    for pattern, at_day, at_month in ((_DAY_FIRST, 1, 2), (_MONTH_FIRST, 2, 1)):
        for found in pattern.finditer(text):
            if month := _NUMBER.get(found[at_month]):
                return _day(found[3], str(month), found[at_day])
    if (found := _SLASHED.search(text)) and (int(found[1]) > 12) != (int(found[2]) > 12):
        first = int(found[1]) > 12
        return _day(found[3], found[2 if first else 1], found[1 if first else 2])
    return ""


def _day(year: str, month: str, number: str) -> str:
    try:
        return date(int(year), int(month), int(number)).isoformat()
    except ValueError:
        return ""
