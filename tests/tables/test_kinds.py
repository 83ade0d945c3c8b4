"""Files that are no tables, whatever their names say: each is told what it is."""

from __future__ import annotations

import random

import pytest

HEAD = "编号,实际值,单位,期间\n"
GOOD = HEAD + "GY01,60,个,2024-06\n"
PAGE = "<table><tr><td>系统维护中</td><td>请稍后再试</td></tr></table>"
MAIL = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n"
SCRAMBLED = bytes(random.Random(1).choices(range(1, 256), k=6000))


def told(run, tmp_path, content, name="b.xls"):
    """Return what is said of a file of this content beside a good one, which is read."""
    path, good = tmp_path / name, tmp_path / "good.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    good.write_text(GOOD, encoding="utf-8")
    done = run("verify", path, good, "--format", "json", "--fail-on", "never", "--select", "GY01")
    assert done.code == 2
    assert done.json["results"][0]["actual"]["value"] == 60
    errors = [each for each in done.json["findings"] if each["level"] == "error"]
    assert [(each["rule"], each["file"]) for each in errors] == [("DT101", path.as_posix())]
    return errors[0]["message"] + errors[0]["hint"]


@pytest.mark.parametrize(
    "start",
    [
        *("<div>", '<div class="x">', "<body bgcolor=white>", "<style>td {}</style>", "<BR/>"),
        *(
            "<!-- 导出 -->",
            "<script></script>",
            "<center>",
            "<h1>报表</h1>",
            "<?xml version='1.0'?>",
            "<x:r>",
        ),
        *(
            "<html>",
            "<!DOCTYPE html>",
            "<p>",
            "\n\r\n  \t<div>",
            "\ufeff<div>",
            "\ufeff\n\ufeff<tr>",
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_pages(run, tmp_path, start, encoding):
    if encoding == "gb18030":
        start = start.replace("\ufeff", "")
    assert "这是网页或 XML" in told(run, tmp_path, (start + PAGE).encode(encoding))


def test_a_page_below_a_screen_of_blank_lines(run, tmp_path):
    assert "这是网页" in told(run, tmp_path, "\r\n" * 30_000 + "<div>" + PAGE, "b.csv")


@pytest.mark.parametrize(
    "title",
    [
        "<注>：1-6月",
        "<东台市>报数表",
        "< 100 个的不报",
        "<<报数表>>",
        "《报数表》",
        "<内部资料 2024>",
    ],
)
def test_a_title_in_angle_brackets_is_no_page(run, tmp_path, title):
    path = tmp_path / "a.csv"
    path.write_text(f"{title}\n{GOOD}", encoding="utf-8")
    done = run("verify", path, "--format", "json", "--select", "GY01")
    assert (done.json["results"][0]["actual"]["value"], done.json["findings"]) == (60, [])


@pytest.mark.parametrize(
    "content",
    [
        MAIL + PAGE,
        "\n" + MAIL + PAGE,
        "From: <由 WPS 保存>\nSubject: 报数\nDate: 2024\nMIME-Version: 1.0\n\n" + PAGE,
        "X-Generator: a\nmime-version: 1.0\n",
    ],
)
def test_archives_of_pages_and_mails(run, tmp_path, content):
    assert "网页存档" in told(run, tmp_path, content)


def test_a_header_with_a_colon_is_no_mail(run, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"note: 1-6月\n{GOOD}", encoding="utf-8")
    assert run("verify", path, "--format", "json", "--select", "GY01").json["findings"] == []


@pytest.mark.parametrize("name", ["b.xlsx", "b.csv", "b.xls"])
@pytest.mark.parametrize(
    "content",
    [
        b"b\x14#e\x01\x00" + SCRAMBLED,
        b"\x03\x01\x00 E-SafeNet LOCK" + SCRAMBLED,
        b"\x01\x02" + "E-SafeNet".encode("utf-16-le") + SCRAMBLED,
        b"%TSD-Header-###%" + SCRAMBLED,
    ],
)
def test_locked_by_the_software_of_the_office(run, tmp_path, content, name):
    said = told(run, tmp_path, content, name)
    assert "加密软件（如亿赛通）" in said
    assert "解密" in said


@pytest.mark.parametrize("name", ["b.xlsx", "b.XLS", "b.et", "b.xlsm"])
def test_scrambled_workbooks(run, tmp_path, name):
    for content in (SCRAMBLED, b"\0" + SCRAMBLED, SCRAMBLED[:100]):
        said = told(run, tmp_path, content, name)
        assert "多半被加密软件" in said
        assert "解密" in said


def test_scrambled_bytes_in_a_text_file_are_just_no_text(run, tmp_path):
    assert "不是文本表格" in told(run, tmp_path, SCRAMBLED, "b.csv")


@pytest.mark.parametrize("size", [1, 100, 20_000])
def test_a_file_of_zero_bytes(run, tmp_path, size):
    assert "空字节" in told(run, tmp_path, bytes(size), "b.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le"])
def test_text_that_is_called_a_workbook_is_read(run, tmp_path, encoding):
    path = tmp_path / "a.xls"
    path.write_bytes((HEAD + "GY01,60,个,2024-06\n" * 1000).encode(encoding))
    done = run("verify", path, "--format", "json", "--select", "GY01")
    assert done.json["results"][0]["actual"]["value"] == 60


def test_a_note_may_name_the_lock(run, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"由 E-SafeNet 解密\n{GOOD}", encoding="utf-8")
    assert run("verify", path, "--format", "json", "--select", "GY01").json["findings"] == []


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K48\r\n", "SYLK"),
        ("ID;P\nC;Y1;X1;K48\n", "SYLK"),
        ('TABLE\r\n0,1\r\n"EXCEL"\r\n', "DIF"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "图片"),
        (b"GIF89a\1\0", "图片"),
        (b"Rar!\x1a\x07\0", "压缩包"),
        (b"7z\xbc\xaf\x27\x1c\0", "压缩包"),
        (b"\x1f\x8b\x08\0", "压缩包"),
        ("{\\rtf1\\ansi", "RTF"),
        # What a page of PHP makes of pack("ssssss", 0x809, 0x8, 0x0, 0x10, 0x0, 0x0), and Excel 2.
        (
            b"\x09\x08\x08\0\0\0\x10\0\0\0\0\0" + b"\x04\x02\x0c\0\0\0\0\0\0\0\x04\0GY01",
            "很早的一种工作簿",
        ),
        (b"\x09\0\x04\0\x02\0\x10\0", "很早的一种工作簿"),
        ('{"code": 500, "msg": "导出失败"}', "JSON"),
        ('[{"编号": "GY01"}]', "JSON"),
    ],
)
def test_other_kinds(run, tmp_path, content, word):
    assert word in told(run, tmp_path, content)


@pytest.mark.parametrize("header", ["id;value;unit;period", "ID;Value;Unit;Period"])
def test_a_header_that_begins_with_id_is_no_sylk(run, tmp_path, header):
    path = tmp_path / "a.csv"
    path.write_text(f"{header}\nGY01;60;个;2024-06\n", encoding="utf-8")
    done = run("verify", path, "--format", "json", "--select", "GY01")
    assert done.json["results"][0]["actual"]["value"] == 60
