"""Answers as Block Kit, by pure functions.

Everything that comes from a document, a person or a model goes into `rich_text` or `plain_text`, which
Slack shows as it stands: no mention, ping, link or image can arise from it. Limits hold by
construction: claims are whole, and a message takes as many of them as fit.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from assistant.answers import Answer, Citation, Claim, Outcome
from assistant.questions import Language
from assistant.wording import label, reviewed_by, say, similar_to
from integrations.slack.kit import Block, button, line, plain_text, rich, short
from integrations.slack.texts import said

MOST_BLOCKS = 50
MOST_CHARACTERS = 11_000
_MOST_SOURCES = 15
_MOST_OWNERS = 5
_SECTION = 2_900
_PLACE = 250

PASSAGE, FEEDBACK, COACH, SHARE, RETRY = "open_passage", "feedback", "ask_coach", "share", "retry"
SIMILAR = "ask_similar"


def messages(answer: Answer, shareable: bool = False, ending: Sequence[Block] | None = None) -> list[list[Block]]:
    """The messages of an answer: claims in order, cut only between claims; sources and buttons (or `ending`) last."""
    numbers = Numbers()
    parts = [*_frame(answer), *_claims(answer, numbers), *_ending(answer, numbers)]
    tail = [*sources(numbers.listed, answer), *(buttons(answer, shareable) if ending is None else ending)]
    packed = list(_packed(parts))
    if packed and fits([*packed[-1], *tail]):
        return [*packed[:-1], packed[-1] + tail]
    return [*packed, tail]


def fallback(answer: Answer) -> str:
    """The text of a notification: the first claim, or that there is none; nothing in it is markup."""
    first = (
        (answer.claims[0].plain or answer.claims[0].text)
        if answer.claims
        else say(answer.outcome.value, answer.language)
    )
    return escaped(first[:300])


def escaped(text: str) -> str:
    """Text that Slack's own markup cannot arise from."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace("://", ":\u2060//").replace("@", "@\u2060")


def _frame(answer: Answer) -> Iterator[Block]:
    if answer.outcome is not Outcome.ANSWERED:
        yield rich(line(say(answer.outcome.value, answer.language), bold=True))
    if answer.reviewed:
        yield rich(line(reviewed_by(answer), bold=True))


def _claims(answer: Answer, numbers: "Numbers") -> Iterator[Block]:
    for kind in dict.fromkeys(label(claim, answer) for claim in answer.claims):
        yield from _listed(kind, [claim for claim in answer.claims if label(claim, answer) == kind], numbers)


def _ending(answer: Answer, numbers: "Numbers") -> Iterator[Block]:
    for note in answer.notes:
        text = say(note.kind.value, answer.language, about=note.about)
        yield rich(line(text, marks=numbers.of(note.citations)))
    if answer.similar:
        yield rich(line(similar_to(answer)))
        yield {"type": "actions", "elements": [button(SIMILAR, said("similar", answer.language), answer.id)]}
    yield from _listed(say("next_steps", answer.language), answer.next_steps, numbers)
    yield from _listed(say("questions", answer.language), answer.questions, numbers)
    if answer.outcome is Outcome.DECLINED:
        yield from _declined(answer, numbers)


def _declined(answer: Answer, numbers: "Numbers") -> Iterator[Block]:
    terms = ", ".join(answer.searched.terms[:12])
    yield rich(line(say("searched", answer.language, documents=answer.searched.documents, terms=terms)))
    yield from _listed(say("nearest", answer.language), answer.nearest, numbers)
    owners = say("owners", answer.language, owners=", ".join(answer.owners[:_MOST_OWNERS]))
    yield rich(line(owners if answer.owners else said("unowned", answer.language)))


def _listed(label: str, claims: Sequence[Claim], numbers: "Numbers") -> Iterator[Block]:
    """A label with its first claim, then a block a claim: a message may end after any of them."""
    for index, claim in enumerate(claims):
        whose = f"{claim.account}: " if claim.account and claim.account not in claim.plain else ""
        item = line(f"{whose}{claim.plain or claim.text}", marks=numbers.of(claim.citations))
        bullet = {"type": "rich_text_list", "style": "bullet", "elements": [item]}
        yield rich(line(label, bold=True), bullet) if index == 0 else rich(bullet)


class Numbers:
    """Numbers for cited passages, in order of appearance."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self.listed: list[Citation] = []

    def of(self, citations: Iterable[Citation]) -> str:
        return "".join(dict.fromkeys(f"[{self._number(each)}]" for each in citations))

    def _number(self, citation: Citation) -> int:
        if citation.passage_id not in self._known:
            self.listed.append(citation)
            self._known[citation.passage_id] = len(self.listed)
        return self._known[citation.passage_id]


def sources(cited: Sequence[Citation], answer: Answer) -> list[Block]:
    """A section a source, with a button that opens the exact passage, and the way to the document if it has one."""
    if not cited:
        return []
    heading = rich(line(say("sources", answer.language), bold=True))
    shown = list(enumerate(cited, start=1))[:_MOST_SOURCES]
    return [heading, *(block for number, each in shown for block in _source(number, each, answer))]


def _source(number: int, citation: Citation, answer: Answer) -> Iterator[Block]:
    page = say("page", answer.language, page=citation.page) if citation.page else ""
    place = " › ".join(filter(None, (citation.title, citation.heading, page)))
    yield {
        "type": "section",
        "text": plain_text(short(f"[{number}] {place}", _PLACE)),
        "accessory": button(PASSAGE, said("open_passage", answer.language), f"{answer.id}:{citation.passage_id}"),
    }
    if citation.link:
        yield _link(citation.link, answer.language)


def _link(address: str, language: Language) -> Block:
    """The way to a document; its address comes from the document's own metadata, never from its text."""
    link = {"type": "link", "url": address, "text": say("open", language)}
    return rich({"type": "rich_text_section", "elements": [link]})


def one_claim(claim: Claim) -> Block:
    """A claim on its own, while the rest of an answer is still being written."""
    return rich({"type": "rich_text_list", "style": "bullet", "elements": [line(claim.plain or claim.text)]})


def buttons(answer: Answer, shareable: bool = False) -> list[Block]:
    """Votes, the way to a coach and, for a private answer, the way into the channel."""
    votes = {
        "type": "feedback_buttons",
        "action_id": FEEDBACK,
        "positive_button": {"text": plain_text(said("helpful", answer.language)), "value": f"{answer.id}:up"},
        "negative_button": {"text": plain_text(said("not_helpful", answer.language)), "value": f"{answer.id}:down"},
    }
    more = [button(COACH, said("ask_coach", answer.language), answer.id)]
    if shareable and answer.claims:
        more.append(button(SHARE, said("share", answer.language), answer.id))
    return [{"type": "context_actions", "elements": [votes]}, {"type": "actions", "elements": more}]


def failure(cause: str, language: Language, question: str) -> list[Block]:
    """A plain sentence that names the cause, with a button to try again."""
    text = said("failed", language, cause=cause)
    return [
        rich(line(text)),
        {"type": "actions", "elements": [button(RETRY, said("retry", language), question)]},
    ]


def passage_view(citation: Citation, before: str, after: str, language: Language) -> Block:
    """A modal: the quote highlighted in its surroundings."""
    quoted = {"type": "text", "text": citation.quote, "style": {"bold": True, "code": True}}
    around = [{"type": "text", "text": text} for text in (before, after) if text]
    elements = [*around[: bool(before)], quoted, *around[bool(before) :]]
    where = " › ".join(filter(None, (citation.title, citation.heading, citation.source)))
    return {
        "type": "modal",
        "title": plain_text(said("passage_title", language)),
        "close": plain_text(said("close", language)),
        "blocks": [
            {"type": "section", "text": plain_text(short(where, _SECTION))},
            rich({"type": "rich_text_section", "elements": elements}),
            *([_link(citation.link, language)] if citation.link else []),
        ],
    }


def reason_view(answer_id: str, language: Language) -> Block:
    """A modal that asks what was wrong with an answer."""
    return {
        "type": "modal",
        "callback_id": "reason",
        "private_metadata": answer_id,
        "title": plain_text(said("reason_title", language)),
        "submit": plain_text(said("send", language)),
        "close": plain_text(said("close", language)),
        "blocks": [
            {
                "type": "input",
                "block_id": "reason",
                "label": plain_text(said("reason_label", language)),
                "element": {"type": "plain_text_input", "action_id": "text", "multiline": True, "max_length": 2900},
            }
        ],
    }


def notice_view(title: str, text: str, language: Language) -> Block:
    """A modal that says one thing."""
    return {
        "type": "modal",
        "title": plain_text(title),
        "close": plain_text(said("close", language)),
        "blocks": [{"type": "section", "text": plain_text(short(text, _SECTION))}],
    }


def asked_by(person: str, question: str) -> Block:
    """Who asked what, above a shared answer; the one mention the bot makes."""
    elements: list[Block] = [{"type": "user", "user_id": person}, {"type": "text", "text": question}]
    return rich({"type": "rich_text_section", "elements": elements})


def headed(heading: Block, messages: Sequence[list[Block]]) -> list[list[Block]]:
    """Messages below a heading."""
    first, *more = messages
    return [[heading, *first], *more] if fits([heading, *first]) else [[heading], *messages]


def plain(text: str) -> list[Block]:
    """One line of text that is nobody's markup."""
    return [rich(line(text))]


def labelled(label: str, lines: Sequence[str]) -> Block:
    """A bold label with a bulleted list."""
    items = [line(each) for each in lines]
    return rich(line(label, bold=True), {"type": "rich_text_list", "style": "bullet", "elements": items})


def _packed(parts: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks into messages, each within Slack's limits."""
    message: list[Block] = []
    for part in parts:
        if message and not fits([*message, part]):
            yield message
            message = []
        message.append(part)
    if message:
        yield message


def fits(message: Sequence[Block]) -> bool:
    """Whether Slack takes these blocks as one message."""
    return len(message) <= MOST_BLOCKS and sum(map(_size, message)) <= MOST_CHARACTERS


def _size(block: Mapping[str, Any]) -> int:
    """The characters a block shows."""
    text = block.get("text")
    own = len(text) if isinstance(text, str) else 0
    nested = [each for each in block.values() if isinstance(each, dict)]
    lists = (item for each in block.values() if isinstance(each, list) for item in each if isinstance(item, dict))
    return own + sum(map(_size, [*nested, *lists]))
