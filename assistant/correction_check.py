"""A coach's correction, its lines checked like any claim."""

from collections.abc import Sequence
from itertools import chain

from assistant.answers import Claim, Rejected
from assistant.correction import Checked, Desk, Fault, Line, Statement
from assistant.drafted import Block, Quoted
from assistant.faults import why_not
from assistant.gates.claims import pass_gates
from assistant.gates.surface import characters_reason, cleaned, link_reason, size_reason
from assistant.reasons import Reason
from assistant.sentences import kind_of
from knowledge.documents import Kind
from knowledge.language import bag, sentences
from knowledge.query import understand

_WIDEST = 400


def check_correction(lines: Sequence[Line], desk: Desk) -> Checked:
    """Every line through the gates of a drafted claim; statements only when no line fails."""
    checked = [_check(line, desk) for line in lines]
    faults = tuple(each for each in checked if isinstance(each, Fault))
    stood = tuple(each for each in checked if isinstance(each, Statement))
    return Checked(() if faults else stood, faults)


def _check(line: Line, desk: Desk) -> Statement | Fault:
    if not line.cited:
        return _experience(line, desk)
    strangers = [each for each in line.cited if each not in desk.offered]
    if strangers:
        return _fault(line, Reason.UNKNOWN_ID, desk, strangers[0])
    reviewed = [each for each in line.cited if desk.offered[each].entry.kind is Kind.REVIEWED_ANSWER]
    if reviewed:
        return _fault(line, Reason.UNCITED, desk, reviewed[0])
    if any(desk.offered[each].passage.id not in desk.sources for each in line.cited):
        return _fault(line, Reason.SOURCE_GONE, desk)
    failed: list[Rejected] = []
    for quotes in _attempts(line, desk):
        result = _gated(line, quotes, desk)
        if isinstance(result, Claim):
            return Statement(result.text, result.citations)
        failed.append(result)
    return _fault(line, Reason(_telling(failed)), desk)


def _experience(line: Line, desk: Desk) -> Statement | Fault:
    """A line of the coach's own: nothing vouches for it but a name, so it may hold no link and no disguise."""
    reason = size_reason(line.text) or characters_reason(line.text) or link_reason(line.text)
    return _fault(line, reason, desk) if reason else Statement(cleaned(line.text), (), desk.coach)


def _gated(line: Line, quotes: Sequence[Quoted], desk: Desk) -> Claim | Rejected:
    kind = kind_of(desk.offered[line.cited[0]], desk.accounts).name
    block = Block(kind, line.text, tuple(quotes))
    return pass_gates(
        block, desk.offered, desk.sources, desk.accounts, desk.known_accounts, desk.question, desk.glossary
    )


def _attempts(line: Line, desk: Desk) -> list[tuple[Quoted, ...]]:
    """What to quote, the shortest first: of each cited passage its best sentence, then with those beside it."""
    choices = [_stretches(line.text, each, desk) for each in line.cited]
    deepest = max(map(len, choices), default=0)
    together = [tuple(each[min(at, len(each) - 1)] for each in choices) for at in range(deepest)]
    return list(dict.fromkeys(tuple(chain.from_iterable(each))[:4] for each in together))


def _stretches(statement: str, number: int, desk: Desk) -> list[tuple[Quoted, ...]]:
    """Stretches of one passage that may bear a statement out, the likeliest first."""
    text = desk.offered[number].passage.repaired()
    spans = list(sentences(text))
    if not spans:
        return [(Quoted(number, text),)]
    query = understand(statement, desk.glossary)
    shares = [query.coverage(bag(text[start:end])) for start, end in spans]
    order = sorted(range(len(spans)), key=lambda at: -shares[at])
    best = order[0]
    near = [(best,), (best, best + 1), (best - 1, best), (best - 1, best, best + 1), (best + 1, best + 2)]
    others = [(at,) for at in order[1:3]] + [(best, at) for at in order[1:3]]
    wanted = [each for each in (*near, *others) if all(0 <= at < len(spans) for at in each)]
    return [tuple(Quoted(number, quote) for quote in _quotes(text, spans, each)) for each in wanted]


def _quotes(text: str, spans: Sequence[tuple[int, int]], chosen: tuple[int, ...]) -> list[str]:
    """One quote for neighbours in one paragraph, else one for each sentence."""
    start, end = spans[chosen[0]][0], spans[chosen[-1]][1]
    beside = all(later - earlier == 1 for earlier, later in zip(chosen, chosen[1:], strict=False))
    whole = text[start:end]
    if beside and "\n\n" not in whole and len(whole) <= _WIDEST:
        return [whole]
    return [text[slice(*spans[at])] for at in sorted(chosen)]


_LEAST_TELLING = (Reason.QUOTE_SHORT, Reason.QUOTE_LONG, Reason.QUOTE_SPLICED, Reason.QUOTE_NOT_FOUND, Reason.UNRELATED)


def _telling(failed: Sequence[Rejected]) -> str:
    """The reason that says most of what to mend: that of the first attempt which got as far as the meaning."""
    return next((each.reason for each in failed if each.reason not in _LEAST_TELLING), failed[-1].reason)


def _fault(line: Line, reason: Reason, desk: Desk, number: int | None = None) -> Fault:
    cited = [each for each in line.cited if each in desk.offered]
    texts = [desk.offered[each].passage.repaired() for each in cited]
    shown = ", ".join(map(str, line.cited if number is None else (number,)))
    return Fault(line, reason, why_not(reason, line.text, texts, shown, desk.language, desk.glossary))
