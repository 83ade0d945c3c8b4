"""The digest: every number of one against an oracle, and what it says of hand-made months."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from fractions import Fraction

import pytest
from digest_oracle import counts, load, rounded, short, three
from limits import POSIX, locked, obey_permissions, process
from running import EXAMPLES, ROOT
from wcwidth import wcswidth
from work import work

sys.path.insert(0, str(EXAMPLES))

import make_digests
import make_submissions

MONTH = 9
TREND = "走势（1月起逐月）"
NAMED = ("已完成", "达序时", "欠序时", "未完成", "未填报")
OTHERS = ("基本达到", "进行中", "未到期", "待定")
SHORT = ("欠序时", "未完成")


def unescaped(cell):
    return re.sub(r"\\(.)", r"\1", cell.strip())


def tables(text):
    """Return the tables below each heading, as lists of dicts by column head."""
    found, heading, heads = {}, "", None
    for line in text.splitlines():
        if line.startswith("#"):
            heading = unescaped(line.lstrip("# "))
        if not line.startswith("|"):
            heads = None
            continue
        cells = [unescaped(cell) for cell in line.strip("|").split("|")]
        if heads is None:
            heads = cells
        elif not set("".join(cells)) <= set(":-"):
            found.setdefault(heading, []).append(dict(zip(heads, cells, strict=True)))
    return found


@pytest.fixture(scope="module")
def notice():
    return (EXAMPLES / "digest-2024-09.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def found(notice):
    return tables(notice)


@pytest.fixture(scope="module")
def oracle():
    return load(ROOT, MONTH)


@pytest.fixture(scope="module")
def printed():
    """What was known when the notice before was made."""
    return load(ROOT, MONTH - 1)


@pytest.fixture(scope="module")
def shortfalls(oracle):
    return {code: each for code, each in oracle.items() if each.status_as_of(MONTH) in SHORT}


def kept(summary):
    judged = sum(summary.values()) - sum(summary[each] for each in ("进行中", "未到期", "待定"))
    return Fraction(summary["已完成"] + summary["达序时"], judged) if judged else None


def signed(number):
    return f"{number:+d}" if number else "0"


def percent(share):
    return "–" if share is None else rounded(share * 100, 1) + "%"


def sparkline(target, until):
    values = {month: value for month, value in target.figures.items() if month <= until}
    low = min(values.values())
    if target.measure == "flow":
        low = min(low, Fraction(0))
    high = max(target.goal, *values.values())
    bars = "▁▂▃▄▅▆▇█"
    return "".join(
        "·"
        if month not in values
        else bars[
            (0 if target.measure == "flow" else 7)
            if high == low
            else int((values[month] - low) / (high - low) * 7)
        ]
        for month in range(1, until + 1)
    )


# --- every number of one digest -------------------------------------------------------------


def test_headline_and_statuses(oracle, printed, notice, found):
    now, then = counts(oracle.values(), MONTH), counts(printed.values(), MONTH - 1)
    # 未完成 is not said of a month in which there is none.
    assert (now["未完成"], then["未完成"]) == (0, 0)
    said = "、".join(f"{each}{now[each]}项" for each in NAMED if each != "未完成")
    others = "、".join(f"{each}{now[each]}项" for each in OTHERS if now[each])
    assert (
        f"**截至2024年9月底，全年时间已过75.0%。量化目标共109项：{said}；另有{others}。"
        f"达标率{percent(kept(now))}。**" in notice
    )
    this, last, change = next(rows for rows in found.values() if "时间" in rows[0])
    for status in (*NAMED, *OTHERS):
        if now[status] or then[status] or (status in NAMED and status != "未完成"):
            assert int(this[status]) == now[status]
            assert int(last[status]) == then[status]
            assert change[status] == signed(now[status] - then[status])
    assert (this["合计"], last["合计"]) == ("109", "109")
    for status in (*NAMED, *OTHERS):
        if moved := now[status] - then[status]:
            assert f"{status}{'增加' if moved > 0 else '减少'}{abs(moved)}项" in notice
    points = rounded(abs(kept(now) - kept(then)) * 100, 1)
    assert f"达标率{'提高' if kept(now) > kept(then) else '下降'}{points}个百分点" in notice
    reds = [
        sum(
            each.status_as_of(month) in SHORT and each.light(each.newest(month)) == "×"
            for each in known.values()
        )
        for known, month in ((printed, MONTH - 1), (oracle, MONTH))
    ]
    assert (
        f"；亮红灯由{reds[0]}项{'增加' if reds[1] > reds[0] else '减少'}到{reds[1]}项。" in notice
    )


def test_sections_add_up(oracle, printed, found):
    rows = {row["板块"]: row for row in found["一、分板块情况"]}
    assert list(rows) == [*dict.fromkeys(each.section for each in oracle.values()), "合计"]
    for name, row in rows.items():
        chosen = [each for each in oracle.values() if name in (each.section, "合计")]
        before = [each for each in printed.values() if name in (each.section, "合计")]
        now, then = counts(chosen, MONTH), counts(before, MONTH - 1)
        assert int(row["指标"]) == len(chosen)
        assert [int(row.get(each, 0)) for each in NAMED] == [now[each] for each in NAMED]
        assert int(row["其他"]) == sum(now[each] for each in OTHERS)
        assert row["达标率"] == percent(kept(now))
        change = rounded((kept(now) - kept(then)) * 100, 1)
        assert row["较8月"] == ("+" if kept(now) > kept(then) else "") + change + "个百分点"
        lights = [
            each.light(each.newest(MONTH)) for each in chosen if each.status_as_of(MONTH) in SHORT
        ]
        assert row["灯"] == " ".join(
            filter(
                None,
                (
                    "×" if "×" in lights else "△" if "△" in lights else "√",
                    f"红{lights.count('×')}" if "×" in lights else "",
                    f"黄{lights.count('△')}" if "△" in lights else "",
                    f"缺{now['未填报']}" if now["未填报"] else "",
                ),
            )
        )


def test_bureaus_add_up(oracle, found):
    rows = {row["牵头单位"]: row for row in found["五、各单位情况"]}
    assert set(rows) == {each.lead for each in oracle.values()}
    shares = []
    for name, row in rows.items():
        chosen = [each for each in oracle.values() if each.lead == name]
        now = counts(chosen, MONTH)
        assert [int(row.get(each, 0)) for each in NAMED] == [now[each] for each in NAMED]
        assert int(row["指标"]) == len(chosen)
        assert int(row["其他"]) == sum(now[each] for each in OTHERS)
        assert row["达标率"] == percent(kept(now))
        shares.append(kept(now))
    # Those of whom nothing can be told yet come last.
    told = [share for share in shares if share is not None]
    assert told == sorted(told, reverse=True)
    assert shares == told + [None] * (len(shares) - len(told))


def test_who_has_submitted(oracle, printed, notice, found):
    rows = {row["单位"]: row for row in found["四、报送情况"] if "应报" in row}
    assert set(rows) == {each.lead for each in oracle.values()} | {"合计"}
    # The one impossible figure of September, by make_submissions.SLIPS.
    refused = {"XC10"}
    for name, row in rows.items():
        chosen = [each for each in oracle.values() if name in (each.lead, "合计")]
        given = [each for each in chosen if MONTH in each.due and MONTH in each.figures]
        silent = [each for each in chosen if each.status_as_of(MONTH) == "未填报"]
        useless = [each for each in silent if each.code in refused]
        assert int(row["应报"]) == len(given) + len(silent), name
        assert int(row["已报"]) == len(given)
        assert int(row.get("不能用", 0)) == len(useless)
        assert int(row["未报"]) == len(silent) - len(useless)
        changed = [
            (each, month)
            for each in chosen
            for month in range(1, MONTH)
            if each.figures.get(month) != printed[each.code].figures.get(month)
        ]
        late = [each for each in changed if each[1] not in printed[each[0].code].figures]
        assert int(row.get("补报", 0)) == len(late)
        assert int(row.get("更正", 0)) == len(changed) - len(late)
    whole = rows["合计"]
    assert f"9月应报{whole['应报']}项，已报{whole['已报']}项，" in notice


def test_every_target_in_the_full_table(oracle, found):
    rows = [row for rows in found.values() for row in rows if "距序时" in row]
    assert [row["编号"] for row in rows] == list(oracle)
    for row, target in zip(rows, oracle.values(), strict=True):
        status, newest = target.status_as_of(MONTH), target.newest(MONTH)
        assert row["状态"].split()[1] == status
        assert row["指标"] == target.name + ("*" if target.strive else "")
        assert row["牵头单位"] == target.lead
        if newest is None:
            assert (row["实际"], row["完成率"], row["距序时"], row[TREND]) == ("–",) * 4
            continue
        late = f"（{newest}月）" if newest < MONTH else ""
        assert row["实际"] == short(target.figures[newest], 6) + target.unit + late, target.code
        assert row[TREND] == sparkline(target, MONTH)
        judged = status not in ("未填报", "待定")
        assert row["完成率"] == percent(
            target.completion(target.figures[newest]) if judged else None
        )
        gap = target.gap(newest)
        if target.limit and target.measure == "flow" and status != "未填报":
            assert row["距序时"] == "未突破控制数"
        elif status in ("进行中", "未填报", "待定") or gap is None or target.pace == "year-end":
            assert row["距序时"] == "–"
        else:
            unit = "天" if target.unit == "天" else "个百分点"
            text = (
                short(gap, 2)
                if unit == "天"
                else rounded(gap, 2 if 0 < abs(gap) < Fraction(1, 20) else 1)
            )
            assert row["距序时"] == ("+" if gap > 0 else "") + text + unit, target.code


def test_every_shortfall(shortfalls, notice, found):
    rows = {row["指标"].split()[0]: row for rows in found.values() for row in rows if "起始" in row}
    assert set(rows) == set(shortfalls)
    for code, target in shortfalls.items():
        row, newest = rows[code], target.newest(MONTH)
        value, unit = target.figures[newest], target.unit
        assert row["灯"] == (target.light(newest) or "×")
        assert row["完成率"] == percent(target.completion(value))
        gap = abs(target.gap(newest))
        assert row["落后"] == rounded(gap, 2 if gap < Fraction(1, 20) else 1) + "个百分点"
        if target.measure == "flow":
            estimate = value / target.due_share(newest)
            assert row["每月需"] == target.needed_text(newest), code
            assert row["年底预计"] == three(estimate, unit) + unit, code
        else:
            assert (row["每月需"], row["年底预计"]) == ("–", "–")
        since = target.since(MONTH)
        begin = "本月起" if since == MONTH else f"{since}月起"
        assert (row["起始"], row[TREND]) == (begin, sparkline(target, MONTH))
        assert row["牵头单位"] == target.lead
        name = target.name + ("\\*" if target.strive else "")
        if reason := target.notes[newest]:
            assert f"- {code} {name}，{target.lead}：原因：{reason}。\n" in notice
        else:
            silent = re.findall(r"^- 未说明原因：(.*)$", notice, re.MULTILINE)
            assert any(f"{code} {name}（{target.lead}）" in line for line in silent)


def test_worst_first_in_each_section(shortfalls, notice, found):
    assert f"## 二、缺口（{len(shortfalls)}项）" in notice
    worst = []
    for heading, rows in found.items():
        if "起始" not in rows[0]:
            continue
        chosen = [shortfalls[row["指标"].split()[0]] for row in rows]
        assert heading == f"{chosen[0].section}（欠序时{len(chosen)}项）"
        assert {each.section for each in chosen} == {chosen[0].section}

        def distance(target):
            newest = target.newest(MONTH)
            gap = abs(target.gap(newest))
            share = target.measure == "rate"
            points = (gap * 100 / abs(target.goal) if target.goal else 0) if share else gap
            return (target.light(newest) != "×", -points)

        assert [distance(each) for each in chosen] == sorted(distance(each) for each in chosen)
        worst.append(distance(chosen[0]))
    assert worst == sorted(worst)


def test_what_changed(oracle, printed, shortfalls, notice):
    subjects = "新增缺口|赶上进度|黄灯转红灯|红灯转黄灯|已完成后回落|红灯后未报|差距扩大|差距缩小|比上期回落"
    said = dict(re.findall(rf"^- ({subjects})(.*)$", notice, re.MULTILINE))
    codes = {name: re.findall(r"[A-Z]{2}\d\d", text) for name, text in said.items()}

    def was_short(target):
        then = printed[target.code]
        before = then.newest(MONTH - 1)
        return before is not None and then.status(before) in SHORT

    def light(known, code, month):
        target = known[code]
        status = target.status_as_of(month)
        if status in SHORT:
            return target.light(target.newest(month)) or "×"
        return {"未填报": "–", "基本达到": "△"}.get(status, "")

    for name, before, now in (
        ("黄灯转红灯", "△", "×"),
        ("红灯转黄灯", "×", "△"),
        ("红灯后未报", "×", "–"),
    ):
        assert set(codes.get(name, ())) == {
            code
            for code in oracle
            if (light(printed, code, MONTH - 1), light(oracle, code, MONTH)) == (before, now)
        }, name
    assert set(codes.get("已完成后回落", ())) == {
        code
        for code, each in oracle.items()
        if printed[code].status_as_of(MONTH - 1) == "已完成"
        and each.status_as_of(MONTH) not in ("已完成", "未填报", "未到期", "待定")
    }

    good = ("已完成", "达序时", "基本达到", "进行中")
    assert set(codes["新增缺口"]) == {c for c, each in shortfalls.items() if not was_short(each)}
    assert set(codes["赶上进度"]) == {
        code
        for code, each in oracle.items()
        if each.status_as_of(MONTH) in good and was_short(each)
    }
    fresh = {code: each for code, each in oracle.items() if MONTH in each.figures}
    moved = {
        code: each.gap(MONTH) - printed[code].gap(printed[code].newest(MONTH - 1))
        for code, each in fresh.items()
        if code in shortfalls and was_short(each) and each.measure != "rate"
    }
    assert set(codes["差距扩大"]) == {code for code, change in moved.items() if change < 0}
    assert set(codes["差距缩小"]) == {code for code, change in moved.items() if change > 0}
    for code in codes["差距扩大"]:
        before = -printed[code].gap(printed[code].newest(MONTH - 1))
        now = -oracle[code].gap(MONTH)
        assert f"（{rounded(before, 1)}→{rounded(now, 1)}个百分点）" in said["差距扩大"]
    assert set(codes["比上期回落"]) == {
        code
        for code, each in fresh.items()
        if (before := printed[code].newest(MONTH - 1))
        and (each.figures[MONTH] - printed[code].figures[before]) * (-1 if each.limit else 1) < 0
    }


def test_what_was_not_submitted(oracle, found):
    rows = {row["应报未报"]: row for row in found["四、报送情况"] if "应报未报" in row}
    silent = [each for each in oracle.values() if each.status_as_of(MONTH) == "未填报"]
    assert set(rows) == {each.lead for each in silent}
    for each in silent:
        last = each.newest(MONTH)
        # The invented year has one figure that is impossible: more than nothing, less than usable.
        refused = "报来的数不能用；" if each.code == "XC10" else ""
        heard = f"上次为{last}月：{short(each.figures[last], 6)}{each.unit}"
        assert f"{each.code} {each.name}（{refused}{heard}）" in rows[each.lead]["指标"]
        assert int(rows[each.lead]["项数"]) == sum(1 for one in silent if one.lead == each.lead)


def test_what_changed_of_earlier_months(oracle, printed, notice):
    """GY10 said 3 of August, by a slip of the pen, and 31 in September's folder."""
    assert printed["GY10"].figures[8] == 3
    assert oracle["GY10"].figures[8] == 31
    assert "\n- GY10 新竣工亿元项目：8月的数由3个更正为31个，8月底仍为欠序时。\n" in notice
    # CX16's April was corrected in May: that was told in May.
    assert "CX16 实际利用外资：" not in notice
    # MS01 had no figure in August; what it was by July no longer counts.
    known = {code: counts([each], MONTH - 1) for code, each in oracle.items()}
    was = {code: counts([each], MONTH - 1) for code, each in printed.items()}
    assert [code for code in known if known[code] != was[code]] == []
    assert "照现在的数，8月底各类项数不变。" in notice


def test_contradictions_where_they_are_asked_for(run, monkeypatch, notice):
    assert "不能同时实现" not in notice
    monkeypatch.chdir(ROOT)
    name = "digest-2024-09.md"
    text = run(*make_digests.arguments(name), "--contradictions").out
    # 373 + 70 = 443 < 451, which takes 78; 210 + 20 = 230 < 231, which takes 21; 760 + 110 > 850.
    against = text.split("## 六、不能同时实现的目标")[1].split("\n## ")[0]
    assert "上年末373家，加70家等于443家，达不到超450家；要达到总数，净增至少要有78家" in against
    assert "上年末210家，加20家，最多230家，达不到超230家；要达到总数，新增至少要有21家" in against
    assert "GY17" not in against


@pytest.mark.parametrize("month", range(2, 13))
def test_last_months_row_is_last_months_notice(run, monkeypatch, month):
    """Of all files, as far as they had been filed: the counts of a month are those that its notice gave."""
    monkeypatch.chdir(ROOT)
    every = "examples/submissions"
    now = run("digest", every, "--filed-by", f"2024-{month:02d}").out
    before = run("digest", every, "--filed-by", f"2024-{month - 1:02d}").out
    [rows, then] = [
        next(rows for rows in tables(text).values() if "时间" in rows[0]) for text in (now, before)
    ]
    assert rows[1]["时间"] == then[0]["时间"] == f"{month - 1}月底"
    for status in (*NAMED, *OTHERS, "合计"):
        assert int(rows[1].get(status, 0)) == int(then[0].get(status, 0)), status


def test_an_old_notice_is_made_again_from_the_whole_folder(run, monkeypatch):
    monkeypatch.chdir(ROOT)
    for name in ("digest-2024-06.md", "digest-2024-09.html"):
        month, options = make_digests.DIGESTS[name]
        title = make_digests.arguments(name)[make_digests.arguments(name).index("--title") + 1]
        done = run(
            "digest", "examples/submissions", "--filed-by", f"2024-{month:02d}",
            "--targets", "targets.yaml", "--title", title, *options,
        )  # fmt: skip
        assert done.out == (EXAMPLES / name).read_text(encoding="utf-8")


def test_filed_by_what_is_no_month(run):
    done = run("digest", EXAMPLES / "submissions", "--filed-by", "2023-05")
    assert (done.code, done.out) == (2, "")
    assert "--filed-by：" in done.err


# --- the examples ---------------------------------------------------------------------------


def test_the_invented_year_is_the_same_every_time(tmp_path):
    assert make_submissions.make(tmp_path) == len(list(tmp_path.rglob("*.csv"))) > 200
    here = EXAMPLES / "submissions"
    written = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.csv"))
    assert written == sorted(path.relative_to(here) for path in here.rglob("*.csv"))
    for path in written:
        content = (tmp_path / path).read_bytes()
        assert content == (here / path).read_bytes(), path
        text = content.decode("utf-8-sig" if content.startswith(b"\xef") else "gb18030")
        assert text.startswith("演示数据")
    assert {path.parts[0] for path in written} == {f"2024-{month:02d}" for month in range(1, 13)}


@pytest.mark.parametrize("name", make_digests.DIGESTS)
def test_the_digests_checked_in(run, monkeypatch, name):
    monkeypatch.chdir(ROOT)
    done = run(*make_digests.arguments(name))
    assert (done.code, done.err) == (0, "")
    assert done.out == (EXAMPLES / name).read_text(encoding="utf-8"), "run examples/make_digests.py"


@pytest.mark.parametrize("name", [name for name in make_digests.DIGESTS if name.endswith(".md")])
def test_markdown_that_every_reader_and_gbk_can_take(name):
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    text.encode("gbk")
    assert "<" not in text.replace("\\<", "")
    blocks = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    assert blocks
    for block in blocks:
        assert len({wcswidth(line.replace("\\", "_")) for line in block.splitlines()}) == 1
    for line in text.splitlines():
        if re.match(r"#+ ", line):
            before = text[: text.index("\n" + line)] if not line.startswith("# ") else "\n"
            assert before.endswith("\n"), "headings stand apart"


def test_a_brief_one_is_short():
    text = (EXAMPLES / "digest-2024-09-brief.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    assert "附：全部指标" not in text
    assert len(tables(text)["二、最突出的缺口（共22项）"]) == 10


# --- hand-made months -----------------------------------------------------------------------


@pytest.fixture
def months(tmp_path, run):
    """Write rows by month and return the digest of all of them."""

    def making(rows_by_month, *options, bureau="发改委"):
        for month, rows in rows_by_month.items():
            folder = tmp_path / f"2024-{month:02d}"
            folder.mkdir(exist_ok=True)
            head = "编号,实际值,单位,期间,备注\n"
            (folder / f"{bureau}.csv").write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
        return run("digest", tmp_path, *options)

    return making


def row_of(done, code):
    every = [row for rows in tables(done.out).values() for row in rows]
    return next(row for row in every if row.get("指标", "").startswith(code) and "起始" in row)


def gy01(value, month, note=""):
    return [f"GY01,{value},个,2024-{month:02d},{note}"]


def test_a_missing_month_is_a_gap_and_breaks_no_run(months):
    # Pace of 100: 8.3 a month. 20 in February is well ahead, 12 and 20 behind, March is missing.
    done = months({1: gy01(20, 1), 2: gy01(12, 2), 4: gy01(20, 4), 6: gy01(30, 6, "审批慢")})
    row = row_of(done, "GY01")
    # Bars over the goal of 100: 20 is 1.4 of 7, 12 is 0.84, 30 is 2.1.
    assert (row["起始"], row[TREND]) == ("2月起", "▂▁·▂·▃")
    # 30 of 100 by June: 50 - 30; (101 - 30) / 6 a month, whole ones; 30 in half a year makes 60.
    assert row["落后"] == "20.0个百分点"
    assert row["每月需"] == "12个"
    assert row["年底预计"] == "60个"
    assert "（3、5月没有收到任何数据。）" in done.out
    assert "与4月底（其间没有数据）相比" in done.out
    assert "GY01 新开工亿元以上项目，发展和改革委员会：原因：审批慢。" in done.out
    # 4 of 12 months less 20 is 13.3 points behind in April.
    assert "差距扩大（1项）：GY01 新开工亿元以上项目（13.3→20.0个百分点）" in done.out


def test_newly_behind_and_caught_up_by_the_last_figure_heard(months):
    rows = {
        # Behind since January, silent in May: not new in June. GY10: 30 of 60 is on pace.
        4: [*gy01(10, 4), "GY10,10,个,2024-04,"],
        5: ["GY10,20,个,2024-05,", "GY07,5,次,2024-05,"],
        6: [*gy01(20, 6), "GY10,30,个,2024-06,", "GY07,5,次,2024-06,"],
    }
    done = months(rows)
    assert "新增缺口（1项）：GY07 重大项目集中开竣工\n" in done.out
    assert "赶上进度（1项）：GY10 新竣工亿元项目（达序时）\n" in done.out


def test_a_figure_that_fell_is_said_and_january_compares_with_nothing(months):
    done = months({1: ["ZH02,7.5,%,2024-01,", "ST02,-3,%,2024-01,"]}, "--as-of", "2024-01")
    assert "没有以前月份的数，不作比较" in done.out
    done = months({2: ["ZH02,6.9,%,2024-02,", "ST02,-1,%,2024-02,"]}, "--as-of", "2024-02")
    # Dust may only fall: from -3 to -1 is worse.
    assert (
        "比上期回落（2项）：ZH02 一般公共预算收入增长（7.5%→6.9%）、ST02 PM2.5浓度变化（-3%→-1%）"
        in done.out
    )


def test_a_first_month_has_no_new_shortfalls(months):
    done = months({6: gy01(10, 6)}, "--brief")
    assert "GY01 新开工亿元以上项目 |" in done.out
    assert "新增缺口" not in done.out


def test_silence_after_a_shortfall_is_shown(months):
    # 10 of over 100 by May, when 41.7 % are due: 31.7 points behind, 91 short.
    done = months({5: gy01(10, 5), 6: ["GY10,30,个,2024-06,"]})
    assert "GY01 新开工亿元以上项目（上次为5月：10个，欠序时）" in done.out
    assert "## 二、缺口（1项）" in done.out
    assert "其中1项到期没有报来能用的数，按上次的数列出，项数计在“未填报”之内。" in done.out
    assert "### 工业（未填报1项）" in done.out
    row = row_of(done, "GY01")
    assert (row["灯"], row["实际"], row["落后"], row["起始"]) == (
        "–",
        "10个（5月）",
        "31.7个百分点",
        "5月起",
    )
    assert (row["每月需"], row["年底预计"]) == ("–", "–")
    # It is counted once, as missing; and it is neither new nor caught up.
    assert "欠序时0项、未填报" in done.out
    assert "新增缺口：没有" in done.out
    assert "赶上进度：没有" in done.out
    assert "红灯后未报（1项）：GY01 新开工亿元以上项目\n" in done.out
    assert "– 未填报（5月欠序时）" in done.out
    page = months({}, "--format", "html").out
    assert '<svg class="bullet" viewBox="0 0 120 16" role="img" aria-label="完成率10.0%' in page
    assert "</b> 未填报（5月欠序时）</span>" in page


def test_an_accident_is_not_caught_up(months):
    """One in May, none in June's and July's forms: it has happened, and is no news either."""
    folders = {month: [f"AQ02,{value},起,2024-0{month},"] for month, value in
               {4: 0, 5: 1, 6: 0, 7: 0}.items()}  # fmt: skip
    done = months(folders)
    row = row_of(done, "AQ02")
    assert (row["灯"], row["实际"], row["起始"]) == ("×", "1起（5月）", "5月起")
    assert "### 安全（未完成1项）" in done.out
    assert "新增缺口：没有" in done.out
    assert "赶上进度：没有" in done.out
    # The month after it is new, and then it isn't.
    folders.pop(7)
    assert "新增缺口：没有" in months(folders, "--as-of", "2024-06").out
    done = months({4: folders[4], 5: folders[5]}, "--as-of", "2024-05")
    assert "新增缺口（1项）：AQ02" in done.out


def test_a_notice_says_that_only_a_few_were_early(months):
    june = ["GY01,60,个,2024-06,", "GY11,160,亿元,2024-06,", "CX09,20,亿元,2024-06,"]
    folders = {6: june, 7: ["GY01,70,个,2024-07,"]}
    said = "可这个月只有发展和改革委员会（1 个单位）报了数，6 月报过、这个月又应报的有 3 个单位"
    for options in ((), ("--brief",)):
        assert f"**注意：按最新一期检查到 2024-07，{said}。**" in months(folders, *options).out
    html = months(folders, "--format", "html").out
    assert f"<p><b>注意：按最新一期检查到 2024-07，{said}。</b></p>" in html
    assert "注意：按最新一期" not in months(folders, "--as-of", "2024-07").out


def test_a_correction_counts_for_its_month(months):
    # May's folder gives April 40 instead of 10: on pace in April, so behind only since May.
    done = months({4: gy01(10, 4), 5: [*gy01(40, 4), *gy01(41, 5)]})
    row = row_of(done, "GY01")
    assert (row["起始"], row[TREND]) == ("本月起", "···▃▃")
    # 10 of 100 is behind 33.3, 40 is not.
    assert (
        "- GY01 新开工亿元以上项目：4月的数由10个更正为40个，4月底由欠序时改为达序时。\n"
        in done.out
    )
    assert "照现在的数，4月底达序时1项（原0项）、欠序时0项（原1项）。" in done.out
    assert "DT310" not in done.out
    # It was new in May by what April's notice said: nobody had been told otherwise.
    assert "新增缺口：没有" in done.out
    # In June it is no news.
    assert "更正为" not in months({6: gy01(45, 6)}).out


def test_a_conflict_is_no_silence(months):
    done = months({6: [*gy01(60, 6), *gy01(61, 6), "GY10,30,个,2024-06,"]})
    silent = {
        row["应报未报"]: row["指标"]
        for row in tables(done.out)["四、报送情况"]
        if "应报未报" in row
    }
    assert "GY01 新开工亿元以上项目（报来的数不能用）" in silent["发展和改革委员会"]
    assert "DT208" not in done.out


def test_a_month_of_nothing_but_conflicts_was_received(months):
    done = months({5: [*gy01(50, 5), *gy01(51, 5)], 6: gy01(60, 6)})
    assert "（1、2、3、4月没有收到任何数据，5月没有报来能用的数。）" in done.out


def test_a_section_is_not_green_while_figures_are_missing(months):
    # 60 of over 100 by June; nothing else of the section.
    done = months({6: gy01(60, 6)}, "--select", "GY01,GY10")
    (row,) = tables(done.out)["一、分板块情况"]
    assert row["灯"] == "– 缺1"


def test_an_html_name_makes_a_page(months, tmp_path):
    for name, start in (("n.html", "<!doctype html>"), ("n.md", "# 东台市")):
        months({6: gy01(60, 6)}, "-o", tmp_path / name)
        assert (tmp_path / name).read_text(encoding="utf-8").lower().startswith(start)


def test_limits_exceeded_come_first_and_zero_is_no_gap(months):
    done = months(
        {2: ["AQ02,0,起,2024-02,", *gy01(1, 2)], 3: ["AQ02,1,起,2024-03,已查", *gy01(2, 3)]}
    )
    row = row_of(done, "AQ02")
    assert (row["灯"], row["落后"], row[TREND]) == ("×", "超出1起", "·▁█")
    assert done.out.index("### 安全（未完成1项）") < done.out.index("### 工业（欠序时1项）")


def test_exactly_at_a_total_that_has_to_be_exceeded(months):
    # 230 is all of the way from 210 to 230 and still one short of 超230家.
    done = months({12: ["GY20,230,家,2024-12,"]}, bureau="工信局")
    row = row_of(done, "GY20")
    assert (row["完成率"], row["差距"], row["差额"]) == ("100.0%", "差1家", "1家")
    # In December nothing is left to catch up in.
    assert "每月需" not in row


def test_narrowed_to_a_bureau_or_to_codes(months):
    rows = {6: [*gy01(60, 6), "GY10,10,个,2024-06,", "XX99,1,个,2024-06,"]}
    done = months(rows, "--select", "GY01")
    assert "范围：编号以 GY01 开头的 1 项（全部 109 项）。" in done.out
    assert "GY10" not in done.out
    done = months(rows, "--lead", "科技局")
    assert "范围：科学技术局牵头的 6 项（全部 109 项）。" in done.out


def test_narrowed_to_nothing(months):
    done = months({6: gy01(60, 6)}, "--select", "GY01", "--lead", "科技局")
    assert (done.code, done.out) == (2, "")
    assert "合起来没有一个指标" in done.err


def test_thousands_of_doubts(months, tmp_path):
    """Each thousand is as much work as the one before it, also where all of them are listed."""

    def doubting(thousands):
        # One figure of a known target: what nobody knows doesn't say which month it is.
        rows = [f"XX{row},1,个,2024-06," for row in range(thousands * 1000)]
        out = tmp_path.parent / "doubts.xlsx"
        assert months({6: [*rows, "GY01,60,个,2024-06,"]}, "-o", out).code == 0

    doubting(1)  # imports what the next ones have
    one, two, three = (work(doubting, thousands) for thousands in (1, 2, 3))
    assert two - one > 1000
    assert three - two < 1.2 * (two - one)


def test_what_a_cell_holds_stays_text(months):
    done = months({6: ["GY01,10,个,2024-06,*要* | <b>紧</b> [x](y)\x1b[31m"]})
    assert "\x1b" not in done.out
    assert r"\*要\* \| \<b\>紧\</b\> \[x\](y)" in done.out


def test_a_file_that_cannot_be_read_is_said_and_ends_with_2(months, tmp_path):
    months({6: gy01(60, 6)})
    (tmp_path / "2024-06" / "商务局.csv").write_bytes(b"\x00\x01\xff\xfe\x00")
    done = months({})
    assert done.code == 2
    assert "有 1 处读不出" in done.err
    assert "DT101" not in done.out
    # The others are there, and who reads the notice knows that something is missing.
    assert "| GY01 " in done.out
    assert "依据 1 份报数表" in done.out
    said = "注意：有1个报来的文件没有读出或没有读全，缺少的数不在通报之内：商务局1个。"
    for options in ((), ("--brief",), ("--format", "html"), ("--format", "html", "--brief")):
        done = months({}, *options)
        assert (done.code, said in done.out) == (2, True)


UNREADABLE = b"\x00\x01\xff\xfe\x00"


@pytest.mark.parametrize("options", [("--as-of", "2024-06"), ("--lead", "发改委")])
def test_what_cannot_be_read_is_told_whatever_is_left_aside(months, tmp_path, options):
    # A file of July, or of another bureau: it makes the code 2, so the notice says why.
    months({6: gy01(60, 6), 7: gy01(61, 7)})
    for month in (5, 7):
        (tmp_path / f"2024-{month:02d}").mkdir(exist_ok=True)
        (tmp_path / f"2024-{month:02d}" / "商务局.csv").write_bytes(UNREADABLE)
    done = months({}, *options)
    assert done.code == 2
    assert "注意：有2个报来的文件没有读出或没有读全，缺少的数不在通报之内：商务局2个。" in done.out


@POSIX
def test_a_file_that_may_not_be_read_hides_no_other(months, tmp_path):
    locked(tmp_path)
    months({6: gy01(60, 6)})
    out = tmp_path / "out.md"
    files = (tmp_path / "2024-06" / "发改委.csv", tmp_path / "locked", tmp_path / "2024-07.csv")
    done = process("digest", *files, "-o", out, before=obey_permissions)
    assert (done.returncode, done.stdout) == (2, "")
    assert "有 2 处读不出" in done.stderr
    text = out.read_text(encoding="utf-8")
    assert "| GY01 " in text
    for said in ("文件打不开：没有权限", "文件打不开：没有这个文件或文件夹"):
        assert said in done.stderr
    assert (
        "有2个报来的文件没有读出或没有读全，缺少的数不在通报之内：看不出是哪个单位的2个。" in text
    )


@POSIX
def test_a_folder_that_may_not_be_read_hides_no_other(months, tmp_path):
    locked(tmp_path)
    months({6: gy01(60, 6)})
    shut = tmp_path / "2024-05"
    shut.mkdir()
    shut.chmod(0)
    try:
        done = process("digest", tmp_path / "2024-06", shut, before=obey_permissions)
    finally:
        shut.chmod(0o755)
    assert done.returncode == 2
    assert "| GY01 " in done.stdout
    assert "看不出是哪个单位的1个" in done.stdout
    assert "2024-05：文件夹打不开：没有权限（DT101）" in done.stderr


def test_where_nothing_can_be_read_an_earlier_digest_stays(run, tmp_path):
    out = tmp_path / "out.md"
    out.write_text("六月的通报", encoding="utf-8")
    (tmp_path / "a.csv").write_bytes(UNREADABLE)
    done = run("digest", tmp_path / "a.csv", tmp_path / "b.csv", "-o", out)
    assert (done.code, done.out) == (2, "")
    assert "没有一份报数表读得出，没有写出通报：" in done.err
    assert done.err.count("DT101") == 2
    assert out.read_text(encoding="utf-8") == "六月的通报"


def test_a_folder_without_submissions(run, tmp_path):
    done = run("digest", tmp_path, "-o", tmp_path / "out.md")
    assert done.code == 2
    assert "没有报数表" in done.err
    assert not (tmp_path / "out.md").exists()


def test_wrong_usage(run, tmp_path):
    assert run("digest").code == 2
    done = run("digest", tmp_path, "--format", "pdf")
    assert done.code == 2
    assert "markdown、html" in done.err


def test_written_to_a_file(months, tmp_path):
    out = tmp_path / "督查.md"
    done = months({6: gy01(60, 6)}, "-o", out, "--title", "东督查〔2024〕6号")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert out.read_text(encoding="utf-8").startswith("# 东督查〔2024〕6号\n")


# --- the bar of progress ---------------------------------------------------------------------


@pytest.mark.posix("a terminal made for a test")
def test_progress_on_a_terminal_only(tmp_path):
    import pty

    leader, follower = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "dtcheck",
        "digest",
        "examples/submissions",
        "-o",
        tmp_path / "d.md",
    ]
    environment = {**os.environ, "TERM": "xterm", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=ROOT, stderr=follower, stdout=subprocess.PIPE, check=False, env=environment
    )
    os.close(follower)
    shown = os.read(leader, 100_000).decode("utf-8")
    os.close(leader)
    assert "读取报数表" in shown
    assert (done.returncode, done.stdout) == (0, b"")
