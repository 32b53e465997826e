"""What a number measures stays what it is: a change or a level, profit or revenue, each or all together."""

import pytest

from assistant.gates.measures import measures_else

_LIES = [
    ("Night calls came down to 30% of their earlier level.", "Night calls fell by 30%."),
    ("Scrap fell by 18%.", "Scrap came down to 18% of what it was."),
    ("Redwick earned a profit of EUR 4 million from us.", "Redwick bought EUR 4 million from us in 2025."),
    ("Together, the dealers bring RMB 3 million.", "One dealer brings RMB 3 million a year."),
    ("Each dealer brings RMB 90 million.", "The dealers bring RMB 90 million."),
    ("停机时间压缩到原来的四分之一。", "停机时间减少四分之一。"),
    ("报废率降到18%。", "报废减少18%。"),
    ("報廢率降到18%。", "報廢減少18%。"),
    ("年利润突破5亿元。", "年收入突破5亿元。"),
    ("每单就有2000万美元。", "代表处签五六单，合同额2000万美元。"),
    ("Scrap came down to 18%.", "报废减少18%。"),
    ("停机时间降到30%。", "Downtime fell by 30%."),
]
_HONEST = [
    ("Night calls are 30% fewer: they fell by 30%.", "Night calls fell by 30%."),
    ("Scrap came down to 18%.", "Scrap is now at 18% of what it was."),
    ("Redwick spent EUR 4 million with us, revenue of 2025.", "Redwick bought EUR 4 million from us in 2025."),
    ("In total, the three dealers bring RMB 3 million.", "The three dealers together bring RMB 3 million."),
    ("Each dealer brings RMB 3 million on average.", "A dealer brings RMB 3 million a year on average."),
    ("The margin was 12%.", "The gross profit was 12%."),
    ("停机时间少了四分之一。", "停机时间减少四分之一。"),
    ("报废下降18%。", "报废减少18%。"),
    ("報廢少了18%。", "报废减少18%。"),
    ("年收入超过5亿元。", "年营收突破5亿元。"),
    ("每个区域签2000万美元。", "各区域签2000万美元。"),
    ("Downtime was cut by a quarter.", "停机时间减少四分之一。"),
]


@pytest.mark.parametrize(("claim", "quote"), _LIES)
def test_a_number_that_measures_something_else_alarms(claim: str, quote: str) -> None:
    assert measures_else(claim, [quote])


@pytest.mark.parametrize(("claim", "quote"), _HONEST)
def test_a_number_that_measures_the_same_passes(claim: str, quote: str) -> None:
    assert not measures_else(claim, [quote])
