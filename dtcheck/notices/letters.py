"""A letter to one bureau (反馈): its targets, its gaps, what is missing, what to mend and where.

It goes to those who sent the files, so that here places are named: file, row and column.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from dtcheck.digest import Digest
from dtcheck.documents import (
    AnnexList,
    AnnexTitle,
    Block,
    Heading,
    Paragraph,
    Remarks,
    Title,
    Written,
)
from dtcheck.formats.content import ResultLine, clean, name_of
from dtcheck.judge import Result
from dtcheck.notices.figures import NO_REASON as UNEXPLAINED
from dtcheck.notices.gaps import gap_text, reasons_text
from dtcheck.notices.notice import DigestStyle, Notice, build_notice
from dtcheck.notices.numerals import numeral
from dtcheck.notices.prose import missing_text, opening
from dtcheck.notices.word import addressee, all_targets, numbered, signature, written
from dtcheck.notices.words import annex_notes, span
from dtcheck.rules import Finding
from dtcheck.rules.plausibility import NO_REASON, STALE

# What is said elsewhere in the letter: of a gap, and of what is missing.
_TOLD = (NO_REASON, STALE)
_ANNEX = "本单位牵头的全部指标"


def write_letter(bureau: str, digest: Digest, style: DigestStyle) -> Written:
    """Return the letter to ``bureau``, of whose targets ``digest`` is. Raises TemplateError."""
    usual = f"{digest.report.file.place}{span(digest)}《政府工作报告》量化目标完成情况反馈"
    notice = build_notice(digest, style._replace(title=style.title or usual))
    blocks: list[Block] = [
        Title(notice.title),
        addressee(bureau),
        Paragraph(f"现将你单位牵头的目标完成情况反馈如下。{opening(digest, scope=False)}"),
    ]
    for number, (heading, body) in enumerate(_chapters(bureau, notice), 1):
        blocks += [Heading(f"{numeral(number)}、{heading}"), *body]
    blocks += [AnnexList((_ANNEX,)), *signature(notice)]
    blocks += [
        AnnexTitle("附件", _ANNEX),
        all_targets(notice, leads=False),
        Remarks(annex_notes(digest, counts=False)),
    ]
    return written(blocks, notice)


def _chapters(bureau: str, notice: Notice) -> Iterator[tuple[str, list[Block]]]:
    digest = notice.digest
    results = {result.target.code: result for result in digest.report.results}
    gaps = [
        _gap(results[line.code], line, digest) for part in notice.shortfalls for line in part.lines
    ]
    yield "缺口", numbered(tuple(gaps)) or [Paragraph("没有缺口。")]
    missing = [
        f"{missing_text(result, digest)}。请补报。"
        for result in digest.overdue_by_bureau.get(bureau, ())
    ]
    yield "应报未报", numbered(tuple(missing)) or [Paragraph("没有。")]
    mend = [to_mend(finding) for finding in to_mend_of(bureau, digest)]
    yield "需要核对、更正的数", numbered(tuple(mend)) or [Paragraph("没有。")]


def _gap(result: Result, line: ResultLine, digest: Digest) -> str:
    reasons = reasons_text(line)
    if not line.note.strip():
        reasons = reasons.replace(f"{UNEXPLAINED}。", "请说明原因和下一步措施。", 1)
    return f"{name_of(result.target)}：{gap_text(result, digest)}。{reasons}"


def to_mend_of(bureau: str, digest: Digest) -> list[Finding]:
    """Return what a bureau has to look at, but for what its letter says elsewhere."""
    return [each for each in digest.doubtful.get(bureau, ()) if each.rule not in _TOLD]


def to_mend(finding: Finding) -> str:
    """Return what is doubtful, where it stands, and what to do."""
    # The folder and the file: the rest of the path is the office's own.
    file = "/".join(PurePath(finding.place.file).parts[-2:])
    where = str(finding.place._replace(file=file))
    more = f"等{finding.count}处" if finding.count > 1 else ""
    return clean(f"{where}{more}：{finding.message.rstrip('。')}。{finding.hint.rstrip('。')}。")
