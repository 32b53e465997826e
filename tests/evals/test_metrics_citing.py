"""Scores of citations, worked by hand."""

from evals.attempts import Attempt, Cited, Told
from evals.metrics import score
from evals.metrics.citing import citation_f1, citation_precision, citation_recall, quote_fidelity, validity
from evals.scores import Tried
from tests.evals.making import (
    CASE,
    INVENTED,
    OTHER,
    PLAN,
    REPORT,
    TIERING,
    TRIANGLE,
    Case,
    Gold,
    advice,
    at,
    attempt,
    check,
    cite,
    every,
    fact,
    failed,
    item,
)

_NAMES = ("validity", "quote_fidelity", "citation_precision", "citation_recall", "citation_f1", "uncited")
_EN: Gold = ((at(TRIANGLE, 10, 40),),)
_EN_TWO: Gold = (*_EN, (at(CASE, 0, 20),))
_HANS: Gold = ((at(TIERING, 10, 40), at(TRIANGLE, 10, 40)),)
_HANT: Gold = ((at(PLAN, 10, 20),), (at(PLAN, 30, 40),))


def _case(name: str, language: str, gold: Gold, answer: Attempt | tuple[Told, ...], *values: float | None) -> Case:
    """Values of validity, quote fidelity, citation precision, recall and F1, and uncited."""
    tried = answer if isinstance(answer, Attempt) else attempt(gold, answer)
    return Case(name, Tried(item(language, gold), tried, {}), dict(zip(_NAMES, values, strict=True)))


def _invented(quote: str = "") -> Cited:
    return cite("[99]", 0, 0, quote, **INVENTED)


_GOOD = cite(TRIANGLE, quote="It was piloted in 2006.")
_OFF = cite(OTHER, quote="Nothing to do with it.")
_GRADE = cite(TIERING, quote="A级经销商共有40家。")
_STRAY = cite(REPORT, quote="與此無關。")
_FORBIDDEN = cite(PLAN, permitted=False)

CASES = (
    _case("one citation on gold", "en", _EN, (fact("It began.", _GOOD),), 1, 1, 1, 1, 1, 0),
    _case("one on gold and one beside it", "en", _EN_TWO, (fact("It began.", _GOOD, _OFF),), 1, 1, 0.5, 0.5, 0.5, 0),
    _case(
        "one on gold and one invented", "en", _EN, (fact("It began.", _GOOD, _invented()),), 0.5, 0.5, 0.5, 1, 2 / 3, 0
    ),
    _case(
        "a forbidden one beside the claims",
        "en",
        _EN,
        attempt(_EN, [fact("It began.", _GOOD)], beside=(_FORBIDDEN,)),
        0.5,
        1,
        1,
        1,
        1,
        0,
    ),
    _case("no citation at all", "en", _EN, (fact("It began."), advice("Ask them.")), None, None, None, 0, 0, 1),
    _case("right beside the span", "en", _EN, (fact("It began.", cite(TRIANGLE, 40, 60)),), 1, 1, 0, 0, 0, 0),
    _case("answered with nothing", "en", _EN, (), None, None, None, None, None, None),
    _case("declined", "en", _EN, attempt(_EN, outcome="declined"), None, None, None, None, None, None),
    _case(
        "declined, with what comes nearest",
        "en",
        _EN,
        attempt(_EN, outcome="declined", beside=(_GOOD, _FORBIDDEN)),
        0.5,
        1,
        None,
        None,
        None,
        None,
    ),
    _case("failed", "en", _EN, failed(told=(fact("It began.", _GOOD),)), 0, 0, 0, 0, 0, 1),
    _case("an equivalent is cited", "zh-Hans", _HANS, (fact("2006年试点。", _GOOD),), 1, 1, 1, 1, 1, 0),
    _case(
        "a good citation twice is one",
        "zh-Hans",
        _HANS,
        (fact("共40家。", _GRADE), fact("A级40家。", _GRADE), fact("另有规定。", _STRAY)),
        1,
        1,
        0.5,
        1,
        2 / 3,
        0,
    ),
    _case("the same claim twice", "zh-Hans", _HANS, (fact("共40家。", _GRADE),) * 2, 1, 1, 1, 1, 1, 0),
    _case(
        "an invented citation twice is two",
        "zh-Hans",
        _HANS,
        (fact("共40家。", _GRADE, _invented("没有这句"), _invented("没有这句")),),
        1 / 3,
        1 / 3,
        1 / 3,
        1,
        0.5,
        0,
    ),
    _case(
        "a quote was altered",
        "zh-Hans",
        _HANS,
        (fact("共50家。", cite(TIERING, quote="共有50家", verbatim=False)),),
        1,
        0,
        0,
        0,
        0,
        0,
    ),
    _case("advice alone", "zh-Hans", _HANS, (advice("先问客户。"),), None, None, None, 0, 0, None),
    _case(
        "a Chinese decline", "zh-Hans", _HANS, attempt(_HANS, outcome="declined"), None, None, None, None, None, None
    ),
    _case(
        "a document that is no longer in force",
        "zh-Hant",
        _HANT,
        (fact("底價已改。", cite(PLAN, known=False)),),
        0,
        1,
        0,
        0,
        0,
        0,
    ),
    _case("one citation over both pieces", "zh-Hant", _HANT, (fact("兩件事。", cite(PLAN, 0, 100)),), 1, 1, 1, 1, 1, 0),
    _case(
        "one piece of two, and a claim without a citation",
        "zh-Hant",
        _HANT,
        (fact("第一件。", cite(PLAN, 0, 20)), fact("第二件。")),
        1,
        1,
        1,
        0.5,
        2 / 3,
        0.5,
    ),
    _case(
        "a bare claim twice is two",
        "zh-Hant",
        _HANT,
        (fact("第一件。", cite(PLAN, 0, 20)), fact("第二件。"), fact("第二件。")),
        1,
        1,
        1,
        0.5,
        2 / 3,
        2 / 3,
    ),
    _case("a traditional failure", "zh-Hant", _HANT, attempt(_HANT, outcome=""), 0, 0, 0, 0, 0, 1),
)


@every(CASES)
def test_the_values_are_those_worked_by_hand(case: Case) -> None:
    check(case)


def test_what_is_not_valid_is_named() -> None:
    tried = Tried(item(gold=_EN), attempt(_EN, [fact("It began.", _GOOD, _invented("made up"))]), {})
    assert validity(tried).why.endswith("; not 'made up' of [99]")


def test_an_unanswerable_question_has_no_citation_precision_but_its_citations_are_looked_at() -> None:
    scores = score(Tried(item("zh-Hant"), attempt(told=[fact("底價。", _FORBIDDEN)]), {}))
    assert scores["validity"].value == 0
    assert "citation_precision" not in scores


def _alce(*sentences: tuple[Cited, ...]) -> Tried:
    """An answer of sentences with the passages they cite; entailment stands for lying on gold."""
    told = [fact(f"Sentence {number}.", *cited) for number, cited in enumerate(sentences)]
    return Tried(item(gold=_EN_TWO), attempt(_EN_TWO, told), {})


def test_citations_agree_with_alce_where_each_supports_its_sentence_alone() -> None:
    """ALCE's eval.py: with one entailing citation a sentence both shares are 1; of three citations where one
    neither entails nor is needed, precision is 2/3. It publishes no worked figures for single answers."""
    second = cite(CASE, 0, 20)
    fine, over = _alce((_GOOD,), (second,)), _alce((_GOOD, _OFF), (second,))
    assert [(citation_precision(each).value, citation_recall(each).value) for each in (fine, over)] == [
        (1, 1),
        (2 / 3, 1),
    ]


def test_a_citation_out_of_range_costs_precision_here_and_not_in_alce() -> None:
    """ALCE's eval.py marks such a sentence as unsupported (recall falls) and leaves its citations out of their
    count: `[1]` beside a sentence with `[99]` has a precision of 1. Here it is a citation, and a wrong one."""
    tried = _alce((_GOOD,), (_invented(),))
    assert citation_precision(tried).value == 0.5
    assert validity(tried).value == 0.5


def test_an_answer_without_citations_has_no_precision_here_and_0_in_alce() -> None:
    """ALCE gives 0 where there is nothing to divide by, and leaves empty answers out of both means. Here there
    is no precision to judge; recall, F1 and `uncited` say what is missing."""
    tried = _alce((), ())
    values = [each(tried).value for each in (citation_precision, citation_recall, citation_f1)]
    assert values == [None, 0, 0]
    assert score(tried)["uncited"].value == 1


def test_f1_agrees_with_ragcheckers_worked_example() -> None:
    """RAGChecker's examples/checking_outputs.json: precision 8/11 and recall 11/22 give an F1 of .5926."""
    gold = tuple((at(TRIANGLE, 10 * number, 10 * number + 5),) for number in range(22))
    covering = [cite(TRIANGLE, 10 * number, 10 * number + 5) for number in range(7)]
    wide, off = cite(TRIANGLE, 70, 110), [cite(OTHER, number, number + 1) for number in range(3)]
    tried = Tried(item(gold=gold), attempt(gold, [fact("All of it.", *covering, wide, *off)]), {})
    assert round(citation_precision(tried).value or 0, 4) == round(8 / 11, 4)
    assert citation_recall(tried).value == 0.5
    assert round(citation_f1(tried).value or 0, 4) == 0.5926


def test_quotes_agree_with_ragas_quoted_spans_but_for_the_case_of_letters() -> None:
    """ragas' documentation: one quoted span, found in the sources once lower-cased, scores 1.0. Here a quote is
    the characters at its place: whoever made the attempt has marked that one as not verbatim."""
    exact = cite(TRIANGLE, quote="Machine learning improves accuracy")
    lowered = cite(TRIANGLE, quote="machine learning improves accuracy", verbatim=False)
    values = [
        quote_fidelity(Tried(item(gold=_EN), attempt(_EN, [fact("It does.", each)]), {})).value
        for each in (exact, lowered)
    ]
    assert values == [1, 0]
