"""A letter to a bureau: what it reads of its own targets, and where its files have to be mended."""

from __future__ import annotations

import docx
import pytest
from making import write
from running import EXAMPLES
from test_word import JUNE, MAY, TARGETS, chapter, texts


@pytest.fixture
def letters(run, tmp_path):
    """Write the letters of hand-made months and return each as a document, by bureau."""

    def writing(months, *options):
        path = write(tmp_path / "t.yaml", TARGETS)
        for month, bureaus in months.items():
            for bureau, rows in bureaus.items():
                text = "编号,实际值,备注\n" + "".join(f"{row}\n" for row in rows)
                write(tmp_path / "s" / f"2025-{month:02d}" / f"{bureau}.csv", text)
        folder = tmp_path / "反馈"
        done = run(
            "digest", tmp_path / "s", "--targets", path, "--all-leads", "-o", folder, *options
        )
        made = {each.stem: docx.Document(str(each)) for each in folder.glob("*.docx")}
        return done, made

    return writing


def test_what_a_bureau_reads(letters):
    done, made = letters({5: MAY, 6: JUNE}, "--from", "县政府督查室", "--date", "2025年7月10日")
    assert (done.code, done.out) == (0, "")
    assert set(made) == {"发展和改革委员会", "商务局"}
    said = texts(made["商务局"])
    assert said[:3] == [
        "云山县2025年上半年《政府工作报告》\n量化目标完成情况反馈",
        "商务局：",
        (
            "现将你单位牵头的目标完成情况反馈如下。截至2025年6月底，全年时间已过50.0%。"
            "（1、2、3、4月没有收到任何数据。）"
            "量化目标共6项，其中达序时2项，占33.3%；欠序时3项，占50.0%；未完成1项，占16.7%。"
        ),
    ]
    assert chapter(made["商务局"], "缺口") == [
        "1. 较大事故：累计3起，突破控制数1起（不超过2起）。请说明原因和下一步措施。",
        "2. 实际利用外资：完成0.449亿美元，为年度目标的37.4%，低于序时进度12.6个百分点，后6个月每月需完成0.125亿美元。请说明原因和下一步措施。",
        "3. 高企：达到400家，距年度目标（500家以上）差100家。请说明原因和下一步措施。",
        "4. 物价涨幅：为3.2%，高于控制目标（不超过3%）0.2个百分点。请说明原因和下一步措施。",
    ]
    assert said[-8:-6] == ["县政府督查室", "2025年7月10日"]
    # Nothing of the others.
    everything = "".join(said)
    assert "新开工" not in everything
    assert "发展和改革委员会" not in everything
    own = [row.cells[0].text for row in made["发展和改革委员会"].tables[0].rows]
    assert own == ["编号", "经济：稳增长", "AA01", "AA02", "AA03", "AA04", "AA05"]
    gap = chapter(made["发展和改革委员会"], "缺口")
    # What was explained is repeated, not asked for.
    assert next(each for each in gap if "雨季" in each).endswith("原因：雨季影响土建。")


def test_what_to_mend_and_where(letters):
    june = {
        **JUNE,
        "商务局": ["BB01,较好,", "BB02,1,", "BB03,1,", "BB04,3,", "BB05,30,", "BB06,500,"],
        "发改委": [*JUNE["发改委"], "ZZ99,3,"],
    }
    _, made = letters({5: MAY, 6: june})
    [mend] = chapter(made["商务局"], "需要核对、更正的数")
    assert mend.startswith("2025-06/商务局.csv 第2行 “实际值”列：")
    [missing] = chapter(made["商务局"], "应报未报")
    assert missing == "实际利用外资（报来的数不能用；上次为5月：0.4亿美元，欠序时）。请补报。"
    [mend] = chapter(made["发展和改革委员会"], "需要核对、更正的数")
    assert mend.startswith("2025-06/发改委.csv 第7行 “编号”列：")
    assert "ZZ99" in mend
    assert not any("DT" in text for document in made.values() for text in texts(document))


def test_a_workbook_is_named_by_its_cell(letters, tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    for row in (["编号", "实际值"], ["BB01", "较好"], ["BB02", 1]):
        book.active.append(row)
    (tmp_path / "s/2025-06").mkdir(parents=True)
    book.save(tmp_path / "s/2025-06/商务局.xlsx")
    _, made = letters({5: MAY})
    [mend] = chapter(made["商务局"], "需要核对、更正的数")
    assert mend.startswith("2025-06/商务局.xlsx “Sheet”表 B2：")


def test_nothing_to_say(letters):
    june = {"商务局": ["BB01,0.6,", "BB02,1,", "BB03,1,", "BB04,3,", "BB05,30,", "BB06,500,"]}
    _, made = letters({6: june})
    for heading, said in (
        ("缺口", "没有缺口。"),
        ("应报未报", "没有。"),
        ("需要核对、更正的数", "没有。"),
    ):
        assert chapter(made["商务局"], heading) == [said]
    # Who sent nothing has everything to send.
    assert len(chapter(made["发展和改革委员会"], "应报未报")) == 5


def test_what_belongs_to_nobody_is_said_to_who_runs_it(letters, tmp_path):
    write(tmp_path / "s/2025-06/汇总.csv", "没有表头\n1\n")
    done, made = letters({6: JUNE})
    assert done.code == 2
    assert "另有 1 处问题认不出是哪个单位的，没有写进反馈" in done.err
    assert len(made) == 2


def test_only_the_chosen_targets(letters):
    _, made = letters({6: JUNE}, "--select", "BB")
    assert list(made) == ["商务局"]


def test_the_letters_of_the_example(run, tmp_path):
    """The year in examples/ has slips of the pen, which its maker lists with their rows."""
    done = run(
        "digest", EXAMPLES / "submissions", "--as-of", "2024-06", "--all-leads", "-o", tmp_path
    )
    assert "19 份反馈" in done.err
    housing = docx.Document(str(tmp_path / "住房和城乡建设局.docx"))
    [mend] = chapter(housing, "需要核对、更正的数")
    assert mend.startswith("2024-06/住房和城乡建设局.csv 第6行 “实际值”列等2处：")
    assert "26个、30个" in mend
    assert len(chapter(housing, "缺口")) == 2
