"""A file that was not understood never ends green: where nothing is read, it is an error."""

from __future__ import annotations

import pytest
from books import zipped
from forms import ALL_KINDS, KINDS, Form, check, of_level, used
from running import ROOT

TARGETS = ("--targets", str(ROOT / "targets.yaml"))
HEAD = "编号,指标,单位,实际值,期间"
FINE = f"{HEAD}\nGY01,新开工亿元以上项目,个,57,2024-06\n"
BLANK = f"{HEAD}\nGY10,新竣工亿元项目,个,,2024-06\n"
# The figures stand in a column that nobody knows.
ELSEWHERE = f"{HEAD},上报口\nGY10,新竣工亿元项目,个,,2024-06,36\nGY12,全口径工业开票销售,亿元,,2024-06,1120\n"


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_figures_in_a_column_that_nobody_knows(judge, kind):
    document = judge(Form(ELSEWHERE), kind=kind)
    assert (used(document), document["exit_code"]) == ({}, 2)
    assert any("上报口" in str(each) for each in of_level(document, "error"))


@pytest.mark.parametrize("options", [(), ("--fail-on", "never")])
def test_the_others_are_judged_all_the_same(judge, options):
    document = judge(Form(FINE), Form(ELSEWHERE, name="另表"), options=options)
    assert (used(document), document["exit_code"]) == ({"GY01": 57}, 2)
    assert {each["file"] for each in of_level(document, "error")} == {"另表.csv"}


def test_a_sheet_that_looks_like_a_form(judge):
    document = judge(Form({"项目": FINE, "工业": ELSEWHERE}), kind="xlsx")
    assert (used(document), document["exit_code"]) == ({"GY01": 57}, 2)
    assert any("工业" in str(each) for each in of_level(document, "error"))


def test_the_second_form_of_a_sheet(judge):
    document = judge(Form(FINE + "\n" + ELSEWHERE), kind="xlsx")
    assert (used(document), document["exit_code"]) == ({"GY01": 57}, 2)


@pytest.mark.parametrize(
    "text",
    [
        "2024年重点工作\n填报说明：请在下表填写。\n",
        "联系人,电话\n张三,13800000000\n",
        "序号,单位名称\n1,发改委\n2,科技局\n",
    ],
    ids=["words", "telephones", "a list"],
)
def test_a_sheet_that_is_no_form_does_no_harm(judge, text):
    form = Form({"项目": FINE, "说明": text}, {"GY01": 57})
    check(judge(form, kind="xlsx"), form)


BLANKS = {
    "blank": Form(BLANK, infos=((None, 2),)),
    "plan and last year": Form(
        """
编号,指标,年度目标,上年实绩,单位,期间,实际值,填报单位,备注
GY01,新开工亿元以上项目,100,91,个,2024-06,,发展和改革委员会,
GY10,新竣工亿元项目,60,50,个,2024-06,,发展和改革委员会,
"""
    ),
    "weights and marks": Form(
        """
序号,指标,单位,年度目标,权重,分值,实际值,期间
1,新开工亿元以上项目,个,100,0.3,30,,2024-06
2,新竣工亿元项目,个,60,0.2,20,,2024-06
"""
    ),
    "telephones and dates": Form(
        """
指标,单位,实际值,期间,联系电话,填报日期
新开工亿元以上项目,个,,2024-06,13800000000,2024-07-03
合计,,0,,,
"""
    ),
    "dashes": Form(f"{HEAD}\nGY01,新开工亿元以上项目,个,—,2024-06\n"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", BLANKS.values(), ids=BLANKS)
def test_blank_forms_are_no_files_that_were_not_read(judge, form, kind):
    check(judge(form, kind=kind), form)


@pytest.mark.parametrize("kind", KINDS)
def test_rows_that_have_errors_of_their_own_get_no_further_one(judge, kind):
    form = Form(
        f"{HEAD}\nXX01,,个,57,2024-06\nGY10,,桶,36,2024-06\nGY12,,个,1120,2024-06\n",
        errors=(("DT201", 2), ("DT203", 3), ("DT204", 4)),
        code=1,
    )
    check(judge(form, kind=kind), form)


def test_rows_later_than_as_of_are_read(judge):
    form = Form(FINE, options=("--as-of", "2024-05"))
    check(judge(form), form)


def test_rows_that_are_repeated_or_replaced_are_read(judge):
    forms = (Form(FINE, name="2024-06/发改委"), Form(FINE, {"GY01": 57}, name="2024-06/副本"))
    document = judge(*forms)
    assert (used(document), document["exit_code"]) == ({"GY01": 57}, 0)
    newer = Form(FINE.replace("57", "58"), name="2024-07/发改委")
    document = judge(forms[0], newer)
    assert (used(document), document["exit_code"]) == ({"GY01": 58}, 0)


def folder(run, tmp_path, monkeypatch, files):
    """Return the report on a folder of ``files`` by name."""
    monkeypatch.chdir(tmp_path)
    for name, content in files.items():
        path = tmp_path / "报数" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = run("verify", "报数", *TARGETS, "--format", "json")
    assert done.json["exit_code"] == done.code
    return done.json


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("扫描件.pdf", b"%PDF-1.4\n"),
        ("情况说明.docx", zipped({"word/document.xml": "<w/>"})),
        ("各局报表.zip", zipped({"a.csv": FINE})),
        ("网页导出.html", "<html><table><tr><td>57</td></tr></table></html>"),
    ],
)
def test_documents_of_a_folder_are_named(run, tmp_path, monkeypatch, name, content):
    document = folder(
        run, tmp_path, monkeypatch, {"2024-06/发改委.csv": FINE, f"2024-06/{name}": content}
    )
    assert (used(document), document["exit_code"]) == ({"GY01": 57}, 0)
    found = of_level(document, "warning")
    assert [(each["rule"], each["file"].rsplit("/", 1)[-1]) for each in found] == [("DT107", name)]


def test_the_rest_of_a_folder_is_named_in_one_place(run, tmp_path, monkeypatch):
    others = {f"2024-06/{name}": b"\xff\xd8\xff" for name in ("现场.mov", "合影.psd", "会议.mp4")}
    document = folder(run, tmp_path, monkeypatch, {"2024-06/发改委.csv": FINE, **others})
    assert (used(document), document["exit_code"]) == ({"GY01": 57}, 0)
    assert of_level(document, "warning") == []
    infos = [each for each in of_level(document, "info") if "现场.mov" in str(each)]
    assert len(infos) == 1
    assert all(name in str(infos[0]) for name in ("合影.psd", "会议.mp4"))


def test_a_table_that_is_not_read_is_an_error_in_a_folder_too(run, tmp_path, monkeypatch):
    files = {"2024-06/发改委.csv": FINE, "2024-06/工信局.csv": ELSEWHERE}
    document = folder(run, tmp_path, monkeypatch, files)
    assert (used(document), document["exit_code"]) == ({"GY01": 57}, 2)


def test_a_list_in_a_folder_can_be_taken_out(run, tmp_path, monkeypatch):
    files = {"2024-06/发改委.csv": FINE, "2024-06/通讯录.csv": "姓名,房间\n张三,301\n"}
    document = folder(run, tmp_path, monkeypatch, files)
    assert document["exit_code"] == 2
    done = run("verify", "报数", *TARGETS, "--format", "json", "--exclude", "通讯录.csv")
    assert (used(done.json), done.code) == ({"GY01": 57}, 0)
