"""What is in force and whether it works, with the way to mend what does not."""

import os
from collections.abc import Iterator

from integrations import bootstrap
from integrations.findings import Finding
from integrations.people import People
from integrations.settings import Settings
from knowledge.errors import KnowledgeError
from knowledge.explain import TEAM_OF
from knowledge.library import Library


def examine(settings: Settings) -> list[Finding]:
    """Look at the settings, the model, people, the folder, the catalogue, the index and Slack."""
    return [
        *_in_force(settings),
        _model(settings),
        _people(settings),
        *_folders(settings),
        *_library(settings),
        *_slack(settings),
    ]


def _in_force(settings: Settings) -> Iterator[Finding]:
    yield Finding("COACH_HOME", "ok", str(settings.home))
    yield Finding("COACH_DATABASE_URL", "ok", settings.masked_database)
    yield Finding("COACH_LANGUAGE", "ok", settings.language or "the asker's")
    yield Finding("COACH_MAX_FILE_MB", "ok", str(settings.max_file_mb))
    yield Finding("COACH_AUDIT_DAYS", "ok", f"who asked what is kept for {settings.audit_days} days")


def _model(settings: Settings) -> Finding:
    if not settings.model:
        return Finding("model", "note", "none configured: answers quote the library word for word")
    from integrations import model_check

    return model_check.examine(bootstrap.model(settings), settings.masked_model_url)


def _people(settings: Settings) -> Finding:
    people = People(settings.people)
    try:
        directory = people.directory()
    except KnowledgeError as error:
        mend = f"correct {settings.people}: until then everyone sees public documents only"
        return Finding("COACH_PEOPLE", "wrong", str(error), mend)
    if not people.kept:
        return Finding("COACH_PEOPLE", "note", f"no {settings.people}: in Slack everyone sees public documents only")
    teams = sum(each.startswith(TEAM_OF) for each in directory.groups)
    known = (len(directory.people), len(directory.groups) - teams, teams)
    return Finding("COACH_PEOPLE", "ok", "{}: {} people, {} groups, {} teams".format(settings.people, *known))


def _folders(settings: Settings) -> Iterator[Finding]:
    for each in settings.folders:
        if each.exists():
            yield Finding("COACH_LIBRARY", "ok", str(each))
        else:
            yield Finding("COACH_LIBRARY", "wrong", f"{each} does not exist", "set COACH_LIBRARY to folders that exist")
    parent = settings.home if settings.home.exists() else settings.home.absolute().parent
    if not os.access(parent, os.W_OK):
        yield Finding("COACH_HOME", "wrong", f"{parent} cannot be written", "set COACH_HOME to a folder of your own")


def _library(settings: Settings) -> Iterator[Finding]:
    try:
        library = bootstrap.library(settings)
        counts = library.counts()
    except KnowledgeError as error:
        yield Finding(
            "catalogue", "wrong", str(error), "set COACH_HOME to another folder, or delete this one and ingest again"
        )
        return
    if not counts.documents:
        yield Finding(
            "catalogue",
            "note",
            "empty",
            "ingest documents: coach ingest PATH (or just ask: the starter library is then indexed)",
        )
        return
    yield Finding("catalogue", "ok", f"{counts.documents} documents, {counts.passages} passages")
    yield _index(library)
    if library.dense:
        from integrations import dense_check

        yield from dense_check.examine(settings, library.dense)
    else:
        yield Finding("embedder", "note", "none configured: passages are found by their words")


def _index(library: Library) -> Finding:
    library.catch_up()
    missing = library.unindexed()
    if missing:
        return Finding("index", "wrong", f"{missing} passages are missing from it", "run: coach reindex")
    return Finding("index", "ok", "holds every passage of the catalogue")


def _slack(settings: Settings) -> list[Finding]:
    from integrations.slack.check import examine as examine_slack

    return examine_slack(settings)
