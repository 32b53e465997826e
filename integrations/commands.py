"""What each command of `coach` does, from parsed options to an exit status."""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from assistant.questions import Asker, Question
from integrations import as_json, bootstrap
from integrations.askers import Askers
from integrations.people import People
from integrations.progress import progress
from integrations.settings import Settings, load
from knowledge.access import Audience
from knowledge.documents import Kind
from knowledge.errors import KnowledgeError
from knowledge.language import whole
from knowledge.library import Library
from knowledge.ports import Given

if TYPE_CHECKING:
    from assistant.answers import Answer
    from assistant.ask import Assistant

DONE, SOME_FAILED = 0, 3


class WrongUse(KnowledgeError):
    """A command that cannot be run as it was typed."""


def ingest(options: argparse.Namespace) -> int:
    """Bring paths up to date; 3 when some documents failed, or passages were left without a vector."""
    given = Given(
        Kind.of(options.kind) if options.kind else None,
        options.account,
        Audience.of(options.audience, options.account) if options.audience else None,
    )
    started = time.perf_counter()
    settings = load()
    library = bootstrap.library(settings)
    _must_exist(library, options.paths)
    before = _public_plans(settings)
    with progress("Reading") as tick:
        report = library.ingest(options.paths, given, tick)
    bootstrap.reviewed_again(settings, library)
    result = as_json.report(report, library.counts(), time.perf_counter() - started)
    if opened := len(_public_plans(settings) - before):
        result["public_plans"] = opened
    print_json(result) if options.json else terminal().show_report(result)
    if opened and not (options.json or given.audience):
        _warn_of_public(opened)
    return SOME_FAILED if report.failed or report.unembedded else DONE


def _public_plans(settings: Settings) -> set[str]:
    """The ids of the account plans that everyone can read."""
    return {each.id for each in bootstrap.catalogue(settings).unguarded().public_plans()}


def _warn_of_public(plans: int) -> None:
    many = "1 account plan has" if plans == 1 else f"{plans} account plans have"
    advice = "say `audience: team` in them, or ingest them with --audience"
    print(f"coach: {many} no audience: everyone can read them; {advice}", file=sys.stderr)


def _must_exist(library: Library, paths: list[Path]) -> None:
    for path in paths:
        if not path.exists() and not path.is_symlink() and not library.knows(path):
            raise WrongUse(f"there is nothing at {path}: name a file or folder that exists")


def search(options: argparse.Namespace) -> int:
    """Show passages, for one text or for a batch."""
    from assistant.understand import understand

    settings, library = opened()

    def found(question: Question) -> list[dict[str, object]]:
        whole = understand(question, library.accounts(question.reader), settings.language or None)
        hits = library.stretches(whole.text, question.reader, options.top, whole.context)
        return [as_json.hit(rank, each) for rank, each in enumerate(hits, start=1)]

    askers = Askers(People(settings.people))
    if options.batch:
        for name, question in _batch(options.batch, options.person, askers):
            print_json({"id": name, "hits": found(question)})
        return DONE
    hits = found(_question(options, askers))
    print_json(hits) if options.json else terminal().show_hits(hits)
    return DONE


def ask(options: argparse.Namespace) -> int:
    """Answer one question or a batch."""
    settings, library = opened()
    assistant, audit = bootstrap.assistant(settings, library), bootstrap.audit(settings, library)
    askers = Askers(People(settings.people))
    if options.batch:
        for name, question in _batch(options.batch, options.person, askers):
            answer = assistant.ask(question)
            print_json({"id": name} | {k: v for k, v in as_json.answer(answer).items() if k != "id"})
            sys.stdout.flush()
            audit.note(question, answer, "terminal")
        return DONE
    question = _question(options, askers)
    answer = _answered(assistant, question, settings, options.json)
    # Whoever waits has the answer before the audit searches for what was withheld.
    sys.stdout.flush()
    audit.note(question, answer, "terminal")
    return DONE


def _answered(assistant: "Assistant", question: Question, settings: Settings, as_data: bool) -> "Answer":
    """The answer, shown."""
    if assistant.drafter and not as_data:
        return _shown_as_it_comes(assistant, question, settings)
    answer = assistant.ask(question)
    print_json(as_json.answer(answer)) if as_data else terminal().show_answer(answer)
    return answer


def _shown_as_it_comes(assistant: "Assistant", question: Question, settings: Settings) -> "Answer":
    """Each claim of a model as soon as it was checked; what was no claim comes last."""
    from assistant.understand import language_of_question

    page = terminal().Page(settings.language or language_of_question(question.text))
    answer = assistant.ask(question, page.claim, page.reading)
    if answer.reviewed:
        terminal().show_answer(answer)
        return answer
    page.outcome(answer)
    page.rest(answer)
    return answer


def reindex(options: argparse.Namespace) -> int:
    """Build the index anew from the catalogue."""
    library = bootstrap.library(load())
    started = time.perf_counter()
    with progress("Indexing") as tick:
        if not library.reindex(tick):
            raise WrongUse("another process owns the index: stop it, then try again")
    counts = library.counts()
    result = {
        "documents": counts.documents,
        "passages": counts.passages,
        "seconds": round(time.perf_counter() - started, 3),
    }
    said = f"Indexed {counts.passages} passages of {counts.documents} documents."
    print_json(result) if options.json else print(said)
    return DONE


def doctor(options: argparse.Namespace) -> int:
    """Say what is in force, what is wrong and how to mend it; 2 when something is."""
    from integrations import doctor as checks

    findings = checks.examine(load())
    print_json([each.as_dict() for each in findings]) if options.json else terminal().show_findings(findings)
    return 2 if any(each.state == "wrong" for each in findings) else DONE


def slack(options: argparse.Namespace) -> int:
    """Run the bot until it is stopped, or print its manifest."""
    if options.what == "manifest":
        from integrations.slack.manifest import manifest

        print(json.dumps(manifest(options.url), ensure_ascii=False, indent=2))
        return DONE
    settings, library = opened()
    bootstrap.run_slack(settings, library, options.http, options.port)
    return DONE


def opened(given: Settings | None = None) -> tuple[Settings, Library]:
    """The library, indexed for the first time if it never was, and caught up if it was interrupted."""
    settings = given or load()
    library = bootstrap.library(settings)
    if library.empty():
        with progress("Indexing the library for the first question") as tick:
            library.ingest(list(settings.folders), progress=tick)
        bootstrap.reviewed_again(settings, library)
    else:
        library.catch_up()
    return settings, library


def _question(options: argparse.Namespace, askers: Askers) -> Question:
    """The question on the command line, with its history. Raises WrongUse when there is none."""
    if options.text is None:
        raise WrongUse('say what to look for, for example: coach ask "How do we win back a quiet account?"')
    file = getattr(options, "history", None)
    try:
        history = as_json.history(json.loads(_text_of(file))) if file else ()
    except (ValueError, KeyError, TypeError):
        raise WrongUse(f"{file} is not a list of {{role, text}}") from None
    return Question(whole(options.text), Asker(options.person), history, askers.reader(options.person))


def _batch(file: Path, person: str, askers: Askers) -> Iterator[tuple[object, Question]]:
    """Each line of a batch: its id, and its question with history and asker."""
    for number, line in enumerate(_text_of(file).split("\n"), start=1):
        if line.strip():
            try:
                name, question = as_json.question(json.loads(line), person)
            except (ValueError, KeyError, TypeError) as error:
                raise WrongUse(f"line {number} of {file} is not a question: {error}") from None
            yield name, replace(question, reader=askers.reader(question.asker.person))


def _text_of(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUse(f"{file} cannot be read: {error}") from None


def terminal() -> ModuleType:
    """What people read; programs that ask for JSON do not wait for it to load."""
    from integrations import terminal

    return terminal


def print_json(value: object) -> None:
    """One line of JSON for a program."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
