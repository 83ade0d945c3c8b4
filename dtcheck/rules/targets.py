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


class RelationAtOdds(Rule):
    """目标之间对不上

    含义：relations 写明总数等于上年末数加新增数，几个目标却不能同时刚好完成。
    为什么要紧：只完成“新增”的目标，“总数”仍然完不成；督查时会显得自相矛盾。
    错例：上年末 373 家，净增 70 家以上，总数却要超过 450 家。
    改法：报告本来如此的不必改，在 note 写明要新增多少才够；抄错的改正。
    """

    id = "DT417"
    level = Level.WARNING


class BelowLastYear(Rule):
    """目标低于上年实绩

    含义：今年的目标比 baseline 所记的上年结果还低（上限类的目标则是还高）。
    为什么要紧：多半是报告本来如此，也可能是抄错了数或口径变了。
    错例：上年新增有效发明专利 735 件，今年目标 500 件以上。
    改法：核对报告；口径不同的在 note 写明。
    """

    id = "DT418"
    level = Level.INFO


class MisfitMeasure(Rule):
    """单位与指标的性质不合

    含义：单位或节奏与 measure 不相配：从年初累计的数（flow）用 %，位次用“不少于”，
    占比超过 100%，半个项目，每月一次的节奏却不是累计数，等等。
    为什么要紧：性质写错，年中判断的办法就错了。
    错例：name: 城市污水收集率，goal: ">= 80 %"，measure: flow。
    改法：占比、位次、年末数用 level，同比增减用 rate，从年初累计的用 flow。
    """

    id = "DT419"
    level = Level.WARNING


class NamesAlike(Rule):
    """两个指标的名称只差一个字

    含义：名称或别名与另一个指标只差一个字，填报时写错一个字就报到了别人头上。
    为什么要紧：两个名称都认得，写错了也不会提示“没有这个指标”。
    错例：新开工亿元项目 与 新竣工亿元项目。
    改法：把容易混的别名写得更明白或删去；报告原话如此的，提醒填报人同时填编号。
    """

    id = "DT420"
    level = Level.WARNING


class LeadUnsettled(Rule):
    """牵头单位没有落实

    含义：指标的牵头单位还是“待定”，或者 bureaus 里有单位没有牵头任何指标，或者两个单位共用一个简称。
    为什么要紧：没有人牵头的指标没有人报数。
    错例：lead: 待定
    改法：写上牵头单位的全称；用不上的单位从 bureaus 删去。
    """

    id = "DT421"
    level = Level.WARNING


class WideTolerance(Rule):
    """“左右”的宽度不合情理

    含义：tolerance 超过目标的 10%，或者写在不是“左右”的目标上。
    为什么要紧：太宽的容差让没有完成的也算“基本达到”。
    错例：goal: "~ 6.5 %"，tolerance: 2 %
    改法：删去 tolerance（默认是目标的 5%），或改小；不是“左右”的目标不用它。
    """

    id = "DT422"
    level = Level.WARNING


class BadPace(Rule):
    """序时进度不合情理

    含义：pace 的 12 个累计份额中间变小，或者 12 月不是 1。
    为什么要紧：累计份额只增不减，到年底是全部；写错了各月的判断都错。
    错例：pace: [0.1, 0.2, 0.15, …]
    改法：写从 1 月到各月累计应完成的份额，最后一个是 1。
    """

    id = "DT423"
    level = Level.ERROR
