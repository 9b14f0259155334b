"""Recognises people's names, as opposed to pseudonyms, roles and ordinary words.

The first names are common ones of several languages that are not English words. Any other name is
only recognised as two capitalised words in place of a participant.
"""

import re

from ost.expression import expression

_COMMON = """
aaron abdul abigail adam adrian agnes ahmed aisha alan alejandro aleksander alessandro alex
alexander alexandra alice alicia amanda amelia amina amy ana anders andrea andreas andrew angela
anita anja anke anna anne annika antje antonio arjun arthur astrid barbara beatrice ben benjamin
bernd birgit björn brandon brian bruno camila carla carlos carmen carolina caroline catherine
cecilia chiara chloe christian christina christine christopher claudia clara dagmar daniel daniela
david deborah dennis diana diego dieter dirk dmitri dominik donna dorothy eduardo edward elena
elias elisabeth elizabeth ella ellen emilia emily emma enrique erik erika ernesto esther eva
evelyn fabian fatima felipe felix fernando fiona florian francesca francisco franziska friederike
gabriel gabriela george georg gerhard giovanni giulia gonzalo guillermo gustavo hannah hans
heather heike helen helena helga henrik hiroshi holger ian ibrahim ines ingrid irene isabel
isabella ivan jakob james jana jane janine jan jasmin javier jennifer jessica joanna joão johanna
johannes john jonas jonathan jorge josé joseph joshua juan judith julia julian juliane jürgen
karen karin karl katarina katharina katherine kathrin katja kenji kerstin kevin klaus krishna lara
lars laura lea lena leonie leon liam lina linda lisa lorenzo louise luca lucas lucia ludwig luis
luisa lukas lydia maike magdalena manuel manuela marco marcos margaret maria marie marina mario
marion markus marlene marta martin martina mateo matteo matthew matthias maya megan melanie
melissa michael michelle miguel mohammed mohamed monika nadine nadja natalia nathan nicholas
nicole niklas nina noah nora norbert olga oliver olivia omar oscar pablo patricia patrick paul
paula paulo pedro petra peter philip philipp pierre priya rachel rafael rahul rebecca renate
ricardo richard robert roberto rodrigo roland rosa ruth ryan sabine samantha samuel sandra sara
sarah sebastian sergio silke silvia simon simone sofia sonja sophia sophie stefan stefanie
stephanie stephen steven sunita susan susanne sven svenja sylvia tatjana teresa thomas thorsten
tim timothy tobias tom torsten ulrich ulrike ursula uwe valentina vanessa vera veronika victoria
viktor vincent walter werner wolfgang xavier yasmin yuki yusuf zoe
"""
_FIRST = frozenset(_COMMON.split())
_ROLE = """
participant user customer client respondent interviewee guest person patient teacher student pupil
nurse doctor driver manager owner founder buyer seller parent parents family families household
couple team product designer engineer developer admin administrator agent analyst officer worker
clerk farmer tenant landlord caseworker support sales member anonymous unknown tester subject
persona group company school hospital clinic shop store restaurant small large senior junior young
old first second new former head chief lead mother father carer caregiver volunteer citizen
resident traveller traveler commuter the a an
"""
_ROLES = frozenset(_ROLE.split())
_WORD = expression(r"[^\W\d_][^\W\d_'’-]*(?:[-'’][^\W\d_]+)*\.?")
_MOST = 4


def in_text(text: str) -> str:
    """`full` for a first and a last name, `first` for a first name, or ""."""
    plain = re.sub(r"\([^)]*\)", " ", text).strip()
    words = plain.split()
    if not words or len(words) > _MOST or not all(_WORD.fullmatch(each) for each in words):
        return ""
    folded = [each.casefold().strip(".") for each in words]
    if any(each in _ROLES for each in folded):
        return ""
    if len(words) == 1:
        return "first" if folded[0] in _FIRST else ""
    long = [each for each in words if len(each.strip(".")) > 1]
    capital = all(each[0].isupper() and not each.isupper() for each in long)
    return "full" if capital and (len(long) > 1 or folded[0] in _FIRST) else ""


def in_id(node_id: str) -> str:
    """The name in a file's name: `anna schmidt` in `2026-11-03-anna-schmidt`; "" without one.

    A last name only counts at the end or before a number: `anna-and-the-list` has none.
    """
    parts = [each for each in re.split(r"[-_.\s]+", node_id.casefold()) if each]
    for number, part in enumerate(parts):
        if part in _FIRST:
            following = parts[number + 1 : number + 3]
            last = following[0] if following and following[0].isalpha() else ""
            ends = len(following) < 2 or not following[1].isalpha()
            return f"{part} {last}" if len(last) > 2 and ends and last not in _ROLES else part
    return ""
