"""Characters to searchable terms, for Chinese (both scripts), English and mixtures.

The recipe is measured: normalise width and script before anything else; index Chinese as single
characters, character pairs and words of three or more; index other words by their English stem.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import add, ne

HAN = "\u2e80-\u2fdf\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
# A letter that is a word in English is none where it touches Chinese or stands in a compound: A级, A/B, S-tier.
_ENGLISH_LETTER = (
    rf"(?<![{HAN}/])(?<![^\W_]-)[aist](?![^\W_]|/|-[^\W_])"
    r"|(?<=[^\W_]-)[aist](?=-[^\W_])"
)
# Nor where it is a capital among Chinese: A 类客户.
_CAPITAL = re.compile(
    rf"(?<![^\W_])[AIST\uff21\uff29\uff33\uff34](?![^\W_])(?:(?=[^\w\n]{{1,2}}[{HAN}])|(?<=[{HAN}][^\w\n].)|(?<=[{HAN}][^\w\n]{{2}}.))"
)
_PART = re.compile(rf"[{HAN}]+|\d+(?:[.,]\d+)+|(?!{_ENGLISH_LETTER})[^\W_{HAN}]+")
_HAN_ONLY = re.compile(rf"[{HAN}]+")
_LATIN_WORD = re.compile(r"[A-Za-z]+")

# Words that carry a question, not its subject. They are dropped as terms, never from the string.
_STOP_ENGLISH = frozenset(
    """an the of to in on at for from by with as is are was were be been being am do does did done have has had
    having will would shall should can could may might must you he she it we they me him her us them my your his
    its our their this that these those there here what which who whom whose when where why how if then than so and
    or but not no nor into about over under between out up down off again further once don re ve ll not only own
    same too very just also any all each few more most other some such please tell""".split()
)
_STOP_CHINESE = frozenset(
    """的 了 是 在 和 与 及 或 也 都 就 而 之 其 这 那 哪 谁 何 吗 呢 吧 啊 呀 么 什 怎 个 有 被 把 对 从 到 为 于
    以 所 什么 怎么 怎样 如何 为何 为什 多少 几 哪里 哪儿 哪个 哪些 哪一 哪位 哪年 何时 何地 是什 是谁 谁是 请 请问
    有哪 哪种 多久 多长 多大 多高 为什么 是什么 有什么 什么样 有什 么样 是哪 怎么样 怎么办 么办 些什 了什 我们 你们
    他们 咱们 应该 可以 能否 是否 该怎 该如""".split()
)


@cache
def _to_simplified() -> Callable[[str], str]:
    from opencc import OpenCC

    return OpenCC("t2s").convert


@cache
def _segmenter() -> Callable[[str], list[str]]:
    from rjieba import cut

    return cut


def is_listed(word: str) -> bool:
    """Whether a folded Chinese word is in the segmenter's dictionary; names of people hardly ever are."""
    from rjieba import cut

    return len(cut(word, False)) == 1


@cache
def _stemmer() -> Callable[[str], str]:
    from Stemmer import Stemmer

    stem_word: Callable[[str], str] = Stemmer("english").stemWord
    return stem_word


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The Snowball stem of a folded word; a number loses its thousands separators."""
    if word[0].isdigit():
        return re.sub(r",(?=\d{3})", "", word)
    return _stemmer()(word)


def whole(text: str) -> str:
    """A text without half characters, which come from broken input and which no store takes."""
    return text.encode(errors="ignore").decode()


def fold(text: str) -> str:
    """The form in which two spellings of one thing meet: NFKC, simplified script, lower case."""
    simplified = _to_simplified()(unicodedata.normalize("NFKC", text))
    # Once more: small letters compose with accents that capital ones do not.
    return unicodedata.normalize("NFKC", simplified.lower())


def is_han(text: str) -> bool:
    """Whether a term (never empty) is written in Chinese (or kana, or hangul) characters."""
    return text[0] >= "\u2e80" and _HAN_ONLY.match(text) is not None


def has_han(text: str) -> bool:
    """Whether any character of a text is Chinese (or kana, or hangul)."""
    return _HAN_ONLY.search(text) is not None


def han_count(text: str) -> int:
    """How many of a text's characters are Chinese (or kana, or hangul)."""
    return sum(map(len, _HAN_ONLY.findall(text)))


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a text: `stream` for an inverted index, `bag` to count any term in.

    `stream` is the terms joined by spaces; `bag` holds each Chinese run and each stem once, in
    order, spaces around them; `length` counts the terms.
    """

    stream: str
    bag: str
    length: int


def _han_terms(run: str) -> list[str]:
    """Characters and pairs of a run; its words are found over many runs at once, which is quicker."""
    return [*run, *map(add, run, run[1:])]


def _han_words(runs: Iterable[str]) -> list[str]:
    return [word for word in _segmenter()(" ".join(runs)) if len(word) > 2]


def terms(text: str) -> Terms:
    """The terms of a text as it is indexed."""
    parts = [part for part in _PART.findall(_folded(text)) if part not in _STOP_ENGLISH]
    runs = [part for part in parts if is_han(part)]
    kept = [part if is_han(part) else stem(part) for part in parts]
    stream = [term for run in runs for term in _han_terms(run)]
    stream += _han_words(runs) if runs else ()
    stream += [part for part in kept if not is_han(part)]
    return Terms(" ".join(stream), f" {' '.join(kept)} ", len(stream))


def bag(text: str) -> str:
    """Only the bag of `terms`, which is quicker."""
    return bag_of(_folded(text))


def _folded(text: str) -> str:
    """A folded text in which capitals among Chinese are told from English words of one letter, by a slash."""
    return fold(_CAPITAL.sub(r"/\g<0>", text))


def bag_of(folded: str) -> str:
    """The bag of a text that is folded already."""
    parts = _PART.findall(folded)
    kept = (part if is_han(part) else stem(part) for part in parts if part not in _STOP_ENGLISH)
    return f" {' '.join(kept)} "


_QUESTION_WORDS = re.compile("|".join(sorted((word for word in _STOP_CHINESE if len(word) > 1), key=len, reverse=True)))


def query_terms(text: str) -> list[str]:
    """The distinct terms a question is searched by, question and function words left out."""
    found: dict[str, None] = {}
    for part in _PART.findall(_folded(text)):
        if is_han(part):
            found |= dict.fromkeys(each for each in _asked_terms(part) if each not in _STOP_CHINESE)
        elif part not in _STOP_ENGLISH:
            found[stem(part)] = None
    return list(found)


def _asked_terms(run: str) -> list[str]:
    """The terms of a run, without the pairs that only arise where a question word touches its neighbour."""
    across = set()
    for word in _QUESTION_WORDS.finditer(run):
        across |= {run[at - 1 : at + 1] for at in (word.start(), word.end()) if 0 < at < len(run)}
    return [each for each in (*_han_terms(run), *_han_words((run,))) if each not in across]


def words(text: str) -> list[str]:
    """The distinct content words of a question, as people would name them."""
    found: list[str] = []
    for part in _PART.findall(fold(text)):
        pieces = _segmenter()(part) if is_han(part) else [part]
        found += [
            each for each in pieces if each not in _STOP_CHINESE | _STOP_ENGLISH and (len(each) > 1 or each.isdigit())
        ]
    return [each for each in dict.fromkeys(found) if len(each) > 1 or each.isdigit()]


def needle(term: str) -> str:
    """The characters that a term, or parts joined by spaces, has in a bag: `bag.count(needle(term))`."""
    return f"{'' if is_han(term) else ' '}{term}{'' if is_han(term[-1]) else ' '}"


_SENTENCE_END = re.compile(
    rf"""(?:[。！？!…；]|\?(?![;:/A-Za-z])|(?<=[{HAN}”]);)+["'”’」』)）\]】]*  # with the quotes that close there
      | \.["'”’)\]]*(?=\s|$)               # a full stop that ends a word
      | \n+""",
    re.VERBOSE,
)
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|Mr|Ms|Mrs|Dr|Inc|Ltd|Co|No|St|approx)|\b[A-Z])$")


def _goes_on(before: str) -> bool:
    """Whether the full stop after `before` belongs to an abbreviation or a list number."""
    return before.strip().isdigit() or _ABBREVIATION.search(before) is not None


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of each sentence, outer white space left out; a line break ends one."""
    start = 0
    for mark in _SENTENCE_END.finditer(text):
        if mark.group().startswith(".") and _goes_on(text[start : mark.start()]):
            continue
        yield from _trimmed(text, start, mark.end())
        start = mark.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if len(piece) > left:
        yield start + left, start + len(piece.rstrip())


def language_of(text: str) -> str:
    """`en`, `zh-Hans` or `zh-Hant`, by the characters of the text (its first 600)."""
    sample = text[:600]
    han = han_count(sample)
    if han * 2 < len(_LATIN_WORD.findall(sample)) or not han:
        return "en"
    changed = sum(map(ne, sample, _to_simplified()(sample)))
    return "zh-Hant" if changed * 20 > han else "zh-Hans"
