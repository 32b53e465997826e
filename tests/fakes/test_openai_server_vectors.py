"""The fake embedder: the same in every run, near for what is alike, and fast enough for a library."""

import subprocess
import sys
import time

import pytest

from tests.fakes.openai_server.vectors import Embedder

CONCEPTS = [
    ["churn", "leave us", "go quiet", "客户流失", "流失"],
    ["win back", "re-engage", "挽回", "重新接触"],
    ["discount", "rebate", "让利", "折扣"],
    ["sponsor", "champion", "决策人", "拥护者"],
]


def cosine(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def likeness(embedder: Embedder, one: str, other: str) -> float:
    return cosine(*embedder.embed([one, other]))


def test_vectors_are_the_same_in_every_process() -> None:
    code = "from tests.fakes.openai_server.vectors import *; print(Embedder(8).embed(['大客户 churn'])[0])"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert runs == {f"{Embedder(8).embed(['大客户 churn'])[0]}\n"}


def test_a_text_has_the_same_vector_in_any_company() -> None:
    embedder = Embedder(concepts=CONCEPTS)
    assert embedder.embed(["客户", "other", "客户"])[0] == embedder.embed(["客户"])[0]


@pytest.mark.parametrize("text", ["大客户流失", "Key accounts leave.", "?!", "", " ", "😀", "\ud83d"])
def test_every_vector_has_length_one(text: str) -> None:
    vector = Embedder(dimensions=384).embed([text])[0]
    assert len(vector) == 384
    assert cosine(vector, vector) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Key accounts leave when nobody calls", "When nobody calls, key accounts leave"),
        ("大客户为什么流失", "大客户流失"),
        ("客户关系管理", "客戶關係管理"),
        ("ＣＲＭ system", "crm systems"),
    ],
)
def test_shared_words_are_near_in_any_writing(one: str, other: str) -> None:
    assert likeness(Embedder(), one, other) > 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How do we win back an account that went elsewhere?", "如何挽回大客户"),
        ("Why do they churn?", "客户流失怎么办"),
        ("Accounts go quiet before they leave us", "Churn has early signs"),
        ("Can I offer a rebate?", "价格可以让利吗"),
    ],
)
def test_a_shared_concept_is_near_in_other_words_and_languages(one: str, other: str) -> None:
    assert likeness(Embedder(), one, other) < 0.35
    assert likeness(Embedder(concepts=CONCEPTS), one, other) > 0.5


def test_what_shares_nothing_is_far() -> None:
    embedder = Embedder(concepts=CONCEPTS)
    assert abs(likeness(embedder, "The champion left the company", "午饭在十二点开始")) < 0.25
    assert abs(likeness(embedder, "如何挽回大客户", "Quarterly tax forms are due")) < 0.25


def test_a_question_finds_its_passage_among_many() -> None:
    embedder = Embedder(concepts=CONCEPTS)
    passages = [
        "Discounts are approved by finance within two days.",
        "客户流失之前，通常三个月没有会议。",
        "A champion inside the account speaks for us.",
        "午饭在十二点开始，请准时。",
    ]
    vectors = embedder.embed(passages)
    for question, place in (("churn warning signs", 1), ("谁是我们的拥护者", 2), ("折扣怎么批", 0), ("lunch 午饭", 3)):
        scores = [cosine(embedder.embed([question])[0], vector) for vector in vectors]
        assert scores.index(max(scores)) == place


def test_a_concept_is_not_found_inside_another_word() -> None:
    embedder = Embedder(concepts=[["deal", "交易"]])
    assert likeness(embedder, "an ideal dealer", "交易") < 0.3
    assert likeness(embedder, "closing deals", "交易") > 0.5


def test_token_ids_are_like_no_text() -> None:
    embedder = Embedder()
    ids, text = embedder.embed([[10, 20, 30], "客户流失"])
    assert abs(cosine(ids, text)) < 0.3
    assert ids == embedder.embed([[10, 20, 30]])[0]


def test_a_library_is_embedded_in_seconds() -> None:
    text = "大客户流失之前通常三个月没有会议，Key accounts go quiet before they leave us. " * 8
    started = time.monotonic()
    Embedder(concepts=CONCEPTS).embed([f"{text[place % 90 :]}{place}" for place in range(500)])
    assert time.monotonic() - started < 2.5
