"""A question is asked of the real assistant, and what came of it is held against the catalogue."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Citation
from assistant.questions import Question
from evals.asking import Examiner
from evals.attempts import Attempt, Cited, Place, Told
from evals.benchmark import Benchmark
from evals.scores import Need
from evals.variants import variants
from knowledge.access import ANYONE, Reader


def test_an_answer_is_kept_with_its_citations_as_the_catalogue_has_them(
    examiner: Examiner, benchmark: Benchmark
) -> None:
    attempt = examiner.attempt(benchmark.items[0])
    assert attempt.outcome in ("answered", "partial")
    assert any("2006" in told.text for told in attempt.told)
    assert all(each.known and each.permitted and each.verbatim for each in attempt.cited)
    assert attempt.cited[0].place.document == "playbooks/triangle.md"
    ((gold,),) = attempt.gold
    assert any(hit.holds(gold) for hit in attempt.hits)
    assert attempt.first is not None
    assert 0 < attempt.first <= attempt.seconds
    assert attempt.recipe["composer"] == "extract"


def test_what_an_asker_may_not_read_is_neither_hit_nor_shown(examiner: Examiner, benchmark: Benchmark) -> None:
    stranger = examiner.attempt(benchmark.items[2])
    assert not any(canary in stranger.shown for canary in benchmark.items[2].canaries)
    entitled = examiner.attempt(replace(benchmark.items[2], asker="li wei"))
    assert "412,000" in entitled.shown


def test_the_askers_own_words_are_not_counted_as_shown(examiner: Examiner, benchmark: Benchmark) -> None:
    item = replace(benchmark.items[2], question="What does Halcyon-Quill stand for?")
    assert "halcyon" not in examiner.attempt(item).shown.casefold()


def test_whatever_goes_wrong_is_an_error_of_the_attempt(examiner: Examiner, benchmark: Benchmark) -> None:
    attempt = examiner.attempt(replace(benchmark.items[0], question="  "))
    assert attempt.failed
    assert attempt.error.startswith("EmptyQuestion")
    assert not attempt.declined
    assert attempt.gold


def _citation(**changes: object) -> Citation:
    quote = "It was piloted in 2006."
    return Citation(
        **{
            "passage_id": "?",
            "document_id": "?",
            "title": "t",
            "source": "s",
            "heading": "",
            "page": None,
            "quote": quote,
            "start": 0,
            "end": len(quote),
            **changes,
        }
    )  # type: ignore[arg-type]


def test_a_citation_that_was_made_up_is_not_known(examiner: Examiner) -> None:
    (found,) = examiner.truth.inspect([_citation()], ANYONE)
    assert (found.known, found.permitted, found.verbatim) == (False, False, False)


def test_a_true_passage_with_another_quote_is_not_verbatim_and_one_of_others_is_not_permitted(
    examiner: Examiner, benchmark: Benchmark
) -> None:
    answer = examiner.assistant.ask(Question(benchmark.items[0].question))
    true = next(each.citations[0] for each in answer.claims if "2006" in each.text)
    (altered,) = examiner.truth.inspect([replace(true, quote=true.quote.replace("2006", "2009"))], ANYONE)
    assert (altered.known, altered.permitted, altered.verbatim) == (True, True, False)
    (moved,) = examiner.truth.inspect([replace(true, document_id="another")], ANYONE)
    assert not moved.known
    secret = examiner.library.search("Quillmark price floor", Reader("li wei")).hits[0]
    taken = _citation(passage_id=secret.passage.id, document_id=secret.entry.id)
    assert not examiner.truth.inspect([taken], Reader("zhang min"))[0].permitted
    assert examiner.truth.inspect([taken], Reader("li wei"))[0].permitted


places = st.builds(Place, st.text(max_size=5), st.integers(0, 99), st.integers(0, 99))
cited = st.builds(Cited, places, st.text(), st.booleans(), st.booleans(), st.booleans())
attempts = st.builds(
    Attempt,
    item=st.text(min_size=1),
    variant=st.text(),
    outcome=st.sampled_from(["", "answered", "partial", "declined"]),
    told=st.lists(st.builds(Told, st.text(), st.sampled_from(["rule", "advice"]), st.lists(cited).map(tuple))).map(
        tuple
    ),
    beside=st.lists(cited, max_size=3).map(tuple),
    rejected=st.lists(st.tuples(st.text(), st.text()), max_size=3).map(tuple),
    hits=st.lists(places, max_size=3).map(tuple),
    gold=st.lists(st.lists(places, max_size=2).map(tuple), max_size=2).map(tuple),
    error=st.text(),
    confidence=st.none() | st.floats(0, 1),
)


@given(attempts)
def test_an_attempt_comes_back_from_its_line_as_it_was(attempt: Attempt) -> None:
    assert Attempt.of(json.loads(json.dumps(attempt.as_json()))) == attempt


def test_variants_change_the_question_and_nothing_that_it_is_judged_by(benchmark: Benchmark) -> None:
    every = {name: item for each in benchmark.items for name, item in variants(each, set(Need))}
    assert set(every) == {"script", "paraphrase:1", "noise", "distractor"}
    for each in benchmark.items:
        for _, changed in variants(each, set(Need)):
            assert (changed.id, changed.gold, changed.facts, changed.asker) == (
                each.id,
                each.gold,
                each.facts,
                each.asker,
            )
            assert changed.question != each.question
    assert "\u7d93\u92b7\u5546" in every["script"].question
    assert list(variants(benchmark.items[0], set())) == []


def test_variants_are_the_same_every_time(benchmark: Benchmark) -> None:
    assert list(variants(benchmark.items[0], set(Need))) == list(variants(benchmark.items[0], set(Need)))
