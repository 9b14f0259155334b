"""A chain as a comment below a pull request of code."""

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from ost.exchange.differences.escape import code
from ost.exchange.differences.markdown import COMMENT
from ost.exchange.escape import markdown
from ost.exchange.why.chain import Chain, ChainVoice, Choice, Trial
from ost.history.sentences import bar, people, short
from ost.recording import clock
from ost.words import day

MARKER = "<!-- ost-why -->"
LIMIT = 60_000
MOST = 3
FIRST = 5
"""How many dead links are listed; people read the comment for the chains."""
HOW = (
    "No commit here names a node of the tree. A line at the end of a commit message does: "
    "`Solution: [[its-id]]`, or a link to its page."
)


_WEB = ("https://", "http://")
_ADDRESS = ":/?#[]@!$&'*+,;=%~"
"""Characters of an address that stay as they are. Brackets are not among them, because they would
end the link.
"""


def render(chains: Iterable[Chain], lost: Sequence[str] = ()) -> str:
    """Dead links in commits, then as many chains as fit; without either, how to name a node in a
    commit.
    """
    found = list(chains)
    text = f"{MARKER}\n### 🌳 Why we are building this\n"
    if not found and not lost:
        return f"{text}\n{HOW}\n"
    if lost:
        more = [f"- ⚠️ and {len(lost) - FIRST} more"] if len(lost) > FIRST else []
        text += "\n".join(("", *(f"- ⚠️ {markdown(each)}" for each in lost[:FIRST]), *more, ""))
    for number, chain in enumerate(found):
        comment = "\n".join(_lines(chain)) + "\n"
        if len((text + comment).encode()) > LIMIT:
            return f"{text}\nand {len(found) - number} more\n"
        text += f"\n{comment}"
    return text


def _lines(chain: Chain) -> Iterator[str]:
    first = chain.way[0]
    status = f" ({markdown(first.status)})" if first.status else ""
    yield f"**{first.kind}** {_title(first.title)}{status} {code(first.id)}"
    yield ""
    for link in chain.way[1:]:
        mentioned_by = f", {people(link.people)}" if link.people and link.kind != "outcome" else ""
        yield f"- for the {link.kind} {_title(link.title)}{mentioned_by}"
    for choice in chain.decisions:
        yield f"- {_choice(choice)}"
    if chain.rivals:
        yield f"- alternatives: {', '.join(map(_title, chain.rivals))}"
    yield from (f"- 👂 {_person(each)}" for each in chain.voices[:MOST])
    if len(chain.voices) > MOST:
        yield f"- 👂 and {len(chain.voices) - MOST} more"
    yield from (f"- 👎 {_person(each)}" for each in chain.against[:MOST])
    yield from (f"- 🧪 {_trial(each)}" for each in chain.tests[:10])
    yield ""
    yield f"**Weakest link:** {markdown(chain.weakest or 'none that can be computed')}"


def _title(title: str) -> str:
    return COMMENT.title(short(title))


def _choice(choice: Choice) -> str:
    over = f" over {', '.join(map(_title, choice.over))}" if choice.over else ""
    because = f": {markdown(short(choice.because))}" if choice.because else ""
    on = f" on {markdown(day(choice.on))}" if choice.on else ""
    suspect = f" ❓ suspect: {markdown('; '.join(choice.suspect))}" if choice.suspect else ""
    return f"decided{on} in {code(choice.id)}{over}{because}{suspect}"


def _person(voice: ChainVoice) -> str:
    words = markdown(voice.words or "mentioned it")
    words = f"“{words}”" if voice.quoted else words
    at = f" ({_played(voice.second, voice.url)})" if voice.second is not None else ""
    return f"{markdown(voice.participant or voice.interview)}: {words}{at}"


def _played(second: int, url: str | None) -> str:
    at = clock(second)
    return f"[{at}]({quote(url, safe=_ADDRESS)})" if url and url.startswith(_WEB) else at


def _trial(trial: Trial) -> str:
    seen = f", seen {bar(trial.result, COMMENT)}" if trial.result else ""
    wanted = f": wanted {bar(trial.criterion, COMMENT)}{seen}" if trial.criterion else ""
    test = f"; test {_title(trial.test)}{wanted}" if trial.test else ""
    return f"{_title(trial.assumption)}: {markdown(trial.status or 'untested')}{test}"
