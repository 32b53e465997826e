"""Which denial of a claim tells which denial of its evidence."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.gates.clauses import Likeness
from assistant.gates.denying import Denying, Sense, contrary, unable
from knowledge.language import HAN, has_han, stem

_ALIKE = frozenset(
    (
        frozenset((Sense.PLAIN, Sense.SOFT)),
        frozenset((Sense.PLAIN, Sense.LOW)),
        frozenset((Sense.SOFT, Sense.LOW)),
        frozenset((Sense.PLAIN, Sense.NOT_UNTIL)),
        frozenset((Sense.SOFT, Sense.NOT_UNTIL)),
        frozenset((Sense.ONLY, Sense.NOT_UNTIL)),
        frozenset((Sense.PLAIN, Sense.NOT_ONLY)),
        frozenset((Sense.NOT_UNTIL, Sense.NOT_ONLY)),
        frozenset((Sense.PLAIN, Sense.LEAVE)),
        frozenset((Sense.SOFT, Sense.LEAVE)),
        frozenset((Sense.SOFT, Sense.FAINT)),
        frozenset((Sense.LOW, Sense.FAINT)),
        frozenset((Sense.NOT_UNTIL, Sense.LEAVE)),
    )
)
# One meaning in several words, in both languages.
_FAMILIES = tuple(
    re.compile(each)
    for each in (
        r"refus|reject|declin|turn|拒|回绝|婉拒|推辞|谢绝",
        r"avoid|避|防止|杜绝",
        r"lack|missing|缺|欠",
        r"慢|迟缓|slow",
        r"^不?小|^不大|small",
        r"低|low$",
        r"短|short",
        r"弱|weak",
        r"难|hard|舍不得|difficult",
        r"放|give",
        r"未知|unknown|不知",
        r"白|vain",
        r"空|empty|blank|零|zero",
        r"stop|停|终止|中止|ceas|halt|quit",
        r"skip|leav(?:e|es|ing) out|left out|omit|省|略|跳过|遗",
    )
)
_DIFFERENCE = re.compile(r"不(?:尽?相同|一样|一致|同)|不一$|各有|有别|差[别异]|分歧")
_ABSENT = re.compile(r"零|^空|不清|不明|未知|zero|blank|empty|absent|missing|^un|less$|^in[a-z]{4}")
_SAMENESS = re.compile(
    r".{0,12}(?:(?<!不)同|一致|一样|统一|吻合|匹配|相符|\b(?:same|alike|agree|match|equal|compatib|clash|conflict|contradict)\w*)"
)
# Not to do these is to keep or to stay: keep the team, avoid moving the team; 保留, 不要更换.
_CHANGES = re.compile(
    rf"\s*(?:[a-z]+ )?[{HAN}]{{0,2}}(?:mov|chang|replac|switch|rotat|leav|drop|los[ei]|break|forget|abandon|waver"
    rf"|withdraw"
    r"|换|变|调|动|更[换改动]|放|丢|落|撤|走|退|减|忘|断|拆|离|失|漏|降)"
)
# So many of the families, the first, a mere not tells as well as their own words.
_TOLD_BY_NOT = 2
_EXCEPT = "除了"
_DENIES = re.compile(r"[不没未别勿无]要?有?|[a-z']+")
_UNTIL = re.compile(r"\b(?:before|until|till)\b")
# Before it is not built: what nobody says of what is waited for.
_UNDONE_BEFORE = re.compile(r"\bbefore\s+[^,;]+\s(?:is|are|was|were|has|have|had)\s*$")
_PUTS_OFF = re.compile(r"\s*(?:(?:need|be|to|in)\s+){0,3}(?:wait|delay|postpon|put\w* off)")
_WAITS = re.compile(
    r"\b(?:wait|delay|postpon|put\w* off|h[eo]ld|late|slow|linger|defer|time|first|soon|until|till|before)"
    r"|[\u7b49\u62d6\u5ef6\u8fdf\u6401\u7f13\u63a8\u665a\u8bef\u4e45\u5148\u624d\u518d\u524d\u6162]"
)
_LOST, _NO_LONGER = re.compile(r"失|los[ets]"), re.compile(r"no longer\b|不再")
_NEXT = 3
_SAME_CLAUSE = 0.2
_ELSE_CLAUSE = 0.2
_SAME_WORDS = 0.05
_SCOPE_WEIGHT = 1.8
_SENSE_WEIGHT = 0.6
_FAMILY_WEIGHT = 0.6
_WORD_WEIGHT = 0.8
_PLAIN_WORD_WEIGHT = 0.3
_PLACE_WEIGHT = 0.5

Pairs = list[tuple[Denying, Denying]]


def pairs(claim: Sequence[Denying], evidence: Sequence[Denying], like: Likeness) -> Pairs:
    """The denials of a claim with those of its evidence that they tell, each once, so that all fit best."""
    weights = [[_weight(mine, other, like) for other in evidence] for mine in claim]
    for column, other in enumerate(evidence):
        kin = {row for row, mine in enumerate(claim) if weights[row][column] and _says_the_same(mine, other)}
        for row in set(range(len(claim))) - kin if kin else ():
            weights[row][column] = 0.0
    return [(claim[row], evidence[column]) for row, column in assigned(weights)]


def alike(one: Denying, other: Denying, like: Likeness) -> float:
    """How much two denials are about the same, 0 to 1."""
    return max(like.fit(one.scope, other.scope), like.fit(one.around, other.around))


def _weight(mine: Denying, other: Denying, like: Likeness) -> float:
    """How well one denial tells another, above 0; 0 when it cannot."""
    if not _possible(mine, other, like):
        return 0.0
    weight = 1 + _SCOPE_WEIGHT * like.fit(mine.scope, other.scope) + like.fit(mine.around, other.around)
    weight -= _PLACE_WEIGHT * abs(mine.place - other.place)
    weight += _SENSE_WEIGHT * (mine.sense is other.sense)
    weight += _FAMILY_WEIGHT * (family(mine.word) == family(other.word) >= 0)
    if mine.word == other.word:
        weight += _PLAIN_WORD_WEIGHT if mine.sense is Sense.PLAIN else _WORD_WEIGHT
    return weight - ({mine.sense, other.sense} == {Sense.SOFT, Sense.NEAR})


def _says_the_same(one: Denying, other: Denying) -> bool:
    """Whether two denying words have one meaning (missing, 缺), beside which a mere not tells something else."""
    return family(one.word) == family(other.word) >= _TOLD_BY_NOT


@lru_cache(maxsize=1024)
def family(word: str) -> int:
    """The number of a word's family of meaning, or -1."""
    return next((number for number, each in enumerate(_FAMILIES) if each.search(word)), -1)


def _possible(one: Denying, other: Denying, like: Likeness) -> bool:
    """Whether one denial can tell another at all, by their senses and by what they are about."""
    senses = frozenset((one.sense, other.sense))
    if _apart(one, other, senses) or other.sense is Sense.FAINT is not one.sense:
        return False  # what evidence says faintly needs no telling, and must not stand in for what does
    within = has_han(one.text) == has_han(other.text)
    if len(senses) == 1:
        return one.sense is not Sense.NEAR or not within or one.word[:3] == other.word[:3]
    if senses == {Sense.ONLY, Sense.NOT_UNTIL} and within:
        return _same_order(*((one, other) if one.sense is Sense.ONLY else (other, one)), like)
    if senses == {Sense.PLAIN, Sense.SOFT} and any(map(_differs, (one, other))):
        plain = one if one.sense is Sense.PLAIN else other
        return _SAMENESS.match(plain.word + plain.behind) is not None
    if senses in _ALIKE:
        return (not within and Sense.LEAVE not in senses) or _bears(one, other, senses, like)
    if senses == {Sense.PLAIN, Sense.ELSE}:
        return like.fit(one.around, other.around) >= _ELSE_CLAUSE
    if Sense.NEAR in senses and senses & {Sense.PLAIN, Sense.SOFT}:
        soft = Sense.SOFT in senses and not (unable(one.word) or unable(other.word))
        close = soft and like.fit(one.around, other.around) >= _SAME_CLAUSE
        return close or _ends_or_changes(*((one, other) if other.sense is Sense.NEAR else (other, one)))
    return False


def _ends_or_changes(denial: Denying, near: Denying) -> bool:
    """Whether to deny a thing is to keep another (not to move), or to lose it (no longer)."""
    if _LOST.match(near.word) and _NO_LONGER.match(denial.word + denial.behind):
        return True
    return _CHANGES.match(_DENIES.sub("", denial.word, count=1) + denial.behind) is not None


def says_difference(text: str) -> bool:
    """Whether a text says that two things are not alike."""
    return _DIFFERENCE.search(text) is not None


def _differs(denial: Denying) -> bool:
    """Whether a denial says that two things are not alike, or do not agree."""
    return says_difference(denial.word) or contrary(denial.word)


def _apart(one: Denying, other: Denying, senses: frozenset[Sense]) -> bool:
    """Whether two denials speak of different things: of a conflict, of what is waited for, of all but something."""
    both = ((one, other), (other, one))
    if senses == {Sense.SOFT} and contrary(one.word) != contrary(other.word):
        return _DIFFERENCE.search(one.word + other.word) is None
    if senses == {Sense.PLAIN, Sense.SOFT} and _is_denied(*((one, other) if one.sense is Sense.SOFT else (other, one))):
        return True
    if any(_is_undone_before(each) and "before" not in mate.text for each, mate in both):
        return True
    if any(_PUTS_OFF.match(each.behind) and not _WAITS.search(mate.text) for each, mate in both):
        return True
    waits = any(_in_condition(each) and _awaits(mate) for each, mate in both)
    return waits or (_EXCEPT in (one.word, other.word) and Sense.PLAIN in senses)


def _is_denied(soft: Denying, plain: Denying) -> bool:
    """Whether a word that denies softly is itself what the other side denies: hide, avoid hiding."""
    if has_han(soft.word):
        return len(soft.word) > 1 and soft.word in plain.behind[: _NEXT * 2]
    return soft.word.isalpha() and stem(soft.word) in map(stem, re.findall("[a-z]+", plain.behind)[:_NEXT])


def _is_undone_before(denial: Denying) -> bool:
    return denial.sense is Sense.PLAIN and _UNDONE_BEFORE.search(denial.text[: denial.start]) is not None


def _awaits(denial: Denying) -> bool:
    """Whether a denial says until when."""
    return denial.sense is Sense.NOT_UNTIL or _UNTIL.search(denial.behind) is not None


def _in_condition(denial: Denying) -> bool:
    """Whether a plain denial stands in what is waited for: until it has not been passed."""
    return denial.sense is Sense.PLAIN and _UNTIL.search(denial.text[: denial.start]) is not None


def _same_order(only: Denying, until: Denying, like: Likeness) -> bool:
    """Whether what is not done until then is what is done only then: buys only after, will not buy before."""
    if has_han(only.text):
        return True
    waits = _UNTIL.split(until.behind)[0]
    return like.share(waits, only.text[: only.start]) >= like.share(waits, only.behind)


def _bears(one: Denying, other: Denying, senses: frozenset[Sense], like: Likeness) -> bool:
    """Within a language: a low degree is only denied of the same thing, and so is a difference."""
    if senses == {Sense.PLAIN, Sense.LOW}:
        plain = one if one.sense is Sense.PLAIN else other
        return not plain.behind.strip() or alike(one, other, like) >= _SAME_CLAUSE
    if senses == {Sense.PLAIN, Sense.SOFT}:
        soft = one if one.sense is Sense.SOFT else other
        return _ABSENT.search(soft.word) is not None or alike(one, other, like) >= _SAME_WORDS
    if Sense.LEAVE in senses:
        return family(one.word) == family(other.word) >= 0 or alike(one, other, like) >= _SAME_CLAUSE
    return True


def assigned(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The (row, column) pairs that sum to most, no row or column twice; weights of 0 are left alone.

    The Hungarian method with potentials (Kuhn 1955, Munkres 1957), each row with a column of its own
    that costs nothing, so that it may stay alone.
    """
    rows, columns = len(weights), len(weights[0]) if weights else 0
    costs = [[-each for each in row] + [0.0] * rows for row in weights]
    owner = [-1] * (columns + rows)
    row_potential, column_potential = [0.0] * rows, [0.0] * (columns + rows)
    for row in range(rows):
        _augment(row, costs, owner, row_potential, column_potential)
    found = ((owner[column], column) for column in range(columns) if owner[column] >= 0)
    return sorted((row, column) for row, column in found if weights[row][column] > 0)


def _augment(
    row: int, costs: Sequence[Sequence[float]], owner: list[int], of_rows: list[float], of_columns: list[float]
) -> None:
    """Give one more row a column, along the cheapest chain of moves."""
    width = len(owner)
    slack, came, seen = [float("inf")] * width, [-1] * width, [False] * width
    here, column = row, -1
    while here >= 0:
        for each in range(width):
            gap = costs[here][each] - of_rows[here] - of_columns[each]
            if not seen[each] and gap < slack[each]:
                slack[each], came[each] = gap, column
        column = min((each for each in range(width) if not seen[each]), key=lambda each: slack[each])
        step = slack[column]
        of_rows[row] += step
        for each in range(width):
            if seen[each]:
                of_rows[owner[each]] += step
                of_columns[each] -= step
            else:
                slack[each] -= step
        seen[column] = True
        here = owner[column]
    while column >= 0:
        before = came[column]
        owner[column] = owner[before] if before >= 0 else row
        column = before
