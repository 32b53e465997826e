"""Answers that a model words: the real client, over HTTP, to a server that says what a test tells it to."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.answers import Answer, Claim, ClaimKind, NoteKind, Outcome
from assistant.ask import Assistant
from assistant.questions import Question, Turn
from integrations import as_json
from integrations.bootstrap import assistant, library
from integrations.settings import Settings
from knowledge.access import Reader
from knowledge.library import Library
from tests.fakes.openai_server import Pace, Reply, Request, Server, honest, passages, running

QUIET = """---
title: Winning back a quiet account
language: en
---
# Winning back a quiet account

## Find the reason

Record the reason for the silence of a quiet account as assumed until a named person confirms it.

## Open the door again

Offer the quiet account one fix for a fault it already complains about within 30 days.
"""
TIERS = """---
title: \u5ba2\u6237\u5206\u7ea7
---
# \u5ba2\u6237\u5206\u7ea7

## \u53e3\u5f84

A\u7ea7\u5ba2\u6237\u662f\u5e74\u9500\u552e\u989d\u5728800\u4e07\u5143\u4ee5\u4e0a\u7684\u5ba2\u6237\u3002\u5206\u7ea7\u7ed3\u679c\u6bcf\u5b63\u5ea6\u590d\u6838\u4e00\u6b21\u3002
"""
SECRET = """---
title: Larkspur discount (invented)
kind: account_plan
account: Larkspur Metals
audience: [larkspur-team]
---
# Larkspur discount

## Price

Larkspur Metals pays 17 percent below the list price for the plant contract.
"""
ASKED = "What should we do about a quiet account?"
FIX = "Offer the quiet account one fix for a fault it already complains about within 30 days."
REASON = "Record the reason for the silence of a quiet account as assumed until a named person confirms it."


@pytest.fixture
def server() -> Iterator[Server]:
    with running("vllm") as fake:
        yield fake
        assert not fake.complaints


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "documents"
    place.mkdir()
    for name, text in (("quiet.md", QUIET), ("tiers.md", TIERS), ("secret.md", SECRET)):
        (place / name).write_text(text, encoding="utf-8")
    return place


Made = Callable[..., Assistant]


@pytest.fixture
def made(server: Server, tmp_path: Path, folder: Path) -> Made:
    def make(**settings: object) -> Assistant:
        ours = {"home": tmp_path / "home", "model": "fake-chat", "model_url": server.url, "MODEL_KEY": server.key}
        chosen = Settings.model_validate(ours | settings)
        over = library(chosen)
        over.ingest([folder])
        return assistant(chosen, over)

    return make


def says(*blocks: tuple[str, str, str], status: str = "answered") -> Callable[[Request], str]:
    """A model that quotes the passage which holds the words, whatever number that has: (words, label, claim)."""

    def model(request: Request) -> str:
        lines = [f"STATUS: {status}"]
        for quote, label, claim in blocks:
            number = next((each.number for each in passages(request) if quote and quote in each.text), 99)
            lines += ["" if len(lines) > 1 else None, f'[{number}] "{quote}"' if quote else None, f"{label}: {claim}"]
        return "\n".join(line for line in lines if line is not None)

    return model


TRUE = (FIX, "RULE", "Within 30 days, offer one fix for a fault that the quiet account complains about.")
FALSE = (FIX, "RULE", "Within 60 days, offer one fix for a fault that the quiet account complains about.")


def notes(answer: Answer) -> list[NoteKind]:
    return [each.kind for each in answer.notes]


def test_a_claim_in_a_models_words_carries_the_sources_own_characters(made: Made, server: Server) -> None:
    server.reply(says(TRUE))
    answer = made().ask(Question(ASKED))
    (claim,) = answer.claims
    (citation,) = claim.citations
    assert (answer.outcome, claim.text, claim.kind) == (Outcome.ANSWERED, TRUE[2], ClaimKind.RULE)
    text = Path(citation.source).read_text(encoding="utf-8")
    assert citation.quote == FIX == text[citation.start : citation.end]
    assert (answer.recipe.composer, answer.recipe.model, len(answer.recipe.prompt)) == ("draft", "fake-chat", 10)


def test_a_number_that_the_source_does_not_hold_is_never_shown(made: Made, server: Server) -> None:
    server.reply(says(TRUE, FALSE))
    answer = made().ask(Question(ASKED))
    assert [claim.text for claim in answer.claims] == [TRUE[2]]
    assert [(each.text, each.reason) for each in answer.rejected] == [(FALSE[2], "number")]


WRONG = (REASON, "RULE", "Record the reason for the silence as assumed until 3 named persons confirm it.")


def test_what_fails_in_a_models_words_is_told_in_the_sources_beside_what_stands(made: Made, server: Server) -> None:
    server.reply(says(WRONG, TRUE))
    answer = made().ask(Question(ASKED))
    assert [(claim.text, claim.drafted) for claim in answer.claims] == [(TRUE[2], True), (REASON, False)]
    assert list(as_json.answer(answer)["rejected"]) == [{"text": WRONG[2], "reason": "number"}]


def test_claims_are_handed_on_while_the_model_is_still_writing(made: Made, server: Server) -> None:
    first = says(TRUE)
    told: list[tuple[Claim, bool]] = []
    server.when(
        lambda request: True,
        lambda request: Reply(chunks=[f"{first(request)}\n\n", "ADVICE: Ask who complains.\n"], pace=Pace(each=0.4)),
    )
    answer = made().ask(Question(ASKED), lambda claim: told.append((claim, server.last.finished is not None)))
    assert [claim for claim, _ in told] == list(answer.claims)
    assert [bool(over) for _, over in told][0] is False


def test_advice_is_shown_only_beside_something_it_rests_on(made: Made, server: Server) -> None:
    advice = ("", "ADVICE", "Ask the client who is most annoyed.")
    server.reply(says(advice, TRUE))
    assert [claim.kind for claim in made().ask(Question(ASKED)).claims] == [ClaimKind.RULE, ClaimKind.ADVICE]
    server.reply(says(advice), says(advice))
    assert made().ask(Question(ASKED)).recipe.composer == "extract"


def test_what_a_model_says_twice_is_shown_once(made: Made, server: Server) -> None:
    server.reply(says(TRUE, TRUE))
    assert len(made().ask(Question(ASKED)).claims) == 1


def test_a_model_that_finds_no_answer_is_believed(made: Made, server: Server) -> None:
    server.reply("STATUS: insufficient")
    answer = made().ask(Question(ASKED))
    assert (answer.outcome, answer.claims, len(server.requests)) == (Outcome.DECLINED, (), 1)
    assert answer.nearest


def test_a_draft_of_which_nothing_stands_is_asked_for_once_more(made: Made, server: Server) -> None:
    server.reply(says(FALSE), says(TRUE))
    answer = made().ask(Question(ASKED))
    assert [claim.text for claim in answer.claims] == [TRUE[2]]
    assert "could not be used" in server.last.messages[-1]["content"]
    assert answer.usage["calls"] == 2


def test_a_model_that_fails_twice_leaves_the_sources_to_speak(made: Made, server: Server) -> None:
    server.reply(says(FALSE), says(FALSE))
    answer = made().ask(Question(ASKED))
    assert answer.recipe.composer == "extract"
    assert FIX in [claim.text for claim in answer.claims]
    assert [(each.kind, each.about) for each in answer.notes] == [
        (NoteKind.WITHOUT_MODEL, "Nothing the model wrote stood up to checking")
    ]
    assert FALSE[2] in [each.text for each in answer.rejected]


def test_the_note_of_a_failure_is_in_the_askers_language(made: Made, server: Server) -> None:
    server.fail("insufficient_quota", times=None)
    answer = made().ask(Question("A\u7ea7\u5ba2\u6237\u600e\u4e48\u5206\u7ea7\uff1f"))
    assert answer.claims
    assert [each.about for each in answer.notes] == ["\u6a21\u578b\u8d26\u6237\u989d\u5ea6\u5df2\u7528\u5b8c"]


def test_a_reply_that_breaks_off_keeps_what_was_whole_and_says_so(made: Made, server: Server) -> None:
    second = "Record the reason as assumed until somebody confirms it. " * 6
    whole = says(TRUE)
    server.reply(lambda request: Reply(f'{whole(request)}\n\n[1] "{REASON}"\nRULE: {second}', fault="silent_end"))
    answer = made().ask(Question(ASKED))
    assert [claim.text for claim in answer.claims] == [TRUE[2]]
    assert (answer.outcome, notes(answer)) == (Outcome.PARTIAL, [NoteKind.BROKEN_OFF])
    assert answer.rejected[-1].reason == "truncated"


def test_nobody_asks_a_model_what_the_library_knows_nothing_of(made: Made, server: Server) -> None:
    answer = made().ask(Question("Which vaccinations do travellers to Kenya need?"))
    assert (answer.outcome, server.requests, answer.usage) == (Outcome.DECLINED, [], {})


def test_a_plain_question_takes_one_call(made: Made, server: Server) -> None:
    server.model = honest
    made_once = made()
    made_once.ask(Question(ASKED))
    before = len(server.requests)
    made_once.ask(Question(ASKED))
    assert len(server.requests) - before == 1


def test_a_follow_up_is_made_whole_by_one_more_call(made: Made, server: Server) -> None:
    server.reply("QUESTION: How soon do we offer a fix to a quiet account?\nSEARCH: quiet account fix", says(TRUE))
    before = (Turn("user", ASKED), Turn("assistant", "Offer one fix."))
    answer = made().ask(Question("And within how many days?", history=before))
    assert [claim.text for claim in answer.claims] == [TRUE[2]]
    assert "And within how many days?" in server.last.user
    assert answer.question == "And within how many days?"


def test_a_follow_up_is_read_by_rule_when_the_model_makes_nothing_of_it(made: Made, server: Server) -> None:
    server.reply("I would rather chat.", says(TRUE))
    answer = made().ask(Question("And within how many days?", history=(Turn("user", ASKED),)))
    assert [claim.text for claim in answer.claims] == [TRUE[2]]


def test_both_sides_of_a_comparison_are_looked_up(made: Made, server: Server) -> None:
    wanted = "QUESTION: {q}\nSEARCH: quiet account fix\nSEARCH: A\u7ea7\u5ba2\u6237 \u5e74\u9500\u552e\u989d"
    server.reply(wanted, says(TRUE))
    made().ask(Question("Compare how we treat a quiet account and an A tier customer"))
    shown = " ".join(each.text for each in passages(server.last))
    assert FIX in shown
    assert "800\u4e07\u5143" in shown


def test_passages_are_fenced_by_marks_that_nobody_can_know(made: Made, server: Server) -> None:
    server.model = honest
    for _ in range(2):
        made().ask(Question(ASKED))
    fences = {line.split()[0] for each in server.requests for line in each.user.splitlines() if line.startswith("<<<")}
    assert len(fences) == len(server.requests)


def test_a_model_is_never_given_what_its_asker_may_not_read(made: Made, server: Server) -> None:
    server.model = honest
    coach = made()
    coach.ask(Question("What does Larkspur Metals pay below the list price for the plant contract?"))
    assert not any("17 percent" in each.user or "Larkspur discount" in each.user for each in server.requests)
    insider = Reader("liu", frozenset({"larkspur-team"}))
    coach.ask(Question("What does Larkspur Metals pay below the list price for the plant contract?", reader=insider))
    assert "17 percent" in server.last.user


def test_what_is_withdrawn_while_a_model_writes_is_not_shown(made: Made, server: Server, folder: Path) -> None:
    coach = made()
    tell: list[Claim] = []

    def withdraw(claim: Claim) -> None:
        tell.append(claim)
        (folder / "quiet.md").unlink()
        coach.library.ingest([folder])

    server.reply(
        says(TRUE, (REASON, "RULE", "Record the reason for the silence as assumed until a named person confirms it."))
    )
    answer = coach.ask(Question(ASKED), withdraw)
    assert len(tell) == 1
    assert answer.claims == ()
    assert {each.reason for each in answer.rejected} == {"source_gone"}


def test_the_days_budget_is_a_limit_over_all_questions(made: Made, server: Server) -> None:
    server.model = honest
    made().ask(Question(ASKED))
    asked = len(server.requests)
    answer = made(day_tokens=100).ask(Question(ASKED))
    assert len(server.requests) == asked
    assert [each.about for each in answer.notes] == ["Today's budget for the model is used up"]
    assert answer.claims


def test_what_an_answer_cost_is_counted_by_the_servers_own_numbers(made: Made, server: Server) -> None:
    server.reply(says(TRUE), says(TRUE))
    free = made().ask(Question(ASKED))
    paid = made(model_price_read=2.0, model_price_written=8.0).ask(Question(ASKED))
    assert "cost" not in free.usage
    expected = (paid.usage["tokens_read"] * 2.0 + paid.usage["tokens_written"] * 8.0) / 1e6
    assert paid.usage["cost"] == pytest.approx(expected, abs=1e-6)


def test_a_long_passage_does_not_burst_the_budget_of_a_question(made: Made, server: Server, folder: Path) -> None:
    (folder / "long.md").write_text("# Quiet account notes\n\n" + "A quiet account waits. " * 4000, encoding="utf-8")
    server.model = honest
    made(question_tokens=3000).ask(Question(ASKED))
    assert sum(len(each["content"]) for each in server.last.messages) < 3.5 * 3000


def test_every_claim_shown_was_checked_whatever_a_model_does(made: Made, server: Server) -> None:
    from tests.fakes.openai_server import repeater

    server.model = repeater
    over: Library = made().library
    answer = made().ask(Question(ASKED))
    held = over.passages([each.passage_id for claim in answer.claims for each in claim.citations], Reader())
    for citation in (each for claim in answer.claims for each in claim.citations):
        passage = held[citation.passage_id][0]
        assert passage.text[citation.start - passage.start : citation.end - passage.start] == citation.quote
