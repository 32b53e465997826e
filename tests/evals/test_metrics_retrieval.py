"""Scores of a search, worked by hand."""

from evals.attempts import Attempt, Place
from evals.metrics import score
from evals.scores import Tried
from tests.evals.making import (
    CASE,
    OTHER,
    PLAN,
    REPORT,
    TIERING,
    TRIANGLE,
    Case,
    Gold,
    at,
    attempt,
    check,
    every,
    failed,
    item,
)

SECOND, THIRD, FOURTH, SIXTH = 0.6309297536, 0.5, 0.4306765581, 0.3562071871
"""1 ÷ log2(rank + 1), the discount of nDCG."""

_NOTHING = {"gold_recall@1": 0, "gold_recall@5": 0, "gold_recall@10": 0, "mrr": 0, "ndcg@10": 0}


def _found(name: str, language: str, gold: Gold, hits: tuple[Place, ...], *values: float) -> Case:
    """Values of gold recall at 1, 5 and 10, MRR and nDCG."""
    tried = Tried(item(language, gold), attempt(gold, hits=hits), {})
    return Case(name, tried, dict(zip(_NOTHING, values, strict=True)))


def _others(count: int) -> tuple[Place, ...]:
    return tuple(at(f"other-{number}.md", 0, 100) for number in range(count))


_ONE = ((at(TRIANGLE, 10, 40),),)
_TWO = ((at(TRIANGLE, 10, 40),), (at(CASE, 0, 20),))
_SAME = ((at(TIERING, 5, 9), at(TRIANGLE, 10, 40)),)
_BOTH = ((at(TIERING, 5, 9),), (at(PLAN, 5, 9),))

SPANS = (
    _found("the first hit holds the only piece", "en", _ONE, (at(TRIANGLE, 0, 100),), 1, 1, 1, 1, 1),
    _found("a hit that cuts the span finds its document only", "en", _ONE, (at(TRIANGLE, 0, 39),), 0, 0, 0, 1, 1),
    _found(
        "the second of two pieces comes sixth",
        "en",
        _TWO,
        (at(TRIANGLE, 10, 40), *_others(4), at(CASE, 0, 20)),
        0.5,
        0.5,
        1,
        1,
        (1 + SIXTH) / (1 + SECOND),
    ),
    _found(
        "what comes eleventh is found by nothing but the rank",
        "en",
        _ONE,
        (*_others(10), at(TRIANGLE, 0, 99)),
        0,
        0,
        0,
        1 / 11,
        0,
    ),
    _found(
        "another span that says the same is enough",
        "zh-Hans",
        _SAME,
        (at(OTHER, 0, 9), at(TRIANGLE, 0, 50)),
        0,
        1,
        1,
        0.5,
        SECOND / (1 + SECOND),
    ),
    _found(
        "a passage found twice takes two places and its document one",
        "zh-Hans",
        _BOTH,
        (at(TIERING, 0, 50), at(TIERING, 0, 50), at(PLAN, 0, 50)),
        0.5,
        1,
        1,
        1,
        1,
    ),
    Case(
        "a declined answer had its search",
        Tried(item("zh-Hans", _SAME), attempt(_SAME, hits=(at(TIERING, 0, 50),), outcome="declined"), {}),
        {"gold_recall@1": 1, "gold_recall@5": 1, "gold_recall@10": 1, "mrr": 1, "ndcg@10": 1 / (1 + SECOND)},
    ),
    _found("nothing was found", "zh-Hant", _BOTH, (), 0, 0, 0, 0, 0),
    _found("only other documents were found", "zh-Hant", _BOTH, (at(REPORT, 0, 90),), 0, 0, 0, 0, 0),
    Case(
        "a piece that the library lacks is never found",
        Tried(item("zh-Hant", _BOTH), attempt((_BOTH[0], ()), hits=(at(TIERING, 0, 50),)), {}),
        {"gold_recall@1": 0.5, "gold_recall@5": 0.5, "gold_recall@10": 0.5, "mrr": 1, "ndcg@10": 1 / (1 + SECOND)},
    ),
    Case("an attempt that failed", Tried(item("en", _ONE), failed(hits=(at(TRIANGLE, 0, 100),)), {}), _NOTHING),
    Case("an attempt without an outcome", Tried(item("zh-Hant", _BOTH), attempt(_BOTH, outcome=""), {}), _NOTHING),
)

_ABSENT = {f"document_recall@{k}": 0 for k in (1, 5, 10)} | {"document_mrr": 0, "document_ndcg@10": 0}


def _ranked(name: str, language: str, gold: tuple[str, ...], found: tuple[str, ...], *values: float) -> Case:
    """Values of document recall at 1, 5 and 10, MRR and nDCG; no answer was asked for."""
    hits = tuple(at(each, 0, 100) for each in found)
    tried = Tried(item(language, documents=gold), attempt(hits=hits, outcome="searched"), {})
    return Case(name, tried, dict(zip(_ABSENT, values, strict=True)))


DOCUMENTS = (
    _ranked("the gold document comes first", "en", ("a",), ("a", "b"), 1, 1, 1, 1, 1),
    _ranked("it comes second", "en", ("a",), ("b", "a"), 0, 1, 1, 0.5, SECOND),
    _ranked("it comes sixth", "en", ("a",), ("b", "c", "d", "e", "f", "a"), 0, 0, 1, 1 / 6, SIXTH),
    _ranked(
        "one passage of another stands before it twice", "zh-Hans", ("甲",), ("乙", "乙", "甲"), 0, 1, 1, 0.5, SECOND
    ),
    _ranked("it is found twice", "zh-Hans", ("甲",), ("甲", "甲"), 1, 1, 1, 1, 1),
    _ranked("nothing was found", "zh-Hans", ("甲", "乙"), (), 0, 0, 0, 0, 0),
    _ranked("one of two", "zh-Hant", ("條目一", "條目二"), ("條目二", "條目三"), 0.5, 0.5, 0.5, 1, 1 / (1 + SECOND)),
    _ranked("both, upside down is the same", "zh-Hant", ("條目一", "條目二"), ("條目二", "條目一"), 0.5, 1, 1, 1, 1),
    Case("an attempt that failed", Tried(item("zh-Hant", documents=("條目一",)), failed(), {}), _ABSENT),
    Case(
        "a declined answer had its search",
        Tried(item("en", documents=("a",)), attempt(hits=(at("a", 0, 9),), outcome="declined"), {}),
        dict.fromkeys(_ABSENT, 1),
    ),
)


@every((*SPANS, *DOCUMENTS))
def test_the_values_are_those_worked_by_hand(case: Case) -> None:
    check(case)


@every(
    (
        _ranked(
            "ragas ID-based context recall",
            "en",
            ("doc_1", "doc_4", "doc_5", "doc_6"),
            ("doc_1", "doc_2", "doc_3"),
            0.25,
            0.25,
            0.25,
            1,
            1 / (1 + SECOND + THIRD + FOURTH),
        ),
        _ranked(
            "Discovery Engine nDCG",
            "en",
            ("D1", "D2"),
            ("D3", "D1", "D2"),
            0,
            1,
            1,
            0.5,
            (SECOND + THIRD) / (1 + SECOND),
        ),
    )
)
def test_published_worked_examples_of_document_scores_come_out_the_same(case: Case) -> None:
    """ragas' documentation gives .25 for four reference and three retrieved ids, of which one is shared;
    Google's Discovery Engine gives an nDCG@3 of 1.13/1.63 = .693 (its list is no longer than three)."""
    check(case)


def _checked(hits: int, entailed: tuple[tuple[int, ...], ...]) -> Attempt:
    """Claims of a reference answer, each with the numbers of the chunks that entail it, as pieces and hits."""
    chunks = tuple(at(f"chunk-{number}", 0, 1000) for number in range(hits))
    gold = tuple(tuple(at(f"chunk-{chunk}", place, place + 1) for chunk in each) for place, each in enumerate(entailed))
    return attempt(gold, hits=chunks)


def test_gold_recall_agrees_with_ragcheckers_worked_claim_recall() -> None:
    """RAGChecker's examples/checking_outputs.json: claim recall 5/22 = .227 and 8/8 = 1 (mean 61.4 in its README).

    Its checker says which chunk entails which claim; here a chunk "entails" a piece when it holds its span.
    """
    river = _checked(4, ((1,), (), (), (0,), (0, 1), (0, 3), *[()] * 15, (1,)))
    flag = _checked(3, ((1,), (1, 2), (1,), (1, 2), (2,), (0, 2), (0, 1, 2), (1, 2)))
    recalls = []
    for each in (river, flag):
        gold = tuple(group or (at("nowhere", 0, 1),) for group in each.gold)
        recalls.append(score(Tried(item(gold=gold), each, {}))["gold_recall@10"].value)
    assert [round(each or 0, 4) for each in recalls] == [0.2273, 1.0]
    assert round(100 * sum(each or 0 for each in recalls) / 2, 1) == 61.4
