"""Files that are no report, or a broken one: a sentence that names the file and says what to do."""

from __future__ import annotations

import io
import zipfile

import pytest

from dtcheck.workreport.refusals import MAX_BYTES
from dtcheck.workreport.report import read_report

WORDS = (
    "云山县2031年政府工作报告",
    "一、2030年工作回顾",
    "建成桥梁9座。",
    "二、2031年工作安排",
    "新建桥梁3座。",
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def package(**parts):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return packed.getvalue()


def document():
    docx = pytest.importorskip("docx")
    made, packed = docx.Document(), io.BytesIO()
    for words in WORDS:
        made.add_paragraph(words)
    made.save(packed)
    return packed.getvalue()


def changed(raw, name, change):
    """Return a package with one part changed, or without it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(packed, "w") as new:
        for each in old.namelist():
            content = old.read(each)
            if each == name:
                content = change(content)
            if content is not None:
                new.writestr(each, content)
    return packed.getvalue()


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (97 + n, b"&%c;" % (96 + n) * 10) for n in range(1, 12))
    + b"]><a>&l;</a>"
)
MAIN = "word/document.xml"


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: b"PK\x03\x04 no package at all", "不完整或已损坏"),
        (lambda: document()[:2000], "不完整或已损坏"),
        (lambda: changed(document(), MAIN, lambda _: b"<no xml"), "内容不完整或已损坏"),
        (lambda: changed(document(), MAIN, lambda _: BOMB), "损坏"),
        (lambda: changed(document(), "[Content_Types].xml", lambda _: None), "内容不完整或已损坏"),
        (lambda: changed(document(), "_rels/.rels", lambda _: None), "内容不完整或已损坏"),
        (
            lambda: changed(document(), "_rels/.rels", lambda _: b"<Relationships/>"),
            "内容不完整或已损坏",
        ),
        (lambda: package(xl__workbook_xml="<workbook/>"), "是表格（.xlsx）"),
        (lambda: package(ppt__presentation_xml="<p/>"), "是演示文稿"),
        (lambda: package(content_xml="<office/>"), "是 OpenDocument 文档"),
        (lambda: package(report="某某"), "是压缩包"),
        (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
        (lambda: OLE + "WordDocument".encode("utf-16-le"), "旧格式的 Word 文档"),
        (lambda: OLE + "Workbook".encode("utf-16-le"), "是表格（.xls）"),
        (lambda: OLE, "旧格式的 Office 文件"),
        (lambda: b"%PDF-1.7\n%\xe2\xe3", "是 PDF"),
        (lambda: b"{\\rtf1\\ansi", "是 RTF 文档"),
        (lambda: b"MIME-Version: 1.0", "网页存档"),
        (lambda: b"\x89PNG\r\n\x1a\n\0\0", "是图片"),
        (lambda: b"Rar!\x1a", "是压缩包"),
        (lambda: b"", "是空的"),
        (lambda: b"\0\1\2" * 99, "不是文本文件"),
        (lambda: "新建桥梁3座。".encode() * (5_000_000 // 19), "太大"),
        (lambda: package(word__document_xml=b"a" * 101_000_000), "太大"),
        (lambda: b"<html>" + "新建桥梁3座。".encode() * (MAX_BYTES // 6), "太大"),
        (lambda: b"<html>" + b"<script>" * 100_000, "没有一个数"),
    ],
)
@pytest.mark.parametrize("name", ["报告.docx", "报告.txt"])
def test_what_cannot_be_read_says_what_to_do(run, tmp_path, made, said, name):
    path, out = tmp_path / name, tmp_path / "draft.yaml"
    path.write_bytes(made())
    done = run("targets", "new", path, "-o", out)
    assert (done.code, out.exists()) == (2, False)
    assert name in done.err
    assert said in done.err
    assert "Traceback" not in done.err


def test_the_audit_says_the_same(run, tmp_path):
    path = tmp_path / "报告.docx"
    path.write_bytes(b"PK\x03\x04 no package at all")
    done = run("targets", "audit", path)
    assert (done.code, "不完整或已损坏" in done.err, "另存为 .docx 或 .txt" in done.err) == (
        2,
        True,
        True,
    )


def promised(path):
    report = read_report(path)
    assert (report.place, report.year) == ("云山县", 2031)
    return [figure.text for figure in report.promises if figure.digits and figure.is_quantity]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "gb18030", "utf-8-sig"])
def test_text_in_any_encoding(tmp_path, encoding):
    (tmp_path / "r.txt").write_bytes("\n".join(WORDS).encode(encoding))
    assert promised(tmp_path / "r.txt") == ["3座"]


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("utf-8", "gb2312"),
        ("gb18030", "utf-8"),
        ("gb18030", "iso-8859-1"),
        ("utf-8", "no-such"),
        ("utf-16", "utf-8"),
    ],
)
def test_a_page_that_names_a_wrong_encoding(tmp_path, written, named):
    body = "".join(f"<p>{words}</p>" for words in WORDS)
    page = f'<html><head><meta charset="{named}"></head><body>{body}</body></html>'
    (tmp_path / "r.html").write_bytes(page.encode(written))
    assert promised(tmp_path / "r.html") == ["3座"]


def test_what_was_put_in_as_a_change_is_read(tmp_path):
    """Tracked changes, content controls and text boxes are in no list of paragraphs of python-docx."""
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'

    def paragraph(words):
        return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"

    box = f"<w:txbxContent>{paragraph('新建码头2座。')}</w:txbxContent>"
    body = (
        "".join(map(paragraph, WORDS[:4]))
        + "<w:p><w:r><w:t>新建桥梁</w:t></w:r><w:del><w:r><w:delText>4</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>3座。</w:t></w:r></w:ins></w:p>"
        f"<w:sdt><w:sdtContent>{paragraph('新建泵站5座。')}</w:sdtContent></w:sdt>"
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    xml = f"<w:document {w} {mc}><w:body>{body}</w:body></w:document>".encode()
    (tmp_path / "r.docx").write_bytes(changed(document(), MAIN, lambda _: xml))
    assert promised(tmp_path / "r.docx") == ["3座", "5座", "2座"]


def test_a_page_whose_script_is_never_closed(tmp_path):
    page = "<html><body>" + "".join(f"<p>{words}</p>" for words in WORDS) + "<script>var a;"
    (tmp_path / "r.html").write_text(page, encoding="utf-8")
    assert promised(tmp_path / "r.html") == ["3座"]
