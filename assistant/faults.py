"""What to mend in a line of a correction, in one plain sentence of the coach's language."""

from collections.abc import Mapping, Sequence

from assistant.gates.comparators import comparator_changes, quantifier_changes
from assistant.gates.dates import missing_dates
from assistant.gates.names import foreign_names
from assistant.gates.quantities import missing_quantities
from assistant.questions import Language
from assistant.reasons import Reason
from knowledge.glossary import Glossary

_COLUMNS: Mapping[Language, int] = {"en": 0, "zh-Hans": 1, "zh-Hant": 2}

_ABSENT = (
    "\u201c{what}\u201d is not in source {number}: correct it, or cite the source that says so.",
    "来源 {number} 里没有\u201c{what}\u201d：请改正，或引用写明它的来源。",
    "來源 {number} 裡沒有「{what}」：請改正，或引用寫明它的來源。",
)
_APART = (
    "Source {number} says it otherwise or in several places: one statement a line, with its figures, order and degree.",
    "来源 {number} 的说法不同，或分几处讲到：请一行只写一件事，数字的所指、先后和程度照原文。",
    "來源 {number} 的說法不同，或分幾處講到：請一行只寫一件事，數字的所指、先後和程度照原文。",
)
_MESSAGES: Mapping[Reason, tuple[str, str, str]] = {
    Reason.NUMBER: _ABSENT,
    Reason.DATE: _ABSENT,
    Reason.NAME: _ABSENT,
    Reason.COMPARATOR: (
        "Source {number} sets another bound (at least, at most, before, after): use its own.",
        "来源 {number} 的界限不同（至少、至多、之前、之后）：请照它的写法。",
        "來源 {number} 的界限不同（至少、至多、之前、之後）：請照它的寫法。",
    ),
    Reason.QUANTIFIER: (
        "Source {number} does not say all, never, only or must: leave that out.",
        "来源 {number} 没有说全部、从不、只能或必须：请去掉。",
        "來源 {number} 沒有說全部、從不、只能或必須：請去掉。",
    ),
    Reason.CERTAINTY: (
        "Source {number} is less sure (assumed, planned, no reason given): say it as it does.",
        "来源 {number} 没有这么肯定（推测、计划中、没有说原因）：请照它的分寸写。",
        "來源 {number} 沒有這麼肯定（推測、計畫中、沒有說原因）：請照它的分寸寫。",
    ),
    Reason.EXCHANGED: (
        "Source {number} says this of another thing: check what belongs to which.",
        "来源 {number} 说的是另一方：请核对各自对应什么。",
        "來源 {number} 說的是另一方：請核對各自對應什麼。",
    ),
    Reason.NEGATION: (
        "Source {number} says the opposite, or does not deny this: compare the line with it.",
        "来源 {number} 说的正相反，或没有否定这一点：请对照修改。",
        "來源 {number} 說的正相反，或沒有否定這一點：請對照修改。",
    ),
    Reason.OTHER_ACCOUNT: (
        "Source {number} is another account's record: say whose it is, or cite this account's own.",
        "来源 {number} 是别的客户的记录：请写明是谁的，或引用这个客户自己的记录。",
        "來源 {number} 是別的客戶的紀錄：請寫明是誰的，或引用這個客戶自己的紀錄。",
    ),
    Reason.UNRELATED: (
        "Source {number} does not speak of this: cite the one that does, or leave out the mark.",
        "来源 {number} 没有讲到这一点：请引用讲到它的来源，或去掉标记。",
        "來源 {number} 沒有講到這一點：請引用講到它的來源，或去掉標記。",
    ),
    Reason.UNKNOWN_ID: (
        "There is no source {number} in the list: use a number that is there.",
        "列表里没有来源 {number}：请用列表中的编号。",
        "清單裡沒有來源 {number}：請用清單中的編號。",
    ),
    Reason.UNCITED: (
        "Source {number} is itself a correction: cite what it rests on.",
        "来源 {number} 本身就是一条更正：请引用它所依据的来源。",
        "來源 {number} 本身就是一條更正：請引用它所依據的來源。",
    ),
    Reason.SOURCE_GONE: (
        "Source {number} has changed, or you may not read it now: search for it again.",
        "来源 {number} 已变动，或您现在无权阅读：请重新搜索。",
        "來源 {number} 已變動，或您現在無權閱讀：請重新搜尋。",
    ),
    Reason.SIZE: (
        "The line is too long: make it two, each with its source.",
        "这一行太长：请分成两行，各自注明来源。",
        "這一行太長：請分成兩行，各自註明來源。",
    ),
    Reason.LINK: (
        "Leave out links, mentions and markup: cite a source by its number.",
        "请去掉链接、提及和标记：用编号引用来源。",
        "請去掉連結、提及和標記：用編號引用來源。",
    ),
    Reason.CHARACTERS: (
        "The line has characters that look like others: type it anew.",
        "这一行有形似的异体字符：请重新输入。",
        "這一行有形似的異體字元：請重新輸入。",
    ),
}
_OTHERS = (
    "No sentence of source {number} bears this out: stay closer to its words.",
    "来源 {number} 里没有能支持这句话的句子：请更贴近原文。",
    "來源 {number} 裡沒有能支持這句話的句子：請更貼近原文。",
)


def why_not(
    reason: Reason, text: str, sources: Sequence[str], number: str, language: Language, glossary: Glossary
) -> str:
    """What to mend in a line that failed for this reason; `sources` are the texts it cites, `number` as shown."""
    lost = _lost(reason, text, sources, glossary)
    forms = _MESSAGES.get(reason, _OTHERS)
    if reason in (Reason.NUMBER, Reason.DATE, Reason.NAME, Reason.COMPARATOR, Reason.QUANTIFIER) and not lost:
        forms = _APART
    return forms[_COLUMNS[language]].format(what=", ".join(lost), number=number)


def _lost(reason: Reason, text: str, sources: Sequence[str], glossary: Glossary) -> tuple[str, ...]:
    """What of a line stands nowhere in the whole of its sources."""
    match reason:
        case Reason.NUMBER:
            return missing_quantities(text, sources)
        case Reason.DATE:
            return missing_dates(text, sources)
        case Reason.NAME:
            return tuple(foreign_names(text, sources, (), (), glossary, ()))
        case Reason.COMPARATOR:
            return tuple(map(str, comparator_changes(text, sources)))
        case Reason.QUANTIFIER:
            return tuple(map(str, quantifier_changes(text, sources)))
        case _:
            return ()
