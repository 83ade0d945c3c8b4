"""Which month a figure is for: row, header, title, sheet, file, folder; never a document's date."""

from __future__ import annotations

import pytest
from forms import KINDS, Form, check, of_level, used
from making import by_code

BARE = "指标,单位,实际值\n新开工亿元以上项目,个,{}\n"
DATED = "指标,单位,实际值,期间\n新开工亿元以上项目,个,{},{}\n"

JUNE = (
    "2024年1-6月 2024年1—6月 1-6月 1至6月 2024年6月 6月 上半年 2024年上半年 2024-06 2024-6 202406 "
    "2024年二季度 二季度 2024Q2 2024年第二季度 截至2024年6月30日 截至6月底 （2024年6月）"
).split()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("written", [*JUNE, "2024/06"])
def test_titles(judge, written, kind):
    form = Form(
        f"东台市{written}重点项目情况表\n" + BARE.format(57),
        {"GY01": 57},
        infos=((None, None, "期间"),),
    )
    check(judge(form, kind=kind), form)


@pytest.mark.parametrize("written", JUNE)
def test_sheets(judge, written):
    form = Form({f"项目{written}": BARE.format(57)}, {"GY01": 57})
    check(judge(form, kind="xlsx"), form)


@pytest.mark.parametrize("written", JUNE)
@pytest.mark.parametrize(
    "name", ["{}", "发改委{}", "重点项目{}报表", "{}/发改委", "各局/{}/发改委"]
)
def test_files_and_folders(judge, name, written):
    form = Form(BARE.format(57), {"GY01": 57}, name=name.format(written))
    check(judge(form), form)


NO_PERIOD = (
    "东政督〔2024〕6号 （6） 表1-6 6.30 2024年7月5日 报送日期：2024年7月5日 20240705 2024-07-05 2024年 "
    "2024年度 [2024]5号 （东督发〔2024〕1-6号）"
).split()


@pytest.mark.parametrize("written", NO_PERIOD)
def test_what_looks_like_a_month_in_a_title(judge, written):
    """Beside a row's own period it is no conflict; alone it is no period."""
    title = f"重点项目情况表{written}\n"
    dated = Form(title + DATED.format(57, "2024-06"), {"GY01": 57})
    check(judge(dated), dated)
    bare = Form(
        title + BARE.format(101), {"GY01": 101}, month=12, name="另表", warnings=(("DT308", None),)
    )
    check(judge(bare), bare)


@pytest.mark.parametrize(
    "written", "20240705 2024-07-05 2024年7月5日 6.30 表1-6 (6) 〔2024〕6号 2024年".split()
)
def test_what_looks_like_a_month_in_a_name(judge, written):
    dated = Form(DATED.format(57, "2024-06"), {"GY01": 57}, name=f"重点项目{written}")
    check(judge(dated), dated)
    bare = Form(
        BARE.format(101),
        {"GY01": 101},
        month=12,
        name=f"项目{written}",
        warnings=(("DT308", None),),
    )
    check(judge(bare), bare)
    filed = Form(BARE.format(57), {"GY01": 57}, name=f"2024-06/项目{written}")
    check(judge(filed), filed)


FORMS = {
    "a sending date beside the day that figures reach": Form(
        "重点项目情况表（截至2024年5月31日） 报送日期：2024年6月3日\n" + BARE.format(47),
        {"GY01": 47},
        month=5,
    ),
    "a row of May under a title of June": Form(
        "2024年6月重点项目情况表\n" + DATED.format(47, "2024-05"),
        {"GY01": 47},
        month=5,
        infos=(("DT312", 3),),
    ),
    "a row of July under a title of June": Form(
        "2024年6月重点项目情况表\n" + DATED.format(65, "2024-07"), errors=(("DT211", 3),), code=1
    ),
    "a header of July under a title of June": Form(
        "2024年6月重点项目情况表\n指标,单位,1-7月累计\n新开工亿元以上项目,个,65\n",
        errors=(("DT211", 3),),
        code=1,
    ),
    "a title of July in a folder of June": Form(
        "2024年1-7月重点项目情况表\n" + BARE.format(65),
        name="2024-06/发改委",
        errors=(("DT211", None),),
        code=1,
    ),
    "a title of June in a file of May": Form(
        "2024年1-6月重点项目情况表\n" + BARE.format(57),
        name="2024年5月报表",
        errors=(("DT211", None),),
        code=1,
    ),
    "a title of June in a file of July": Form(
        "2024年1-6月重点项目情况表\n" + BARE.format(57), {"GY01": 57}, name="7月报送"
    ),
    "a file of May in a folder of June": Form(
        BARE.format(47),
        {"GY01": 47},
        month=5,
        name="2024-06/发改委2024年5月",
        warnings=((None, None, "5月"),),
    ),
    "rows of May in a folder of June": Form(
        DATED.format(47, "2024-05") + "新竣工亿元项目,个,29,2024-05\n",
        {"GY01": 47, "GY10": 29},
        month=5,
        name="2024-06/发改委",
        warnings=((None, None),),
    ),
    "the title says it for an empty column": Form(
        "2024年1-6月重点项目情况表\n" + DATED.format(57, ""), {"GY01": 57}
    ),
    "the folder says it for an empty column": Form(
        DATED.format(57, ""), {"GY01": 57}, name="2024-06/发改委"
    ),
    "the command says it for an empty column": Form(
        DATED.format(57, ""), {"GY01": 57}, options=("--as-of", "2024-06")
    ),
    "nobody says it for an empty column": Form(
        DATED.format(57, "") + "新竣工亿元项目,个,36,\n", errors=(("DT205", None),), code=1
    ),
    "only the first row says it": Form(
        DATED.format(57, "2024-06") + "新竣工亿元项目,个,36,\n全口径工业开票销售,亿元,1120,\n",
        {"GY01": 57, "GY10": 36, "GY12": 1120},
    ),
    "only the last row says it": Form(
        DATED.format(57, "") + "新竣工亿元项目,个,36,\n全口径工业开票销售,亿元,1120,上半年\n",
        {"GY01": 57, "GY10": 36, "GY12": 1120},
    ),
    "the first row says May in a folder of June": Form(
        DATED.format(47, "2024-05") + "新竣工亿元项目,个,29,\n",
        {"GY01": 47, "GY10": 29},
        month=5,
        name="2024-06/发改委",
        warnings=((None, None),),
    ),
    "a month that there is not": Form(
        "2024年13月重点项目情况表\n" + BARE.format(57), errors=(("DT205", None),), code=1
    ),
    "a month that there is not, and one that there is": Form(
        "2024年13月重点项目情况表\n" + DATED.format(57, "6月"), {"GY01": 57}
    ),
    "a day in a row is its month": Form(DATED.format(57, "2024-06-01"), {"GY01": 57}),
    "the row's own second quarter": Form(
        DATED.format(57, "二季度"), errors=(("DT205", 2, "上半年"),), code=1
    ),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_month_that_is_meant(judge, form, kind):
    check(judge(form, kind=kind), form)


@pytest.mark.parametrize(("title", "sheet"), [("5月", "6月"), ("1-6月", "5月"), ("上半年", "7月")])
def test_title_and_sheet_that_differ(judge, title, sheet):
    head = f"2024年{title}重点项目情况表\n"
    document = judge(Form({sheet: head + BARE.format(57)}), kind="xlsx")
    assert used(document) == {}
    assert {each["rule"] for each in of_level(document, "error")} == {"DT205"}
    assert document["exit_code"] == 1


def test_title_and_sheet_that_differ_and_rows_that_know(judge):
    form = Form({"6月": "2024年5月项目情况表\n" + DATED.format(47, "2024-05")}, {"GY01": 47}, 5)
    check(judge(form, kind="xlsx"), form)


@pytest.mark.parametrize("folder", ["2024-06", "2024年6月"])
def test_a_sheet_of_july_in_a_folder_of_june(judge, folder):
    form = Form(
        {"7月": BARE.format(65)}, name=f"{folder}/发改委", errors=(("DT211", None),), code=1
    )
    check(judge(form, kind="xlsx"), form)


@pytest.mark.parametrize("kind", KINDS)
def test_one_late_row_in_a_folder(judge, kind):
    """Two are June's by the folder; the third names May itself."""
    text = DATED.format(57, "") + "新竣工亿元项目,个,36,\n全口径工业开票销售,亿元,930,2024-05\n"
    document = judge(Form(text, name="2024-06/发改委"), kind=kind)
    periods = {code: by_code(document)[code]["actual"]["period"] for code in used(document)}
    assert periods == {"GY01": "2024-06", "GY10": "2024-06", "GY12": "2024-05"}
    assert of_level(document, "error") == []
    assert any(each["rule"] == "DT312" and each["row"] == 4 for each in document["findings"])


def test_a_title_left_from_last_month_replaces_nothing(judge):
    """June's file still has May's title: May's own figure stays."""
    forms = (
        Form(BARE.format(47), name="2024-05/发改委"),
        Form("2024年1-5月重点项目情况表\n" + BARE.format(57), name="2024-06/发改委"),
    )
    document = judge(*forms)
    assert (used(document), document["as_of"]) == ({"GY01": 47}, "2024-05")
    assert any("2024-06" in each["file"] for each in of_level(document, "warning"))


def test_a_sheet_left_from_last_month_replaces_nothing(judge):
    forms = (
        Form({"1-5月": BARE.format(47)}, name="2024-05/发改委"),
        Form({"1-5月": BARE.format(57)}, name="2024-06/发改委"),
    )
    document = judge(*forms, kind="xlsx")
    assert (used(document), document["as_of"]) == ({"GY01": 47}, "2024-05")
    assert any("2024-06" in each["file"] for each in of_level(document, "warning"))


def test_a_late_row_is_none_where_the_month_is_there_too(judge):
    """DT312 is for a target that has nothing for the folder's month."""
    text = DATED.format(47, "2024-05") + "新开工亿元以上项目,个,57,2024-06\n"
    form = Form(text, {"GY01": 57}, name="2024-06/发改委")
    document = judge(form)
    check(document, form)
    assert "DT312" not in {each["rule"] for each in document["findings"]}
