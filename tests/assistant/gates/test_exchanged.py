"""A claim may reorder its evidence in whole parts; it may not give one thing what the other one has."""

import pytest

from assistant.gates.exchanged import exchanged
from knowledge.glossary import shipped

# Evidence, a lie about it, and an honest claim of the same shape.
TWINS = [
    (
        ("乐晶公司负责安装，甲川公司负责维护。",),
        "安装由甲川公司负责，维护由乐晶公司负责。",
        "维护由甲川公司负责，安装由乐晶公司负责。",
    ),
    (
        ("北厂有12条产线，占产量的64%；南厂有5条产线，占产量的36%。",),
        "北厂的12条产线占产量的36%，南厂的5条产线占64%。",
        "南厂的5条产线占产量的36%，北厂的12条产线占64%。",
    ),
    (
        ("卡萊公司的甲級看年銷售額，樂晶公司的甲類看合作年限。",),
        "卡莱公司的甲级看合作年限，乐晶公司的甲类看年销售额。",
        "乐晶公司的甲类看合作年限，卡莱公司的甲级看年销售额。",
    ),
    (
        ("客戶總監主持季度會，服務經理整理投訴紀錄。",),
        "服務經理主持季度會，投訴紀錄由客戶總監整理。",
        "投訴紀錄由服務經理整理，季度會由客戶總監主持。",
    ),
    (
        ("標準品與客製品要分開報價，前者按目錄，後者按工時。",),
        "標準品按工時報價，客製品按目錄報價。",
        "客製品按工時報價，標準品按目錄報價。",
    ),
    (
        ("样机阶段由PM牵头，量产阶段由QA主导，停产阶段由FA收尾。",),
        "样机阶段由FA牵头，量产阶段由QA主导，停产阶段由PM收尾。",
        "停产阶段由FA收尾，量产阶段由QA主导，样机阶段由PM牵头。",
    ),
    (
        ("Pelagos sells pumps to shipyards, while Orka leases valves to refineries.",),
        "Orka leases valves to shipyards, whereas Pelagos sells pumps to refineries.",
        "Valves are leased to refineries by Orka, whereas Pelagos has pumps that it sells to shipyards.",
    ),
    (
        ("If the plant runs at night, talk about noise; if it runs by day, talk about traffic.",),
        "Traffic is the subject for a plant that runs at night, and noise for one that runs by day.",
        "For a plant that runs by day traffic is the subject, and noise for one that runs at night.",
    ),
    (
        ("The gold plan covers repairs.", "The silver plan covers advice only."),
        "The silver plan covers repairs, and the gold plan covers advice.",
        "Advice is what the silver plan covers, and repairs are covered by the gold plan.",
    ),
    (
        ("Big dealers are about 12% of the count and 58% of sales.",),
        "Big dealers make up about 58% of the count and 12% of sales.",
        "Big dealers bring 58% of sales, though they are about 12% of the count.",
    ),
    (
        ("Lumen and Orka differ: the former sells pumps, the latter repairs valves.",),
        "Orka sells pumps and Lumen repairs valves.",
        "Orka repairs valves and Lumen sells pumps.",
    ),
    (
        ("价格低的方案排在前面，质量好的方案排在后面。",),
        "质量好的方案排在前面，价格低的方案排在后面。",
        "质量好的方案排在后面，价格低的方案排在前面。",
    ),
    (
        ("采购部门看重价格，技术部门看重质量。",),
        "The technology department cares about price, and the purchasing department cares about quality.",
        "The technology department cares about quality, and the purchasing department cares about price.",
    ),
    (
        ("The purchasing manager checks the contract, and the project manager checks the budget.",),
        "采购经理审预算，项目经理审合同。",
        "项目经理审预算，采购经理审合同。",
    ),
    (
        ("採購經理確認合約，財務總監確認預算。",),
        "The finance director confirms the contract; the purchasing manager confirms the budget.",
        "The finance director confirms the budget; the purchasing manager confirms the contract.",
    ),
    (
        ("The sales team owns the forecast; the finance team owns the price list.",),
        "The finance team owns the forecast, and the price list belongs to the sales team.",
        "The forecast belongs to the sales team, and the finance team owns the price list.",
    ),
    (
        ("Company A lost the bid because of price; Company B lost it because of service.",),
        "Service cost Company A the bid, while price cost Company B the bid.",
        "Service cost Company B the bid, while price cost Company A the bid.",
    ),
    (
        ("In 2024 revenue was 12 million and in 2025 it was 15 million.",),
        "2024年的收入为15 million，2025年为12 million。",
        "2025年的收入为15 million，2024年为12 million。",
    ),
    (
        ("线上渠道带来六成线索，线下渠道带来四成成交。",),
        "线下渠道带来六成线索，线上渠道带来四成成交。",
        "四成成交来自线下渠道，六成线索来自线上渠道。",
    ),
    (
        ("直銷帶來31%的訂單，代理商帶來47%的訂單。",),
        "代理商帶來31%的訂單。",
        "代理商帶來47%的訂單。",
    ),
    (
        ("Retail plans start in March, and wholesale plans start in July.",),
        "In July retail plans begin, while March sees wholesale plans begin.",
        "In March retail plans begin, while July sees wholesale plans begin.",
    ),
    (
        ("甲川公司让行政部管档案、采购部管仓库、法务部管印章。",),
        "甲川公司让法务部管档案、采购部管仓库、行政部管印章。",
        "甲川公司让法务部管印章、采购部管仓库、行政部管档案。",
    ),
    (
        ("合約由法務部審核。", "報價由財務部審核。"),
        "報價的審核歸法務部，合約的審核歸財務部。",
        "報價的審核歸財務部，合約的審核歸法務部。",
    ),
]
HONEST = [
    (("The plan names an owner, a date and a budget.",), "A budget, a date and an owner are named in the plan."),
    (("价格、质量和交期都要写清。",), "交期、质量和价格都要写清楚。"),
    (("乐晶公司的产品比对手贵，但更耐用。",), "虽然更耐用，乐晶公司的产品比对手贵。"),
    (
        ("The contract runs for more than 3 years and costs less than 5 million.",),
        "It costs less than 5 million and runs for more than 3 years.",
    ),
    (("遞延獎金適合交期長的專案。",), "交期長的專案適合遞延獎金。"),
    (
        ("Review the account twice a year, and record the decision.",),
        "Record the decision, and review the account twice a year.",
    ),
    (("Lumen and Orka bring 5% and 9% of revenue, respectively.",), "Orka brings 9%, and Lumen brings 5%."),
    (("乐晶公司占31%，甲川公司占47%。",), "甲川公司和乐晶公司分别占47%和31%。"),
    (("The pump is not cheaper than the valve.",), "The valve is no dearer than the pump."),
]


@pytest.mark.parametrize(("evidence", "lie", "_"), TWINS)
def test_what_is_given_to_the_other_alarms(evidence: tuple[str, ...], lie: str, _: str) -> None:
    assert exchanged(lie, evidence, shipped())


@pytest.mark.parametrize(("evidence", "_", "told"), TWINS)
def test_whole_parts_may_change_places(evidence: tuple[str, ...], _: str, told: str) -> None:
    assert not exchanged(told, evidence, shipped())


@pytest.mark.parametrize(("evidence", "told"), HONEST)
def test_lists_figures_and_what_is_true_either_way_may_be_reordered(evidence: tuple[str, ...], told: str) -> None:
    assert not exchanged(told, evidence, shipped())


@pytest.mark.parametrize(("evidence", "told"), [(evidence, each) for evidence, *_ in TWINS for each in evidence])
def test_evidence_agrees_with_itself(evidence: tuple[str, ...], told: str) -> None:
    assert not exchanged(told, evidence, shipped())


def test_nothing_alarms_beside_nothing() -> None:
    assert not exchanged("", ("",), shipped())
    assert not exchanged("Pelagos sells pumps.", (), shipped())
