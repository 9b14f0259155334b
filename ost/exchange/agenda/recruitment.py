"""Text for a recruiting tool, made from a template and the tree."""

import re
from collections.abc import Mapping

from ost.exchange.agenda.opening import BLANK, CALL, Opening

TOOLS = ("intercom", "ethnio", "qualaroo", "usabilla", "chameleon", "nps", "scheduler")
"""The tools with a template."""

_PLACE = re.compile(r"\{([a-z]+)\}")


def filled(template: str, opening: Opening) -> tuple[str, tuple[str, ...]]:
    """A template filled in for an interview, and the unknown placeholders that stay in it."""
    moment = opening.moment or BLANK
    words: Mapping[str, str] = {
        "moment": moment,
        "segment": f"segment: {opening.segment}" if opening.segment else "any segment",
        "story": opening.story,
        "question": opening.product
        or f"Did this come up for you in the last week: {moment}? {CALL}",
        "call": CALL,
    }
    unknown = dict.fromkeys(each[1] for each in _PLACE.finditer(template) if each[1] not in words)
    text = _PLACE.sub(lambda each: words.get(each[1], each[0]), template)
    return text, tuple(unknown)
