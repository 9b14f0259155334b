"""The words for kinds, and the fields to leave alone, that a project's settings name."""

from ost.read.vocabulary import Vocabulary, vocabulary
from ost.settings.config import Settings
from ost.tree.model import KINDS


def words_of(settings: Settings) -> Vocabulary:
    """The words of a project, made once, among them the kinds of other packages. Words for what is
    not a kind count for nothing.
    """
    from ost.project.kinds import load_kinds  # takes long, and many runs need no words

    load_kinds()
    known = {kind: tuple(words) for kind, words in settings.kinds.items() if kind in KINDS}
    return vocabulary(tuple(sorted(known.items())), tuple(settings.fields.ignore))
