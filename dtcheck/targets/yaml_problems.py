"""What PyYAML complains of, in Chinese, with what to do about it.

libyaml and PyYAML's own parser word some problems differently; the words looked for are common
to both.
"""

from __future__ import annotations

import yaml
from yaml.reader import Reader

# Words of the parser: what is wrong, how to mend it; the first that fit count. {start} is the
# line where a quote or bracket was opened, which is what has to be looked at.
_PROBLEMS = (
    (
        "escape character",
        "双引号里的 \\ 后面不能接这个字符",
        "改用单引号，或者把 \\ 写成 \\\\",
    ),
    (
        "quoted scalar",
        "第{start}行的引号没有配对，后面的行都连成了一个值",
        "在值的末尾补上引号；值里面本来就有引号的，外面换一种引号",
    ),
    (
        "block scalar",
        "以 > 或 | 开头的值没有加引号",
        '整个值加上引号，如 goal: "> 100 个"',
    ),
    (
        "flow sequence",
        "第{start}行的方括号没有配对，或者里面少了逗号",
        "写成 [甲, 乙]，逗号和括号用英文的",
    ),
    (
        "flow mapping",
        "第{start}行的花括号没有配对，或者里面少了逗号",
        "写成 {键: 值, 键: 值}，逗号、冒号和括号用英文的",
    ),
    (
        "mapping values",
        "这里多出一个冒号，或者缩进和上一行对不上",
        "值里有冒号的，整个值加引号；同一级的各行左边对齐；上一行的冒号要用英文的",
    ),
    (
        "simple key",
        "上一行缺少冒号",
        "写成“键: 值”，冒号用英文的，后面空一格",
    ),
    ("tab character", "缩进里有 Tab", "缩进改用空格"),
    (
        "start any token",
        "值以 @、%、` 开头，或者缩进里有 Tab",
        "这样的值加上引号；缩进用空格，不用 Tab",
    ),
    (
        "block mapping",
        "缩进对不齐，或者引号、括号之后还有字",
        "同一级的各行左边对齐；值里有引号或括号的，整个值加引号",
    ),
    (
        "block collection",
        "缩进对不齐，或者列表中有一行不以“- ”开头",
        "同一级的各行左边对齐，列表的每一项以“- ”开头",
    ),
    ("anchor", "值以 & 开头，或者用了锚点", "值加上引号；内容直接写出来，不用锚点"),
    ("alias", "值以 * 开头，或者用了锚点引用", "值加上引号；内容直接写出来，不用锚点引用"),
    ("tag", "值以 ! 开头，或者用了标签", "值加上引号；目标文件不用标签"),
    ("another document", "一个文件里有两份 YAML", "删去中间的“---”"),
)
_HINT = "看看这一行和上一行的缩进、引号、冒号"


def explain(error: yaml.YAMLError, text: str) -> tuple[int | None, str, str]:
    """Return the line of a problem in ``text``, what is wrong there, and how to mend it."""
    if not isinstance(error, yaml.MarkedYAMLError):
        found = Reader.NON_PRINTABLE.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else None
        return line, "有 YAML 不允许的控制字符", "删去这一行里看不见的字符，或者重新输入这一行"
    line = error.problem_mark.line + 1 if error.problem_mark else None
    start = error.context_mark.line + 1 if error.context_mark else line
    said = f"{error.context} {error.problem}"
    for words, problem, hint in _PROBLEMS:
        if words in said:
            return line, problem.replace("{start}", str(start)), hint
    return line, f"这里不合 YAML 的写法（{error.problem}）", _HINT
