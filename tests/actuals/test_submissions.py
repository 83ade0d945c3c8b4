"""Files as clerks make them: encodings, delimiters, headers, layout, and every row accounted for."""

from __future__ import annotations

import codecs
import io
import os
import sys
import threading
from pathlib import Path

import pytest
from making import SMALL, by_code, findings, rules, value, write

from dtcheck.actuals import read_submissions
from dtcheck.headers.fields import HEADERS
from dtcheck.targets import load_targets

ROW = "编号,指标,实际值,单位,期间,备注\nGY01,新开工项目,60,个,2024-06,平稳\n"
HEAD = "编号,实际值,单位,期间,备注\n"


# Encodings


@pytest.mark.parametrize(
    "encoded",
    [
        ROW.encode("utf-8"),
        ROW.encode("utf-8-sig"),
        ROW.encode("gbk"),
        ROW.encode("gb18030"),
        codecs.BOM_UTF16_LE + ROW.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + ROW.encode("utf-16-be"),
        ROW.encode("utf-16-le"),
        ROW.encode("utf-16-be"),
    ],
    ids=["utf-8", "bom", "gbk", "gb18030", "utf-16-le", "utf-16-be", "le-no-mark", "be-no-mark"],
)
def test_encodings(verify, encoded):
    document = verify(encoded)
    assert value(document, "GY01") == 60
    assert by_code(document)["GY01"]["actual"]["note"] == "平稳"
    assert document["findings"] == []


def test_four_byte_characters_of_gb18030(verify):
    document = verify(ROW.replace("平稳", "㐂村𠀀").encode("gb18030"))
    assert by_code(document)["GY01"]["actual"]["note"] == "㐂村𠀀"


def test_a_mistake_late_in_a_long_utf8_file_is_found(verify):
    lines = "".join(f"注：第{number}行\n" for number in range(100_000)).encode()
    document = verify(ROW.encode() + lines + b"\xff\xfe\xfd\n")
    assert (rules(document), document["exit_code"]) == (["DT101"], 2)


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04\x00\x00\x08\x00",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\xff\xfe\x00\x00\x16",
        b"abc\x00def",
        bytes(range(256)),
    ],
)
def test_what_is_no_text_is_unreadable(verify, content):
    document = verify(content)
    assert (rules(document), document["exit_code"]) == (["DT101"], 2)


# Delimiters, line ends, and counting rows


@pytest.mark.parametrize("mark", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(verify, mark, end):
    document = verify(ROW.replace(",", mark).replace("\n", end))
    assert value(document, "GY01") == 60
    assert document["findings"] == []


def test_a_comma_inside_cells_does_not_make_the_delimiter(verify):
    document = verify("编号\t实际值\t单位\t期间\t备注\nGY01\t1,060\t个\t6月\t一,二,三,四\n")
    assert value(document, "GY01") == 1060


def test_the_last_line_may_lack_its_end(verify):
    assert value(verify(ROW.rstrip("\n")), "GY01") == 60


def test_rows_are_counted_as_excel_does_and_lines_as_an_editor_does(verify):
    text = (
        "2024年上半年报数表\n"  # row 1, line 1
        "\n"  # row 2
        '"编号",实际值,单位,期间,备注\n'  # row 3
        'GY01,60,个,6月,"原因一\n原因二\n原因三"\n'  # row 4, lines 4 to 6
        "\r\n"  # row 5, line 7
        ",,,,\n"  # row 6, line 8
        "XX99,1,个,6月,\n"  # row 7, line 9
    )
    document = verify(text)
    (finding,) = [each for each in document["findings"] if each["rule"] == "DT201"]
    assert (finding["row"], finding["line"], finding["column"]) == (7, 9, "编号")
    actual = by_code(document)["GY01"]["actual"]
    assert (actual["row"], actual["note"]) == (4, "原因一\n原因二\n原因三")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (ROW + 'GY03,工业增加值增长,"6.5,%,6月,\nCX01,净增高企,40,家,6月,\n', 3),
        (ROW + '"', 3),
        ('"' + ROW, 1),
        (ROW + 'CX01,净增高企,40,家,6月,"' + "长" * 140_000 + '"\n', 3),
    ],
    ids=["cell", "last", "first", "too-long"],
)
def test_an_open_quote_is_said_where_it_opens(verify, text, line):
    (finding,) = (document := verify(text))["findings"]
    assert (finding["rule"], finding["line"], document["exit_code"]) == ("DT101", line, 2)
    assert "引号" in finding["message"]


def test_rows_before_an_open_quote_are_kept(verify):
    assert value(verify(ROW + 'CX01,净增高企,"40,家,6月,\n'), "GY01") == 60


# Headers


def test_the_accepted_headers_are_those_of_the_design():
    assert {str(kind): headers for kind, headers in HEADERS.items()} == {
        "编号": ("编号", "代码", "code", "id"),
        "指标": ("指标", "指标名称", "name", "indicator"),
        "实际值": ("实际值", "完成值", "累计完成", "累计值", "本期累计", "actual", "value"),
        "单位": ("单位", "计量单位", "unit"),
        "期间": ("期间", "月份", "截至", "截止月份", "period", "month"),
        "填报单位": ("填报单位", "报送单位", "填报部门", "bureau"),
        "下达目标": ("下达目标", "上级下达", "assigned"),
        "备注": ("备注", "备注说明", "说明", "情况说明", "补充说明", "原因", "未完成原因", "note"),
        "措施": ("措施", "对策", "measures"),
    }


@pytest.mark.parametrize(
    ("kind", "header"), [(str(kind), each) for kind, headers in HEADERS.items() for each in headers]
)
def test_every_accepted_header(verify, kind, header):
    columns = {
        "编号": "GY01",
        "实际值": "60",
        "单位": "个",
        "期间": "2024-06",
        "填报单位": "发改委",
        "备注": "好",
    }
    if kind == "下达目标":
        columns |= {"编号": "ST01", "实际值": "3.1", "单位": "%", "下达目标": "3"}
    if kind == "指标":
        columns["指标"] = "新开工项目"
    heads = ",".join(header.upper() if each == kind else each for each in columns)
    document = verify(heads + "\n" + ",".join(columns.values()) + "\n")
    assert document["findings"] == []
    (result,) = [each for each in document["results"] if each["actual"]]
    assert result["status"] == "on_track"
    assert result["actual"]["bureau"] == "发改委"
    assert result["actual"]["note"] == "好"


def test_columns_in_any_order_with_spaces_and_full_width(verify):
    document = verify(" 期 间 ,实际值：,ＣＯＤＥ,*单位\n6月,60,gy01,个\n")
    assert value(document, "GY01") == 60
    assert document["findings"] == []


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("实际值（万元）", "1500000"),
        ("实际值(单位：亿元)", "150"),
        ("累计完成【万元】", "1500000"),
        ("实际值[亿元]", "150"),
        ("1-6月累计", "150亿元"),
        ("1—6月累计", "150亿元"),
        ("1-6月累计（亿元）", "150"),
        ("上半年累计值（亿元）", "150"),
        ("实际值（1-6月）", "150亿元"),
        ("2024年1-6月完成值", "150亿元"),
    ],
)
def test_units_and_periods_of_headers(verify, header, cell):
    dated = "6月" in header or "上半年" in header
    document = verify(
        f"编号,{header}{'' if dated else ',期间'}\nGY02,{cell}{'' if dated else ',6月'}\n"
    )
    assert value(document, "GY02") == 150
    assert by_code(document)["GY02"]["actual"]["period"] == "2024-06"
    assert document["findings"] == []


def test_a_rows_own_period_goes_before_the_headers(verify):
    document = verify("编号,1-6月累计（亿元）,单位,期间\nGY02,150,亿元,5月\n")
    assert value(document, "GY02") == 150
    assert document["as_of"] == "2024-05"


def test_a_rows_unit_and_the_headers_must_agree(verify):
    document = verify("编号,1-6月累计（亿元）,单位\nGY02,1500000,万元\nCX03,0.7,亿美元\n")
    assert findings(document) == [("DT203", 2, "单位"), ("DT203", 3, "单位")]
    (first, _) = document["findings"]
    assert first["message"] == "单位列写“万元”，表头写“亿元”，对不上"


def test_a_lone_month_may_be_its_own_figure(verify):
    # 6月完成 may be June alone: it is no cumulative column.
    document = verify("编号,6月完成,单位\nGY01,10,个\n")
    assert (findings(document), document["exit_code"]) == ([("DT212", 2, "6月完成")], 1)
    assert value(document, "GY01") is None


@pytest.mark.parametrize(
    "text",
    [
        "2024年累计完成情况\n编号,6月完成,单位\nGY01,60,个\n",
        "编号,6月累计完成,单位\nGY01,60,个\n",
        "指标,6月完成,单位\n新开工项目累计,60,个\n",
        "编号,1月完成,单位\nGY01,60,个\n",
    ],
    ids=["title", "header", "name", "january"],
)
def test_a_lone_month_that_is_cumulative(verify, text):
    targets = SMALL.replace("name: 新开工项目,", "name: 新开工项目, aliases: [新开工项目累计],")
    Path("targets.yaml").write_text(targets, encoding="utf-8")
    month = "2024-01" if "1月" in text else "2024-06"
    actual = by_code(verify(text))["GY01"]["actual"]
    assert (actual["value"], actual["period"]) == (60, month)


def test_a_unit_in_a_names_brackets(verify):
    document = verify("指标,实际值,期间\n开票销售（万元）,1500000,6月\n")
    assert value(document, "GY02") == 150
    assert document["findings"] == []


def test_usual_columns_are_passed_over_without_a_word(verify):
    document = verify(
        "序号,编号,年度目标,实际值,单位,同比,完成率,上年同期,牵头单位,期间\n"
        "1,GY01,100,60,个,5%,60%,50,发改委,6月\n"
    )
    assert document["findings"] == []


def test_several_notes_are_joined(verify):
    document = verify("编号,实际值,单位,期间,备注,未完成原因\nGY01,10,个,6月,甲,乙\n")
    assert by_code(document)["GY01"]["actual"]["note"] == "甲；乙"


def test_unknown_columns_are_said(verify):
    document = verify("编号,实际值,单位,期间,天气,\nGY01,60,个,6月,晴,\n")
    assert findings(document) == [("DT103", 1, "天气")]
    assert document["exit_code"] == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "空"),
        ("\n\n ,\n", "空"),
        ("项目,数据\n甲,1\n", "项目、数据"),
        ("编号,单位\nGY01,个\n", "实际值"),
        ("实际值,单位\n60,个\n", "编号"),
        ("GY01,60,个,2024-06\n", "GY01"),
    ],
)
def test_no_header(verify, text, said):
    (finding,) = (document := verify(text))["findings"]
    assert (finding["rule"], document["exit_code"]) == ("DT102", 2)
    assert said in finding["message"]


@pytest.mark.parametrize(
    "text",
    ["项目,数据\n", "编号,实际值,备用\nGY01,,60\n", b"\x00\xff"],
    ids=["DT102", "DT112", "DT101"],
)
def test_never_still_says_that_it_could_not_tell(verify, text):
    assert verify(text, options=("--fail-on", "never"))["exit_code"] == 2


@pytest.mark.parametrize(
    ("heads", "one", "other"),
    [
        ("编号,累计,累计完成", "累计", "累计完成"),
        ("编号,实际值,完成数", "实际值", "完成数"),
        ("编号,1-6月累计,上半年", "1-6月累计", "上半年"),
    ],
)
def test_two_columns_of_one_meaning(verify, heads, one, other):
    text = f"{heads}\nGY01,60,66\nCX01,40,40\n"
    (finding,) = (
        document := verify(text, names=("2024-06.csv",), options=("--ignore", "DT305,DT314"))
    )["findings"]
    assert (finding["rule"], finding["row"], document["exit_code"]) == ("DT104", 2, 1)
    for said in (f"“{one}”（60）", f"“{other}”（66）"):
        assert said in finding["message"]
    assert f"--column 实际值={one}" in finding["hint"]
    # Where both say the same there is nothing to choose.
    assert (value(document, "GY01"), value(document, "CX01")) == (None, 40)


def test_two_columns_of_codes_that_differ(verify):
    document = verify("编号,code,实际值,单位,期间\nGY01,CX01,60,个,6月\nCX01,CX01,40,家,6月\n")
    assert [(each["rule"], each["row"]) for each in document["findings"]] == [("DT104", 2)]
    assert (value(document, "GY01"), value(document, "CX01")) == (None, 40)
    assert document["exit_code"] == 1


def test_the_cumulative_column_goes_before_a_plain_one(verify):
    document = verify("编号,实际值,累计完成,单位,期间\nGY01,9,60,个,6月\n")
    assert value(document, "GY01") == 60
    (finding,) = document["findings"]
    assert (finding["rule"], finding["level"], finding["column"]) == ("DT318", "info", "实际值")


def test_a_month_has_a_column_of_its_own(verify):
    document = verify("编号,1-5月累计（个）,1-6月累计（个）\nGY01,50,66\n")
    actual = by_code(document)["GY01"]["actual"]
    assert (actual["value"], actual["period"], document["findings"]) == (66, "2024-06", [])
    document = verify("编号,1-5月累计（个）,1-6月累计（个）\nGY01,66,50\n")
    assert rules(document) == ["DT301"]  # May's figure is known, too


@pytest.mark.parametrize("text", ["编号,实际值\n", "编号,实际值", "标题\n编号,实际值\n\n,,\n"])
def test_a_header_without_rows(verify, text):
    document = verify(text)
    assert (rules(document), document["exit_code"]) == (["DT105"], 1)


def test_a_header_far_down_is_not_looked_for(verify):
    title = "标题\n" * 59
    assert value(verify(title + ROW), "GY01") == 60  # the 60th row
    document = verify("标题\n" + title + ROW)
    assert (rules(document), document["exit_code"]) == (["DT102"], 2)


def test_title_lines_above_the_header(verify):
    title = "东台市2024年量化目标报数表\n填报单位：发改委,,单位：个\n\n"
    assert value(verify(title + ROW), "GY01") == 60


# Rows


def rows(*lines: str) -> str:
    return "\n".join(("编号,指标,实际值,单位,期间,填报单位,下达目标,备注", *lines)) + "\n"


@pytest.mark.parametrize(
    ("line", "rule", "column"),
    [
        ("XX01,,1,个,6月,,,", "DT201", "编号"),
        (",造船,1,个,6月,,,", "DT201", "指标"),
        (",,1,个,6月,,,", "DT201", "编号"),
        ("GY99,新开工项目,60,个,6月,,,", "DT201", "编号"),
        ("GY01,,好,个,6月,,,", "DT202", "实际值"),
        ("GY01,,60,圆,6月,,,", "DT203", "单位"),
        ("GY01,,60,亿元,6月,,,", "DT204", "单位"),
        ("GY01,,60%,,6月,,,", "DT204", "实际值"),
        ("GY01,,60,个,二季度,,,", "DT205", "期间"),
        ("GY01,,60,个,2024-13,,,", "DT205", "期间"),
        ("GY01,,60,个,2023-06,,,", "DT206", "期间"),
        ("GY01,,60,个,Jun-25,,,", "DT206", "期间"),
        ("GY01,净增高企,60,个,6月,,,", "DT209", "编号"),
        ("GY01,,NaN,个,6月,,,", "DT210", "实际值"),
        ("GY01,,-1,个,6月,,,", "DT210", "实际值"),
        ("GY01,,1.5,个,6月,,,", "DT210", "实际值"),
    ],
)
def test_errors_of_a_row(verify, line, rule, column):
    document = verify(rows("CX01,,40,家,6月,,,", line))
    errors = [each for each in document["findings"] if each["level"] == "error"]
    assert [(each["rule"], each["row"], each["line"], each["column"]) for each in errors] == [
        (rule, 3, 3, column)
    ]
    assert errors[0]["message"]
    assert errors[0]["hint"]
    assert errors[0]["file"] == "1.csv"
    assert document["exit_code"] == 1
    assert value(document, "GY01") is None
    assert value(document, "CX01") == 40  # the others are judged all the same


def test_unknown_names_get_the_nearest(verify):
    document = verify(rows(",新开工好项目,60,个,6月,,,", "GY11,,60,个,6月,,,"))
    hints = [each["hint"] for each in document["findings"] if each["rule"] == "DT201"]
    assert "GY01 新开工项目" in hints[0]
    assert "GY01" in hints[1]


@pytest.mark.parametrize(
    "name",
    [
        "新开工项目",
        " 新开工 项目",
        "“新开工项目”",
        "1、新开工项目",
        "1.新开工项目",
        "（一）新开工项目",
        "一、新开工项目",
        "其中：新开工项目",
        "#新开工项目",
        "①新开工项目",
    ],
)
def test_names_as_forms_write_them(verify, name):
    document = verify(rows(f",{name},60,个,6月,,,"))
    assert value(document, "GY01") == 60
    assert document["findings"] == []


def test_aliases_and_small_codes(verify):
    document = verify(rows(",实际利用外资,0.6,亿美元,6月,,,", "ｇｙ01,,60,个,6月,,,"))
    assert (value(document, "CX03"), value(document, "GY01")) == (0.6, 60)


@pytest.mark.parametrize(
    "line",
    [
        "一、工业,,,,,,,",
        ",合计,,,,,,",
        "填报人：张三,,,,,,,",
        "注：数据为快报,,,,,,,",
        ",造船,—,个,6月,,,",
        "编号,指标,实际值,单位,期间,填报单位,下达目标,备注",
        ",总计,160,,,,,",
        "填报日期：2024年7月5日,,,,,,,",
        "甲,乙,1,2,3,4,5,6",
    ],
)
def test_rows_of_the_form_are_layout(verify, line):
    document = verify(rows("GY01,,60,个,6月,,,", line))
    assert findings(document) == [("DT311", 3, None)]
    assert document["exit_code"] == 0


def test_a_row_of_small_figures_is_no_row_of_column_numbers(verify):
    document = verify("编号,实际值,年度目标\n1,60,30\n")
    assert (rules(document), document["exit_code"]) == (["DT201"], 1)


@pytest.mark.parametrize("cell", ["", "—", "/", "未统计", "暂无", "待核", "－", "——"])
def test_not_available_is_no_data_and_not_zero(verify, cell):
    document = verify(rows(f"GY01,,{cell},个,6月,,,"))
    result = by_code(document)["GY01"]
    assert (result["status"], result["actual"]) == ("no_data", None)
    assert [each["level"] for each in document["findings"]] == ["info"]
    # A form with no figure in it moves no month.
    assert document["as_of"] == "2024-12"


@pytest.mark.parametrize("cell", ["", "—", "待核", "5O"])
def test_a_blank_form_does_not_move_the_month(verify, cell):
    document = verify(rows("GY01,,60,个,6月,,,", f"GY01,,{cell},个,7月,,,"))
    assert (document["as_of"], value(document, "GY01")) == ("2024-06", 60)


def test_a_refused_figure_does_move_the_month(verify):
    document = verify(rows("GY01,,60,个,6月,,,", "GY01,,70,家具,7月,,,"))
    assert document["as_of"] == "2024-07"
    assert by_code(document)["GY01"]["status"] == "no_data"


def test_zero_is_zero(verify):
    document = verify(rows("GY01,,0,个,6月,,,还没有开工"))
    assert by_code(document)["GY01"]["status"] == "behind"


def test_no_unit_no_period_other_bureau(verify):
    document = verify("编号,实际值,填报单位\nGY01,101,科技局\n")
    assert sorted(findings(document)) == [
        ("DT305", 2, "实际值"),
        ("DT307", 2, "填报单位"),
        ("DT308", 2, "期间"),
    ]
    # Whole year assumed.
    assert document["as_of"] == "2024-12"
    assert by_code(document)["GY01"]["status"] == "met"


def test_a_column_of_periods_left_blank_is_not_the_whole_year(verify):
    """Whoever has the column forgot to fill it in; that is no yearly form."""
    document = verify(rows("GY01,,101,个,,,,", "CX01,,40,家,,,,"))
    (found,) = document["findings"]
    assert (found["rule"], found["column"], found["code"]) == ("DT205", "期间", None)
    assert (found["count"], [each["row"] for each in found["places"]]) == (2, [2, 3])
    assert value(document, "GY01") is None
    document = verify(rows("GY01,,60,个,,,,"), options=("--as-of", "2024-06"))
    assert (value(document, "GY01"), document["findings"]) == (60, [])


@pytest.mark.parametrize(
    ("code", "bureau"),
    [
        ("GY01", "发展和改革委员会"),
        ("GY01", "发改委"),
        ("GY01", "市发改委"),
        ("GY01", "东台市发改委"),
        ("GY01", "东台市发展和改革委员会"),
        ("GY01", "发改 委"),
        ("GY01", "—"),
        ("CX04", "市场监督管理局"),
        ("CX04", "市市场监督管理局"),
        ("CX04", "东台市市场监督管理局"),
        ("CX04", "东台市场监督管理局"),
        ("CX04", "市监局"),
        ("CX04", "市市监局"),
        ("CX04", "东台市市监局"),
    ],
)
def test_bureaus_by_any_name(verify, code, bureau):
    unit = "个" if code == "GY01" else "件"
    assert findings(verify(rows(f"{code},,400,{unit},6月,{bureau},,")), "DT307") == []


@pytest.mark.parametrize(
    ("supplied", "actual", "status"),
    [
        ("3", "3.0", "on_track"),
        ("3%", "2.9", "behind"),
        ("下降3%", "下降3.1%", "on_track"),
        (">= 3 %", "3", "on_track"),
        ("> 3", "3", "behind"),
        ("~ 3", "2.9", "near"),
        ("3%以上", "3", "on_track"),
        ("2..3", "2", "on_track"),
    ],
)
def test_an_assigned_goal_is_read_with_the_goal_grammar(verify, supplied, actual, status):
    document = verify(rows(f"ST01,,{actual},%,6月,,{supplied},平"))
    assert by_code(document)["ST01"]["status"] == status
    assert document["findings"] == []


@pytest.mark.parametrize(
    ("supplied", "rule"),
    # A fall of less than nothing is none that anybody sets.
    [
        ("三成", "DT202"),
        ("assigned %", "DT202"),
        ("很多", "DT202"),
        ("-3", "DT202"),
        ("3家", "DT204"),
    ],
)
def test_an_assigned_goal_that_is_none(verify, supplied, rule):
    document = verify(rows(f"ST01,,3,%,6月,,{supplied},"))
    assert findings(document) == [(rule, 2, "下达目标")]
    assert by_code(document)["ST01"]["status"] == "undecided"


def test_two_assigned_goals(verify):
    document = verify(rows("ST01,,3,%,6月,,3,", "ST01,,3,%,6月,,3.5,"))
    assert findings(document, "DT208") == [("DT208", 3, "下达目标")]
    assert by_code(document)["ST01"]["status"] == "undecided"


def test_every_different_assigned_goal_is_named(verify):
    document = verify(rows(*(f"ST01,,3,%,6月,,{goal}," for goal in (3, 4, 5))))
    (conflict,) = [each for each in document["findings"] if each["rule"] == "DT208"]
    assert all(f"≥{goal}%" in conflict["message"] for goal in (3, 4, 5))
    assert conflict["count"] == 3


@pytest.mark.parametrize(
    ("header", "goal", "unit"),
    # 50000万元 and 5亿元 are one goal, which 4亿元 misses and 50001万元 meets.
    [
        ("下达目标（万元）", "50000", "亿元"),
        ("下达目标", "≥5亿元", "亿元"),
        ("下达目标", "50000", "万元"),
    ],
)
def test_the_unit_of_an_assigned_goal(run, tmp_path, header, goal, unit):
    targets = write(
        tmp_path / "t.yaml",
        SMALL.replace("assigned %, measure: rate", "assigned 亿元, measure: flow"),
    )
    for written, status in (("4亿元", "missed"), ("50001万元", "met")):
        actual = written if unit == "亿元" else {"4亿元": "40000", "50001万元": "50001"}[written]
        column = "" if unit == "亿元" else unit
        path = write(
            tmp_path / "a.csv",
            f"编号,实际值,单位,期间,{header},备注\nST01,{actual},{column},12月,{goal},无\n",
        )
        document = run("verify", path, "--targets", targets, "--format", "json").json
        assert by_code(document)["ST01"]["goal"]["value"] == 5
        assert by_code(document)["ST01"]["status"] == status


def test_an_assigned_goal_for_a_target_that_has_its_own(verify):
    document = verify(rows("GY01,,60,个,6月,,200,"))
    assert findings(document) == [("DT311", 2, "下达目标")]
    assert by_code(document)["GY01"]["goal"]["value"] == 100


def test_the_same_assigned_goal_twice(verify):
    document = verify(rows("ST01,,3,%,5月,,3,", "ST01,,3,%,6月,,3.0%,"))
    assert findings(document, "DT208") == []
    assert by_code(document)["ST01"]["goal"] == {
        "op": ">=",
        "value": 3,
        "high": None,
        "unit": "%",
        "text": "≥3%",
    }


# Repeats, conflicts, corrections


def test_the_same_row_twice(verify):
    document = verify(
        rows(
            "CX03,,6000,万美元,6月,,,", "CX03,,0.6,亿美元,2024-06,,,", "CX03,,0.6,亿美元,上半年,,,"
        )
    )
    (finding,) = document["findings"]
    assert (finding["rule"], finding["row"], finding["code"]) == ("DT207", 3, "CX03")
    assert finding["count"] == 2  # two rows more than needed
    assert value(document, "CX03") == 0.6
    assert document["exit_code"] == 0


def test_two_different_values_use_none(verify):
    document = verify(rows("GY01,,60,个,6月,,,", "GY01,,66,个,6月,,,"))
    (finding,) = document["findings"]
    assert (finding["rule"], finding["row"], finding["count"]) == ("DT208", 3, 2)
    assert "60个" in finding["message"]
    assert "66个" in finding["message"]
    assert by_code(document)["GY01"]["status"] == "no_data"
    assert document["exit_code"] == 1


def test_every_row_of_a_conflict_is_counted(verify):
    # Five rows, none used: two of 60, two of 66, one of 70.
    values = ("60", "60", "66", "70", "66")
    document = verify(rows(*(f"GY01,,{each},个,6月,,," for each in values)))
    (finding,) = document["findings"]
    assert (finding["rule"], finding["count"]) == ("DT208", 5)


def test_a_conflict_in_one_month_leaves_the_others(verify):
    document = verify(rows("GY01,,50,个,5月,,,", "GY01,,60,个,6月,,,", "GY01,,66,个,6月,,,"))
    result = by_code(document)["GY01"]
    # June is the newest readable period; May's figure is shown, not judged.
    assert document["as_of"] == "2024-06"
    assert (result["status"], result["actual"]["value"]) == ("no_data", 50)
    assert "DT304" in rules(document)


# A row older than its folder is said to be late (DT312), which is not the matter here.
LATE_IS_FINE = ("--ignore", "DT312")


def test_a_later_folder_corrects(verify):
    document = verify(
        HEAD + "GY01,60,个,2024-06,\n",
        HEAD + "GY01,58,个,2024-06,\nGY01,70,个,2024-07,\n",
        names=("2024-06/a.csv", "2024-07/a.csv"),
        options=LATE_IS_FINE,
    )
    (finding,) = document["findings"]
    assert (finding["rule"], finding["level"], finding["file"]) == (
        "DT310",
        "info",
        "2024-07/a.csv",
    )
    assert (document["as_of"], document["exit_code"]) == ("2024-07", 0)
    assert value(document, "GY01") == 70


@pytest.mark.parametrize(
    "names", [("2024-06/a.csv", "2024-07/a.csv"), ("2024-07/a.csv", "2024-06/a.csv")]
)
def test_a_correction_does_not_depend_on_the_order_of_the_files(verify, names):
    values = {"2024-06/a.csv": 60, "2024-07/a.csv": 58}
    document = verify(
        *(f"{HEAD}GY01,{values[name]},个,2024-06,\n" for name in names),
        names=names,
        options=LATE_IS_FINE,
    )
    assert (rules(document), value(document, "GY01")) == (["DT310"], 58)


def test_files_of_one_folder_conflict(verify):
    document = verify(
        HEAD + "GY01,60,个,2024-06,\n",
        HEAD + "GY01,58,个,2024-06,\n",
        names=("2024-06/a.csv", "2024-06/b.csv"),
    )
    (finding,) = document["findings"]
    assert (finding["rule"], finding["file"]) == ("DT208", "2024-06/b.csv")
    assert value(document, "GY01") is None


def test_a_later_folder_settles_a_conflict(verify):
    document = verify(
        HEAD + "GY01,60,个,2024-06,\nGY01,61,个,2024-06,\n",
        HEAD + "GY01,58,个,2024-06,\n",
        names=("2024-06/a.csv", "2024-07/a.csv"),
        options=LATE_IS_FINE,
    )
    (finding,) = document["findings"]
    assert (finding["rule"], finding["count"]) == ("DT310", 2)  # both old rows are replaced
    assert "60个" in finding["message"]
    assert "61个" in finding["message"]
    assert value(document, "GY01") == 58


def test_a_conflict_in_the_later_folder_counts_the_earlier_row_too(verify):
    document = verify(
        HEAD + "GY01,60,个,2024-06,\n",
        HEAD + "GY01,58,个,2024-06,\nGY01,59,个,2024-06,\n",
        names=("2024-06/a.csv", "2024-07/a.csv"),
        options=LATE_IS_FINE,
    )
    assert [(each["rule"], each["count"]) for each in document["findings"]] == [("DT208", 3)]
    assert value(document, "GY01") is None


def test_the_same_value_in_a_later_folder_says_nothing(verify):
    """Ledgers repeat the old months from file to file; a row pasted twice is still a repeat."""
    ledger = HEAD + "GY01,60,个,2024-06,\n"
    names = ("2024-06/a.csv", "2024-07/a.csv")
    document = verify(ledger, ledger, names=names, options=LATE_IS_FINE)
    assert (rules(document), value(document, "GY01")) == ([], 60)
    twice = ledger + "GY01,60,个,2024-06,\n"
    (finding,) = verify(twice, ledger, names=names, options=LATE_IS_FINE)["findings"]
    assert (finding["rule"], finding["count"]) == ("DT207", 1)
    assert (finding["file"], finding["row"]) == ("2024-06/a.csv", 3)


def test_a_file_without_a_period_in_its_path_belongs_to_the_period_it_reports(verify):
    document = verify(
        HEAD + "GY01,60,个,2024-06,\n",
        HEAD + "GY01,58,个,2024-06,\n",
        names=("a.csv", "2024-07/a.csv"),
        options=LATE_IS_FINE,
    )
    assert (rules(document), value(document, "GY01")) == (["DT310"], 58)


def test_twenty_places_at_most(tmp_path):
    file = load_targets(write(tmp_path / "targets.yaml", SMALL))
    differing = "".join(f"GY01,{60 + (number > 25)},个,6月,\n" for number in range(60))
    same = "".join("CX01,40,家,6月,\n" for _ in range(60))
    path = write(tmp_path / "many.csv", HEAD + differing + same)
    found = {each.rule.id: each for each in read_submissions([str(path)], file).findings}
    assert (found["DT208"].count, 1 + len(found["DT208"].more)) == (60, 20)
    assert (found["DT207"].count, 1 + len(found["DT207"].more)) == (59, 20)


# Where a period comes from


def test_the_files_name_gives_the_period_before_its_folder(verify):
    document = verify("编号,实际值,单位\nGY01,60,个\n", names=("2024-06/报数-2024-05.csv",))
    assert by_code(document)["GY01"]["actual"]["period"] == "2024-05"
    # The whole file is older than its folder; said is where the month was taken from, too.
    assert sorted(rules(document)) == ["DT312", "DT314"]


def test_a_file_of_a_later_month_than_its_folder(verify):
    document = verify("编号,实际值,单位\nGY01,60,个\n", names=("2024-05/报数-2024-06.csv",))
    assert (rules(document), value(document, "GY01")) == (["DT211"], None)


@pytest.mark.parametrize(("name", "period"), [("a.csv", "2024-09"), ("2024-08/a.csv", "2024-08")])
def test_as_of_gives_the_period_after_the_path(verify, name, period):
    document = verify(
        "编号,实际值,单位\nGY01,80,个\n", names=(name,), options=("--as-of", "2024-09")
    )
    assert by_code(document)["GY01"]["actual"]["period"] == period


def test_a_path_of_another_year(verify):
    assert rules(verify("编号,实际值,单位\nGY01,60,个\n", names=("2023-12/a.csv",))) == ["DT206"]


def test_rows_after_as_of_are_left_out(verify):
    later = ("GY01,,70,个,7月,,,", "CX01,,很多,家,7月,,,", "XX01,,1,个,7月,,,", "CX03,,1,个,7月,,,")
    document = verify(rows("GY01,,60,个,6月,,,", *later), options=("--as-of", "2024-06"))
    assert value(document, "GY01") == 60
    assert findings(document) == [("DT311", row, "期间") for row in (3, 4, 5, 6)]
    assert document["exit_code"] == 0


# Several files, standard input


def test_an_unreadable_file_does_not_hide_the_others(verify):
    document = verify(b"\x00\xff\x01", ROW)
    assert value(document, "GY01") == 60
    assert (rules(document), document["exit_code"]) == (["DT101"], 2)


@pytest.mark.parametrize("name", ["没有.csv"])
def test_a_file_that_is_not_there(verify, name):
    document = verify(ROW, options=(name,))
    assert (rules(document), document["exit_code"]) == (["DT101"], 2)
    assert document["findings"][0]["file"] == name
    assert value(document, "GY01") == 60


def test_standard_input(verify, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ROW.encode("gb18030"))))
    actual = by_code(verify(options=("-",)))["GY01"]["actual"]
    assert (actual["value"], actual["file"]) == (60, "标准输入")


@pytest.mark.posix("pipes with names")
def test_a_named_pipe_is_read_once(tmp_path):
    file = load_targets(write(tmp_path / "targets.yaml", SMALL))
    os.mkfifo(tmp_path / "pipe")
    writing = threading.Thread(
        target=(tmp_path / "pipe").write_bytes, args=(ROW.encode("gb18030"),)
    )
    writing.start()
    submissions = read_submissions([str(tmp_path / "pipe")], file)
    writing.join()
    assert submissions.actuals["GY01"][6].value == 60


def test_files_and_standard_input_together(verify, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ROW.encode())))
    document = verify(HEAD + "CX01,40,家,6月,\n", options=("-",))
    assert (value(document, "GY01"), value(document, "CX01")) == (60, 40)


def test_files_are_watched_while_they_are_read(tmp_path):
    """A bar of progress that is asked for all files first has nothing to show."""
    paths = [
        str(write(tmp_path / name, rows(f"{code},,1,,6月,,,")))
        for name, code in (("1.csv", "GY01"), ("2.csv", "CX01"))
    ]

    def watch(files):
        for path in files:
            yield path
            Path(path).unlink()

    file = load_targets(write(tmp_path / "targets.yaml", SMALL))
    submissions = read_submissions(paths, file, watch=watch)
    assert set(submissions.actuals) == {"GY01", "CX01"}


def test_nothing_is_dropped_in_silence(tmp_path):
    """Each row ends as an accepted actual or in a finding at its row."""
    lines = (
        "GY01,,60,个,6月,,,",
        "GY01,,60,个,6月,,,",
        "CX01,,1,家,6月,,,",
        "CX01,,2,家,6月,,,",
        "CX01,,1,家,6月,,,",
        "一、工业,,,,,,,",
        "CX03,,—,亿美元,6月,,,",
        "XX,,1,个,6月,,,",
        "GY03,,6.6,%,6月,,,",
        "GY02,,1,个,6月,,,",
        ",,7,,,,,",
        "CX04,,3,件,二季度,,,",
    )
    file = load_targets(write(tmp_path / "targets.yaml", SMALL))
    submissions = read_submissions([str(write(tmp_path / "a.csv", rows(*lines)))], file)
    used = {each.place.row for months in submissions.actuals.values() for each in months.values()}
    said = {place.row for each in submissions.findings for place in (each.place, *each.more)}
    assert used == {2, 10}
    assert used | said >= set(range(2, 14))
