"""What each `coach review` command does, from parsed options to an exit status."""

import argparse
import json
import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from integrations import bootstrap
from integrations.askers import Askers
from integrations.commands import DONE, WrongUse, print_json
from integrations.people import People
from integrations.review.agreement import Measures
from integrations.review.digest import digest as week
from integrations.review.gaps import Gaps, Seen
from integrations.review.proposals import Proposals
from integrations.review.queue_rows import Waiting
from integrations.review.reviewing import Reviewing
from integrations.review.showing import shortened, show_lines, show_rows
from integrations.review.stats import Stats, as_csv, counts_alone, table, with_documents
from integrations.review.stats import stats as counted
from integrations.settings import Settings, load
from integrations.store import Store
from knowledge.access import Reader

_DAY = 86_400.0
_NOTHING = "Nothing was asked or reviewed yet."
_COLUMNS = ("section", "name", "value", "low", "high")


@dataclass(frozen=True, slots=True)
class Desk:
    """What a command works with: who runs it, whether they are a coach or an admin, and what there is."""

    settings: Settings
    reader: Reader
    coach: bool
    store: Store
    review: Reviewing
    gaps: Gaps
    proposals: Proposals
    now: float

    def since(self, days: int) -> float:
        """The time so many days ago, in seconds since 1970."""
        return self.now - days * _DAY

    @property
    def today(self) -> date:
        """The day it is, in UTC."""
        return datetime.fromtimestamp(self.now, UTC).date()


def _desk(options: argparse.Namespace) -> Desk:
    settings = load()
    library, people = bootstrap.library(settings), People(settings.people)
    review, engine = bootstrap.reviewing(settings, library), bootstrap.catalogue(settings).engine
    reader = Askers(people).reader(options.person)
    coach = review.coaching.is_coach(reader) or reader.person in people.directory().admins
    gaps = Gaps(engine, library, people, review.corrections)
    proposals = Proposals(engine, review.answers, review.reviews, review.corrections, people.directory)
    return Desk(settings, reader, coach, Store(engine), review, gaps, proposals, time.time())


def stats(options: argparse.Namespace, measures: Measures) -> int:
    """The numbers, on the screen or as a CSV file."""
    desk = _desk(options)
    found = _stats(desk, desk.since(options.since), measures)
    rows = table(found)
    if options.csv:
        _write(options.csv, as_csv(rows))
    elif options.json:
        print_json([row._asdict() for row in rows])
    elif not _anything(found):
        print(_NOTHING)
    else:
        _note_counts(desk)
        show_rows(_COLUMNS, shortened(rows) if sys.stdout.isatty() else rows)
    return DONE


def _stats(desk: Desk, since: float, measures: Measures) -> Stats:
    found = counted(desk.store, desk.now, since, measures)
    if not desk.coach:
        return counts_alone(found)
    return with_documents(found, desk.store, desk.reader, desk.today, since, desk.review.corrections)


def _anything(found: Stats) -> bool:
    return bool(found.asked.questions or found.judged or found.by_day)


def _note_counts(desk: Desk) -> None:
    """Say, once and beside the result, that there would be more for a coach."""
    if not desk.coach:
        print("coach: counts only: say --as with the name of a coach for questions and documents", file=sys.stderr)


def gaps(options: argparse.Namespace, _measures: Measures) -> int:
    """What was asked and not answered well, as far as this person may read it."""
    desk = _desk(options)
    found = desk.gaps.seen(desk.reader if desk.coach else Reader(), desk.since(options.since))
    rows = [_gap(each, desk.coach) for each in found]
    if options.json:
        print_json(rows)
    elif not rows:
        print(f"No gaps in the last {options.since} days.")
    else:
        _note_counts(desk)
        show_rows(("gap", "asked", "people", "told", "roles", "owner", "questions"), map(_gap_row, rows))
    return DONE


def _gap(gap: Seen, coach: bool) -> dict[str, Any]:
    """A gap as JSON; for whoever is no coach its counts."""
    counts = {"id": gap.id, "asked": gap.asked, "people": gap.people, "told": gap.told}
    if not coach:
        return counts | {"closed": gap.closed + len(gap.questions)}
    return counts | {
        "closed": gap.closed,
        "label": list(gap.label),
        "roles": dict(gap.roles),
        "owners": list(gap.owners),
        "nearest": [{"document": each.id, "title": each.title, "source": each.source} for each in gap.nearest],
        "questions": [
            {"answer": each.answer, "question": each.question, "at": each.at.isoformat(timespec="seconds"),
             "outcome": each.outcome.value, "why": [why.value for why in each.why]}
            for each in gap.questions
        ],
    }  # fmt: skip


def _gap_row(gap: dict[str, Any]) -> tuple[object, ...]:
    questions = [each["question"] for each in gap.get("questions", ())]
    closed = [f"({gap['closed']} not open to you)"] if gap["closed"] else []
    roles = ", ".join(f"{name} {count}" for name, count in gap.get("roles", {}).items())
    owner = next(iter(gap.get("owners", ())), "")
    named = ", ".join(gap.get("label", ())) or gap["id"]
    return named, gap["asked"], gap["people"], gap["told"], roles, owner, " / ".join([*questions[:3], *closed])


def queue(options: argparse.Namespace, _measures: Measures) -> int:
    """What waits for a coach, oldest first, as far as this one may read it."""
    desk = _desk(options)
    if not desk.coach:
        found = counted(desk.store, desk.now)
        said = {"waiting": found.waiting, "late": found.late}
        print_json(said) if options.json else show_rows(("waiting", "late"), [(found.waiting, found.late)])
        _note_counts(desk)
        return DONE
    entries = _all_waiting(desk)
    rows = [_waiting(each, desk.now) for each in entries]
    if options.json:
        print_json(rows)
    elif not rows:
        print("Nothing waits for a coach.")
    else:
        columns = ("since", "late", "why", "for", "claimed_by", "question")
        show_rows(columns, ([row[name] for name in columns] for row in rows))
    return DONE


def _all_waiting(desk: Desk) -> list[Waiting]:
    found: list[Waiting] = []
    while page := desk.review.reviews.page(desk.reader, after=found[-1] if found else None, size=200):
        found += page
    return found


def _waiting(entry: Waiting, now: float) -> dict[str, Any]:
    return {
        "id": entry.id,
        "answer": entry.answer,
        "since": datetime.fromtimestamp(entry.since, UTC).isoformat(timespec="seconds"),
        "late": entry.due < now,
        "why": ", ".join(each.value for each in entry.reasons),
        "for": entry.assigned,
        "claimed_by": entry.claimed_by,
        "question": entry.question,
    }


def export(options: argparse.Namespace, _measures: Measures) -> int:
    """Write what verdicts propose as benchmark questions. Raises WrongUse for whoever is no coach."""
    desk = _desk(options)
    if not desk.coach:
        raise WrongUse("only a coach exports verdicts: say --as with the name of one")
    proposed = desk.proposals.all(desk.reader, options.confidential)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in proposed.lines)
    unfinished = sum(bool(line["complete"]) for line in proposed.lines)
    said = {"questions": len(proposed.lines), "to_complete": unfinished, "left_out": dict(proposed.left_out)}
    if options.file:
        _write(options.file, text)
        print_json(said) if options.json else show_lines(_exported(said))
        return DONE
    sys.stdout.write(text)
    print(*_exported(said), sep="\n", file=sys.stderr)
    return DONE


def _exported(said: dict[str, Any]) -> list[str]:
    if not said["questions"] and not said["left_out"]:
        return ["No verdicts yet: nothing to propose."]
    out = [f"{count} left out: {why}." for why, count in said["left_out"].items()]
    return [f"{said['questions']} questions, {said['to_complete']} with something under `complete` to add.", *out]


def digest(options: argparse.Namespace, measures: Measures) -> int:
    """The last seven days in plain lines, as far as this person may read them."""
    desk = _desk(options)
    reader, language = desk.reader if desk.coach else Reader(), desk.settings.language or "en"
    told = week(
        desk.store, desk.gaps if desk.coach else None, reader, desk.now, language, measures, desk.review.corrections
    )
    print_json(list(told)) if options.json else show_lines(told)
    return DONE


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise WrongUse(f"{file} cannot be written: {error.strerror}") from None
