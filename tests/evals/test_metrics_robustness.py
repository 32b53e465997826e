"""What a question put otherwise comes to, worked by hand."""

from dataclasses import replace

import pytest

from evals.attempts import Attempt
from evals.benchmark import Item
from evals.metrics import score, wanted
from evals.metrics.robustness import KINDS
from evals.scores import Need, Tried
from tests.evals.making import PLAN, TIERING, TRIANGLE, Case, at, attempt, check, every, failed, item, quoted

_LANGUAGES = ("en", "zh-Hans", "zh-Hant")
_GOLD = {
    "en": ((at(TRIANGLE, 10, 40),),),
    "zh-Hans": ((at(TIERING, 10, 40),),),
    "zh-Hant": ((at(PLAN, 10, 40),),),
}
_FACTS = {"en": (("2006",), ("40",)), "zh-Hans": (("500万",), ("40家",)), "zh-Hant": (("客户经理",), ("每季",))}
_FIRST = {"en": "It began in 2006.", "zh-Hans": "年销售额达到500万元。", "zh-Hant": "由客戶經理負責。"}
_SECOND = {"en": "It has 40 members.", "zh-Hans": "共有40家。", "zh-Hant": "每季檢討一次。"}


def _scenarios(language: str) -> list[tuple[str, Tried, float | None]]:
    """What the original and its one variant came to, and whether it held; the variant is yet without a name."""
    gold, hit = _GOLD[language], (_GOLD[language][0][0],)
    first, second = quoted(_FIRST[language]), quoted(_SECOND[language])
    with_facts = item(language, gold, _FACTS[language], paraphrases=("otherwise",))
    without = item(language, gold, paraphrases=("otherwise",))
    unanswerable = item(language, paraphrases=("otherwise",))
    both, one = attempt(gold, (first, second)), attempt(gold, (first,))
    declined = attempt(gold, outcome="declined")
    found, lost = attempt(gold, (first,), hits=hit), attempt(gold, (first,))
    rows: list[tuple[str, Item, Attempt, Attempt, float]] = [
        ("the same facts", with_facts, both, both, 1),
        ("a fact less", with_facts, both, one, 0),
        ("a fact more", with_facts, one, both, 1),
        ("another fact", with_facts, one, attempt(gold, (second,)), 1),
        ("the same claim twice", with_facts, one, attempt(gold, (first, first)), 1),
        ("an answer with nothing", with_facts, one, attempt(gold), 0),
        ("a decline instead of an answer", with_facts, both, declined, 0),
        ("an answer instead of a decline", with_facts, declined, both, 0),
        ("both declined", with_facts, declined, declined, 1),
        ("the variant failed", with_facts, declined, failed(), 0),
        ("the original failed", with_facts, failed(), both, 0),
        ("less evidence where there are no facts", without, found, lost, 0),
        ("more evidence where there are no facts", without, lost, found, 1),
        ("an answer to what cannot be answered", unanswerable, declined, one, 0),
        ("a wrong answer both times", unanswerable, one, one, 1),
    ]
    return [(name, Tried(asked, tried, {"": variant}), held) for name, asked, tried, variant, held in rows]


def _cases() -> list[Case]:
    return [
        Case(
            f"{name} under {kind.value} {language}",
            replace(tried, variants={kind.value: tried.variants[""]}),
            {f"held_{kind.value}": held, "held": held},
        )
        for kind in KINDS
        for language in _LANGUAGES
        if language != "en" or kind is not Need.SCRIPT
        for name, tried, held in _scenarios(language)
    ]


_WHOLE, _HALF = attempt(told=[quoted("2006")]), attempt(told=[quoted("1999")])
_ASKED = item("zh-Hans", _GOLD["zh-Hans"], (("2006",),), paraphrases=("one", "two"))
SEVERAL = (
    Case(
        "one of two paraphrases",
        Tried(_ASKED, _WHOLE, {"paraphrase:1": _WHOLE, "paraphrase:2": _HALF}),
        {"held_paraphrase": 0, "held": 0.5},
    ),
    Case(
        "both paraphrases",
        Tried(_ASKED, _WHOLE, {"paraphrase:1": _WHOLE, "paraphrase:2": _WHOLE}),
        {"held_paraphrase": 1, "held": 1},
    ),
    Case(
        "one kind of three",
        Tried(_ASKED, _WHOLE, {"script": _HALF, "noise": _WHOLE, "distractor": failed()}),
        {"held_script": 0, "held_noise": 1, "held_distractor": 0, "held_paraphrase": None, "held": 1 / 3},
    ),
    Case("no variant was run", Tried(_ASKED, _WHOLE, {}), {"held_script": None, "held_noise": None, "held": None}),
    Case("none was run and it failed", Tried(_ASKED, failed(), {}), {"held_script": None, "held": None}),
    Case(
        "variants of a conversation are none",
        Tried(_ASKED, _WHOLE, {"last_turn": _HALF, "standalone": _HALF}),
        {"held_noise": None, "held": None},
    ),
)
CASES = (*_cases(), *SEVERAL)


@every(CASES)
def test_the_values_are_those_worked_by_hand(case: Case) -> None:
    check(case)


def test_the_reason_says_what_was_lost() -> None:
    scores = score(Tried(_ASKED, _WHOLE, {"noise": _HALF, "script": attempt(outcome="declined")}))
    assert "not said: '2006'" in scores["held_noise"].why
    assert scores["held_script"].why == "it was declined, as written answered"


@pytest.mark.parametrize(
    "asked", [item("en", _GOLD["en"]), item("en", documents=(TRIANGLE,))], ids=["spans", "documents"]
)
def test_evidence_counts_among_the_first_five_hits(asked: Item) -> None:
    hits = [at(f"other-{number}.md", 0, 9) for number in range(5)]
    fifth, sixth = (
        attempt(_GOLD["en"] if asked.gold else (), hits=(*hits[:before], at(TRIANGLE, 0, 99))) for before in (4, 5)
    )
    values = [score(Tried(asked, fifth, {"noise": each}))["held"].value for each in (fifth, sixth)]
    assert values == [1, 0]


def test_sets_of_documents_are_held_by_the_documents_found() -> None:
    outside = item(documents=("a",))
    found, lost = attempt(hits=(at("a", 0, 9),), outcome="searched"), attempt(outcome="searched")
    values = [score(Tried(outside, found, {"noise": each}))["held"].value for each in (found, lost)]
    assert values == [1, 0]


@pytest.mark.parametrize(
    ("asked", "variants"),
    [
        (item("en"), {"noise", "distractor"}),
        (item("zh-Hant"), {"noise", "distractor", "script"}),
        (item("en", paraphrases=("otherwise",)), {"noise", "distractor", "paraphrase"}),
        (item("en", asked_before="Before?"), {"noise", "distractor"}),
        (
            item("en", _GOLD["en"], asked_before="Before?", standalone="Whole?"),
            {"noise", "distractor", "last_turn", "standalone"},
        ),
    ],
)
def test_a_run_makes_the_variants_that_some_score_of_some_question_can_use(asked: Item, variants: set[str]) -> None:
    assert {each.value for each in wanted([asked])} == variants
