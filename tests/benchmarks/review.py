"""Coach review over 10,000 answers: the App Home of a coach, a page of the queue, a card, the numbers."""

import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from assistant.answers import Answer, Citation, Claim, ClaimKind, Outcome
from assistant.review import Why
from assistant.sentences import cite
from integrations import as_json, bootstrap
from integrations.review.queue import Filter, Reviews
from integrations.review.stats import stats
from integrations.settings import Settings
from integrations.slack.manifest import manifest
from integrations.store import Store
from integrations.tables import answers, review_queue, review_verdicts
from knowledge.access import ANYONE, Reader
from tests.benchmarks.shared import SAMPLES, Failed, Number, Place, quantile
from tests.fakes.slack_workspace import Rates, Timing, Workspace, running
from tests.integrations.slack.processes import coach
from tests.integrations.web.conftest import console_of

_ANSWERS = 10_000
_JUDGED = 4_000
_TIMES = 30
_GROUPS = 40
_HOURS = 3600.0
_QUESTION = "How do we win back a key account that went quiet?"
_PEOPLE = {
    "people": {"Mei": {"slack": "U1"}, "Ken": {"slack": "U2"}},
    "groups": {f"group {number}": ["Ken"] if number % 2 else ["Mei"] for number in range(_GROUPS)},
    "coaches": ["Ken"],
}


def measure(place: Place) -> list[Number]:
    """Half of the queue is closed to the coach who looks, as to most coaches of a large company."""
    home = place.fresh("review")
    place.library("review", SAMPLES)
    (home / "people.yaml").write_text(json.dumps(_PEOPLE), encoding="utf-8")
    settings = Settings(home=home, people=home / "people.yaml")
    engine = bootstrap.catalogue(settings).engine
    _fill(engine, settings)
    return [*_of_queue(engine), *_of_console(settings), *_of_home(home)]


def _fill(engine: sa.Engine, settings: Settings) -> None:
    """Answers over three months, each waiting or judged."""
    hits = bootstrap.library(settings).search(_QUESTION, ANYONE).hits
    cited = [cite(hit, 0, min(80, len(hit.passage.text))) for hit in hits]
    chance = random.Random(7)
    given = [_answer(number, chance.sample(cited, 3)) for number in range(_ANSWERS)]
    began = time.time() - 90 * 24 * _HOURS
    with engine.begin() as connection:
        for at in range(0, _ANSWERS, 500):
            some = list(enumerate(given))[at : at + 500]
            connection.execute(sa.insert(answers), [_answer_row(each, began + n * 700) for n, each in some])
            connection.execute(sa.insert(review_queue), [_entry_row(n, each, began + n * 700) for n, each in some])
        connection.execute(
            sa.insert(review_verdicts), [_verdict_row(n, each) for n, each in enumerate(given[:_JUDGED])]
        )


def _answer(number: int, cited: Sequence[Citation]) -> Answer:
    claims = tuple(Claim(each.quote, ClaimKind.RULE, (each,), each.quote) for each in cited)
    return Answer(f"a{number}", f"{_QUESTION} Number {number}", Outcome.ANSWERED, "en", claims=claims)


def _answer_row(answer: Answer, created: float) -> dict[str, Any]:
    place = {"team": "T1", "channel": "C1", "thread": f"{created:.6f}", "surface": "thread", "person": "U1"}
    told = {"question": answer.question, "outcome": answer.outcome.value, "answer": as_json.answer(answer)}
    return {"id": answer.id, **place, "message": "", **told, "created": created}


def _entry_row(number: int, answer: Answer, since: float) -> dict[str, Any]:
    audiences = [["public"], [f"group {number % _GROUPS}"]]
    cites = sorted({each.document_id for claim in answer.claims for each in claim.citations})
    return {
        "id": f"e{number}", "answer": answer.id, "correction": None, "asker": "U1", "question": answer.question,
        "audiences": json.dumps(audiences), "cites": cites, "reasons": [list(Why)[number % 7].value], "assigned": "",
        "state": "done" if number < _JUDGED else "open", "since": since, "due": since + 24 * _HOURS,
        "claimed_by": "", "lease": 0.0,
    }  # fmt: skip


def _verdict_row(number: int, answer: Answer) -> dict[str, Any]:
    decision = ("approve", "approve", "correct", "reject")[number % 4]
    return {
        "key": f"v{number}", "answer": answer.id, "coach": "ken", "decision": decision, "marks": {}, "rubric": {},
        "reason": "", "better_source": "", "at": time.time() - number,
    }  # fmt: skip


def _of_queue(engine: sa.Engine) -> Iterator[Number]:
    """Without Slack: pages of the queue, and the numbers of the head of sales."""
    reviews = Reviews(engine)
    ken = Reader("ken", frozenset(f"group {number}" for number in range(1, _GROUPS, 2)))
    page = _took(lambda: reviews.page(ken))
    yield Number("a page of the queue, p50", 1000 * quantile(page, 0.5), "ms")
    rare = _took(lambda: reviews.page(ken, Filter(reason=Why.SAMPLE)))
    yield Number("a page for one reason, p50", 1000 * quantile(rare, 0.5), "ms")
    numbers = _took(lambda: stats(Store(engine), time.time()), 3)
    yield Number("the numbers of 10,000 answers", quantile(numbers, 0.5), "s", at_most=2.0)


def _of_console(settings: Settings) -> Iterator[Number]:
    """Pages of the console, whole, over HTTP."""
    with console_of(settings, "ken") as served:
        client = served.as_person("ken")
        for name, path, target in (
            ("queue", "/review", 300),
            ("statistics", "/statistics", 2000),
            ("gaps", "/gaps", None),
        ):
            if client.get(path).status_code != 200:
                raise Failed(f"the console does not show {path}")
            seconds = _took(lambda path=path: client.get(path), 9)
            yield Number(f"console: {name}, p50", 1000 * quantile(seconds, 0.5), "ms", at_most=target)


def _took(do: Callable[[], object], times: int = _TIMES) -> list[float]:
    seconds = []
    for _ in range(times):
        started = time.perf_counter()
        do()
        seconds.append(time.perf_counter() - started)
    return seconds


def _of_home(home: Path) -> Iterator[Number]:
    """With a bot of its own: from the opening of the tab to its publishing, the way to Slack and back included."""
    timing, rates = Timing(time_scale=0.02), Rates(on=False)
    with running(manifest=manifest(), timing=timing, rates=rates) as slack, coach(slack, home):
        first = _opened(slack)
        seconds = [_opened(slack) for _ in range(_TIMES)]
        tab = slack.home("U2")
        if tab is None or _QUESTION not in json.dumps(tab.content):
            raise Failed("the App Home of a coach shows no queue")
    yield Number("App Home of a coach, the first time", 1000 * first, "ms", at_most=500)
    yield Number("App Home of a coach, p50", 1000 * quantile(seconds, 0.5), "ms", at_most=500)
    yield Number("App Home of a coach, p99", 1000 * quantile(seconds, 0.99), "ms")


def _opened(slack: Workspace) -> float:
    published = len(slack.calls("views.publish"))
    started = time.perf_counter()
    slack.user("U2").open_home()
    slack.wait(lambda: len(slack.calls("views.publish")) > published and slack.calls("views.publish")[-1].ok, 30.0)
    return time.perf_counter() - started
