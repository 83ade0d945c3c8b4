"""DT4xx: the targets file."""

from dtcheck.rules.base import Level, Rule


class BrokenYaml(Rule):
    """目标文件不是合格的 YAML

    含义：文件读不出来，或者缩进、引号、括号有误，或者用了锚点（&、*）这类不必要的写法。
    为什么要紧：目标读不出来，什么也判断不了。
    错例：goal: > 100 个（大于号开头的值要加引号）。
    改法：照提示的行号修改；值以 >、%、@、& 等符号开头时加双引号。
    """

    id = "DT401"
    level = Level.ERROR


class UnknownKey(Rule):
    """不认识的键

    含义：这一层没有这个键，多半是拼写错误。
    为什么要紧：拼错的键如果被忽略，写进去的意思就丢了。
    错例：basline: 91 个
    改法：照提示改成最接近的键；全部可用的键见 dtcheck targets schema。
    """

    id = "DT402"
    level = Level.ERROR


class MissingKey(Rule):
    """缺少必需的键

    含义：这一段少了不可缺的内容，例如指标没有 goal。
    为什么要紧：没有目标就无从判断。
    错例：只有 code 和 name 的指标。
    改法：补上提示中的键。
    """

    id = "DT403"
    level = Level.ERROR


class DoubledKey(Rule):
    """同一个键写了两次

    含义：同一段里一个键出现两次；普通的 YAML 程序会悄悄采用后一个。
    为什么要紧：不知道哪个算数。
    错例：一个指标有两行 goal。
    改法：删去其中一个。
    """

    id = "DT404"
    level = Level.ERROR


class BadGoal(Rule):
    """目标写法不对

    含义：goal 不是“比较符 数 单位”“下限..上限 单位”或“assigned 单位”。
    为什么要紧：目标读错一个符号，“超过”就成了“达到”。
    错例：goal: "100个以上"
    改法：写成 "> 100 个"、">= 6 %"、"~ 6.5 %"、"2..3 家"、"<= 0 起"、"assigned %" 这样的形式。
    """

    id = "DT405"
    level = Level.ERROR


class DoubledCode(Rule):
    """编号重复

    含义：两个指标（或两个板块）用了同一个编号。
    为什么要紧：报数按编号对应，重复的编号会让两个指标共用一个数。
    错例：两个指标都是 GY01。
    改法：给后一个换一个没有用过的编号。
    """

    id = "DT406"
    level = Level.ERROR


class BadValue(Rule):
    """值不合规定

    含义：某个键的值不在允许的范围之内，或类型不对。
    为什么要紧：按错误的值判断，不如不判断。
    错例：measure: total；pace: [0.1, 0.2]（要 12 个）；lead 不在 bureaus 之内。
    改法：照提示中的可用值修改。
    """

    id = "DT407"
    level = Level.ERROR


class DoubledName(Rule):
    """名称或别名指向两个指标

    含义：两个指标有相同的名称或别名，按名称报数时分不清是哪一个。
    为什么要紧：数会记到错的指标头上。
    错例：两个指标都有别名“GDP”。
    改法：改掉其中一个的名称，或删去含混的别名。
    """

    id = "DT408"
    level = Level.ERROR
