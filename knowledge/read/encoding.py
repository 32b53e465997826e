"""Bytes to characters: Unicode, the two Chinese legacy encodings, and Western text."""

import codecs
from dataclasses import dataclass

from knowledge.errors import Unreadable

# The most frequent characters of simplified and of traditional Chinese news and reference text:
# half of any Chinese text, and almost none of a text decoded with the wrong table.
_FREQUENT = frozenset(
    "的年为一在是中于有大国人以后学和时成月上地日个及与部会名不出之公分生长作本了其西行用主线被发他而由区下家可海位"
    "路第到南至多体子道方东来前加球物站同所新小等代北自台并现三法开尔最高港文称任内因车经市动也电色要此特间得山场对"
    "建军入种队里这当期世外马天员美通理过面教度但政利立都合全业或化二目式两事民平号王能设工原约定将水次州使进系十数"
    "德者制广语类司重华比机金形性相达联起院明战四条关常头从如力表元无属首食运视总则务心共门林音就交口近界向女直统保"
    "传处型又改量组计结校实影始少程受非已具身提江获产格较书县角府接流只说版字省"
    "國為於時學會與發個來東區對這戰後長軍經從點員間題產業動開關過義實書現當體無種數機務傳運處應見將樣還給讓們說話"
    "請問貴項總結構標準續議價報導團隊網絡線際廣場華語類進電腦號碼單設計規則變遷選擇質營銷額客户戶企略策劃销售"
    "我你她它好想做看去没沒些什么么很吗嗎呢吧给让您贵项总标准续议价报导团网络额服客户企略策划划售需求目管理公司"
    "，。、；：！？（）「」《》“”‘’—…％１２３４５６７８９０"
)
_LEGACY = ("gb18030", "big5hkscs")
_DECLARED = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030"}
_DECLARED |= {"hz-gb-2312": "hz", "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "cp950": "cp950"}
_DECLARED |= {"cp936": "gb18030", "ms936": "gb18030", "x-x-big5": "big5hkscs"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 200_000
_COMMON_ENOUGH = 0.2
_MOSTLY = 0.75


@dataclass(frozen=True, slots=True)
class Decoded:
    """`text` is the bytes decoded with the codec `encoding`, without a byte order mark."""

    text: str
    encoding: str


def decode(data: bytes, declared: str = "") -> Decoded:
    """The characters of `data`, newlines untouched; a last character cut in half is left out.

    `declared` is what a header or a page says about itself; it counts only where the bytes are
    not Unicode. Raises Unreadable for binary data and for encodings nobody can tell.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    if b"\0" in data:
        raise Unreadable("binary data, not text")
    text = _attempt(data, "utf-8")
    if text is not None and (len(text) == len(data) or not text.isascii()):
        return Decoded(text, "utf-8")
    return _declared(data, declared) or _legacy(data)


def _marked(data: bytes, encoding: str) -> Decoded:
    text = _attempt(data, encoding)
    if text is None:
        raise Unreadable(f"damaged text: it begins like {encoding.upper()} and does not go on so")
    if "\0" in text:
        raise Unreadable("binary data, not text")
    return Decoded(text, encoding)


def _attempt(data: bytes, encoding: str) -> str | None:
    # Not final: an unfinished last character stays in the decoder instead of being an error.
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        return None


def _declared(data: bytes, name: str) -> Decoded | None:
    try:
        encoding = _DECLARED.get(name.strip().lower()) or codecs.lookup(name.strip()).name
        text = data.decode(encoding, errors="replace")
    except (LookupError, ValueError, AssertionError):
        return None
    if "\0" in text or text.count("\ufffd") > len(text) // 100:
        return None
    return Decoded(text, encoding)


def _legacy(data: bytes) -> Decoded:
    tried = [(text, name) for name in _LEGACY if (text := _attempt(data, name)) is not None]
    score, text, name = max(((_commonness(t), t, n) for t, n in tried), default=(0.0, "", ""))
    if score >= _COMMON_ENOUGH:
        return Decoded(text, name)
    _refuse_damaged_utf8(data)
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    if high <= (1 - _MOSTLY) * len(data):
        return _western(data)
    raise Unreadable("unknown text encoding: save it as UTF-8")


def _refuse_damaged_utf8(data: bytes) -> None:
    """A few bad bytes in a UTF-8 file must not make Western text of it."""
    sample = data[:_SAMPLE]
    whole = [c for c in sample.decode("utf-8", errors="ignore") if not c.isascii()]
    high = sum(1 for byte in sample if byte > 127)
    if len(whole) > 1 and sum(len(c.encode()) for c in whole) >= 0.5 * high:
        raise Unreadable("damaged text: UTF-8 with broken characters in it")


def _western(data: bytes) -> Decoded:
    text = _attempt(data, "cp1252")
    return Decoded(text, "cp1252") if text is not None else Decoded(data.decode("latin-1"), "latin-1")


def _commonness(text: str) -> float:
    """Which share of the characters beyond ASCII is frequent in Chinese; 0 when there are none."""
    beyond = [character for character in text[:_SAMPLE] if not character.isascii()]
    return sum(character in _FREQUENT for character in beyond) / len(beyond) if beyond else 0.0
