"""The degree that a source gives, and the comparison that it makes, stay as they are in a claim."""

import pytest

from assistant.gates.degrees import other_degree

_LIES = [
    ("Follow whichever policy allows more.", "Follow the stricter of the two policies."),
    ("Redwick is slightly above the average.", "Redwick is far above the average."),
    ("Bring more people: your side should be larger.", "Keep your own side smaller than the guest's side."),
    ("The win rate is higher there.", "The win rate is lower for late tenders."),
    ("Redwick sells better than Fernhill.", "Redwick sells to railways, and Fernhill to ports."),
    ("按较宽松的一边执行。", "按更严格的一边执行。"),
    ("柏川机电的要求略高于行业水平。", "柏川机电的要求远高于行业水平。"),
    ("國內業務的增幅超過海外業務。", "海外業務每年翻倍，國內業務也明顯提升。"),
    ("这类标案的胜率高于平时。", "这类标案的胜率偏低。"),
    ("The win rate is higher for late tenders.", "這類標案的勝率偏低。"),
    ("我方人数应多于来宾。", "Keep your own side smaller than the guest's side."),
    ("Redwick outperforms Fernhill in service.", "Redwick和Fernhill都重视服务。"),
]
_HONEST = [
    ("Go by the tighter policy.", "Follow the stricter of the two policies."),
    ("Redwick is well over the average.", "Redwick is far above the average."),
    ("Have fewer people on your side.", "Keep your own side smaller than the guest's side."),
    ("Late tenders win less often.", "The win rate is lower for late tenders."),
    ("Redwick's share is larger than Fernhill's.", "Redwick has a share of 40%, and Fernhill one of 25%."),
    ("按从严的一边执行。", "按更严格的一边执行。"),
    ("柏川机电的要求比行业高出许多。", "柏川机电的要求远高于行业水平。"),
    ("海外業務每年翻倍，國內業務也有提升。", "海外業務每年翻倍，國內業務也明顯提升。"),
    ("这类标案的胜率低于平时。", "这类标案的胜率偏低。"),
    ("The win rate is lower for late tenders.", "這類標案的勝率偏低。"),
    ("我方人数应少于来宾。", "Keep your own side smaller than the guest's side."),
    ("A blocker who is neutral is worth more than a supporter.", "一个变成中立的反对者，比一个支持者更有价值。"),
]


@pytest.mark.parametrize(("claim", "quote"), _LIES)
def test_the_opposite_degree_and_a_new_comparison_alarm(claim: str, quote: str) -> None:
    assert other_degree(claim, [quote])


@pytest.mark.parametrize(("claim", "quote"), _HONEST)
def test_the_same_degree_in_other_words_passes(claim: str, quote: str) -> None:
    assert not other_degree(claim, [quote])
