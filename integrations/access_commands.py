"""The commands of an admin: who may see what and why, who asked what, and forgetting a person."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from integrations import bootstrap
from integrations.askers import Askers, Identity, identity
from integrations.audit import Noted
from integrations.commands import DONE, WrongUse, print_json, terminal
from integrations.entries import SqlUnguarded
from integrations.people import People
from integrations.settings import Settings, load
from knowledge.access import ANYONE, PUBLIC, Reader, plain_name
from knowledge.documents import Entry
from knowledge.explain import admitted, explain
from knowledge.people import Directory

Company = tuple[Reader, Sequence[tuple[str, Reader]]]
"""A reader, and those beside them by name."""


def access(options: argparse.Namespace) -> int:
    """Explain one document, or check what a person may read."""
    return _explain(options) if options.what == "explain" else _check(options)


def _explain(options: argparse.Namespace) -> int:
    """Who is admitted to a document, and whether a person may use it, alone or beside others."""
    settings = load()
    catalogue, people = bootstrap.catalogue(settings).unguarded(), People(settings.people)
    entry = _only(catalogue, options.document)
    reader, beside = _in_channel(settings, options) if options.channel else _beside(people, options)
    today = date.today()
    decision = explain(entry, reader, today, catalogue.newer([entry], reader, today)[entry.id])
    said = {
        "document": _named(entry) | {"audience": sorted(entry.audience.names)},
        "admitted": [asdict(each) for each in admitted(entry.audience, people.directory())],
        "person": plain_name(options.person),
        "allowed": decision.allowed,
        "rules": list(decision.rules),
        "channel": options.channel,
        "closed": bool(options.channel) and reader == ANYONE,
        "beside": [{"person": name, "admitted": each.may_read(entry.audience)} for name, each in beside],
    }
    print_json(said) if options.json else terminal().show_explained(said)
    return DONE


def _beside(people: People, options: argparse.Namespace) -> Company:
    """A person with those who were named, each by that name."""
    askers = Askers(people)
    beside = [(plain_name(each), askers.reader(each)) for each in options.beside]
    return askers.reader(options.person).among(each for _, each in beside), beside


def _in_channel(settings: Settings, options: argparse.Namespace) -> Company:
    """A person with the members of a Slack channel, one of each who have the same rights."""
    from integrations.channel_rights import reader_in

    who = identity(options.person, People(settings.people).directory())
    reader = reader_in(settings, options.person, who.slack, options.channel)
    return reader, [(each.person, each) for each in reader.beside]


def _only(catalogue: SqlUnguarded, name: str) -> Entry:
    """The document of that name. Raises WrongUse when there is none, or more than one."""
    found = catalogue.called(name)
    exact = [each for each in found if each.id == name] or found
    if len(exact) == 1:
        return exact[0]
    if not found:
        raise WrongUse(f"no document is called {name}: give its id, source, file name or title")
    listed = "".join(f"\n  {each.id}  {each.source}  {each.title}" for each in found)
    raise WrongUse(f"{len(found)} documents are called {name}, say which by its id:{listed}")


def _named(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": entry.title,
        "source": entry.source,
        "kind": entry.kind.value,
        "account": entry.account,
    }


def _check(options: argparse.Namespace) -> int:
    """How much a person may read, plans that everyone may, and audiences that mean nobody."""
    settings = load()
    people = People(settings.people)
    reader = Askers(people).reader(options.person)
    catalogue = bootstrap.catalogue(settings).unguarded()
    entries = catalogue.entries()
    readable = Counter((each.kind.value, each.account) for each in entries if reader.may_read(each.audience))
    said = {
        "person": plain_name(options.person),
        "documents": readable.total(),
        "counts": [
            {"kind": kind, "account": account, "documents": count}
            for (kind, account), count in sorted(readable.items(), key=lambda each: (each[0][0], each[0][1] or ""))
        ],
        "public_plans": [_named(each) for each in catalogue.public_plans()],
        "unknown_names": _unknown(entries, people.directory()),
    }
    print_json(said) if options.json else terminal().show_check(said)
    return DONE


def _unknown(entries: Iterable[Entry], directory: Directory) -> list[dict[str, Any]]:
    """The names in audiences that nobody goes by, each with how many documents have it."""
    named = Counter(name for each in entries for name in each.audience.names - {PUBLIC})
    known = directory.people | {name for name, members in directory.groups.items() if members}
    return [{"name": name, "documents": count} for name, count in sorted(named.items()) if name not in known]


def audit(options: argparse.Namespace) -> int:
    """Show what was asked, newest first."""
    settings = load()
    catalogue = bootstrap.catalogue(settings)
    people = _whose(settings, options.person).audited_as if options.person else ()
    document = _document(catalogue.unguarded(), options.document)
    noted = list(bootstrap.audit(settings, bootstrap.library(settings)).noted(people, document, options.since))
    ids = {document for each in noted for document in (*each.used, *(hidden.document for hidden in each.withheld))}
    titles = {name: entry.title for name, entry in catalogue.unguarded().entries_of(ids).items()}
    names = {plain_name(each): name for each, name in People(settings.people).directory().slack.items()}
    rows = [_shown(each, titles, names) for each in noted]
    print_json(rows) if options.json else terminal().show_audit(rows)
    return DONE


def _document(catalogue: SqlUnguarded, name: str) -> str:
    """The id of a document, also of one that is gone: then the name is the id."""
    return _only(catalogue, name).id if name and catalogue.called(name) else name


def _shown(noted: Noted, titles: Mapping[str, str], names: Mapping[str, str]) -> dict[str, Any]:
    """A row as JSON; a document that is gone since has no title. `names` are those of Slack ids."""
    return {
        "at": noted.at.isoformat(timespec="seconds"),
        "person": names.get(noted.person, noted.person),
        **{name: getattr(noted, name) for name in ("surface", "channel", "question", "answer", "outcome")},
        "used": [{"document": each, "title": titles.get(each)} for each in noted.used],
        "withheld": [
            {"document": each.document, "title": titles.get(each.document), "because": list(each.because)}
            for each in noted.withheld
        ],
    }


def erase(options: argparse.Namespace) -> int:
    """Forget what a person asked, after asking back."""
    from integrations.erasing import Traces
    from integrations.review.erasing import ReviewTraces
    from integrations.review.errands import Errands
    from integrations.store import Store

    settings = load()
    whose = _whose(settings, options.person)
    engine, library = bootstrap.catalogue(settings).engine, bootstrap.library(settings)
    traces, reviewed = (
        Traces(engine, whose),
        ReviewTraces(Store(engine), bootstrap.corrections(settings, library), Errands(engine), whose),
    )
    if not options.yes and not _agreed(whose, traces.count() | reviewed.count()):
        return DONE
    said = {"person": whose.name, "slack": list(whose.slack), **reviewed.erase(), **traces.erase()}
    print_json(said) if options.json else print(f"Erased of {_all_names(whose)}: {_counted(said)}.")
    return DONE


def _agreed(whose: Identity, counts: dict[str, int]) -> bool:
    """Whether somebody at a terminal says yes. Raises WrongUse where nobody can be asked."""
    if not sys.stdin.isatty():
        raise WrongUse(f"nobody is there to agree: say `coach erase {whose.name} --yes`")
    print(f"About {_all_names(whose)} there is: {_counted(counts)}.", file=sys.stderr)
    print("Erase them for good? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


def _all_names(whose: Identity) -> str:
    others = [each for each in whose.slack if each.casefold() != whose.name]
    return f"{whose.name} ({', '.join(others)})" if others else whose.name


_COUNTED = {
    "questions": "questions",
    "answers": "answers",
    "votes": "votes",
    "sessions": "sessions in the console",
    "audit": "audit rows",
    "mentions": "mentions in the audit rows of others",
    "reviews": "answers waiting for review",
    "verdicts": "verdicts",
    "outcomes": "words on corrections",
    "corrections": "corrections",
}


def _counted(counts: dict[str, Any]) -> str:
    return ", ".join(f"{counts[name]} {label}" for name, label in _COUNTED.items() if counts[name]) or "nothing"


def _whose(settings: Settings, person: str) -> Identity:
    """Who is meant. Raises WrongUse for nobody."""
    if not plain_name(person):
        raise WrongUse("say whose: a name in people.yaml, or a Slack id")
    return identity(person, People(settings.people).directory())
