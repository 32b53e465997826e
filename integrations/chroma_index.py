"""Nearest neighbours by Chroma: in a folder that one process owns, or on a server.

It holds vectors by the digest of their text and nothing else: whose they are, and who may read them, is
asked of the catalogue. Chroma's own filters are forty times dearer than a search without.
"""

import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partialmethod
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar, cast
from urllib.parse import urlsplit

from filelock import FileLock, Timeout
from pydantic_settings import BaseSettings

from integrations.patience import within
from integrations.places import Kept
from knowledge.errors import StoreError
from knowledge.ports import Vector

if TYPE_CHECKING:
    from chromadb.api.client import Client

T = TypeVar("T")

_AT_ONCE = 2000
# Looking at a thousand neighbours instead of a hundred costs 5 ms and finds twice as many of the nearest.
_SHAPE: Any = {"space": "cosine", "ef_search": 1000}
# Chroma's client waits for ever; a person does not.
_PATIENCE = 3.0
_NO_TEXT_MODEL: Any = None


class ChromaIndex:
    """Collections of vectors by name; closed until `acquire`."""

    def __init__(self, home: Path, url: str = "") -> None:
        self._url = url
        self._folder = home / "chroma"
        self._lock = FileLock(home / "chroma.lock")
        self._client: Client | None = None
        self._collections: dict[str, Any] = {}

    @property
    def held(self) -> bool:
        """Whether it is open in this process."""
        return self._client is not None

    @property
    def where(self) -> str:
        """The folder, or the server without what is secret in its address."""
        return f"the Chroma server at {self._url.rpartition('@')[2]}" if self._url else str(self._folder)

    def acquire(self) -> bool:
        """Open it; False when another process owns the folder. Raises StoreError when it cannot be used."""
        if self._client is not None:
            return True
        with self._translated():
            self._chroma = _chromadb()
        if self._url:
            self._client = self._soon(self._served)
            return True
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        try:
            self._client = self._healed()
        finally:
            if self._client is None:
                self._lock.release()
        return True

    def release(self) -> None:
        """Close it, for another process to own."""
        client, self._client = self._client, None
        self._collections.clear()
        if client is not None:
            client.close()
            self._lock.release()

    def _served(self) -> "Client":
        place = urlsplit(self._url)
        secure = place.scheme == "https"
        with self._translated():
            port = place.port or (443 if secure else 8000)
            return cast("Client", self._chroma.HttpClient(place.hostname or "", port, ssl=secure, settings=_quiet()))

    def _healed(self) -> "Client":
        """The client of the folder; one that is damaged is made anew, for it can be rebuilt."""
        from chromadb.api.shared_system_client import SharedSystemClient

        try:
            return self._embedded()
        except StoreError:
            # Chroma keeps what failed to start and would give it out again.
            SharedSystemClient.clear_system_cache()
            shutil.rmtree(self._folder, ignore_errors=True)
            return self._embedded()

    def _embedded(self) -> "Client":
        with self._translated():
            client = self._chroma.PersistentClient(self._folder, settings=_quiet())
            client.count_collections()
            return cast("Client", client)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Chroma raises errors of its own, of its HTTP client and of Python; here they are one."""
        try:
            yield
        except Exception as error:
            reason = " ".join(str(error).split()) or type(error).__name__
            raise StoreError(f"{self.where} cannot be used: {reason[:200]}") from error

    @contextmanager
    def _collection(self, name: str) -> Iterator[Any]:
        """A collection, made when there is none. Raises StoreError for whatever fails in it."""
        with self._translated():
            if name not in self._collections:
                self._collections[name] = self._open().get_or_create_collection(
                    name, embedding_function=_NO_TEXT_MODEL, configuration={"hnsw": _SHAPE}
                )
            yield self._collections[name]

    def _open(self) -> "Client":
        if self._client is None:
            raise StoreError("it is closed")
        return self._client

    def reach(self, name: str) -> int:
        """The number up to which a collection has taken vectors in. Raises StoreError."""
        return self._soon(lambda: self._reach(name))

    def _reach(self, name: str) -> int:
        with self._collection(name) as collection:
            return int((collection.metadata or {}).get("reach", 0))

    def take(self, name: str, some: Sequence[Kept]) -> None:
        """Take vectors in, then note how far that reached: what is interrupted is done again, to the same end."""
        import numpy as np

        with self._collection(name) as collection:
            rows = np.stack([np.frombuffer(each.vector, np.float32) for each in some])
            collection.upsert(ids=[each.digest for each in some], embeddings=rows)
            collection.modify(metadata={"reach": some[-1].number})

    def size(self, name: str) -> int:
        """How many vectors a collection has."""
        with self._collection(name) as collection:
            return int(collection.count())

    def drop_all_but(self, name: str, kept: Collection[str]) -> None:
        """Drop vectors by digest."""
        with self._collection(name) as collection:
            gone = sorted(set(collection.get(include=[])["ids"]) - set(kept))
            for at in range(0, len(gone), _AT_ONCE):
                collection.delete(ids=gone[at : at + _AT_ONCE])

    def drop_collections(self, whose: str, kept: Collection[str]) -> None:
        """Drop collections whose names begin so; in a folder of ours, all others."""
        with self._translated():
            for each in self._open().list_collections():
                if each.name not in kept and (each.name.startswith(whose) or not self._url):
                    self._open().delete_collection(each.name)
                    self._collections.pop(each.name, None)

    def near(self, name: str, vector: Vector, limit: int) -> list[str]:
        """The digests of the nearest vectors, nearest first. Raises StoreError."""
        return self._soon(lambda: self._near(name, vector, limit))

    def _soon(self, call: Callable[[], T]) -> T:
        """A call that a person waits for. Raises StoreError, also for a server that takes too long."""
        if not self._url:
            return call()
        try:
            return within(_PATIENCE, call)
        except TimeoutError:
            raise StoreError(f"{self.where} does not answer in time") from None

    def _near(self, name: str, vector: Vector, limit: int) -> list[str]:
        import numpy as np

        with self._collection(name) as collection:
            asked = np.frombuffer(vector, np.float32)
            found = collection.query(query_embeddings=[asked], n_results=limit, include=[])
            return list(found["ids"][0])


def _chromadb() -> ModuleType:
    """Chroma, loaded late, for it takes a second; the .env file it would read meanwhile is left alone."""
    settings: Any = BaseSettings
    reading = settings.__init__
    settings.__init__ = partialmethod(reading, _env_file=None)
    try:
        return import_module("chromadb")
    finally:
        settings.__init__ = reading


def _quiet() -> Any:
    """Settings that send nothing anywhere and do not read the .env file of the working directory."""
    from chromadb.config import Settings

    no_file: Any = {"_env_file": None}
    # Chroma does not close connections that it keeps; on one's own network a new one costs nothing.
    return Settings(anonymized_telemetry=False, chroma_http_max_keepalive_connections=0, **no_file)
