"""Faults seeded into the real coach, each with the scores that should give it away."""

from dataclasses import dataclass

from evals.scores import Need
from knowledge.documents import Kind
from knowledge.glossary import Glossary
from knowledge.language import fold
from tests.benchmarks import seeding, spoiling
from tests.benchmarks.seeding import Seed

FAILED, SLOW = "questions failed", "half of the answers take more"
"""How the gate tells of failures and of slowness, which are no scores that fell."""

_PRAYER = "\U0001f64f"
_CHINESE = ("-zh.md", "-hant.md")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong, and the scores (or words of the gate) of which one at least should say so.

    `expects` is empty where there is no such score. `variants` are those that it takes to see it; `fails`
    says that questions fail of it; `parallel` is how many are asked at once.
    """

    name: str
    expects: tuple[str, ...]
    seed: Seed
    variants: frozenset[Need] = frozenset()
    fails: bool = False
    parallel: int = 1


_FOUND = ("gold_recall@5", "citation_recall")
_LOST = ("gold_recall@5", "facts_lenient", "declined_wrongly")

_SEARCHING = (
    Fault("the glossary is empty", _LOST, lambda ground: ground.over(glossary=Glossary(()))),
    Fault("only the first hit is used (k = 1)", _FOUND, seeding.finding(lambda scored: scored[:1])),
    Fault("the ranking is random", _FOUND, seeding.finding(seeding.shuffled)),
    Fault("the ranking is reversed", _FOUND, seeding.finding(lambda scored: scored[::-1])),
    Fault("half of the passages are not in the index", _FOUND, seeding.finding(seeding.half)),
    Fault("there are no stop words", _LOST, seeding.without_stop_words),
    Fault("traditional questions are not folded", _LOST, seeding.reading(seeding.unfolded)),
    Fault("questions are cut after 12 characters", _LOST, seeding.reading(lambda text: text[:12])),
    Fault("passages end after 80 characters", _FOUND, seeding.confirming(seeding.cut_short)),
    Fault("documents of one language only", _LOST, seeding.only(lambda entry: entry.language == "en")),
    Fault(
        "only the first sentence of a message is read",
        ("held",),
        seeding.reading(seeding.first_sentence),
        variants=frozenset({Need.DISTRACTOR}),
    ),
)
_ASKING = (
    Fault("the history is ignored", ("gold_recall@5", "facts_lenient"), seeding.without_history),
    Fault(
        "the history is of another conversation", ("gold_recall@5", "facts_lenient"), seeding.of_another_conversation
    ),
    Fault("questions are mixed up", (*_FOUND, "facts_lenient"), seeding.of_another_question),
    Fault("accounts are mixed up", (*_FOUND, "facts_lenient"), seeding.of_another_account),
    Fault("one question in twenty fails", (FAILED,), seeding.failing(seeding.one_in(20)), fails=True),
    Fault("follow-ups fail", (FAILED,), seeding.failing(lambda question: bool(question.history)), fails=True),
    Fault(
        "a message with an emoji fails",
        ("held",),
        seeding.failing(lambda question: _PRAYER in question.text),
        variants=frozenset({Need.NOISE}),
        fails=True,
    ),
)
_DOCUMENTS = (
    Fault("the cases are missing", _LOST, seeding.removed(lambda file: "cases" in file.parts)),
    Fault(
        "the Chinese playbooks are missing",
        _LOST,
        seeding.removed(lambda file: "playbooks" in file.parts and file.name.endswith(_CHINESE)),
    ),
    Fault("the index is older than the documents", _LOST, seeding.stale_index),
    Fault("answers are older than the documents", ("validity", "quote_fidelity"), seeding.stale_answers),
    Fault("documents that expired are used", ("validity",), seeding.expired),
    Fault("the rights of the asker are not checked", ("validity", "canary"), seeding.unchecked),
    Fault("everyone has all rights", ("canary",), seeding.all_rights),
    Fault("titles of closed documents are told", ("canary",), seeding.titles_told),
    Fault("nobody is recognised", _LOST, seeding.unrecognised),
    Fault("nobody may read plans", _LOST, seeding.only(lambda entry: entry.kind is not Kind.ACCOUNT_PLAN)),
)
_CITING = (
    Fault("citations are shuffled", ("number_contradicted",), spoiling.claiming(spoiling.exchanged)),
    Fault(
        "citations are three characters off",
        ("quote_fidelity",),
        spoiling.citing(start=lambda cited: cited.start + 3, end=lambda cited: cited.end + 3),
    ),
    Fault("quotes lack a character", ("quote_fidelity",), spoiling.citing(quote=lambda cited: cited.quote[:-1])),
    Fault("quotes are of the search copy", ("quote_fidelity",), spoiling.citing(quote=lambda cited: fold(cited.quote))),
    Fault("passages are invented", ("validity",), spoiling.citing(passage_id=lambda cited: f"no {cited.passage_id}")),
    Fault("citations name another document", ("validity",), spoiling.citing(document_id=lambda _: "another")),
    Fault("claims have no citations", ("uncited",), spoiling.claiming(spoiling.uncited)),
    Fault("the sentence behind is quoted", ("citation_recall", "facts_lenient"), spoiling.next_sentence),
)
_ANSWERING = (
    Fault("digits are altered", ("number_contradicted",), spoiling.saying(spoiling.other_digits)),
    Fault("years are shifted", ("number_contradicted",), spoiling.saying(spoiling.next_year)),
    Fault("denials are dropped", ("facts_lenient",), spoiling.saying(spoiling.undenied)),
    Fault("claims break off halfway", ("facts_lenient",), spoiling.saying(lambda text: text[: len(text) // 2])),
    Fault("claims are mojibake", ("facts_lenient",), spoiling.saying(spoiling.mojibake)),
    Fault("quotes are in upper case", ("quote_fidelity",), spoiling.citing(quote=lambda cited: cited.quote.upper())),
    Fault(
        "half of the claims are dropped",
        ("facts_lenient", "citation_recall"),
        spoiling.claiming(lambda told: told[::2]),
    ),
    Fault(
        "only the first claim is told", ("facts_lenient", "citation_recall"), spoiling.claiming(lambda told: told[:1])
    ),
    Fault("claims are told five times", (), spoiling.claiming(lambda told: told * 5)),
    Fault("it always answers", ("declined_rightly",), spoiling.answering(spoiling.always_answered)),
    Fault("it always declines", ("declined_wrongly",), spoiling.answering(spoiling.declined)),
    Fault(
        "it declines in traditional script", ("declined_wrongly",), spoiling.answering(spoiling.declined_if_traditional)
    ),
    Fault("traditional script is answered in simplified", ("in_language",), spoiling.answering(spoiling.simplified)),
    Fault("it takes a second longer", (SLOW,), spoiling.slower(1.0), parallel=12),
)
FAULTS = (*_SEARCHING, *_ASKING, *_DOCUMENTS, *_CITING, *_ANSWERING)
"""All of them; each should shut the gate."""
