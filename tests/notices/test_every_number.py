"""Every number of one month against an oracle, in text, page, Word file and workbook alike."""

from __future__ import annotations

import io
import re
from fractions import Fraction

import docx
import pytest
from digest_oracle import counts, load, rounded, short
from lxml import html
from openpyxl import load_workbook
from running import EXAMPLES, ROOT

from dtcheck.actuals import Period, read_submissions
from dtcheck.digest import build_digest
from dtcheck.notices import DigestStyle, render_digest, write_digest

MONTH = 6
NAMED = ("已完成", "达序时", "欠序时", "未填报")
OTHERS = ("基本达到", "进行中", "未到期", "待定")
SHORT = ("欠序时", "未完成")
STYLE = DigestStyle()


@pytest.fixture(scope="module")
def oracle():
    return load(ROOT, MONTH)


@pytest.fixture(scope="module")
def printed():
    return [load(ROOT, month) for month in range(1, MONTH + 1)]


@pytest.fixture(scope="module")
def digest(real):
    read = read_submissions([str(EXAMPLES / "submissions")], real, filed_by=Period(2024, MONTH))
    return build_digest(real, read)


def of_markdown(digest):
    """Yield the tables of a text, each as rows of cells."""
    table = []
    for line in (*render_digest("markdown", digest, STYLE).splitlines(), ""):
        if line.startswith("|"):
            cells = [re.sub(r"\\(.)", r"\1", cell.strip()) for cell in line.strip("|").split("|")]
            if not set("".join(cells)) <= set(":-"):
                table.append(cells)
        elif table:
            yield table
            table = []


def of_page(digest):
    """Yield the tables of a page; what its first column says is without the lamp's sign."""
    for table in html.document_fromstring(render_digest("html", digest, STYLE)).xpath("//table"):
        rows = table.xpath(".//tr[not(contains(@class, 'said'))]")
        yield [
            [" ".join(cell.text_content().split()) for cell in row.xpath("th|td")] for row in rows
        ]


def of_word(digest):
    document = docx.Document(io.BytesIO(write_digest("docx", digest, STYLE).content))
    for table in document.tables:
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        # What stands over a section of the targets takes the whole width.
        yield [row for row in rows if len(set(row)) > 1]


def of_workbook(digest):
    book = load_workbook(io.BytesIO(write_digest("xlsx", digest, STYLE).content))
    for sheet in book:
        rows = [[_shown(cell) for cell in row] for row in sheet.iter_rows(min_row=3)]
        yield [row for row in rows if any(row)]


def _shown(cell):
    if isinstance(cell.value, str) or cell.value is None:
        return cell.value or ""
    if cell.number_format == "0.0%":
        return rounded(Fraction(str(cell.value)).limit_denominator(10**9) * 100, 1) + "%"
    return short(Fraction(str(cell.value)), 6)


READERS = {"markdown": of_markdown, "page": of_page, "word": of_word, "workbook": of_workbook}


@pytest.fixture(scope="module", params=READERS)
def found(request, digest):
    """Return the tables of a rendering as lists of dicts, by their first head."""
    by_head: dict[str, list[dict[str, str]]] = {"": []}
    for heads, *rows in READERS[request.param](digest):
        wide = [row for row in rows if len(row) == len(heads)]
        for key in heads:
            by_head.setdefault(key, []).extend(dict(zip(heads, row, strict=True)) for row in wide)
    by_head["name"] = [{"": request.param}]
    return by_head


def share(chosen, month):
    now = counts(chosen, month)
    judged = sum(now.values()) - now["进行中"] - now["未到期"] - now["待定"]
    return (
        "–"
        if not judged
        else rounded(Fraction(now["已完成"] + now["达序时"], judged) * 100, 1) + "%"
    )


def check_counts(row, chosen):
    now = counts(chosen, MONTH)
    assert int(row["指标"]) == len(chosen)
    for status in NAMED:
        assert int(row[status]) == now[status], row
    assert int(row["其他"]) == sum(now[each] for each in OTHERS)
    assert row["达标率"] in (share(chosen, MONTH), "") or not row["达标率"]
    # In June nothing was 未完成, and so it has no column.
    assert "未完成" not in row


def test_bureaus(oracle, found):
    rows = [row for row in found["牵头单位"] if "其他" in row]
    assert [row["牵头单位"] for row in rows] == list(dict.fromkeys(row["牵头单位"] for row in rows))
    assert {row["牵头单位"] for row in rows} == {each.lead for each in oracle.values()}
    for row in rows:
        check_counts(row, [each for each in oracle.values() if each.lead == row["牵头单位"]])


def test_sections(oracle, found):
    rows = [row for row in found.get("板块", ()) if "其他" in row]
    if found["name"][0][""] == "workbook":
        assert not rows
        return
    for row in rows:
        check_counts(
            row, [each for each in oracle.values() if row["板块"] in (each.section, "合计")]
        )
    assert len(rows) == 9


def test_who_submitted(oracle, printed, found):
    rows = {row["单位"]: row for row in found["单位"] if row.get("应报")}
    # 老旧小区 twice, 文化活动 in words, 用地 not at all.
    refused = {"CS02", "MS06"}
    for name, row in rows.items():
        chosen = [each for each in oracle.values() if name in (each.lead, "合计")]
        given = [each for each in chosen if MONTH in each.due and MONTH in each.figures]
        silent = [each for each in chosen if each.status_as_of(MONTH) == "未填报"]
        useless = [each for each in silent if each.code in refused]
        assert int(row["应报"]) == len(given) + len(silent)
        assert int(row["已报"]) == len(given)
        assert int(row["不能用"]) == len(useless)
        assert int(row["未报"]) == len(silent) - len(useless)
        before = printed[MONTH - 2]
        late = [
            each
            for each in chosen
            for month in range(1, MONTH)
            if month in each.figures and month not in before[each.code].figures
        ]
        assert int(row["补报"]) == len(late)
    assert len(rows) == 20


def test_all_targets(oracle, found):
    rows = {}
    for row in found["距序时"]:
        code = row["编号"] if "编号" in row else row["指标"].split()[0]
        rows[code] = row
    assert list(rows) == list(oracle)
    is_book = found["name"][0][""] == "workbook"
    for code, row in rows.items():
        target = oracle[code]
        status, newest = target.status_as_of(MONTH), target.newest(MONTH)
        assert row["状态"].split()[1] == status
        assert row["牵头单位"] == target.lead
        if newest is None:
            assert row["实际"] in ("–", "")
            continue
        value = short(target.figures[newest], 6)
        late = f"（{newest}月）" if newest < MONTH else ""
        assert row["实际"] == (value if is_book else value + target.unit + late), code
        if is_book:
            assert (row["单位"], row["数据月份"]) == (target.unit, f"{newest}月")
        judged = status not in ("未填报", "待定")
        share_done = target.completion(target.figures[newest]) if judged else None
        said = "–" if share_done is None else rounded(share_done * 100, 1) + "%"
        assert row["完成率"].split("▶")[0].strip() in (said, "" if said == "–" else said), code
        gap = target.gap(newest)
        if target.limit and target.measure == "flow" and judged:
            assert row["距序时"] == "未突破控制数"
        elif not judged or status == "进行中" or gap is None or target.pace == "year-end":
            assert row["距序时"] == "–"
        elif target.unit != "天":
            text = rounded(gap, 2 if 0 < abs(gap) < Fraction(1, 20) else 1)
            assert row["距序时"] == ("+" if gap > 0 else "") + text + "个百分点", code


def test_every_shortfall(oracle, found):
    late = {code: each for code, each in oracle.items() if each.status_as_of(MONTH) in SHORT}
    if found["name"][0][""] == "word":
        # In sentences, which test_word.py reads.
        return
    rows = {}
    for row in found["落后"]:
        code = row.get("编号") or re.search("[A-Z]{2}[0-9]{2}", row["指标"])[0]
        rows[code] = row
    assert set(rows) == set(late)
    for code, row in rows.items():
        target, newest = late[code], late[code].newest(MONTH)
        gap = abs(target.gap(newest))
        unit = "天" if target.unit == "天" else "个百分点"
        assert row["落后"] == (short(gap, 1) if unit == "天" else rounded(gap, 1)) + unit, code
        if target.measure == "flow":
            assert row["每月需"] == target.needed_text(newest), code
        if "起始" in row:
            since = target.since(MONTH)
            assert row["起始"] == ("本月起" if since == MONTH else f"{since}月起")


def test_months_side_by_side(printed, found):
    """Each month as its own notice gave it: by the files that had been filed."""
    kind = found["name"][0][""]
    if kind in ("markdown", "word"):
        assert "6月" not in found or "1月" not in found
        return
    rows = {row.get("名称") or row["达标率"]: row for row in found["1月"]}
    targets = printed[-1].values()
    for name in [*{each.section for each in targets}, *{each.lead for each in targets}]:
        for month in range(1, MONTH + 1):
            chosen = [
                each for each in printed[month - 1].values() if name in (each.section, each.lead)
            ]
            assert (rows[name][f"{month}月"] or "–") == share(chosen, month), (name, month)
    for month in range(1, MONTH + 1):
        whole = rows.get("全部指标") or rows["合计"]
        assert whole[f"{month}月"] == share(printed[month - 1].values(), month)
