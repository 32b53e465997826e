"""Probes of the console: somebody asks, looks, searches, judges or corrects, with or without the right to."""

import contextlib
import io
import json
import os
import re
from argparse import Namespace
from collections.abc import Iterator, Mapping

from evals.agreement import alpha, kappa
from integrations.review import commands as review_commands
from integrations.review.agreement import Measures
from knowledge.errors import KnowledgeError
from tests.leaks.company import Paper
from tests.leaks.review_office import Office
from tests.leaks.review_plan import Plan

Moves = Iterator[None]


def ask(plan: Plan, user: str, paper: Paper) -> Moves:
    """Ask in the browser; often a vote against the answer follows, or a call for a coach."""
    office, text = plan.office, plan.question(user, paper)
    office.judge.typed_by(user, text)
    page = office.post(user, "ask", "/ask", question=text)
    named = re.search(r'action="/ask/([0-9a-f]+)/vote', page)
    if named and plan.chance.random() < 0.7:
        path = f"/ask/{named[1]}/vote"
        office.post(user, "ask", path, vote=plan.chance.choice(("down", "coach")))
        office.post(user, "ask", path, vote="reason", reason=plan.remark())
    yield


def ask_again(plan: Plan, user: str, paper: Paper) -> Moves:
    """What a coach corrected, in the same words or others near them, by somebody who may or may not read it."""
    office, ledger = plan.office, plan.office.judge.ledger
    for name in plan.some(sorted(ledger.corrected), 1):
        answer, files = ledger.corrected[name]
        papers = [office.stage.world.papers[each] for each in files if each in office.stage.world.papers]
        if answer in ledger.given and papers:
            who = plan.person(papers[0], plan.chance.random() < 0.7, coach=False)
            text = ledger.given[answer].question
            for each in (text, f"{text} {papers[0].asked[1]}"):
                office.judge.typed_by(who, each)
                office.post(who, "ask", "/ask", question=each)
    yield


def old_answers(plan: Plan, user: str, paper: Paper) -> Moves:
    """One's own answers by the rights of now, and somebody else's by its address."""
    office, given = plan.office, list(plan.office.judge.ledger.given.values())
    mine = [each.id for each in given if each.asker == user and each.surface == "web"]
    office.get(user, "old answers", "/ask")
    for each in (*plan.some(mine, 2), *plan.some([each.id for each in given], 1)):
        office.get(user, "old answers", f"/ask/{each}")
    yield


def search(plan: Plan, user: str, paper: Paper) -> Moves:
    """Look for what a document says, or for what was asked."""
    text = plan.question(user, paper)
    plan.office.judge.typed_by(user, text)
    plan.office.get(user, "search", "/search", q=text)
    yield


def documents(plan: Plan, user: str, paper: Paper) -> Moves:
    """The list, a document by its id, and what was made of a correction."""
    office = plan.office
    text = plan.chance.choice(("", paper.subject, "reviewed"))
    office.judge.typed_by(user, text)
    office.get(user, "documents", "/documents", q=text)
    corrections = [f"%/{each}.md" for each in office.judge.ledger.corrected]
    for like in (f"%/{paper.file}", *plan.some(corrections, 2)):
        for name in plan.stored("select id from documents where file like ?", like):
            office.get(user, "documents", f"/documents/{name}")
    yield


def passages(plan: Plan, user: str, paper: Paper) -> Moves:
    """A passage by its id."""
    corrections = [f"%/{each}.md" for each in plan.office.judge.ledger.corrected]
    for name in (
        *plan.passages(paper),
        *(one for each in plan.some(corrections, 1) for one in plan.passages_like(each)),
    ):
        plan.office.get(user, "passages", f"/passages/{name}?at=0-400")
    yield


def queue(plan: Plan, user: str, paper: Paper) -> Moves:
    """The queue as it is asked for."""
    asked = plan.chance.choice(({}, {"state": "done"}, {"whose": "mine"}, {"why": "down_vote"}, {"why": "stale"}))
    entry = plan.chance.choice([*plan.entries(), ""])
    plan.office.get(
        user, "queue", "/review", **asked, **({"said": "correct", "of": entry, "after": entry} if entry else {})
    )
    yield


def case(plan: Plan, user: str, paper: Paper) -> Moves:
    """An entry by its id; sometimes a verdict follows."""
    office, chance = plan.office, plan.chance
    for entry in plan.some(plan.entries(), 1):
        page = office.get(user, "case", f"/review/{entry}", state=chance.choice(("", "done")))
        if chance.random() < 0.4:
            said = {"decision": chance.choice(("approve", "reject", "reject")), "reason": plan.remark()}
            marks = {f"mark{number}": chance.choice(("right", "wrong")) for number in range(3)}
            key = re.search(r'name="key" value="([^"]*)"', page)
            office.post(
                user,
                "case",
                f"/review/{entry}/verdict",
                **said,
                **marks,
                better=plan.remark(),
                key=key[1] if key else "",
            )
        office.post(user, "case", f"/review/{entry}/{chance.choice(('next', 'take', 'verify'))}")
    yield


def correct(plan: Plan, user: str, paper: Paper) -> Moves:
    """A correction, citing a document by the ids of its passages, whoever may read it; published if that can be."""
    office, chance = plan.office, plan.chance
    for entry in plan.entry_for(user):
        path, added = f"/review/{entry}/correct", plan.passages(paper)[:1]
        page = office.get(user, "correct", path)
        shown = re.findall(r'name="shown" value="([^"]*)"', page)
        key = re.search(r'name="key" value="([^"]*)"', page)
        form = {"shown": [*shown, *added], "key": key[1] if key else "", "topics": plan.remark()}
        # What somebody types who may not read it they must have from elsewhere; so they do not.
        line = plan.sentence(paper) if office.stage.world.may_read(user, paper) else "Say what the record says."
        lines = f"{line} [{len(shown) + 1}]" + (f"\n{plan.remark()}" if chance.random() < 0.8 else "")
        office.judge.typed_by(user, paper.asked[1])
        for do in ("search", "check", "publish"):
            page = office.post(
                user, "correct", path, **form, do=do, text=lines, q=paper.asked[1], language=paper.script
            )
    yield


def corrections(plan: Plan, user: str, paper: Paper) -> Moves:
    """All corrections; now and then one is taken back, or tried to be."""
    plan.office.get(user, "corrections", "/corrections")
    for each in plan.some(sorted(plan.office.judge.ledger.corrected), 1) if plan.chance.random() < 0.2 else ():
        plan.office.post(user, "corrections", f"/corrections/{each}/withdraw")
    yield


def numbers(plan: Plan, user: str, paper: Paper) -> Moves:
    """Gaps, statistics and their file."""
    surface, path = plan.chance.choice((("gaps", "/gaps"), ("statistics", "/statistics"), ("csv", "/statistics.csv")))
    plan.office.get(user, surface, path, days=plan.chance.choice(("7", "30", "90")))
    yield


def evaluations(plan: Plan, user: str, paper: Paper) -> Moves:
    """The runs, and the report of one over the library in use that quotes a document."""
    office, name = plan.office, f"run-{plan.chance.getrandbits(48):x}"
    folder = office.console.runs / name
    folder.mkdir(parents=True)
    ids = plan.stored("select id from documents where file like ?", f"%/{paper.file}")
    header = {
        "name": name,
        "set": "s",
        "began": "2026-01-01",
        "library": office.console.library.version(),
        "recipe": {},
    }
    (folder / "run.json").write_text(json.dumps(header), "utf-8")
    (folder / "attempts.jsonl").write_text(
        json.dumps({"hits": [{"document": each} for each in ids or ["gone"]]}), "utf-8"
    )
    (folder / "report.html").write_text(f"<!doctype html>{paper.text}", "utf-8")
    office.get(user, "evaluations", "/evaluations")
    office.get(user, "evaluations", f"/evaluations/{name}")
    yield


def commands(plan: Plan, user: str, paper: Paper) -> Moves:
    """`coach review`, for somebody whom people.yaml knows: what it prints."""
    office = plan.office
    what = plan.chance.choice(("stats", "gaps", "queue", "export", "digest"))
    if office.stage.world.inside(user):
        text = _command(office, what, user, json_wanted=plan.chance.random() < 0.5)
        office.judge.ledger.refresh()
        office.judge.look([user], what if what == "export" else "command", text)
    yield


def _command(office: Office, what: str, user: str, json_wanted: bool) -> str:
    options = Namespace(person=office.name(user), json=json_wanted, since=30, csv=None, file=None, confidential=True)
    said = io.StringIO()
    about: Mapping[str, str] = {
        "COACH_HOME": str(office.stage.home),
        "COACH_PEOPLE": str(office.stage.home / "people.yaml"),
    }
    before = dict(os.environ)
    os.environ.update(about)
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            getattr(review_commands, what)(options, Measures(kappa, alpha))
    except KnowledgeError as error:
        said.write(str(error))
    finally:
        for name in about:
            os.environ.pop(name)
        os.environ.update(before)
    # What is put before JSON for people, and characters written by their numbers, are read as people read them.
    return said.getvalue() + "\n" + _read(said.getvalue())


def _read(text: str) -> str:
    with contextlib.suppress(ValueError):
        return json.dumps(json.loads(text), ensure_ascii=False)
    return ""
