"""The gates together: honest drafts pass, what was made wrong does not, and the reason is the right one."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Claim, ClaimKind, Rejected, Retold
from assistant.drafted import Block, Quoted
from assistant.gates.claims import pass_gates
from assistant.reasons import Reason
from assistant.verify import check, cited
from knowledge.glossary import shipped
from knowledge.mapping import Edit
from tests.assistant.gates.drafts import Draft, cases, honest, replied, streamed
from tests.assistant.gates.mutations import MUTATIONS, Mutation, Mutator

CASES = list(cases())
HONEST = list(honest())
REPLIED = list(replied())
CERTAIN = [each for each in MUTATIONS if each.certain]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_adversarial_case_has_its_reason(case: Draft) -> None:
    assert case.reason() in case.line["expected"]


def test_honest_drafts_are_kept() -> None:
    """The drafts that the gates were made with; how many of unseen ones are kept is measured, not tested."""
    reasons = {draft.id: draft.reason() for draft in honest("dev")}
    dropped = {name: reason for name, reason in reasons.items() if reason != "kept"}
    assert len(reasons) - len(dropped) >= 0.97 * len(reasons), dropped


def test_an_unseen_honest_claim_reaches_its_reader_in_its_own_words_or_in_its_sources() -> None:
    lost = [draft.id for draft in honest("test") if type(draft.judged()) is Rejected]
    assert len(lost) <= 0.03 * len(list(honest("test"))), lost


def test_what_a_model_replied_to_the_prompt_reaches_its_reader() -> None:
    judged = [each.judged() for each in REPLIED]
    assert sum(isinstance(each, Claim) for each in judged) >= 0.97 * len(judged)
    assert sum(type(each) is Rejected for each in judged) <= 0.005 * len(judged)


@pytest.mark.parametrize("mutation", CERTAIN, ids=lambda mutation: mutation.name)
def test_a_draft_made_wrong_is_never_kept(mutation: Mutation) -> None:
    chance = random.Random(7)
    made = [each for draft in (*HONEST[::3], *REPLIED[::3]) for each in mutation.make(draft, chance)]
    assert made
    assert [each.block for each in made if each.reason() == "kept"] == []


@given(st.sampled_from(HONEST), st.randoms(use_true_random=False))
def test_a_draft_says_the_same_wherever_its_stream_is_cut(draft: Draft, chance: random.Random) -> None:
    assert streamed(draft, chance).block == draft.block


@given(st.sampled_from(HONEST), st.randoms(use_true_random=False))
def test_numbering_passages_otherwise_changes_nothing(draft: Draft, chance: random.Random) -> None:
    numbers = list(draft.issued)
    others = chance.sample(range(1, 500), len(numbers))
    renamed = dict(zip(numbers, others, strict=True))
    quotes = tuple(replace(each, number=renamed[each.number]) for each in draft.block.quotes)
    issued = {renamed[number]: hit for number, hit in draft.issued.items()}
    shuffled = replace(draft, block=replace(draft.block, quotes=quotes), issued=issued)
    assert shuffled.judged() == draft.judged()


@given(st.sampled_from(HONEST))
def test_what_is_kept_shows_only_the_sources_own_words(draft: Draft) -> None:
    claim = draft.judged()
    sources = {hit.passage.id: (hit.passage, hit.entry) for hit in draft.issued.values()}
    if isinstance(claim, Claim):
        assert claim.citations
        assert all(cited(each, sources) is None for each in claim.citations)


@given(
    st.text(max_size=60), st.text(max_size=40), st.integers(-3, 30), st.sampled_from(["RULE", "FACT", "ADVICE", "x"])
)
def test_any_text_is_judged_without_an_error(text: str, quote: str, number: int, kind: str) -> None:
    draft = replace(HONEST[0], block=Block(kind, text, (Quoted(number, quote),)))
    judged = draft.judged()
    assert isinstance(judged, Claim | Rejected)
    assert isinstance(judged, Rejected) or kind == "ADVICE"


def by_id(name: str) -> Draft:
    return next(each for each in (*CASES, *HONEST) if each.id == name)


@pytest.mark.parametrize(
    ("name", "kind", "account"),
    [
        ("zh-27", ClaimKind.FACT, "岚衡重工"),
        ("zh-31", ClaimKind.PRECEDENT, "岚衡重工"),
        ("en-14", ClaimKind.PRECEDENT, "Quenby Foods"),
        ("en-18", ClaimKind.PRECEDENT, None),
        ("zh-01", ClaimKind.RULE, None),
        ("c-38a", ClaimKind.ADVICE, None),
    ],
)
def test_a_claims_kind_is_what_its_sources_are(name: str, kind: ClaimKind, account: str | None) -> None:
    claim = by_id(name).judged()
    assert isinstance(claim, Claim)
    assert (claim.kind, claim.account) == (kind, account)


def test_a_wrong_label_is_put_right_whatever_it_says() -> None:
    draft = by_id("zh-27")
    labelled = [replace(draft, block=replace(draft.block, kind=kind)) for kind in ("RULE", "FACT", "PRECEDENT")]
    assert len({repr(each.judged()) for each in labelled}) == 1


def test_the_text_is_shown_without_markers_and_invisible_characters() -> None:
    assert _text("zh-49") == "A级客户的年销售额在800万元以上。"
    assert _text("zh-50") == "A级客户的年销售额在800万元以上。"


def _text(name: str) -> str:
    claim = by_id(name).judged()
    assert isinstance(claim, Claim)
    assert claim.plain == claim.text
    return claim.text


def test_a_quote_given_twice_is_cited_once() -> None:
    claim = by_id("id-05").judged()
    assert isinstance(claim, Claim)
    assert len(claim.citations) == 1


def test_a_source_that_was_closed_meanwhile_is_not_quoted() -> None:
    draft = by_id("zh-27")
    block, issued = draft.block, draft.issued
    judged = pass_gates(block, issued, {}, draft.accounts, (), "", shipped())
    assert judged == Rejected(block.text, Reason.SOURCE_GONE)


def test_the_words_of_a_document_that_changed_are_looked_for_where_they_are_now() -> None:
    draft = by_id("zh-27")
    hit = draft.issued[1]
    text = "岚衡重工2025年向我方采购380万元，比2024年的260万元增长约46%。"
    now = replace(hit.passage, text=text, end=hit.passage.start + len(text))
    sources = {hit.passage.id: (now, hit.entry)}
    judged = pass_gates(draft.block, draft.issued, sources, draft.accounts, (), "", shipped())
    assert isinstance(judged, Rejected)
    assert judged.reason in (Reason.QUOTE_ALTERED, Reason.QUOTE_NOT_FOUND)


def test_a_claim_is_held_against_the_repaired_words_and_shows_the_original_ones() -> None:
    text = "大(d\u00e0)客户每年要拜访三次。"
    hit = by_id("zh-01").issued[1]
    passage = replace(hit.passage, text=text, end=hit.passage.start + len(text), edits=(Edit(1, 5),))
    block = Block("RULE", "大客户一年要拜访三次。", (Quoted(1, "大客户每年要拜访三次"),))
    judged = pass_gates(
        block, {1: replace(hit, passage=passage)}, {passage.id: (passage, hit.entry)}, (), (), "", shipped()
    )
    assert isinstance(judged, Claim)
    assert judged.citations[0].quote == text


def retold(text: str, *quotes: str) -> Claim | Rejected:
    hit = by_id("zh-27").issued[1]
    whole = "\n".join(quotes)
    passage = replace(hit.passage, text=whole, end=hit.passage.start + len(whole), edits=())
    block = Block("RULE", text, tuple(Quoted(1, quote) for quote in quotes))
    issued = {1: replace(hit, passage=passage)}
    return pass_gates(block, issued, {passage.id: (passage, hit.entry)}, (), (), "", shipped())


FIX = "Offer the quiet account one fix for a fault within 30 days."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Offer the quiet account one fix for a fault within 60 days.", Reason.NUMBER),
        ("Do not offer the quiet account one fix for a fault within 30 days.", Reason.NEGATION),
    ],
)
def test_a_claim_whose_wording_failed_can_be_told_in_the_sources_words(text: str, reason: Reason) -> None:
    judged = retold(text, FIX)
    assert isinstance(judged, Retold)
    assert (judged.reason, judged.instead.text, judged.instead.plain) == (reason, FIX, FIX)
    assert not judged.instead.drafted


def test_a_claim_about_something_else_is_not_told_in_the_sources_words() -> None:
    assert type(retold("The board meets in 60 days to choose a new auditor for the group.", FIX)) is Rejected


def test_words_with_a_telephone_number_are_not_told_instead() -> None:
    judged = retold("Call the quiet account on 60 days.", "Call the quiet account on +49 170 1234567 within 30 days.")
    assert type(judged) is Rejected


@given(st.sampled_from(HONEST), st.sampled_from([each.make for each in MUTATIONS]), st.integers(0, 9))
def test_what_is_told_instead_passes_the_checks_of_every_verbatim_claim(draft: Draft, make: Mutator, seed: int) -> None:
    sources = {hit.passage.id: (hit.passage, hit.entry) for hit in draft.issued.values()}
    for mutated in list(make(draft, random.Random(seed)))[:2]:
        judged = mutated.judged()
        if isinstance(judged, Retold):
            assert check(judged.instead, sources) is None


@pytest.mark.parametrize(
    ("title", "kept"), [("B公司：跨部门的阵痛", True), ("C公司：分级", False), ("B公司与C公司", False)]
)
def test_a_company_may_be_named_by_the_letter_in_the_title_of_its_case(title: str, kept: bool) -> None:
    hit = by_id("zh-27").issued[1]
    quote = "内部冲突不是变革失败的信号，但需要有人负责协调。"
    passage = replace(hit.passage, text=quote, end=hit.passage.start + len(quote), edits=())
    entry = replace(hit.entry, title=title)
    block = Block("RULE", "B公司的启示是，" + quote, (Quoted(1, quote),))
    issued = {1: replace(hit, passage=passage, entry=entry)}
    judged = pass_gates(block, issued, {passage.id: (passage, entry)}, (), (), "", shipped())
    assert isinstance(judged, Claim) is kept


def test_a_claim_that_shares_too_little_with_quotes_of_another_language_is_told_in_their_words() -> None:
    judged = retold("请各部门轮流汇报进展。", FIX)
    assert isinstance(judged, Retold)
    assert (judged.reason, judged.instead.text) == (Reason.UNRELATED, FIX)


@pytest.mark.parametrize(("name", "kept"), [("陈军", True), ("黄彬", False)])
def test_whom_the_question_names_did_not_say_what_another_said(name: str, kept: bool) -> None:
    hit = by_id("zh-27").issued[1]
    quote = "陈军的银饰品牌案例里，约1%的A级客户贡献22%的业绩。"
    passage = replace(hit.passage, text=quote, end=hit.passage.start + len(quote), edits=())
    block = Block("RULE", f"{name}的银饰品牌案例里，约1%的A级客户贡献22%的业绩。", (Quoted(1, quote),))
    issued, sources = {1: replace(hit, passage=passage)}, {passage.id: (passage, hit.entry)}
    judged = pass_gates(block, issued, sources, (), (), "陈军和黄彬各怎么说集中度？", shipped())
    assert isinstance(judged, Claim) is kept
