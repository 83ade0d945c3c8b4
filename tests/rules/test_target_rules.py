"""Every rule of a targets file is shown to fire, by texts run through the program."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from making import write

from dtcheck.rules.catalogue import CATALOGUE

# A sound file and the report that it was made from; both are invented.
SOUND = """\
format: 1
place: 云山县
year: 2025
title: 目标
bureaus:
  - {name: 统计局, short: [统计]}
  - {name: 教育局}
sections:
  - code: AA
    name: 综合
    heading: 聚焦综合
    targets:
      - code: AA01
        name: 新建桥梁
        goal: ">= 3 座"
        measure: flow
        phrase: 新建桥梁3座
        lead: 统计局
      - code: AA02
        name: 净增企业
        goal: ">= 10 家"
        measure: flow
        phrase: 净增企业10家
        lead: 统计局
      - code: AA03
        name: 企业总数
        goal: "> 100 家"
        measure: level
        phrase: 企业总数突破100家
        baseline: 95 家
        lead: 统计局
  - code: BB
    name: 民生
    heading: 聚焦民生
    targets:
      - code: BB01
        name: 新增学位
        goal: ">= 200 个"
        measure: flow
        phrase: 新增学位200个以上
        lead: 教育局
      - code: BB02
        name: 居民收入增长
        goal: "~ 6 %"
        measure: rate
        phrase: 居民收入增长6%左右
        lead: 教育局
excluded:
  - {phrase: 二、2025年主要工作, why: 标题}
  - {phrase: (一)聚焦综合, why: 标题}
  - {phrase: (二)聚焦民生, why: 标题}
relations:
  - {total: AA03, added: AA02, last: 95 家, net: true}
"""
REPORT = """\
云山县2025年政府工作报告
一、2024年工作回顾
新建桥梁2座，企业总数达95家。
二、2025年主要工作
(一)聚焦综合。新建桥梁3座，净增企业10家，企业总数突破100家。
(二)聚焦民生。新增学位200个以上，居民收入增长6%左右。
"""
UNSPLIT = "云山县2025年政府工作报告\n新建桥梁3座。\n"
ELSEWHERE = REPORT.replace("云山县", "水乡县")
SCHOOL = SOUND[SOUND.index("      - code: BB01") : SOUND.index("      - code: BB02")]
EXCLUDED = "\nexcluded:\n"
IDLE = ("净增企业", "新建桥梁3座")


def cut(*keys: str) -> str:
    """Return the sound file without some of its lines."""
    lines = [line for line in SOUND.splitlines() if line.strip() not in keys]
    assert len(lines) == len(SOUND.splitlines()) - len(keys)
    return "\n".join(lines) + "\n"


def change(*changes: tuple[str, str], text: str = SOUND) -> str:
    """Return the sound file with each ``old`` once replaced by ``new``."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def more(code: str, *lines: str, text: str = SOUND) -> str:
    """Return the sound file with more keys in the block of a target."""
    head = f"      - code: {code}\n"
    return change((head, head + "".join(f"        {line}\n" for line in lines)), text=text)


# rule: (targets file, report, how often the rule fires). Counted by reading the change.
FAULTS: dict[str, tuple[str, str, int]] = {
    "DT401": (change(("title: 目标", 'title: "目标')), REPORT, 1),
    "DT402": (
        change(("place:", "adress: 县城\nplace:"), text=more("AA01", "basline: 2 座")),
        REPORT,
        2,
    ),
    # A target without its goal, another without its phrase, and no title.
    "DT403": (cut("title: 目标", 'goal: ">= 3 座"', "phrase: 新增学位200个以上"), REPORT, 3),
    "DT404": (
        change(("year: 2025", "year: 2025\nyear: 2024"), text=more("AA01", 'goal: "> 9 座"')),
        REPORT,
        2,
    ),
    "DT405": (change(('">= 3 座"', "3座以上"), ('">= 200 个"', "200 个")), REPORT, 2),
    # The second BB01, and the second section AA.
    "DT406": (change(("code: BB02", "code: BB01"), ("code: BB\n", "code: AA\n")), REPORT, 2),
    "DT407": (
        change(
            ("measure: flow", "measure: total"),
            ("lead: 统计局", "lead: 气象局"),
            text=more("BB01", "pace: [0.1, 0.2]"),
        ),
        REPORT,
        3,
    ),
    "DT408": (
        more(
            "BB02",
            "aliases: [净增企业, 企业总数]",
            text=more("BB01", "aliases: [新建桥梁]"),
        ),
        REPORT,
        3,
    ),
    # Not in the report, only in last year's review, and excluded though not there.
    "DT409": (
        change(
            ("phrase: 新建桥梁3座", "phrase: 新建大桥3座"),
            ("phrase: 企业总数突破100家", "phrase: 企业总数达95家"),
            (EXCLUDED, f"{EXCLUDED}  - {{phrase: 第三产业, why: 名称}}\n"),
        ),
        REPORT,
        3,
    ),
    # 200个; 二 and 2025 of the heading.
    "DT410": (
        change((SCHOOL, ""), ("  - {phrase: 二、2025年主要工作, why: 标题}\n", "")),
        REPORT,
        3,
    ),
    # 3座 is not 4; 突破 is not 达到; 左右 is not 以上.
    "DT411": (
        change(('">= 3 座"', '">= 4 座"'), ('"> 100 家"', '">= 100 家"'), ('"~ 6 %"', '">= 6 %"')),
        REPORT,
        3,
    ),
    # A target of the other part, and a part that the report doesn't have.
    "DT412": (
        change(
            (SCHOOL, ""),
            ("  - code: BB\n", SCHOOL.replace("BB01", "AA04") + "  - code: BB\n"),
            ("heading: 聚焦民生", "heading: 聚焦平安"),
        ),
        REPORT,
        2,
    ),
    "DT413": (SOUND, UNSPLIT, 2),
    "DT414": (SOUND, ELSEWHERE, 1),
    # One without a figure, one whose figure a target claims.
    "DT415": (
        change(
            (
                EXCLUDED,
                EXCLUDED + "".join(f"  - {{phrase: {idle}, why: 名称}}\n" for idle in IDLE),
            )
        ),
        REPORT,
        2,
    ),
    "DT416": (
        more("BB01", "baseline: 180 个", text=change(("baseline: 95 家", "baseline: 59 家"))),
        REPORT,
        2,
    ),
    # 80 + 10 is under 100, and the baseline says 95.
    "DT417": (change(("last: 95 家", "last: 80 家")), REPORT, 2),
    "DT418": (
        more("AA01", "baseline: 4 座", text=more("BB02", "baseline: 6.1 %")),
        REPORT,
        2,
    ),
    "DT419": (
        change(
            ('">= 200 个"', '">= 200.5 个"'),
            ("measure: flow", "measure: rate"),
            ("measure: rate\n        phrase: 居民", "measure: flow\n        phrase: 居民"),
        ),
        REPORT,
        3,
    ),
    "DT420": (
        more("BB01", "aliases: [新修桥梁]", text=more("BB02", "aliases: [企业总量]")),
        REPORT,
        2,
    ),
    # 气象局 leads nothing and is called 统计 as well; 新建桥梁 has no lead yet.
    "DT421": (
        change(
            ("  - {name: 教育局}\n", "  - {name: 教育局}\n  - {name: 气象局, short: [统计]}\n"),
            ("sections:", "  - {name: 待定}\nsections:"),
            ("lead: 统计局", "lead: 待定"),
        ),
        REPORT,
        3,
    ),
    # A tenth of 6 is 0.6.
    "DT422": (
        more("BB02", "tolerance: 0.7 %", text=more("AA01", "tolerance: 1 座")),
        REPORT,
        2,
    ),
    "DT423": (
        more(
            "AA01",
            "pace: [0.1, 0.2, 0.3, 0.2, 0.5, 0.5, 0.6, 0.7, 0.8, 0.9, 0.9, 1]",
            text=more("AA02", "pace: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.9]"),
        ),
        REPORT,
        2,
    ),
    # 力争 stands before a figure that isn't striven for; another is, without a word.
    "DT424": (
        change(
            ("phrase: 新增学位200个以上", "phrase: 力争新增学位200个以上"),
            text=more("AA01", "strive: true"),
        ),
        REPORT.replace("新增学位", "力争新增学位"),
        2,
    ),
    # What is new is no state, what there is in all is not counted up, growth is no share.
    "DT425": (
        change(
            ("measure: flow", "measure: level"),
            ("measure: level\n        phrase: 企业总数", "measure: flow\n        phrase: 企业总数"),
            ("measure: rate", "measure: level"),
        ),
        REPORT,
        3,
    ),
    # 3 of 2 is half as much again, 200 of 134 is not; 6 % of 1 % is.
    "DT426": (
        more(
            "AA01",
            "baseline: 2 座",
            text=more("BB01", "baseline: 134 个", text=more("BB02", "baseline: 1 %")),
        ),
        REPORT,
        2,
    ),
    "DT427": (
        more("BB01", "aliases: [学位]", text=more("AA02", "aliases: [企业, 净增企业数]")),
        REPORT,
        2,
    ),
}
# What keeps a file from being read at all: said on standard error, whatever is to be done with it.
REFUSED = [*(f"DT40{number}" for number in range(1, 9)), "DT423"]
AUDITED = ["DT409", *(f"DT4{number}" for number in range(10, 17)), "DT424"]


def counted(done) -> Counter[str]:
    """Return how often each rule was said."""
    found = done.json["findings"]
    assert all(each["message"] and each["hint"] and each["file"] for each in found)
    return Counter(each["rule"] for each in found)


@pytest.fixture
def saying(run, tmp_path):
    def running(command, text, report=REPORT):
        path = write(tmp_path / "targets.yaml", text)
        read = write(tmp_path / "报告.txt", report)
        sheet = write(tmp_path / "a.csv", "编号,实际值,单位,期间\nAA01,2,座,2025-06\n")
        args = {
            "lint": ("targets", "lint"),
            "audit": ("targets", "audit", read),
            "verify": ("verify", sheet),
        }[command]
        return run(*args, "--targets", path, "--format", "json")

    return running


def test_every_rule_of_a_targets_file_has_its_row():
    assert set(FAULTS) == {rule for rule in CATALOGUE if rule.startswith("DT4")}


def test_nothing_is_wrong_with_the_sound_file(saying):
    for command in ("lint", "audit", "verify"):
        done = saying(command, SOUND)
        assert (done.code, counted(done)) == (0, Counter())


@pytest.mark.parametrize("command", ["lint", "audit", "verify"])
@pytest.mark.parametrize("rule", REFUSED)
def test_a_file_that_can_not_be_read_says_so_to_every_command(saying, rule, command):
    text, _, count = FAULTS[rule]
    done = saying(command, text)
    assert done.code == 2
    told = Counter(each["rule"] for each in done.json["problems"])
    assert told[rule] == count
    # A person reads the same on standard error.
    assert Counter(re.findall(r"（(DT4\d\d)）$", done.err, re.MULTILINE)) == told


@pytest.mark.parametrize("rule", sorted(set(FAULTS) - set(REFUSED)))
def test_every_rule_of_a_targets_file_fires(saying, rule):
    text, report, count = FAULTS[rule]
    command = "audit" if rule in AUDITED else "lint"
    done = saying(command, text, report)
    assert counted(done)[rule] == count
    is_wrong = any(each["level"] == "error" for each in done.json["findings"])
    assert done.code == is_wrong
