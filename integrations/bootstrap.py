"""The only place where adapters are chosen and joined."""

from integrations.settings import Settings
from knowledge.glossary import shipped
from knowledge.library import Library
from knowledge.read import Limits


def library(settings: Settings) -> Library:
    """The library over the catalogue and the index that the settings name."""
    from integrations.catalogue import SqlCatalogue
    from integrations.tantivy_index import TantivyIndex

    catalogue = SqlCatalogue(settings.database)
    limits = Limits(max_bytes=settings.max_file_mb * 2**20, seconds=settings.read_seconds)
    return Library(catalogue, TantivyIndex(settings.home), shipped, limits)
