"""Reviewed questions, their paraphrases in three writings and their near-misses: sixty that words and rules were fitted
on, forty by an author who had seen no code, and sixty more (third) by three others who had seen none either.

Of the sixty, the half called dev was fitted on first; the other half was judged once (151 of 270 paraphrases and 9 of
150 near-misses at the threshold of that day, 0.65), then looked at and mended like the first.

The forty (`review_cases_unseen.jsonl`) were judged once by words and rules that were done on the sixty (443 of 540
paraphrases, one near-miss that another of the sixty answers): 39 of 360 paraphrases were found (English 11, simplified
18, traditional 10, of 120 each), and 5 of 200 near-misses, two of which another of the forty answers. The rules before
those had 33 and 4. Then the first 23 were read and mended by; of the last 17, of which only three near-misses were
known, 29 of 153 paraphrases were found on a second look, and 4 of 85 near-misses. Since then words and rules are
fitted to all hundred: what is asserted here is no measurement of unseen questions. Who asks freely, in words that no
table lists, is seldom recognised; the first look says how seldom. Floors are what was reached.

Of the third's 540 paraphrases 86 were found at the first look, and 7 of its 300 near-misses; rules were then mended
for those seven (who does it, ourselves or the customer; from this to that or back), not for the paraphrases.
"""

from collections import Counter

import pytest

from assistant.correction import Correction
from assistant.recall import recall, similar
from tests.integrations.review_cases import ACCOUNTS, ANSWERED, GLOSSARY, WRITINGS, cases, corrections


def _recalled(question: str, among: list[Correction]) -> str:
    found = recall(question, among, ACCOUNTS, GLOSSARY)
    return found.id if found else ""


def _nearest(question: str, among: list[Correction]) -> str:
    return next((each.id for each in similar(question, among, ACCOUNTS, GLOSSARY)), "")


@pytest.mark.parametrize(("author", "count"), [("fitted", 60), ("unseen", 40), ("third", 60)])
def test_each_correction_has_three_paraphrases_a_writing_and_five_near_misses(author: str, count: int) -> None:
    assert len(cases(author)) == count
    assert all(len(each.paraphrases[writing]) == 3 for each in cases(author) for writing in WRITINGS)
    assert all(len(set(each.near_misses)) == 5 for each in cases(author))


@pytest.mark.parametrize(
    ("author", "floors"), [("fitted", (136, 141, 141)), ("unseen", (42, 34, 32)), ("third", (21, 33, 35))]
)
def test_paraphrases_find_their_own_correction_or_none(author: str, floors: tuple[int, ...]) -> None:
    found, among = Counter[str](), corrections(author)
    for each in cases(author):
        for writing, text in each.all():
            name = _recalled(text, among)
            found["wrong"] += name not in ("", each.correction.id)
            found[writing] += name == each.correction.id
    assert found["wrong"] == 0
    assert all(found[writing] >= floor for writing, floor in zip(WRITINGS, floors, strict=True))


@pytest.mark.parametrize(("author", "floor"), [("fitted", 0.8), ("unseen", 0.75), ("third", 0.75)])
def test_the_correction_that_is_offered_first_is_mostly_that_of_the_same_question(author: str, floor: float) -> None:
    among = corrections(author)
    right = [_nearest(text, among) == each.correction.id for each in cases(author) for _, text in each.all()]
    assert sum(right) / len(right) >= floor


@pytest.mark.parametrize("author", ["fitted", "unseen", "third"])
def test_near_misses_find_nothing(author: str) -> None:
    misses = [text for each in cases(author) for text in each.near_misses]
    misses = [text for text in misses if text not in ANSWERED]
    assert [text for text in misses if _recalled(text, corrections(author))] == []


def test_a_near_miss_that_another_correction_answers_finds_that_one() -> None:
    question = "Within how many days do we send the promises after an executive visit?"
    assert _recalled(question, corrections("fitted")) == ANSWERED[question]
