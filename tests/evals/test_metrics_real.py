"""Scores of what the real assistant, without a model, makes of real documents."""

from dataclasses import replace

from evals.asking import Examiner
from evals.benchmark import Benchmark, Item
from evals.metrics import METRICS, score, wanted
from evals.scores import Tried, Value
from evals.variants import variants


def _tried(examiner: Examiner, item: Item) -> Tried:
    made = {name: examiner.attempt(changed, name) for name, changed in variants(item, wanted([item]))}
    return Tried(item, examiner.attempt(item), made)


def test_what_the_assistant_quotes_is_sound_and_says_the_fact(examiner: Examiner, benchmark: Benchmark) -> None:
    for item in benchmark.items[:2]:
        scores = score(_tried(examiner, item))
        perfect = ("gold_recall@5", "facts_strict", "correct", "validity", "quote_fidelity", "citation_recall")
        assert {name: scores[name].value for name in perfect} == dict.fromkeys(perfect, 1)
        none = ("declined_wrongly", "number_contradicted", "uncited", "error")
        assert {name: scores[name].value for name in none} == dict.fromkeys(none, 0)
        assert scores.get("held_script", Value(1, "English")).value == 1
        assert 0 < (scores["first_claim"].value or 0) <= (scores["seconds"].value or 0)


def test_nothing_leaks_to_a_stranger_and_the_entitled_are_no_strangers(
    examiner: Examiner, benchmark: Benchmark
) -> None:
    floor = benchmark.items[2]
    assert score(_tried(examiner, floor))["canary"].value == 0
    assert score(_tried(examiner, replace(floor, asker="li wei")))["canary"].value == 1


def test_an_altered_answer_is_caught_by_the_score_that_should_catch_it(
    examiner: Examiner, benchmark: Benchmark
) -> None:
    item = benchmark.items[0]
    good = examiner.attempt(item)
    told, cited = good.told[0], good.told[0].cited[0]
    number = replace(told, text=told.text.replace("2006", "2009"))
    stray = replace(told, cited=(replace(cited, known=False, verbatim=False),))
    faults = {
        "number_contradicted": replace(good, told=(number, *good.told[1:])),
        "validity": replace(good, told=(stray, *good.told[1:])),
        "uncited": replace(good, told=(replace(told, cited=()), *good.told[1:])),
        "gold_recall@1": replace(good, hits=()),
        "declined_wrongly": replace(good, outcome="declined", told=()),
    }
    before = score(Tried(item, good, {}))
    for name, attempt in faults.items():
        metric = next(each for each in METRICS if each.name == name)
        worse, fine = score(Tried(item, attempt, {}))[name].value, before[name].value
        assert worse is not None
        assert (worse < fine) is metric.higher, name
