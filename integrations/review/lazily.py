"""Corrections that are loaded once there are any: what checks them takes a third of a second to load."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.access import Reader

if TYPE_CHECKING:
    from assistant.correction import Correction
    from integrations.review.corrections import Corrections


class Lazily:
    """Implements assistant.reviewed.Corrections over a folder that may be empty, or not be there yet."""

    def __init__(self, folder: Path, load: "Callable[[], Corrections]") -> None:
        self._folder = folder
        self._load = load
        self._loaded: Corrections | None = None

    def current(self, reader: Reader) -> "Sequence[Correction]":
        """The corrections that hold at this moment and that a reader may see."""
        if self._loaded is None and self._folder.is_dir():
            self._loaded = self._load()
        return self._loaded.current(reader) if self._loaded else ()
