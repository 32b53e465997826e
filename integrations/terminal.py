"""What people see in a terminal: colours and progress there, plain text in a pipe."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from assistant.answers import Answer, Citation, Claim, Outcome
from assistant.wording import say
from integrations.findings import Finding

_SHOWN_TERMS = 12


def _console() -> Console:
    return Console(highlight=False, width=None if sys.stdout.isatty() else 10_000)


def show_report(report: Mapping[str, Any]) -> None:
    """What an ingest did, failures named."""
    console = _console()
    done = ", ".join(f"{report[each]} {each}" for each in ("added", "updated", "unchanged", "removed"))
    console.print(f"[bold]{done}[/bold], {len(report['failed'])} failed, in {report['seconds']:.1f} s")
    console.print(f"The library holds {report['documents']} documents in {report['passages']} passages.")
    for each in report["failed"]:
        console.print(Text.assemble(("failed  ", "red"), each["source"], ": ", each["error"]))


def show_hits(hits: Sequence[Mapping[str, Any]]) -> None:
    """Passages, best first."""
    console = _console()
    if not hits:
        console.print("Nothing found.")
    for each in hits:
        place = " › ".join(filter(None, (each["title"], each["heading"])))
        console.print(Text.assemble((f"{each['rank']:>2}  ", "bold cyan"), (place, "bold")))
        page = f" page {each['page']}" if each["page"] else ""
        console.print(Text(f"    {each['source']}{page} [{each['start']}:{each['end']}]", "dim"))
        console.print(Padding(Text(" ".join(each["text"].split())[:300]), (0, 0, 1, 4), expand=False))


def show_answer(answer: Answer) -> None:
    """An answer as a person reads it: what is claimed, by kind, then where it stands."""
    console, sources = _console(), _Sources()
    if answer.outcome is not Outcome.ANSWERED:
        console.print(Text(say(answer.outcome.value, answer.language), "bold"))
    for kind in dict.fromkeys(claim.kind for claim in answer.claims):
        _claims(console, say(kind.value, answer.language), [c for c in answer.claims if c.kind is kind], sources)
    for note in answer.notes:
        marks = sources.marks(note.citations)
        console.print(
            Text.assemble((say(note.kind.value, answer.language, about=note.about), "yellow"), (f" {marks}", "cyan"))
        )
        console.print()
    _claims(console, say("next_steps", answer.language), answer.next_steps, sources)
    _claims(console, say("questions", answer.language), answer.questions, sources)
    if answer.outcome is Outcome.DECLINED:
        _declined(console, answer, sources)
    if sources.listed:
        console.print(Text(say("sources", answer.language), "bold"))
    for number, citation in enumerate(sources.listed, start=1):
        _source(console, number, citation, answer)


def _claims(console: Console, label: str, claims: Sequence[Claim], sources: "_Sources") -> None:
    if not claims:
        return
    console.print(Text(label, "bold green"))
    for claim in claims:
        whose = f"{claim.account}: " if claim.account and claim.account not in claim.plain else ""
        marks = sources.marks(claim.citations)
        console.print(
            Padding(
                Text.assemble("• ", (whose, "italic"), claim.plain, (f" {marks}", "cyan")), (0, 0, 0, 2), expand=False
            )
        )
    console.print()


def _declined(console: Console, answer: Answer, sources: "_Sources") -> None:
    if not answer.searched.documents:
        console.print(say("empty_library", answer.language))
        return
    terms = ", ".join(answer.searched.terms[:_SHOWN_TERMS])
    console.print(say("searched", answer.language, documents=answer.searched.documents, terms=terms))
    console.print()
    _claims(console, say("nearest", answer.language), answer.nearest, sources)
    if answer.owners:
        console.print(say("owners", answer.language, owners=", ".join(answer.owners)), markup=False)
        console.print()


def _source(console: Console, number: int, citation: Citation, answer: Answer) -> None:
    place = " › ".join(filter(None, (citation.title, citation.heading)))
    page = f", {say('page', answer.language, page=citation.page)}" if citation.page else ""
    console.print(Text.assemble((f"[{number}] ", "cyan"), place, page))
    console.print(Text(f"    {citation.link or citation.source}", "dim"))


class _Sources:
    """Numbers for the passages that are cited, in order of appearance."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.listed: list[Citation] = []

    def marks(self, citations: Iterable[Citation]) -> str:
        """The numbers of the passages that citations point into, in brackets."""
        return "".join(dict.fromkeys(map(self._mark, citations)))

    def _mark(self, citation: Citation) -> str:
        if citation.passage_id not in self._numbers:
            self.listed.append(citation)
            self._numbers[citation.passage_id] = len(self.listed)
        return f"[{self._numbers[citation.passage_id]}]"


def show_findings(findings: Iterable[Finding]) -> None:
    """What the doctor found, with what to do."""
    console = _console()
    colours = {"ok": "green", "note": "yellow", "wrong": "red"}
    for each in findings:
        console.print(
            Text.assemble((f"{each.state:<6}", colours[each.state]), (f"{each.about:<22}", "bold"), each.says)
        )
        if each.mend:
            console.print(Text(f"{'':<28}→ {each.mend}"))
