"""A name in a claim must stand in what it cites or in what was asked."""

import pytest

from assistant.gates.names import foreign_names
from assistant.gates.people import people
from assistant.gates.pinyin import romanises
from assistant.gates.roles import foreign_roles, roles
from knowledge.glossary import shipped
from knowledge.language import fold

ACCOUNTS = ("Aurora Grid", "Northwind Rail Logistics", "岚衡重工", "汐岳新能")


def foreign(claim: str, quote: str, *allowed: str, elsewhere: tuple[str, ...] = ()) -> tuple[str, ...]:
    return foreign_names(claim, (quote,), allowed, ACCOUNTS, shipped(), elsewhere)


KNOWN = [
    ("Lena Vogt backs the design.", "Network director Lena Vogt defended our design."),
    ("The finance director approved it.", "The CFO approved the contract."),
    ("首席财务官批准了合同。", "The finance director approved the contract."),
    ("財務總監批准了合約。", "CFO批准了合同。"),
    ("The CEO signs.", "標案須由執行長核准。"),
    ("Huang Bin says that customers must be tiered.", "黄彬认为客户要分级。"),
    ("Qiu Wei is our coach inside.", "制造总监邱维是我方的内部教练。"),
    ("Qiaonuo compares it to a granary.", "乔诺文章把每个突破的大客户比作一个粮仓。"),
    ("黄彬主张先选客户。", "Huang Bin's lecture begins with customer selection."),
    ("华为派了5名客户经理。", "Huawei put five account managers on key accounts."),
    ("岚衡重工的采购由集团招标。", "岚衡重工的采购由集团招标入围。"),
    ("Company C shares its roadmap.", "C公司与战略客户共享产品和技术路线图。"),
    ("Ask for the KPI of each market.", "盐碱地市场的KPI是关键销售动作。"),
    ("这家电子公司由上一级决定。", "The electronics company sends a disagreement one level up."),
    ("Since Daniel Osei left, nobody answers.", "Daniel Osei moved to another company."),
    ("Ask Agnes Molnar for an introduction.", "Agnes Molnar is a supporter."),
    ("高层认为客户要分级。", "管理层认为客户要分级。"),
    ("许多公司忽略组织关系。", "組織客戶關係是許多公司最容易忽略的一層。"),
    ("Treat it as a risk. Use IT systems.", "把流程固化到IT系统。"),
    ("陈先生的分级看销售额。", "陈军的分级看销售额。"),
    ("陳總批准了合約。", "总经理陈军批准了合同。"),
    ("Mr Chen sorts by sales.", "陈军按销售额分级。"),
    ("Huang holds that customers come first.", "黄彬认为客户第一。"),
    ("邱维反对这个方案。", "邱维不同意这个方案。"),
    ("黄彬针对大客户提出三点。", "黄彬就大客户提出三点。"),
    ("顾客没有回应，董事会也没批准。", "客户没有回应，董事们没有批准。"),
    ("这一点季度末没提到，文章没讲。", "这一点没有写。"),
    ("评分刻度黄彬没讲。", "黄彬没有给出评分刻度。"),
    ("高价拿下的订单，周转靠自己。", "订单的价格高，要自己周转。"),
    ("许多客户没说，任何人都不同意。", "多数客户没有说，没有人同意。"),
]
FOREIGN = [
    ("Siemens has approved the plan.", "The customer approved the plan.", "Siemens"),
    ("The plan was approved by Siemens.", "The customer approved the plan.", "Siemens"),
    ("Anders Moe is a supporter.", "Lena Vogt is a supporter.", "Anders"),
    ("Ms Lin is our coach.", "Lena Vogt is our coach.", "Lin"),
    ("In Germany the customer signs first.", "The customer signs first.", "Germany"),
    ("我们用SAP管理客户信息。", "客户信息要进系统管理。", "SAP"),
    ("BCG建议客户分级。", "建议客户分级。", "BCG"),
    ("CFO批准了合同。", "采购经理批准了合同。", "cfo"),
    ("The purchasing manager approved it.", "财务总监批准了合同。", "purchasing manager"),
    ("副總裁核准標案。", "標案須由執行長核准。", "副总裁"),
    ("张总同意了折扣。", "客户同意了折扣。", "张总"),
    ("請李經理跟進。", "請客戶經理跟進。", "李经理"),
    ("采购部部长王立群保持中立。", "采购部部长郝立群保持中立。", "王立群"),
    ("陈军认为客户要分级。", "黄彬认为客户要分级。", "陈军"),
    ("陈军的分级看关系。", "黄彬的分级看关系。", "陈军"),
    ("Chen Jun says that customers must be tiered.", "黄彬认为客户要分级。", "Chen"),
    ("按照麦肯锡的做法先查旧账。", "第一步是查旧账。", "麦肯锡"),
    ("华星集团同意了折扣。", "客户同意了折扣。", "华星集团"),
    ("B公司把客户分成三层。", "A公司把客户分成三层。", "b公司"),
    ("Company B sorts its customers.", "C公司把客户分成三层。", "company b"),
    ("Aurora Grid lost its champion.", "We lost our champion in May.", "Aurora Grid"),
    ("岚衡重工由集团招标。", "汐岳新能由集团招标。", "岚衡重工"),
    ("At 岚衡重工 the group decides.", "汐岳新能由集团招标。", "岚衡重工"),
    ("评分刻度邱维没讲。", "黄彬没有给出评分刻度。", "邱维"),
    ("折扣的事郝立群不同意。", "折扣的事黄彬不同意。", "郝立群"),
    ("兩位作者都談過，馬曉岑倒沒說。", "黄彬没有说。", "马晓岑"),
    ("排第一的是标准，邱维拿专利作例子。", "黄彬举的例子是专利。", "邱维"),
    ("邱维2002年在物流公司任职。", "陈军2002年在物流公司任职。", "邱维"),
    ("王总批准了合同。", "总经理陈军批准了合同。", "王总"),
    ("曹先生的分级看销售额。", "陈军的分级看销售额。", "曹先生"),
    ("Mr Cao sorts by sales.", "陈军按销售额分级。", "Cao"),
    ("Zhou holds that customers come first.", "黄彬认为客户第一。", "Zhou"),
]


@pytest.mark.parametrize(("claim", "quote"), KNOWN)
def test_names_that_the_quote_has_in_any_writing_pass(claim: str, quote: str) -> None:
    assert foreign(claim, quote) == ()


@pytest.mark.parametrize(("claim", "quote", "name"), FOREIGN)
def test_names_that_the_quote_does_not_have_are_told(claim: str, quote: str, name: str) -> None:
    assert name in foreign(claim, quote)


def test_a_name_may_come_from_the_question_or_a_title() -> None:
    assert foreign("Siemens has approved it.", "The customer approved it.", "What did Siemens say?") == ()
    assert foreign("陈军的A级看销售额。", "A级看年销售额。", "客户分级：陈军口径") == ()


def test_a_person_of_another_passage_needs_no_title_to_be_told() -> None:
    assert foreign("马晓岑在内部替我们说话。", "邱维在内部替我们说话。", elsewhere=("马晓岑",)) == ("马晓岑",)


def test_a_capital_that_opens_a_sentence_is_no_name() -> None:
    assert foreign("Acknowledge a complaint. Expect a reply!", "Confirm a complaint and wait.") == ()


@pytest.mark.parametrize(
    ("name", "text", "fits"),
    [
        ("Chen Jun", "陈军的案例", True),
        ("Qiu Wei", "制造总监邱维", True),
        ("Lanheng", "岚衡重工", True),
        ("Zhang San", "陈军和黄彬", False),
        ("Siemens", "西门子公司", False),
        ("Chen", "陈军", False),
        ("Li Wei", "no Chinese here", False),
    ],
)
def test_a_romanised_name_is_told_by_how_its_syllables_begin(name: str, text: str, fits: bool) -> None:
    assert romanises(name, text) is fits


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("黄彬则把客户关系比作粮仓", ("黄彬",)),
        ("采购部部长郝立群保持中立", ("郝立群",)),
        ("由张总批准", ("张总",)),
        ("高层认为方案要改，任何人都可以说", ()),
        ("客户经理负责跟进，项目经理配合", ()),
    ],
)
def test_people_are_told_in_chinese(text: str, found: tuple[str, ...]) -> None:
    assert people(text, shipped()) == found


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("財務總監和採購經理", {"finance", "procurement"}),
        ("the head of procurement and the chief financial officer", {"finance", "procurement"}),
        ("总经理与副总裁", {"chief executive", "vice president"}),
        ("the account manager and FR", {"account", "delivery"}),
        ("采购和财务都要参加", set()),
    ],
)
def test_roles_are_one_across_languages(text: str, named: set[str]) -> None:
    assert set(roles(fold(text))) == named


@pytest.mark.parametrize(
    ("claim", "quote", "told"),
    [
        ("Investors take part in the design.", "Senior executives take part in the design.", ("investors",)),
        ("主要投资者参与新概念的打造", "公司高管参与新概念的打造", ("投资者",)),
        ("University professors recorded the courses.", "The company recorded 30 courses.", ("university",)),
        ("由內審部門每月抽查", "每月抽查一次", ("内审",)),
        ("Investors and managers take part.", "股东和管理者都参与", ()),
        ("對手已經進場", "A competitor has come in.", ()),
        ("Ask the regulator first.", "先问监管部门", ()),
    ],
)
def test_outsiders_whom_the_quote_does_not_have_are_told(claim: str, quote: str, told: tuple[str, ...]) -> None:
    assert foreign_roles(claim, [quote]) == told


def test_a_person_and_whose_they_are_are_two_names() -> None:
    quote = "温若川单独拜访汐岳新能的祁牧。"
    said = "Wen Ruochuan visits Qi Mu of Xiyue New Energy."
    assert not foreign_names(said, [quote], (), (), shipped())
    assert foreign_names(said.replace("Qi Mu", "Fang Zhou"), [quote], (), (), shipped())


def test_an_acronym_has_a_plural() -> None:
    assert not foreign_names(
        "Do not compare markets by one set of KPIs.", ["不要用同一套KPI比较市场。"], (), (), shipped()
    )


@pytest.mark.parametrize(
    "said",
    [
        "邱维案例的门槛是500万元。",
        "不要把5A分类当作郝立群的原话来引用。",
        "这是依邱维公式所举的例子。",
        "马晓岑举的例子是无线专利。",
    ],
)
def test_a_word_of_no_dictionary_that_begins_with_a_surname_is_a_name(said: str) -> None:
    assert foreign_names(said, ["案例的门槛是500万元，不要引用5A分类，例子是无线专利。"], (), (), shipped())


@pytest.mark.parametrize("said", ["陈列样品。", "曾设专人负责。", "高层马上拜访。"])
def test_ordinary_words_that_begin_with_a_surname_are_none(said: str) -> None:
    assert not people(said, shipped())


def test_a_name_that_opens_an_english_sentence_is_told_by_its_verb() -> None:
    quote = ["Tidewick Payments carries no revenue target."]
    assert not foreign_names("Tidewick Payments carries no revenue target.", quote, (), (), shipped())
    assert foreign_names("Brightmoor carries no revenue target.", quote, (), (), shipped())
    assert foreign_names("Brightmoor itself carries no revenue target.", quote, (), (), shipped())
    assert foreign_names("Brightmoor invests in renewal.", quote, (), (), shipped())


def test_whose_reading_it_is_names_a_person() -> None:
    quote = ["陈军案例的A级门槛是年销售额500万元以上。"]
    assert not foreign_names("按陈军口径，A级门槛是年销售额500万元以上。", quote, (), (), shipped())
    assert foreign_names("按马晓岑口径，A级门槛是年销售额500万元以上。", quote, (), (), shipped())


def test_an_everyday_word_that_opens_a_sentence_is_no_name() -> None:
    quote = ["回款需要客户签字。"]
    assert not foreign_names("Payment needs the customer's signature.", quote, (), (), shipped())
    assert foreign_names("Brightmoor needs the customer's signature.", quote, (), (), shipped())
