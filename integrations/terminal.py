"""What people see in a terminal: colours and progress there, plain text in a pipe."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.status import Status
from rich.table import Table
from rich.text import Text

from assistant.answers import Answer, Citation, Claim, Outcome
from assistant.questions import Language
from assistant.wording import label, reviewed_by, say, similar_to
from integrations.findings import Finding

_SHOWN_TERMS = 12


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Whoever reads no further, as `head` does, has what they wanted: that is no failure."""
        raise BrokenPipeError


def _console() -> Console:
    return _Console(highlight=False, width=None if sys.stdout.isatty() else 10_000)


def show_report(report: Mapping[str, Any]) -> None:
    """What an ingest did, failures named."""
    console = _console()
    done = ", ".join(f"{report[each]} {each}" for each in ("added", "updated", "unchanged", "removed"))
    console.print(f"[bold]{done}[/bold], {len(report['failed'])} failed, in {report['seconds']:.1f} s")
    console.print(f"The library holds {report['documents']} documents in {report['passages']} passages.")
    for each in report["failed"]:
        console.print(Text.assemble(("failed  ", "red"), each["source"], ": ", each["error"]))
    if why := report.get("unembedded"):
        console.print(Text.assemble(("not embedded  ", "red"), why))


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
    page = Page(answer.language)
    page.outcome(answer)
    for kind in dict.fromkeys(label(claim, answer) for claim in answer.claims):
        for claim in answer.claims:
            if label(claim, answer) == kind:
                page.claim(claim, kind)
    page.rest(answer)


class Page:
    """An answer on its way to a reader, in the order it arrives."""

    def __init__(self, language: Language) -> None:
        self._console, self._sources = _console(), _Sources()
        self._language = language
        self._label = ""
        self._waiting: Status | None = None

    def reading(self, passages: int) -> None:
        """Say that passages are being read, where somebody is watching, until the first claim comes."""
        if sys.stderr.isatty():
            said = say("reading", self._language, passages=passages)
            self._waiting = Console(stderr=True).status(said)
            self._waiting.start()

    def _arrived(self) -> None:
        if self._waiting:
            self._waiting.stop()
            self._waiting = None

    def outcome(self, answer: Answer) -> None:
        """That the answer is none, or not a whole one."""
        self._arrived()
        if answer.outcome is not Outcome.ANSWERED:
            self._console.print(Text(say(answer.outcome.value, answer.language), "bold"))
        if answer.reviewed:
            self._console.print(Text(reviewed_by(answer), "bold"))

    def claim(self, claim: Claim, kind: str = "") -> None:
        """One more claim, under a label when it is of another kind than the one before."""
        self._arrived()
        self._labelled(kind or say(claim.kind.value, self._language))
        whose = f"{claim.account}: " if claim.account and claim.account not in claim.plain else ""
        marks = self._sources.marks(claim.citations)
        line = Text.assemble(
            "\u2022 ", (whose, "italic"), claim.plain or claim.text, (f" {marks}" if marks else "", "cyan")
        )
        self._console.print(Padding(line, (0, 0, 0, 2), expand=False))

    def _labelled(self, label: str) -> None:
        if label != self._label:
            self._space()
            self._console.print(Text(label, "bold green"))
        self._label = label

    def _space(self) -> None:
        if self._label:
            self._console.print()
        self._label = ""

    def rest(self, answer: Answer) -> None:
        """What follows the claims: remarks, steps, questions, what was searched, the sources."""
        self._space()
        for note in answer.notes:
            said = say(note.kind.value, answer.language, about=note.about)
            self._console.print(Text.assemble((said, "yellow"), (f" {self._sources.marks(note.citations)}", "cyan")))
            self._console.print()
        if answer.similar:
            self._console.print(Text(similar_to(answer), "yellow"))
            self._console.print()
        self._listed(say("next_steps", answer.language), answer.next_steps)
        self._listed(say("questions", answer.language), answer.questions)
        if answer.outcome is Outcome.DECLINED:
            self._declined(answer)
        if self._sources.listed:
            self._console.print(Text(say("sources", answer.language), "bold"))
        for number, citation in enumerate(self._sources.listed, start=1):
            _source(self._console, number, citation, answer)

    def _listed(self, label: str, claims: Iterable[Claim]) -> None:
        for claim in claims:
            self._labelled(label)
            marks = self._sources.marks(claim.citations)
            line = Text.assemble("\u2022 ", claim.plain, (f" {marks}", "cyan"))
            self._console.print(Padding(line, (0, 0, 0, 2), expand=False))
        self._space()

    def _declined(self, answer: Answer) -> None:
        if not answer.searched.documents:
            self._console.print(say("empty_library", answer.language))
            return
        terms = ", ".join(answer.searched.terms[:_SHOWN_TERMS])
        documents = answer.searched.documents
        self._console.print(say("searched", answer.language, documents=documents, terms=terms), markup=False)
        self._console.print()
        self._listed(say("nearest", answer.language), answer.nearest)
        if answer.owners:
            self._console.print(say("owners", answer.language, owners=", ".join(answer.owners)), markup=False)
            self._console.print()


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


def show_explained(said: Mapping[str, Any]) -> None:
    """Who is admitted to a document, and whether a person may use it."""
    console, document = _console(), said["document"]
    console.print(Text(_safe(document["title"]), "bold"))
    console.print(Text(f"    {_safe(document['source'])}  {document['id']}", "dim"))
    if not said["admitted"]:
        console.print("Admits nobody.")
    for each in said["admitted"]:
        people = f": {', '.join(each['people'])}" if each["what"] in ("group", "team") else ""
        console.print(Text(f"Admits {each['name']} ({each['what']}){people}"))
    whose = said["person"] or "Whoever is not known"
    beside = f" beside {', '.join(each['person'] for each in said['beside'])}" if said["beside"] else ""
    if said["channel"]:
        console.print(f"Asked in {said['channel']}, by its members now.", markup=False)
    if said["closed"]:
        console.print("Somebody there, or the asker, is an outsider, or Slack does not say: public documents only.")
    verdict, colour = ("may use it", "green") if said["allowed"] else ("may not use it", "red")
    console.print(Text.assemble(f"{whose}{beside} ", (verdict, colour), ":"))
    for rule in said["rules"]:
        console.print(Text(f"  \u2022 {_safe(rule)}"))


def show_check(said: Mapping[str, Any]) -> None:
    """What a person may read, and what looks like a slip."""
    console = _console()
    console.print(Text(f"{said['person'] or 'Everyone'} may read {said['documents']} documents.", "bold"))
    for each in said["counts"]:
        console.print(Text(f"{each['documents']:>6}  {each['kind']}  {_safe(each['account'] or '')}".rstrip()))
    if said["public_plans"]:
        console.print(Text("Account plans that everyone can read: say `audience: team`, or --audience", "yellow"))
    for each in said["public_plans"]:
        console.print(Text(f"        {_safe(each['title'])}  {_safe(each['source'])}"))
    if said["unknown_names"]:
        console.print(Text("Audiences that nobody in people.yaml goes by:", "yellow"))
    for each in said["unknown_names"]:
        console.print(Text(f"{each['documents']:>6}  {_safe(each['name'])}"))


_AUDITED = ("at", "person", "where", "outcome", "question", "used", "withheld")


def show_audit(rows: Sequence[Mapping[str, Any]]) -> None:
    """Who asked what: a table for people, a line each with tabs for a pipe."""
    lines = [[_safe(each) for each in _audited(row)] for row in rows]
    if not sys.stdout.isatty():
        sys.stdout.writelines("\t".join(line) + "\n" for line in lines)
        return
    table = Table(*_AUDITED)
    for line in lines:
        table.add_row(*map(Text, line))
    _console().print(table if lines else "Nothing was noted.")


def _audited(row: Mapping[str, Any]) -> Iterator[str]:
    yield row["at"]
    yield row["person"] or "-"
    yield f"{row['surface']} {row['channel']}".rstrip()
    yield row["outcome"]
    yield row["question"]
    yield "; ".join(each["title"] or each["document"] for each in row["used"]) or "-"
    hidden = (f"{each['title'] or each['document']} [{'; '.join(each['because'])}]" for each in row["withheld"])
    yield "; ".join(hidden) or "-"


def _safe(text: str) -> str:
    """A text of people's without what moves the cursor, turns writing round or hides."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def show_table(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str = "") -> None:
    """A table; the first column is words, the others stand to the right."""
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(each) for each in row))
    _console().print(table)
