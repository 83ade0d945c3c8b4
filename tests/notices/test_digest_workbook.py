"""The digest as a workbook: what its sheets hold, and how they are laid out."""

from __future__ import annotations

import io

import pytest
from making import write
from openpyxl import load_workbook
from running import EXAMPLES
from test_word import JUNE, MAY, TARGETS

from dtcheck.actuals import read_submissions
from dtcheck.digest import build_digest
from dtcheck.judge import Policy
from dtcheck.notices import DigestStyle, write_digest
from dtcheck.targets import load_targets

SHEETS = ["总表", "缺口", "分单位", "报送情况", "存疑清单", "逐月"]


@pytest.fixture
def book(tmp_path):
    """Return the workbook of months of rows by bureau."""

    def making(months, **policy):
        path = write(tmp_path / "t.yaml", TARGETS)
        for month, bureaus in months.items():
            for bureau, rows in bureaus.items():
                text = "编号,实际值,备注,整改措施\n" + "".join(f"{row}\n" for row in rows)
                write(tmp_path / "s" / f"2025-{month:02d}" / f"{bureau}.csv", text)
        file = load_targets(path)
        digest = build_digest(
            file, read_submissions([str(tmp_path / "s")], file), policy=Policy(**policy)
        )
        return opened(digest)

    return making


def opened(digest):
    return load_workbook(io.BytesIO(write_digest("xlsx", digest, DigestStyle()).content))


def rows_of(sheet):
    """Return the rows below the heads as dicts, up to the first blank one."""
    heads = [cell.value for cell in sheet[3]]
    found = []
    for row in sheet.iter_rows(min_row=4, max_col=len(heads)):
        if all(cell.value is None for cell in row):
            break
        found.append(dict(zip(heads, (cell.value for cell in row), strict=True)))
    return found


def june(rows):
    return {name: list(each) for name, each in JUNE.items()} | rows


def test_all_targets_with_lights_as_fills_and_signs(book):
    made = book(
        {5: MAY, 6: june({"商务局": ["BB01,0.449,外方推迟,每周对接", *JUNE["商务局"][1:]]})}
    )
    assert made.sheetnames == SHEETS
    sheet = made["总表"]
    rows = {row["编号"]: row for row in rows_of(sheet)}
    assert list(rows) == [f"AA0{n}" for n in range(1, 6)] + [f"BB0{n}" for n in range(1, 7)]
    # Numbers are numbers: 0.449 of 1.2 is 37.4 %.
    assert rows["BB01"] == {
        "编号": "BB01", "指标": "实际利用外资", "板块": "开放", "牵头单位": "商务局", "目标": "≥1.2亿美元",
        "实际": 0.449, "单位": "亿美元", "数据月份": "6月", "完成率": pytest.approx(0.449 / 1.2),
        "距序时": "-12.6个百分点", "状态": "× 欠序时", "上期状态": "△ 欠序时", "原因": "外方推迟", "措施": "每周对接",
    }  # fmt: skip
    assert rows["BB02"]["距序时"] == "突破控制数1起"
    assert (rows["BB06"]["上期状态"], rows["BB06"]["完成率"]) == ("– 未填报", 0.8)
    fills = {row[0].value: row[10].fill.fgColor.rgb[-6:] for row in sheet.iter_rows(min_row=4)}
    assert (fills["BB01"], fills["BB04"], fills["BB03"]) == ("F4B6B6", "FFE699", "C6E0B4")


def test_gaps_worst_first(book):
    rows = rows_of(book({5: MAY, 6: JUNE})["缺口"])
    # The limit that was exceeded; then 50, 17, 12.6, 10 and 10 points, 107.7 % of a rate's goal.
    assert [row["编号"] for row in rows] == [
        "BB02",
        "AA04",
        "AA02",
        "AA05",
        "BB01",
        "AA01",
        "AA03",
        "BB06",
        "BB04",
    ]
    first = rows[2]
    assert (first["实际"], first["落后"], first["每月需"], first["年底预计"]) == (
        0,
        "50.0个百分点",
        "还需2家",
        "0家",
    )
    assert (rows[5]["起始"], rows[5]["原因"]) == ("5月起", "雨季影响土建。")


def test_bureaus_and_what_they_submitted(book, tmp_path):
    write(tmp_path / "s/2025-06/商务局补充.csv", "没有表头\n1\n")
    made = book({5: MAY, 6: june({"商务局": ["BB01,较好,", *JUNE["商务局"][1:4]]})})
    [trade, plan] = rows_of(made["分单位"])
    # 1 of 6 is kept: the accidents of the general kind.
    assert (trade["牵头单位"], trade["指标"], trade["达标率"]) == (
        "商务局",
        6,
        pytest.approx(1 / 6),
    )
    assert (plan["牵头单位"], plan["欠序时"], plan["达标率"]) == ("发展和改革委员会", 5, 0)
    rows = {row["单位"]: row for row in rows_of(made["报送情况"])}
    assert rows["商务局"] == {
        "单位": "商务局", "应报": 6, "已报": 3, "不能用": 1, "未报": 2, "未读出的文件": 1,
        "应报未报的指标": "BB01 实际利用外资（报来的数不能用；上次为5月：0.4亿美元，欠序时）、"
        "BB05 新增外贸企业（上次为5月：20家，欠序时）、BB06 高企",
    }  # fmt: skip
    assert rows["合计"]["应报"] == 11


def test_doubts_with_file_row_and_rule(book):
    made = book({5: MAY, 6: june({"商务局": ["BB01,较好,", *JUNE["商务局"][1:], "ZZ99,3,"]})})
    rows = rows_of(made["存疑清单"])
    [refused] = [row for row in rows if row["规则"] == "DT202"]
    assert (refused["单位"], refused["编号"], refused["文件"]) == (
        "商务局",
        "BB01",
        "2025-06/商务局.csv",
    )
    assert (refused["行"], refused["列"], refused["级别"], refused["处数"]) == (
        2,
        "实际值",
        "错误",
        1,
    )
    [unknown] = [row for row in rows if row["规则"] == "DT201"]
    assert (unknown["单位"], unknown["行"], unknown["报送月份"]) == ("商务局", 8, "6月")
    # Silence is no doubt: it is counted as 未填报.
    assert not [row for row in rows if row["规则"] == "DT304"]


def test_where_a_correction_stands_is_in_the_internal_list(book, tmp_path):
    write(tmp_path / "s/2025-06/发改委更正.csv", "编号,实际值,期间\nAA01,35,2025-05\n")
    made = book({5: MAY, 6: JUNE})
    last = rows_of(made["存疑清单"])[-1]
    assert (last["规则"], last["文件"], last["行"]) == ("DT310", "2025-06/发改委更正.csv", 2)
    below = [row[0].value for row in made["报送情况"].iter_rows(min_row=7) if row[0].value]
    assert below[-1] == "AA01 新开工亿元以上项目：5月的数由30个更正为35个，5月底仍为欠序时。"


def test_what_the_configuration_ignores_is_said(book):
    made = book({6: JUNE}, ignore=frozenset({"DT306"}), reasons={"DT306": "年底一并说明"})
    assert "DT306" not in {row["规则"] for row in rows_of(made["存疑清单"])}
    assert (
        "按设置不看、没有列出的问题：DT306 没有完成，也没有说明原因（年底一并说明）。"
        in made["存疑清单"]["A2"].value
    )


def test_months_side_by_side(book):
    sheet = book({5: MAY, 6: JUNE})["逐月"]
    assert [cell.value for cell in sheet[3]] == ["类别", "名称", "5月", "6月"]
    rows = {row["名称"]: (row["类别"], row["5月"], row["6月"]) for row in rows_of(sheet)}
    # May: 经济 1 of 5 kept; 开放 3 of 6: two limits and prices. June: none, and 2 of 6.
    assert rows["经济"] == ("板块", pytest.approx(0.2), 0)
    assert rows["开放"] == ("板块", pytest.approx(0.5), pytest.approx(1 / 3))
    assert rows["全部指标"] == ("合计", pytest.approx(4 / 11), pytest.approx(2 / 11))
    assert sheet["C4"].number_format == "0.0%"


@pytest.mark.parametrize("name", SHEETS)
def test_ready_to_print_to_filter_and_to_scroll(book, name):
    sheet = book({5: MAY, 6: JUNE})[name]
    assert sheet.page_setup.paperSize == 9
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes.endswith("4")
    first, _, last = sheet.auto_filter.ref.partition(":")
    assert first == "A3"
    # A sum is not filtered away with what it sums.
    assert sheet[last].column == sheet.max_column
    assert [cell.value for cell in sheet[3] if cell.value] == [cell.value for cell in sheet[3]]


def test_no_formula_of_a_clerks_and_the_same_bytes(book, tmp_path):
    made = book({6: {"发改委": ["AA01,40,=1+1,@x", "AA02,0,-加班,+x"]}})
    cells = [cell for sheet in made for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    said = {
        cell.value: cell.quotePrefix
        for cell in cells
        if cell.value in ("=1+1", "@x", "-加班", "+x")
    }
    assert said == dict.fromkeys(("=1+1", "@x", "-加班", "+x"), True)
    file = load_targets(tmp_path / "t.yaml")
    digest = build_digest(file, read_submissions([str(tmp_path / "s")], file))
    twice = [write_digest("xlsx", digest, DigestStyle()).content for _ in range(2)]
    assert twice[0] == twice[1]


def test_by_the_name_of_the_output(run, tmp_path):
    out = tmp_path / "a.xlsx"
    done = run("digest", EXAMPLES / "submissions", "--as-of", "2024-06", "-o", out)
    assert (done.code, done.out, done.err) == (0, "", "")
    assert load_workbook(out).sheetnames == SHEETS
    done = run("digest", EXAMPLES / "submissions", "--format", "xlsx")
    assert (done.code, "工作簿要用 -o" in done.err) == (2, True)
    done = run("digest", EXAMPLES / "submissions", "-o", out, "--masthead", "督查通报")
    assert (done.code, "--masthead 只用于 Word 文件" in done.err) == (2, True)
