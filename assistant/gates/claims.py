"""Every gate a drafted claim must pass, in order."""

from collections.abc import Collection, Mapping

from assistant.answers import Citation, Claim, ClaimKind, Rejected
from assistant.drafted import Block, Quoted
from assistant.gates.quotes import locate
from assistant.reasons import Reason
from assistant.sentences import cite, kind_of
from assistant.verify import Sources
from knowledge.documents import Hit
from knowledge.glossary import Glossary

_KINDS = frozenset(("RULE", "FACT", "PRECEDENT", "ADVICE"))


def pass_gates(
    block: Block,
    issued: Mapping[int, Hit],
    sources: Sources,
    accounts: tuple[str, ...],
    known_accounts: Collection[str],
    question: str,
    glossary: Glossary,
) -> Claim | Rejected:
    """The claim a block makes, or the first reason to drop it.

    `issued` are the passages by the number they had in this request; `sources` is what the reader
    may read at this moment; `accounts` are those the question names, `known_accounts` all that the
    reader may know of.
    """
    if block.kind not in _KINDS or not block.text.strip():
        return Rejected(block.text, Reason.FORMAT)
    if block.kind == "ADVICE":
        return Claim(block.text, ClaimKind.ADVICE, (), block.text)
    if not block.quotes:
        return Rejected(block.text, Reason.UNCITED)
    citations: list[Citation] = []
    for quoted in block.quotes:
        found = _cited(quoted, issued, sources)
        if isinstance(found, Reason):
            return Rejected(block.text, found)
        citations.append(found)
    hits = [issued[each.number] for each in block.quotes]
    return Claim(block.text, kind_of(hits[0], accounts), tuple(citations), block.text, hits[0].entry.account)


def _cited(quoted: Quoted, issued: Mapping[int, Hit], sources: Sources) -> Citation | Reason:
    hit = issued.get(quoted.number)
    if hit is None:
        return Reason.UNKNOWN_ID
    if hit.passage.id not in sources:
        return Reason.SOURCE_GONE
    found = locate(quoted.quote, hit.passage)
    return found if isinstance(found, Reason) else cite(hit, found.start, found.end)
