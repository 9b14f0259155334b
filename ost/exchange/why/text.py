"""A chain for people at a terminal."""

from collections.abc import Iterable, Iterator

from ost.exchange.differences.text import PLAIN
from ost.exchange.reports.paint import Paint, safe
from ost.exchange.why.chain import Chain, ChainVoice, Choice, Trial
from ost.history.sentences import bar, people
from ost.recording import clock
from ost.words import day

MOST = 5
"""How many people's words are listed; the rest are counted."""


def render(chain: Chain, paint: Paint) -> str:
    """The chain from top to bottom, with its weakest link last."""
    return "\n".join(_lines(chain, paint)) + "\n"


def _lines(chain: Chain, paint: Paint) -> Iterator[str]:
    if chain.asked:
        yield paint("dim", safe(chain.asked))
    for depth, link in enumerate(chain.way):
        status = f" ({link.status})" if link.status else ""
        mentioned_by = f", {people(link.people)}" if link.people and link.kind != "outcome" else ""
        begin = f"{'  ' * (depth - 1)}└ for " if depth else ""
        line = f"{link.kind}: {paint('bold', safe(link.title))}{status}{mentioned_by}"
        yield f"{begin}{line}  {paint('dim', safe(link.id))}"
    if chain.rivals:
        yield from ("", f"alternatives: {_titles(chain.rivals)}")
    for choice in chain.decisions:
        yield from ("", *_choice(choice, paint))
    yield from _voices("people said", chain.voices, paint)
    yield from _voices("against it", chain.against, paint)
    if chain.tests:
        yield from ("", paint("bold", "what must be true"))
        yield from (_trial(each) for each in chain.tests)
    yield ""
    weak = chain.weakest or "none that can be computed"
    yield f"{paint('bold yellow', 'weakest link')}: {safe(weak)}"


def _titles(titles: Iterable[str]) -> str:
    return ", ".join(f"“{safe(each)}”" for each in titles)


def _choice(choice: Choice, paint: Paint) -> Iterator[str]:
    on = f" on {day(choice.on)}" if choice.on else ""
    over = f" over {_titles(choice.over)}" if choice.over else ""
    yield f"{paint('bold', 'decided')}{on}: {_titles(choice.chose) or safe(choice.title)}{over}"
    if choice.because:
        yield f"  because {safe(choice.because)}"
    if choice.suspect:
        yield f"  {paint('red', 'suspect')}: {safe('; '.join(choice.suspect))}"


def _voices(title: str, voices: tuple[ChainVoice, ...], paint: Paint) -> Iterator[str]:
    if not voices:
        return
    yield from ("", paint("bold", title))
    for voice in voices[:MOST]:
        words = f"“{safe(voice.words)}”" if voice.quoted else safe(voice.words or "mentioned it")
        at = f" [{clock(voice.second)}]" if voice.second is not None else ""
        where = f" {voice.url}" if voice.url else ""
        yield f"  {safe(voice.participant or voice.interview)}: {words}{at}{safe(where)}"
    if len(voices) > MOST:
        yield f"  and {len(voices) - MOST} more"


def _trial(trial: Trial) -> str:
    line = f"  “{safe(trial.assumption)}”: {trial.status or 'untested'}"
    if trial.test is None:
        return line
    wanted = f", wanted {bar(trial.criterion, PLAIN)}" if trial.criterion else ", no bar"
    seen = f", seen {bar(trial.result, PLAIN)}" if trial.result else ""
    return f"{line}; test “{safe(trial.test)}”{wanted}{seen}"
