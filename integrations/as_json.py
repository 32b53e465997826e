"""Our words as JSON and back: the shapes that the command line promises."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from assistant.answers import (
    Answer,
    Citation,
    Claim,
    ClaimKind,
    Note,
    NoteKind,
    Outcome,
    Recipe,
    Rejected,
    Reviewed,
    Searched,
)
from assistant.questions import Asker, Language, Question, Turn
from knowledge.access import Reader
from knowledge.documents import Hit
from knowledge.ingest import Report
from knowledge.language import whole
from knowledge.ports import Counts


def report(done: Report, counts: Counts, seconds: float) -> dict[str, Any]:
    """What an ingest did; `documents` and `passages` are what the library holds now.

    `unembedded` is there only when passages were left without a vector, and says why.
    """
    unembedded = {"unembedded": done.unembedded} if done.unembedded else {}
    return {
        "added": done.added,
        "updated": done.updated,
        "unchanged": done.unchanged,
        "removed": done.removed,
        "failed": [{"source": source, "error": reason} for source, reason in done.failed],
        "documents": counts.documents,
        "passages": counts.passages,
        "seconds": round(seconds, 3),
        **unembedded,
    }


def hit(rank: int, found: Hit) -> dict[str, Any]:
    """A passage that was found; `start` and `end` are offsets into its document."""
    passage, entry = found.passage, found.entry
    return {
        "rank": rank,
        "score": round(found.relevance, 6),
        "passage_id": passage.id,
        "document_id": entry.id,
        "title": entry.title,
        "kind": entry.kind.value,
        "account": entry.account,
        "source": entry.source,
        "heading": passage.heading,
        "page": passage.page,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
    }


def answer(given: Answer) -> dict[str, Any]:
    """An answer whole."""
    spoken_of = {name: _reviewed(getattr(given, name)) for name in ("reviewed", "similar")}
    return asdict(given) | spoken_of


def _reviewed(given: Reviewed | None) -> dict[str, Any] | None:
    return {**asdict(given), "on": given.on.isoformat()} if given else None


def answer_of(stored: Mapping[str, Any]) -> Answer:
    """An answer from the JSON of `answer`; what is not needed to show it is left out."""
    language: Language = stored["language"]
    return Answer(
        id=stored["id"],
        question=stored["question"],
        outcome=Outcome(stored["outcome"]),
        language=language,
        claims=tuple(map(_claim, stored["claims"])),
        next_steps=tuple(map(_claim, stored["next_steps"])),
        questions=tuple(map(_claim, stored["questions"])),
        nearest=tuple(map(_claim, stored["nearest"])),
        owners=tuple(stored["owners"]),
        notes=tuple(Note(NoteKind(n["kind"]), n["about"], citations_of(n)) for n in stored["notes"]),
        searched=Searched(stored["searched"]["documents"], tuple(stored["searched"]["terms"])),
        rejected=tuple(Rejected(each["text"], each["reason"]) for each in stored["rejected"]),
        recipe=Recipe(**stored["recipe"]),
        confidence=stored["confidence"],
        reviewed=_reviewed_of(stored["reviewed"]),
        similar=_reviewed_of(stored["similar"]),
    )


def _reviewed_of(stored: Mapping[str, Any] | None) -> Reviewed | None:
    return Reviewed(**{**stored, "on": date.fromisoformat(stored["on"])}) if stored else None


def _claim(stored: Mapping[str, Any]) -> Claim:
    kind = ClaimKind(stored["kind"])
    return Claim(
        stored["text"], kind, citations_of(stored), stored["plain"], stored["account"], stored.get("drafted", False)
    )


def citations_of(stored: Mapping[str, Any]) -> tuple[Citation, ...]:
    """The citations of a stored claim, note or statement."""
    return tuple(Citation(**each) for each in stored["citations"])


def question(line: Mapping[str, Any], person: str) -> tuple[object, Question]:
    """The id and the question of a batch line `{id, question, history?, asker?}`.

    Raises KeyError, TypeError or ValueError for a line that is none.
    """
    if not isinstance(line["question"], str):
        raise TypeError("question must be a text")
    asker = line.get("asker") or person
    if not isinstance(asker, str):
        raise TypeError("asker must be a text")
    turns = history(line.get("history") or ())
    return line["id"], Question(whole(line["question"]), Asker(asker), turns, Reader(asker))


def history(turns: Any) -> tuple[Turn, ...]:
    """Earlier turns from a list of `{role, text}`."""
    return tuple(Turn(str(turn["role"]), whole(str(turn["text"]))) for turn in turns)
