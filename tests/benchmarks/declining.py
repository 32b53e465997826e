"""Fits the weights of assistant/relevance.py anew, and shows how many questions pass.

Learns from the dev split over the seeds, from one half of the benchmark over the starter library (by
the hash of a question's id) and, when it is there, from the outside questions: over their own documents
they have an answer, over ours they have none. The other half and the test split are only shown. Seed
questions on a topic that is covered, with the fact missing, are left out: no sign can tell them.
"""

import hashlib
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from itertools import groupby
from pathlib import Path

from assistant.extract import choose
from assistant.questions import Question
from assistant.relevance import Fit, Signs, judge, signs
from assistant.understand import understand
from evals.benchmark import SHIPPED, Category, Item, read
from integrations.bootstrap import library
from integrations.settings import Settings
from knowledge.library import Library
from tests.benchmarks.logistic import Example, Model, area, fit
from tests.benchmarks.shared import SAMPLES, SEED_QUESTIONS, Line, Number, Place, Table, percent, read_lines

_OUTSIDE_SETS = ("cmrc", "drcd", "gitlab")
_OUTSIDE_EACH = 120
_OURS_COUNT = 8.0
_RARE_COUNT = 16.0
_MOST_WRONG = 4.5
_THRESHOLDS = (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class _Case:
    """A question over a library: whether it has an answer there, its signs, what is judged today."""

    where: str
    answerable: bool
    signs: Signs
    today: Fit

    @property
    def example(self) -> Example:
        """The case to learn from; of the benchmark's unanswerable questions there are few."""
        ours = self.where.startswith(("dev", "benchmark"))
        rare = self.where.startswith("benchmark") and not self.answerable
        return Example(astuple(self.signs), self.answerable, _RARE_COUNT if rare else _OURS_COUNT if ours else 1.0)


def measure(place: Place) -> list[Number]:
    """Print weights and pass rates."""
    cases = list(_cases(place))
    learnt = [each for each in cases if not each.where.startswith("test")]
    model = _shifted(_fitted([each.example for each in learnt]), learnt)
    _show(model, cases)
    shown = [each for each in cases if each.where == "test over seeds"]
    held_out = [each for each in cases if each.where == "test half of the benchmark"]
    return [
        Number("test over seeds, no answer, passes today", _passing(shown, False, _today(Fit.PART)), "%"),
        Number("test over seeds, has an answer, passes today", _passing(shown, True, _today(Fit.PART)), "%"),
        Number("benchmark, test half, no answer, passes today", _passing(held_out, False, _today(Fit.PART)), "%"),
        Number("benchmark, test half, has an answer, passes today", _passing(held_out, True, _today(Fit.PART)), "%"),
    ]


def _fitted(examples: Sequence[Example]) -> Model:
    """A model of the signs as they are, fitted on signs brought to one spread."""
    columns = list(zip(*(each.features for each in examples), strict=True))
    spreads = [(sum(v * v for v in each) / len(each) - (sum(each) / len(each)) ** 2) ** 0.5 or 1.0 for each in columns]
    even = [replace(e, features=tuple(v / s for v, s in zip(e.features, spreads, strict=True))) for e in examples]
    model = fit(even)
    return Model(tuple(w / s for w, s in zip(model.weights, spreads, strict=True)), model.bias)


def _shifted(model: Model, learnt: Sequence[_Case]) -> Model:
    """The model with a bias at which so many of the benchmark's answerable questions are declined and no more."""
    answerable = (each for each in learnt if each.where.startswith("benchmark") and each.answerable)
    scores = sorted(model.score(astuple(each.signs)) for each in answerable)
    return replace(model, bias=model.bias - scores[int(len(scores) * _MOST_WRONG / 100)])


def _cases(place: Place) -> Iterator[_Case]:
    seeds, samples = (_open(place.library(*each)) for each in (("seeds", place.seeds), ("samples", SAMPLES)))
    yield from _of_the_seeds(seeds, samples)
    for item in read(SHIPPED).items:
        if item.category is not Category.CONFIDENTIAL:
            where = "benchmark, dev half" if _learns(item) else "test half of the benchmark"
            yield _case(where, Question(item.question, history=item.history), samples, item.answerable)
    if place.retrieval.is_dir():
        documents, questions = place.outside()
        own = _open(place.library("retrieval", documents))
        for each in _outside(questions):
            for name, over in (("its own", own), ("seeds", seeds), ("samples", samples)):
                yield _case(f"{each['set']} over {name}", Question(each["question"]), over, over is own)


def _of_the_seeds(seeds: Library, samples: Library) -> Iterator[_Case]:
    for each in read_lines(SEED_QUESTIONS):
        split, question, answerable = each["split"], Question(each["question"]), each.get("answerable", True)
        if each.get("reason") != "not_described":
            yield _case(f"{split} over seeds", question, seeds, answerable)
            if not answerable:
                yield _case(f"{split} over samples", question, samples, False)


def _learns(item: Item) -> bool:
    return hashlib.blake2b(item.id.encode(), digest_size=2).digest()[0] % 2 == 0


def _open(home: Path) -> Library:
    return library(Settings(home=home))


def _outside(questions: Path) -> Iterator[Line]:
    chance = random.Random(1)
    asked = [each for each in read_lines(questions) if not each.get("history")]
    for name in _OUTSIDE_SETS:
        of_set = [each for each in asked if each["set"] == name]
        yield from chance.sample(of_set, min(_OUTSIDE_EACH, len(of_set)))


def _case(where: str, question: Question, over: Library, answerable: bool) -> _Case:
    accounts = over.accounts(question.reader)
    understood = understand(question, accounts)
    found = over.search(understood.text, question.reader, context=understood.context)
    picks = choose(found, understood)
    seen = signs(found, picks, understood, accounts)
    return _Case(where, answerable, seen, judge(found, picks, understood, accounts).fit)


def _show(model: Model, cases: Sequence[_Case]) -> None:
    names = (*(each.name for each in fields(Signs)), "bias")
    weights = zip(names, (*model.weights, model.bias), strict=True)
    print("  " + ", ".join(f"{name} {weight:.2f}" for name, weight in weights))
    scores = ([model.score(astuple(e.signs)) for e in cases if e.answerable is wanted] for wanted in (True, False))
    print(f"  area under the curve {area(*scores):.3f}")
    tests: Mapping[str, Callable[[_Case], bool]] = {
        "whole %": _today(Fit.WHOLE),
        "passes %": _today(Fit.PART),
        **{f"> {least:g}": _above(model, least) for least in _THRESHOLDS},
    }
    table = Table(("questions (today; fitted anew, by threshold)", "answer", "n", *tests))
    for (where, answerable), group in groupby(sorted(cases, key=_kind), key=_kind):
        some = list(group)
        passing = (_passing(some, answerable, test) for test in tests.values())
        table.add(where, "yes" if answerable else "no", len(some), *passing)
    table.show()


def _kind(case: _Case) -> tuple[str, bool]:
    return case.where, case.answerable


def _today(least: Fit) -> Callable[[_Case], bool]:
    return lambda case: case.today >= least


def _above(model: Model, least: float) -> Callable[[_Case], bool]:
    return lambda case: model.score(astuple(case.signs)) > least


def _passing(cases: Sequence[_Case], answerable: bool, test: Callable[[_Case], bool]) -> float:
    chosen = [each for each in cases if each.answerable is answerable]
    return percent(sum(map(test, chosen)), len(chosen))
