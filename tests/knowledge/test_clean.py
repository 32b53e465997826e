"""Each kind of damage that scraped and scanned texts bring, in texts invented for it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.clean import Cleaned, clean, has_contact, is_damaged
from knowledge.mapping import edited
from knowledge.read.reading import Heading, Reading

BODY = "拜访之前先写下想问的三个问题,拜访之后当天写下听到的答案,不要等到周五。"
MORE = "每个季度请客户自己评一次我们的服务,低于八分就在两周之内给出改进办法。"


def _clean(text: str, structured: bool = False) -> Cleaned:
    return clean(Reading(title="文件名", text=text, structured=structured))


def _copy(text: str, structured: bool = False) -> str:
    return edited(text, _clean(text, structured).edits)


def _skipped(text: str) -> list[str]:
    return [text[start:end] for start, end in _clean(text).skipped]


def _headings(text: str) -> list[str]:
    return [each.title for each in _clean(text).headings]


def test_readings_that_a_converter_left_in_brackets_are_gone_from_the_copy() -> None:
    text = "拜(bài)访(fǎng)客(kè)户(hù)要(yào)守(shǒu)时(shí)。"
    assert _copy(text) == "拜访客户要守时。"


def test_a_few_readings_in_a_dictionary_entry_stay() -> None:
    text = "拜(bài)访(fǎng)是一个动词,意思是去看望别人。"
    assert _copy(text) == text


def test_readings_without_tones_go_too_where_a_text_is_full_of_readings() -> None:
    text = "拜(bài)访(fǎng)客(kè)户(hù)要(yào)守(shǒu)时(shí)。" * 8 + "的(de)确(que)"
    assert _copy(text).endswith("。的确")
    assert _copy("的(de)确(que)要守时。") == "的(de)确(que)要守时。"


def test_broken_closing_tags_end_a_sentence_and_whole_tags_vanish() -> None:
    text = f"<b class='x'>第一步</b>先听客户说?/p>然后再报价??/span>{BODY}"
    assert _copy(text) == f"第一步先听客户说。然后再报价。{BODY}"


def test_a_lone_question_mark_that_was_a_bullet_vanishes_and_a_real_question_stays() -> None:
    text = f"{BODY}\n?\n先听对方说完\n�\n你们今年的目标是什么?\n{MORE}"
    assert _copy(text) == f"{BODY}\n\n先听对方说完\n\n你们今年的目标是什么?\n{MORE}"


@pytest.mark.parametrize(
    "line",
    [
        "Copyright 2021 某某网 All Rights Reserved",
        "京ICP备00000000号",
        "【来源:某某管理网】",
        "阅读时长:8分钟",
        "扫一扫关注公众号",
        "轉載請註明出處",
        "联系我们",
        "Privacy policy",
        "Share this",
        "2021-05-06 10:20",
        "#销售 #客户 #管理",
        "首页 | 新闻 | 课程 | 下载",
        "——张三",
    ],
)
def test_what_a_site_puts_around_an_article_is_skipped(line: str) -> None:
    text = f"客户拜访的三个习惯\n{BODY}\n{line}\n{MORE}\n"
    assert _skipped(text) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "我们的客户来自三个行业,其中两个在华东,一个在华南。",
        "Share of wallet | 占比高的客户要有专人负责,并且每月复盘一次",
    ],
)
def test_a_sentence_that_only_resembles_site_noise_stays(line: str) -> None:
    assert _skipped(f"客户拜访的三个习惯\n{BODY}\n{line}\n{MORE}\n") == []


def test_a_menu_of_short_lines_is_skipped() -> None:
    menu = ["首页", "关于", "课程", "讲师", "案例", "资料", "下载", "论坛", "登录", "注册", "帮助"]
    text = "\n".join([*menu, "客户拜访的三个习惯", BODY, MORE])
    assert _skipped(text)[:3] == ["首页", "关于", "课程"]
    assert BODY not in _skipped(text)
    assert MORE not in _skipped(text)


def test_a_short_list_is_no_menu() -> None:
    text = "\n".join(["客户拜访的三个习惯", BODY, "守时", "守信", "守密", MORE])
    assert _skipped(text) == []


def test_links_to_other_articles_at_the_end_are_skipped() -> None:
    text = f"客户拜访的三个习惯\n{BODY}\n{MORE}\n相关文章:\n如何开会\n如何写信\n如何记账\n"
    assert _skipped(text) == ["相关文章:", "如何开会", "如何写信", "如何记账"]


def test_an_article_that_goes_on_below_its_links_is_not_cut_off() -> None:
    text = f"客户拜访的三个习惯\n{BODY}\n相关文章:\n{MORE}\n{BODY}\n{MORE}\n"
    assert not {BODY, MORE} & set(_skipped(text))


@pytest.mark.parametrize(
    "contact",
    [
        "13800000000",
        "138-0000-0000",
        "010-00000000",
        "400-000-0000",
        "+86 10 0000 0000",
        "电话:0755 0000 0000",
        "Tel. (020) 0000-0000",
        "QQ群:000000000",
        "sales.team@mail.example.com",
    ],
)
@pytest.mark.parametrize("structured", [True, False])
def test_contact_numbers_are_not_searched(contact: str, structured: bool) -> None:
    assert _copy(f"{BODY}报名请联系{contact},名额有限。{MORE}", structured) == f"{BODY}报名请联系,名额有限。{MORE}"
    assert has_contact(contact)


def test_chinese_that_touches_an_address_stays_in_the_copy() -> None:
    assert _copy("请把计划发到sales@example.com以便存档。") == "请把计划发到以便存档。"


@pytest.mark.parametrize("number", ["2026年完成1,380万", "占比13.8%", "编号10086", "第400-402页", "3.14159265358979"])
def test_other_numbers_stay(number: str) -> None:
    text = f"{BODY}{number}。"
    assert _copy(text) == text
    assert not has_contact(number)


def test_a_lost_plus_sign_comes_back_in_the_copy_only() -> None:
    text = f"{BODY}做到专业 服务两手都硬。{MORE}" * 3
    copy = _copy(text[: len(BODY) * 2 + len(MORE)] + MORE * 8)
    assert "专业+服务" in copy
    spaced = "客户 经理 每天 都要 写 记录 并且 交给 主管 看"
    assert _copy(spaced) == spaced


def test_hard_wrapped_lines_are_joined_and_paragraphs_are_not() -> None:
    lines = [
        "The first meeting belongs to the customer and not to",
        "our slides, so ask what changed since last year and",
        "write the answer down before anybody opens a laptop.",
        "The second meeting belongs to the plan, which is one",
        "page long.",
        "",
        "A new paragraph begins here.",
    ]
    assert _copy("\n".join(lines)) == (
        "The first meeting belongs to the customer and not to our slides, so ask what changed since last year and"
        " write the answer down before anybody opens a laptop.\nThe second meeting belongs to the plan, which is one"
        " page long.\n\nA new paragraph begins here."
    )


def test_chinese_lines_are_joined_without_a_space_and_list_items_stay_apart() -> None:
    lines = [
        "第一次见面属于客户而不是属于我们的幻灯片所以先",
        "问去年以来有什么变化并且把答案写下来再打开电脑",
        "然后再谈计划而且计划只能有一页纸那么长多了没人",
        "- 看完之后当场签字并且复印两份一份留给客户存档",
        "- 另一份自己带走",
    ]
    assert _copy("\n".join(lines)) == "".join(lines[:3]) + "\n" + "\n".join(lines[3:])


def test_tables_are_never_joined() -> None:
    rows = [
        "| 客户名称在这里 | 等级在这里写 | 负责人的名字 |",
        *["| 甲公司一二三四 | 甲级客户一二 | 张三张三张三 |"] * 4,
    ]
    assert _copy("\n".join(rows), structured=True) == "\n".join(rows)


def test_a_page_that_lost_its_line_breaks_has_its_contents_list_and_labels_found() -> None:
    listing = "前言 第一章 听客户说 第二章 写下来 第三章 回去想 第四章 再来问 第五章 定计划 第六章 看结果 后记"
    text = f"《拜访手记》 内容简介 {BODY * 10} 目录 {listing} 精彩页 {MORE * 20}"
    found = _clean(text)
    assert found.title == "拜访手记"
    (span,) = found.contents
    assert text[slice(*span)].startswith("前言 第一章")
    assert "第六章 看结果" in text[slice(*span)]
    assert BODY not in text[slice(*span)]
    assert MORE not in text[slice(*span)]
    assert [each.title for each in found.headings] == ["内容简介", "目录", "精彩页"]


def test_spaces_that_were_line_ends_inside_sentences_vanish_from_a_page_without_line_breaks() -> None:
    sentence = "我们每次拜访客户之前都要先把想问的问题写在纸上然后一个一个地问过去直到对方没有话说为止"
    wrapped = " ".join(sentence[at : at + 11] for at in range(0, len(sentence), 11))
    copy = _copy(f"{BODY * 28}\n{wrapped}。 {wrapped}。 {wrapped}")
    assert copy.count(sentence) == 3


def test_lines_with_dotted_leaders_are_contents() -> None:
    toc = ["1 Listening .......... 3", "2 Writing down ....... 7", "3 Thinking . . . . . . 12", "4 提问……………… 15"]
    text = "\n".join(["Handbook", *toc, "Listening comes before everything else, as every buyer will tell you."])
    for structured in (True, False):
        (span,) = _clean(text, structured).contents
        assert text[slice(*span)] == "\n".join(toc)
    assert _clean("He waited ........ 3\nand then he left.").contents == ()


def test_short_lines_above_prose_are_headings_and_the_first_is_the_title() -> None:
    text = f"客户拜访的三个习惯\n\n一、先听后说\n{BODY}\n\n二、当天记录\n{MORE}\n\n三个忠告\n{BODY}\n"
    found = _clean(text)
    assert found.title == "客户拜访的三个习惯"
    assert [each.title for each in found.headings] == ["客户拜访的三个习惯", "一、先听后说", "二、当天记录", "三个忠告"]
    assert all(text[each.start : each.end].strip() == each.title for each in found.headings)


def test_questions_sentences_and_list_items_are_no_headings() -> None:
    text = f"客户拜访的三个习惯\n{BODY}\n今年的目标是什么?\n{MORE}\n1. 先听\n2. 再说\n3. 记录\n短句也是句子。\n{BODY}\n"
    assert _headings(text) == ["客户拜访的三个习惯"]


def test_a_heading_that_shares_its_line_with_the_paragraph_is_found() -> None:
    text = f"客户拜访的三个习惯\n{BODY}\n  当天记录 {MORE}\n  再问一次 {BODY}\n"
    found = [each for each in _clean(text).headings if each.level == 3]
    assert [text[each.start : each.end] for each in found] == ["当天记录", "再问一次"]


def test_a_format_that_states_its_structure_is_believed() -> None:
    text = f"首页 | 新闻\n听\n{BODY}\n"
    heading = Heading(8, 9, 1, "听")
    found = clean(Reading(title="标题", text=text, headings=(heading,), skipped=((0, 7),), structured=True))
    assert (found.title, found.headings, found.skipped) == ("标题", (heading,), ((0, 7),))
    tags = "Use <b>bold</b> names 客户 经理"
    assert _copy(tags, structured=True) == tags


def test_damage_that_cannot_be_mended_is_seen() -> None:
    assert is_damaged("客户?p经理说")
    assert is_damaged("先听再说�")
    assert is_damaged("先听?/p>")
    assert not is_damaged("先听?再说。Who? The buyer.")


_SCRAPS = st.lists(
    st.sampled_from(
        [BODY, MORE, "\n", "\n\n", "  ", "首页", "第一章 听", "1.1 说", "……3", "......7", "拜(bài)", "<b>", "</p>"]
        + [
            "?/p>",
            "?\n",
            "13800000000",
            "a@b.cn",
            "#一 #二",
            "|",
            "目录 ",
            "相关文章\n",
            "plain words and",
            "\r\n",
            "•\n",
        ]
    ),
    max_size=40,
).map("".join)


@given(st.one_of(_SCRAPS, st.text(max_size=200)), st.booleans())
def test_whatever_comes_every_span_lies_in_the_text_and_edits_are_disjoint(text: str, structured: bool) -> None:
    found = _clean(text, structured)
    spans = [*found.skipped, *found.contents, *((each.start, each.end) for each in found.headings)]
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert all(0 <= each.start <= each.end <= len(text) for each in found.edits)
    assert all(before.end <= after.start for before, after in zip(found.edits, found.edits[1:], strict=False))
    assert list(found.headings) == sorted(found.headings, key=lambda each: each.start)


_LONG = 60_000


@pytest.mark.parametrize(
    "text",
    [
        "a" + " " * _LONG + "b",
        "." * _LONG,
        ". " * _LONG,
        "…" * _LONG,
        "·" * _LONG,
        "?" * _LONG,
        "x" * _LONG + " @",
        "电话" + " " * _LONG + "1234567890",
        "1 " + "- " * _LONG,
        "(" * _LONG + "ā",
        "<b " * _LONG,
        f"相关文章\n{BODY}\n" * (_LONG // 60),
        "【" * _LONG,
    ],
    ids=range(13),
)
def test_a_text_built_to_waste_time_is_cleaned_in_a_moment(text: str) -> None:
    started = time.process_time()
    _clean(text)
    assert time.process_time() - started < 3
