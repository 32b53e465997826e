"""Asking a library of invented documents, over the real stores."""

from pathlib import Path

import pytest

from assistant.answers import Answer, ClaimKind, NoteKind, Outcome
from assistant.ask import Assistant
from assistant.errors import EmptyQuestion
from assistant.questions import Question, Turn
from knowledge.library import Library
from tests.assistant.conftest import Ask, everything


def plain(answer: Answer) -> str:
    return "\n".join(claim.plain for claim in answer.claims)


def test_an_answer_quotes_the_playbook_word_for_word_at_the_offsets_it_names(ask: Ask, folder: Path) -> None:
    answer = ask("What should we do about a quiet account?")
    assert answer.outcome is Outcome.ANSWERED
    assert answer.claims
    for claim in (*answer.claims, *answer.next_steps, *answer.questions):
        (citation,) = claim.citations
        text = Path(citation.source).read_text(encoding="utf-8")
        assert claim.text == citation.quote == text[citation.start : citation.end]


def test_a_question_in_a_playbook_is_never_an_answer(ask: Ask) -> None:
    assert "Do you know which one it is" not in everything(ask("Why did the quiet account go quiet?"))


def test_a_heading_is_never_an_answer(ask: Ask) -> None:
    answer = ask("How do we open the door again at a quiet account?")
    assert all(claim.plain != "Open the door again" for claim in answer.claims)


def test_a_sentence_with_a_phone_number_is_never_quoted(ask: Ask) -> None:
    answer = ask("What is the hotline of the quiet account?")
    assert all("62258232" not in claim.text for claim in (*answer.claims, *answer.nearest))


def test_next_steps_and_questions_of_the_playbook_come_with_the_answer(ask: Ask) -> None:
    answer = ask("What should we do about a quiet account?")
    assert [claim.plain for claim in answer.next_steps] == [
        "List every contact at the quiet account with the date of the last meeting.",
        "Close the oldest complaint this week.",
    ]
    assert [claim.plain for claim in answer.questions] == ["What changed for you since we last met?"]


def test_what_is_out_of_scope_is_declined_and_says_what_was_searched(ask: Ask) -> None:
    answer = ask("Which vaccinations do travellers to Kenya need?")
    assert answer.outcome is Outcome.DECLINED
    assert not answer.claims
    assert answer.searched.documents == 6  # of seven, one is closed to this asker
    assert "kenya" in answer.searched.terms


def test_a_declined_question_names_who_answers_for_the_nearest_documents(ask: Ask) -> None:
    assert ask("Which vaccinations does a quiet account need?").owners == ("Ingrid",)
    assert ask("What should we do about a quiet account?").owners == ()


def test_a_citation_carries_the_link_of_its_document(ask: Ask) -> None:
    (citation,) = ask("What should we do about a quiet account?").claims[0].citations
    assert citation.link == "https://wiki.example/quiet"


def test_a_declined_question_shows_the_nearest_passages(ask: Ask) -> None:
    answer = ask("Does the plant director like skiing holidays in Norway every winter season?")
    assert answer.outcome is Outcome.DECLINED
    assert any("plant director" in claim.plain for claim in answer.nearest)


def test_the_named_account_speaks_as_fact_and_another_as_precedent(ask: Ask) -> None:
    answer = ask("Who is the supporter at Larkspur Metals, the plant director?")
    kinds = {claim.account: claim.kind for claim in answer.claims}
    assert kinds["Larkspur Metals"] is ClaimKind.FACT
    assert kinds.get("Quenby Foods", ClaimKind.PRECEDENT) is ClaimKind.PRECEDENT


@pytest.mark.parametrize(
    "question", ["Larkspur Metals discount percent?", "How far below the list price is the plant contract?"]
)
def test_a_closed_document_leaves_no_trace_in_anyone_elses_answer(ask: Ask, question: str) -> None:
    for answer in (ask(question), ask(question, person="mallory"), ask(question, person="public")):
        assert "17 percent" not in everything(answer)
        assert "Larkspur discount" not in everything(answer)
        assert "secret.md" not in everything(answer)


def test_a_closed_document_answers_those_it_names(ask: Ask) -> None:
    answer = ask("How far below the list price is the plant contract of Larkspur Metals?", "ann", ("Larkspur-Team",))
    assert "17 percent" in plain(answer)


def test_two_readings_of_one_grade_are_said_to_differ(ask: Ask) -> None:
    answer = ask("A级客户是什么样的客户？")
    (note,) = [note for note in answer.notes if note.kind is NoteKind.SOURCES_DIFFER]
    assert note.about == "A"
    assert {citation.title for citation in note.citations} == {"按销售额分级", "按关系分级"}


def test_a_method_that_is_only_named_is_said_to_be_only_named(ask: Ask) -> None:
    answer = ask("“七步登高法”包括哪些内容？")
    (note,) = [note for note in answer.notes if note.kind is NoteKind.NAMED_ONLY]
    assert note.about == "七步登高法"
    assert answer.outcome is not Outcome.ANSWERED


def test_a_follow_up_is_answered_with_the_turn_before(ask: Ask) -> None:
    history = (Turn("user", "What should we do about a quiet account?"), Turn("assistant", "..."))
    assert ask("And why is that?", history=history).claims
    assert not ask("And why is that?").claims


@pytest.mark.parametrize(
    ("question", "language"),
    [("What is a quiet account?", "en"), ("A级客户是什么样的？", "zh-Hans"), ("A級客戶是什麼樣的？", "zh-Hant")],
)
def test_the_frame_is_in_the_askers_language_and_script(ask: Ask, question: str, language: str) -> None:
    assert ask(question).language == language


def test_both_scripts_get_the_same_sentences(ask: Ask) -> None:
    assert plain(ask("A级客户的销售额是多少？")) == plain(ask("A級客戶的銷售額是多少？")) != ""


def test_each_claim_is_handed_on_in_order_once(filled: Library) -> None:
    handed: list[object] = []
    answer = Assistant(filled).ask(Question("What should we do about a quiet account?"), handed.append)
    assert tuple(handed) == answer.claims != ()


def test_the_same_question_gives_the_same_answer_but_for_its_name(ask: Ask) -> None:
    first, second = (ask("What should we do about a quiet account?") for _ in range(2))
    assert first.claims == second.claims
    assert first.recipe == second.recipe
    assert first.id != second.id


def test_a_changed_library_changes_the_recipe(ask: Ask, filled: Library, folder: Path) -> None:
    before = ask("What should we do about a quiet account?").recipe
    (folder / "new.md").write_text("# New\n\nA new sentence about something else entirely.\n", encoding="utf-8")
    filled.ingest([folder])
    assert ask("What should we do about a quiet account?").recipe != before


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t"])
def test_an_empty_question_is_refused(filled: Library, nothing: str) -> None:
    with pytest.raises(EmptyQuestion, match="nothing was asked"):
        Assistant(filled).ask(Question(nothing))


@pytest.mark.parametrize("odd", ["?", "？？？", "的了吗", "the of and", "🙂", "\u200b", "a" * 20_000, "大" * 5_000])
def test_a_question_without_content_is_declined_not_an_error(filled: Library, odd: str) -> None:
    assert Assistant(filled).ask(Question(odd)).outcome is Outcome.DECLINED


def test_an_empty_library_declines(tmp_path: Path) -> None:
    from integrations.bootstrap import library
    from integrations.settings import Settings

    answer = Assistant(library(Settings(home=tmp_path / "empty"))).ask(Question("Anything?"))
    assert answer.outcome is Outcome.DECLINED
    assert answer.searched.documents == 0


def test_a_question_about_an_account_gets_its_record_first_and_then_the_playbook(ask: Ask) -> None:
    answer = ask("The plant director of Larkspur Metals is a quiet account contact: offer a fix or record the reason?")
    kinds = [claim.kind for claim in answer.claims]
    assert kinds[0] is ClaimKind.FACT
    assert ClaimKind.RULE in kinds
    assert kinds == sorted(kinds, key=lambda kind: kind is ClaimKind.RULE)


def test_an_account_alone_does_not_make_a_strange_question_answerable(ask: Ask) -> None:
    assert ask("What is the weather at Larkspur Metals?").outcome is Outcome.DECLINED


def test_an_account_may_be_asked_about_by_its_name_alone(ask: Ask) -> None:
    assert {claim.account for claim in ask("Tell me about Larkspur Metals").claims} == {"Larkspur Metals"}


def test_claims_of_one_document_keep_their_order(ask: Ask) -> None:
    claims = ask("What should we do about a quiet account?").claims
    starts = [claim.citations[0].start for claim in claims if claim.citations[0].title == claims[0].citations[0].title]
    assert starts == sorted(starts)
    assert len(starts) > 1


def test_a_short_question_about_something_never_heard_of_is_declined(ask: Ask) -> None:
    assert ask("Who is the director of Mongolia?").outcome is Outcome.DECLINED


def test_sentences_that_stand_side_by_side_make_one_claim_that_is_quickly_read(ask: Ask) -> None:
    answer = ask("A级客户和B级客户按销售额怎么分？")
    first = answer.claims[0]
    assert first.text == "A级客户是年销售额在800万元以上的客户。B级客户是年销售额在300万元以上的客户。"
    assert len(first.citations) == 1
    assert all(len(claim.plain) <= 280 for claim in answer.claims)


@pytest.mark.parametrize("question", ["“七步登高法”分哪七步？", "三环九招是哪九招，逐条列一下"])
def test_the_content_of_a_method_that_a_source_leaves_out_is_declined_with_where_it_is_named(
    ask: Ask, folder: Path, filled: Library, question: str
) -> None:
    said = "---\ntitle: 方法说明\n---\n# 方法说明\n\n## 缺口\n\n七步登高法和三环九招只有名称，培训资料没有说明内容。\n"
    (folder / "gap.md").write_text(said, encoding="utf-8")
    filled.ingest([folder])
    answer = ask(question)
    assert answer.outcome is Outcome.DECLINED
    assert [note.kind for note in answer.notes] == [NoteKind.NAMED_ONLY]
    assert answer.notes[0].citations
    assert any("只有名称" in claim.plain for claim in answer.nearest)


def test_whether_a_method_is_described_is_answered(ask: Ask, folder: Path, filled: Library) -> None:
    said = "---\ntitle: 方法说明\n---\n# 方法说明\n\n## 缺口\n\n七步登高法只有名称，培训资料没有说明内容。\n"
    (folder / "gap.md").write_text(said, encoding="utf-8")
    filled.ingest([folder])
    answer = ask("七步登高法的内容，培训资料有没有说明？")
    assert any("没有说明内容" in claim.plain for claim in answer.claims)


@pytest.mark.parametrize("question", ['What is "it is" in a quiet account?', "What does 'who are you' mean?"])
def test_quotation_marks_round_nothing_but_small_words_do_no_harm(ask: Ask, question: str) -> None:
    assert ask(question).outcome in Outcome
