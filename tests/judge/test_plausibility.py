"""Doubtful figures: what is flagged, on which row, what it probably was, and what is not."""

from __future__ import annotations

import pytest

HEAD = "编号,实际值,单位,期间,备注\n"


@pytest.fixture
def found(run, tmp_path):
    """Return the findings of rows, as (rule, row, hint), without those of other families."""

    def finding(*rows: str):
        path = tmp_path / "a.csv"
        path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
        report = run("verify", path, "--format", "json").json
        return [
            (each["rule"], each["row"], each["hint"])
            for each in report["findings"]
            if each["rule"] in ("DT301", "DT302", "DT309")
        ]

    return finding


def test_a_cumulative_figure_that_falls(found):
    rules = [(rule, row) for rule, row, _ in found("GY01,50,个,5月,", "GY01,49,个,6月,")]
    assert rules == [("DT301", 3)]
    assert found("GY01,50,个,5月,", "GY01,50,个,6月,") == []


@pytest.mark.parametrize("code", ["CX01", "CX02", "ZH02"])
def test_what_may_fall(code, found):
    """A net increase, a total and a growth rate may be less than the month before."""
    unit = "%" if code == "ZH02" else "家"
    assert found(f"{code},40,{unit},5月,", f"{code},39,{unit},6月,") == []


def test_the_order_of_rows_does_not_matter(found):
    rules = [(rule, row) for rule, row, _ in found("GY01,49,个,6月,", "GY01,50,个,5月,")]
    assert rules == [("DT301", 2)]


@pytest.mark.parametrize(
    ("added", "total", "broken"),
    [
        ("GY17,50", "GY18,810", False),  # 760 + 50
        ("GY17,50", "GY18,805", False),  # five dropped out
        ("GY17,50", "GY18,811", True),
        ("CX01,30", "CX02,403", False),  # 373 + 30, net: exact
        ("CX01,30", "CX02,402", True),
        ("CX01,30", "CX02,404", True),
        ("CX01,-3", "CX02,370", False),
    ],
)
def test_relations_between_submitted_figures(added, total, broken, found):
    rules = [rule for rule, *_ in found(f"{added},家,6月,", f"{total},家,6月,")]
    assert rules == (["DT309"] if broken else [])


def test_a_relation_needs_both_figures_of_one_month(found):
    assert found("GY17,50,家,5月,", "GY18,900,家,6月,") == []


def test_what_the_findings_say(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = [
        "GY01,50,个,5月,",
        "GY01,49,个,6月,慢",
        "CX15,950,亿美元,6月,",  # half of 19 are 9.5
        "GY17,50,家,6月,慢",
        "GY18,811,家,6月,",  # last year 760
        "CX01,30,家,6月,慢",
        "CX02,402,家,6月,慢",  # last year 373, net
        "GY10,29,个,6月,",
    ]
    (tmp_path / "a.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    report = run("verify", "a.csv", "--format", "json").json
    assert [
        (each["rule"], each["code"], each["row"], each["column"], each["message"], each["hint"])
        for each in report["findings"]
    ] == [
        ("DT301", "GY01", 3, "实际值", "GY01 新开工亿元以上项目 到 2024-06 累计 49个，比 2024-05 的 50个还少",
         "报 1 月起的累计数；2024-05 的数在 a.csv 第2行"),
        ("DT302", "CX15", 4, "实际值",
         "CX15 外贸进出口 报的是 950亿美元（写作“950亿美元”），是目标的 50.0 倍；目标是 ≥19亿美元",
         "可能是 9.5亿美元；没有错的，在备注说明"),
        ("DT309", "GY18", 6, "实际值", "GY18 规上工业企业总数 报 811家，应不超过上年末 760家 加 GY17 的 50家，即 810家",
         "核对总数和新增数（a.csv 第5行），口径不同的在备注说明"),
        ("DT309", "CX02", 8, "实际值", "CX02 国家高企总数 报 402家，应等于上年末 373家 加 CX01 的 30家，即 403家",
         "核对总数和新增数（a.csv 第7行），口径不同的在备注说明"),
        ("DT306", "GY10", 9, "备注", "欠序时或未完成，备注没有写原因", "在备注写明原因和下一步措施"),
    ]  # fmt: skip


def test_a_shortfall_wants_a_reason(run, tmp_path):
    path = tmp_path / "a.csv"
    rows = "GY01,49,个,6月,\nGY10,29,个,6月,设备未到\nGY11,150,亿元,6月,\n"
    path.write_text(HEAD + rows, encoding="utf-8")
    report = run("verify", path, "--format", "json").json
    where = [(f["row"], f["column"]) for f in report["findings"] if f["rule"] == "DT306"]
    # GY10 says why, GY11 is exactly on pace.
    assert where == [(2, "备注")]


def test_a_relation_converts_units(run, tmp_path):
    """Last year 10万户 plus 5000户 are 10.5万户, exactly so for a net increase."""
    targets = tmp_path / "targets.yaml"
    block = "{{code: GY0{}, name: {}, goal: '{}', measure: {}, phrase: 户, lead: 局}}"
    added = block.format(1, "净增用户", ">= 5000 户", "flow")
    total = block.format(2, "用户总数", ">= 10.5 万户", "level")
    targets.write_text(
        "format: 1\nplace: 某市\nyear: 2024\ntitle: 样\nbureaus: [{name: 局}]\n"
        f"sections: [{{code: GY, name: 工业, heading: 工业, targets: [{added}, {total}]}}]\n"
        "relations: [{total: GY02, added: GY01, last: 10 万户, net: true}]\n",
        encoding="utf-8",
    )
    path = tmp_path / "a.csv"
    for sum_, rules in (("10.5", []), ("10.4", ["DT309"])):
        path.write_text(HEAD + f"GY01,5000,户,6月,\nGY02,{sum_},万户,6月,慢\n", encoding="utf-8")
        report = run("verify", path, "--targets", targets, "--format", "json").json
        assert [each["rule"] for each in report["findings"]] == rules


def test_a_unit_is_quoted_once(run, tmp_path):
    (tmp_path / "a.csv").write_text(HEAD + "ZH02,650%,%,6月,\n", encoding="utf-8")
    (slip,) = run("verify", tmp_path / "a.csv", "--format", "json").json["findings"]
    assert (slip["rule"], "（写作“650%”）" in slip["message"]) == ("DT302", True)
