"""What a model is sent: passages in numbered fences, within a budget."""

from assistant.questions import Question, Turn
from assistant.request import again, request
from assistant.tokens import tokens
from knowledge.documents import Entry, Hit, Kind, Passage


def hit(number: int, text: str, account: str | None = None, kind: Kind = Kind.PLAYBOOK) -> Hit:
    passage = Passage(id=f"p{number}", document_id=f"d{number}", heading="Part", text=text, start=0, end=len(text))
    entry = Entry(
        id=f"d{number}", title=f"Title {number}", kind=kind, source="s", language="en", account=account, version="1"
    )
    return Hit(passage, entry, 1.0)


def test_passages_are_numbered_in_their_order_and_say_whose_they_are() -> None:
    made = request(Question("why?"), "en", [hit(1, "first"), hit(2, "second", "Aurora", Kind.ACCOUNT_PLAN)], 8000)
    user = made.messages[-1].text
    assert user.index("[1] Title 1 \u203a Part (playbook)\nfirst") < user.index(
        "[2] Title 2 \u203a Part (account plan, Aurora)\nsecond"
    )
    assert {number: each.passage.id for number, each in made.issued.items()} == {1: "p1", 2: "p2"}


def test_no_more_than_ten_passages_are_sent() -> None:
    made = request(Question("why?"), "en", [hit(number, "text") for number in range(30)], 20_000)
    assert sorted(made.issued) == list(range(1, 11))


def test_what_does_not_fit_the_budget_is_left_out_from_the_end() -> None:
    made = request(Question("why?"), "en", [hit(number, "word " * 700) for number in range(1, 9)], 5000)
    assert 1 <= len(made.issued) < 8
    assert sorted(made.issued) == list(range(1, len(made.issued) + 1))
    assert made.tokens <= 5200


def test_one_passage_is_sent_even_when_it_is_too_long() -> None:
    assert len(request(Question("why?"), "en", [hit(1, "word " * 9000)], 3000).issued) == 1


def test_a_second_draft_is_asked_for_after_the_first_request() -> None:
    first = request(Question("why?", history=(Turn("user", "before"),)), "zh-Hant", [hit(1, "text")], 8000)
    second = again(first, "It was empty.")
    assert second.messages[: len(first.messages)] == first.messages
    assert "It was empty." in second.messages[-1].text
    assert second.issued == first.issued


def test_tokens_of_chinese_are_counted_by_the_character() -> None:
    assert tokens("\u5ba2" * 100) >= 100
    assert 25 <= tokens("word" * 25) <= 35
