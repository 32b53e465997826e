"""All scores of a question, in one table: what each needs, and how it is computed.

Every score has a reason and may be absent, never silently 0 or 1. A failed attempt has the worst value in
every score of quality that its question has the needs for: failures are always in the denominator.
"""

from collections.abc import Iterable, Sequence
from functools import partial

from evals.benchmark import Item
from evals.metrics.answering import correct, facts_lenient, facts_strict, in_language, number_contradicted
from evals.metrics.citing import citation_f1, citation_precision, citation_recall, quote_fidelity, uncited, validity
from evals.metrics.conversation import carried, recall_of, recall_with_history
from evals.metrics.declining import declined_rightly, declined_wrongly
from evals.metrics.operating import cost, error, first_claim, seconds
from evals.metrics.retrieval import document_recall, gold_recall, mrr, ndcg
from evals.metrics.robustness import KINDS, held, held_under
from evals.metrics.safety import canary
from evals.scores import Metric, Need, Tried, Value

VARIANTS = frozenset((*KINDS, Need.LAST_TURN, Need.STANDALONE))
"""The needs that are met by asking a question otherwise."""

_OF_THE_RUN = frozenset((Need.CLAIMS, Need.PRICES, Need.JUDGE))
_OF_ANSWERS = frozenset(("answer", "citation", "abstention"))


def _needs(*needs: Need) -> frozenset[Need]:
    return frozenset(needs)


_ANY, _SPANS, _DOCUMENTS, _FACTS = _needs(), _needs(Need.SPANS), _needs(Need.DOCUMENTS), _needs(Need.FACTS)
_CLAIMS, _CITED = _needs(Need.CLAIMS), _needs(Need.CLAIMS, Need.SPANS)
_FOLLOW_UP = _needs(Need.FOLLOW_UP, Need.SPANS)
_ALONE, _WHOLE = _FOLLOW_UP | {Need.LAST_TURN}, _FOLLOW_UP | {Need.STANDALONE}

_RETRIEVAL = (
    Metric("gold_recall@1", "retrieval", _SPANS, partial(gold_recall, 1), what="evidence in the first hit"),
    Metric("gold_recall@5", "retrieval", _SPANS, partial(gold_recall, 5), what="evidence in the first 5 hits"),
    Metric("gold_recall@10", "retrieval", _SPANS, partial(gold_recall, 10), what="evidence in the first 10 hits"),
    Metric("mrr", "retrieval", _SPANS, mrr, what="how high the first gold document stands"),
    Metric("ndcg@10", "retrieval", _SPANS, ndcg, what="how high all gold documents stand"),
    Metric("document_recall@1", "retrieval", _DOCUMENTS, partial(document_recall, 1), what="gold is found first"),
    Metric("document_recall@5", "retrieval", _DOCUMENTS, partial(document_recall, 5), what="gold in the first 5"),
    Metric("document_recall@10", "retrieval", _DOCUMENTS, partial(document_recall, 10), what="gold in the first 10"),
    Metric("document_mrr", "retrieval", _DOCUMENTS, mrr, what="how high the first gold document stands"),
    Metric("document_ndcg@10", "retrieval", _DOCUMENTS, ndcg, what="how high all gold documents stand"),
)
_ANSWER = (
    Metric("facts_strict", "answer", _FACTS, facts_strict, exact=True, what="every key fact is said"),
    Metric("facts_lenient", "answer", _FACTS, facts_lenient, what="key facts that are said"),
    Metric("correct", "answer", _CLAIMS, correct, exact=True, fails=False, what="what was answered is right"),
    Metric(
        "number_contradicted",
        "answer",
        _CLAIMS,
        number_contradicted,
        higher=False,
        exact=True,
        what="a claim has a number that its quotes have not",
    ),
    Metric("in_language", "answer", _ANY, in_language, exact=True, what="answered in the language and script asked"),
)
_CITATION = (
    Metric("validity", "citation", _CLAIMS, validity, critical=True, what="citations that are real and permitted"),
    Metric("quote_fidelity", "citation", _CLAIMS, quote_fidelity, critical=True, what="quotes that are verbatim"),
    Metric("citation_precision", "citation", _CITED, citation_precision, what="citations that lie on gold"),
    Metric("citation_recall", "citation", _CITED, citation_recall, what="evidence that is cited"),
    Metric("citation_f1", "citation", _CITED, citation_f1, what="citation precision and recall in one"),
    Metric("uncited", "citation", _CLAIMS, uncited, higher=False, what="claims without a citation"),
)
_ABSTENTION = (
    Metric(
        "declined_rightly",
        "abstention",
        _needs(Need.UNANSWERABLE),
        declined_rightly,
        exact=True,
        what="what cannot be answered is declined",
    ),
    Metric(
        "declined_wrongly",
        "abstention",
        _needs(Need.ANSWERABLE),
        declined_wrongly,
        higher=False,
        exact=True,
        what="what can be answered is declined",
    ),
)
_ROBUSTNESS = (
    *(
        Metric(
            f"held_{kind.value}",
            "robustness",
            _needs(kind),
            partial(held_under, kind),
            exact=True,
            fails=False,
            what=f"no worse under {what}",
        )
        for kind, what in zip(KINDS, ("the other script", "other words", "noise", "an aside"), strict=True)
    ),
    Metric("held", "robustness", _ANY, held, fails=False, what="variants under which it is no worse"),
)
_CONVERSATION = (
    Metric("recall_history", "conversation", _FOLLOW_UP, recall_with_history, what="evidence found as asked"),
    Metric(
        "recall_last_turn",
        "conversation",
        _ALONE,
        partial(recall_of, Need.LAST_TURN),
        fails=False,
        what="evidence found without the history",
    ),
    Metric(
        "recall_standalone",
        "conversation",
        _WHOLE,
        partial(recall_of, Need.STANDALONE),
        fails=False,
        what="evidence found by the question made whole",
    ),
    Metric("carried", "conversation", _WHOLE, carried, exact=True, fails=False, what="history does as well as that"),
)
_SAFETY = (
    Metric(
        "canary",
        "safety",
        _needs(Need.CANARIES),
        canary,
        higher=False,
        exact=True,
        critical=True,
        fails=False,
        what="something was shown that the asker may not know",
    ),
)
_OPERATION = (
    Metric("seconds", "operation", _ANY, seconds, higher=False, unit="seconds", fails=False, what="whole time"),
    Metric(
        "first_claim",
        "operation",
        _CLAIMS,
        first_claim,
        higher=False,
        unit="seconds",
        fails=False,
        what="time to the first claim",
    ),
    Metric("cost", "operation", _needs(Need.PRICES), cost, higher=False, unit="money", fails=False, what="cost"),
    Metric("error", "operation", _ANY, error, higher=False, exact=True, fails=False, what="nothing came of it"),
)
METRICS: tuple[Metric, ...] = (
    *_RETRIEVAL,
    *_ANSWER,
    *_CITATION,
    *_ABSTENTION,
    *_ROBUSTNESS,
    *_CONVERSATION,
    *_SAFETY,
    *_OPERATION,
)
"""Every score that needs no judge."""


def needs_of(item: Item) -> frozenset[Need]:
    """What a question can support; claims, prices and a judge depend on the run, so every question has them."""
    has = {
        Need.ANSWERABLE: item.answerable,
        Need.UNANSWERABLE: not item.answerable,
        Need.SPANS: bool(item.gold),
        Need.DOCUMENTS: bool(item.documents),
        Need.FACTS: bool(item.facts),
        Need.CANARIES: bool(item.canaries),
        Need.FOLLOW_UP: bool(item.history),
        Need.SCRIPT: item.language.startswith("zh"),
        Need.PARAPHRASE: bool(item.paraphrases),
        Need.NOISE: True,
        Need.DISTRACTOR: True,
        Need.LAST_TURN: bool(item.history),
        Need.STANDALONE: bool(item.standalone),
    }
    return _OF_THE_RUN | {need for need, held in has.items() if held}


def wanted(items: Iterable[Item], metrics: Sequence[Metric] = METRICS) -> frozenset[Need]:
    """The variants that a run has to make for these scores of these questions."""
    supported = [needs_of(item) for item in items]
    used = (metric.needs for metric in metrics if any(metric.needs <= each for each in supported))
    return VARIANTS & frozenset().union(*used)


def score(tried: Tried, metrics: Sequence[Metric] = METRICS) -> dict[str, Value]:
    """A value, perhaps absent, of every score whose needs the question has, by name."""
    has = needs_of(tried.item)
    return {metric.name: _value(metric, tried) for metric in metrics if metric.needs <= has}


def _value(metric: Metric, tried: Tried) -> Value:
    if tried.attempt.failed and metric.fails:
        return Value(metric.worst, f"failed: {tried.attempt.failure}")
    if tried.attempt.searched and metric.area in _OF_ANSWERS:
        return Value(None, "only a search was made")
    return metric.score(tried)
