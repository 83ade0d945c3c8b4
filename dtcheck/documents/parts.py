"""Pieces of WordprocessingML: styles, fonts, settings, page numbers, and a package of them."""

from __future__ import annotations

import io
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from dtcheck.documents.looks import FONTS, SIZE_3, SIZE_4, SONGTI, Look, Part

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# The first date that a zip can hold: what was written when is nobody's business.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def twips(points: float) -> int:
    """Return points in twentieths."""
    return round(points * 20)


def fonts_xml(font: str) -> str:
    """Return the element by which a run, or a style, takes ``font`` for all scripts."""
    name = quoteattr(font)
    return f"<w:rFonts w:ascii={name} w:hAnsi={name} w:eastAsia={name} w:cs={name}/>"


def text_run(text: str) -> str:
    """Return a run; quotes and dashes, which both scripts have, are Chinese ones."""
    return (
        '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )


def _paragraph_xml(look: Look) -> str:
    indent = wrap = ""
    if look.first:
        # A path in the body is broken anywhere: it must not stretch the line before it.
        wrap = '<w:wordWrap w:val="0"/>'
        # By characters for Word and WPS, by points for those that know no characters.
        points = twips(look.first * look.size)
        indent = f'<w:ind w:firstLineChars="{look.first * 100}" w:firstLine="{points}"/>'
    spacing = (
        f'<w:spacing w:before="{twips(look.before)}" w:after="{twips(look.after)}" '
        f'w:line="{twips(look.line)}" w:lineRule="exact"/>'
    )
    outline = "" if look.outline is None else f'<w:outlineLvl w:val="{look.outline}"/>'
    keep = "<w:keepNext/>" if look.keep else ""
    return f'<w:pPr>{keep}<w:widowControl w:val="0"/>{wrap}<w:snapToGrid w:val="0"/>{spacing}{indent}<w:jc w:val="{look.align}"/>{outline}</w:pPr>'


def _run_xml(look: Look) -> str:
    color = f'<w:color w:val="{look.color}"/>' if look.color else ""
    size = round(look.size * 2)
    return f'<w:rPr>{fonts_xml(look.font)}{color}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'


def style_xml(part: Part, name: str, *, namespace: bool = False) -> str:
    """Return the style of ``part`` under ``name``; with its namespace where it stands alone."""
    built_in = name.isascii()
    custom = "" if built_in else ' w:customStyle="1"'
    return (
        f'<w:style{f" {NAMESPACE}" if namespace else ""} w:type="paragraph"{custom} w:styleId="Gw{part.name.replace("_", "")}">'
        f"<w:name w:val={quoteattr(name)}/><w:qFormat/>{_paragraph_xml(part.look)}{_run_xml(part.look)}</w:style>"
    )


def _styles() -> str:
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:rPr>{fonts_xml(Part.BODY.look.font)}</w:rPr></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    return (
        f"{_HEAD}<w:styles {NAMESPACE}><w:docDefaults><w:rPrDefault><w:rPr>{fonts_xml(SONGTI)}"
        f'<w:sz w:val="{SIZE_3 * 2}"/><w:szCs w:val="{SIZE_3 * 2}"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        f"</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>{normal}</w:styles>"
    )


def fonts_table() -> str:
    """Return the part that names the fonts, and what may stand in for each."""
    entries = "".join(
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(others)}/>"
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, others in FONTS.items()
    )
    return f"{_HEAD}<w:fonts {NAMESPACE}>{entries}</w:fonts>"


_SETTINGS = (
    f'{_HEAD}<w:settings {NAMESPACE}><w:zoom w:percent="100"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
_DOCUMENT = f"{_HEAD}<w:document {NAMESPACE}><w:body><w:sectPr/></w:body></w:document>"


def blank_package() -> bytes:
    """Return an empty document: what python-docx brings along has the styles of another country."""
    parts = {"document": f"{_TYPE}.document.main+xml", "styles": f"{_TYPE}.styles+xml"}
    parts |= {"settings": f"{_TYPE}.settings+xml", "fontTable": f"{_TYPE}.fontTable+xml"}
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>'
        for name, kind in parts.items()
    )
    relations = "".join(
        f'<Relationship Id="rId{at}" Type="{_R}/{name}" Target="{name}.xml"/>'
        for at, name in enumerate(list(parts)[1:], 1)
    )
    return packed(
        {
            "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
            "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": _DOCUMENT,
            "word/_rels/document.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
            "word/styles.xml": _styles(),
            "word/settings.xml": _SETTINGS,
            "word/fontTable.xml": fonts_table(),
        }
    )


def packed(parts: dict[str, str] | dict[str, bytes]) -> bytes:
    """Return a package of ``parts``, the same bytes for the same parts."""
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, content)
    return target.getvalue()


def repacked(content: bytes) -> bytes:
    """Return a package with the same parts and without the times of their writing."""
    with ZipFile(io.BytesIO(content)) as package:
        return packed({name: package.read(name) for name in package.namelist()})


def page_number_xml(*, odd: bool) -> str:
    """Return the paragraph of a footer: — 1 —, one character in from the outer edge."""
    side, size = ("right", "left")[not odd], SIZE_4
    run = (
        f'<w:rPr>{fonts_xml(SONGTI)}<w:sz w:val="{size * 2}"/><w:szCs w:val="{size * 2}"/></w:rPr>'
    )
    pieces = "".join(
        f"<w:r>{run}{piece}</w:r>"
        for piece in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    return (
        f'<w:p {NAMESPACE}><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        f'<w:ind w:{side}Chars="100" w:{side}="{twips(size)}"/><w:jc w:val="{side}"/></w:pPr>{pieces}</w:p>'
    )
