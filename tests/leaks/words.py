"""Invented names, numbers and phrases, none twice; and the field's topics in two languages."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

_STARTS = "vel tor bri kas mol fen dra lum sor pel quo hal nev zar gil oth wyn cor tam rud".split()
_MIDDLES = "van dor mir lex tun sil gar nob pel rix fam tol ber kin jas mov".split()
_ENDS = "or ax em un is ov ta ry".split()
_TRADES = "Harbour Foundry Mills Railways Orchards Optics Ceramics Textiles Quarries Shipyards".split()
_HAN = "禾川石松竹柏桐杉泉青玄朱墨玉珠琥珀琉璃瑾瑜珂玖沐"
# What public documents are named with: no character of a code name is ever found in them.
_OPEN_HAN = "沁汀泊洛淇渭涵岑朔昕晗旻翊"
_HAN_TRADES = "航运 重工 食品 光学 陶瓷 纺织 造船 冶金 林业 物流".split()
_COUNTED = "three four five six seven eight nine eleven twelve thirteen".split()
_COLOURS = "amber cobalt scarlet ochre ivory russet teal crimson umber saffron indigo silver".split()
_THINGS = "lanterns kites anchors barrels ladders gondolas sparrows millstones bells parasols".split()
_PLACES = "quay dune glacier rooftop orchard causeway belfry lagoon meadow viaduct".split()
_HAN_COUNTED = "三四五六七八九"
_HAN_COLOURS = "玄 朱 墨 青 白 赤 金 灰".split()
_HAN_THINGS = "鹤 鹿 狐 鹰 虎 蝶 燕 猿".split()
_HAN_PLACES = "松汀 石桥上 竹坡 泉眼旁 柏林外 沙洲北 玉台下 星井口".split()

_PARTS = (_COUNTED, _COLOURS, _THINGS, _PLACES)
_HAN_PARTS = (_HAN_COUNTED, _HAN_COLOURS, _HAN_THINGS, _HAN_PLACES)


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing a plan may say: its heading, its sentence, and two ways to ask for it."""

    heading: str
    sentence: str
    direct: str
    paraphrase: str


ENGLISH = (
    Topic(
        "Renewal floor",
        "The renewal floor of {who} is {number} under the codename {name}, and the fallback is {phrase}.",
        "What is the renewal floor of {who}?",
        "Below which renewal floor must we not go with {who}?",
    ),
    Topic(
        "Rescue budget",
        "The rescue budget for {who} is {number}, booked as {name} and announced with the words {phrase}.",
        "How large is the rescue budget for {who}?",
        "Which rescue budget did we book for {who}?",
    ),
    Topic(
        "Delivery penalty",
        "The delivery penalty agreed with {who} is {number}; file {name} says so, and its seal shows {phrase}.",
        "What delivery penalty did we agree with {who}?",
        "If we are late, how high is the delivery penalty at {who}?",
    ),
    Topic(
        "Succession",
        "The successor named by {who} is director {name}, badge {number}, whose emblem is {phrase}.",
        "Who is the successor named by {who}?",
        "Which director will be the successor at {who}?",
    ),
    Topic(
        "Merger",
        "The merger that {who} prepares is called {name}, is worth {number} and is signed under {phrase}.",
        "Which merger does {who} prepare?",
        "What is the merger of {who} worth?",
    ),
    Topic(
        "Special rebate",
        "The special rebate for {who} runs as {name}, reaches {number} and is invoiced as {phrase}.",
        "How high is the special rebate for {who}?",
        "Which special rebate reaches {who}?",
    ),
    Topic(
        "Complaint",
        "The complaint that {who} keeps quiet is case {number}, lodged by {name} about {phrase}.",
        "Which complaint does {who} keep quiet?",
        "Who lodged the complaint of {who}?",
    ),
    Topic(
        "Exit clause",
        "The exit clause of {who} costs {number}, is triggered by {name} and reads {phrase}.",
        "What does the exit clause of {who} cost?",
        "What triggers the exit clause of {who}?",
    ),
)

CHINESE = (
    Topic(
        "续约底价",
        "{who}的续约底价是{number}元，代号{name}，退路写作{phrase}。",
        "{who}的续约底价是多少？",
        "和{who}谈续约，底价不能低于多少？",
    ),
    Topic(
        "挽救预算",
        "{who}的挽救预算是{number}元，记在{name}名下，口令是{phrase}。",
        "{who}的挽救预算有多少？",
        "我们给{who}记了多少挽救预算？",
    ),
    Topic(
        "交付罚金",
        "与{who}约定的交付罚金是{number}元，文件{name}里写明，印章是{phrase}。",
        "与{who}约定的交付罚金是多少？",
        "如果误期，{who}的交付罚金有多高？",
    ),
    Topic(
        "接班人",
        "{who}指定的接班人是{name}，工号{number}，徽记是{phrase}。",
        "{who}指定的接班人是谁？",
        "谁会成为{who}的接班人？",
    ),
    Topic(
        "并购",
        "{who}正在筹备的并购叫{name}，作价{number}元，以{phrase}为名签署。",
        "{who}正在筹备什么并购？",
        "{who}的并购作价多少？",
    ),
    Topic(
        "特别返利",
        "{who}的特别返利走{name}，最高{number}元，发票上写{phrase}。",
        "{who}的特别返利最高多少？",
        "给{who}的特别返利走哪个名目？",
    ),
    Topic(
        "投诉",
        "{who}按下不表的投诉编号{number}，由{name}提出，事由是{phrase}。",
        "{who}按下不表的投诉是什么？",
        "{who}的投诉由谁提出？",
    ),
    Topic(
        "退出条款",
        "{who}的退出条款代价{number}元，由{name}触发，原文是{phrase}。",
        "{who}的退出条款代价是多少？",
        "{who}的退出条款由什么触发？",
    ),
)


def traditional(text: str) -> str:
    """A simplified text as it is written in Taiwan."""
    return str(_converter("s2tw").convert(text))


def simplified(text: str) -> str:
    """A text as it is written on the mainland."""
    return str(_converter("t2s").convert(text))


@cache
def _rare() -> str:
    """Characters that both scripts write alike and that none of our sentences has."""
    every = "".join(map(chr, range(0x7000, 0x9000)))
    same = zip(every, traditional(every), simplified(every), strict=True)
    used = "".join((_HAN, _OPEN_HAN, *(each.sentence + each.direct + each.paraphrase for each in CHINESE)))
    return "".join(one for one, other, third in same if one == other == third and one not in used)


@cache
def _converter(how: str) -> Any:
    from opencc import OpenCC

    return OpenCC(how)


class Inventor:
    """Gives what no one has been given before; the same seed, the same things."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self._given: set[str] = set()
        self._own = list(_rare())
        self.chance.shuffle(self._own)

    def name(self, chinese: bool, public: bool = False) -> str:
        """Eight letters, or four characters that both scripts write alike."""
        if chinese:
            return self._new(lambda: "".join(self.chance.sample(_OPEN_HAN if public else _HAN, 4)))
        parts = (_STARTS, _MIDDLES, _ENDS)
        return self._new(lambda: "".join(map(self.chance.choice, parts)).capitalize())

    def subject(self, chinese: bool) -> str:
        """The name of something secret as a whole: letters, or characters, that nothing else is named with."""
        return self._new(lambda: self._own.pop() + self._own.pop()) if chinese else self.name(False)

    def account(self, chinese: bool, public: bool) -> str:
        """A company's name."""
        trade = self.chance.choice(_HAN_TRADES if chinese else _TRADES)
        if not chinese:
            return f"{self.subject(False)} {trade}"
        return (
            self._new(lambda: "".join(self.chance.sample(_OPEN_HAN, 2))) + trade
            if public
            else self.subject(True) + trade
        )

    def number(self) -> str:
        """Nine digits: long enough to be nowhere by chance."""
        return self._new(lambda: str(self.chance.randrange(100_000_000, 1_000_000_000)))

    def phrase(self, chinese: bool) -> str:
        """A picture that nobody would paint by chance."""
        if chinese:
            return self._new(lambda: "{}只{}{}停在{}".format(*map(self.chance.choice, _HAN_PARTS)))
        return self._new(lambda: "{} {} {} on the {}".format(*map(self.chance.choice, _PARTS)))

    def _new(self, make: Callable[[], str]) -> str:
        while (made := make()) in self._given:
            pass
        self._given.add(made)
        return made
