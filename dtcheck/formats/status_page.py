"""The pages of ``dtcheck explain`` on what a target can be: 欠序时, 未填报."""

from __future__ import annotations

from dtcheck.judge import Light, Status

_PAGES = {
    Status.MET: """
含义：达到了目标。
条件：累计数、总数、占比：达到年度目标，不论在几月。
增速：12 月的数不低于目标；以前达到的是“达序时”，因为还可能回落。
不得超过的（≤、<）：到 12 月仍没有超过。
退出码：不计入。
怎么办：不必再做什么。总数、占比以后回落的，会变成别的状态。
""",
    Status.ON_TRACK: """
含义：还没有到目标，进度跟得上。
条件：累计数：完成率不低于序时进度（几月 / 12，另有推进方式的按那一种）。
有上年结果的总数、占比：从上年结果算起的完成率不低于序时进度。
增速：不低于目标本身。不得超过的：还没有超过。
退出码：不计入。
怎么办：不必再做什么。
""",
    Status.NEAR: """
含义：比目标略低，或者数本身写得不准：不算缺口，也不算达标。
条件：目标写“左右”的：差距在目标的 5% 以内（目标文件可另写 tolerance）；
增速各月都这样看，其他到 12 月才这样看。写“约100个”而正压在线上的也是。
退出码：加 --strict 才计入。
怎么办：数写得不准的，报一个确切的数。
""",
    Status.OPEN: """
含义：报了数，年底以前没有进度可比。
条件：没有上年结果的总数、占比；评定、认定、排名一类年底才定的指标。
12 月再与目标比。
退出码：不计入。
怎么办：不必再做什么。目标文件可以补上年结果（baseline）、推进方式（pace）。
""",
    Status.BEHIND: """
含义：进度跟不上。
条件：累计数：完成率低于序时进度（几月 / 12，6 月是 50%）。
有上年结果的总数、占比：从上年结果算起的完成率低于序时进度。
增速：低于目标本身。落后不到 10 个百分点（增速：不到目标的 10%）是黄灯，
以上是红灯；两条线可以在 pyproject.toml 改。
退出码：--fail-on behind（默认）和 missing 时计入；争取目标加 --strict 才计入。
怎么办：在备注写明原因和下一步措施，没有写的有 DT306。
""",
    Status.MISSED: """
含义：没有完成，或者超过了不得超过的数。
条件：12 月（全年）的数没有达到目标。不得超过的累计数（如“不发生”）：
一超过就是，以后各月不再变。
退出码：--fail-on missed、behind（默认）和 missing 时计入；
争取目标加 --strict 才计入。
怎么办：在备注写明原因。才到年中就都是“未完成”的，多半是期间写成了全年。
""",
    Status.NO_DATA: """
含义：到了应报的月份，没有能用的数。没有数不会当作 0，也不会当作完成。
条件：没有这一行，或者留空、填“—”，或者填了但不能用，
或者只有以前月份的数（DT304）。
“未填报（5月欠序时）”：上次的数欠序时，没有新数就仍按欠序时看待。
退出码：--fail-on missing 时计入；括号里写着缺口的，按那个缺口计入。
怎么办：补报最近一期的数；确实没有数的填“—”，在备注说明。
""",
    Status.NOT_DUE: """
含义：还没有到应报的月份。
条件：按目标文件的出数频率（reports），到这个月为止没有应报的月份，
如一年一次的指标在 6 月。
退出码：不计入。
怎么办：不必报。
""",
    Status.UNDECIDED: """
含义：目标由上级下达，还没有人填。
条件：目标文件写“上级下达”，报数表的“下达目标”列还没有数，
或者有两个不同的数（DT208）。
退出码：不计入。
怎么办：收到下达的目标后，填在“下达目标”列。
""",
}


def status_named(word: str) -> Status | None:
    """Return the status that a word names, as tables or JSON write it."""
    key = word.lower().replace("-", "_")
    return next((each for each in Status if key in (each.label, each.value)), None)


def status_page(status: Status) -> str:
    """Return what a status means, when a target has it, and what it does to the exit code."""
    lights = (status.light, Light.RED) if status is Status.BEHIND else (status.light,)
    shown = "，".join(f"{light.sign} {light.label}灯" for light in lights)
    return f"{status.label} {status.value}（{shown}）\n{_PAGES[status]}"
