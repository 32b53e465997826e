"""Made-up documents of any number: our own sentences, filled with the terms of the glossary.

The same seed gives the same documents. A third is simplified, a third traditional, a third English.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate

from tests.benchmarks.shared import Line

_KINDS = ("playbook", "account_plan", "case_history", "playbook", "playbook")
_ACCOUNTS = 400
_CODES = 7_000_000

_ENGLISH = """
When {a} slips, the team at {who} first looks at {b} and only then at the price.
In {year}, {who} spent {n} thousand on {a}, and {p}% of it went into {b}.
{A} works best when {b} is agreed before the quarter opens.
Nobody at {who} owned {a}, so the question of {b} came back {k} times.
A good review of {a} takes {k} weeks and ends with a decision about {b}.
The regional lead asked for {a}; the factory answered with {b} and a plan for {k} months.
Write down who decides on {a}, who advises on {b}, and who can stop both.
Compared with {year}, {a} grew by {p}% while {b} stayed where it was.
If {a} is missing, do not start {b}: the client will notice within {k} days.
{who} measures {a} every month and talks about {b} once a year.
We learned that {a} without {b} costs more than it brings, about {n} a visit.
Ask the buyer how {a} is judged, then listen for what is said of {b}.
Two of {k} projects failed because {a} was promised before {b} was ready.
The contract names {a} in its first clause and limits {b} to {p}%.
After the handover, {who} kept {a} but dropped {b} within {k} months.
Senior people joined for {a}; the workshop on {b} was left to engineers.
A short note on {a} went to finance, because {b} touches {p}% of their budget.
Where {a} is mature, {b} can be shared with partners of {who}.
The plan for {year} lists {k} actions, the first about {a}, the last about {b}.
Treat {a} as an investment: {n} now against {b} over {k} years.
"""

_CHINESE = """
{who}在{year}年把{a}列为重点,同时要求各区域每月汇报{b}的进展。
没有{b},{a}就只能停留在口头上,团队很快会失去耐心。
先弄清{a}由谁拍板,再安排{b},顺序反了要多花{k}个月。
{who}的采购部门更看重{b},技术部门则一直在追问{a}。
与{year}年相比,{a}提高了{p}%,而{b}几乎没有变化。
项目组用{k}周时间梳理{a},发现问题多半出在{b}上。
每次拜访之前,准备一页关于{a}的材料,并写明{b}的下一步。
{a}的投入约为{n}万元,其中{p}%用于{b}。
如果{a}迟迟没有结果,就应当重新评估{b}是否值得继续。
高层只在{a}上表态,具体的{b}留给交付负责人去谈。
区域负责人每季度检查{a},总部每年抽查一次{b}。
{who}换了负责人之后,{a}中断了{k}个月,{b}也被推迟。
把{a}和{b}放在同一张表里,差距一眼就能看出来。
我们建议从{a}入手,因为{b}需要客户先开放数据。
有{k}个团队试过{b},只有做好{a}的那个留了下来。
合同第一条写的是{a},附件里才提到{b}的上限为{p}%。
会后三天内发出纪要,说明{a}的责任人和{b}的期限。
不要把{a}当成一次活动,它和{b}一样要长期投入。
{who}愿意分享{a}的路线图,条件是我们在{b}上给出承诺。
到{year}年底,{a}预计覆盖{k}个部门,{b}覆盖率达到{p}%。
"""

_ASKED_ENGLISH = """
How does {a} depend on {b}?
Who decides on {a} when {b} is missing?
What share of the budget went into {b} in {year}?
Why did {who} drop {b} after the handover?
What should be ready before we start {a}?
How long does a review of {a} take, and what comes out of it?
"""

_ASKED_CHINESE = """
{a}和{b}之间是什么关系?
没有{b}的时候,{a}应该由谁拍板?
{who}为什么推迟了{b}?
{year}年{a}提高了多少?
怎样准备{a}的拜访材料?
{a}需要投入多少,多久能看到{b}?
"""


@dataclass(frozen=True, slots=True)
class _Writing:
    """A way to write: sentences, questions, and the words that fill them, the common ones first."""

    sentences: tuple[str, ...]
    questions: tuple[str, ...]
    terms: tuple[str, ...]
    names: tuple[str, ...]
    joint: str
    space: str
    length: int

    def fill(self, template: str, chance: random.Random) -> str:
        """A template with its places filled; rare terms are as rare as in real texts."""
        a, b = chance.choices(self.terms, cum_weights=_zipf(len(self.terms)), k=2)
        who = chance.choice(self.names)
        numbers = {"n": chance.randrange(20, 900), "p": chance.randrange(3, 97), "k": chance.randrange(2, 19)}
        year = chance.randrange(2009, 2026)
        return template.format(a=a, b=b, A=a.capitalize(), who=who, year=year, **numbers)

    def text(self, chance: random.Random) -> str:
        """Sentences enough for about four passages."""
        written, size = [], 0
        while size < self.length:
            written.append(self.fill(chance.choice(self.sentences), chance))
            size += len(written[-1])
        return self.space.join(written)


def documents(count: int, seed: int = 1) -> Iterator[Line]:
    """Bulk lines of about four passages each; each tells its number, which no other text holds."""
    chance = random.Random(seed)
    for number in range(count):
        yield _document(number, _writings()[number % 3], chance)


def code(number: int) -> str:
    """The number that document `number` tells."""
    return str(_CODES + number)


def questions(count: int, seed: int = 2) -> list[str]:
    """Questions of the kind that people ask of such documents."""
    chance = random.Random(seed)
    kinds = [_writings()[number % 3] for number in range(count)]
    return [each.fill(chance.choice(each.questions), chance) for each in kinds]


def _document(number: int, writing: _Writing, chance: random.Random) -> Line:
    kind = _KINDS[number % len(_KINDS)]
    title = writing.joint.join(chance.choices(writing.terms, k=2))
    account = {"account": chance.choice(writing.names)} if kind != "playbook" else {}
    text = f"{writing.text(chance)} {code(number)}."
    return {"id": f"made/{number:06}", "title": title, "kind": kind, "text": text, **account}


@cache
def _zipf(size: int) -> Sequence[float]:
    return tuple(accumulate(1 / (rank + 20) for rank in range(size)))


@cache
def _writings() -> tuple[_Writing, _Writing, _Writing]:
    from opencc import OpenCC

    traditional = OpenCC("s2tw").convert
    english, simplified, hant = zip(*_glossary(), strict=True)
    chinese = _chinese(simplified, str)
    names = tuple(
        f"{a}{b} {c}" for a, b, c in _combined("Lor Ven Kas Mir Tol", "ane ovia istra uro", "Systems Rail Foods")
    )
    asked = _lines(_ASKED_ENGLISH)
    return (
        chinese,
        _Writing(_lines(_ENGLISH), asked, _mixed(english), names, " and ", " ", 5600),
        _chinese(hant, traditional),
    )


def _chinese(cells: Sequence[str], convert: Callable[[str], str]) -> _Writing:
    names = tuple(
        convert("".join(each)) for each in _combined("澜 岑 湛 栎 禾 屿", "川 岳 衡 桥 舟", "重工 物流 食品 电力 银行")
    )
    sentences, asked = (_lines(convert(each)) for each in (_CHINESE, _ASKED_CHINESE))
    return _Writing(sentences, asked, _mixed(cells), names, convert("与"), "", 2900)


def _combined(*parts: str) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [()]
    for part in parts:
        rows = [(*row, each) for row in rows for each in part.split()]
    return rows[:_ACCOUNTS]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.strip().split("\n"))


def _mixed(cells: Sequence[str]) -> tuple[str, ...]:
    """The forms of all rows, in an order that has nothing to do with the glossary's."""
    forms = list(dict.fromkeys(form.strip() for cell in cells for form in cell.split(";") if form.strip()))
    random.Random(3).shuffle(forms)
    return tuple(forms)


def _glossary() -> Iterator[tuple[str, ...]]:
    for line in resources.files("knowledge").joinpath("glossary.tsv").read_text("utf-8").splitlines()[1:]:
        if line.strip() and not line.startswith("#"):
            yield tuple(line.split("\t"))
