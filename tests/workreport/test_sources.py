"""Reports as Word documents, saved pages, and texts pasted from a PDF."""

from __future__ import annotations

import pytest

from dtcheck.workreport.report import read_report

WORDS = (
    "——2031年2月3日在某县第九届人民代表大会第二次会议上",
    "一、2030年工作回顾",
    "建成桥梁9座。",
    "二、2031年工作安排",
    "新建桥梁3座。",
)


def promised(path):
    report = read_report(path)
    assert (report.year, report.plan_heading) == (2031, WORDS[3])
    return [figure.text for figure in report.promises if figure.digits and figure.is_quantity]


def test_a_word_document(tmp_path):
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for words in WORDS:
        document.add_paragraph(words)
    document.add_table(1, 2).cell(0, 1).text = "码头2座"
    document.save(str(tmp_path / "r.docx"))
    assert promised(tmp_path / "r.docx") == ["3座", "2座"]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_a_saved_page(tmp_path, encoding):
    body = "".join(f"<p>{words[:4]}\n  {words[4:]}</p>" for words in WORDS)
    page = f'<html><head><meta charset="{encoding}"><script>var a = "5座";</script></head><body>{body}</body></html>'
    (tmp_path / "r.html").write_bytes(page.encode(encoding))
    assert promised(tmp_path / "r.html") == ["3座"]


def test_lines_broken_in_mid_sentence(tmp_path):
    sentence = "全县上下齐心协力推进各项建设工作全面展开扎实前行" * 30 + "新建桥梁3座。"
    broken = "\n".join(sentence[at : at + 24] for at in range(0, len(sentence), 24))
    text = "\n".join((*WORDS[:4], broken))
    (tmp_path / "r.txt").write_text(text, encoding="utf-8")
    report = read_report(tmp_path / "r.txt")
    assert sentence in report.text
