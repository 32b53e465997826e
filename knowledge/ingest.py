"""Files in: read, cleaned, cut and put into the catalogue, a file at a time."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.assemble import RECIPE, Said, assemble
from knowledge.documents import Document, Passage
from knowledge.errors import Unreadable, WrongMetadata
from knowledge.folders import Found, Refused, forget_defaults, walk
from knowledge.ports import Catalogue, File, Given, Progress
from knowledge.read import Limits, read
from knowledge.read.reading import Failure

_BATCH = 500


@dataclass(slots=True)
class Report:
    """What an ingest did; counts are documents, `failed` is (source, reason).

    `unembedded` says why passages were left without a vector; empty when none were, or none are made.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    unembedded: str = ""

    @property
    def seen(self) -> int:
        """Documents that were looked at."""
        return self.added + self.updated + self.unchanged + len(self.failed)


class Ingest:
    """One run over some paths."""

    def __init__(self, catalogue: Catalogue, limits: Limits, progress: Progress) -> None:
        self._catalogue = catalogue
        self._limits = limits
        self._progress = progress
        self.report = Report()
        forget_defaults()

    def run(self, root: Path, given: Given) -> None:
        """Bring everything at or below `root` up to date; what is gone from there is removed."""
        place = os.path.realpath(root)
        roots = self._agreed(place, given)
        known = self._catalogue.files(place)
        seen: set[str] = set()
        closed: list[str] = []
        for each in walk(root) if root.exists() or not known else ():
            file = os.path.realpath(each.path)
            if isinstance(each, Refused):
                self._failed(each.source, each.reason)
                closed += [file + os.sep] if each.path.is_dir() and not each.path.is_symlink() else []
            elif file not in seen:
                self._file(file, each, _nearest(file, roots), known.get(file))
            seen.add(file)
        gone = (file for file in known if file not in seen and not file.startswith(tuple(closed)))
        self.report.removed += self._catalogue.forget(sorted(gone))
        self._catalogue.remember_root(place, roots[place])

    def _agreed(self, place: str, given: Given) -> Mapping[str, Given]:
        """What is in force for every path: what is said now of `place` and all below it, else what was before.

        Whoever forgets to repeat `--audience` must not open what was closed, on this path, above it or
        below it. It is kept before a file is read: an interruption must not make us forget it.
        """
        roots = dict(self._catalogue.roots())
        roots[place] = _over(given, _nearest(place, roots))
        below = [path for path in roots if path.startswith(place.rstrip(os.sep) + os.sep)]
        roots |= {path: _over(given, roots[path]) for path in below}
        for path in (place, *below) if given != Given() else ():
            self._catalogue.remember_root(path, roots[path])
        return roots

    def _failed(self, source: str, reason: str) -> None:
        self.report.failed.append((source, reason))
        self._progress(source, self.report.seen)

    def _file(self, file: str, found: Found, given: Given, known: File | None) -> None:
        said = Said(found.defaults, given)
        try:
            fingerprint = _fingerprint(found.path, said, self._limits)
            if known and known.fingerprint == fingerprint:
                self.report.unchanged += known.documents
                self._progress(found.source, self.report.seen)
                return
            self._read(file, found, said, fingerprint)
        except (Unreadable, OSError) as error:
            self._failed(found.source, _reason(error))

    def _read(self, file: str, found: Found, said: Said, fingerprint: str) -> None:
        """Put the documents of one file in; a part that fails keeps the file unfinished."""
        versions = self._catalogue.versions(file)
        failures = len(self.report.failed)
        kept: set[str] = set()
        batch: list[tuple[Document, list[Passage]]] = []
        for item in self._items(file, found, said):
            document = item[0]
            kept.add(document.id)
            known = versions.get(document.id)
            self._count(known, document.version)
            if known != document.version:
                batch.append(item)
            if len(batch) >= _BATCH:
                self._catalogue.save(file, batch)
                batch = []
            self._progress(found.source, self.report.seen)
        self._catalogue.save(file, batch)
        whole = len(self.report.failed) == failures
        self._catalogue.finish(file, fingerprint if whole else "", kept if whole else kept | set(versions))

    def _count(self, known: str | None, version: str) -> None:
        if known is None:
            self.report.added += 1
        elif known == version:
            self.report.unchanged += 1
        else:
            self.report.updated += 1

    def _items(self, file: str, found: Found, said: Said) -> Iterator[tuple[Document, list[Passage]]]:
        for each in read(found.path, self._limits):
            if isinstance(each, Failure):
                self._failed(_name(found, each.part), each.reason)
                continue
            try:
                yield assemble(file, found.source, each, said)
            except WrongMetadata as error:
                self._failed(_name(found, each.part), str(error))


def _over(given: Given, before: Given) -> Given:
    return Given(given.kind or before.kind, given.account or before.account, given.audience or before.audience)


def _nearest(path: str, roots: Mapping[str, Given]) -> Given:
    """What was said of a path, or of the nearest one above it."""
    above = (path, *map(str, Path(path).parents))
    return next((roots[each] for each in above if each in roots), Given())


def _name(found: Found, part: str) -> str:
    return f"{found.source}#{part}" if part else found.source


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or "cannot be opened"
    return str(error)


def _fingerprint(path: Path, said: Said, limits: Limits) -> str:
    """The hash of a file and of all that was said of it. Raises Unreadable for one too large."""
    if not path.is_file():
        raise Unreadable("not a regular file" if path.exists() else "there is no such file")
    if path.stat().st_size > limits.max_bytes:
        size, most = path.stat().st_size // 2**20, limits.max_bytes // 2**20
        raise Unreadable(f"{size} MB is more than the limit of {most} MB (COACH_MAX_FILE_MB)")
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "blake2b")
    digest.update(repr((RECIPE, sorted(said.folders.items()), said.command)).encode())
    return digest.hexdigest()[:40]
