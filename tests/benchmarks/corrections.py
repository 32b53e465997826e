"""Corrections whose sources change, by every way there is; and coaches who press at the same moment."""

import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from assistant.answers import Answer, Citation, Outcome
from assistant.correction import Cite, Correction, Statement
from assistant.questions import Question
from assistant.review import Decision, Verdict, Why
from assistant.sentences import quotable
from integrations import bootstrap
from integrations.review.queue import Reviews
from integrations.review.reviewing import Reviewing
from integrations.settings import Settings
from knowledge.access import ANYONE, Reader
from knowledge.documents import Hit
from knowledge.library import Library
from tests.benchmarks.shared import SAMPLES, Number, Place
from tests.integrations.review_cases import corrections

_RACES = 1_000
_COACHES = (Reader("ann"), Reader("bo"))

Change = Callable[[Path], None]


def measure(place: Place) -> list[Number]:
    """Sixty corrections of the review cases over a copy of the starter library, then a thousand races."""
    flips = [_flipped(place, name, change) for name, change in _CHANGES.items()]
    rested, stale, shown = (sum(each) for each in zip(*flips, strict=True))
    return [
        Number("corrections whose source was changed, superseded, expired or removed", rested, at_least=1),
        Number("of them stale after one ingest", 100 * stale / rested, "%", at_least=100),
        Number("stale corrections given as an answer", shown, at_most=0),
        *_races(place),
    ]


def _flipped(place: Place, name: str, change: Change) -> tuple[int, int, int]:
    """How many corrections rest on documents that change, are stale then, and answer their question all the same."""
    home, docs = place.fresh(f"flips-{name}"), place.work / f"docs-{name}"
    shutil.copytree(SAMPLES, docs, dirs_exist_ok=True)
    settings = Settings(home=home, people=home / "people.yaml", library=(docs,))
    library = bootstrap.library(settings)
    library.ingest([docs])
    review = bootstrap.reviewing(settings, library)
    promoted = _promoted(review, library)
    for file in {docs / each for each in promoted.values()}:
        change(file)
    library.ingest([docs])
    assistant = bootstrap.assistant(settings, library)
    given = [assistant.ask(Question(each.question)).reviewed for each in corrections("fitted")]
    return (
        len(promoted),
        len(review.corrections.stale().keys() & promoted.keys()),
        sum(each is not None for each in given),
    )


def _promoted(review: Reviewing, library: Library) -> dict[str, str]:
    """The file that each correction rests on: the best passage for its question, as far as it may be quoted."""
    files = {}
    for each in corrections("fitted"):
        for hit in library.search(each.question, ANYONE).hits:
            sentence = next(quotable(hit), None)
            if sentence and hit.entry.account is None:
                review.corrections.promote(_citing(each, hit, sentence.citation()))
                files[each.id] = "/".join(Path(hit.entry.source).parts[-2:])
                break
    return files


def _citing(correction: Correction, hit: Hit, citation: Citation) -> Correction:
    return replace(
        correction,
        statements=(Statement(citation.quote.replace("\n", " "), (citation,)),),
        cites=(Cite(hit.entry.id, hit.entry.version, citation.quote),),
        effective=date.today(),
        expires=date.today().replace(year=date.today().year + 1),
    )


def _edited(file: Path) -> None:
    file.write_text(file.read_text("utf-8") + "\nOne more line.\n", "utf-8")


def _superseded(file: Path) -> None:
    file.with_name(f"new-{file.name}").write_text(
        f"---\nsupersedes: {file.name}\n---\n# Newer\n\nOther rules hold.\n", "utf-8"
    )


def _expired(file: Path) -> None:
    head, _, rest = file.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
    file.write_text(f"---\n{head}\nexpires: 2020-01-01\n---\n{rest}", "utf-8")


_CHANGES: dict[str, Change] = {
    "edited": _edited,
    "superseded": _superseded,
    "expired": _expired,
    "removed": Path.unlink,
}


def _races(place: Place) -> list[Number]:
    """Two coaches, each with a connection of their own, judge the same answer at the same moment."""
    settings = Settings(home=place.fresh("races"))
    library = bootstrap.library(settings)
    mine, other = (bootstrap.reviewing(settings, library).reviews for _ in _COACHES)
    lost = 0
    for number in range(_RACES):
        answer = Answer(f"a{number}", "Who signs?", Outcome.DECLINED, "en")
        mine.enqueue(answer, [Why.SAMPLE])
        together = threading.Barrier(2)
        threads = [
            threading.Thread(target=_judges, args=(reviews, coach, answer.id, together))
            for reviews, coach in zip((mine, other), _COACHES, strict=True)
        ]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        lost += sorted(each.coach for each in mine.verdicts(answer.id)) != ["ann", "bo"]
    return [Number(f"{_RACES} races of two coaches: a verdict lost or doubled", lost, at_most=0)]


def _judges(reviews: Reviews, coach: Reader, answer: str, together: threading.Barrier) -> None:
    together.wait()
    for _ in range(2):
        verdict = Verdict(answer, coach.person, Decision.APPROVE, datetime.now(UTC), key=f"{answer} {coach.person}")
        reviews.judge(verdict)
