"""Passages in the order of how well they fit: both languages on equal terms, surroundings counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.glossary import Glossary
from knowledge.language import bag
from knowledge.query import Group, Query, understand
from knowledge.ranking import Candidate, length, rank

GLOSSARY = Glossary([("renewal", "续约", "續約"), ("price", "价格", "價格")])
_WORDS = st.lists(st.sampled_from(["renewal", "price", "续约", "价格", "orchard", "meadow"]), min_size=1, max_size=6)
_AVERAGE = 40.0


def passage(name: str, text: str, document: str = "", start: int = 0) -> Candidate:
    return Candidate(name, document or name, start, bag(text).encode())


def ranked(question: str | Query, *candidates: Candidate) -> list[str]:
    query = understand(question, GLOSSARY) if isinstance(question, str) else question
    return [each.passage for each in rank(query, candidates, _AVERAGE)]


def relevance(question: str, *candidates: Candidate) -> dict[str, float]:
    return {each.passage: each.relevance for each in rank(understand(question, GLOSSARY), candidates, _AVERAGE)}


def test_what_has_nothing_of_the_question_is_left_out() -> None:
    assert ranked("renewal", passage("a", "renewal"), passage("b", "meadow")) == ["a"]
    assert ranked("", passage("a", "renewal")) == []


def test_a_passage_is_lifted_for_what_its_language_has_no_words_for() -> None:
    chinese, half = passage("chinese", "价格要看续约"), passage("half", "the orchard and the renewal meadow")
    question = "price of a renewal, bellwether gadgets, orchard"
    assert ranked(question, chinese, half)[0] == "chinese"
    known_in_both = "price of a renewal"
    both = relevance(known_in_both, chinese)["chinese"]
    assert relevance(question, chinese)["chinese"] > both


def test_no_passage_is_lifted_when_all_that_is_asked_has_a_translation() -> None:
    plain = Query("renewal", (Group(("renew", "续约")),))
    alone = Query("renewal", (Group(("renew",)),))
    english = passage("a", "renewal")
    assert rank(plain, [english], _AVERAGE) == rank(alone, [english], _AVERAGE)


def test_of_two_equal_passages_the_one_among_others_on_the_question_comes_first() -> None:
    lonely = passage("a-lonely", "renewal talks", "one")
    among = passage("b-among", "renewal talks", "two", 0)
    beside = passage("c-beside", "price lists", "two", 300)
    assert ranked("renewal price", lonely, among, beside)[0] == "b-among"


def test_what_stands_far_away_in_the_same_document_counts_nothing() -> None:
    here = passage("here", "renewal talks", "one", 0)
    near, far = passage("there", "price lists", "one", 1500), passage("there", "price lists", "one", 9000)
    alone = relevance("renewal price", here)["here"]
    assert relevance("renewal price", here, near)["here"] > alone
    assert relevance("renewal price", here, far)["here"] == alone


def test_the_same_content_is_about_as_long_in_both_languages() -> None:
    english = bag("The delivery lead checks what the back office can really do before anything is promised.")
    chinese = bag("交付负责人在承诺之前先了解后台真实能力")
    assert 0.7 < length(english) / length(chinese) < 1.4


@given(st.lists(st.tuples(_WORDS, st.sampled_from("de"), st.integers(0, 8000)), max_size=8))
def test_scores_do_not_depend_on_the_order_of_the_candidates(drawn: list[tuple[list[str], str, int]]) -> None:
    candidates = [passage(f"p{n}", " ".join(words), d, at) for n, (words, d, at) in enumerate(drawn)]
    once, again = relevance("renewal price", *candidates), relevance("renewal price", *reversed(candidates))
    assert once == pytest.approx(again)
    assert all(score > 0 for score in once.values())
