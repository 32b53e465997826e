"""Whether the configured embedder and the index of its vectors work, for the doctor."""

from collections.abc import Iterator

from integrations.chroma_index import ChromaIndex
from integrations.findings import Finding
from integrations.settings import Settings
from knowledge.dense import Dense
from knowledge.errors import EmbedderError, StoreError


def examine(settings: Settings, dense: Dense) -> Iterator[Finding]:
    """Ask the embedder for a vector, count what waits for one, look for Chroma."""
    yield _embedder(dense)
    yield from _vectors(dense)
    yield _chroma(ChromaIndex(settings.home, settings.chroma_url))


def _embedder(dense: Dense) -> Finding:
    try:
        made = dense.embedder.passages(["account"])[0].vector or ()
    except EmbedderError as error:
        says, _, mend = str(error).partition(": ")
        return Finding("embedder", "wrong", says, mend)
    return Finding("embedder", "ok", f"{dense.embedder.name} answers with vectors of {len(made)} numbers")


def _vectors(dense: Dense) -> Iterator[Finding]:
    waiting = dense.waiting()
    cut, refused = dense.vectors.curtailed(dense.embedder.name)
    if waiting:
        yield Finding("vectors", "note", f"{waiting} passages wait for one", "run: coach ingest PATH, as before")
    else:
        yield Finding("vectors", "ok", "every passage has one")
    if (before := dense.vectors.in_force()) and before != dense.embedder.name:
        yield Finding("vectors", "note", f"searches go by those of {before} until all of the new ones are there")
    if cut or refused:
        yield Finding(
            "vectors", "note", f"{cut} texts were too long and stand by their beginning, {refused} were refused"
        )


def _chroma(chroma: ChromaIndex) -> Finding:
    try:
        mine = chroma.acquire()
    except StoreError as error:
        return Finding("Chroma", "wrong", str(error), "see COACH_CHROMA_URL; or delete the folder: it is made anew")
    if not mine:
        return Finding("Chroma", "ok", f"{chroma.where} is in use by a process that runs")
    chroma.release()
    return Finding("Chroma", "ok", f"{chroma.where} can be used")
