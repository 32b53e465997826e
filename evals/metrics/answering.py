"""Whether the claims of an answer say what a right answer must say, and no number that their sources do not.

Key facts are what TREC calls vital nuggets, matched by string as in ALCE's STR-EM, but within the bounds
of words and numbers. Quotes beside a claim and advice do not count: a fact must be told as one.
"""

from collections.abc import Iterable

from assistant.gates.dates import missing_dates
from assistant.gates.quantities import missing_quantities, quantities
from assistant.gates.units import BARE
from evals.attempts import Attempt, Told
from evals.matching import stands
from evals.scores import Tried, Value, share, verdict


def factual(attempt: Attempt) -> tuple[Told, ...]:
    """The claims that say what is so: all but advice."""
    return tuple(told for told in attempt.told if told.kind != "advice")


def facts_strict(tried: Tried) -> Value:
    """1 if every key fact stands in a claim (ALCE: STR-EM hit)."""
    said = facts_lenient(tried)
    return Value(None if said.value is None else float(said.value == 1), said.why)


def facts_lenient(tried: Tried) -> Value:
    """Share of the key facts that stand in a claim (ALCE: STR-EM; nuggetizer: strict vital recall).

    A fact stands if one of its alternatives does, wholly within one claim. Saying it twice counts once;
    a declined answer says nothing.
    """
    facts = tried.item.facts
    texts = [told.text for told in factual(tried.attempt) if tried.attempt.answered]
    unsaid = [group[0] for group in facts if not _said(group, texts)]
    counted = share(len(facts) - len(unsaid), len(facts), "key facts stand in the claims", "it names no key facts")
    declined = "; it was declined" if tried.attempt.declined else ""
    return Value(counted.value, counted.why + _unsaid(unsaid) + declined)


def _said(alternatives: Iterable[str], texts: Iterable[str]) -> bool:
    return any(stands(each, text) for text in texts for each in alternatives)


def _unsaid(facts: list[str]) -> str:
    return f"; not said: {', '.join(map(repr, facts))}" if facts else ""


def correct(tried: Tried) -> Value:
    """Of an answer that was given: 1 if it says every key fact. Its mean is precision (LitQA2: correct ÷ answered).

    Absent when declined or failed. Any answer to what cannot be answered is wrong.
    """
    if not tried.attempt.answered:
        return Value(None, "declined" if tried.attempt.declined else "there is no answer")
    if not tried.item.answerable:
        return Value(0.0, "it was answered though the library has no answer")
    return facts_strict(tried)


def number_contradicted(tried: Tried) -> Value:
    """1 if a claim states a number, or a name with a number, that no verbatim quote of its own bears out.

    Values and units must agree as the gate for drafts has it (`missing_quantities`). A number of the unit
    of a key fact is named beside that fact. Advice is left out; absent without other claims.
    """
    claims = factual(tried.attempt)
    if not claims:
        return Value(None, "it claims nothing")
    for told in claims:
        quotes = [each.quote for each in told.cited if each.verbatim]
        lost = (*missing_quantities(told.text, quotes), *missing_dates(told.text, quotes))
        if lost:
            return verdict(True, f"a claim says {lost[0]!r}, its quotes do not{_key(lost[0], tried)}")
    return verdict(False, "every number of the claims is in their quotes")


def _key(number: str, tried: Tried) -> str:
    """The key facts of the same unit, for the reason."""
    units = {each.unit.kind for each in quantities(number)} - {BARE}
    ways = ((group[0], {each.unit.kind for each in quantities(group[0])}) for group in tried.item.facts)
    keys = [fact for fact, kinds in ways if kinds & units]
    return f"; the key fact is {' or '.join(map(repr, keys))}" if keys else ""


def in_language(tried: Tried) -> Value:
    """1 if the words around the quotes are in the language and script of the question, declined or not."""
    asked, given = tried.item.language, tried.attempt.language
    if not asked:
        return Value(None, "the question does not say its language")
    return verdict(given == asked, f"asked in {asked}, answered in {given or 'none'}")
