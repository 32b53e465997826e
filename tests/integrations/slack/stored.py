"""Stored answers over a catalogue where no coach corrected anything."""

from integrations.answer_store import AnswerStore
from integrations.catalogue import SqlCatalogue
from integrations.recheck import Recheck
from integrations.slack.passages import Passages
from knowledge.library import Library


def passages_over(catalogue: SqlCatalogue, library: Library) -> Passages:
    """Passages of a library, with the answers that a catalogue's database keeps."""
    recheck = Recheck(library, lambda _correction, _reader: False)
    return Passages(library, AnswerStore(catalogue.engine), recheck)
