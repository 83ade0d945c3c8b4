"""An office's own document: its styles, headers and footers are taken, and what it lacks is named."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm, Pt

from dtcheck.documents import (
    AnnexTitle,
    Cell,
    Grid,
    Heading,
    Landscape,
    Paragraph,
    Properties,
    Template,
    TemplateError,
    Title,
)
from dtcheck.documents.write import write_document

ABOUT = Properties("标题", "", datetime(2024, 6, 30, tzinfo=UTC))
BLOCKS = [
    Title("通报"),
    Heading("一、总体情况"),
    Heading("（一）工业", 2),
    Paragraph("正文。"),
    Landscape(),
    AnnexTitle("附件", "全部指标"),
    Grid(("指标",), ((Cell("新开工项目"),),), (1,), ("left",)),
]


def saved(document):
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def office(*, lacking=()):
    """A document of another make: US paper, its own styles, a header, and text of its own."""
    made = docx.Document()
    made.styles["Title"].font.size = Pt(30)
    own = made.styles.add_style("公文正文", WD_STYLE_TYPE.PARAGRAPH)
    own.font.size = Pt(15)
    for name in lacking:
        made.styles[name].delete()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(200), Mm(280)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = Mm(33)
    section.header.paragraphs[0].text = "东台市人民政府办公室"
    section.footer.paragraphs[0].text = "内部资料"
    made.add_paragraph("旧通报的文字")
    made.add_table(2, 2)
    return saved(made)


def written(content, blocks=BLOCKS):
    done = write_document(blocks, ABOUT, Template("单位.docx", content))
    return docx.Document(io.BytesIO(done.content)), done.missing


def test_its_styles_page_header_and_footer_are_taken():
    made, missing = written(office())
    texts = {each.text: each for each in made.paragraphs if each.text}
    assert list(texts) == ["通报", "一、总体情况", "（一）工业", "正文。", "附件", "全部指标"]
    assert texts["通报"].style.font.size.pt == 30
    assert texts["一、总体情况"].style.name == "Heading 1"
    assert texts["（一）工业"].style.name == "Heading 2"
    assert (texts["正文。"].style.name, texts["正文。"].style.font.size.pt) == ("公文正文", 15)
    standing, lying = made.sections
    assert round(standing.page_width.mm) == 200
    assert standing.header.paragraphs[0].text == "东台市人民政府办公室"
    assert standing.footer.paragraphs[0].text == "内部资料"
    # Turned left: what was at the left is above.
    assert (round(lying.page_width.mm), round(lying.page_height.mm)) == (280, 200)
    assert (round(lying.top_margin.mm), round(lying.right_margin.mm)) == (20, 33)
    assert lying.header.paragraphs[0].text == "东台市人民政府办公室"
    assert len(made.tables) == 1
    # What it has no styles for is named, each once, and ours stand in.
    assert missing == ("附件", "附件标题", "表头", "表格文字")
    assert texts["附件"].style.font.size.pt == 16


def test_a_missing_style_is_named_as_word_shows_it():
    made, missing = written(office(lacking=("Title", "Heading 1")))
    assert missing[:2] == ("标题", "标题 1")
    assert made.paragraphs[0].style.font.size.pt == 22
    assert made.paragraphs[1].style.name == "Heading 1"
    assert made.paragraphs[1].style.font.size.pt == 16


@pytest.mark.parametrize("name", ["Body Text", "Normal"])
def test_what_stands_for_the_body(name):
    blank = docx.Document()
    if name == "Normal":
        blank.styles["Body Text"].delete()
    made, missing = written(saved(blank), [Paragraph("正文。")])
    assert made.paragraphs[0].style.name == name
    assert missing == ()


def test_a_template_that_lies_already_stays_so():
    blank = docx.Document()
    section = blank.sections[0]
    section.orientation, section.page_width, section.page_height = 1, Mm(297), Mm(210)
    made, _ = written(saved(blank))
    assert [round(each.page_width.mm) for each in made.sections] == [297]


def zipped(**parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def damaged():
    content = office()
    return content[: len(content) // 2]


def broken_styles():
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(office())) as whole, zipfile.ZipFile(target, "w") as package:
        for name in whole.namelist():
            package.writestr(name, b"<w:styles" if name == "word/styles.xml" else whole.read(name))
    return target.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7", b"\xd0\xcf\x11\xe0" * 200, zipped(a="b"), damaged(), broken_styles()],
    ids=["empty", "pdf", "doc", "zip", "half", "styles"],
)
def test_what_is_no_template(content):
    with pytest.raises(
        TemplateError, match=r"^单位\.docx 不是能用的 Word 文件（\.docx），.*另存为"
    ):
        written(content)


def test_a_bomb_is_no_template():
    with pytest.raises(TemplateError, match="太大"):
        written(zipped(a="0" * 60_000_000))
