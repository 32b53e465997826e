"""Fits the weights of assistant/relevance.py anew, and shows how many questions pass.

Learns from the dev split over the seeds and the starter library and, when it is there, from the
outside questions: over their own documents they have an answer, over ours they have none. The test
split is only shown. Questions on a topic that is covered, with the fact missing, are left out: no
lexical share can tell them.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from assistant.extract import choose
from assistant.questions import Question
from assistant.relevance import Fit, judge, shares
from assistant.understand import understand
from integrations.bootstrap import library
from integrations.settings import Settings
from knowledge.language import is_han
from knowledge.library import Library
from tests.benchmarks.logistic import Example, Model, area, fit
from tests.benchmarks.shared import SAMPLES, SEED_QUESTIONS, Line, Number, Place, Table, percent, read_lines

_FEATURES = ("together", "passage", "sentence", "unknown")
_OUTSIDE_SETS = ("cmrc", "drcd", "gitlab")
_OUTSIDE_EACH = 120
_OURS_COUNT = 4.0
_THRESHOLDS = (-1.5, -1.0, -0.7, -0.3, 0.0, 0.4)


@dataclass(frozen=True, slots=True)
class _Case:
    """A question over a library: whether it has an answer there, its shares, what is judged today."""

    where: str
    answerable: bool
    chinese: bool
    shares: tuple[float, ...]
    today: Fit

    @property
    def example(self) -> Example:
        """The case to learn from."""
        return Example(self.shares, self.answerable, _OURS_COUNT if self.where.startswith("dev") else 1.0)


def measure(place: Place) -> list[Number]:
    """Print weights and pass rates for Chinese and for English."""
    cases = list(_cases(place))
    for name, chinese in (("Chinese", True), ("English", False)):
        chosen = [each for each in cases if each.chinese is chinese]
        model = fit([each.example for each in chosen if not each.where.startswith("test")])
        _show(name, model, chosen)
    shown = [each for each in cases if each.where == "test over seeds"]
    return [
        Number("test over seeds, no answer, passes today", _passing(shown, False, _today(Fit.PART)), "%"),
        Number("test over seeds, has an answer, passes today", _passing(shown, True, _today(Fit.PART)), "%"),
    ]


def _cases(place: Place) -> Iterator[_Case]:
    seeds, samples = (_open(place.library(*each)) for each in (("seeds", place.seeds), ("samples", SAMPLES)))
    for each in read_lines(SEED_QUESTIONS):
        if each.get("reason") != "not_described":
            for name, over in (("seeds", seeds), ("samples", samples)):
                yield _case(f"{each['split']} over {name}", each, over, each.get("answerable", True))
    if place.retrieval.is_dir():
        documents, questions = place.outside()
        own = _open(place.library("retrieval", documents))
        for each in _outside(questions):
            yield _case(f"{each['set']} over its own", each, own, True)
            yield _case(f"{each['set']} over seeds", each, seeds, False)
            yield _case(f"{each['set']} over samples", each, samples, False)


def _open(home: Path) -> Library:
    return library(Settings(home=home))


def _outside(questions: Path) -> Iterator[Line]:
    chance = random.Random(1)
    asked = [each for each in read_lines(questions) if not each.get("history")]
    for name in _OUTSIDE_SETS:
        of_set = [each for each in asked if each["set"] == name]
        yield from chance.sample(of_set, min(_OUTSIDE_EACH, len(of_set)))


def _case(where: str, line: Line, over: Library, answerable: bool) -> _Case:
    question = Question(line["question"])
    understood = understand(question, over.accounts(question.reader))
    found = over.search(understood.text, question.reader)
    picks = choose(found, understood)
    asked = [group.terms[0] for group in found.query.groups if not group.stands_for]
    chinese = sum(map(is_han, asked)) * 2 > len(asked)
    return _Case(where, answerable, chinese, shares(found, picks), judge(found, picks).fit)


def _show(name: str, model: Model, cases: Sequence[_Case]) -> None:
    weights = zip((*_FEATURES, "bias"), (*model.weights, model.bias), strict=True)
    print(f"  {name}: " + ", ".join(f"{feature} {weight:.2f}" for feature, weight in weights))
    positive, negative = ([model.score(e.shares) for e in cases if e.answerable is wanted] for wanted in (True, False))
    print(f"  area under the curve {area(positive, negative):.3f}")
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
    return lambda case: model.score(case.shares) > least


def _passing(cases: Sequence[_Case], answerable: bool, test: Callable[[_Case], bool]) -> float:
    chosen = [each for each in cases if each.answerable is answerable]
    return percent(sum(map(test, chosen)), len(chosen))
