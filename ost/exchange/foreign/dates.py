"""Finds days as people write them in several languages; ambiguous ones do not count."""

import re
from datetime import date

from ost import days

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
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4})(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.|º)?(?:[ /.-]| of | de )?"
    r"([^\W\d_]{3,10})\.?,?(?: de )?[ /.-]?(\d{4}(?!\d)|\d\d(?=$| \d{1,2}:\d\d))"
)
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
_MOST_MONTHS = 12
_SHORT = len("26")


def written_day(text: str) -> str:
    """The first day in a text, as `2026-11-03`; "" if there is none or only an ambiguous one."""
    text = " ".join(text.casefold().replace("\u2011", "-").split())
    if found := _YEAR_FIRST.search(text):
        return _day(found[1], found[3], found[4])
    if found := _YEAR_LAST.search(text):
        one, other = found[1], found[3]
        if found[2] == "." or one == other or int(one) > _MOST_MONTHS:
            return _day(found[4], other, one)
        if int(other) > _MOST_MONTHS:
            return _day(found[4], one, other)
    for pattern, at_day, at_month in ((_DAY_FIRST, 1, 2), (_MONTH_FIRST, 2, 1)):
        for found in pattern.finditer(text):
            if month := _NUMBER.get(found[at_month]):
                year = found[3] if len(found[3]) > _SHORT else f"20{found[3]}"
                return _day(year, str(month), found[at_day])
    return ""


def _day(year: str, month: str, number: str) -> str:
    try:
        found = date(int(year), int(month), int(number))
    except ValueError:
        return ""
    return found.isoformat() if days.named(found) else ""
