"""Reads a test's criterion from its fields and the words of its `measure`. Words in English only;
in other languages only the fields are read.
"""

import re

from msgspec import Struct

from ost.expression import expression
from ost.tree.model import Criterion

_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_WORDS = {word: number for number, word in enumerate(_NUMBERS.split(), 1)}
_NUMBER = rf"(?:\d{{1,6}}|{'|'.join(_WORDS)})"
_OF = expression(
    rf"(?P<lead>\b(?:at least|at most|no more than|no fewer than|minimum of|more than|fewer than|"
    rf"less than|up to)\s+)?(?<![\d.,])\b(?P<many>{_NUMBER})\s*(?:/|(?:out )?of|in)\s*"
    rf"(?:(?:the|our|all|a|about|these|those|first|last|next)\s+)*(?P<of>{_NUMBER})\b(?![.,]?\d|\s?%)",
    re.IGNORECASE,
)
_PERCENT = r"(?:%|\bper ?cent(?:age)?\b)"
_SHARE = expression(
    rf"(?:\b(?:percentage|share|proportion|fraction)\b|{_PERCENT}) (?:of|who|that)\b",
    re.IGNORECASE,
)
_TOLERANCE = expression(
    rf"(?:\bwithin|±|\+/-|\+-|\bby|\boff by|\bup to|\btolerance of|\bmargin of|\bplus or minus)"
    rf"(?:\s+\w+){{0,2}}\s*[\d.,]+\s?{_PERCENT}"
    rf"|[\d.,]+\s?{_PERCENT} (?:of (?:the|its|their|our|his|her|this) (?:\w+ ){{0,2}}"
    rf"(?:actual|real|true|estimated?|planned|original|list|full|usual|price|value|time|"
    rf"duration|budget|width|height|limit|cost)\b|(?:faster|slower|cheaper|less|more|fewer|lower|higher|shorter|longer|"
    rf"tolerance|margin|discount|off|error|accuracy|confidence)\b)",
    re.IGNORECASE,
)
_UNIT = expression(
    r"\b(?:seconds?|minutes?|hours?|days?|weeks?|euros?|dollars?|pounds?|cents?|eur|usd|gbp|costs?|"
    r"prices?|rates?|ratios?|scores?|average|mean|median|per|times|km|kg|metres?|meters?|liters?|"
    r"litres?|index|factor|latency|ms|kwh?)\b|[€$£]",
    re.IGNORECASE,
)
_LOWER = expression(
    r"\b(?:at most|no more than|not more than|no longer than|less than|fewer than|under|below|"
    r"within|up to|maximum|max|cheaper|faster|shorter|lower)\b|[<≤]",
    re.IGNORECASE,
)
_BETTER_LOW = expression(
    r"\b(?:costs?|prices?|expens\w+|seconds?|minutes?|hours?|days?|time|duration|latency|delays?|"
    r"waits?|waiting|errors?|faults?|failures?|fail\w*|mistakes?|bugs?|crash\w*|complaints?|churn\w*|"
    r"cancel\w*|refunds?|returns?|drop-?outs?|drop-?offs?|abandon\w*|defects?|wast\w+|wrong|"
    r"miss\w*|lost|late|steps?|clicks?|taps?|tickets?|calls?|euros?|dollars?|cents?|eur|usd|ms)\b"
    r"|[€$£]",
    re.IGNORECASE,
)


class StatedNumbers(Struct, frozen=True):
    """Numbers in the words of a measure: `6 of 10`, and the whole phrase."""

    many: int
    of: int
    phrase: str


def find_numbers(criterion: Criterion) -> StatedNumbers | None:
    """The first `6 of 10`, `six out of ten` or `6/10` in the words of the measure."""
    for found in _OF.finditer(criterion.measure or ""):
        many, of = _value(found["many"]), _value(found["of"])
        if many <= of:
            return StatedNumbers(many, of, found[0])
    return None


def is_percentage(criterion: Criterion, fewest: int = 30) -> bool:
    """Whether it asks for a share of too few people, or of an unknown number.

    A tolerance (`within 20 %`), a plain number (`0.4 euros`) or a share beside an absolute number
    (`7 of 10`) does not.
    """
    if criterion.of is not None and criterion.of >= fewest:
        return False
    number = criterion.at_least if criterion.at_least is not None else criterion.at_most
    measure = criterion.measure or ""
    if find_numbers(criterion) is not None:
        return False
    if number is not None and criterion.of is not None:
        return 0 < number < 1 or (number > criterion.of and bool(re.search(_PERCENT, measure)))
    if re.fullmatch(_PERCENT, (criterion.unit or "").strip(), re.IGNORECASE):
        return not _UNIT.search(measure)
    if criterion.unit:
        return False
    if _SHARE.search(_TOLERANCE.sub(" ", measure)):
        return True
    return number is not None and 0 < number < 1 and not _UNIT.search(measure)


def is_plain_number(criterion: Criterion) -> bool:
    """Whether it is about a cost, a time or a rate: a plain number, not some of many."""
    return bool(criterion.unit or _UNIT.search(criterion.measure or ""))


def prefers_less(criterion: Criterion, *, counted: bool) -> bool:
    """Whether a smaller number is or may be better, so that `at_least` may be a mistake. Of people
    who are `counted`, more is better unless it says otherwise.
    """
    measure = criterion.measure or ""
    return bool(_LOWER.search(measure) or (not counted and _BETTER_LOW.search(measure)))


def reaches(criterion: Criterion, seen: float, took_part: float | None) -> set[bool]:
    """Whether a result reaches the criterion: by its count, and by its share if the two have
    different sizes. Empty if the criterion names no number.
    """
    shares = {1.0}
    if criterion.of and took_part and criterion.of != took_part:
        shares.add(criterion.of / took_part)
    if criterion.at_least is None and criterion.at_most is None:
        return set()
    return {
        (criterion.at_least is None or seen * share >= criterion.at_least)
        and (criterion.at_most is None or seen * share <= criterion.at_most)
        for share in shares
    }


def _value(word: str) -> int:
    return _WORDS.get(word.casefold()) or int(word)
