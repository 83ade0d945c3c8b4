"""Whose report it may be where no title says so."""

from __future__ import annotations

import re
from collections import Counter

from dtcheck.workreport.report import ReportText

_ALL_OF = re.compile("全([市县区旗省州盟])")
_FILE_PLACE = re.compile(
    "(?:20[0-9]{2}年?)?((?!全|我|各|本)[一-龥]{1,8}?(?:自治)?(?:(?<!城)市|[县区州旗省盟]))"
    "(?=[-_0-9.(（ ]|政府工作报告|人民政府|工作报告|报告)"
)
_CLOSING_PLACE = re.compile(
    "(?:开创|谱写|实现|建设|加快|推动|推进|打造|共创|为|让)(?!实现|开创|谱写|建设|加快|推动|推进|打造)([一-龥]{2,4}?)(?=更加|平安|美好|崛起|振兴|高质量|跨越|全面|各项|现代化|经济社会|新篇章|新局面|实践|明天)"
)
_NO_NAME = re.compile("[推动我们全的了在和与更新成创胜作展域市县省区国人民工城乡社会经济]")
_CLOSING, _OFTEN = 800, 2


def guess_place(report: ReportText) -> str | None:
    """Return whose report it may be where no title says so: by the file's name, else by the last words.

    A report calls its place 全县 or 全市 throughout, and by its name when it closes.
    """
    text = report.text[: report.end]
    kinds = Counter(_ALL_OF.findall(text))
    kind = max(kinds, key=lambda each: kinds[each], default=None)
    if named := _FILE_PLACE.match(report.path.rpartition("/")[2]):
        bare = re.sub("(?:自治)?[市县区州旗省盟]$", "", named[1])
        if bare in text or not kinds:
            return str(named[1])
    for match in _CLOSING_PLACE.finditer(text, max(0, len(text) - _CLOSING)):
        name = match[1]
        if kind and not _NO_NAME.search(name) and text.count(name) >= _OFTEN:
            return f"{name}{kind}"
    return None
