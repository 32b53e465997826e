"""What holds of the scores of any attempt."""

from collections.abc import Iterable
from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from evals.attempts import Attempt, Cited, Place, Told
from evals.metrics import METRICS, score
from evals.scores import Tried
from tests.evals.making import INVENTED, at, cite, failed, item

_DOCUMENTS = ("a.md", "乙.md", "丙.md")
_GOLD = ((at("a.md", 0, 10), at("乙.md", 0, 10)), (at("丙.md", 5, 9),))
_FACTS = (("30%", "三成"), ("客户经理", "account manager"))
_TEXTS = ("At most 30%.", "At most 25%.", "最高三成。", "由客戶經理負責。", "The account manager owns it.", "代号霜杼")
_MORE = {"canaries": ("代號霜杼",), "paraphrases": ("Otherwise?",), "standalone": "The whole question?"}

places = st.builds(
    lambda document, start, length: Place(document, start, start + length),
    st.sampled_from(_DOCUMENTS),
    st.integers(0, 12),
    st.integers(1, 12),
)
citations = st.builds(Cited, places, st.sampled_from(_TEXTS), st.booleans(), st.booleans(), st.booleans())
claims = st.builds(
    Told,
    st.sampled_from(_TEXTS),
    st.sampled_from(("rule", "fact", "precedent", "advice")),
    st.lists(citations, max_size=3).map(tuple),
)
answers = st.builds(
    Attempt,
    item=st.just("q"),
    outcome=st.sampled_from(("answered", "partial")),
    told=st.lists(claims, max_size=4).map(tuple),
    beside=st.lists(citations, max_size=2).map(tuple),
    shown=st.sampled_from(("", *_TEXTS)),
    hits=st.lists(places, max_size=10).map(tuple),
    gold=st.just(_GOLD),
    seconds=st.floats(0, 90),
    first=st.none() | st.floats(0, 90),
    cost=st.none() | st.floats(0, 1),
)
declines = st.builds(replace, answers, told=st.just(()), outcome=st.just("declined"), first=st.none())
attempts = answers | declines
variants = st.dictionaries(
    st.sampled_from(("script", "paraphrase:1", "paraphrase:2", "noise", "distractor", "last_turn", "standalone")),
    attempts | st.just(failed()),
)
items = st.sampled_from(
    (
        item("zh-Hant", _GOLD, _FACTS, asked_before="Before?", **_MORE),
        item("zh-Hans", asked_before="Before?", **_MORE),
        item("en", documents=_DOCUMENTS[:2], asked_before="Before?", **_MORE),
    )
)
tries = st.builds(Tried, items, attempts, variants)
answered = st.builds(Tried, items, answers, variants)


def _values(tried: Tried) -> dict[str, float | None]:
    return {name: each.value for name, each in score(tried).items()}


@given(tries)
def test_every_share_lies_between_0_and_1_and_has_a_reason(tried: Tried) -> None:
    scores = score(tried)
    for metric in METRICS:
        if metric.name in scores and metric.unit == "share":
            value = scores[metric.name].value
            assert value is None or 0 <= value <= 1, metric.name
            assert not metric.exact or value in (None, 0, 1), metric.name
    assert all(each.why and "\n" not in each.why for each in scores.values())


@given(answered, st.integers(0, 3), st.booleans())
def test_an_invented_citation_never_raises_a_score_of_citations_and_validity_is_no_longer_whole(
    tried: Tried, where: int, beside: bool
) -> None:
    invented, told = cite("[99]", 0, 0, "", **INVENTED), tried.attempt.told
    if beside or not told:
        worse = replace(tried.attempt, beside=(*tried.attempt.beside, invented))
    else:
        where %= len(told)
        claim = replace(told[where], cited=(*told[where].cited, invented))
        worse = replace(tried.attempt, told=(*told[:where], claim, *told[where + 1 :]))
    before, after = _values(tried), _values(replace(tried, attempt=worse))
    assert (after["validity"] or 0) < 1
    for name in ("validity", "quote_fidelity", "citation_precision"):
        if name in before and before[name] is not None:
            assert (after[name] or 0) <= (before[name] or 0)


@given(answered, st.randoms(use_true_random=False))
def test_reordering_claims_and_citations_changes_nothing(tried: Tried, chance: Random) -> None:
    told = [replace(each, cited=_shuffled(each.cited, chance)) for each in tried.attempt.told]
    other = replace(tried.attempt, told=_shuffled(told, chance), beside=_shuffled(tried.attempt.beside, chance))
    assert _values(replace(tried, attempt=other)) == _values(tried)


def _shuffled(things: Iterable[Any], chance: Random) -> tuple[Any, ...]:
    mixed = list(things)
    chance.shuffle(mixed)
    return tuple(mixed)


@given(tries)
def test_a_failed_attempt_is_never_better_than_any_other(tried: Tried) -> None:
    nothing = _values(replace(tried, attempt=failed(gold=tried.attempt.gold, hits=tried.attempt.hits)))
    for name, value in _values(tried).items():
        metric = next(each for each in METRICS if each.name == name)
        failure = nothing[name]
        if metric.area != "safety" and value is not None and failure is not None:
            assert failure <= value if metric.higher else failure >= value, name


@given(tries, st.sampled_from(("script", "paraphrase:1", "noise", "distractor", "last_turn", "standalone")))
def test_neither_is_a_failed_variant(tried: Tried, variant: str) -> None:
    if variant in tried.variants:
        worse = _values(replace(tried, variants={**tried.variants, variant: failed()}))
        for name, value in _values(tried).items():
            metric = next(each for each in METRICS if each.name == name)
            if metric.area != "safety" and value is not None and worse[name] is not None:
                assert (worse[name] or 0) <= value if metric.higher else (worse[name] or 0) >= value, name


@given(answered, st.integers(0, 3))
def test_saying_what_is_sound_twice_changes_nothing(tried: Tried, which: int) -> None:
    sound = [each for each in tried.attempt.told if each.cited and all(_sound(cited) for cited in each.cited)]
    if sound:
        again = replace(tried.attempt, told=(*tried.attempt.told, sound[which % len(sound)]))
        assert _values(replace(tried, attempt=again)) == _values(tried)


def _sound(cited: Cited) -> bool:
    return cited.known and cited.permitted and cited.verbatim


@given(answered, claims, places)
def test_more_claims_say_no_fewer_facts_and_more_hits_find_no_less(tried: Tried, claim: Told, hit: Place) -> None:
    more = replace(tried.attempt, told=(*tried.attempt.told, claim), hits=(*tried.attempt.hits, hit))
    before, after = _values(tried), _values(replace(tried, attempt=more))
    for name in ("facts_strict", "facts_lenient", "gold_recall@10", "mrr", "ndcg@10", "document_recall@10"):
        if name in before:
            assert (after[name] or 0) >= (before[name] or 0)


@given(tries)
def test_the_same_attempt_as_its_own_variant_holds(tried: Tried) -> None:
    same = {"script": tried.attempt, "paraphrase:1": tried.attempt, "noise": tried.attempt}
    assert _values(replace(tried, variants=same))["held"] == 1
