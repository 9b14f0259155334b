"""The words for kinds, and the fields to leave alone, that a project's settings name."""

from ost.config import Settings
from ost.read.vocabulary import Vocabulary, vocabulary


def words_of(settings: Settings) -> Vocabulary:
    """The words of a project, made once."""
    kinds = tuple((kind, tuple(words)) for kind, words in sorted(settings.kinds.items()))
    return vocabulary(kinds, tuple(settings.fields.ignore))
